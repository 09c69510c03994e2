//! What time and people have brought up, in words.

use super::super::held::peopled;
use super::super::prose::{capitalised, cut, sentence};
use super::content::Week;
use super::part::Part;
use crate::digest::{Cause, Entry, Line, Matter, Timing, Trigger, VERDICT, under_way};
use crate::plan::{self, Decision, Field};
use crate::render::{Block, Inline};

/// How many things one line names.
const NAMED: usize = 3;

/// A question is cut here.
const QUESTION: usize = 90;

/// How many cells the bar of a milestone has.
const BAR: usize = 10;

/// The parts that tell of it.
pub(super) fn parts(week: &Week<'_>) -> Vec<Part> {
    vec![
        part(week, "Waiting for you", 3, |it| {
            matches!(it, Matter::Decision { .. } | Matter::Objection(_))
        }),
        part(week, "Channels to judge", 4, |it| {
            matches!(it, Matter::Trial { .. })
        }),
        part(week, "Review", 6, |it| matches!(it, Matter::Review { .. })),
        triggers(week),
        part(week, "To be validated", 7, |it| {
            matches!(it, Matter::Assumption { .. })
        }),
        part(week, "Waivers that end", 8, |it| {
            matches!(it, Matter::Waiver { .. })
        }),
        moved(week),
    ]
}

fn part(week: &Week<'_>, title: &'static str, rank: u8, is: impl Fn(&Matter) -> bool) -> Part {
    let mut entries: Vec<&Entry> = week.agenda.iter().filter(|it| is(&it.matter)).collect();
    entries.sort_by_key(|it| std::cmp::Reverse(it.timing));
    let speaking: Vec<_> = entries.iter().filter(|it| it.speaks()).collect();
    let named: Vec<_> = speaking
        .iter()
        .take(NAMED)
        .map(|it| words(week, it))
        .collect();
    let more = match speaking.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!("; and {n} more"),
    };
    let summary = (!named.is_empty()).then(|| {
        let mut line = vec![Inline::strong(format!("{title}: "))];
        line.extend(marked(&format!("{}{more}.", named.join("; "))));
        line
    });
    let all = entries
        .iter()
        .map(|it| marked(&opened(&it.matter, words(week, it))));
    Part::of_summary(title, rank, summary, all.collect())
}

/// A line of its own begins with a capital, but for what people type.
fn opened(matter: &Matter, words: String) -> String {
    match matter {
        Matter::Decision { .. } => words,
        _ => capitalised(&words),
    }
}

/// Words in which back-ticks mark what one types and `@U1` is a person.
fn marked(words: &str) -> Vec<Inline> {
    let parts = sentence(words).into_iter();
    let parts = parts.flat_map(|inline| match inline {
        Inline::Words(words, _) => peopled(&words),
        other => vec![other],
    });
    parts.collect()
}

fn words(week: &Week<'_>, entry: &Entry) -> String {
    let of = |owner: &Option<String>| {
        let owner = owner.as_ref();
        owner.map_or_else(String::new, |owner| format!(", with {owner}"))
    };
    match &entry.matter {
        Matter::Waiver {
            rule,
            segment,
            until,
            owner,
        } => {
            let segment = week.case.for_segment(segment.as_ref());
            let end = match entry.timing {
                Timing::Over => format!("ended on {until}, so the finding is back"),
                _ => format!("ends on {until}"),
            };
            format!("`{rule}`{segment} {end}{}", of(owner))
        }
        Matter::Assumption {
            field,
            segment,
            by,
            owner,
        } => {
            let segment = week.case.for_segment(segment.as_ref());
            let label = plan::field(field).map_or_else(|| field.clone(), Field::label);
            let by = match entry.timing {
                Timing::Over => format!("was due on {by}"),
                _ => format!("by {by}"),
            };
            format!("{label}{segment} {by}{}", of(owner))
        }
        Matter::Trial {
            channel,
            segment,
            months,
        } => {
            let segment = week.case.for_segment(Some(segment));
            format!("{}{segment} {}", named(channel), trial(*months))
        }
        Matter::Review { last, due } => match entry.timing {
            Timing::Over => format!("overdue since {due}; the last one was on {last}"),
            _ => format!("due on {due}; the last one was on {last}"),
        },
        Matter::Trigger(trigger) => fired(trigger),
        Matter::Decision { decision, owner } => {
            format!("{}{}", waiting(decision), of(owner))
        }
        Matter::Objection(objection) => format!(
            "{} objects to the approval: {}",
            objection.by,
            cut(&objection.reason, QUESTION)
        ),
    }
}

