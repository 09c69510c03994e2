//! Whether what was read is meant of the team's own plan, now: signs for and against it in the words, each
//! with its weight, fitted to what the reader takes out of the messages in `tests/reading/`.
//!
//! Moods know the forms of a question, a condition or a report. This knows by examples what else such words
//! have in common. It only lets go.

#[cfg(test)]
mod fit;
mod signs;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::each::Telling;
use super::message::Heard;
use super::mood::Mood;

/// A weight in the file is so many times the weight.
const SCALE: f64 = 100.0;

/// What is less likely meant is let go.
const LEAST: f64 = 0.8;

/// Fewer words than these have no signs.
const WORDS: usize = 6;

/// The weights of all signs.
#[derive(Debug)]
struct Meant {
    base: f64,
    signs: HashMap<String, f64>,
}

impl Meant {
    /// The weights that were fitted.
    fn get() -> &'static Self {
        static MEANT: LazyLock<Meant> = LazyLock::new(|| {
            Meant::parse(include_str!("weights.txt")).expect("a test writes the weights")
        });
        &MEANT
    }

    /// Reads `sign weight` a line, the base first.
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let base = lines.next()?.parse::<f64>().ok()? / SCALE;
        let signs = lines.map(|line| {
            let (sign, weight) = line.split_once(' ')?;
            Some((sign.to_owned(), weight.parse::<f64>().ok()? / SCALE))
        });
        Some(Self {
            base,
            signs: signs.collect::<Option<HashMap<_, _>>>()?,
        })
    }

    /// How likely it is that words with these signs are meant.
    fn chance(&self, signs: &[(String, f64)]) -> f64 {
        let of = |(sign, much): &(String, f64)| self.signs.get(sign).map_or(0.0, |it| it * much);
        let sum: f64 = self.base + signs.iter().map(of).sum::<f64>();
        1.0 / (1.0 + (-sum).exp())
    }
}

impl Telling<'_> {
    /// Lets go what was hardly meant. An answer is meant by its question.
    pub(super) fn doubt(&self, heard: &mut Heard) {
        let answers = self.talk.topic.is_some() || self.talk.open.is_some();
        if answers || self.clean.text.split_whitespace().nth(WORDS - 1).is_none() {
            return;
        }
        for (mood, it) in &mut heard.findings {
            if *mood == Mood::Said && Meant::get().chance(&self.signs(it)) < LEAST {
                *mood = Mood::Idle;
            }
        }
    }
}
