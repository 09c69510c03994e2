//! What a digest says: the verdict, what is different, what has come up, and one question.
//!
//! Ten lines at most; all of it stands behind a button ([`Week::full`]).

use super::super::case::button;
use super::super::next;
use super::super::prose::{counted, sentence};
use super::part::{Part, allot};
use super::week::Week;
use super::{come_up, different, gains, knowing};
use crate::digest::Standing;
use crate::render::{Block, Button, Document, Inline, Trend, TrendLine};
use crate::report::WeekPoint;

/// Lines of the whole digest; the verdict, the figures and the question are three of them.
const LINES: usize = 10;

impl Week<'_> {
    /// The message. `late` is said beside what it says.
    pub(super) fn document(&self, standing: &Standing, late: Option<Vec<Inline>>) -> Document {
        let question = self.question(standing);
        let chart = drawn(&self.trend());
        let beside = [question.is_some(), late.is_some(), chart.is_some()];
        let taken = 2 + beside.into_iter().filter(|it| *it).count();
        let (lines, left) = allot(self.parts(), LINES - taken);
        let mut blocks = Vec::new();
        if !lines.is_empty() {
            blocks.push(Block::Bullets(lines));
        }
        blocks.push(Block::Note(sentence(&self.figures())));
        blocks.extend(chart);
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
    pub(super) fn full(&self) -> Document {
        let mut blocks = Vec::new();
        let mut parts = self.parts();
        parts.extend(knowing::parts(self));
        parts.retain(|part| !part.all.is_empty());
        for part in parts {
            blocks.push(Block::Heading(part.title.to_owned()));
            blocks.push(Block::Bullets(part.all));
        }
        blocks.extend(come_up::milestones(self));
        blocks.push(Block::Note(sentence(&self.figures())));
        blocks.extend(drawn(&self.trend()));
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
        parts.extend(gains::parts(self));
        parts.push(knowing::stale(self));
        parts.retain(|part| !part.all.is_empty());
        parts
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
        let verdict = &self.report.verdict.brief;
        let then = match &self.case.situation.digest {
            None => return verdict.clone(),
            Some(standing) if standing.compared.is_none() => "the digest was switched on",
            Some(_) => "the last digest",
        };
        match parts.as_slice() {
            [] => format!("{verdict} Nothing changed since {then}."),
            parts => format!("{verdict} Since {then}: {}.", parts.join(", ")),
        }
    }

    /// Coverage and coherence with their movement and its cause.
    fn figures(&self) -> String {
        let Some(movement) = &self.movement else {
            let coherence = self
                .report
                .coherence
                .as_ref()
                .map(|it| it.weighted.percent());
            let fits = coherence.map_or_else(String::new, |it| format!(" · {it} % fits together"));
            return format!("{} % answered{fits}", self.report.coverage.all.percent());
        };
        let coherence = match (&movement.coherence, &self.report.coherence) {
            (Some(figure), _) => format!(" · {} fits together", figure.words()),
            (None, Some(now)) => format!(" · {} % fits together", now.weighted.percent()),
            (None, None) => String::new(),
        };
        format!("{} answered{coherence}", movement.coverage.words())
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

/// How the plan has moved, from three points on: two are told by the figures.
fn drawn(points: &[WeekPoint]) -> Option<Block> {
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < 3 {
        return None;
    }
    let line = |name: &str, of: &dyn Fn(&WeekPoint) -> Option<usize>| TrendLine {
        name: name.to_owned(),
        values: points
            .iter()
            .map(|point| of(point).and_then(|it| i64::try_from(it).ok()))
            .collect(),
    };
    let weeks = first.week.until((jiff::Unit::Week, last.week));
    let weeks = weeks.map_or(0, |span| span.get_weeks()) + 1;
    let known = i32::try_from(points.len()).unwrap_or(i32::MAX);
    let title = match weeks {
        // In some the bot was away, or the digest off.
        weeks if known < weeks => format!("{known} of the last {weeks} weeks"),
        weeks => format!("The last {weeks} weeks"),
    };
    Some(Block::Trend(Trend {
        title,
        at: points
            .iter()
            .map(|point| point.week.strftime("%-d %b").to_string())
            .collect(),
        lines: vec![
            line("Answered, %", &|it| Some(it.coverage)),
            line("Fits together, %", &|it| it.coherence),
            line("Open findings", &|it| Some(it.open)),
        ],
    }))
}
