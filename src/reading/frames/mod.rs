//! Whole phrases in which a field's value stands, "we lose 3% of customers every month": patterns
//! over the words of a sentence, written down in tables beside this file.
//!
//! A pattern names the field by all of its words together, so that none of them has to be a cue by
//! itself. What it reads wins over what single cues say of the same words.

mod asking;
mod bare;
mod candidates;
mod choosing;
mod entities;
mod figures;
mod forms;

mod heard;
mod line;
mod lists;
mod loose;
mod matching;
mod names;
mod needs;
#[cfg(test)]
mod openings;
mod parts;
mod pattern;
mod quiet;
mod sizes;
mod spans;
mod spellings;
mod started;
mod table;
mod texts;
mod values;
mod worded;
mod wording;

use std::ops::Range;

use super::Found;
use super::clean::Clean;
use super::mood::Mood;
use super::sentence::Sentence;
use super::shapes::holder_of;
use crate::plan::{Field, Holder, Kind, ParseContext, Segment, Value};
pub(super) use asking::Asked;
pub(super) use candidates::{Candidate, How, Sought};
use heard::Heard;
use line::Piece;
use table::Frame;
pub(super) use table::Frames;

/// What a pattern said.
#[derive(Debug, Clone)]
pub(super) struct Framed {
    pub(super) mood: Mood,
    pub(super) found: Found,
    /// The segment that it is of, where one is named.
    pub(super) segment: Option<Segment>,
    /// The elements that are the value itself; empty where all words together say it.
    pub(super) value: Range<usize>,
    /// Whether its field stands in other words only, so that a cue of its own words is stronger.
    pub(super) weak: bool,
    /// Whether its words stand anywhere between its elements.
    pub(super) loose: bool,
}

impl Framed {
    /// Whether a value that was found otherwise is of words or a field that this one already says.
    pub(super) fn covers(&self, other: &Found) -> bool {
        let (one, two) = (&self.found.elements, &other.elements);
        let same =
            self.found.field.name == other.field.name && one.start < two.end && two.start < one.end;
        let words = self.value.start < two.end && two.start < self.value.end;
        // "We target dental clinics in Germany": what a pattern passes over may be words of a list.
        let listed = other.field.kind == Kind::List && !self.value.is_empty();
        let within = !self.loose && !listed && one.start <= two.start && two.end <= one.end;
        same || ((words || within) && other.field.kind != Kind::YesNo)
    }

    /// Whether single cues say more of the same: a longer list, or the field of words that name none.
    pub(super) fn yields_to(&self, other: &Found) -> bool {
        let (one, two) = (&self.found.elements, &other.elements);
        if self.loose {
            let same = self.found.field.name == other.field.name;
            let meets = self.value.start < two.end && two.start < self.value.end;
            return (same || meets) && !self.says_more(other);
        }
        let meets = one.start < two.end && two.start < one.end;
        let more = self.found.field.name == other.field.name
            && matches!((&self.found.value, &other.value), (Value::Set(one), Value::Set(two)) if two.is_superset(one));
        meets && (more || (self.weak && self.found.field.choices.is_empty()))
    }

    /// Whether both are sets of one field, and the other one holds nothing else.
    fn says_more(&self, other: &Found) -> bool {
        self.found.field.name == other.field.name
            && matches!((&self.found.value, &other.value), (Value::Set(one), Value::Set(two)) if one.is_superset(two))
    }

    /// Whether all of its words are words of a text of another field.
    pub(super) fn stands_in(&self, text: &Found) -> bool {
        let (one, two) = (&self.found.elements, &text.elements);
        self.found.field.name != text.field.name && two.start < one.start && one.end <= two.end
    }
}

/// A sentence, and what else its patterns depend on.
pub(super) struct Framing<'a> {
    pub(super) message: &'a str,
    pub(super) clean: &'a Clean,
    pub(super) sentence: &'a Sentence<'a>,
    pub(super) moods: &'a [Mood],
    pub(super) segments: &'a [Option<Segment>],
    pub(super) context: ParseContext,
    /// The field that was spoken of last, for a line such as "enterprise: 12".
    pub(super) last: Option<&'static Field>,
}

/// Where a pattern fits, in pieces.
#[derive(Debug, Clone)]
struct Fit {
    frame: &'static Frame,
    start: usize,
    end: usize,
    value: Value,
    /// The pieces of the value; empty where all words together say it.
    place: Range<usize>,
    /// How many pieces the pattern's own words are.
    said: usize,
}

impl Framing<'_> {
    /// Everything that the sentence's patterns say.
    pub(super) fn read(&self) -> Vec<Framed> {
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let mut fits: Vec<(Mood, Fit)> = Vec::new();
        for fit in self.fits(frames, &pieces) {
            if fit.frame.asks
                || self.is_of_another(&pieces, &fit)
                || self.is_barred(frames, &pieces, &fit)
                || self.is_of_other_kind(&pieces, &fit)
                || self.is_elsewhere(&pieces, &fit)
                || self.counts_others(&pieces, &fit)
            {
                continue;
            }
            match self.mood(&pieces, &fit) {
                Heard::In(mood) => fits.push((mood, fit)),
                Heard::Denied => {
                    let instead = self.instead(frames, &pieces, &fit);
                    fits.extend(instead.map(|fit| (Mood::Said, fit)));
                }
                Heard::Not => {}
            }
        }
        fits.extend(self.started(frames, &pieces));
        let mut read: Vec<Framed> = Vec::new();
        for (mood, fit) in chosen(fits) {
            let new = self.framed(&pieces, mood, &fit);
            merge(&mut read, new);
        }
        self.complete(frames, &pieces, &mut read);
        read
    }

    fn framed(&self, pieces: &[Piece<'_>], mood: Mood, fit: &Fit) -> Framed {
        let elements = pieces[fit.start].element..pieces[fit.end - 1].element + 1;
        let value = if fit.place.is_empty() {
            elements.start..elements.start
        } else {
            pieces[fit.place.start].element..pieces[fit.place.end - 1].element + 1
        };
        let near = if value.is_empty() {
            elements.clone()
        } else {
            value.clone()
        };
        let named =
            |range: Range<usize>| self.segments[range].iter().rev().flatten().next().cloned();
        let segment = named(near).or_else(|| named(elements.clone()));
        let segment = segment.filter(|_| fit.frame.field.name != "icp.segment");
        let found = Found {
            field: fit.frame.field,
            value: fit.value.clone(),
            elements,
            holder: holder(pieces, fit),
        };
        Framed {
            mood,
            found,
            segment,
            value,
            weak: false,
            loose: fit.frame.loose.is_some(),
        }
    }
}

