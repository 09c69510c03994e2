//! How values read: the human form, which the reader takes back, and the form in JSON.

use std::fmt::{self, Display, Formatter, Write as _};

use serde_json::{Map, Number, Value as Json, json};

use super::field::{Field, Items};
use super::read::{needs_quotes, quoted};
use super::{Currency, Length, Money, Percent, Period, Price, Range, Value};
use crate::text::{grouped, write_grouped};

impl Money {
    /// Writes `$588`, `€49.90`, `CHF 0.0004` behind what stands there. Three decimals are written as
    /// four: `1.125` could be read as a thousand and some.
    pub(crate) fn write(self, out: &mut String) {
        let units = self.ten_thousandths.unsigned_abs();
        if self.ten_thousandths < 0 {
            out.push('-');
        }
        self.currency.write_prefix(out);
        write_grouped(out, u128::from(units / 10_000));
        match units % 10_000 {
            0 => {}
            part => {
                let (part, digits) = if part % 100 == 0 {
                    (part / 100, 2)
                } else {
                    (part, 4)
                };
                write!(out, ".{part:0digits$}").expect("a string takes all");
            }
        }
    }
}

impl Display for Money {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut words = String::new();
        self.write(&mut words);
        f.write_str(&words)
    }
}

impl Display for Price {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let per = match self.per {
            Period::Month => "a month",
            Period::Year => "a year",
            Period::Once => "once",
            Period::Unit => "per unit",
        };
        write!(f, "{} {per}", self.amount)
    }
}

/// Each `$` that stands alone as `USD `; one behind letters is another dollar's sign.
pub(super) fn dollars_named(words: &str) -> String {
    let mut named = String::with_capacity(words.len());
    for sign in words.chars() {
        if sign == '$' && !named.ends_with(char::is_alphabetic) {
            named.push_str("USD ");
        } else {
            named.push(sign);
        }
    }
    named
}

impl Value {
    /// The value as people read it; [`Field::parse`] of the same field takes it back.
    pub fn display(&self, field: &Field) -> String {
        let label = |slug: &String| match field.choice(slug) {
            Some(choice) => choice.label.to_owned(),
            None => slug.clone(),
        };
        let plain = match self {
            Self::Choice(slug) => label(slug),
            Self::Set(slugs) => none_or(slugs.iter().map(label).map(quoted_label), ", "),
            Self::List(items) => none_or(list_items(items, field.items), "; "),
            Self::ChannelDates(dates) => {
                let dates = dates
                    .iter()
                    .map(|(slug, date)| format!("{}: {date}", label(slug)));
                none_or(dates, ", ")
            }
            other => other.spelled(),
        };
        match (self, field.per) {
            (Self::Percent(_), Some(Period::Month)) => format!("{plain} a month"),
            (Self::Percent(_), Some(Period::Year)) => format!("{plain} a year"),
            _ => plain,
        }
    }

    /// The value in one spelling that [`Field::parse`] takes and that no label's wording changes:
    /// what files hold.
    pub fn written(&self, field: &Field) -> String {
        match self {
            Self::Choice(slug) => slug.clone(),
            Self::Set(slugs) if !slugs.is_empty() => {
                slugs.iter().cloned().collect::<Vec<_>>().join(", ")
            }
            other => other.display(field),
        }
    }

    /// The same for a plan in that currency: where it is another dollar, `$` would fit both, so US
    /// dollars are written out.
    pub(super) fn written_in(&self, field: &Field, currency: Currency) -> String {
        let written = self.written(field);
        let is_money = matches!(
            self,
            Self::Money(_)
                | Self::MoneyPerYear(_)
                | Self::Price(_)
                | Self::MoneyRange(_)
                | Self::Prices(_)
        );
        if is_money && currency != Currency::USD {
            dollars_named(&written)
        } else {
            written
        }
    }

    /// The value as it reads without knowing its field.
    pub(super) fn spelled(&self) -> String {
        match self {
            Self::Money(money) => money.to_string(),
            Self::MoneyPerYear(money) => format!("{money} a year"),
            Self::Price(price) => price.to_string(),
            Self::Percent(percent) => format!("{}%", hundredths(percent.0)),
            Self::Count(count) => grouped(u128::from(*count)),
            Self::Days(length) => counted(*length, "day"),
            Self::Months(length) => counted(*length, "month"),
            Self::Date(date) => date.to_string(),
            Self::CountRange(range) => ends(range, |count| grouped(u128::from(*count)), "–"),
            Self::MoneyRange(range) => format!("{} a year", ends(range, Money::to_string, " to ")),
            Self::Choice(words) | Self::Text(words) => words.clone(),
            Self::Set(slugs) => none_or(slugs.iter().cloned(), ", "),
            Self::List(items) => none_or(list_items(items, Items::Phrases), "; "),
            Self::Prices(prices) => none_or(prices.iter().map(Price::to_string), "; "),
            Self::ChannelDates(dates) => none_or(
                dates.iter().map(|(slug, date)| format!("{slug}: {date}")),
                ", ",
            ),
            Self::YesNo(true) => "yes".to_owned(),
            Self::YesNo(false) => "no".to_owned(),
        }
    }

