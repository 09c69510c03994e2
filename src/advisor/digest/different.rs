//! What is different from the last digest: changes, findings that came and went, what still stands.

use super::super::change;
use super::super::held::peopled;
use super::super::proposal;
use super::super::prose::cut;
use super::gains;
use super::part::Part;
use super::week::Week;
use crate::lint::{Outcome, RuleResult, Severity, Status};
use crate::plan::{self, Edit, FindingKey, Item, Net};
use crate::render::Inline;

/// A finding's message is cut here; the check tells all of it.
const FINDING: usize = 160;

/// How many changes the digest itself may tell.
const MOST_CHANGES: usize = 3;

/// How many new findings it tells.
const MOST_NEW: usize = 2;

/// How many changes are told where all is shown.
const ALL_CHANGES: usize = 15;

/// How many titles one line names.
const TITLES: usize = 3;

/// What became of a finding that stood before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gone {
    Settled,
    Waived,
    /// An answer that it rests on was taken back.
    Open,
}

/// The parts that tell of it.
pub(super) fn parts(week: &Week<'_>) -> Vec<Part> {
    let new = |opening| week.new_findings().map(move |it| finding(opening, it));
    vec![
        changed(week),
        Part {
            title: "New findings",
            rank: 1,
            lines: new("New: ").take(MOST_NEW).collect(),
            all: new("").collect(),
            ..Part::default()
        },
        gone(week, Gone::Settled, "Settled", 5),
        gone(week, Gone::Waived, "Waived", 9),
        gone(week, Gone::Open, "No longer to be judged", 10),
        still_open(week),
    ]
}

/// What is different, a line for all that one change did last.
fn changed(week: &Week<'_>) -> Part {
    let mut acts: Vec<Vec<&Net<'_>>> = Vec::new();
    let (tried, others): (Vec<_>, Vec<_>) = week
        .changes
        .iter()
        .partition(|it| week.earlier.is_some() && gains::is_told(&it.edit));
    for net in others {
        match acts.last_mut() {
            Some(act) if act[0].last.version == net.last.version => act.push(net),
            _ => acts.push(vec![net]),
        }
    }
    let line = |act: &Vec<&Net<'_>>| line(week, act);
    let listed = &acts[..acts.len().min(ALL_CHANGES)];
    let mut all: Vec<_> = listed.iter().map(line).collect();
    let told = tried.len() + listed.iter().map(Vec::len).sum::<usize>();
    if let Some(more) = week.all_changes.checked_sub(told).filter(|n| *n > 0) {
        all.push(vec![
            Inline::plain(format!("and {more} more: ")),
            week.case.code("history 50"),
        ]);
    }
    // Answers before votes and notes, and of each the newest first.
    acts.sort_by_key(|act| act.iter().map(|it| weight(&it.edit)).min());
    Part {
        title: "Changes",
        rank: 0,
        // What there is no room for is counted on the button, however long the history.
        lines: acts.iter().take(MOST_CHANGES).map(line).collect(),
        names: acts.iter().map(|act| name(week, &act[0].edit)).collect(),
        all,
    }
}

/// How much a change counts among others: the least goes first.
fn weight(edit: &Edit) -> u8 {
    match edit {
        Edit::Item { new: Some(new), .. } => match **new {
            Item::Decision(ref it) if it.decided.is_some() => 1,
            _ => 2,
        },
        Edit::Item { .. } => 2,
        _ => 0,
    }
}

/// The name of what was changed: an answer's, or a decision's.
fn name(week: &Week<'_>, edit: &Edit) -> Option<String> {
    match edit {
        Edit::Field { field, segment, .. } => {
            let label = plan::field(field)?.label();
            Some(format!(
                "{label}{}",
                week.case.for_segment(segment.as_ref())
            ))
        }
        Edit::Item { new: Some(new), .. } => match **new {
            Item::Decision(ref it) if it.decided.is_some() => Some(format!("{} decided", it.id)),
            _ => None,
        },
        _ => None,
    }
}

/// `Price: $49 a month → $99 a month · Ana · 5 edits · Monday`.
fn line(week: &Week<'_>, act: &[&Net<'_>]) -> Vec<Inline> {
    let edits: Vec<_> = act.iter().map(|it| &it.edit).collect();
    let last = act[0].last;
    let mut words = peopled(&cut(&change::joined(week.case, &edits), FINDING));
    words.extend([
        Inline::plain(" · "),
        Inline::Person(last.by.clone()),
        Inline::plain(" · "),
    ]);
    if let [one] = act
        && one.changes > 1
    {
        words.push(Inline::plain(format!("{} edits · ", one.changes)));
    }
    if let Some(link) = proposal::message(&last.link, None) {
        words.extend([link, Inline::plain(" · ")]);
    }
    words.push(Inline::When(last.at));
    words
}

