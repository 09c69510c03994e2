//! Which triggers show in a plan and its history: a new product or target, another price, a move up or
//! down the market, figures that go the wrong way.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{TriggerKind, trigger_kinds};
use crate::lint::RuleResult;
use crate::plan::{self, Answer, Change, Edit, Field, Item, Plan, Segment, Value, Version};

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

/// An answer that has stood for so many days, or that was approved, is one that the team goes by; what
/// replaces it sooner corrects a first draft. Two weeks are ours, as is the time ahead in which a digest
/// announces a date: no source says when a draft is one no more. Who approves a plan says so.
const SETTLES: i64 = 14;

/// Customers by size, the smallest first.
const SIZES: &[&str] = &["smb", "mid_market", "enterprise"];

/// What calls for a review of the plan and is newer than the last one, each kind once.
///
/// `changes` is the end of its history, oldest first: what is older than that is not told. Corrections
/// of a first draft call for nothing: neither is an answer that replaces one of less than two weeks
/// another course, nor a segment that comes in the plan's first two weeks, unless the plan was approved
/// in between.
pub fn fired(plan: &Plan, changes: &[Change], results: &[RuleResult]) -> Vec<Fired> {
    let mut fired: Vec<Fired> = Vec::new();
    for one in told(plan, changes).into_iter().chain(off_target(results)) {
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
fn told(plan: &Plan, changes: &[Change]) -> Vec<Fired> {
    let reviewed = plan.last_review();
    let mut since = Since::default();
    // A plan that was reviewed is no draft any more.
    let first = changes.first().filter(|it| it.version == Version(1));
    since.draft_until = first
        .filter(|_| reviewed.is_none())
        .map(|first| settled(day(first)));
    for change in changes {
        let on = day(change);
        if reviewed.is_some_and(|last| on <= last) {
            continue;
        }
        for edit in change.edit.parts() {
            since.take(edit, on);
        }
    }
    since.fired(plan)
}

fn day(change: &Change) -> Date {
    change.at.to_zoned(TimeZone::UTC).date()
}

/// The day from which what was said on another is no draft.
fn settled(on: Date) -> Date {
    on.saturating_add(SETTLES.days())
}

/// What has changed since a review, each thing from how it was then to how it is now: what was
/// taken back again calls for nothing.
#[derive(Default)]
struct Since<'a> {
    told: Vec<Told<'a>>,
    /// Whether a segment went that was there at the review.
    lost_one: bool,
    /// Until when segments that come belong to the first draft.
    draft_until: Option<Date>,
}

/// One thing that has changed.
enum Told<'a> {
    /// A segment came.
    Segment(Segment, Date),
    /// A field has another answer, in that segment.
    Field(FieldTold<'a>),
}

struct FieldTold<'a> {
    field: &'static Field,
    segment: Option<Segment>,
    /// The answer that the team went by; none while all are of the first draft.
    base: Option<&'a Answer>,
    /// The answer now, and the day on which it was given.
    now: Option<&'a Answer>,
    given: Date,
    /// Since when it is another than the one that the team went by.
    differs: Option<Date>,
}

impl<'a> FieldTold<'a> {
    /// What is known now becomes what the team goes by, unless something is already.
    fn settle(&mut self) {
        if self.base.is_none() {
            self.base = self.now.filter(|it| matches!(it, Answer::Known(_)));
        }
    }

    fn answer(&mut self, new: Option<&'a Answer>, on: Date) {
        if settled(self.given) <= on {
            self.settle();
        }
        (self.now, self.given) = (new, on);
        self.differs = match self.base {
            Some(base) if new != Some(base) => self.differs.or(Some(on)),
            _ => None,
        };
    }
}