    /// The normalised value, as the command line's JSON has it.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Money(money) => money_json(money, None),
            Self::MoneyPerYear(money) => money_json(money, Some(Period::Year)),
            Self::Price(price) => price_json(price),
            Self::Percent(percent) => json!({ "percent": hundredths(percent.0).replace(',', "") }),
            Self::Count(count) => json!(count),
            Self::Days(length) => json!({ "days": number(length.0) }),
            Self::Months(length) => json!({ "months": number(length.0) }),
            Self::Date(date) => json!(date.to_string()),
            Self::CountRange(range) => json!({ "low": range.low, "high": range.high }),
            Self::MoneyRange(range) => {
                let end = |end: &Option<Money>| {
                    end.as_ref()
                        .map_or(Json::Null, |money| money_json(money, Some(Period::Year)))
                };
                json!({ "low": end(&range.low), "high": end(&range.high) })
            }
            Self::Choice(words) | Self::Text(words) => json!(words),
            Self::Set(slugs) => json!(slugs),
            Self::List(items) => json!(items),
            Self::Prices(prices) => Json::Array(prices.iter().map(price_json).collect()),
            Self::ChannelDates(dates) => {
                let dates = dates
                    .iter()
                    .map(|(slug, date)| (slug.clone(), json!(date.to_string())));
                Json::Object(dates.collect::<Map<_, _>>())
            }
            Self::YesNo(yes) => json!(yes),
        }
    }
}

/// Items in one line, or the word for an answered nothing.
fn none_or(items: impl IntoIterator<Item = String>, separator: &str) -> String {
    let items: Vec<String> = items.into_iter().collect();
    if items.is_empty() {
        "none".to_owned()
    } else {
        items.join(separator)
    }
}

/// A choice's label, in quotes where it has a separator of its own.
fn quoted_label(label: String) -> String {
    if needs_quotes(&label, Items::Phrases) {
        quoted(&label)
    } else {
        label
    }
}

/// The items of a list, in quotes where they would not be read back as they are.
fn list_items(items: &[String], kind: Items) -> Vec<String> {
    let shown = items.iter().map(|item| {
        if needs_quotes(item, kind) {
            quoted(item)
        } else {
            item.clone()
        }
    });
    shown.collect()
}

/// A number of hundredths, without needless zeros.
fn hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let whole = grouped(u128::from(value.unsigned_abs() / 100));
    match value.unsigned_abs() % 100 {
        0 => format!("{sign}{whole}"),
        part if part.is_multiple_of(10) => format!("{sign}{whole}.{}", part / 10),
        part => format!("{sign}{whole}.{part:02}"),
    }
}

impl Display for Percent {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", hundredths(self.0))
    }
}

fn counted(length: Length, unit: &str) -> String {
    let plural = if length.0 == 100 { "" } else { "s" };
    format!("{} {unit}{plural}", hundredths(length.0))
}

fn ends<T>(range: &Range<T>, show: impl Fn(&T) -> String, to: &str) -> String {
    match (&range.low, &range.high) {
        (Some(low), Some(high)) => format!("{}{to}{}", show(low), show(high)),
        (Some(low), None) => format!("{}+", show(low)),
        (None, Some(high)) => format!("up to {}", show(high)),
        (None, None) => "any".to_owned(),
    }
}

/// Hundredths as a JSON number, exact in its digits.
fn number(value: i64) -> Json {
    let digits = hundredths(value).replace(',', "");
    digits.parse::<Number>().map_or(Json::Null, Json::Number)
}

fn price_json(price: &Price) -> Json {
    money_json(&price.amount, Some(price.per))
}

fn money_json(money: &Money, per: Option<Period>) -> Json {
    let units = money.ten_thousandths.unsigned_abs();
    let sign = if money.ten_thousandths < 0 { "-" } else { "" };
    let decimals = format!("{:04}", units % 10_000);
    let needed = decimals.trim_end_matches('0').len().max(2);
    let amount = format!("{sign}{}.{}", units / 10_000, &decimals[..needed]);
    let currency = String::from(money.currency);
    match per {
        None => json!({ "amount": amount, "currency": currency }),
        Some(per) => json!({ "amount": amount, "currency": currency, "per": per }),
    }
}