fn fate(week: &Week<'_>, finding: &FindingKey) -> Gone {
    match week.result_of(finding) {
        Some(it) if it.outcome == Outcome::Finding && it.status == Status::Waived => Gone::Waived,
        Some(it) if it.outcome == Outcome::Unknown => Gone::Open,
        _ => Gone::Settled,
    }
}

fn of_fate<'w>(week: &'w Week<'_>, wanted: Gone) -> impl Iterator<Item = &'w FindingKey> {
    let gone = week.gone().iter();
    gone.filter(move |finding| fate(week, finding) == wanted)
}

/// What was settled since.
pub(super) fn settled<'w>(week: &'w Week<'_>) -> impl Iterator<Item = &'w FindingKey> {
    of_fate(week, Gone::Settled)
}

/// What no longer speaks, by title.
fn gone(week: &Week<'_>, fate: Gone, name: &'static str, rank: u8) -> Part {
    let titles = of_fate(week, fate).filter_map(|mark| {
        let rule = week.case.situation.rules.get(mark.rule.as_str())?;
        let segment = week.case.for_segment(mark.segment.as_ref());
        let until = week
            .result_of(mark)
            .and_then(|it| it.lenience.as_ref()?.waiver()?.until)
            .map_or_else(String::new, |date| format!(" until {date}"));
        Some(format!("{}{segment}{until}", rule.title()))
    });
    let titles: Vec<_> = titles.collect();
    let shown = titles
        .iter()
        .take(TITLES)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    let more = match titles.len().saturating_sub(TITLES) {
        0 => String::new(),
        n => format!("; and {n} more"),
    };
    let summary = (!titles.is_empty()).then(|| {
        vec![
            Inline::strong(format!("{name}: ")),
            Inline::plain(format!("{shown}{more}.")),
        ]
    });
    let all = titles.into_iter().map(|it| vec![Inline::plain(it)]);
    Part::of_summary(name, rank, summary, all.collect())
}

/// What stood before and still does, weightiest first: the digest tells a contradiction in its own
/// words, and names what only needs attention.
fn still_open(week: &Week<'_>) -> Part {
    let open = week.open_findings();
    let old = open.filter(|it| it.severity >= Severity::Warning && !week.is_new(it));
    let old: Vec<_> = old.collect();
    let error = old.iter().find(|it| it.severity == Severity::Error);
    let summary = match error {
        Some(error) => {
            let mut words = finding("Still open: ", error);
            if let Some(more) = old.len().checked_sub(1).filter(|n| *n > 0) {
                words.push(Inline::plain(format!(" and {more} more")));
            }
            Some(words)
        }
        None => named(week, &old),
    };
    let all = old.iter().map(|result| finding("", result));
    Part::of_summary("Still open", 2, summary, all.collect())
}

/// `Still open: An ideal customer that is everybody (icp-too-broad); …`.
fn named(week: &Week<'_>, findings: &[&RuleResult]) -> Option<Vec<Inline>> {
    let mut words = vec![Inline::strong("Still open: ")];
    for (n, result) in findings.iter().take(TITLES).enumerate() {
        let rule = week.case.situation.rules.get(result.rule.as_str())?;
        let segment = week.case.for_segment(result.segment.as_ref());
        let parted = if n > 0 { "; " } else { "" };
        words.push(Inline::plain(format!("{parted}{}{segment} ", rule.title())));
        words.push(Inline::code(result.rule.as_str()));
    }
    let end = match findings.len().saturating_sub(TITLES) {
        0 => ".".to_owned(),
        n => format!("; and {n} more."),
    };
    words.push(Inline::plain(end));
    (!findings.is_empty()).then_some(words)
}

/// A message of bounded length: its whole sentences as far as they fit, else whole words.
fn shortened(message: &str) -> String {
    let Some((end, _)) = message.char_indices().nth(FINDING) else {
        return message.to_owned();
    };
    let begin = &message[..end];
    match (begin.rfind(". "), begin.rfind(' ')) {
        (Some(stop), _) => begin[..=stop].to_owned(),
        (None, Some(space)) => format!("{}…", &begin[..space]),
        (None, None) => cut(message, FINDING),
    }
}

fn finding(opening: &str, result: &RuleResult) -> Vec<Inline> {
    let mut words = vec![
        Inline::strong(opening),
        Inline::plain(shortened(&result.message)),
        Inline::plain(" "),
        Inline::code(result.rule.as_str()),
    ];
    if opening.is_empty() {
        words.remove(0);
    }
    words
}