impl<'a> Since<'a> {
    fn take(&mut self, edit: &'a Edit, on: Date) {
        match edit {
            Edit::AddSegment { .. } if self.draft_until.is_some_and(|until| on < until) => {}
            Edit::AddSegment { segment } => {
                self.told.push(Told::Segment(segment.clone(), on));
            }
            Edit::RemoveSegment { segment, .. } => {
                let before = self.told.len();
                self.told
                    .retain(|it| !matches!(it, Told::Segment(known, _) if known == segment));
                self.lost_one |= self.told.len() == before;
            }
            Edit::RenameSegment { from, to, .. } => self.rename(from, to),
            Edit::Field {
                field,
                segment,
                old,
                new,
            } => {
                if let Some(field) = plan::field(field) {
                    self.answer((field, segment.as_ref()), (old.as_ref(), new.as_ref()), on);
                }
            }
            Edit::Item { new: Some(new), .. } if matches!(**new, Item::Approval(_)) => {
                self.approved();
            }
            _ => {}
        }
    }

    /// The team stands by what the plan says now.
    fn approved(&mut self) {
        self.draft_until = None;
        for told in &mut self.told {
            if let Told::Field(told) = told {
                told.settle();
            }
        }
    }

    fn rename(&mut self, from: &Segment, to: &Segment) {
        for told in &mut self.told {
            match told {
                Told::Segment(known, _)
                | Told::Field(FieldTold {
                    segment: Some(known),
                    ..
                }) if known == from => {
                    known.clone_from(to);
                }
                _ => {}
            }
        }
    }

    fn answer(
        &mut self,
        (field, segment): (&'static Field, Option<&Segment>),
        (old, new): (Option<&'a Answer>, Option<&'a Answer>),
        on: Date,
    ) {
        // Each initiative is announced on a day of its own.
        let is_announcement = field.name == "plan.new_initiative";
        let known = self.told.iter_mut().find_map(|it| match it {
            Told::Field(told)
                if told.field == field && told.segment.as_ref() == segment && !is_announcement =>
            {
                Some(told)
            }
            _ => None,
        });
        if let Some(told) = known {
            told.answer(new, on);
            return;
        }
        let base = old.filter(|it| is_announcement || matches!(it, Answer::Known(_)));
        self.told.push(Told::Field(FieldTold {
            field,
            segment: segment.cloned(),
            base,
            now: new,
            given: on,
            differs: Some(on).filter(|_| base.is_some() || is_announcement),
        }));
    }

    fn fired(self, plan: &Plan) -> Vec<Fired> {
        let came = |it: &Told<'_>| matches!(it, Told::Segment(..));
        let n_came = self.told.iter().filter(|it| came(it)).count();
        // Where all segments came since, the first of them is what the plan was begun with.
        let mut is_begin = !self.lost_one && n_came == plan.segments().len();
        let mut fired = Vec::new();
        for told in &self.told {
            match told {
                Told::Segment(..) if std::mem::take(&mut is_begin) => {}
                Told::Segment(segment, on) => fired.extend(target(segment, *on)),
                Told::Field(told) => {
                    if let (Some(Answer::Known(new)), Some(on)) = (told.now, told.differs) {
                        fired.extend(of_field(told.field, told.base, new, on));
                    }
                }
            }
        }
        fired
    }
}

fn target(segment: &Segment, on: Date) -> Option<Fired> {
    Some(Fired {
        kind: kind("target")?,
        detail: format!("segment {segment}"),
        on: Some(on),
        initiative: None,
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

fn kind(slug: &str) -> Option<&'static TriggerKind> {
    trigger_kinds().iter().find(|kind| kind.slug == slug)
}

fn of_field(field: &'static Field, old: Option<&Answer>, new: &Value, on: Date) -> Vec<Fired> {
    if let ("plan.new_initiative", Value::Set(now)) = (field.name, new) {
        return announced(field, old, now, on);
    }
    // A first answer is no change of course.
    let Some(Answer::Known(old)) =
        old.filter(|old| !matches!(old, Answer::Known(old) if old == new))
    else {
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
