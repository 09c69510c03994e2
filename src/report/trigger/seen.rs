//! Which triggers show in a plan and its history: a new product or target, another price, a move up or
//! down the market, figures that go the wrong way.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{TriggerKind, trigger_kinds};
use crate::lint::RuleResult;
use crate::plan::{self, Answer, Change, Edit, Field, Plan, Segment, Value};

/// A trigger that nobody had to note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired {
    /// What kind of thing.
    pub kind: &'static TriggerKind,
    /// What it is here, such as `price $49 a month → $99 a month`; empty where the kind says it all.
    pub detail: String,
    /// When it was said first, where the history tells.
    pub on: Option<Date>,
    /// The initiative that was announced, where that is what it shows by.
    initiative: Option<String>,
}

/// Of how many hundredths of what it was a figure must be at least (up) or at most (down) to be off.
const EXPLODES: i64 = 150;
const DROPS: i64 = 75;

/// Customers by size, the smallest first.
const SIZES: &[&str] = &["smb", "mid_market", "enterprise"];

/// What calls for a review of the plan and is newer than the last one, each kind once.
///
/// `changes` is the end of its history, oldest first: what is older than that is not told.
pub fn fired(plan: &Plan, changes: &[Change], results: &[RuleResult]) -> Vec<Fired> {
    let mut fired: Vec<Fired> = Vec::new();
    for one in told(plan, changes).chain(off_target(results)) {
        match fired.iter_mut().find(|it| it.kind == one.kind) {
            None => fired.push(one),
            Some(first) if first.detail.is_empty() => {
                first.detail = one.detail;
                first.initiative = None;
            }
            Some(_) => {}
        }
    }
    fired.retain(|it| stands(plan, it));
    let place = |it: &Fired| trigger_kinds().iter().position(|kind| kind == it.kind);
    fired.sort_by_key(place);
    fired
}

/// What the changes since the last review tell, oldest first.
fn told<'a>(plan: &Plan, changes: &'a [Change]) -> impl Iterator<Item = Fired> + use<'a> {
    let reviewed = match plan.value("plan.last_review", &Segment::main()) {
        Some(Value::Date(last)) => Some(*last),
        _ => None,
    };
    let dated = changes
        .iter()
        .map(|change| (change.at.to_zoned(TimeZone::UTC).date(), change));
    let newer = dated.filter(move |(on, _)| reviewed.is_none_or(|last| *on > last));
    newer.flat_map(|(on, change)| {
        let parts = change.edit.parts().iter();
        parts.flat_map(move |edit| of_edit(edit, on))
    })
}

fn off_target(results: &[RuleResult]) -> impl Iterator<Item = Fired> {
    trigger_kinds().iter().filter_map(|kind| {
        let is_open = |slug: &str| {
            let mut found = results.iter().filter(|it| it.rule.as_str() == slug);
            found.any(RuleResult::is_open_finding)
        };
        let rule = kind.rules.iter().find(|slug| is_open(slug))?;
        Some(Fired {
            kind,
            detail: format!("`{rule}`"),
            on: None,
            initiative: None,
        })
    })
}

/// An initiative that was called off calls for nothing.
fn stands(plan: &Plan, fired: &Fired) -> bool {
    let Some(initiative) = &fired.initiative else {
        return true;
    };
    let now = plan.value("plan.new_initiative", &Segment::main());
    matches!(now, Some(Value::Set(set)) if set.contains(initiative))
}

fn of_edit(edit: &Edit, on: Date) -> Vec<Fired> {
    match edit {
        Edit::AddSegment { segment } => kind("target")
            .map(|kind| Fired {
                kind,
                detail: format!("segment {segment}"),
                on: Some(on),
                initiative: None,
            })
            .into_iter()
            .collect(),
        Edit::Field {
            field, old, new, ..
        } => match (plan::field(field), new) {
            (Some(field), Some(Answer::Known(new))) => of_field(field, old.as_ref(), new, on),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn kind(slug: &str) -> Option<&'static TriggerKind> {
    trigger_kinds().iter().find(|kind| kind.slug == slug)
}

fn of_field(field: &'static Field, old: Option<&Answer>, new: &Value, on: Date) -> Vec<Fired> {
    if let ("plan.new_initiative", Value::Set(now)) = (field.name, new) {
        return announced(field, old, now, on);
    }
    // A first answer is no change of course.
    let Some(Answer::Known(old)) = old else {
        return Vec::new();
    };
    let shows = trigger_kinds()
        .iter()
        .find(|kind| kind.shows(field.name, old, new));
    let fired = shows.map(|kind| Fired {
        kind,
        detail: format!(
            "{} {} → {}",
            field.label(),
            old.display(field),
            new.display(field)
        ),
        on: Some(on),
        initiative: None,
    });
    fired.into_iter().collect()
}

/// The initiatives that were not announced before.
fn announced(field: &Field, old: Option<&Answer>, now: &BTreeSet<String>, on: Date) -> Vec<Fired> {
    let is_old = |slug: &&String| match old {
        Some(Answer::Known(Value::Set(before))) => before.contains(*slug),
        _ => false,
    };
    let fresh = now.iter().filter(|slug| !is_old(slug));
    let fired = fresh.filter_map(|slug| {
        let mut kinds = trigger_kinds().iter();
        let kind = kinds.find(|kind| kind.initiatives.contains(slug))?;
        // Where a kind has several, its label does not say which.
        let choice = field.choice(slug).filter(|_| kind.initiatives.len() > 1);
        Some(Fired {
            kind,
            detail: choice.map_or_else(String::new, |it| it.label.to_owned()),
            on: Some(on),
            initiative: Some(slug.clone()),
        })
    });
    fired.collect()
}

impl TriggerKind {
    /// Whether it shows by another answer to a field.
    fn shows(&self, name: &str, old: &Value, new: &Value) -> bool {
        let is_in = |names: &[String]| names.iter().any(|it| it == name);
        (is_in(&self.moved) && !is_resized(old, new))
            || (is_in(&self.resized) && is_resized(old, new))
            || (is_in(&self.rises)
                && compare(old, new)
                    .is_some_and(|(was, is)| is * 100 >= was * i128::from(EXPLODES)))
            || (is_in(&self.falls)
                && compare(old, new).is_some_and(|(was, is)| is * 100 <= was * i128::from(DROPS)))
    }
}

/// Whether the customers are larger or smaller ones.
fn is_resized(old: &Value, new: &Value) -> bool {
    let is_size =
        |value: &Value| matches!(value, Value::Choice(slug) if SIZES.contains(&slug.as_str()));
    is_size(old) && is_size(new) && old != new
}

/// Two figures of one kind, the first more than nothing.
fn compare(old: &Value, new: &Value) -> Option<(i128, i128)> {
    let (was, is) = match (old, new) {
        (Value::Money(old), Value::Money(new)) if old.currency == new.currency => {
            (old.ten_thousandths, new.ten_thousandths)
        }
        (Value::Percent(old), Value::Percent(new)) => (old.0, new.0),
        _ => return None,
    };
    (was > 0).then_some((i128::from(was), i128::from(is)))
}
