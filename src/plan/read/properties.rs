//! What holds for every value and every input.

use proptest::prelude::*;

use super::{placeholder, words};
use crate::plan::testing::context;
use crate::plan::{
    Currency, Field, Kind, Length, Money, Percent, Period, Price, Range, Value, field, fields,
};

fn any_money() -> impl Strategy<Value = Money> {
    let amounts = prop_oneof![0..100_000_000_i64, 0..=i64::MAX / 24];
    let codes = prop::sample::select(vec!["USD", "EUR", "GBP", "INR", "CHF", "JPY", "TRY", "CAD"]);
    (amounts, codes).prop_map(|(ten_thousandths, code)| {
        let currency = Currency::of_code(code).expect("these are in use");
        // The reader takes 18 digits at most, far more than a plan has.
        let digits_kept = ten_thousandths.min(999_999_999_999_999_999);
        Money {
            ten_thousandths: digits_kept,
            currency,
        }
    })
}

fn any_range<T: Copy + std::fmt::Debug>(
    ends: impl Strategy<Value = (T, T)>,
) -> impl Strategy<Value = Range<T>> {
    (ends, 0..3_u8).prop_map(|((low, high), form)| match form {
        0 => Range {
            low: Some(low),
            high: None,
        },
        1 => Range {
            low: None,
            high: Some(high),
        },
        _ => Range {
            low: Some(low),
            high: Some(high),
        },
    })
}

fn any_date() -> impl Strategy<Value = jiff::civil::Date> {
    (1900..=2200_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| jiff::civil::date(y, m, d))
}

fn any_price() -> impl Strategy<Value = Price> {
    let periods = [Period::Month, Period::Year, Period::Once, Period::Unit];
    (any_money(), prop::sample::select(periods.to_vec()))
        .prop_map(|(amount, per)| Price { amount, per })
}

/// Words that no field takes for "none", without control characters.
fn any_words() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 ,;&+\"'.€“”\\[\\]-]{1,30}"
        .prop_map(|words| words.trim().to_owned())
        .prop_filter("a text is never empty", |words| !words.is_empty())
        .prop_filter("no word for none", |words| !words::is_none(words))
        .prop_filter("no placeholder", |words| {
            let texts = field("plan.name").expect("the catalogue has it");
            !placeholder::holds_place(texts, words)
        })
}

/// Any value that a field can hold.
fn any_value(field: &'static Field) -> BoxedStrategy<Value> {
    match field.kind {
        Kind::CountRange => {
            let ends = (0..1_000_000_u64, 0..1_000_000_u64);
            let ends = ends.prop_map(|(a, b)| (a.min(b), a.max(b)));
            any_range(ends).prop_map(Value::CountRange).boxed()
        }
        Kind::MoneyRange => {
            let ends = (any_money(), 0..1_000_000_i64).prop_map(|(low, more)| {
                let high = (low.ten_thousandths + more).min(999_999_999_999_999_999);
                (
                    low,
                    Money {
                        ten_thousandths: high,
                        ..low
                    },
                )
            });
            any_range(ends).prop_map(Value::MoneyRange).boxed()
        }
        Kind::Choice | Kind::Set | Kind::ChannelDates => any_choices(field),
        _ => any_plain(field),
    }
}

/// Any value that is made of the field's choices.
fn any_choices(field: &'static Field) -> BoxedStrategy<Value> {
    let slugs: Vec<String> = field
        .choices
        .iter()
        .map(|choice| choice.slug.to_owned())
        .collect();
    match field.kind {
        Kind::Choice => prop::sample::select(slugs).prop_map(Value::Choice).boxed(),
        Kind::Set => {
            let most = field.most.min(slugs.len());
            prop::sample::subsequence(slugs, 0..=most)
                .prop_map(|slugs| Value::Set(slugs.into_iter().collect()))
                .boxed()
        }
        _ => prop::collection::btree_map(prop::sample::select(slugs), any_date(), 0..4)
            .prop_map(Value::ChannelDates)
            .boxed(),
    }
}

