//! `trigger`: what calls for a review before the calendar does, what of it has happened, and what has
//! to be looked at again.

use super::Turn;
use super::act::{self, said};
use super::case::{Case, button, private};
use super::change::shown;
use super::held::peopled;
use super::prose::{capitalised, counted, cut, sentence};
use crate::plan::{self, Field, Item, Level, Segment, Trigger, Value};
use crate::render::{Block, Button, Document, Inline};
use crate::report::{
    Fired, TriggerKind, cited, fired as shown_by_plan, read_trigger, trigger_kinds,
};
use crate::sources::source;

/// The most triggers that wait for a review.
const MOST: usize = 50;

/// The longest description.
const LONGEST: usize = 300;

/// How many open triggers are listed.
const LISTED: usize = 10;

/// What fits no kind is answered by a look at the whole plan, which begins here.
const ELSE: [&str; 4] = [
    "icp.industry",
    "pricing.price",
    "sales.motion",
    "marketing.channels",
];

/// The open triggers, the team's own, and those that the sources name.
pub(super) fn list(case: &Case<'_>) -> Document {
    let open: Vec<&Trigger> = case.plan.open_triggers().collect();
    let mut blocks = Vec::new();
    if !open.is_empty() {
        let lines = open.iter().take(LISTED).map(|it| open_line(it));
        blocks.push(Block::Bullets(lines.collect()));
        if let Some(more) = open.len().checked_sub(LISTED).filter(|&n| n > 0) {
            blocks.push(Block::Note(vec![Inline::plain(format!(
                "And {more} more."
            ))]));
        }
    }
    let seen = shown_by_plan(&case.plan, case.history(), &case.results());
    if !seen.is_empty() {
        blocks.push(Block::Heading("What I see in the plan".to_owned()));
        blocks.push(Block::Bullets(seen.iter().map(seen_line).collect()));
    }
    blocks.push(Block::Heading(
        "What you would revise the plan for".to_owned(),
    ));
    blocks.push(own(case));
    blocks.push(Block::Heading("What usually calls for a review".to_owned()));
    let kinds = trigger_kinds().iter();
    let titles = kinds.map(|kind| vec![Inline::plain(capitalised(&kind.title))]);
    blocks.push(Block::Bullets(titles.collect()));
    blocks.push(Block::Note(sources()));
    blocks.push(Block::Paragraph(vec![
        Inline::plain("When one of them happens: "),
        case.code("trigger fired CAC has doubled"),
    ]));
    if !open.is_empty() || !seen.is_empty() {
        blocks.push(Block::Actions(vec![reviewed(case)]));
    }
    Document {
        headline: match open.len() {
            0 if case
                .plan
                .value("plan.last_review", &Segment::main())
                .is_none() =>
            {
                "No trigger has been noted yet.".to_owned()
            }
            0 => "No trigger has fired since the last review.".to_owned(),
            1 => "1 trigger has fired and waits for a review of the plan.".to_owned(),
            n => format!(
                "{} have fired and wait for a review of the plan.",
                counted(n, "trigger")
            ),
        },
        blocks,
    }
}

/// A trigger that shows by itself, with what has to be looked at again.
fn seen_line(seen: &Fired) -> Vec<Inline> {
    let detail = match seen.detail.as_str() {
        "" => String::new(),
        detail => format!(": {}", cut(detail, 120)),
    };
    let on = seen.on.map_or_else(String::new, |on| format!(" · {on}"));
    let fields = seen.kind.review();
    let labels: Vec<_> = fields.iter().map(|field| field.label()).collect();
    let mut words = sentence(&format!("{}{detail}{on}", capitalised(&seen.kind.label)));
    words.push(Inline::plain(format!(" · look at {}", labels.join(", "))));
    words
}

/// Where the usual triggers stand, each source once.
fn sources() -> Vec<Inline> {
    let mut ids: Vec<String> = Vec::new();
    for source in trigger_kinds().iter().filter_map(TriggerKind::source) {
        if !ids.contains(&source.id) {
            ids.push(source.id);
        }
    }
    let mut words = vec![Inline::plain("Source: ")];
    for (n, known) in ids.iter().filter_map(|id| source(id)).enumerate() {
        if n > 0 {
            words.push(Inline::plain(", "));
        }
        let label = known.title.clone();
        words.push(match known.address.clone() {
            Some(url) => Inline::Link { label, url },
            None => Inline::plain(label),
        });
    }
    words
}

