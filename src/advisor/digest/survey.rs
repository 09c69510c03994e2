//! What goes to one person: all plans that they may see, or what of them is overdue and theirs.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::super::case::Case;
use super::super::prose::{counted, cut, sentence};
use super::super::{SeenPlan, Situation};
use super::come_up;
use super::week::Week;
use crate::digest::{Entry, Matter, Seen, Standing, Timing};
use crate::ident::Person;
use crate::intent::Personal;
use crate::lint::Severity;
use crate::plan::{Plan, Segment, Value};
use crate::render::{Block, Document, Inline};

/// How many plans one message tells of.
const MOST_PLANS: usize = 20;

/// How many reminders one message holds.
const MOST_NUDGES: usize = 10;

/// A plan's name is cut here.
const NAME: usize = 60;

/// What is to be said, and what it was made of.
pub(super) struct Survey {
    pub(super) document: Document,
    /// Changes exactly when it says something else.
    pub(super) due: BTreeSet<String>,
    /// Whether it says anything that its reader may want to know.
    pub(super) is_empty: bool,
}

/// What there is to say to whoever acts; `before` is what they were told last.
pub(super) fn survey(case: &Case<'_>, about: Personal, before: &Seen) -> Survey {
    let Some(plans) = &case.situation.plans else {
        return unknown(about);
    };
    match about {
        Personal::Rollup => rollup(case, plans, before),
        Personal::Nudge => nudge(case, plans),
    }
}

/// Nothing is guessed about what somebody may see.
fn unknown(about: Personal) -> Survey {
    let what = match about {
        Personal::Rollup => "which plans you may see",
        Personal::Nudge => "which plans are yours to see",
    };
    Survey {
        document: Document {
            headline: format!("I could not look up {what}, so I show none."),
            blocks: vec![Block::Note(vec![Inline::plain(
                "Slack did not say which channels you are in; I try again the next time.",
            )])],
        },
        due: BTreeSet::from(["unknown".to_owned()]),
        is_empty: false,
    }
}

/// Runs something on one of the plans as if its channel were the turn's.
fn on<T>(case: &Case<'_>, seen: &SeenPlan, run: impl FnOnce(&Case<'_>) -> T) -> T {
    let situation = Situation {
        plan: Some(seen.record.clone()),
        snapshots: seen.snapshots.clone(),
        lately: seen.record.tail.clone(),
        begun: seen.begun,
        plans: None,
        ..case.situation.clone()
    };
    let inner = Case::new(&situation, case.inbound);
    run(&inner)
}

/// How one plan stands, for a line.
struct Stand {
    errors: usize,
    warnings: usize,
    overdue: usize,
    waiting: usize,
    fits: Option<usize>,
    line: Vec<Inline>,
    key: String,
}

/// What is said where no plan has anything to settle; there may be things to look at all the same.
const NO_NEED: &str = "no contradiction, nothing overdue and nothing to decide.";

impl Stand {
    /// Whether there is more than what each check tells to look at.
    fn has_to_settle(&self) -> bool {
        self.errors + self.overdue + self.waiting > 0
    }
}

fn rollup(case: &Case<'_>, plans: &[SeenPlan], before: &Seen) -> Survey {
    let mut stands: Vec<Stand> = plans
        .iter()
        .map(|seen| on(case, seen, |inner| stand(inner, seen, before)))
        .collect();
    stands.sort_by_cached_key(|it| {
        (
            Reverse((it.errors, it.overdue + it.waiting, it.warnings)),
            it.fits,
            it.key.clone(),
        )
    });
    let needy = stands.iter().filter(|it| it.has_to_settle()).count();
    let headline = match (stands.len(), needy) {
        (0, _) => "There is no plan yet in any channel that you are in.".to_owned(),
        (1, 0) => format!("1 plan: {NO_NEED}"),
        (1, _) => "1 plan, and it has something to settle.".to_owned(),
        (all, 0) => format!("{all} plans: {NO_NEED}"),
        (all, 1) => format!("{all} plans; 1 has something to settle."),
        (all, some) => format!("{all} plans; {some} have something to settle."),
    };
    let due = stands.iter().map(|it| it.key.clone()).collect();
    let is_empty = stands.is_empty();
    let more = stands.len().saturating_sub(MOST_PLANS);
    let lines = stands.into_iter().take(MOST_PLANS).map(|it| it.line);
    let mut blocks = vec![Block::Bullets(lines.collect())];
    if is_empty {
        blocks.clear();
    }
    if more > 0 {
        let words = format!("And {}, which need less.", counted(more, "more plan"));
        blocks.push(Block::Note(vec![Inline::plain(words)]));
    }
    blocks.push(note(case, Personal::Rollup));
    Survey {
        document: Document { headline, blocks },
        due,
        is_empty,
    }
}

