//! What time and people have brought up: waivers that end, assumptions and channels whose time has
//! come, the review, what calls for one, decisions that wait.

mod owner;
mod review;
#[cfg(test)]
mod tests;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use review::{Cadence, Since};

use crate::ident::RuleSlug;
use crate::lint::{Lenience, Outcome, RuleResult};
use crate::plan::{
    Change, Decision, Edit, ItemKey, Objection, Plan, Segment, Trigger, Value, field,
};
use crate::report::{Fired, Ground, fired};

/// How many days ahead something is told that will come due.
const SOON: i64 = 14;

/// From this month on a channel can be judged, and until that one it should be: the framework's
/// three to six months.
pub const VERDICT: (i32, i32) = (3, 6);

/// One thing that has come up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub matter: Matter,
    /// How it stands in time.
    pub timing: Timing,
    /// Whom it waits for: who looks after it, else after its section, else after the plan.
    pub owner: Option<String>,
}

/// How something stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timing {
    /// It comes later: told where somebody wants to see all.
    Ahead,
    /// It is time.
    Now,
    /// Its time is over.
    Over,
}

/// Something that comes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// A waiver that ends, or has ended, so that its finding is back.
    Waiver {
        /// The rule.
        rule: RuleSlug,
        /// The segment that it is waived for; all where none is named.
        segment: Option<Segment>,
        /// Its last day.
        until: Date,
    },
    /// An assumption that was to be validated.
    Assumption {
        /// The field.
        field: String,
        /// The segment, for a field that is held for each segment.
        segment: Option<Segment>,
        /// By when.
        by: Date,
    },
    /// A channel on trial.
    Trial {
        /// The channel's slug.
        channel: String,
        /// The segment.
        segment: Segment,
        /// The day on which it was started.
        since: Date,
        /// For how many whole months.
        months: i32,
    },
    /// The review of the whole plan.
    Review {
        /// From what it is counted.
        since: Since,
        /// How often one comes.
        cadence: Cadence,
        /// When the next one is due.
        due: Date,
    },
    /// Something in the plan that calls for a review before its time.
    Fired(Fired),
    /// Something that the team has noted itself.
    Noted(Trigger),
    /// A question that waits for the team.
    Decision {
        /// The question, with its votes.
        decision: Decision,
        /// The day on which it was asked, where that is known.
        since: Option<Date>,
    },
    /// An objection to the approval that stands.
    Objection(Objection),
}

impl Entry {
    /// Tells it from others, and changes when it has become another matter: what is told once is no
    /// news under the same key.
    pub fn key(&self) -> String {
        let of = |segment: &Option<Segment>| {
            let segment = segment.as_ref();
            segment.map_or_else(String::new, |it| format!("@{it}"))
        };
        let what = match &self.matter {
            Matter::Waiver {
                rule,
                segment,
                until,
                ..
            } => format!("waiver:{rule}{}:{until}", of(segment)),
            Matter::Assumption {
                field, segment, by, ..
            } => format!("assumption:{field}{}:{by}", of(segment)),
            Matter::Trial {
                channel, segment, ..
            } => format!("trial:{channel}@{segment}"),
            Matter::Review { due, .. } => format!("review:{due}"),
            Matter::Fired(fired) => format!("trigger:{}", fired.kind.slug),
            Matter::Noted(trigger) => format!("noted:{}", trigger.id),
            Matter::Decision { decision, .. } => format!("decision:{}", decision.id),
            Matter::Objection(objection) => format!("objection:{}:{}", objection.by, objection.on),
        };
        match self.timing {
            Timing::Ahead | Timing::Now => what,
            Timing::Over => format!("{what}:over"),
        }
    }

    /// The same with whom it waits for.
    fn with(self, owner: Option<String>) -> Self {
        Self { owner, ..self }
    }

    /// Whether it is told without being asked for.
    pub fn speaks(&self) -> bool {
        self.timing > Timing::Ahead
    }

    /// The day from which it waits for somebody; none where it has waited for longer than can be seen.
    pub fn waits_since(&self) -> Option<Date> {
        match &self.matter {
            Matter::Waiver { until, .. } => Some(*until),
            Matter::Assumption { by, .. } => Some(*by),
            Matter::Trial { since, .. } => since.checked_add(VERDICT.1.months()).ok(),
            Matter::Review { due, .. } => Some(*due),
            Matter::Fired(fired) => fired.on,
            Matter::Noted(trigger) => Some(trigger.on),
            Matter::Decision { since, .. } => *since,
            Matter::Objection(objection) => Some(objection.on),
        }
    }

    fn by_date(matter: Matter, on: Date, today: Date) -> Self {
        let timing = if on < today {
            Timing::Over
        } else if (on - today).get_days() <= i32::try_from(SOON).unwrap_or(i32::MAX) {
            Timing::Now
        } else {
            Timing::Ahead
        };
        Self {
            matter,
            timing,
            owner: None,
        }
    }

    fn now(matter: Matter, owner: Option<String>) -> Self {
        Self {
            matter,
            timing: Timing::Now,
            owner,
        }
    }
}

