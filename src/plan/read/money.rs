//! Money, money a year, and prices.

use super::number::{self, Em, Read, take};
use super::refusal::Refusal;
use super::tail::{self, Span, Tail};
use super::{ParseContext, common_lead, words};
use crate::plan::currency::{self, Mark};
use crate::plan::field::{Field, Kind};
use crate::plan::{Currency, Money, Period, Price, Value, ValueError};
use crate::text;

type Problem = String;

/// An amount as it was read, before its currency is settled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    pub(super) read: Read,
    mark: Option<Mark>,
}

impl Amount {
    /// The amount in its currency; `shared` is the currency of a range's other end.
    pub(super) fn money(
        self,
        shared: Option<Amount>,
        context: ParseContext,
    ) -> Result<Money, Problem> {
        let mark = self.mark.or(shared.and_then(|other| other.mark));
        let (currency, cents) = settle(mark, context)?;
        let number = if cents {
            self.read.number.divided(100)
        } else {
            Some(self.read.number)
        };
        let number = number.ok_or_else(|| "the amount is too small or too large".to_owned())?;
        exact(number, currency)
    }
}

/// Money of a number that must be positive, exact to four decimals and not too large.
fn exact(number: number::Decimal, currency: Currency) -> Result<Money, Problem> {
    if number.is_negative() {
        return Err("an amount below zero makes no sense here".to_owned());
    }
    if !number.has_decimals_at_most(4) {
        return Err(format!(
            "{number} has more than four decimals, and money is kept exact"
        ));
    }
    let units = number
        .scaled(4)
        .ok_or_else(|| "the amount is too large".to_owned())?;
    Ok(Money {
        ten_thousandths: units,
        currency,
    })
}

/// The currency that a mark means in this plan, and whether the amount is in hundredths of it.
fn settle(mark: Option<Mark>, context: ParseContext) -> Result<(Currency, bool), Problem> {
    let plan = context.currency;
    let code = String::from(plan);
    Ok(match mark {
        Some(Mark::Is(currency)) => (currency, false),
        Some(Mark::CentOf(currency)) => (currency, true),
        Some(Mark::Dollar) if plan != Currency::USD && plan.is_dollar() => {
            return Err(format!("`$` can mean USD or {code}: write one of them"));
        }
        Some(Mark::Dollar) => (Currency::USD, false),
        Some(Mark::Cent) if plan == Currency::USD || plan.is_dollar() || code == "EUR" => {
            (plan, true)
        }
        Some(Mark::Cent) => return Err("cents can be USD or EUR: write one of them".to_owned()),
        Some(Mark::Several(one, other)) if code != one && code != other => {
            return Err(format!(
                "that sign can mean {one} or {other}: write one of them"
            ));
        }
        None | Some(Mark::Several(..)) => (plan, false),
    })
}

/// Reads the amount that folded words begin with; `None` if they begin with none.
pub(super) fn take_amount(words: &str) -> Result<Option<(Amount, &str)>, Problem> {
    let words = words.trim_start();
    let (minus, unsigned) = match words.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, words),
    };
    // Before an amount, "try" is an invitation and not the lira, and "p" is not the penny.
    let before = currency::take(unsigned).filter(|&(mark, rest)| {
        let word = &unsigned[..unsigned.len() - rest.len()];
        !matches!(word, "try" | "p" | "kr") && !matches!(mark, Mark::Cent | Mark::CentOf(_))
    });
    let (before, rest) = match before {
        Some((mark, rest)) => (Some(mark), rest),
        None => (None, unsigned),
    };
    let taken = match take(rest, Em::Million) {
        Err(problem) => Some(in_euros(before, rest).ok_or(problem)?),
        taken => taken?,
    };
    let Some((mut read, rest)) = taken else {
        return Ok(None);
    };
    if minus {
        read.number = read.number.times(-1).ok_or("the number is too large")?;
    }
    let (after, rest) = match currency::take(rest).filter(|_| !is_period(rest)) {
        Some((mark, rest)) => (Some(mark), rest.trim_start()),
        None => (None, rest),
    };
    let mark = merged(before, after)?;
    Ok(Some((Amount { read, mark }, rest)))
}

/// `1.200 €`: a price in euros has no three decimals, so the point parts thousands.
fn in_euros(before: Option<Mark>, words: &str) -> Option<(Read, &str)> {
    let (read, rest) = number::take_by_points(words)?;
    let is_euro = |mark: Mark| matches!(mark, Mark::Is(it) if String::from(it) == "EUR");
    let behind = || currency::take(rest).map(|(mark, _)| mark);
    before
        .or_else(behind)
        .is_some_and(is_euro)
        .then_some((read, rest))
}