/// `#acme-gtm · Acme 2026: contradicts itself in 2 places · 1 overdue · 71 → 64 % fits together`.
fn stand(case: &Case<'_>, seen: &SeenPlan, before: &Seen) -> Stand {
    let then = Seen {
        at: before.at,
        version: case.plan.version(),
        ..Seen::default()
    };
    let week = Week::since(case, &then);
    let open = week.report.open_findings();
    let of = |severity| open.iter().filter(|it| it.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let is_over = |it: &&Entry| it.timing == Timing::Over;
    let overdue = week.agenda.iter().filter(is_over).count();
    let waits = |it: &&Entry| matches!(it.matter, Matter::Decision { .. } | Matter::Objection(_));
    let waiting = week.agenda.iter().filter(waits).count();
    let fits = week.report.coherence.map(|it| it.weighted.percent());
    let mut told = Vec::new();
    match errors {
        0 => {}
        n => told.push(format!("contradicts itself in {}", counted(n, "place"))),
    }
    if overdue > 0 {
        told.push(format!("{overdue} overdue"));
    }
    if waiting > 0 {
        told.push(format!("{} waiting", counted(waiting, "decision")));
    }
    if warnings > 0 && errors == 0 {
        told.push(format!("{} to look at", counted(warnings, "thing")));
    }
    if told.is_empty() {
        told.push("nothing stands out".to_owned());
    }
    let coherence = week.movement.as_ref().and_then(|it| it.coherence.as_ref());
    told.extend(match (coherence, fits) {
        (Some(figure), _) => Some(format!("{} fits together", figure.words())),
        (None, Some(now)) => Some(format!("{now} % fits together")),
        (None, None) => None,
    });
    let mut line = vec![Inline::strong(place(seen, &case.plan))];
    line.push(Inline::plain(format!(": {}", told.join(" · "))));
    Stand {
        key: format!(
            "{}:{}:{errors}:{warnings}:{overdue}:{waiting}",
            seen.channel,
            case.plan.version().0
        ),
        errors,
        warnings,
        overdue,
        waiting,
        fits,
        line,
    }
}

/// `#acme-gtm · Acme 2026`.
fn place(seen: &SeenPlan, plan: &Plan) -> String {
    let channel = match seen.name.as_str() {
        "" => "a channel".to_owned(),
        name => format!("#{name}"),
    };
    match plan.value("plan.name", &Segment::main()) {
        Some(Value::Text(name)) => format!("{channel} · {}", cut(name, NAME)),
        _ => channel,
    }
}

fn nudge(case: &Case<'_>, plans: &[SeenPlan]) -> Survey {
    let me = &case.situation.actor.person;
    let mut due = BTreeSet::new();
    let mut mine = Vec::new();
    for seen in plans {
        on(case, seen, |inner| {
            let nothing = Seen::default();
            let week = Week::since(inner, &nothing);
            for entry in week.agenda.iter().filter(|it| is_mine(it, me)) {
                due.insert(Seen::key_in(&seen.channel, entry));
                let mut line = vec![
                    Inline::strong(place(seen, &inner.plan)),
                    Inline::plain(": "),
                ];
                line.extend(come_up::alone(&week, entry));
                mine.push((entry.waits_since(), line));
            }
        });
    }
    // What has waited longest comes first, across all plans.
    mine.sort_by_key(|(since, _)| *since);
    let mut lines: Vec<_> = mine.into_iter().map(|(_, line)| line).collect();
    let headline = match lines.len() {
        0 => "Nothing of yours is overdue.".to_owned(),
        1 => "1 thing of yours waits.".to_owned(),
        n => format!("{n} things of yours wait."),
    };
    let is_empty = lines.is_empty();
    let more = lines.len().saturating_sub(MOST_NUDGES);
    lines.truncate(MOST_NUDGES);
    let mut blocks = vec![Block::Bullets(lines)];
    if is_empty {
        blocks.clear();
    }
    if more > 0 {
        blocks.push(Block::Note(vec![Inline::plain(format!(
            "And {more} more."
        ))]));
    }
    blocks.push(note(case, Personal::Nudge));
    Survey {
        document: Document { headline, blocks },
        due,
        is_empty,
    }
}

/// Whether something waits for a person: what is over, and what is to be decided.
fn is_mine(entry: &Entry, me: &Person) -> bool {
    let owner = entry.owner.as_deref().unwrap_or_default();
    let waits = match &entry.matter {
        Matter::Decision { .. } | Matter::Objection(_) => true,
        Matter::Fired(_) | Matter::Noted(_) => false,
        _ => entry.timing == Timing::Over,
    };
    waits && owner.trim_start_matches('@') == me.as_str()
}

fn note(case: &Case<'_>, about: Personal) -> Block {
    let what = match about {
        Personal::Rollup => "The plans of the channels that you are in today",
        Personal::Nudge => "What you look after: by name, by its section or by the whole plan",
    };
    let is_on = case.situation.digest.as_ref().is_some_and(|it| it.is_on);
    let typed = |rest: &str| case.typed(&format!("{} {rest}", about.name()));
    let how = if is_on {
        format!("Nobody else gets this; `{}` ends it.", typed("off"))
    } else {
        format!(
            "Only you see this; `{}` has it come each Monday.",
            typed("on")
        )
    };
    Block::Note(sentence(&format!("{what}. {how}")))
}

/// Whether a period says nothing: an empty one always, and one that was said before where only
/// change is wanted.
pub(super) fn is_quiet(survey: &Survey, about: Personal, standing: &Standing) -> bool {
    match about {
        // What is overdue is said again until it is not.
        Personal::Nudge => survey.is_empty,
        Personal::Rollup => survey.is_empty || survey.due == standing.seen.due,
    }
}