/// Who the amount in a pattern is for.
fn holder(pieces: &[Piece<'_>], fit: &Fit) -> Option<Holder> {
    let scan = pieces.get(fit.place.start)?.scan?;
    holder_of(fit.frame.field, scan)
}

/// Those of several fits that say the most of their words.
fn chosen(mut fits: Vec<(Mood, Fit)>) -> Vec<(Mood, Fit)> {
    let open = |fit: &Fit| fit.frame.nodes.last() == Some(&pattern::Node::Rest);
    // All words to the end say less of where a value ends than other patterns of the field.
    let closed: Vec<&str> = fits
        .iter()
        .filter(|(_, fit)| !open(fit))
        .map(|(_, fit)| fit.frame.field.name)
        .collect();
    fits.retain(|(_, fit)| !open(fit) || !closed.contains(&fit.frame.field.name));
    fits.sort_by_key(|(_, fit)| {
        let loose = fit.frame.loose.is_some();
        (loose, std::cmp::Reverse(fit.said), fit.frame.order)
    });
    let mut chosen: Vec<(Mood, Fit)> = Vec::new();
    for (mood, fit) in fits {
        let taken = chosen.iter().any(|(_, other)| {
            let overlaps = !other.place.is_empty()
                && !fit.place.is_empty()
                && fit.place.start < other.place.end
                && other.place.start < fit.place.end;
            let within = fit.start < other.end && other.start < fit.end;
            overlaps
                || (within && fit.frame.field.name == other.frame.field.name && !adds(&fit, other))
        });
        if !taken {
            chosen.push((mood, fit));
        }
    }
    // The words of a text say nothing of other fields.
    let texts: Vec<Range<usize>> = chosen
        .iter()
        .filter(|(_, fit)| fit.frame.field.kind == Kind::Text && texts::is_plain(fit.frame.field))
        .map(|(_, fit)| fit.place.clone())
        .collect();
    let within = |fit: &Fit| {
        let mut texts = texts.iter();
        fit.place.is_empty() && texts.any(|text| text.start <= fit.start && fit.end <= text.end)
    };
    chosen.retain(|(_, fit)| !within(fit));
    chosen.sort_by_key(|(_, fit)| fit.start);
    chosen
}

/// Whether two fits of one field say different things of a set.
fn adds(fit: &Fit, other: &Fit) -> bool {
    let alike = fit.frame.loose.is_some() == other.frame.loose.is_some();
    fit.frame.field.kind == Kind::Set && fit.value != other.value && alike
}

/// Takes a finding in; several choices of a set are one value.
fn merge(framed: &mut Vec<Framed>, new: Framed) {
    let same = framed.iter_mut().find(|it| {
        it.found.field.name == new.found.field.name
            && it.segment == new.segment
            && it.mood == new.mood
    });
    let Some(known) = same else {
        framed.push(new);
        return;
    };
    match (&mut known.found.value, &new.found.value) {
        (Value::Set(one), Value::Set(other)) => {
            one.extend(other.iter().cloned());
            known.found.elements.end = known.found.elements.end.max(new.found.elements.end);
            known.value.end = known.value.end.max(new.value.end);
        }
        _ => *known = new,
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn a_phrase_says_what_none_of_its_words_does() {
        check(
            "each CSM looks after about 65 accounts",
            &["cs.accounts_per_csm: 65"],
        );
        check("CAC basis = `customer`", &["economics.cac_per: customer"]);
        check(
            "we kicked off webinars on 3 March 2026",
            &["marketing.started: webinars: 2026-03-03"],
        );
        check("a team of 12 accounts for the audit", &[]);
    }

    #[test]
    fn a_second_segment_is_told_in_the_words_of_the_first() {
        check(
            "smb churns 5% monthly, enterprise 0.4%",
            &[
                "metrics.churn @smb: 5% a month",
                "metrics.churn @enterprise: 0.4% a month",
            ],
        );
        check(
            "enterprise has a written playbook, smb has none",
            &["sales.playbook @enterprise: yes", "sales.playbook @smb: no"],
        );
    }

    #[test]
    fn what_is_denied_asked_wished_or_somebody_elses_is_not_read() {
        check("linkedin is not a proven channel", &[]);
        check("should quota be 600k per AE?", &[]);
        check("we'd love to charge for support", &[]);
        check("HubSpot loses 3% of customers every month", &[]);
        check("we used to lose 5% of customers a month", &[]);
        check("if we stop cold calls we lose 3% of customers a month", &[]);
    }

    #[test]
    fn what_replaces_a_denied_value_is_read() {
        check(
            "not 90 accounts per csm, make it 75",
            &["cs.accounts_per_csm: 75"],
        );
    }
}