/// What is known of how the plan came to be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The changes, oldest first, as far as anybody looked back.
    pub changes: &'a [Change],
    /// The day of the very first.
    pub begun: Option<Date>,
}

/// All that has come up by the day of the check whose `results` these are.
pub fn agenda(
    plan: &Plan,
    known: Known<'_>,
    ground: Ground<'_>,
    results: &[RuleResult],
) -> Vec<Entry> {
    let today = ground.as_of;
    let of_plan = owner::of_plan(plan);
    let mut entries = waivers(plan, results, today);
    entries.extend(assumptions(plan, today));
    entries.extend(trials(plan, today));
    entries.extend(review(plan, ground, known.begun));
    let noted = plan.open_triggers().cloned().map(Matter::Noted);
    let seen = fired(plan, known.changes, results).into_iter();
    let calls = noted.chain(seen.map(Matter::Fired));
    entries.extend(calls.map(|it| Entry::now(it, None)));
    let objections = plan.approval().map(|it| it.objections.clone());
    let objections = objections.unwrap_or_default().into_iter();
    let waiting = decisions(plan, known.changes).chain(objections.map(Matter::Objection));
    entries.extend(waiting.map(|it| Entry::now(it, of_plan.clone())));
    entries
}

fn waivers(plan: &Plan, results: &[RuleResult], today: Date) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let findings = results.iter().filter(|it| it.outcome == Outcome::Finding);
    for result in findings {
        let Some(Lenience::Waived(waiver) | Lenience::Expired(waiver)) = result.lenience.as_deref()
        else {
            continue;
        };
        let Some(until) = waiver.until else {
            continue;
        };
        let matter = Matter::Waiver {
            rule: waiver.rule.clone(),
            segment: waiver.segment.clone(),
            until,
        };
        // Whoever waived it answers for it; else who looks after the first thing that it is about.
        let about = result.fields.iter().next().unwrap_or_default();
        let owner = owner::of_field(plan, waiver.owner.as_ref(), about);
        let entry = Entry::by_date(matter, until, today).with(owner);
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

fn assumptions(plan: &Plan, today: Date) -> impl Iterator<Item = Entry> {
    plan.abouts().filter_map(move |about| {
        let by = about.validate_by?;
        let known = field(&about.field)?;
        // Who gave no answer has nothing to validate.
        plan.answer(known, about.segment.as_ref())?;
        let matter = Matter::Assumption {
            field: about.field.clone(),
            segment: about.segment.clone(),
            by,
        };
        let owner = owner::of_field(plan, about.owner.as_ref(), &about.field);
        Some(Entry::by_date(matter, by, today).with(owner))
    })
}

fn trials(plan: &Plan, today: Date) -> Vec<Entry> {
    let mut entries = Vec::new();
    let owner = owner::of_field(plan, None, "marketing.started");
    for segment in plan.segments() {
        let Some(Value::ChannelDates(started)) = plan.value("marketing.started", segment) else {
            continue;
        };
        let over = |channel: &String| {
            let fields = ["marketing.proven", "marketing.stopped"];
            fields.iter().any(|name| {
                matches!(plan.value(name, segment), Some(Value::Set(set)) if set.contains(channel))
            })
        };
        let running = started
            .iter()
            .filter(|(channel, since)| **since <= today && !over(channel));
        entries.extend(running.map(|(channel, since)| {
            let months = months_between(*since, today);
            Entry {
                timing: match months {
                    m if m < VERDICT.0 => Timing::Ahead,
                    m if m < VERDICT.1 => Timing::Now,
                    _ => Timing::Over,
                },
                matter: Matter::Trial {
                    channel: channel.clone(),
                    segment: segment.clone(),
                    since: *since,
                    months,
                },
                owner: owner.clone(),
            }
        }));
    }
    entries
}

/// How many whole months lie between two days.
fn months_between(from: Date, to: Date) -> i32 {
    let apart = from.until((jiff::Unit::Month, to));
    apart.map_or(0, |span| span.get_months())
}

fn review(plan: &Plan, ground: Ground<'_>, begun: Option<Date>) -> Option<Entry> {
    let (since, cadence, due) = review::due(plan, ground, begun)?;
    let matter = Matter::Review {
        since,
        cadence,
        due,
    };
    Some(Entry::by_date(matter, due, ground.as_of).with(owner::of_plan(plan)))
}

/// What waits for the team, oldest first.
fn decisions<'a>(plan: &'a Plan, changes: &'a [Change]) -> impl Iterator<Item = Matter> + 'a {
    let open = plan.decisions().filter(|it| it.decided.is_none());
    open.map(move |decision| Matter::Decision {
        decision: decision.clone(),
        since: decision.asked.or_else(|| asked(decision, changes)),
    })
}

/// The day of the change that put a question up.
fn asked(decision: &Decision, changes: &[Change]) -> Option<Date> {
    let key = ItemKey::Decision(decision.id.clone());
    let puts =
        |edit: &Edit| matches!(edit, Edit::Item { old: None, new: Some(new) } if new.key() == key);
    let by = changes
        .iter()
        .rfind(|it| it.edit.parts().iter().any(puts))?;
    Some(TimeZone::UTC.to_datetime(by.at).date())
}