/// Whether the words after a number are a period that is also spelled like a currency.
fn is_period(words: &str) -> bool {
    words.starts_with("p.") || words.starts_with("p/")
}

/// The currency of two marks around one number.
fn merged(before: Option<Mark>, after: Option<Mark>) -> Result<Option<Mark>, Problem> {
    match (before, after) {
        (None, mark) | (mark, None) => Ok(mark),
        (Some(one), Some(other)) if one == other => Ok(Some(one)),
        (Some(Mark::Dollar), Some(Mark::Is(currency)))
        | (Some(Mark::Is(currency)), Some(Mark::Dollar))
            if currency.is_dollar() =>
        {
            Ok(Some(Mark::Is(currency)))
        }
        _ => Err("two currencies stand beside one amount".to_owned()),
    }
}

/// One amount with all that was said around it.
struct Said<'a> {
    amount: Amount,
    tail: Tail<'a>,
}

/// Reads the one amount of an input, with a period before or after it.
fn said<'a>(field: &Field, words: &'a str) -> Result<Said<'a>, Problem> {
    let (lead, words) = take_lead_span(common_lead(field, words));
    let Some((amount, rest)) = take_amount(words)? else {
        return Err("there is no amount in it that I can read".to_owned());
    };
    let mut tail = tail::read(rest, field.units);
    if is_range(tail.left) {
        return Err("that is a range, and one amount is needed".to_owned());
    }
    if !tail.left.is_empty() {
        return Err(format!(
            "I do not understand {} after the amount",
            text::quote(tail.left)
        ));
    }
    if let Some(lead) = lead {
        tail.spans_clash |= tail.span.is_some_and(|span| span != lead);
        tail.span = Some(lead);
    }
    if tail.spans_clash {
        return Err("two different periods are given".to_owned());
    }
    Ok(Said { amount, tail })
}

/// Whether what follows an amount begins a second one.
fn is_range(left: &str) -> bool {
    left.starts_with('-') || left.starts_with("to ") || left.starts_with("..")
}

/// A period said before the amount: `ARR 1.2M`, `annual $25k`.
fn take_lead_span(words: &str) -> (Option<Span>, &str) {
    let leads = [
        ("arr", Span::Year),
        ("acv", Span::Year),
        ("annual", Span::Year),
        ("annually", Span::Year),
        ("yearly", Span::Year),
        ("mrr", Span::Month),
        ("monthly", Span::Month),
    ];
    for (lead, span) in leads {
        if let Some(rest) = words.strip_prefix(lead)
            && !rest.starts_with(char::is_alphanumeric)
        {
            return (Some(span), common_lead_signs(rest));
        }
    }
    (None, words)
}

/// What is left after signs that may stand between a name and its value.
fn common_lead_signs(words: &str) -> &str {
    words
        .trim_start_matches([' ', ':', '='])
        .trim_start_matches("of ")
}

/// Reads an input for a field of money, money a year, or a price.
pub(super) fn parse(
    field: &Field,
    input: &str,
    context: ParseContext,
) -> Result<Value, ValueError> {
    let words = text::fold(input);
    let said = said(field, &words).map_err(|problem| field.refuse(input, problem))?;
    let money = said
        .amount
        .money(None, context)
        .map_err(|problem| field.refuse(input, problem))?;
    let refuse = |refusal: Refusal| ValueError {
        understood: format!("{} as {money}", text::quote(input)),
        ..refusal.of(field, input)
    };
    match field.kind {
        Kind::Price => price(money, &said.tail).map(Value::Price).map_err(refuse),
        Kind::MoneyPerYear => a_year(money, &said.tail)
            .map(Value::MoneyPerYear)
            .map_err(refuse),
        _ => plain(field, money, &said.tail)
            .map(Value::Money)
            .map_err(refuse),
    }
}

/// An amount with no period, but for the one that its field fixes.
fn plain(field: &Field, money: Money, tail: &Tail<'_>) -> Result<Money, Refusal> {
    no_unit(tail)?;
    let fixed = field.per.map(|per| match per {
        Period::Month => Span::Month,
        Period::Year => Span::Year,
        Period::Once | Period::Unit => Span::Once,
    });
    match tail.span {
        None => Ok(money),
        span if span == fixed => Ok(money),
        Some(span) => {
            let problem = match fixed {
                Some(fixed) => {
                    format!("{} is {}, not {}", field.label, fixed.words(), span.words())
                }
                None => format!("{} is one amount, not one {}", field.label, span.words()),
            };
            let better = fixed.is_none().then(|| money.to_string());
            Err(Refusal::new(problem).trying(better))
        }
    }
}

