//! The points of a list that is asked for, and the messages that answer them: "1) churn? 2) cycle?", "2) 45 days".

use super::clean::Clean;
use super::message::asked_for;
use super::{Context, Finding, answers};
use crate::plan::{self, Field, Kind};

/// An answer in words of its own has at most so many.
const ANSWER: usize = 5;

/// A point of a list, and the field that it asks for where that is known.
#[derive(Debug, Clone)]
pub(super) struct Point {
    mark: String,
    pub(super) field: Option<&'static Field>,
}

/// The points that a message lists.
pub(super) fn points(message: &str, context: &Context<'_>) -> Vec<Point> {
    let parts = parts(message);
    if parts.len() < 2 {
        return Vec::new();
    }
    let point = |(mark, words): (&str, &str)| Point {
        mark: mark.to_lowercase(),
        field: field_of(words, context),
    };
    let points: Vec<Point> = parts.into_iter().map(point).collect();
    if points.iter().all(|it| it.field.is_none()) {
        return Vec::new();
    }
    points
}

/// The field that the words of a point ask for: "who signs", "churn", "which countries".
pub(super) fn field_of(words: &str, context: &Context<'_>) -> Option<&'static Field> {
    let words = words.trim_matches(|it: char| it.is_whitespace() || ",;.?".contains(it));
    let asked = format!("{words}?");
    plan::field_called(words)
        .or_else(|| answers::topic_of_question(&asked))
        .or_else(|| asked_for(&asked, &Clean::new(&asked), context))
}

/// What a message says to each of the points, where it begins with the mark of one.
pub(super) fn answered<'a>(message: &'a str, points: &[Point]) -> Vec<(&'static Field, &'a str)> {
    let known = |mark: &str| points.iter().find(|it| it.mark.eq_ignore_ascii_case(mark));
    let parts = parts(message);
    let begins = parts
        .first()
        .is_some_and(|(mark, _)| message.trim_start().starts_with(mark));
    if !begins {
        return Vec::new();
    }
    let answer = |(mark, words): (&str, &'a str)| Some((known(mark)?.field?, words.trim()));
    parts
        .into_iter()
        .filter_map(answer)
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

/// A short answer in words of its own: "b) dispatchers".
pub(super) fn worded(words: &str, field: &'static Field, context: &Context<'_>) -> Option<Finding> {
    let free = matches!(field.kind, Kind::Text | Kind::List);
    let short = words.split_whitespace().count() <= ANSWER && !words.contains('?');
    let words = words.trim_end_matches(['.', '!']);
    let value = field
        .parse(words, &context.parse)
        .ok()
        .filter(|_| free && short)?;
    Some(answers::finding(field, value, words, context))
}

/// The field of the point that a message goes on to: "ok 3)".
pub(super) fn opened(message: &str, points: &[Point]) -> Option<&'static Field> {
    let (mark, words) = parts(message).pop()?;
    let known = points
        .iter()
        .find(|it| it.mark.eq_ignore_ascii_case(mark))?;
    known
        .field
        .filter(|_| words.trim_matches(['?', ' ', '.']).is_empty())
}

/// The parts of a message behind marks such as "1)" and "b)".
fn parts(message: &str) -> Vec<(&str, &str)> {
    let ends = message.match_indices(')').map(|(at, _)| at);
    let marks: Vec<usize> = ends.filter(|&at| is_mark(message, at)).collect();
    let until = |place: usize| marks.get(place + 1).map_or(message.len(), |next| next - 1);
    let part =
        |(place, &at): (usize, &usize)| (&message[at - 1..at], &message[at + 1..until(place)]);
    marks.iter().enumerate().map(part).collect()
}

/// Whether one letter or digit stands alone before the bracket.
fn is_mark(message: &str, at: usize) -> bool {
    let mut before = message[..at].chars().rev();
    let mark = before.next().is_some_and(|it| it.is_ascii_alphanumeric());
    mark && before.next().is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_where_the_next_begins() {
        assert_eq!(
            parts("1) churn? 2) reps"),
            [("1", " churn? "), ("2", " reps")]
        );
        assert_eq!(parts("a) Spain (for now)"), [("a", " Spain (for now)")]);
        assert_eq!(parts("(12) x, 10) y"), []);
    }
}
