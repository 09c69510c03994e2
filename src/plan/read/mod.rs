//! The value reader: words as revenue people type them, to a field's value.
//!
//! It never guesses: words with two readings are refused, and the error names both.

mod amounts;
mod choice;
mod date;
mod dates;
mod duration;
mod in_words;
mod money;

mod number;
mod placeholder;
#[cfg(test)]
mod properties;
mod range;
mod refusal;
mod scan;
mod tail;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use duration::days_in;
pub use in_words::{SMALL as SMALL_NUMBERS, TENS as MULTIPLES_OF_TEN};
#[cfg(test)]
pub(super) use properties::any_field_and_value;
pub use scan::{Amount, Holder, Scan, Shape, scan};
pub(super) use words::{needs_quotes, quoted};

use jiff::civil::Date;

use super::field::{Field, Items, Kind};
use super::{Currency, Value, ValueError};
use crate::text;

/// What a value's reading depends on beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseContext {
    /// The currency of an amount that names none.
    pub currency: Currency,
    /// The day that "next Monday" counts from.
    pub today: Date,
}

/// The longest input that is read at all, in bytes; a text field holds far less.
const LONGEST_INPUT: usize = 64 * 1024;

impl Field {
    /// Reads a value of this field.
    pub fn parse(&self, words: &str, context: &ParseContext) -> Result<Value, ValueError> {
        if words.trim().is_empty() {
            return Err(ValueError {
                understood: "nothing".to_owned(),
                ..self.refuse(words, format!("{} needs a value", self.label))
            });
        }
        if words.len() > LONGEST_INPUT {
            return Err(self.refuse(words, "that is too long to be read"));
        }
        let read = match self.kind {
            Kind::Text => words::parse_text(self, words),
            Kind::List => words::parse_list(self, &words::items(words, self.items)),
            Kind::Money | Kind::MoneyPerYear | Kind::Price => money::parse(self, words, *context),
            Kind::Prices => {
                money::parse_prices(self, &words::items(words, Items::Phrases), *context)
            }
            Kind::Percent => amounts::parse_percent(self, words),
            Kind::Count => amounts::parse_count(self, words),
            Kind::Days | Kind::Months => duration::parse(self, words),
            Kind::Date => date::parse_for(self, words, context.today).map(Value::Date),
            Kind::CountRange | Kind::MoneyRange => range::parse(self, words, *context),
            Kind::Choice => {
                choice::parse_one(self, words).map(|c| Value::Choice(c.slug.to_owned()))
            }
            Kind::Set => choice::parse_set_words(self, words),
            Kind::ChannelDates => dates::parse(self, words, context.today),
            Kind::YesNo => words::parse_yes_no(self, words),
        };
        read.map_err(|error| self.or_left_open(error, &[words]))
    }

    /// Reads a value of several items that come separated already, as files give them.
    pub fn parse_items(
        &self,
        items: &[String],
        context: &ParseContext,
    ) -> Result<Value, ValueError> {
        let read = match self.kind {
            Kind::List => words::parse_list(self, items),
            Kind::Set => choice::parse_set(self, items),
            Kind::Prices => money::parse_prices(self, items, *context),
            Kind::ChannelDates => dates::parse_items(self, items, context.today),
            _ => Err(self.refuse(&items.join(", "), format!("{} is one value", self.label))),
        };
        read.map_err(|error| self.or_left_open(error, items))
    }

    /// Whether the words hold the place of an answer and give none: "tbd", "n/a", "?".
    pub fn is_left_open_by(&self, words: &str) -> bool {
        placeholder::holds_place(self, words)
    }

    /// The error; where one of the items only holds the place of an answer, that says more.
    fn or_left_open(&self, error: ValueError, items: &[impl AsRef<str>]) -> ValueError {
        let mut items = items.iter().map(AsRef::as_ref);
        match items.find(|item| self.is_left_open_by(item)) {
            Some(item) => placeholder::refusal(self, item),
            None => error,
        }
    }
}

/// Reads a date alone, for what stands beside the fields: "until next Monday".
pub fn parse_date(words: &str, today: Date) -> Result<Date, ValueError> {
    date::parse(words, today).map_err(|problem| ValueError {
        understood: text::quote(words),
        problem,
        example: today.to_string(),
        meanings: Box::default(),
        beside: None,
        leaves_open: false,
    })
}

/// Words before a number that say nothing more: the field's own name, and "about".
fn common_lead<'a>(field: &Field, words: &'a str) -> &'a str {
    const FILLERS: &[&str] = &[
        "about ",
        "around ",
        "roughly ",
        "approximately ",
        "approx. ",
        "approx ",
        "circa ",
        "ca. ",
        "is ",
        "currently ",
        "~",
        "=",
        "we have ",
        "we're at ",
        "we are at ",
        "it is ",
        "it's ",
    ];
    let mut rest = words.trim_start();
    loop {
        let before = rest;
        // Mostly the number itself stands there.
        let counts = rest.starts_with(|letter: char| letter.is_ascii_digit());
        let fillers = if counts { &[][..] } else { FILLERS };
        for filler in fillers {
            rest = rest.strip_prefix(filler).unwrap_or(rest).trim_start();
        }
        if let Some(after) = behind_name(field, rest) {
            rest = after.trim_start_matches([' ', ':', '=']);
            rest = rest.strip_prefix("of ").unwrap_or(rest);
        }
        if rest == before {
            return rest;
        }
    }
}

/// What stands behind the longest name of the field that folded words begin with.
fn behind_name<'a>(field: &Field, words: &'a str) -> Option<&'a str> {
    let first = words.bytes().next()?;
    let own = [field.last_part(), field.label];
    let own = own.into_iter().chain(field.aliases.iter().copied());
    let begins = |name: &&str| {
        let letter = name.bytes().next();
        letter.is_some_and(|letter| !letter.is_ascii() || letter.to_ascii_lowercase() == first)
    };
    let behind = own.filter(begins).filter_map(|name| {
        let name = text::fold(name).replace('_', " ");
        let after = words.strip_prefix(name.as_str())?;
        after.starts_with([' ', ':', '=']).then_some(after)
    });
    behind.min_by_key(|after| after.len())
}
