//! The values of a field that a sentence holds, where other signs than a pattern say which field it is of.

use std::collections::BTreeSet;
use std::ops::Range;

use super::line::{self, Piece};
use super::table::Frames;
use super::{Framing, values};
use crate::plan::{Field, Kind, Value};
use crate::reading::Found;
use crate::reading::mood::Mood;
use crate::reading::sentence::Element;
use crate::reading::words::english;

/// Words before a value that holds no longer.
const ASIDE: &[&str] = &[
    "not", "than", "was", "instead", "from", "said", "were", "wrote", "says", "had", "of", "wanted",
];

/// Words by which something is not one of what is told.
const OUT: &[&str] = &[
    "out",
    "off",
    "manual",
    "manually",
    "hand",
    "hands",
    "human",
    "humans",
    "keep",
    "keeps",
    "stays",
    "stay",
    "sits",
    "scratch",
    "strike",
    "anymore",
    "nothing",
    "none",
    "undecided",
    "discussion",
    "rest",
    "yet",
    "instead",
    "we'd",
    "\u{2717}",
    "\u{2718}",
    "\u{274c}",
    "\u{2716}",
    "\u{d7}",
    "nope",
    "started",
    "later",
];

/// Words that name a field have at most so many pieces.
const LABEL: usize = 14;

/// So likely words speak for a field where what they tell as past holds.
const CLEAR: f64 = 0.6;

/// A value with the mood in which it stands.
pub(in crate::reading) struct Guessed {
    pub(in crate::reading) mood: Mood,
    pub(in crate::reading) found: Found,
}

