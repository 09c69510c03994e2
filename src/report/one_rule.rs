//! What one rule says of a plan: each outcome with its reason, the quiet ones too.

use super::{Report, Surface};
use crate::lint::{Outcome, RuleResult, Status};
use crate::plan;
use crate::render::{Block, Document, Inline};
use crate::text::counted;

/// In how many segments the outcome is told.
const MOST_SEGMENTS: usize = 12;

impl Report {
    /// The report with the results of one rule alone.
    #[must_use]
    pub fn only(mut self, rule: &str) -> Self {
        self.results.retain(|result| result.rule.as_str() == rule);
        self
    }

    /// What the rule says, as a document.
    pub fn of_rule(&self, rule: &str, surface: Surface<'_>) -> Document {
        let results: Vec<_> = self
            .results
            .iter()
            .filter(|result| result.rule.as_str() == rule)
            .collect();
        let shown = results.iter().take(MOST_SEGMENTS);
        let lines: Vec<_> = shown.map(|result| self.outcome(result)).collect();
        let mut blocks = vec![Block::Bullets(lines)];
        if let Some(more) = results
            .len()
            .checked_sub(MOST_SEGMENTS)
            .filter(|&more| more > 0)
        {
            let more = format!("And in {}.", counted(more, "more segment"));
            blocks.push(Block::Note(vec![Inline::plain(more)]));
        }
        let finding = results.iter().find(|it| it.outcome == Outcome::Finding);
        if let Some(fix) = finding.and_then(|finding| finding.fix.as_ref()) {
            blocks.push(Block::Paragraph(vec![
                Inline::strong("To change: "),
                Inline::plain(&fix.text),
            ]));
        }
        blocks.extend(results.iter().find_map(|it| self.to_decide(it, surface)));
        blocks.extend(self.notices_of(rule));
        blocks.push(Block::Note(vec![
            Inline::plain("What it checks, and why: "),
            Inline::code(surface.explain(rule)),
        ]));
        Document {
            headline: headline(rule, &results),
            blocks,
        }
    }

    fn outcome(&self, result: &RuleResult) -> Vec<Inline> {
        let word = match result.outcome {
            Outcome::Finding => result.severity.as_str(),
            Outcome::Pass => "passes",
            Outcome::Unknown => "unknown",
            Outcome::NotApplicable => "does not apply",
        };
        let whose = self.where_it_is(result);
        let mut words = vec![
            Inline::strong(format!("{word}{whose}: ")),
            Inline::plain(result.message.as_ref()),
        ];
        if result.status == Status::Waived {
            words.push(Inline::plain(" · waived"));
        }
        if let Some(stronger) = &result.folded_into {
            words.push(Inline::plain(" · told by the stronger "));
            words.push(Inline::code(stronger.as_str()));
        }
        if let Some(note) = &result.note {
            words.push(Inline::plain(format!(" · {note}")));
        }
        words
    }

    /// One answer that an unknown outcome waits for, as it is written.
    fn to_decide(&self, result: &RuleResult, surface: Surface<'_>) -> Option<Block> {
        if result.outcome != Outcome::Unknown {
            return None;
        }
        let field = result.missing.each().next()?;
        let segment = result.segment.as_ref();
        let segment = segment.filter(|_| self.segments.len() > 1);
        let segment = segment.filter(|_| field.level == plan::Level::Segment);
        Some(Block::Paragraph(vec![
            Inline::plain("To decide it: "),
            Inline::strong(field.question),
            Inline::plain(" For example "),
            Inline::code(surface.answer(field, segment)),
        ]))
    }
}

/// `field-acv-low passes`, or how many outcomes of each kind.
fn headline(rule: &str, results: &[&RuleResult]) -> String {
    let of = |outcome| results.iter().filter(|it| it.outcome == outcome).count();
    let all = [
        (Outcome::Finding, "finds something"),
        (Outcome::Pass, "passes"),
        (Outcome::Unknown, "is unknown"),
        (Outcome::NotApplicable, "does not apply"),
    ];
    let found: Vec<_> = all
        .iter()
        .map(|&(outcome, words)| (of(outcome), words))
        .filter(|&(n, _)| n > 0)
        .collect();
    match found.as_slice() {
        [(_, words)] => format!("{rule} {words}."),
        several => {
            let parts: Vec<_> = several
                .iter()
                .map(|(n, words)| format!("{words} in {}", counted(*n, "segment")))
                .collect();
            format!("{rule} {}.", parts.join(", "))
        }
    }
}
