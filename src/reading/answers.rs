//! Short answers to what was asked before: "who signs?" "usually the CFO", and "option B".

use super::places::is_place;
use super::profile::SIGNS;
use super::words::english;
use super::{Context, Finder, Finding};
use crate::plan::{self, Field, ParseContext, Value};
use crate::text;

/// An answer has no more words than this.
const WORDS: usize = 6;

/// What a short message answers where that field was asked for, and the words that say it.
pub(super) fn answer<'a>(
    message: &'a str,
    field: &'static Field,
    context: ParseContext,
) -> Option<(Value, &'a str)> {
    let words = said(message)?;
    let folded = text::fold(words);
    let items: Vec<&str> = folded
        .split([',', '&', '+'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect();
    let fits = |item: &&str| match field.name {
        "icp.buyer" => item
            .split([' ', '-'])
            .any(|word| english().roles.contains(word)),
        "icp.geography" => is_place(item),
        "icp.industry" => item.rsplit(' ').next().is_some_and(|last| {
            english().groups.contains(last) || english().industries.contains(last)
        }),
        _ => false,
    };
    if items.is_empty() || !items.iter().all(fits) {
        return None;
    }
    Some((field.parse(words, &context).ok()?, words))
}

/// What a short answer says of the field that was asked for.
pub(super) fn answered(
    message: &str,
    context: &Context<'_>,
    field: &'static Field,
) -> Option<Finding> {
    let (value, words) = answer(message, field, context.parse)?;
    Some(finding(field, value, words, context))
}

/// The value that these words of an answer are, of the field that was asked for.
pub(super) fn finding(
    field: &'static Field,
    value: Value,
    words: &str,
    context: &Context<'_>,
) -> Finding {
    let segment = context.segment(field, None);
    Finding {
        field,
        replaces: context
            .replaced(field, segment.as_ref())
            .filter(|old| *old != value),
        segment,
        value,
        quote: words.to_owned(),
        line: 1,
        speaker: None,
        by: Finder::Reader,
    }
}

/// An answer without the words by which it is somebody's view: "I'd say it's the CFO".
pub(super) fn without_opinion(words: &str) -> &str {
    let folded = text::fold(words);
    let said = english().views.beginning(&folded).find_map(|view| {
        let ends = words
            .char_indices()
            .map(|(at, letter)| at + letter.len_utf8());
        let end = ends
            .take(view.len())
            .find(|end| text::fold(&words[..*end]) == view)?;
        let rest = &words[end..];
        rest.starts_with([' ', ',']).then_some(rest)
    });
    said.map_or(words, |rest| rest.trim_start_matches([' ', ',']))
}

/// The words of a short statement without those that say nothing before it.
fn said(message: &str) -> Option<&str> {
    let mut words = without_opinion(message.trim().trim_end_matches(['.', '!']));
    if words.contains(['?', ':', '\n']) || words.split_whitespace().count() > WORDS {
        return None;
    }
    while let Some((first, rest)) = words.split_once(' ') {
        let first = text::fold(first);
        let goes_on = ["it's ", "its ", "the "]
            .iter()
            .any(|it| text::fold(rest).starts_with(it));
        let denies = matches!(first.as_str(), "no," | "nope," | "nah,")
            || (matches!(first.as_str(), "no" | "nope" | "nah") && goes_on);
        let first = first.trim_end_matches(',');
        let silent = matches!(
            first,
            "then"
                | "so"
                | "ok"
                | "usually"
                | "mostly"
                | "always"
                | "the"
                | "our"
                | "their"
                | "it's"
                | "its"
                | "that's"
                | "a"
        );
        if !silent && !denies {
            break;
        }
        words = rest.trim_start();
    }
    (!words.is_empty()).then_some(words)
}

/// Whether a question asks who decides.
pub(super) fn asks_for_buyer(folded: &str) -> bool {
    folded.contains('?') && folded.contains("who") && SIGNS.iter().any(|verb| folded.contains(verb))
}

/// The places that stand beside an answer to "who are we for?": "insurers, Switzerland only".
pub(super) fn place_beside(message: &str, context: &Context<'_>) -> Option<Finding> {
    let field = plan::field("icp.geography")?;
    let places = |part: &str| {
        let words = part.trim().trim_end_matches(['.', '!']);
        let end = [" only", " for now", " for the moment", " first"]
            .iter()
            .filter_map(|end| words.find(end))
            .min();
        answered(&words[..end.unwrap_or(words.len())], context, field)
    };
    message.split([',', ';']).skip(1).find_map(places)
}

/// How people ask whom they sell to.
const WHOM: &[&str] = &[
    "who do we sell to",
    "whom do we sell to",
    "who are we selling to",
    "who do we target",
    "who are we targeting",
    "who is our customer",
    "who's our customer",
    "who are our customers",
    "who is our icp",
    "who's our icp",
    "who is it for",
    "who are we going after",
    "who are we for",
    "who is this for",
    "who's it for",
];

/// The field that is asked for without its name.
pub(super) fn topic_of_question(message: &str) -> Option<&'static Field> {
    let folded = text::fold(message);
    if WHOM.iter().any(|asked| folded.contains(asked)) {
        return plan::field("icp.industry");
    }
    if folded.contains("who uses") || folded.contains("who will use") {
        return plan::field("icp.users");
    }
    asks_for_buyer(&folded)
        .then(|| plan::field("icp.buyer"))
        .flatten()
}

/// What an answer begins with, before it says more: "accounting firms with 5-30 people".
pub(super) fn opening(message: &str) -> &str {
    let ends = [
        " with ", " in ", " of ", " that ", " who ", " - ", ",", "(", ";", "\n",
    ];
    let end = ends.iter().filter_map(|end| message.find(end)).min();
    &message[..end.unwrap_or(message.len())]
}

#[cfg(test)]
mod tests {
    use super::without_opinion;

    #[test]
    fn an_answer_stands_without_the_words_of_a_view() {
        for view in ["I'd say the CFO", "I\u{2019}d say the CFO", "imo, the CFO"] {
            assert_eq!(without_opinion(view), "the CFO", "{view}");
        }
        assert_eq!(without_opinion("I thinking"), "I thinking");
        assert_eq!(without_opinion("\u{130}stanbul"), "\u{130}stanbul");
    }
}