impl Framing<'_> {
    /// The values of a field in the sentence that are stated or supposed.
    pub(in crate::reading) fn values_of(&self, field: &'static Field, chance: f64) -> Vec<Guessed> {
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let mut values = Vec::new();
        if self.is_of_name(&pieces) {
            return values;
        }
        let mut at = 0;
        while at < pieces.len() {
            let read = if field.choices.is_empty() {
                self.number_at(field, &pieces, at)
            } else {
                self.choice_at(frames, field, &pieces, at)
            };
            let Some((value, end)) = read else {
                at += 1;
                continue;
            };
            let place = at..end.max(at + 1);
            at = place.end;
            if let Some(mood) = self.mood_at(pieces[place.start].element, chance) {
                values.push(guessed(field, value, mood, &pieces, &place));
            }
        }
        let is_none = |it: &Guessed| matches!(&it.found.value, Value::Set(set) if set.is_empty());
        if !values.iter().all(is_none) {
            values.retain(|it| !is_none(it));
        }
        if field.name == "journey.stages" {
            self.fill(&mut values);
        }
        values
    }

    /// "`HubSpot` loses 3%": whether somebody by name does what the sentence tells.
    fn is_of_name(&self, pieces: &[Piece<'_>]) -> bool {
        let [first, second, ..] = pieces else {
            return false;
        };
        let acts = second.text.len() > 3 && second.text.ends_with('s');
        self.is_name(first) && acts && !first.light
    }

    /// "From awareness up to the purchase": the stages between two.
    fn fill(&self, values: &mut [Guessed]) {
        let [Guessed { found: first, .. }, Guessed { found: last, .. }] = values else {
            return;
        };
        let between = self
            .sentence
            .elements
            .get(first.elements.end..last.elements.start);
        let reaches =
            |it: &Element<'_>| it.is_one_of(&["to", "through", "until", "till", "up to", "thru"]);
        let (Value::Set(from), Value::Set(to)) = (&first.value, &mut last.value) else {
            return;
        };
        if !between.is_some_and(|between| between.len() < 4 && between.iter().any(reaches)) {
            return;
        }
        let place = |set: &BTreeSet<String>| {
            first
                .field
                .choices
                .iter()
                .position(|choice| set.contains(choice.slug))
        };
        if let (Some(from), Some(until)) = (place(from), place(to)) {
            let slugs = first.field.choices.iter().take(until).skip(from);
            to.extend(slugs.map(|choice| choice.slug.to_owned()));
        }
    }

    /// The words of the sentence that are a text or a list of a field: behind words that speak for it and
    /// a sign or "is", behind a question for it, or before "that's" and such words.
    pub(in crate::reading) fn words_of(
        &self,
        field: &'static Field,
        asked: bool,
        speaks: impl Fn(&str) -> bool,
    ) -> Option<Guessed> {
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let states =
            |it: &&Mood| matches!(it, Mood::Said | Mood::Denied | Mood::Headed | Mood::Theirs);
        self.moods.first().filter(states)?;
        if self.sentence.is_question {
            return None;
        }
        let told = |range: Range<usize>| {
            let (first, last) = (
                pieces.get(range.start)?,
                pieces.get(range.end.checked_sub(1)?)?,
            );
            self.clean.text.get(first.start..last.end())
        };
        let labels = |range: Range<usize>| told(range).is_some_and(&speaks);
        let behind = |at: usize| {
            let (value, place) = values::words(self, field, &pieces, at)?;
            Some(guessed(field, value, Mood::Said, &pieces, &place))
        };
        let sign = pieces
            .iter()
            .position(|it| matches!(it.text, ":" | "=" | "\u{2192}" | "-") && !it.light);
        if let Some(sign) = sign.filter(|&sign| sign > 0 && sign < LABEL) {
            return labels(0..sign).then(|| behind(sign + 1)).flatten();
        }
        if asked {
            return behind(0);
        }
        let remark = pieces.windows(2).position(|pair| {
            pair[0].text == ","
                && matches!(
                    pair[1].text,
                    "that's" | "thats" | "this" | "that" | "those" | "which"
                )
        });
        if let Some(remark) = remark.filter(|&at| labels(at + 1..pieces.len())) {
            let value = values::typed_value(self, field, &pieces, 0..remark)?;
            return Some(guessed(field, value, Mood::Said, &pieces, &(0..remark)));
        }
        let is = pieces
            .iter()
            .position(|it| matches!(it.text, "is" | "are"))?;
        (is > 1 && is < LABEL && labels(0..is))
            .then(|| behind(is + 1))
            .flatten()
    }

    fn number_at(
        &self,
        field: &'static Field,
        pieces: &[Piece<'_>],
        at: usize,
    ) -> Option<(Value, usize)> {
        if is_aside(pieces, at) {
            return None;
        }
        values::number(self, field, pieces, at).or_else(|| {
            // "New deals: 36 a year".
            let rate = field.name.ends_with("_per_year") || field.name.ends_with("_per_month");
            let piece = pieces.get(at).filter(|it| rate && it.scan.is_some())?;
            let digits = piece.text.split(' ').next()?;
            Some((field.parse(digits, &self.context).ok()?, at + 1))
        })
    }

    fn choice_at(
        &self,
        frames: &'static Frames,
        field: &'static Field,
        pieces: &[Piece<'_>],
        at: usize,
    ) -> Option<(Value, usize)> {
        if field.kind == Kind::Set && matches!(pieces[at].text, "none" | "nobody") {
            return Some((field.parse("none", &self.context).ok()?, at + 1));
        }
        let (slug, end) = values::choice(frames, field, pieces, at)?;
        let denied = is_left_out(pieces, at);
        let value = match field.kind {
            Kind::Set => Value::Set([slug.to_owned()].into()),
            _ => Value::Choice(slug.to_owned()),
        };
        (!denied || slug == "none").then_some((value, end))
    }

    /// The mood of the clause around an element, if something is stated or supposed in it.
    fn mood_at(&self, element: usize, chance: f64) -> Option<Mood> {
        let clauses = self.sentence.clauses.iter().zip(self.moods);
        let mut around = clauses.filter(|(clause, _)| clause.contains(&element));
        match around.next().map(|(_, mood)| *mood) {
            Some(Mood::Said | Mood::Denied | Mood::Headed) => Some(Mood::Said),
            Some(Mood::Supposed) => Some(Mood::Supposed),
            // "NRR was measured at 101%": words that speak for a field tell what holds.
            Some(Mood::Past) if chance >= CLEAR => Some(Mood::Said),
            _ => None,
        }
    }
}

/// Whether a choice stands in a part of the sentence by which it is left out: "renewals stay by hand".
fn is_left_out(pieces: &[Piece<'_>], at: usize) -> bool {
    let part = line::chunks(pieces)
        .into_iter()
        .find(|part| part.contains(&at));
    let open =
        |it: usize| pieces[it].text == "[" && pieces.get(it + 1).is_some_and(|it| it.text == "]");
    part.is_some_and(|mut part| {
        part.any(|it| {
            let text = pieces[it].text;
            english().negating.contains(text) || OUT.contains(&text) || open(it)
        })
    })
}

fn is_aside(pieces: &[Piece<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| ASIDE.contains(&pieces[before].text))
}

fn guessed(
    field: &'static Field,
    value: Value,
    mood: Mood,
    pieces: &[Piece<'_>],
    place: &Range<usize>,
) -> Guessed {
    let elements = pieces[place.start].element..pieces[place.end - 1].element + 1;
    Guessed {
        mood,
        found: Found {
            field,
            value,
            elements,
            holder: None,
        },
    }
}
