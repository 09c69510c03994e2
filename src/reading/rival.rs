//! A figure of the kind of an earlier one that somebody says against it, whatever words stand around it: "new list
//! says 1.350 € a year", "I'd rather $32/mo", "forget 24, the new bundle makes it €30k".

use super::Finding;
use super::lexicon::Role;
use super::mood::Mood;
use super::sentence::{Element, Kind as Part, Sentence};
use super::words::english;
use crate::plan::{Scan, Shape, Value};

/// Who says it does so in a sentence of at most so many elements,
const WORDS: usize = 14;
/// and with a figure at most so many times the other one.
const TIMES: i64 = 4;

/// Where a sentence has one figure of that kind, and names nothing else.
pub(super) fn alike(
    (sentence, moods): (&Sentence<'_>, &[Mood]),
    earlier: &Finding,
) -> Option<usize> {
    let elements = &sentence.elements;
    if sentence.is_question || elements.len() > WORDS || names_another(elements, earlier) {
        return None;
    }
    let is_figure =
        |at: &usize| matches!(&elements[*at].kind, Part::Number(scan) if is_of_kind(scan, earlier));
    let mut figures = (0..elements.len()).filter(is_figure);
    let at = figures.next().filter(|_| figures.next().is_none())?;
    let mut clauses = sentence.clauses.iter().zip(moods);
    let (_, mood) = clauses.find(|(clause, _)| clause.contains(&at))?;
    (*mood == Mood::Said || (*mood == Mood::Idle && is_of_own(elements))).then_some(at)
}

/// Whether a figure is so much nearer to the earlier one than to anything else.
pub(super) fn is_near(value: &Value, earlier: &Value) -> bool {
    let (one, other) = match (value, earlier) {
        (Value::Price(one), Value::Price(other)) if one.per == other.per => {
            (&one.amount, &other.amount)
        }
        (Value::Money(one), Value::Money(other))
        | (Value::MoneyPerYear(one), Value::MoneyPerYear(other)) => (one, other),
        (Value::Price(_), _) => return false,
        (one, other) => return one != other,
    };
    let (least, most) = (one.ten_thousandths, other.ten_thousandths);
    let (least, most) = (least.min(most), least.max(most));
    one.currency == other.currency && most / least.max(1) < TIMES
}

/// Whether a figure has a unit, and that of the earlier one.
fn is_of_kind(scan: &Scan, earlier: &Finding) -> bool {
    match (&scan.shape, &earlier.value) {
        (Shape::Money(amount), Value::Price(_)) => !amount.period.is_empty(),
        (Shape::Money(amount), Value::Money(_) | Value::MoneyPerYear(_)) => amount.marked,
        (Shape::Plain { large }, Value::Money(_) | Value::MoneyPerYear(_)) => *large,
        (Shape::Percent, Value::Percent(_))
        | (Shape::Length, Value::Days(_) | Value::Months(_)) => true,
        _ => false,
    }
}

/// Whether the sentence names what the figure is, and it is something else.
fn names_another(elements: &[Element<'_>], earlier: &Finding) -> bool {
    let is_name = |role: &Role| matches!(role, Role::Name(_));
    let mut named = elements.iter().filter(|it| it.roles().iter().any(is_name));
    named.any(|it| !it.names(earlier.field))
}

fn is_of_own(elements: &[Element<'_>]) -> bool {
    let words = elements.iter().flat_map(|it| it.text.split(' '));
    words.into_iter().any(|it| english().records.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Field;
    use crate::plan::{Currency, ParseContext, field};

    fn near(name: &str, one: &str, other: &str) -> bool {
        let context = ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 3, 2),
        };
        let field: &Field = field(name).expect("a field");
        let value = |words: &str| field.parse(words, &context).expect("a value");
        is_near(&value(one), &value(other))
    }

    #[test]
    fn a_figure_is_near_one_of_its_size_and_period() {
        assert!(near("pricing.price", "$149/mo", "$129/mo"));
        assert!(!near("pricing.price", "$149/mo", "$1,490/year"));
        assert!(!near("pricing.price", "$149/mo", "€129/mo"));
        assert!(!near("pricing.acv", "$24k", "$400k"));
        assert!(near("pricing.acv", "$24k", "$30k"));
        assert!(near("sales.win_rate", "35%", "22%"));
    }
}
