//! What the sections say that answer, and what sources say differently beside them.

use super::answer::{Cited, Reason, Said};
use super::compose::sentence;
use super::order::fitting_first;
use super::worked::Worked;
use crate::knowledge::{self, EntryKind, Form, Found, Hit, Outcome};

/// A further section speaks if it scores at least this share of the best.
const CLOSE: f32 = 0.92;
/// Who asks whether an amount is good is told what is usual, if that scores at least this share.
const USUAL: f32 = 0.5;
/// A disagreement is told if it scores at least this share of the best.
pub(super) const DISPUTED: f32 = 0.8;
/// … and if its best question adds at least this much.
const ASKED: f32 = 0.06;

/// The sections that answer nearly as well as the best; none where the library does not answer.
pub(super) fn likely<'a>(found: &'a Found<'static>) -> &'a [Hit<'static>] {
    let hits = found.hits.as_slice();
    let best = hits.first().map_or(0.0, |best| best.score);
    let close = hits.iter().take_while(|hit| hit.score >= CLOSE * best);
    match found.outcome {
        Outcome::Held => &hits[..close.count()],
        _ => &[],
    }
}

/// The sections that answer, the one first that answers as it was asked.
pub(super) fn in_order(
    question: &str,
    form: Form,
    found: Found<'static>,
    worked: Option<&Worked>,
) -> Vec<Hit<'static>> {
    match (found.outcome, worked) {
        (Outcome::Held, Some(worked)) => worked.with_its_formula_first(found.hits),
        (Outcome::Held, None) => fitting_first(question, form, found.hits),
        _ => Vec::new(),
    }
}

/// What belongs to a section that has been told answers a further question about it, if it scores at least
/// this share of it.
const FURTHER: f32 = 0.6;

/// Leaves a section out that has been told, where something else belongs to it and answers nearly as well.
pub(super) fn without_told(told: &str, hits: &mut Vec<Hit<'static>>) {
    let Some(place) = hits.iter().position(|hit| cited(hit).name() == told) else {
        return;
    };
    let known = &hits[place];
    let is_further = |hit: &Hit<'static>| {
        hit.score >= FURTHER * known.score && !std::ptr::eq(hit, known) && is_beside(known, hit)
    };
    if hits.iter().any(is_further) {
        hits.remove(place);
    }
}

/// How much the best section says.
#[derive(Clone, Copy)]
pub(super) enum Detail {
    /// All of it: it is the answer.
    Whole,
    /// A sentence: the rules have answered.
    Sentence,
}

impl Detail {
    pub(super) fn beside<T>(rules: Option<&T>) -> Self {
        rules.map_or(Self::Whole, |_| Self::Sentence)
    }
}

/// What the best section says, and what other close ones that belong to it say in a sentence.
pub(super) fn sections(form: Form, hits: &[Hit<'static>], detail: Detail) -> Vec<Reason> {
    let Some(best) = hits.first() else {
        return Vec::new();
    };
    let mut reasons = vec![Reason {
        words: match detail {
            Detail::Whole => best.section.body.clone(),
            Detail::Sentence => sentence(&best.section.body).to_owned(),
        },
        said: Said::Library(cited(best)),
    }];
    let usual = usual(form, hits);
    let close = hits[1..].iter().filter(|hit| {
        hit.score >= CLOSE * best.score
            && are_related(best, hit)
            && usual.is_none_or(|usual| !std::ptr::eq(usual, *hit))
            && !matches!(hit.entry.kind, EntryKind::Gap | EntryKind::Disagreement)
    });
    reasons.extend(usual.into_iter().chain(close).map(|hit| Reason {
        words: sentence(&hit.section.body).to_owned(),
        said: Said::Library(cited(hit)),
    }));
    reasons
}

/// What others have, beside an answer that says something else to "is that good?".
fn usual<'a>(form: Form, hits: &'a [Hit<'static>]) -> Option<&'a Hit<'static>> {
    let (best, others) = hits.split_first()?;
    let is_figure = |hit: &Hit<'static>| hit.entry.kind == EntryKind::Benchmark;
    let mut others = others.iter();
    let usual = others
        .find(|hit| is_figure(hit) && hit.score >= USUAL * best.score && are_related(best, hit));
    usual.filter(|_| form == Form::Enough && !is_figure(best))
}

/// Whether a section is the best or may speak beside it.
pub(super) fn is_beside(best: &Hit<'static>, hit: &Hit<'static>) -> bool {
    let is_answer = !matches!(hit.entry.kind, EntryKind::Gap | EntryKind::Disagreement);
    is_answer && are_related(best, hit)
}

/// Whether the library says that two entries belong together.
fn are_related(one: &Hit<'static>, other: &Hit<'static>) -> bool {
    one.entry.id == other.entry.id
        || one.entry.related.contains(&other.entry.id)
        || other.entry.related.contains(&one.entry.id)
}

pub(super) fn cited(hit: &Hit<'static>) -> Cited {
    Cited {
        entry: hit.entry,
        section: hit.section,
    }
}

/// Whether one of the section's questions is like what was asked, and not only its words.
pub(super) fn is_asked(hit: &Hit<'static>) -> bool {
    let mut reasons = hit.reasons.iter();
    reasons.any(|reason| matches!(reason, knowledge::Reason::Question(_, adds) if *adds >= ASKED))
}

/// Whether a disagreement is about what the best section says: they share a source or the library says so.
fn belongs(best: &Hit<'static>, dispute: &Hit<'static>) -> bool {
    let cites = |source: &crate::sources::SourceRef| {
        let mut own = best.section.sources.iter();
        own.any(|own| own.id == source.id && own.section == source.section)
    };
    are_related(best, dispute) || dispute.section.sources.iter().any(cites)
}

/// What two sources say differently about what was asked.
pub(super) fn dispute(hits: &[Hit<'static>], reasons: &[Reason]) -> Option<Cited> {
    let best = hits.first()?;
    let disputed = hits.iter().skip(1).find(|hit| {
        hit.entry.kind == EntryKind::Disagreement
            && hit.score >= DISPUTED * best.score
            && is_asked(hit)
            && belongs(best, hit)
    })?;
    let is_told = reasons.iter().any(|reason| match &reason.said {
        Said::Library(cited) => cited.entry.kind == EntryKind::Disagreement,
        Said::Rule(_) | Said::Own(_) => false,
    });
    (!is_told).then(|| cited(disputed))
}
