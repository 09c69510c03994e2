//! What calls for a review before its time: a new product or target, another price, a move up or
//! down market, figures that go the wrong way.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::lint::RuleResult;
use crate::plan::{self, Answer, Change, Edit, Field, Plan, Value};

/// Something that calls for a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// What kind of thing.
    pub cause: Cause,
    /// What it is here, such as `price $49 a month → $99 a month`; empty where the cause says it all.
    pub detail: String,
    /// When it was said first, where the history tells.
    pub on: Option<Date>,
}

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident = $slug:literal, $words:literal, $source:literal;)+) => {
        /// What kinds of things call for a review, in the order in which they are told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Cause {
            $($(#[$doc])* $variant,)+
        }

        impl Cause {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// A word for it that stays the same.
            pub fn slug(self) -> &'static str {
                match self {
                    $(Self::$variant => $slug,)+
                }
            }

            /// What people read.
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$variant => $words,)+
                }
            }

            /// Where it is said that this calls for a review: a source and its section.
            pub fn source(self) -> &'static str {
                match self {
                    $(Self::$variant => $source,)+
                }
            }
        }
    };
}

causes! {
    /// What the team has said itself.
    Noted = "noted", "noted by the team", "gtm-definition#when-to-revise-your-gtm";
    /// A product is added.
    NewProduct = "new_product", "new product", "gtm-definition#when-to-revise-your-gtm";
    /// Somebody else is to buy.
    NewTarget = "new_target", "another target", "gtm-definition#when-to-revise-your-gtm";
    /// Larger customers.
    Upmarket = "upmarket", "move upmarket", "gtm-model#when-should-a-gtm-model-change";
    /// Smaller customers.
    Downmarket = "downmarket", "move downmarket", "gtm-definition#when-to-revise-your-gtm";
    /// Another country.
    Region = "region", "new region", "gtm-model#when-should-a-gtm-model-change";
    /// Another price, or another way to charge.
    Pricing = "pricing", "pricing change", "gtm-model#when-should-a-gtm-model-change";
    /// A customer costs more than it may.
    Cac = "cac", "acquisition cost off target", "gtm-model#when-should-a-gtm-model-change";
    /// Fewer stay, or pay less, than planned.
    Retention = "retention", "retention off target", "gtm-model#when-should-a-gtm-model-change";
    /// Fewer of those who could buy do.
    Conversion = "conversion", "conversion down", "gtm-definition#when-to-revise-your-gtm";
    /// Buyers compare with somebody else.
    Competition = "competition", "other alternatives", "gtm-plain-english#when-should-a-company-update-its-gtm-strategy";
    /// A channel has proved itself, or does not work any more.
    Channels = "channels", "channels proven or lost", "gtm-plain-english#when-should-a-company-update-its-gtm-strategy";
}

/// Rules whose finding is a figure off its target.
const OFF_TARGET: &[(&str, Cause)] = &[
    ("payback-long", Cause::Cac),
    ("ltv-cac-low", Cause::Cac),
    ("retention-below-traction", Cause::Retention),
    ("nrr-below-growth", Cause::Retention),
];

/// Fields of which another answer calls for a review.
const MOVED: &[(&str, Cause)] = &[
    ("icp.segment", Cause::NewTarget),
    ("icp.industry", Cause::NewTarget),
    ("icp.geography", Cause::Region),
    ("pricing.model", Cause::Pricing),
    ("pricing.price", Cause::Pricing),
    ("pricing.tiers", Cause::Pricing),
    ("pricing.acv", Cause::Pricing),
    ("positioning.compared_to", Cause::Competition),
    ("marketing.proven", Cause::Channels),
];

/// Of how many hundredths of what it was a figure must be at least (up) or at most (down) to be off.
/// The sources say that it explodes or drops, and no number: half more and a quarter less are ours.
const EXPLODES: i64 = 150;
const DROPS: i64 = 75;

