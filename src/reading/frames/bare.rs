//! Numbers that lack what their field asks for: an amount without its sign, a price for each of a thing,
//! thousands parted by a point. The words around them have to say which field they are of.

use super::Framing;
use super::line::Piece;
use crate::plan::{Amount, Field, Kind, Shape, Value};

/// The number of a field that stands at a piece, and where it ends.
pub(super) fn number(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    let piece = &pieces[at];
    let words = match &piece.scan?.shape {
        Shape::Plain { .. } if goes_on(pieces, at) => return None,
        Shape::Plain { .. } => plain(field, piece.text)?,
        Shape::Range | Shape::MoneyRange => {
            by_points(field, piece.text).or_else(|| both_in(field, piece.text))?
        }
        Shape::Money(amount) if field.kind == Kind::Percent => share(amount)?,
        Shape::Money(amount) if field.kind == Kind::Price => each(amount, pieces, at)?,
        Shape::Money(amount) => by_points(field, &amount.words)?,
        _ => return None,
    };
    Some((field.parse(&words, &framing.context).ok()?, at + 1))
}

/// "Three thousand" is no three.
fn goes_on(pieces: &[Piece<'_>], at: usize) -> bool {
    let next = pieces.get(at + 1).map_or("", |it| it.text);
    matches!(next, "thousand" | "million" | "billion" | "x")
}

/// A number with nothing beside it: "CAC is 31 bucks and LTV 206", "churn 0.8", "payback 7".
fn plain(field: &Field, typed: &str) -> Option<String> {
    match field.kind {
        Kind::Percent if typed.ends_with(|it: char| it.is_ascii_digit()) => {
            Some(format!("{typed}%"))
        }
        Kind::Months if field.name == "economics.payback" => Some(format!("{typed} months")),
        Kind::Price | Kind::Percent => Some(typed.to_owned()),
        Kind::Money | Kind::MoneyPerYear => {
            by_points(field, typed).or_else(|| Some(typed.to_owned()))
        }
        _ => by_points(field, typed),
    }
}

/// A number with a point before each three digits, where the field counts no thousandths: "ACV 6.500",
/// "100-2.000 people".
fn by_points(field: &Field, typed: &str) -> Option<String> {
    let whole = matches!(
        field.kind,
        Kind::Money | Kind::MoneyPerYear | Kind::Count | Kind::CountRange | Kind::MoneyRange
    );
    let mut parts = typed.split('.');
    let mut joined = parts.next().filter(|_| whole)?.to_owned();
    for part in parts {
        let digits = part.len()
            - part
                .trim_start_matches(|it: char| it.is_ascii_digit())
                .len();
        let before = joined.ends_with(|it: char| it.is_ascii_digit());
        if digits != 3 || !before {
            return None;
        }
        joined.push_str(part);
    }
    (joined.len() < typed.len()).then_some(joined)
}

/// A range of revenue with its "m" behind both: nobody's revenue is 5 to 40,000,000.
fn both_in(field: &Field, typed: &str) -> Option<String> {
    let joint = ["-", "\u{2013}", " to "]
        .iter()
        .find(|it| typed.contains(**it));
    let (low, high) = typed.split_once(joint.filter(|_| field.name == "icp.revenue")?)?;
    let (low, high) = (low.trim(), high.trim());
    let digits = high.find(|it: char| it.is_ascii_digit())?;
    let behind = high[digits..].trim_start_matches(|it: char| it.is_ascii_digit() || it == '.');
    let size = behind.trim_start().split(' ').next().unwrap_or_default();
    let sized = matches!(
        size,
        "k" | "m" | "mm" | "mn" | "mio" | "mln" | "million" | "b" | "bn" | "billion"
    );
    let bare = low.ends_with(|it: char| it.is_ascii_digit());
    (sized && bare).then(|| format!("{low} {size} to {high}"))
}

/// A share that is taken for an amount by its period: "churn 0.8 a month".
fn share(amount: &Amount) -> Option<String> {
    (!amount.marked && !amount.unit).then(|| format!("{}%", amount.words))
}

/// A price for each of whatever: "$75 a bid", "0.04 € each item".
fn each(amount: &Amount, pieces: &[Piece<'_>], at: usize) -> Option<String> {
    let counts = pieces.get(at + 1)?;
    let thing = pieces.get(at + 2)?;
    let of_each = matches!(counts.text, "per" | "a" | "an" | "each" | "/");
    let is_bare = amount.marked && amount.period.is_empty() && !amount.unit;
    let named = thing.is_word && thing.scan.is_none();
    (is_bare && of_each && named).then(|| format!("{} per unit", amount.words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    fn field(name: &str) -> &'static Field {
        plan::field(name).expect("a field of the catalogue")
    }

    #[test]
    fn a_point_parts_thousands_where_thousandths_make_no_sense() {
        let check = |name: &str, typed: &str, expected: Option<&str>| {
            assert_eq!(
                by_points(field(name), typed).as_deref(),
                expected,
                "{typed}"
            );
        };
        check("pricing.acv", "6.500", Some("6500"));
        check("icp.employees", "100-2.000", Some("100-2000"));
        check("plan.arr", "1.200.000", Some("1200000"));
        check("pricing.acv", "6.5", None);
        check("pricing.acv", "6500", None);
        // A price may have thousandths: it is asked what is meant.
        check("pricing.price", "1.200", None);
    }

    #[test]
    fn revenue_has_its_size_behind_both_ends() {
        let check = |typed: &str, expected: Option<&str>| {
            assert_eq!(both_in(field("icp.revenue"), typed).as_deref(), expected);
        };
        check("5-40m", Some("5 m to 40m"));
        check("50 to 300 mio \u{20ac}", Some("50 mio to 300 mio \u{20ac}"));
        check("5m to 40m", None);
        check("5-40", None);
        assert_eq!(both_in(field("icp.employees"), "5-40k"), None);
    }

    #[test]
    fn a_bare_number_is_spelled_as_its_field_takes_it() {
        let check = |name: &str, typed: &str, expected: &str| {
            assert_eq!(
                plain(field(name), typed).as_deref(),
                Some(expected),
                "{typed}"
            );
        };
        check("metrics.churn", "0.8", "0.8%");
        check("economics.payback", "7", "7 months");
        check("economics.ltv", "206", "206");
    }
}
