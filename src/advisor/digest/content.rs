//! What a digest says: the verdict, what is different, and one question. At most ten lines.

use super::super::case::{Case, button};
use super::super::change;
use super::super::next;
use super::super::prose::{counted, cut, sentence};
use crate::digest::{Mark, Point, Seen, Standing};
use crate::lint::{RuleResult, Severity};
use crate::plan::Change;
use crate::render::{Block, Button, Document, Inline};
use crate::report::{Report, Snapshot};

/// How many changes are told; the rest is counted.
const MOST_CHANGES: usize = 3;

/// How many new findings are told.
const MOST_FINDINGS: usize = 2;

/// A finding's message is cut here; the check tells all of it.
const FINDING: usize = 160;

/// All that a digest tells.
pub(super) struct Week<'a> {
    report: Report,
    /// What there is to see now.
    pub(super) seen: Seen,
    before: &'a Seen,
    /// The changes since, oldest first, as far as the history's end goes back.
    changes: Vec<&'a Change>,
    /// How many changes there were in all.
    all_changes: usize,
}

impl<'a> Week<'a> {
    /// What is different from `before`.
    pub(super) fn since(case: &'a Case<'_>, before: &'a Seen) -> Self {
        let report = case.report();
        let seen = Seen::now(&case.plan, &report, case.situation.rules.hash());
        let newer = |change: &&Change| change.version > before.version;
        let all = seen.version.0.saturating_sub(before.version.0);
        Self {
            changes: case.tail().iter().filter(newer).collect(),
            all_changes: usize::try_from(all).unwrap_or(usize::MAX),
            report,
            seen,
            before,
        }
    }

    /// What is kept of the check.
    pub(super) fn snapshot(&self, case: &Case<'_>) -> Option<Snapshot> {
        case.snapshot(&self.report)
    }

    /// Whether nothing is different.
    pub(super) fn is_quiet(&self) -> bool {
        self.seen.is_quiet_since(self.before)
    }

    /// The point that this week adds to the trend.
    pub(super) fn point(&self, at: jiff::Timestamp) -> Point {
        Point {
            at,
            coverage: self.seen.coverage,
            coherence: self.seen.coherence,
            open: u32::try_from(self.seen.open.len()).unwrap_or(u32::MAX),
        }
    }

    /// The message; `standing` is the one with this week's point in it.
    pub(super) fn document(&self, case: &Case<'_>, standing: &Standing) -> Document {
        let mut lines = self.changed(case);
        lines.extend(self.appeared());
        lines.extend(self.settled(case));
        lines.extend(self.still_open());
        let mut blocks = Vec::new();
        if !lines.is_empty() {
            blocks.push(Block::Bullets(lines));
        }
        blocks.push(Block::Note(sentence(&self.figures(standing))));
        let question = next::questions(case).into_iter().next();
        blocks.extend(question.map(|question| {
            let mut asked = vec![Inline::strong("Question of the week: ")];
            asked.extend(next::line(case, &question));
            Block::Paragraph(asked)
        }));
        blocks.push(Block::Actions(vec![
            Button {
                primary: true,
                ..button("Check the plan", "check")
            },
            button("What was changed", "history"),
            button("Digest settings", "digest status"),
        ]));
        Document {
            headline: self.headline(),
            blocks,
        }
    }

    fn headline(&self) -> String {
        let new = self.new_findings().count();
        let gone = self.before.open.difference(&self.seen.open).count();
        let mut parts = Vec::new();
        if self.all_changes > 0 {
            parts.push(counted(self.all_changes, "change"));
        }
        if new > 0 {
            parts.push(counted(new, "new finding"));
        }
        if gone > 0 {
            parts.push(format!("{gone} settled"));
        }
        let since = match parts.as_slice() {
            [] => "Nothing changed since the last digest.".to_owned(),
            parts => format!("Since the last digest: {}.", parts.join(", ")),
        };
        format!("{} {since}", self.report.verdict.text)
    }