/// Any value of the kinds with neither choices nor ends.
fn any_plain(field: &'static Field) -> BoxedStrategy<Value> {
    match field.kind {
        Kind::Text if field.name == "plan.currency" => Just(Value::Text("EUR".to_owned())).boxed(),
        Kind::Text => any_words().prop_map(Value::Text).boxed(),
        Kind::List => prop::collection::vec(any_words(), 0..4)
            .prop_map(Value::List)
            .boxed(),
        Kind::Money => any_money().prop_map(Value::Money).boxed(),
        Kind::MoneyPerYear => any_money().prop_map(Value::MoneyPerYear).boxed(),
        Kind::Price => any_price().prop_map(Value::Price).boxed(),
        Kind::Prices => prop::collection::vec(any_price(), 1..4)
            .prop_map(Value::Prices)
            .boxed(),
        Kind::Percent => {
            let (low, high) = field.percent;
            (low * 100..=high * 100)
                .prop_map(|n| Value::Percent(Percent(n)))
                .boxed()
        }
        Kind::Count => (0..1_000_000_000_000_u64).prop_map(Value::Count).boxed(),
        Kind::Days => (0..1_000_000_i64)
            .prop_map(|n| Value::Days(Length(n)))
            .boxed(),
        Kind::Months => (0..1_000_000_i64)
            .prop_map(|n| Value::Months(Length(n)))
            .boxed(),
        Kind::Date => any_date().prop_map(Value::Date).boxed(),
        _ => any::<bool>().prop_map(Value::YesNo).boxed(),
    }
}

pub(in crate::plan) fn any_field_and_value() -> impl Strategy<Value = (&'static Field, Value)> {
    prop::sample::select(fields().iter().collect::<Vec<_>>())
        .prop_flat_map(|field| any_value(field).prop_map(move |value| (field, value)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn what_is_shown_is_read_back((field, value) in any_field_and_value()) {
        let shown = value.display(field);
        prop_assert_eq!(field.parse(&shown, &context()), Ok(value), "{}: {}", field.name, shown);
    }

    #[test]
    fn case_and_white_space_do_not_matter((field, value) in any_field_and_value()) {
        if matches!(field.kind, Kind::Text | Kind::List) {
            // The case of free words is theirs.
            return Ok(());
        }
        let shown = value.display(field);
        let loud = format!("  {}  ", shown.to_uppercase().replace(' ', "\u{00A0} "));
        prop_assert_eq!(field.parse(&loud, &context()), Ok(value), "{}: {}", field.name, loud);
    }

    #[test]
    fn values_are_stored_as_they_are((_, value) in any_field_and_value()) {
        let stored = serde_json::to_string(&value).expect("values are stored as JSON");
        prop_assert_eq!(serde_json::from_str::<Value>(&stored).ok(), Some(value));
    }

    #[test]
    fn no_input_panics_and_every_error_names_an_input_that_works(
        at in 0..fields().len(),
        words in prop_oneof![".{0,40}", "[-+0-9.,'%$€kKmM/ a-z]{0,24}", "(in |next |a )?[0-9]{1,20} ?[a-z]{0,8}"],
    ) {
        let field = &fields()[at];
        if let Err(error) = field.parse(&words, &context()) {
            prop_assert!(field.parse(&error.example, &context()).is_ok(), "{}: {}", field.name, error);
        }
    }

    #[test]
    fn whatever_is_read_reads_back_the_same(
        at in 0..fields().len(),
        words in "[-+0-9.,%$€kM/ a-z]{1,16}",
    ) {
        let field = &fields()[at];
        if let Ok(value) = field.parse(&words, &context()) {
            let shown = value.display(field);
            prop_assert_eq!(field.parse(&shown, &context()), Ok(value), "{}: {}", words, shown);
        }
    }

    #[test]
    fn thousands_separators_do_not_change_a_number(number in 0..1_000_000_000_000_u64) {
        let field = field("plan.customers").expect("the catalogue has it");
        let plain = field.parse(&number.to_string(), &context());
        let grouped = crate::text::grouped(u128::from(number));
        for sign in [",", " ", "'", "_", "\u{202F}"] {
            prop_assert_eq!(&field.parse(&grouped.replace(',', sign), &context()), &plain);
        }
    }

    #[test]
    fn money_is_exact(units in 0..1_000_000_000_000_i64) {
        let money = Money { ten_thousandths: units, currency: Currency::USD };
        let shown = money.to_string().replace(['$', ','], "");
        let (whole, part) = shown.split_once('.').unwrap_or((&shown, ""));
        let digits = format!("{whole}{part:0<4}");
        prop_assert_eq!(digits.parse::<i64>(), Ok(units));
    }
}
