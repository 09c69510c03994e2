//! What time and people have brought up, in words.

use jiff::civil::Date;

use super::super::held::peopled;
use super::super::prose::{capitalised, cut, sentence};
use super::super::stage;
use super::part::Part;
use super::week::Week;
use crate::digest::{Cadence, Entry, Matter, Since, Timing, VERDICT};
use crate::plan::{self, Decision, Field, Objection, Trigger, Value};
use crate::render::{Block, Inline};
use crate::report::{Fired, Line, Stand, cited, under_way};
use crate::sources::{SourceRef, source};

/// How many things one line names.
const NAMED: usize = 3;

/// A question is cut here.
const QUESTION: usize = 90;

/// How many cells the bar of a milestone has.
const BAR: usize = 10;

/// The parts that tell of it.
pub(super) fn parts(week: &Week<'_>) -> Vec<Part> {
    vec![
        part(week, "To decide", 3, |it| {
            matches!(it, Matter::Decision { .. } | Matter::Objection(_))
        }),
        part(week, "Channels to judge", 4, |it| {
            matches!(it, Matter::Trial { .. })
        }),
        review(week),
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
    let speaking: Vec<_> = entries.iter().copied().filter(|it| it.speaks()).collect();
    let told = &speaking[..speaking.len().min(NAMED)];
    let more = match speaking.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!("; and {n} more"),
    };
    let summary = (!told.is_empty()).then(|| {
        let mut line = vec![Inline::strong(format!("{title}: "))];
        line.extend(marked(&format!("{}{more}.", named_together(week, told))));
        line
    });
    let all = entries
        .iter()
        .map(|it| marked(&opened(&it.matter, words(week, it))));
    Part::of_summary(title, rank, summary, all.collect())
}

/// Several entries in one line; whom all of them wait for is named once.
fn named_together(week: &Week<'_>, entries: &[&Entry]) -> String {
    let owner = entries.first().and_then(|it| it.owner.as_ref());
    let is_one = entries.len() > 1 && entries.iter().all(|it| it.owner.as_ref() == owner);
    let named = entries.iter().map(|it| {
        if is_one {
            matter(week, it)
        } else {
            words(week, it)
        }
    });
    let named = named.collect::<Vec<_>>().join("; ");
    match owner.filter(|_| is_one) {
        Some(owner) if entries.len() == 2 => format!("{named}; both with {owner}"),
        Some(owner) => format!("{named}; all with {owner}"),
        None => named,
    }
}

/// A line of its own begins with a capital, but for what people type.
fn opened(matter: &Matter, words: String) -> String {
    match matter {
        Matter::Decision { .. } => words,
        _ => capitalised(&words),
    }
}

/// An entry that stands alone: it says itself what it is about, and not whom it waits for.
pub(super) fn alone(week: &Week<'_>, entry: &Entry) -> Vec<Inline> {
    let words = matter(week, entry);
    let words = match &entry.matter {
        Matter::Waiver { .. } => format!("The waiver of {words}"),
        Matter::Assumption { .. } => format!("To be validated: {words}"),
        Matter::Trial { .. } => format!("A channel to judge: {words}"),
        Matter::Review { .. } => format!("The review of the plan: {words}"),
        Matter::Decision { .. } => format!("To be decided: {words}"),
        Matter::Fired(_) | Matter::Noted(_) => format!("Calls for a review: {words}"),
        Matter::Objection(_) => words,
    };
    marked(&words)
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

/// An entry in words, with whom it waits for: back-ticks mark what one types, `@U1` is a person.
fn words(week: &Week<'_>, entry: &Entry) -> String {
    let owner = entry.owner.as_ref();
    let with = owner.map_or_else(String::new, |owner| format!(", with {owner}"));
    format!("{}{with}", matter(week, entry))
}

fn matter(week: &Week<'_>, entry: &Entry) -> String {
    let is_over = entry.timing == Timing::Over;
    match &entry.matter {
        Matter::Waiver {
            rule,
            segment,
            until,
        } => {
            let segment = week.case.for_segment(segment.as_ref());
            let end = if is_over {
                format!("ended on {until}, so the finding is back")
            } else {
                format!("ends on {until}")
            };
            format!("`{rule}`{segment} {end}")
        }
        Matter::Assumption { field, segment, by } => {
            let segment = week.case.for_segment(segment.as_ref());
            let label = plan::field(field).map_or_else(|| field.clone(), Field::label);
            let due = if is_over { "was due on" } else { "by" };
            format!("{label}{segment} {due} {by}")
        }
        Matter::Trial {
            channel,
            segment,
            months,
            ..
        } => {
            let segment = week.case.for_segment(Some(segment));
            format!("{}{segment} {}", named(channel), trial(*months))
        }
        Matter::Review {
            since,
            cadence,
            due,
        } => {
            let due_on = if is_over { "overdue since" } else { "due on" };
            format!("{due_on} {due}, {}", counted_from(*since, *cadence))
        }
        Matter::Decision { decision, since } => waiting(decision, *since),
        Matter::Fired(one) => fired(one),
        Matter::Noted(one) => noted(one),
        Matter::Objection(one) => objects(one),
    }
}

/// `6 months after the last one, on 2025-10-01`.
fn counted_from(since: Since, cadence: Cadence) -> String {
    let every = plan::field("plan.review_every").map_or_else(String::new, |field| {
        Value::Months(cadence.every).display(field)
    });
    match since {
        Since::Review(day) => format!("{every} after the last one, on {day}"),
        Since::Approval(day) => format!("{every} after the approval of {day}"),
        Since::Beginning(day) => {
            format!("{every} after the first answer, on {day}; no review is noted")
        }
    }
}

fn noted(trigger: &Trigger) -> String {
    let by = trigger.by.as_ref();
    let by = by.map_or_else(String::new, |by| format!(", noted by {by}"));
    format!("{}, {}{by}", cut(&trigger.what, QUESTION), trigger.on)
}

fn objects(objection: &Objection) -> String {
    format!(
        "{} objects to the approval: {}",
        objection.by,
        cut(&objection.reason, QUESTION)
    )
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
        format!("in month {} of a trial of {from} to {until}", months + 1)
    } else {
        format!("{months} months on trial, past the {from} to {until} that it takes")
    }
}