/// What calls for a review of the plan and is newer than the last one.
///
/// `changes` is the end of its history, oldest first: what is older than that is not told.
pub fn triggers(plan: &Plan, changes: &[Change], results: &[RuleResult]) -> Vec<Trigger> {
    let main = plan.segment_or_default(None);
    let reviewed = match plan.value("plan.last_review", &main) {
        Some(Value::Date(last)) => Some(*last),
        _ => None,
    };
    let mut fired = Vec::new();
    let mut fire = |trigger: Trigger| {
        let known = |it: &Trigger| it.cause == trigger.cause;
        match fired.iter_mut().find(|it| known(it)) {
            None => fired.push(trigger),
            Some(first) if first.detail.is_empty() => first.detail = trigger.detail,
            Some(_) => {}
        }
    };
    for change in changes {
        let on = change.at.to_zoned(TimeZone::UTC).date();
        if reviewed.is_some_and(|last| on <= last) {
            continue;
        }
        for edit in change.edit.parts() {
            for (cause, detail) in of_edit(edit) {
                fire(Trigger {
                    cause,
                    detail,
                    on: Some(on),
                });
            }
        }
    }
    for (rule, cause) in OFF_TARGET {
        let open = |it: &&RuleResult| it.rule.as_str() == *rule && it.is_open_finding();
        if results.iter().any(|it| open(&it)) {
            fire(Trigger {
                cause: *cause,
                detail: format!("`{rule}`"),
                on: None,
            });
        }
    }
    fired.extend(plan.open_triggers().map(|noted| Trigger {
        cause: Cause::Noted,
        detail: noted.what.clone(),
        on: Some(noted.on),
    }));
    fired.retain(|it| stands(plan, it));
    fired.sort_by_key(|it| it.cause);
    fired
}

/// An initiative that was called off calls for nothing.
fn stands(plan: &Plan, trigger: &Trigger) -> bool {
    let named = INITIATIVES.iter().find(|(_, it)| *it == trigger.cause);
    let Some((slug, _)) = named.filter(|_| trigger.detail.is_empty()) else {
        return true;
    };
    let main = plan.segment_or_default(None);
    matches!(plan.value("plan.new_initiative", &main), Some(Value::Set(set)) if set.contains(*slug))
}

const INITIATIVES: &[(&str, Cause)] = &[
    ("new_product", Cause::NewProduct),
    ("new_segment", Cause::NewTarget),
    ("move_upmarket", Cause::Upmarket),
    ("move_downmarket", Cause::Downmarket),
    ("new_region", Cause::Region),
    ("pricing_change", Cause::Pricing),
];

fn of_edit(edit: &Edit) -> Vec<(Cause, String)> {
    match edit {
        Edit::AddSegment { segment } => {
            vec![(Cause::NewTarget, format!("segment {segment}"))]
        }
        Edit::Field {
            field, old, new, ..
        } => {
            let Some(known) = plan::field(field) else {
                return Vec::new();
            };
            of_field(known, old.as_ref(), new.as_ref())
        }
        _ => Vec::new(),
    }
}

fn of_field(field: &Field, old: Option<&Answer>, new: Option<&Answer>) -> Vec<(Cause, String)> {
    let Some(Answer::Known(new)) = new else {
        return Vec::new();
    };
    if let ("plan.new_initiative", Value::Set(now)) = (field.name, new) {
        let before = match old {
            Some(Answer::Known(Value::Set(before))) => before.clone(),
            _ => std::collections::BTreeSet::new(),
        };
        let begun = INITIATIVES
            .iter()
            .filter(|(slug, _)| now.contains(*slug) && !before.contains(*slug));
        return begun.map(|(_, cause)| (*cause, String::new())).collect();
    }
    // A first answer is no change of course.
    let Some(Answer::Known(old)) = old else {
        return Vec::new();
    };
    let cause = match (field.name, old, new) {
        ("icp.segment", Value::Choice(old), Value::Choice(new)) => {
            let place = |slug: &String| SIZES.iter().position(|size| size == slug);
            match (place(old), place(new)) {
                (Some(old), Some(new)) if new > old => Some(Cause::Upmarket),
                (Some(old), Some(new)) if new < old => Some(Cause::Downmarket),
                _ => Some(Cause::NewTarget),
            }
        }
        ("economics.cac", Value::Money(old), Value::Money(new)) => {
            let is_more = old.currency == new.currency
                && is_at_least(new.ten_thousandths, EXPLODES, old.ten_thousandths);
            is_more.then_some(Cause::Cac)
        }
        (
            "sales.win_rate" | "sales.lead_to_opportunity",
            Value::Percent(old),
            Value::Percent(new),
        ) => {
            let is_less =
                old.0 > 0 && i128::from(new.0) * 100 <= i128::from(old.0) * i128::from(DROPS);
            is_less.then_some(Cause::Conversion)
        }
        (name, ..) => MOVED.iter().find(|(it, _)| *it == name).map(|(_, it)| *it),
    };
    let detail = |cause| {
        let label = field.label();
        let (old, new) = (old.display(field), new.display(field));
        (cause, format!("{label} {old} → {new}"))
    };
    cause.map(detail).into_iter().collect()
}

/// Customers by size, the smallest first.
const SIZES: &[&str] = &["smb", "mid_market", "enterprise"];

/// Whether `now` is at least so many hundredths of `then`.
fn is_at_least(now: i64, hundredths: i64, then: i64) -> bool {
    then > 0 && i128::from(now) * 100 >= i128::from(then) * i128::from(hundredths)
}
