//! What a calculator computes from: typed values first, then the plan's, then what is assumed.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::calculator::{Allowed, Input, Need, Reads};
use super::quantity::{Num, Quantity};
use super::refusal::{CalcError, Refusal, repaired};
use super::words::Request;
use super::working::Term;
use crate::plan::{Currency, Money, ParseContext, Plan, Price, Segment, Value, deal_value, field};
use crate::text;

/// An input's value, and who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The input's name.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
    /// The value.
    pub value: Value,
    /// The value as it reads.
    pub shown: String,
    /// Who says it.
    pub from: Origin,
}

/// Who says what an input is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Whoever asked.
    Typed,
    /// The plan.
    Plan {
        /// The segment, where the field has one value for each.
        segment: Option<Segment>,
        /// How it follows from the plan, where it is not an answer itself.
        arithmetic: Option<String>,
    },
    /// Nobody: it is this calculator's own assumption.
    Assumed,
}

/// All that is known for one calculation.
#[derive(Debug)]
pub(super) struct Inputs<'a> {
    pub(super) request: &'a Request,
    pub(super) all: Vec<Given>,
    pub(super) currency: Currency,
    used: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Inputs<'a> {
    /// Reads what was typed and looks up the rest.
    pub(super) fn gather(
        request: &'a Request,
        plan: Option<&Plan>,
        segment: Option<&Segment>,
        context: ParseContext,
    ) -> Result<Self, CalcError> {
        let mut all = Vec::new();
        for input in request.calculator.inputs {
            let typed = request.typed.iter().find(|(it, _)| it.name == input.name);
            let found = match typed {
                Some((_, words)) => Some(typed_value(request, input, words, context)?),
                None => plan
                    .and_then(|plan| from_plan(input, plan, segment))
                    .or_else(|| assumed(input, context)),
            };
            if let Some(found) = found {
                check(request, input, &found)?;
                all.push(found);
            }
        }
        let currency = one_currency(request, &all, context)?;
        Ok(Self {
            request,
            all,
            currency,
            used: RefCell::default(),
        })
    }

    fn get(&self, name: &'static str) -> Option<&Given> {
        let found = self.all.iter().find(|given| given.name == name)?;
        self.used.borrow_mut().insert(name);
        Some(found)
    }

    /// Whether an input is known, without using it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all.iter().any(|given| given.name == name)
    }

    /// Of several inputs that say the same in other ways: the one that was typed, else the first
    /// that is known.
    pub(super) fn pick(&self, names: &[&'static str]) -> Option<&'static str> {
        let of = |name: &&'static str| self.all.iter().find(|given| given.name == *name);
        let typed = |name: &&&'static str| of(name).is_some_and(|it| it.from == Origin::Typed);
        let first = names.iter().find(typed);
        first
            .or_else(|| names.iter().find(|name| of(name).is_some()))
            .copied()
    }

    /// The number of an input, and the words that stand for it.
    pub(super) fn term(&self, name: &'static str) -> Option<Term> {
        let quantity = Quantity::of_value(&self.get(name)?.value, self.currency)?;
        Some(Term {
            num: Num(Some(quantity.amount)),
            words: quantity.bare()?.words,
        })
    }

    /// The number of an input that the calculator cannot do without.
    pub(super) fn need(&self, name: &'static str) -> Result<Term, Refusal> {
        self.term(name).ok_or(Refusal::TooLarge)
    }

    /// The choice of an input.
    pub(super) fn choice(&self, name: &'static str) -> Option<String> {
        match &self.get(name)?.value {
            Value::Choice(slug) => Some(slug.clone()),
            _ => None,
        }
    }

    /// The prices of an input.
    pub(super) fn prices(&self, name: &'static str) -> Vec<Price> {
        match self.get(name).map(|given| &given.value) {
            Some(Value::Prices(prices)) => prices.clone(),
            Some(Value::Price(price)) => vec![*price],
            _ => Vec::new(),
        }
    }

    /// The inputs that the calculation has looked at.
    pub(super) fn used(&self) -> Vec<Given> {
        let used = self.used.borrow();
        let looked_at = self.all.iter().filter(|given| used.contains(given.name));
        looked_at.cloned().collect()
    }

    /// What was looked at as a percentage and typed without its sign: `churn` is 2%.
    pub(super) fn signless(&self) -> Vec<String> {
        let is_signless = |words: &str| {
            let folded = text::fold(words);
            !["%", "percent", "per cent", "pct"]
                .iter()
                .any(|sign| folded.contains(sign))
        };
        let used = self.used();
        let typed = self.request.typed.iter();
        let typed = typed.filter(|(_, words)| is_signless(words));
        let shares = typed.filter_map(|(input, _)| {
            let given = used.iter().find(|given| given.name == input.name)?;
            let is_share = matches!(given.value, Value::Percent(_));
            is_share.then(|| format!("`{}` is {}", given.name, given.shown))
        });
        shares.collect()
    }

    /// What was typed and never looked at.
    pub(super) fn unused(&self) -> Vec<&'static str> {
        let used = self.used.borrow();
        let typed = self.request.typed.iter().map(|(input, _)| input.name);
        typed.filter(|name| !used.contains(name)).collect()
    }
}

fn given(input: &Input, value: Value, from: Origin) -> Given {
    Given {
        name: input.name,
        label: input.label(),
        shown: value.display(input.reader()),
        value,
        from,
    }
}

