//! What words of a sentence could be: every value that some field takes, whatever is said of it. Which of
//! them is meant, if any, is weighed elsewhere.

use std::collections::BTreeSet;
use std::ops::Range;

use super::line::{self, Piece};
use super::spans::spans;
use super::table::Frames;
use super::worded::{Worded, worded};
use super::{Framing, bare, choosing, values};
use crate::plan::{self, Field, Kind, Value};
use crate::reading::Found;
use crate::reading::sentence::Element;
use crate::reading::shapes::holder_of;
use crate::reading::words::english;

/// Words by which a channel is given up, and no more in use or added.
const GIVEN_UP: &[&str] = &[
    "stopping", "stopped", "stop", "dropping", "dropped", "killing", "killed", "pausing", "paused",
    "cutting", "dead",
];

/// By what a candidate stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::reading) enum How {
    /// A number or a choice.
    Value,
    /// A choice in a part of the sentence by which it is left out.
    LeftOut,
    /// All choices of a set that the sentence holds.
    All,
    /// Words behind a sign, or behind "is".
    Sign,
    Is,
    /// Words that follow a question.
    Asked,
    /// Words that say who decides, pays or uses.
    Subject,
    /// Words that something is said of: "…, that's the alternative".
    Remark,
    /// A stretch between commas and words that lead from one thing to the next.
    Chunk,
    /// Such stretches that commas or arrows make one list of.
    Row,
    /// What stands in a stretch before a number.
    Counted,
    /// A whole part of a sentence, verbs and all, and what stands of it before a comma.
    Clause,
    Opening,
    /// The whole sentence, for a value that it does not name.
    Implied,
    /// What a pattern or a cue has read.
    Read,
}

impl How {
    pub(in crate::reading) fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::LeftOut => "out",
            Self::All => "all",
            Self::Sign => "sign",
            Self::Is => "is",
            Self::Asked => "asked",
            Self::Subject => "subject",
            Self::Remark => "remark",
            Self::Chunk => "chunk",
            Self::Row => "row",
            Self::Counted => "counted",
            Self::Clause => "clause",
            Self::Opening => "opening",
            Self::Implied => "implied",
            Self::Read => "read",
        }
    }
}

/// A value that words of a sentence could be.
#[derive(Debug, Clone)]
pub(in crate::reading) struct Candidate {
    pub(in crate::reading) how: How,
    pub(in crate::reading) field: &'static Field,
    /// Where its words stand in the clean text.
    pub(in crate::reading) at: Range<usize>,
    /// The element with which they begin.
    pub(in crate::reading) element: usize,
    /// What they are; nothing for words that nobody has read as a text or a list yet.
    pub(in crate::reading) found: Option<Found>,
}

/// Of which fields a sentence is looked through.
#[derive(Debug, Clone, Copy)]
pub(in crate::reading) struct Sought<'a> {
    /// Of these it may say something.
    pub(in crate::reading) likely: &'a [&'static Field],
    /// Of these texts and lists are read.
    pub(in crate::reading) read: &'a [&'static Field],
    /// Of these also where they are stretches of words.
    pub(in crate::reading) said: &'a [&'static Field],
}

impl Sought<'_> {
    /// These fields in the catalogue's order, each with whether it is likely and whether it is read.
    fn fields(&self) -> impl Iterator<Item = (&'static Field, bool, bool)> {
        let mut sought = vec![(false, false); plan::fields().len()];
        for it in self.likely {
            sought[it.place()].0 = true;
        }
        for it in self.read {
            sought[it.place()].1 = true;
        }
        let fields = plan::fields().iter().zip(sought);
        let sought = fields.filter(|(_, (likely, read))| *likely || *read);
        sought.map(|(field, (likely, read))| (field, likely, read))
    }
}

