//! "Does that pay for a salesperson?": who asks what a price bears supposes the cheapest way of selling
//! by people, and so does who would hire a seller into a plan that has none; who asks about inside sales
//! supposes the plainer of its two forms.

use super::Hypothesis;
use super::compose::reading;
use super::hypothesis::parsed;
use crate::ask::Asking;
use crate::plan::{Answer, Value, deal_value, field};
use crate::text::{fold, words};

/// Whom the money has to pay.
const SELLERS: [&str; 9] = [
    "rep",
    "reps",
    "seller",
    "sellers",
    "salesperson",
    "salespeople",
    "salesman",
    "ae",
    "aes",
];
/// What the money has to do.
const BEARS: [&str; 10] = [
    "pay", "pays", "afford", "carry", "carries", "cover", "covers", "justify", "fund", "enough",
];
/// What a deal is worth, as a question states it.
const WORTH: [&str; 2] = ["pricing.price", "pricing.acv"];

/// The way of selling that a question supposes, where it asks whether a price pays for a seller and
/// neither it nor the plan says by which sellers it is sold.
pub(super) fn supposed(
    question: &str,
    given: &[Hypothesis],
    asking: &Asking<'_>,
) -> Option<Hypothesis> {
    let folded = fold(question);
    let said = words(&folded);
    let says = |some: &[&str]| said.iter().any(|word| some.contains(word));
    let has = |name: &str| given.iter().any(|one| one.field.name == name);
    if let Some(quote) = inside(&said).filter(|_| !has("sales.assist")) {
        let is_said = has("sales.motion") || sells_by_people(asking);
        return by_inside_sales(quote, asking).filter(|_| !is_said);
    }
    let is_of_worth = WORTH.into_iter().any(has);
    let is_settled = has("sales.motion") || has("sales.reps") || sells_by_people(asking);
    let bears = is_of_worth && says(&BEARS);
    let hires = has("sales.reps_planned") && (is_of_worth || sells_itself(asking));
    if is_settled || !(bears || hires) {
        return None;
    }
    let mut whom = said.iter().filter(|word| SELLERS.contains(word));
    let whom = whom.next().copied().or(hires.then_some("hire"))?;
    by_inside_sales(whom, asking)
}

fn by_inside_sales(quote: &str, asking: &Asking<'_>) -> Option<Hypothesis> {
    let mut read = parsed("sales.motion", "inside_one_stage", reading(asking))?;
    quote.clone_into(&mut read.quote);
    Some(read)
}

/// Inside sales by name, where it is not weighed against something else.
fn inside(said: &[&str]) -> Option<&'static str> {
    const SELLS: [&str; 7] = [
        "sales", "rep", "reps", "seller", "sellers", "selling", "team",
    ];
    let is_choice = said
        .iter()
        .any(|word| matches!(*word, "or" | "vs" | "versus"));
    let is_named = said
        .windows(2)
        .any(|two| two[0] == "inside" && SELLS.contains(&two[1]));
    (is_named && !is_choice).then_some("inside sales")
}

/// Whether the plan says that nobody sells, and for how much.
fn sells_itself(asking: &Asking<'_>) -> bool {
    let segment = asking.plan.segment_or_default(None);
    let motion = asking.plan.value("sales.motion", &segment);
    let is_self_serve = matches!(motion, Some(Value::Choice(slug)) if slug == "plg");
    is_self_serve && deal_value(asking.plan, &segment).value.is_some()
}

/// Whether the plan itself says by which people it is sold.
fn sells_by_people(asking: &Asking<'_>) -> bool {
    let motion = field("sales.motion").and_then(|motion| asking.plan.answer(motion, None));
    match motion {
        Some(Answer::Known(Value::Choice(slug))) => slug != "plg" && slug != "partner",
        _ => false,
    }
}