fn typed_value(
    request: &Request,
    input: &'static Input,
    typed: &str,
    context: ParseContext,
) -> Result<Given, CalcError> {
    match input.reader().parse(typed, &context) {
        Ok(value) => Ok(given(input, value, Origin::Typed)),
        Err(error) => {
            let example = if text::key(&error.example) == text::key(&input.reader().example()) {
                input.example()
            } else {
                error.example
            };
            let works = repaired(
                request.calculator,
                &request.typed,
                &[(input.name, &example)],
            );
            let problem = format!(
                "`{}`: I read {}; {}",
                input.name, error.understood, error.problem
            );
            Err(CalcError::new(problem, works))
        }
    }
}

fn from_plan(input: &Input, plan: &Plan, segment: Option<&Segment>) -> Option<Given> {
    let from = |arithmetic| Origin::Plan {
        segment: segment.cloned(),
        arithmetic,
    };
    // Without a segment only what the whole plan shares can be meant.
    let anywhere = Segment::main();
    match &input.reads {
        Reads::Own(_) => None,
        Reads::Field(name) => {
            let is_shared = field(name)?.level == crate::plan::Level::Plan;
            let place = segment.or(is_shared.then_some(&anywhere))?;
            let value = plan.value(name, place)?.clone();
            let from = if is_shared {
                Origin::Plan {
                    segment: None,
                    arithmetic: None,
                }
            } else {
                from(None)
            };
            Some(given(input, value, from))
        }
        Reads::DealValue => {
            let derived = deal_value(plan, segment?);
            let value = Value::MoneyPerYear(derived.value?);
            Some(given(input, value, from(Some(derived.arithmetic))))
        }
        Reads::NewArr => new_arr(input, plan, &anywhere),
    }
}

/// The ARR target less today's ARR, where the plan has both and something is left to win.
fn new_arr(input: &Input, plan: &Plan, anywhere: &Segment) -> Option<Given> {
    let Some(Value::MoneyPerYear(target)) = plan.value("plan.arr_target", anywhere) else {
        return None;
    };
    let Some(Value::MoneyPerYear(today)) = plan.value("plan.arr", anywhere) else {
        return None;
    };
    if target.currency != today.currency {
        return None;
    }
    let left = Money {
        ten_thousandths: target.ten_thousandths.checked_sub(today.ten_thousandths)?,
        ..*target
    };
    let arithmetic = format!("target {target} − today's {today}");
    let from = Origin::Plan {
        segment: None,
        arithmetic: Some(arithmetic),
    };
    (left.ten_thousandths > 0).then(|| given(input, Value::MoneyPerYear(left), from))
}

fn assumed(input: &Input, context: ParseContext) -> Option<Given> {
    let Need::Assumed(words) = input.need else {
        return None;
    };
    let value = input.reader().parse(words, &context);
    let value = value.expect("a test reads every assumption of the table");
    Some(given(input, value, Origin::Assumed))
}

/// Whether the number makes sense to compute with.
fn check(request: &Request, input: &'static Input, given: &Given) -> Result<(), CalcError> {
    let Some(quantity) = Quantity::of_value(&given.value, Currency::USD) else {
        return Ok(());
    };
    let (zero, one) = (Num::of(0), Num::of(1));
    let number = Num(Some(quantity.amount));
    let problem = match input.allowed {
        Allowed::AboveZero | Allowed::Share if !number.is_above(zero) => {
            Some("has to be above zero")
        }
        Allowed::Share if number.is_above(one) => Some("is a share, so at most 100%"),
        Allowed::PartOfWhole if zero.is_above(number) || !one.is_above(number) => {
            Some("goes from 0% to less than 100%")
        }
        _ => None,
    };
    let Some(problem) = problem else {
        return Ok(());
    };
    let who = match given.from {
        Origin::Plan { .. } => "the plan's ",
        Origin::Typed | Origin::Assumed => "",
    };
    let example = input.example();
    Err(CalcError::new(
        format!(
            "`{}`: {who}{} {problem}, and this is {}",
            input.name, given.label, given.shown
        ),
        repaired(
            request.calculator,
            &request.typed,
            &[(input.name, &example)],
        ),
    ))
}

/// The one currency of all amounts.
fn one_currency(
    request: &Request,
    all: &[Given],
    context: ParseContext,
) -> Result<Currency, CalcError> {
    let mut first: Option<(&Given, Currency)> = None;
    for given in all {
        for currency in currencies(&given.value) {
            match first {
                None => first = Some((given, currency)),
                Some((_, known)) if known == currency => {}
                Some((other, known)) => {
                    let (one, two) = (String::from(known), String::from(currency));
                    let problem = format!(
                        "`{}` is in {one} and `{}` in {two}; two currencies are not computed with one another",
                        other.name, given.name
                    );
                    let same = format!("{} {one}", example_of(request, given.name));
                    let works =
                        repaired(request.calculator, &request.typed, &[(given.name, &same)]);
                    return Err(CalcError::new(problem, works));
                }
            }
        }
    }
    Ok(first.map_or(context.currency, |(_, currency)| currency))
}

fn example_of(request: &Request, name: &str) -> String {
    let input = request.calculator.inputs.iter().find(|it| it.name == name);
    let example = input.map(Input::example).unwrap_or_default();
    example.trim_start_matches('$').to_owned()
}

fn currencies(value: &Value) -> Vec<Currency> {
    match value {
        Value::Money(money) | Value::MoneyPerYear(money) => vec![money.currency],
        Value::Price(price) => vec![price.amount.currency],
        Value::Prices(prices) => prices.iter().map(|price| price.amount.currency).collect(),
        _ => Vec::new(),
    }
}
