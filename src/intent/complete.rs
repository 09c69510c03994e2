//! What may follow the words typed so far.

use super::entry::{Entry, Takes};
use super::place::components;
use super::table::table;
use super::{ReplyKind, entry};
use crate::plan::{self, Field};
use crate::text;

/// The most completions that are offered at once.
const MOST: usize = 20;

/// One way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// All the words, from the command on.
    pub words: String,
    /// What they mean, in one line.
    pub hint: String,
}

/// The ways to go on from what has been typed after the command's name; at most 20, in the order
/// of the tables.
pub fn completions(prefix: &str) -> Vec<Completion> {
    let typed = prefix.trim_start();
    let mut found = match command_in(typed) {
        Some((entry, rest)) => arguments(entry, rest),
        None => commands(typed, |_| true),
    };
    found.truncate(MOST);
    found
}

/// The command that is typed in full, with a space behind it, and what follows.
fn command_in(typed: &str) -> Option<(&'static Entry, &str)> {
    table().iter().find_map(|entry| {
        let head = typed.get(..entry.name.len())?;
        let rest = &typed[entry.name.len()..];
        let complete =
            head.eq_ignore_ascii_case(entry.name) && rest.starts_with(char::is_whitespace);
        complete.then(|| (entry, rest.trim_start()))
    })
}

fn commands(typed: &str, fits: impl Fn(&Entry) -> bool) -> Vec<Completion> {
    let typed = text::fold(typed);
    table()
        .iter()
        .filter(|entry| fits(entry) && entry.name.starts_with(&typed))
        .map(|entry| Completion {
            words: entry.name.to_owned(),
            hint: match entry.usage[entry.name.len()..].trim_start() {
                "" => entry.help.to_owned(),
                arguments => format!("{arguments} · {}", entry.help),
            },
        })
        .collect()
}

fn arguments(entry: &'static Entry, rest: &str) -> Vec<Completion> {
    let inner = match entry.takes {
        Takes::Nothing | Takes::Words => Vec::new(),
        Takes::Command => commands(rest, |_| true),
        Takes::ReadingCommand => shared(rest),
        Takes::Component => components_like(rest),
        Takes::Field => fields_like(rest),
        Takes::FieldAndValue => match field_in(rest) {
            Some((field, value)) => values(field, value),
            None => fields_like(rest),
        },
    };
    inner
        .into_iter()
        .map(|inner| Completion {
            words: format!("{} {}", entry.name, inner.words),
            hint: inner.hint,
        })
        .collect()
}

fn shared(rest: &str) -> Vec<Completion> {
    match command_in(rest) {
        Some((inner, rest)) if inner.takes != Takes::ReadingCommand => arguments(inner, rest),
        Some(_) => Vec::new(),
        None => {
            let share = entry("share").map(|share| share.name);
            commands(rest, |entry| {
                entry.reply == ReplyKind::Reading && Some(entry.name) != share
            })
        }
    }
}

fn components_like(rest: &str) -> Vec<Completion> {
    let typed = text::fold(rest);
    components()
        .into_iter()
        .filter(|name| name.starts_with(&typed))
        .map(|name| Completion {
            words: name.to_owned(),
            hint: String::new(),
        })
        .collect()
}

fn fields_like(rest: &str) -> Vec<Completion> {
    let typed = text::fold(rest);
    plan::fields()
        .iter()
        .filter(|field| field.name.starts_with(&typed) || field.last_part().starts_with(&typed))
        .map(|field| Completion {
            words: field.name.to_owned(),
            hint: field.question.to_owned(),
        })
        .collect()
}

/// The field that is typed in full, with a space behind it, and what follows.
fn field_in(rest: &str) -> Option<(&'static Field, &str)> {
    let (name, value) = rest.split_once(char::is_whitespace)?;
    let field = plan::field(&text::fold(name))?;
    Some((field, value.trim_start()))
}

fn values(field: &Field, value: &str) -> Vec<Completion> {
    let typed = text::fold(value);
    let choices = field
        .choices
        .iter()
        .filter(|choice| choice.slug.starts_with(&typed));
    let mut found: Vec<_> = choices
        .map(|choice| Completion {
            words: format!("{} {}", field.name, choice.slug),
            hint: choice.label.to_owned(),
        })
        .collect();
    if found.is_empty() && typed.is_empty() {
        found.push(Completion {
            words: format!("{} {}", field.name, field.example()),
            hint: field.question.to_owned(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(prefix: &str, first: &[&str]) {
        let found = completions(prefix);
        let words: Vec<_> = found
            .iter()
            .take(first.len())
            .map(|c| c.words.as_str())
            .collect();
        assert_eq!(words, first, "{prefix:?}");
    }

    #[test]
    fn each_step_is_offered() {
        check("", &["set", "check", "next"]);
        check("se", &["set", "sensitivity"]);
        check("set pri", &["set pricing.model", "set pricing.price"]);
        check("set motion", &["set sales.motion", "set marketing.motion"]);
        check("set sales.motion fi", &["set sales.motion field"]);
        check("set pricing.price ", &["set pricing.price $49 a month"]);
        check("share ", &["share check", "share next"]);
        check("share plan pri", &["share plan pricing"]);
        check("help un", &["help unset", "help undo"]);
        check("plan p", &["plan plan", "plan positioning", "plan pricing"]);
    }

    #[test]
    fn nothing_is_offered_where_anything_may_follow() {
        assert!(completions("explain ").is_empty());
        assert!(completions("nonsense").is_empty());
        assert!(completions("set value.problem some words").is_empty());
        assert!(completions("share share ").is_empty());
    }

    proptest! {
        #[test]
        fn a_completion_begins_with_a_command_and_there_are_few(prefix in ".{0,30}") {
            let found = completions(&prefix);
            prop_assert!(found.len() <= MOST);
            for completion in found {
                prop_assert!(table().iter().any(|entry| completion.words.starts_with(entry.name)));
            }
        }
    }
}