fn waiting(decision: &Decision, since: Option<Date>) -> String {
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
    let since = since.map_or_else(String::new, |on| format!(", open since {on}"));
    format!("{} {question} ({votes}{since})", decision.id)
}

fn fired(fired: &Fired) -> String {
    match fired.detail.as_str() {
        "" => fired.kind.label.clone(),
        detail => format!("{} ({})", fired.kind.label, cut(detail, QUESTION)),
    }
}

/// The review, with where its cadence stands that nobody has set.
fn review(week: &Week<'_>) -> Part {
    let mut part = part(week, "Review", 6, |it| matches!(it, Matter::Review { .. }));
    let cadences = week.agenda.iter().filter_map(|it| match it.matter {
        Matter::Review { cadence, .. } => cadence.source(),
        _ => None,
    });
    for (line, source) in part.all.iter_mut().zip(cadences) {
        line.extend([
            Inline::plain(" · nobody has set how often; this time is from "),
            titled(&source),
        ]);
    }
    part
}

/// A source by its title alone.
fn titled(cited: &SourceRef) -> Inline {
    let label = source(&cited.id).map_or(&cited.id, |it| &it.title).clone();
    match cited.url.clone() {
        Some(url) => Inline::Link { label, url },
        None => Inline::plain(label),
    }
}

/// What calls for a review before its time, with what to look at again and where that is said.
fn triggers(week: &Week<'_>) -> Part {
    let is_trigger = |it: &Matter| matches!(it, Matter::Fired(_) | Matter::Noted(_));
    let mut part = part(week, "Calls for a review", 6, is_trigger);
    let matters = week.agenda.iter().map(|it| &it.matter);
    let told: Vec<_> = matters.filter(|it| is_trigger(it)).collect();
    for (line, matter) in part.all.iter_mut().zip(&told) {
        let Matter::Fired(fired) = matter else {
            continue;
        };
        if let Some(on) = fired.on {
            line.push(Inline::plain(format!(", {on}")));
        }
        line.push(Inline::plain(format!(" · look at {}", reviewed(fired))));
        if let Some(source) = fired.kind.source() {
            line.extend([Inline::plain(" · "), cited(&source)]);
        }
    }
    // Of one there is room to say what is to be done.
    if let ([Matter::Fired(fired)], [line]) = (told.as_slice(), part.lines.as_mut_slice()) {
        line.push(Inline::plain(format!(
            " Look again at {}.",
            reviewed(fired)
        )));
    }
    part
}

/// The fields that a trigger has a team look at again.
fn reviewed(fired: &Fired) -> String {
    let fields = fired.kind.review();
    let labels: Vec<_> = fields.iter().map(|field| field.label()).collect();
    labels.join(", ")
}

/// The milestone that is worked on, when one of its figures is another.
fn moved(week: &Week<'_>) -> Part {
    let milestone = under_way(&week.milestones).filter(|it| week.has_moved(it));
    let summary = milestone.map(|milestone| {
        let known = milestone
            .lines
            .iter()
            .filter(|it| it.stand != Stand::Unknown);
        let lines: Vec<_> = known.map(short).collect();
        vec![
            Inline::strong(format!("{}: ", milestone.name)),
            Inline::plain(format!("{}.", lines.join("; "))),
        ]
    });
    // All of them are listed on their own.
    let all = summary.clone().into_iter().collect();
    Part::of_summary("Milestones", 9, summary, all)
}

fn short(line: &Line) -> String {
    let mark = if line.stand == Stand::Reached {
        " ✓"
    } else {
        ""
    };
    format!("{}, now {}{mark}", line.label, line.told)
}

/// All milestones, line by line, with a bar where there is a way to go.
pub(super) fn milestones(week: &Week<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for milestone in week.milestones.iter().filter(|it| it.is_known()) {
        blocks.push(Block::Heading(stage::heading(milestone)));
        let lines = milestone.lines.iter().map(barred);
        blocks.push(Block::Bullets(lines.collect()));
    }
    blocks
}

/// A line with a bar for what grows step by step; what is not reached never looks as if it were.
fn barred(line: &Line) -> Vec<Inline> {
    let full = line.percent.filter(|_| line.stand == Stand::Open);
    let bar = full.map(|percent| {
        let full = (usize::from(percent) * BAR / 100).min(BAR - 1);
        Inline::code(format!("{}{}", "█".repeat(full), "░".repeat(BAR - full)))
    });
    let mut words: Vec<_> = bar.into_iter().chain([Inline::plain(" ")]).collect();
    if full.is_none() {
        words.clear();
    }
    words.extend(stage::told(line));
    words
}
