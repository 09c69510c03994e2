//! From which of several messages a value is cited: the one whose words hold it, and no "ok, 10 then".

use std::sync::LazyLock;

use super::super::hints::Features;
use super::super::mood::Mood;
use super::entries::Entry;
use super::features::{Beside, LIKELY, MANY, bucket, kind, yes};
use super::model::Model;
use super::{Finding, Row};

/// A message of more words is a long one.
const LONG: usize = 12;

/// What speaks for a message to be cited.
#[derive(Debug)]
pub(super) struct Citing(Model);

impl Citing {
    /// The model that was fitted.
    pub(super) fn get() -> &'static Self {
        static CITING: LazyLock<Citing> = LazyLock::new(|| {
            Citing::parse(include_str!("cited.txt")).expect("a test writes the weights")
        });
        &CITING
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Model::parse(text).map(Self)
    }

    /// What is written down of a row, from the message that says it best.
    pub(super) fn cited(&self, row: &Row, beside: &Beside<'_>) -> Finding {
        let lines = row.lines();
        let best = if let [only] = lines.as_slice() {
            *only
        } else {
            let scored = lines.iter().map(|&line| {
                let score = self.0.score(&[row.saying(line, &lines, beside)]);
                (score, line)
            });
            let best = scored.max_by(|one, other| one.0.total_cmp(&other.0));
            best.map_or(lines[0], |(_, line)| line)
        };
        row.said_in(best).finding.clone()
    }
}

impl Row {
    /// The messages that say it, by their lines.
    pub(super) fn lines(&self) -> Vec<usize> {
        let mut lines: Vec<usize> = self.entries.iter().map(|it| it.finding.line).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// What a message says of it: what the rules found, or what is likeliest.
    fn said_in(&self, line: usize) -> &Entry {
        let there = self.entries.iter().filter(|it| it.finding.line == line);
        let rank = |it: &&Entry| (it.how.is_rule(), it.chance);
        let best = there.max_by(|one, other| {
            let (one, other) = (rank(one), rank(other));
            one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
        });
        best.unwrap_or(&self.entries[0])
    }

    /// How one of the messages says it.
    pub(super) fn saying(&self, line: usize, lines: &[usize], beside: &Beside<'_>) -> Features {
        let mut features = Features::default();
        let place = match lines.iter().position(|it| *it == line) {
            Some(0) => "first",
            Some(at) if at + 1 == lines.len() => "last",
            _ => "between",
        };
        let kind = kind(self.finding().field.kind);
        features.add(&["place:", place, "|", &lines.len().min(MANY).to_string()]);
        features.add(&["place:", place, "|", kind]);
        let there: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|it| it.finding.line == line)
            .collect();
        let said = there.iter().filter(|it| !it.how.is_rule());
        let chance = bucket(said.map(|it| it.chance).fold(0.0, f64::max));
        features.add(&["chance:", chance, "|", place]);
        let ruled = yes(there.iter().any(|it| it.how.is_rule()));
        features.add(&["ruled:", ruled, "|", place]);
        for it in &there {
            features.add(&["how:", it.how.name(), "|", it.mood.name()]);
            features.add(&["how:", it.how.name(), "|", place]);
        }
        let asked = there
            .iter()
            .filter(|it| !it.how.is_rule())
            .all(|it| it.mood == Mood::Asked);
        features.add(&["asked:", yes(asked), "|", place]);
        self.add_words(&mut features, (line, place), beside);
        let contested = lines.iter().take_while(|it| **it < line).last();
        let contested = contested.is_some_and(|from| self.is_contested(*from..line, beside));
        features.add(&["contested:", yes(contested), "|", place]);
        let answered = self.is_contested(line..usize::MAX, beside);
        features.add(&["contested later:", yes(answered), "|", place]);
        features
    }

    fn add_words(
        &self,
        features: &mut Features,
        (line, place): (usize, &str),
        beside: &Beside<'_>,
    ) {
        let at = line - 1;
        let words = beside.lines.words(at);
        let count = words.len().min(LONG).to_string();
        features.add(&["words:", &count]);
        features.add(&["words:", &count, "|", place]);
        let named = beside.lines.names(at, self.finding().field);
        features.add(&["named:", yes(named), "|", place]);
        features.add(&["named:", yes(named), "|words:", &count]);
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        features.add(&["<:", word(0)]);
        features.add(&["<:", word(0), "|", place]);
        features.add(&["<<:", word(0), "_", word(1)]);
        features.add(&[">:", words.last().map_or("", String::as_str)]);
        for it in words {
            features.add(&["o:", it]);
        }
        let Some(said) = beside.lines.get(at) else {
            return;
        };
        features.add(&["mark:", yes(said.asks()), "|", place]);
        features.add(&[
            "who:",
            beside.lines.speaker(at, self.lines()[0] - 1),
            "|",
            place,
        ]);
        for does in &said.does {
            features.add(&["does:", does, "|", place]);
        }
        for (by, name) in [(1, "next does:"), (2, "then does:")] {
            for does in beside
                .lines
                .get(at + by)
                .into_iter()
                .flat_map(|it| &it.does)
            {
                features.add(&[name, does]);
            }
        }
    }

    /// Whether another value of its field was said between two messages.
    fn is_contested(&self, lines: std::ops::Range<usize>, beside: &Beside<'_>) -> bool {
        let others = beside
            .matter
            .rows
            .iter()
            .filter(|it| !std::ptr::eq(**it, self));
        let mut entries = others.flat_map(|it| &it.entries);
        entries.any(|it| {
            it.chance >= LIKELY && lines.contains(&it.finding.line) && it.finding.line > lines.start
        })
    }
}