fn named(channel: &str) -> &str {
    let field = plan::field("marketing.channels");
    let choice = field.and_then(|field| field.choice(channel));
    choice.map_or(channel, |choice| choice.label)
}

/// How far a trial is: the verdict is due between two months.
fn trial(months: i32) -> String {
    let (from, until) = VERDICT;
    if months < until {
        format!("in month {} of {from}–{until}", months + 1)
    } else {
        format!("{months} months on trial, past {from}–{until}")
    }
}

fn waiting(decision: &Decision) -> String {
    let votes: Vec<_> = decision
        .count()
        .iter()
        .filter(|(_, votes)| *votes > 0)
        .map(|(option, votes)| format!("{option} {votes}"))
        .collect();
    let votes = match votes.as_slice() {
        [] => "no votes yet".to_owned(),
        votes => votes.join(", "),
    };
    let question = cut(&decision.question, QUESTION);
    format!("{} {question} ({votes})", decision.id)
}

fn fired(trigger: &Trigger) -> String {
    match trigger.detail.as_str() {
        said if trigger.cause == Cause::Noted => cut(said, QUESTION),
        "" => trigger.cause.words().to_owned(),
        detail => format!("{} ({})", trigger.cause.words(), cut(detail, QUESTION)),
    }
}

/// What calls for a review before its time, with where that is said.
fn triggers(week: &Week<'_>) -> Part {
    let title = "Calls for a review";
    let mut part = part(week, title, 6, |it| matches!(it, Matter::Trigger(_)));
    let fired = week.agenda.iter().filter_map(|it| match &it.matter {
        Matter::Trigger(trigger) => Some(trigger),
        _ => None,
    });
    for (line, trigger) in part.all.iter_mut().zip(fired) {
        if let Some(on) = trigger.on {
            line.push(Inline::plain(format!(", {on}")));
        }
        line.push(Inline::plain(" · "));
        line.push(Inline::code(trigger.cause.source()));
    }
    part
}

/// The milestones of the stage under way, on the day on which one of its figures is another.
fn moved(week: &Week<'_>) -> Part {
    let is_other = week.seen.milestones != week.before.milestones;
    let stage = under_way(&week.stages).filter(|_| is_other);
    let summary = stage.map(|stage| {
        let lines: Vec<_> = stage.lines.iter().map(short).collect();
        vec![
            Inline::strong(format!("{}: ", stage.name)),
            Inline::plain(format!("{}.", lines.join("; "))),
        ]
    });
    // All of them have a table of their own.
    let all = summary.clone().into_iter().collect();
    Part::of_summary("Milestones", 9, summary, all)
}

fn short(line: &Line) -> String {
    match &line.have {
        None => format!("{} not given", line.name),
        Some(have) if line.is_reached => format!("{} {have} ✓", line.name),
        Some(have) => format!("{} {have} of {}", line.name, line.goal),
    }
}

/// All milestones, line by line, with a bar where there is a way to go.
pub(super) fn milestones(week: &Week<'_>) -> Vec<Block> {
    let known = |it: &&crate::digest::Stage| it.lines.iter().any(|line| line.have.is_some());
    let mut blocks = Vec::new();
    for stage in week.stages.iter().filter(known) {
        blocks.push(Block::Heading(format!(
            "{}: {} of {} reached",
            stage.name,
            stage.reached(),
            stage.lines.len()
        )));
        let lines = stage.lines.iter().map(barred);
        blocks.push(Block::Verbatim(lines.collect::<Vec<_>>().join("\n")));
    }
    blocks
}

fn barred(line: &Line) -> String {
    let full = match (line.is_reached, line.percent) {
        (true, _) => BAR,
        // What is not reached never looks as if it were.
        (false, Some(percent)) => (usize::from(percent) * BAR / 100).min(BAR - 1),
        (false, None) => 0,
    };
    let bar = match &line.have {
        Some(_) if line.is_reached || line.percent.is_some() => {
            format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
        }
        _ => "·".repeat(BAR),
    };
    format!("{bar} {}", short(line))
}
