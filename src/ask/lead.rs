//! What an answer says first where no rule decides: whether sources agree, a sum, how a figure stands, the
//! word that was asked.

use super::answer::{Cited, Reason, Said};
use super::compose::{Asking, sentence};
use super::held::{in_order, likely};
use super::{Hypothesis, agreement, channel, clause, narrowed, sum, unit, usual, worked};
use crate::knowledge::{Form, Found, Hit, Outcome};

/// What comes first, and the sections behind it in their order.
pub(super) struct Lead {
    /// The verdict; the first section's first sentence where there is none.
    pub(super) verdict: Option<String>,
    /// The sections, the one first that answers.
    pub(super) hits: Vec<Hit<'static>>,
    /// What the first section says beside what the verdict has told, where that is not its beginning.
    pub(super) rest: Option<String>,
    /// A section that holds the formula of the verdict.
    pub(super) formula: Option<Cited>,
    /// The answer by which the verdict would be another, where it is not one of the first section's.
    pub(super) waits_for: Option<&'static str>,
    /// Whether no answer of the plan's would change the verdict.
    pub(super) is_settled: bool,
    /// Whether other sections that are close have nothing to add.
    is_all: bool,
    /// Whether it says more than that no rule objects.
    pub(super) outranks_a_pass: bool,
}

impl Lead {
    fn of(hits: Vec<Hit<'static>>) -> Self {
        Self {
            verdict: None,
            hits,
            rest: None,
            formula: None,
            waits_for: None,
            is_settled: false,
            is_all: false,
            outranks_a_pass: false,
        }
    }

    /// Gives the first reason the words that the verdict leaves, and puts the formula behind it.
    pub(super) fn put_into(&self, reasons: &mut Vec<Reason>) {
        if let (Some(rest), Some(first)) = (&self.rest, reasons.first_mut()) {
            first.words.clone_from(rest);
        }
        if self.is_all {
            reasons.truncate(1);
        }
        let Some(formula) = &self.formula else {
            return;
        };
        let is_told = |reason: &Reason| matches!(&reason.said, Said::Library(cited) if cited.name() == formula.name());
        if !reasons.iter().any(is_told) {
            reasons.push(Reason {
                words: sentence(&formula.section.body).to_owned(),
                said: Said::Library(formula.clone()),
            });
        }
    }

    fn said(hits: Vec<Hit<'static>>, verdict: String) -> Self {
        Self {
            verdict: Some(verdict),
            outranks_a_pass: true,
            ..Self::of(hits)
        }
    }
}

/// What comes first in the answer to a question.
pub(super) fn lead(
    question: &str,
    found: Found<'static>,
    given: &[Hypothesis],
    asking: &Asking<'_>,
) -> Lead {
    let form = found.form;
    if let Some(sum) = sum::summed(question, form, given, asking) {
        let mut hits = in_order(question, form, found, None);
        sum.put_its_section(&mut hits);
        return Lead {
            formula: sum.formula(),
            is_all: true,
            ..Lead::said(hits, sum.words)
        };
    }
    if let Some(worked) = worked::worked_out(question, form, given, asking, likely(&found)) {
        let hits = in_order(question, form, found, Some(&worked));
        return Lead::said(hits, worked.words);
    }
    if found.outcome == Outcome::Held
        && let Some(usual) = usual::judged(question, form, given, asking, &found.hits)
    {
        let mut hits = found.hits;
        hits[..=usual.place].rotate_right(1);
        return Lead::said(hits, usual.words);
    }
    let hits = in_order(question, form, found, None);
    if let Some(verdict) = channel::weighed(question).and_then(|it| it.verdict(asking, &hits)) {
        let mut hits = hits;
        hits[..=verdict.place].rotate_right(1);
        return Lead {
            waits_for: Some(verdict.waits_for),
            ..Lead::said(hits, verdict.words)
        };
    }
    of_the_sections(question, form, given, hits)
}

/// What the sections themselves say that answers more closely than the beginning of the first.
fn of_the_sections(
    question: &str,
    form: Form,
    given: &[Hypothesis],
    hits: Vec<Hit<'static>>,
) -> Lead {
    if let Some(agreement) = agreement::told(question, &hits) {
        let mut hits = hits;
        hits[..=agreement.place].rotate_right(1);
        return Lead {
            rest: agreement.rest,
            is_settled: true,
            is_all: true,
            ..Lead::said(hits, agreement.words)
        };
    }
    if let Some(words) = unit::weighed(question, &hits) {
        return Lead {
            formula: unit::section_on_units(),
            is_all: true,
            ..Lead::said(hits, words)
        };
    }
    if let Some(narrowed) = narrowed::told(question, form, given, &hits) {
        let mut hits = hits;
        hits[..=narrowed.place].rotate_right(1);
        return Lead {
            rest: narrowed.rest,
            ..Lead::said(hits, narrowed.words)
        };
    }
    let first = hits.first().map(|hit| hit.section.body.as_str());
    if let Some((verdict, rest)) = first.and_then(|body| clause::asked(question, form, body)) {
        return Lead {
            rest: Some(rest),
            ..Lead::said(hits, verdict)
        };
    }
    Lead::of(hits)
}

/// A section of the library by its name, cited.
pub(super) fn section(entry: &str, anchor: &str) -> Option<Cited> {
    let (entry, section) = crate::knowledge::library().section(entry, anchor)?;
    Some(Cited { entry, section })
}

/// The words of a section without one of its sentences.
pub(super) fn without(body: &str, told: &str) -> String {
    body.replacen(told, "", 1)
        .replace("  ", " ")
        .trim()
        .to_owned()
}