impl Framing<'_> {
    /// All candidates of the sentence; `asked` says whether a question stands before it.
    pub(in crate::reading) fn candidates(&self, asked: bool, sought: Sought<'_>) -> Vec<Candidate> {
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let worded = worded(&pieces, asked);
        let spans = spans(&pieces);
        let none = |it: &Piece<'_>| matches!(it.text, "none" | "nobody");
        let places = |opens: &dyn Fn(&Piece<'_>) -> bool| -> Vec<usize> {
            (0..pieces.len()).filter(|&at| opens(&pieces[at])).collect()
        };
        let opening = places(&|it| it.opens_choice || none(it));
        let numbers = places(&|it| it.opens_number);
        let mut candidates = Vec::new();
        for (field, is_likely, is_read) in sought.fields() {
            match field.kind {
                Kind::YesNo => {}
                Kind::Text | Kind::List => {
                    let read = is_read || field.component() == "metrics";
                    self.words_of(field, &pieces, (&worded, read), &mut candidates);
                    if is_likely {
                        let read = sought.said.contains(&field);
                        self.words_of(field, &pieces, (&spans, read), &mut candidates);
                    }
                }
                _ if field.choices.is_empty() => {
                    self.numbers_of(field, &pieces, &numbers, &mut candidates);
                }
                Kind::Set => self.sets_of(field, &pieces, &opening, &mut candidates),
                _ => choices_of(field, &pieces, &opening, &mut candidates),
            }
        }
        candidates
    }

    fn words_of(
        &self,
        field: &'static Field,
        pieces: &[Piece<'_>],
        (worded, read): (&[Worded], bool),
        all: &mut Vec<Candidate>,
    ) {
        let sentences = field.kind == Kind::Text;
        let worded = worded.iter().filter(|it| sentences || !it.is_sentence());
        all.extend(worded.filter_map(|words| {
            let known = read.then(|| self.read_words(field, pieces, words));
            known.flatten().or_else(|| words.unread(field, pieces))
        }));
    }

    fn numbers_of(
        &self,
        field: &'static Field,
        pieces: &[Piece<'_>],
        opening: &[usize],
        all: &mut Vec<Candidate>,
    ) {
        each_apart(opening, |at| {
            let (value, end) = self.number_at(field, pieces, at)?;
            let mut it = candidate(How::Value, field, value, pieces, at..end.max(at + 1));
            if let Some((found, scan)) = it.found.as_mut().zip(pieces[at].scan) {
                found.holder = holder_of(field, scan);
            }
            all.push(it);
            Some(end)
        });
    }

    fn number_at(
        &self,
        field: &'static Field,
        pieces: &[Piece<'_>],
        at: usize,
    ) -> Option<(Value, usize)> {
        let number = values::number(self, field, pieces, at);
        let number = number.or_else(|| bare::number(self, field, pieces, at));
        number.or_else(|| {
            // "New deals: 36 a year".
            let rate = field.name.ends_with("_per_year") || field.name.ends_with("_per_month");
            let piece = pieces.get(at).filter(|it| rate && it.scan.is_some())?;
            let digits = piece.text.split(' ').next()?;
            Some((field.parse(digits, &self.context).ok()?, at + 1))
        })
    }

    fn sets_of(
        &self,
        field: &'static Field,
        pieces: &[Piece<'_>],
        opening: &[usize],
        all: &mut Vec<Candidate>,
    ) {
        let known = all.len();
        each_apart(opening, |at| {
            let none = matches!(pieces[at].text, "none" | "nobody")
                .then(|| Some((field.parse("none", &self.context).ok()?, at + 1)))
                .flatten();
            let found = none.or_else(|| choosing::said_choices(Frames::get(), field, pieces, at));
            let (value, end) = found?;
            all.push(chosen(field, value, pieces, at..end));
            Some(end)
        });
        let whole = self.whole(field, pieces, &all[known..]);
        all.extend(whole);
    }

    /// All choices of a set that the sentence does not leave out, where it names them in several places, for one
    /// and the same segment.
    fn whole(
        &self,
        field: &'static Field,
        pieces: &[Piece<'_>],
        parts: &[Candidate],
    ) -> Option<Candidate> {
        let parts = parts.iter().filter(|it| it.how == How::Value);
        let (first, last) = (parts.clone().next()?, parts.clone().next_back()?);
        let between = first.at.end..last.at.start;
        if pieces
            .iter()
            .any(|it| it.segment && between.contains(&it.start))
        {
            return None;
        }
        let mut found: Vec<Found> = parts.filter_map(|it| it.found.clone()).collect();
        if field.name == "journey.stages" {
            self.fill(&mut found);
        }
        if found.len() < 2 {
            return None;
        }
        let elements = found.first()?.elements.start..found.last()?.elements.end;
        let mut slugs = BTreeSet::new();
        for part in found {
            if let Value::Set(some) = part.value {
                slugs.extend(some);
            }
        }
        Some(Candidate {
            how: How::All,
            field,
            at: first.at.start..last.at.end,
            element: elements.start,
            found: Some(Found {
                field,
                value: Value::Set(slugs),
                elements,
                holder: None,
            }),
        })
    }

    /// "From awareness up to the purchase": the stages between two.
    fn fill(&self, parts: &mut [Found]) {
        let [first, last] = parts else {
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
}

fn choices_of(
    field: &'static Field,
    pieces: &[Piece<'_>],
    opening: &[usize],
    all: &mut Vec<Candidate>,
) {
    each_apart(opening, |at| {
        let (slug, end) = choosing::said(Frames::get(), field, pieces, at)?;
        let value = Value::Choice(slug.to_owned());
        all.push(chosen(field, value, pieces, at..end));
        Some(end)
    });
}

/// A choice that stands at some pieces, in use or left out.
fn chosen(
    field: &'static Field,
    value: Value,
    pieces: &[Piece<'_>],
    Range { start, end }: Range<usize>,
) -> Candidate {
    let how = how(field, pieces, start);
    candidate(how, field, value, pieces, start..end.max(start + 1))
}

/// Reads at each piece at which a value may begin and that no value before it has taken; reading says where
/// the value ends.
fn each_apart(opening: &[usize], mut read: impl FnMut(usize) -> Option<usize>) {
    let mut from = 0;
    for &at in opening {
        if at >= from
            && let Some(end) = read(at)
        {
            from = end.max(at + 1);
        }
    }
}

/// How a choice stands at a piece: left out in a part such as "renewals stay by hand".
fn how(field: &Field, pieces: &[Piece<'_>], at: usize) -> How {
    let part = line::chunks(pieces)
        .into_iter()
        .find(|part| part.contains(&at));
    let open =
        |it: usize| pieces[it].text == "[" && pieces.get(it + 1).is_some_and(|it| it.text == "]");
    let is_out = part.is_some_and(|mut part| {
        part.any(|it| {
            let text = pieces[it].text;
            let given_up = field.name != "marketing.stopped" && GIVEN_UP.contains(&text);
            english().negating.contains(text)
                || english().out.contains(text)
                || given_up
                || open(it)
        })
    });
    if is_out { How::LeftOut } else { How::Value }
}

pub(super) fn candidate(
    how: How,
    field: &'static Field,
    value: Value,
    pieces: &[Piece<'_>],
    place: Range<usize>,
) -> Candidate {
    let (first, last) = (&pieces[place.start], &pieces[place.end - 1]);
    Candidate {
        how,
        field,
        at: first.start..last.end(),
        element: first.element,
        found: Some(Found {
            field,
            value,
            elements: first.element..last.element + 1,
            holder: None,
        }),
    }
}
