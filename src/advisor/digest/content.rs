//! What a digest says: the verdict, what is different, what has come up, and one question.
//!
//! Ten lines at most; all of it stands behind a button ([`Week::full`]).

use super::super::case::{Case, button};
use super::super::next;
use super::super::prose::{counted, sentence};
use super::part::{Part, allot};
use super::{come_up, different};
use crate::digest::{self, Entry, Mark, Point, Seen, Stage, Standing};
use crate::lint::RuleResult;
use crate::plan::Change;
use crate::render::{Block, Button, Document, Inline, Trend, TrendLine};
use crate::report::{Question, Report, Snapshot};

/// Lines of the whole digest; the verdict, the figures and the question are three of them.
const LINES: usize = 10;

/// How many fields the digests remember to have asked for.
const ASKED: usize = 2;

/// All that a digest tells.
pub(super) struct Week<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) report: Report,
    /// What there is to see now.
    pub(super) seen: Seen,
    pub(super) before: &'a Seen,
    /// The changes since, oldest first, as far as the history's end goes back.
    pub(super) changes: Vec<&'a Change>,
    /// How many changes there were in all.
    pub(super) all_changes: usize,
    /// What has come up.
    pub(super) agenda: Vec<Entry>,
    /// The milestones.
    pub(super) stages: [Stage; 3],
}

impl<'a> Week<'a> {
    /// What is different from `before`.
    pub(super) fn since(case: &'a Case<'a>, before: &'a Seen) -> Self {
        let report = case.report();
        let agenda = digest::agenda(&case.plan, case.tail(), &report.results, case.today());
        let seen = Seen::now(&case.plan, &report, case.situation.rules.hash(), &agenda);
        let newer = |change: &&Change| change.version > before.version;
        let all = seen.version.0.saturating_sub(before.version.0);
        Self {
            changes: case.tail().iter().filter(newer).collect(),
            all_changes: usize::try_from(all).unwrap_or(usize::MAX),
            stages: digest::milestones(&case.plan),
            case,
            report,
            seen,
            before,
            agenda,
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

    /// The message; `standing` is the one with this week's point in it. `late` is said beside what it
    /// says.
    pub(super) fn document(&self, standing: &Standing, late: Option<Vec<Inline>>) -> Document {
        let question = self.question(standing);
        let taken = 2 + usize::from(question.is_some()) + usize::from(late.is_some());
        let (lines, left) = allot(self.parts(), LINES - taken);
        let mut blocks = Vec::new();
        if !lines.is_empty() {
            blocks.push(Block::Bullets(lines));
        }
        blocks.push(Block::Note(sentence(&self.figures())));
        blocks.extend(trend(standing));
        blocks.extend(question.map(|question| {
            let mut asked = vec![Inline::strong("Question of the week: ")];
            asked.extend(next::line(self.case, &question));
            Block::Paragraph(asked)
        }));
        blocks.extend(late.map(Block::Note));
        blocks.push(Block::Actions(buttons(left)));
        Document {
            headline: self.headline(),
            blocks,
        }
    }

    /// All of it, for whoever wants to see it.
    pub(super) fn full(&self, standing: &Standing) -> Document {
        let mut blocks = Vec::new();
        for part in self.parts() {
            blocks.push(Block::Heading(part.title.to_owned()));
            blocks.push(Block::Bullets(part.all));
        }
        blocks.extend(come_up::milestones(self));
        blocks.push(Block::Note(sentence(&self.figures())));
        blocks.extend(trend(standing));
        blocks.push(Block::Actions(vec![
            button("Check the plan", "check"),
            button("What was changed", "history"),
        ]));
        Document {
            headline: self.headline(),
            blocks,
        }
    }

    /// What there is to tell, in the order in which it is told.
    fn parts(&self) -> Vec<Part> {
        let mut parts = different::parts(self);
        parts.extend(come_up::parts(self));
        parts.retain(|part| !part.all.is_empty());
        parts
    }

    /// The best question that the last digests did not ask; the best one where they asked all.
    pub(super) fn question(&self, standing: &Standing) -> Option<Question> {
        let mut questions = next::questions(self.case);
        let fresh = questions
            .iter()
            .position(|it| !standing.asked.iter().any(|name| name == it.field.name));
        (!questions.is_empty()).then(|| questions.swap_remove(fresh.unwrap_or(0)))
    }

    /// Notes on `standing` what this digest saw and asked.
    pub(super) fn told(self, standing: &mut Standing) {
        if let Some(question) = self.question(standing) {
            standing.asked.push(question.field.name.to_owned());
            let over = standing.asked.len().saturating_sub(ASKED);
            standing.asked.drain(..over);
        }
        standing.compared = Some(std::mem::replace(&mut standing.seen, self.seen));
    }

    fn headline(&self) -> String {
        let new = self.new_findings().count();
        let gone = different::settled(self).count();
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
        let due = self.seen.due.difference(&self.before.due).count();
        if due > 0 {
            parts.push(format!("{due} to look at"));
        }
        let since = match parts.as_slice() {
            [] => "Nothing changed since the last digest.".to_owned(),
            parts => format!("Since the last digest: {}.", parts.join(", ")),
        };
        format!("{} {since}", self.report.verdict.text)
    }

    /// The open findings that did not stand before, weightiest first.
    pub(super) fn new_findings(&self) -> impl Iterator<Item = &RuleResult> {
        let open = self.report.open_findings().into_iter();
        open.filter(|result| !self.before.open.contains(&Mark::of(result)))
    }

    /// Coverage and coherence with their movement and its cause.
    fn figures(&self) -> String {
        let coverage = moved(self.before.coverage, self.seen.coverage);
        let coherence = match (self.before.coherence, self.seen.coherence) {
            (Some(before), Some(now)) => format!(" · {} fits together", moved(before, now)),
            (None, Some(now)) => format!(" · {now} % fits together"),
            (_, None) => String::new(),
        };
        format!("{coverage} answered{coherence}{}", self.cause())
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

fn buttons(left: usize) -> Vec<Button> {
    let all = match left {
        0 => "All of it".to_owned(),
        more => format!("All of it ({more} more)"),
    };
    vec![
        Button {
            primary: true,
            ..button("Check the plan", "check")
        },
        button(all, "digest all"),
        button("Digest settings", "digest status"),
    ]
}

fn moved(before: u8, now: u8) -> String {
    if before == now {
        format!("{now} %")
    } else {
        format!("{before} → {now} %")
    }
}

/// How the plan has moved, from three points on: two are told by the figures.
fn trend(standing: &Standing) -> Option<Block> {
    let points = &standing.trend;
    if points.len() < 3 {
        return None;
    }
    let zone = standing.schedule.zone.time_zone();
    let day = |point: &Point| {
        let day = point.at.to_zoned(zone.clone());
        day.strftime("%-d %b").to_string()
    };
    let line = |name: &str, of: &dyn Fn(&Point) -> Option<i64>| TrendLine {
        name: name.to_owned(),
        values: points.iter().map(of).collect(),
    };
    Some(Block::Trend(Trend {
        title: format!("The last {} digests", points.len()),
        at: points.iter().map(day).collect(),
        lines: vec![
            line("Answered, %", &|it| Some(i64::from(it.coverage))),
            line("Fits together, %", &|it| it.coherence.map(i64::from)),
            line("Open findings", &|it| Some(i64::from(it.open))),
        ],
    }))
}