    fn changed(&self, case: &Case<'_>) -> Vec<Vec<Inline>> {
        let newest = self.changes.iter().rev().take(MOST_CHANGES);
        let mut lines: Vec<_> = newest
            .map(|change| {
                let words = cut(&change::line(case, change), FINDING);
                vec![
                    Inline::plain(words),
                    Inline::plain(" · "),
                    Inline::Person(change.by.clone()),
                    Inline::plain(" · "),
                    Inline::When(change.at),
                ]
            })
            .collect();
        if let Some(more) = self.all_changes.checked_sub(lines.len()).filter(|n| *n > 0) {
            let history = case.typed("history 20");
            lines.push(sentence(&format!("and {more} more: `{history}`")));
        }
        lines
    }

    fn new_findings(&self) -> impl Iterator<Item = &RuleResult> {
        let open = self.report.told_and_counted().0.into_iter();
        open.filter(|result| !self.before.open.contains(&Mark::of(result)))
    }

    fn appeared(&self) -> Vec<Vec<Inline>> {
        let told = self.new_findings().take(MOST_FINDINGS);
        told.map(|result| finding("New: ", result)).collect()
    }

    /// What no longer speaks, by title.
    fn settled(&self, case: &Case<'_>) -> Option<Vec<Inline>> {
        let gone = self.before.open.difference(&self.seen.open);
        let titles: Vec<_> = gone
            .filter_map(|mark| {
                let rule = case.situation.rules.get(mark.rule.as_str())?;
                let segment = case.for_segment(mark.segment.as_ref());
                Some(format!("{}{segment}", rule.title()))
            })
            .collect();
        let shown = titles
            .iter()
            .take(3)
            .cloned()
            .collect::<Vec<_>>()
            .join("; ");
        let more = match titles.len().saturating_sub(3) {
            0 => String::new(),
            n => format!("; and {n} more"),
        };
        (!titles.is_empty()).then(|| {
            vec![
                Inline::strong("Settled: "),
                Inline::plain(format!("{shown}{more}.")),
            ]
        })
    }

    /// The weightiest contradiction that stood before and still does.
    fn still_open(&self) -> Option<Vec<Inline>> {
        let open = self.report.told_and_counted().0;
        let old = open.iter().find(|result| {
            result.severity == Severity::Error && self.before.open.contains(&Mark::of(result))
        });
        old.map(|result| finding("Still open: ", result))
    }

    /// Coverage and coherence with their movement, its cause, and the trend.
    fn figures(&self, standing: &Standing) -> String {
        let coverage = moved(self.before.coverage, self.seen.coverage);
        let coherence = match (self.before.coherence, self.seen.coherence) {
            (Some(before), Some(now)) => format!(" · {} fits together", moved(before, now)),
            (None, Some(now)) => format!(" · {now} % fits together"),
            (_, None) => String::new(),
        };
        format!(
            "{coverage} answered{coherence}{}{}",
            self.cause(),
            trend(&standing.trend)
        )
    }

    fn cause(&self) -> &'static str {
        let figures = |seen: &Seen| (seen.coverage, seen.coherence);
        let is_same = figures(self.before) == figures(&self.seen);
        let rules_differ = self.before.rules != self.seen.rules && !self.before.rules.is_empty();
        match (is_same, rules_differ, self.all_changes) {
            (true, ..) | (false, false, _) => "",
            (false, true, 0) => " (the rules changed, not the plan)",
            (false, true, _) => " (the plan and the rules changed)",
        }
    }
}

fn finding(opening: &str, result: &RuleResult) -> Vec<Inline> {
    vec![
        Inline::strong(opening),
        Inline::plain(cut(&result.message, FINDING)),
        Inline::plain(" "),
        Inline::code(result.rule.as_str()),
    ]
}

fn moved(before: u8, now: u8) -> String {
    if before == now {
        format!("{now} %")
    } else {
        format!("{before} → {now} %")
    }
}

/// How many findings were open, from three points on.
fn trend(points: &[Point]) -> String {
    if points.len() < 3 {
        return String::new();
    }
    let open: Vec<_> = points.iter().map(|point| point.open.to_string()).collect();
    format!(
        ". Open findings over {} digests: {}",
        points.len(),
        open.join(", ")
    )
}
