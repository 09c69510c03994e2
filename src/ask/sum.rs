//! Sums that a question gives enough for, with what the plan holds: how many customers a target takes, and
//! what sign-ups come to.

use std::fmt::Write;

use super::Hypothesis;
use super::answer::Cited;
use super::compose::{Asking, reading};
use super::judge::supposing;
use super::lead::section;
use crate::knowledge::{Form, Hit};
use crate::plan::{Money, Percent, Period, Plan, Segment, Value, deal_value, field};
use crate::text::{fold, grouped};

/// A sum and the section that holds its formula.
pub(super) struct Sum {
    /// What it comes to, with its arithmetic.
    pub(super) words: String,
    formula: (&'static str, &'static str),
    /// Whether that section answers the question by itself.
    is_all: bool,
}

impl Sum {
    /// The section that holds the formula, where another one answers.
    pub(super) fn formula(&self) -> Option<Cited> {
        let (entry, anchor) = self.formula;
        section(entry, anchor).filter(|_| !self.is_all)
    }

    /// Puts the section that holds the formula first, where it is all that is asked.
    pub(super) fn put_its_section(&self, hits: &mut Vec<Hit<'static>>) {
        let (entry, anchor) = self.formula;
        if let Some(held) = section(entry, anchor).filter(|_| self.is_all) {
            let score = hits.first().map_or(1.0, |hit| hit.score);
            hits.clear();
            hits.push(Hit {
                entry: held.entry,
                section: held.section,
                score,
                reasons: Vec::new(),
            });
        }
    }
}

/// The sum that a question asks for; nothing where it asks for none or does not give enough.
pub(super) fn summed(
    question: &str,
    form: Form,
    given: &[Hypothesis],
    asking: &Asking<'_>,
) -> Option<Sum> {
    let folded = fold(question)
        .replace("sign-ups", "signups")
        .replace("sign ups", "signups");
    let asked: Vec<&str> = folded
        .split(' ')
        .map(|word| word.trim_matches(|c: char| "?!,;:\"().'".contains(c)))
        .collect();
    let plan = supposing(asking.plan, given);
    if !matches!(form, Form::Define | Form::When | Form::HowTo)
        && let Some(words) = of_signups(&asked, given, &plan)
    {
        return Some(Sum {
            words,
            formula: ("funnel", "trial-to-paid"),
            is_all: true,
        });
    }
    let wants_a_sum = matches!(
        form,
        Form::Amount | Form::Enough | Form::Compute | Form::Other
    );
    let target = target(&asked, asking).filter(|_| wants_a_sum)?;
    Some(Sum {
        words: customers_for(target, given, &plan)?,
        formula: ("funnel", "back-solve"),
        is_all: false,
    })
}

/// The revenue that a question wants to reach with customers: `until 500k`, `1M ARR`.
fn target(asked: &[&str], asking: &Asking<'_>) -> Option<Money> {
    const TO: [&str; 11] = [
        "to", "until", "till", "for", "make", "makes", "reach", "hit", "into", "towards", "is",
    ];
    const COUNTED: [&str; 12] = [
        "customers",
        "deals",
        "clients",
        "accounts",
        "referrals",
        "users",
        "signups",
        "subscribers",
        "leads",
        "enough",
        "logos",
        "trials",
    ];
    if !asked.iter().any(|word| COUNTED.contains(word)) {
        return None;
    }
    let is_sum = |word: &str| {
        let begins = word.trim_start_matches(['$', '€', '£']);
        begins.starts_with(|c: char| c.is_ascii_digit())
            && (word.ends_with('k') || word.ends_with('m') || word.ends_with("000"))
    };
    let place = asked.iter().enumerate().position(|(at, word)| {
        let before = at.checked_sub(1).map(|at| asked[at]);
        let after = asked.get(at + 1).copied().unwrap_or_default();
        let is_reached = before.is_some_and(|before| TO.contains(&before));
        is_sum(word) && (is_reached || matches!(after, "arr" | "revenue"))
    })?;
    let target = field("plan.arr_target")?;
    match target.parse(asked[place], &reading(asking)).ok()? {
        Value::MoneyPerYear(money) | Value::Money(money) => Some(money),
        _ => None,
    }
}

/// How many customers a target takes, how many are still to come, and what that asks of sign-ups.
fn customers_for(target: Money, given: &[Hypothesis], plan: &Plan) -> Option<String> {
    let segment = plan.segment_or_default(None);
    let deal = deal_value(plan, &segment).value?;
    let is_sound = deal.currency == target.currency && deal.ten_thousandths > 0;
    if !is_sound || target.ten_thousandths <= deal.ten_thousandths {
        return None;
    }
    let (target_sum, each) = (
        u128::try_from(target.ten_thousandths).ok()?,
        u128::try_from(deal.ten_thousandths).ok()?,
    );
    let customers = target_sum.div_ceil(each);
    let mut words = format!(
        "That takes {} customers: {target} ÷ {deal} a year each.",
        grouped(customers)
    );
    let today = match plan.value("plan.customers", &segment) {
        Some(Value::Count(count)) => u128::from(*count),
        _ => 0,
    };
    if today > 0 && today < customers {
        let _ = write!(
            words,
            " You have {}, so {} are still to come.",
            grouped(today),
            grouped(customers - today)
        );
    }
    if let Some(share) = share_that_pays(given, plan, &segment) {
        let signups = ((customers - today.min(customers)) * 10_000).div_ceil(share);
        let _ = write!(
            words,
            " At {} that pay, {} have to sign up; what customers leave on the way comes on top.",
            Value::Percent(Percent(i64::try_from(share).ok()?)).display(field("sales.win_rate")?),
            grouped(signups)
        );
    }
    Some(words)
}

/// The share of those who sign up and come to pay, in hundredths of a percent: where the question states
/// one, or the plan counts by trials.
fn share_that_pays(given: &[Hypothesis], plan: &Plan, segment: &Segment) -> Option<u128> {
    let is_given = given.iter().any(|one| one.field.name == "sales.win_rate");
    let of_trials = matches!(
        plan.value("sales.win_rate_basis", segment),
        Some(Value::Choice(basis)) if basis == "trials"
    );
    match plan.value("sales.win_rate", segment) {
        Some(Value::Percent(share)) if of_trials && is_given && share.0 > 0 => {
            u128::try_from(share.0).ok()
        }
        _ => None,
    }
}

/// What so many sign-ups bring: `2,000 signups a month, 3% convert, $39 a month`.
fn of_signups(asked: &[&str], given: &[Hypothesis], plan: &Plan) -> Option<String> {
    let place = asked
        .iter()
        .position(|word| matches!(*word, "signups" | "trials"))?;
    let count: u64 = asked[place.checked_sub(1)?].replace(',', "").parse().ok()?;
    let count = u128::from(count);
    let segment = plan.segment_or_default(None);
    let share = share_that_pays(given, plan, &segment)?;
    let Some(Value::Price(price)) = plan.value("pricing.price", &segment) else {
        return None;
    };
    let is_whole = (count * share).is_multiple_of(10_000);
    let paying = count * share / 10_000;
    if price.per != Period::Month || !is_whole || paying == 0 {
        return None;
    }
    let brings = price.amount.times(i64::try_from(paying).ok()?)?;
    let share =
        Value::Percent(Percent(i64::try_from(share).ok()?)).display(field("sales.win_rate")?);
    Some(format!(
        "That is {brings} of new MRR: {} × {share} = {} who pay × {} a month.",
        grouped(count),
        grouped(paying),
        price.amount
    ))
}