fn open_line(trigger: &Trigger) -> Vec<Inline> {
    let by = trigger
        .by
        .as_ref()
        .map_or_else(String::new, |by| format!(" · noted by {by}"));
    let fields = review(read_trigger(&trigger.what));
    let labels: Vec<_> = fields.iter().map(|field| field.label()).collect();
    let mut words = vec![Inline::strong(format!("{}: ", trigger.id))];
    words.extend(peopled(&format!(
        "{} · {}{by} · look at {}",
        cut(&trigger.what, 120),
        trigger.on,
        labels.join(", ")
    )));
    words
}

/// The triggers that the team has named in its plan.
fn own(case: &Case<'_>) -> Block {
    let named = case.plan.value("plan.revision_triggers", &Segment::main());
    match named {
        Some(Value::List(items)) if !items.is_empty() => {
            let lines = items.iter().map(|item| vec![Inline::plain(cut(item, 200))]);
            Block::Bullets(lines.collect())
        }
        _ => Block::Paragraph(vec![
            Inline::plain("Nobody has said it yet. For example "),
            case.code("set plan.revision_triggers CAC above $500; two quarters below target"),
        ]),
    }
}

/// Notes that one has fired.
pub(super) fn fired(case: &Case<'_>, words: &str) -> Turn {
    if case.plan.open_triggers().count() >= MOST {
        let reviewed = case.typed("set last review today");
        return private(said(
            &format!("{MOST} triggers wait for a review, so no other was noted."),
            &format!("When the plan was gone through: `{reviewed}`"),
        ));
    }
    let (what, on) = dated(case, words);
    if on > case.today() {
        return private(said(
            &format!("{on} is still to come, so nothing was noted."),
            &format!(
                "What has happened: `{}`",
                case.typed(&format!("trigger fired {what}"))
            ),
        ));
    }
    let numbers = case
        .plan
        .triggers()
        .filter_map(|it| it.id.strip_prefix('t')?.parse().ok());
    let next = numbers.max().unwrap_or(0_u64) + 1;
    let kind = read_trigger(&what);
    let trigger = Trigger {
        id: format!("t{next}"),
        what: cut(&what, LONGEST),
        on,
        by: Some(format!("@{}", case.situation.actor.person)),
    };
    let made = plan::put_item(&case.plan, Item::Trigger(trigger), &case.author());
    let mut turn = act::turn(case, made, "", "It is noted already.");
    if !turn.changes.is_empty() {
        turn.reply.document.blocks.extend(to_review(case, kind));
    }
    turn
}

/// `CAC has doubled on 2026-03-01`: what, and the day where one stands at the end.
fn dated(case: &Case<'_>, words: &str) -> (String, jiff::civil::Date) {
    let read = |date: &str| plan::parse_date(date.trim(), case.today()).ok();
    let found = [" on ", " since "].into_iter().find_map(|sign| {
        let (what, date) = words.rsplit_once(sign)?;
        Some((what.trim().to_owned(), read(date)?))
    });
    found.unwrap_or_else(|| (words.trim().to_owned(), case.today()))
}

fn review(kind: Option<&TriggerKind>) -> Vec<&'static Field> {
    match kind {
        Some(kind) => kind.review(),
        None => ELSE.iter().filter_map(|name| plan::field(name)).collect(),
    }
}

/// What has to be looked at again, with what the plan says there.
fn to_review(case: &Case<'_>, kind: Option<&'static TriggerKind>) -> Vec<Block> {
    let lines = review(kind).into_iter().map(|field| {
        vec![
            Inline::strong(capitalised(&field.label())),
            Inline::plain(format!(": {}", answers(case, field))),
        ]
    });
    let mut blocks = vec![
        Block::Heading("Look at these again".to_owned()),
        Block::Bullets(lines.collect()),
    ];
    if let Some(source) = kind.and_then(TriggerKind::source) {
        blocks.push(Block::Note(vec![Inline::plain("Source: "), cited(&source)]));
    }
    blocks.push(Block::Actions(vec![reviewed(case)]));
    blocks
}

/// What the plan says of a field, in each segment that it is held for.
fn answers(case: &Case<'_>, field: &'static Field) -> String {
    let one = |segment: Option<&Segment>| match case.plan.answer(field, segment) {
        Some(answer) => cut(&shown(field, Some(answer)), 80),
        None => "not answered".to_owned(),
    };
    match (field.level, case.plan.segments()) {
        (Level::Plan, _) | (_, [_]) => one(None),
        (Level::Segment, segments) => {
            let told = segments
                .iter()
                .take(5)
                .map(|it| format!("{} for {it}", one(Some(it))));
            told.collect::<Vec<_>>().join("; ")
        }
    }
}

/// The button that says that the plan was gone through today.
fn reviewed(case: &Case<'_>) -> Button {
    button(
        "Reviewed today",
        format!("set plan.last_review {}", case.today()),
    )
}
