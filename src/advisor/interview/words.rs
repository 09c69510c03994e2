//! What people say in an interview that is no value.

use crate::text;

/// What somebody wants who answers in words of the interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish<'w> {
    /// To pass the question over: also who does not know the answer.
    Skip,
    /// To know what it is asked for.
    Why,
    /// To end.
    Stop,
    /// To say that the question does not apply; with the reason, if one was given.
    NotApplicable(&'w str),
}

const SKIP: [&str; 19] = [
    "skip",
    "skip it",
    "skip this",
    "pass",
    "later",
    "not now",
    "don't know",
    "dont know",
    "i don't know",
    "i dont know",
    "we don't know",
    "we dont know",
    "no idea",
    "not sure",
    "unknown",
    "tbd",
    "undecided",
    "not decided yet",
    "no clue",
];

const WHY: [&str; 6] = [
    "why",
    "why do you ask",
    "why do you ask that",
    "why do you need that",
    "why that",
    "what for",
];

const STOP: [&str; 9] = [
    "stop",
    "enough",
    "that's enough",
    "end",
    "quit",
    "cancel",
    "enough for today",
    "stop asking",
    "i'm done",
];

const NOT_APPLICABLE: [&str; 6] = [
    "not applicable",
    "n/a",
    "does not apply",
    "doesn't apply",
    "does not apply to us",
    "doesn't apply to us",
];

/// What the words of the interview ask for; nothing where they are an answer.
pub(super) fn wish(words: &str) -> Option<Wish<'_>> {
    let folded = text::fold(words).replace('\u{2019}', "'");
    let said = folded.trim_matches(|c: char| c.is_whitespace() || ".!?,".contains(c));
    if SKIP.contains(&said) {
        return Some(Wish::Skip);
    }
    if WHY.contains(&said) {
        return Some(Wish::Why);
    }
    if STOP.contains(&said) {
        return Some(Wish::Stop);
    }
    // The longest lead leaves the least: the reason as it was typed.
    let rest = NOT_APPLICABLE
        .iter()
        .filter_map(|lead| behind(words, lead))
        .min_by_key(|rest| rest.len())?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".,:;-–—".contains(c));
    let reason = ["because ", "since ", "as "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    Some(Wish::NotApplicable(reason.trim()))
}

/// What stands behind `lead`, however its letters, spaces and apostrophe were typed.
fn behind<'w>(words: &'w str, lead: &str) -> Option<&'w str> {
    let mut rest = words.trim_start_matches(|c: char| c.is_whitespace() || ".!?,".contains(c));
    for wanted in lead.chars() {
        let letter = rest.chars().next()?;
        let is_it = match (wanted, letter) {
            (' ', _) => letter.is_whitespace(),
            ('\'', '\u{2019}') => true,
            _ => letter.to_lowercase().eq([wanted]),
        };
        if !is_it {
            return None;
        }
        rest = &rest[letter.len_utf8()..];
        if wanted == ' ' {
            rest = rest.trim_start();
        }
    }
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<Wish<'_>>) {
        assert_eq!(wish(words), expected, "{words}");
    }

    #[test]
    fn who_does_not_know_passes_the_question_over() {
        check("Skip!", Some(Wish::Skip));
        check("I don\u{2019}t know.", Some(Wish::Skip));
        check("no idea", Some(Wish::Skip));
        check("why do you ask?", Some(Wish::Why));
        check("Enough for today", Some(Wish::Stop));
        check("n/a", Some(Wish::NotApplicable("")));
        check(
            "Not applicable: we sell through partners",
            Some(Wish::NotApplicable("we sell through partners")),
        );
        check(
            "doesn't apply to us because there are no reps",
            Some(Wish::NotApplicable("there are no reps")),
        );
        check(
            "doesn\u{2019}t apply because we sell direct",
            Some(Wish::NotApplicable("we sell direct")),
        );
        check("It doesn\u{2019}t  apply to Müller", None);
        check(
            " Doesn\u{2019}t  apply to us — größer wird's nicht",
            Some(Wish::NotApplicable("größer wird's nicht")),
        );
        check(
            "doesn\u{2019}t apply\u{2026}",
            Some(Wish::NotApplicable("\u{2026}")),
        );
    }

    #[test]
    fn an_answer_is_an_answer() {
        check("$49/mo", None);
        check("none", None);
        check("no", None);
        check("stop churn before it starts", None);
        check("they don't know which invoices are open", None);
    }
}