/// An amount normalised to a year.
pub(super) fn a_year(money: Money, tail: &Tail<'_>) -> Result<Money, Refusal> {
    no_unit(tail)?;
    let factor = match tail.span {
        None | Some(Span::Year) => 1,
        Some(Span::Quarter) => 4,
        Some(Span::Month) => 12,
        Some(span @ (Span::Day | Span::Week)) => {
            let problem = format!("an amount {} does not make a year exactly", span.words());
            return Err(Refusal::new(problem));
        }
        Some(Span::Once) => {
            let problem = "an amount that is paid once is not one a year";
            return Err(Refusal::new(problem).trying([format!("{money} a year")]));
        }
    };
    money
        .times(factor)
        .ok_or_else(|| Refusal::new("the amount is too large"))
}

/// Amounts that are not prices have no seat and no unit of use.
fn no_unit(tail: &Tail<'_>) -> Result<(), Refusal> {
    if tail.seat || tail.unit {
        let what = if tail.seat { "a seat" } else { "a unit of use" };
        let problem = format!("that is a price for {what}, which belongs to pricing.price");
        return Err(Refusal::new(problem));
    }
    Ok(())
}

/// A price with its period.
fn price(amount: Money, tail: &Tail<'_>) -> Result<Price, Refusal> {
    let per = match (tail.span, tail.unit) {
        (Some(_), true) => {
            let problem = "a price is for a period or for a unit of use, not for both";
            return Err(Refusal::new(problem).trying([format!("{amount} per unit")]));
        }
        (None, true) => Period::Unit,
        (Some(Span::Month), _) => Period::Month,
        (Some(Span::Year), _) => Period::Year,
        (Some(Span::Once), _) => Period::Once,
        (Some(Span::Quarter), _) => {
            let yearly = amount.times(4).map(|year| format!("{year} a year"));
            let problem = "a price is kept a month, a year, once or per unit";
            return Err(Refusal::new(problem).trying(yearly));
        }
        (Some(span), _) => {
            let problem = format!(
                "a price {} is not kept; a month, a year, once or per unit is",
                span.words()
            );
            return Err(Refusal::new(problem));
        }
        (None, false) => {
            let each =
                ["a month", "a year", "once", "per unit"].map(|per| format!("{amount} {per}"));
            let [month, year, once, unit] = &each;
            let problem = format!("that can mean {month}, {year}, {once} or {unit}");
            return Err(Refusal::new(problem).trying(each));
        }
    };
    if tail.seat {
        let whole = Price { amount, per };
        let problem = format!(
            "that says two things: pricing.price is {whole}, and pricing.per is seat; set each"
        );
        let refusal = Refusal::new(problem).trying([whole.to_string()]);
        return Err(refusal.beside("pricing.per", "seat"));
    }
    let Some(bundle) = tail.bundle else {
        return Ok(Price { amount, per });
    };
    let units = i128::from(amount.ten_thousandths);
    let one = (units % bundle == 0)
        .then(|| i64::try_from(units / bundle).ok())
        .flatten();
    match one {
        Some(ten_thousandths) => Ok(Price {
            amount: Money {
                ten_thousandths,
                ..amount
            },
            per,
        }),
        None => Err(Refusal::new(
            "the price of one unit has more than four decimals",
        )),
    }
}

/// Reads several prices; a period at the end is shared by all that name none.
pub(super) fn parse_prices(
    field: &Field,
    items: &[String],
    context: ParseContext,
) -> Result<Value, ValueError> {
    if let [only] = items
        && words::is_none(only)
    {
        return Ok(Value::Prices(Vec::new()));
    }
    let last = items
        .last()
        .map(|item| text::fold(item))
        .unwrap_or_default();
    let shared = said(field, &last).ok().and_then(|said| said.tail.span);
    let mut prices = Vec::new();
    for item in items {
        let words = text::fold(item);
        let mut said = said(field, &words).map_err(|problem| field.refuse(item, problem))?;
        if !said.tail.unit {
            said.tail.span = said.tail.span.or(shared);
        }
        let amount = said
            .amount
            .money(None, context)
            .map_err(|p| field.refuse(item, p))?;
        prices
            .push(price(amount, &said.tail).map_err(|refusal| refusal.trying([]).of(field, item))?);
    }
    Ok(Value::Prices(prices))
}
