//! The options that one message names: behind marks, "A: email only. B: email and chat", or with "or".

use super::options::{Item, differ};
use super::replies::said;
use super::restated;
use super::talk::Talk;
use super::{Context, Finding};
use crate::plan::Kind;
use crate::text;

/// An item of a choice without marks has at most so many words.
const ITEM: usize = 4;
/// So many letters or digits mark options.
const MARKS: [&str; 2] = ["abcde", "12345"];

/// The options behind marks, where there are two or more.
pub(super) fn marked_items(message: &str, context: &Context<'_>) -> Option<Vec<Item>> {
    let marked = marked(message);
    let lead = message[..marked.first().filter(|_| marked.len() > 1)?.1].trim();
    let items = marked
        .iter()
        .map(|&(mark, _, words)| item(Some(mark), lead, words, message, context));
    Some(items.collect())
}

/// The options behind marks such as "A:", "2)" and "option b -", with where the first mark begins.
fn marked(message: &str) -> Vec<(char, usize, &str)> {
    let marks: Vec<(char, usize, usize)> = message
        .char_indices()
        .filter_map(|(at, letter)| mark_at(message, at, letter))
        .collect();
    let of_kind = |kind: &str| {
        let mut expected = kind.chars();
        let mut next = expected.next();
        let mut row = Vec::new();
        for &(mark, from, to) in &marks {
            if next.is_some_and(|it| it.eq_ignore_ascii_case(&mark)) {
                row.push((mark, from, to));
                next = expected.next();
            }
        }
        row
    };
    let rows = MARKS.iter().map(|kind| of_kind(kind));
    let row = rows.max_by_key(Vec::len).unwrap_or_default();
    let end = |at: usize| row.get(at + 1).map_or(message.len(), |next| next.1);
    let ends = [',', ';', '.', ' ', '\n', '?', '(', '-', '*'];
    row.iter()
        .enumerate()
        .map(|(at, &(mark, from, to))| {
            let words = message[to..end(at)].trim().trim_end_matches(ends);
            let words = words
                .strip_suffix(" or")
                .or(words.strip_suffix(" and"))
                .unwrap_or(words);
            (mark, from, words.trim_end_matches(ends))
        })
        .filter(|(_, _, words)| !words.is_empty())
        .collect()
}

/// The mark at a letter, with where it begins and ends: "option A: ", "2) ", "B is ".
fn mark_at(message: &str, at: usize, letter: char) -> Option<(char, usize, usize)> {
    if !letter.is_ascii_alphanumeric() {
        return None;
    }
    let (before, behind) = (&message[..at], &message[at + 1..]);
    let kind = ["option ", "options", "variant ", "scenario ", "choices"]
        .iter()
        .find(|it| {
            let start = before.len().checked_sub(it.len());
            let typed = start.and_then(|from| before.get(from..));
            typed.is_some_and(|typed| typed.eq_ignore_ascii_case(it))
        });
    let begins = before.is_empty() || before.ends_with([' ', '\n', '(', '*']);
    let sign = [")", ":", "."].iter().find(|it| behind.starts_with(**it));
    let upper = letter.is_ascii_uppercase() || kind.is_some();
    let is = ["is ", "= ", "- "].iter().find(|it| {
        upper
            && behind
                .strip_prefix(' ')
                .is_some_and(|rest| rest.starts_with(**it))
    });
    let length = sign.map(|it| it.len()).or(is.map(|it| it.len() + 1))?;
    let spaced = is.is_some() || behind[length..].starts_with([' ', '\n']);
    // "Plan b." ends a sentence, "b. webinars" begins a line.
    let dotted = sign.is_some_and(|it| *it == ".");
    let line = before.is_empty() || before.ends_with('\n') || letter.is_ascii_digit();
    let from = at - kind.map_or(0, |it| it.len());
    (begins && spaced && (!dotted || line)).then_some((letter, from, at + 1 + length))
}

/// An option, and what is said where it is taken.
fn item(mark: Option<char>, lead: &str, words: &str, message: &str, context: &Context<'_>) -> Item {
    let mut forms = Vec::new();
    let asks = lead.trim_end_matches([' ', ':']);
    if restated::asks_for_value(asks) {
        forms.extend(
            restated::filled(asks, words)
                .into_iter()
                .map(|(form, _)| form),
        );
    } else if !lead.is_empty() {
        let lead = restated::label(lead.trim_end_matches([':', '.', '?', ' ']));
        forms.push(format!("{lead}: {words}"));
        forms.push(format!("{lead} {words}"));
    }
    forms.push(words.to_owned());
    let findings = forms.iter().map(|form| of_words(form, words, context));
    let mut findings: Vec<Finding> = findings
        .into_iter()
        .find(|it| !it.is_empty())
        .unwrap_or_default();
    for it in &mut findings {
        if !message.contains(&it.quote) {
            words.clone_into(&mut it.quote);
        }
    }
    Item {
        mark,
        words: text::fold(words),
        typed: words.to_owned(),
        findings,
    }
}

/// What a statement says with words of an option.
fn of_words(form: &str, words: &str, context: &Context<'_>) -> Vec<Finding> {
    let mut found = said(form, context, &Talk::default());
    let at = form.find(words).map(|from| from..from + words.len());
    found.retain(|it| {
        let place = form.find(&it.quote).map(|from| from..from + it.quote.len());
        match (&at, place) {
            (Some(at), Some(it)) => it.start < at.end && at.start < it.end,
            _ => true,
        }
    });
    found
}

/// Words by which a sentence without a question mark names options all the same.
const OPEN: &[&str] = &["could", "either", "whether", "should", "decide", "options"];

/// The words beside an "or".
struct Sides<'a> {
    /// What stands before the sentence.
    before: String,
    left: &'a [&'a str],
    right: &'a [&'a str],
    context: &'a Context<'a>,
}

/// The options of "SDRs or AEs?": two that make different statements of their sentence.
pub(super) fn of(message: &str, context: &Context<'_>) -> Option<Vec<Item>> {
    let typed: Vec<&str> = message.split_whitespace().collect();
    let is_or = |it: &&str| matches!(text::fold(it).as_str(), "or" | "vs");
    let or = typed.iter().rposition(is_or)?;
    let ends = |it: &&str| it.ends_with(['.', '?', '!', ';']);
    let start = typed[..or].iter().rposition(ends);
    let start = start.map_or(0, |it| it + 1);
    let end = typed[or..].iter().position(ends);
    let end = end.map_or(typed.len(), |it| or + it + 1);
    let asks = typed[end - 1].ends_with('?') || restated::asks(&typed[start..end].join(" "));
    let mut words = typed[start..end].iter();
    let open = words.any(|it| OPEN.contains(&text::fold(it).as_str()));
    if or == start || or + 1 >= end || !(asks || open) {
        return None;
    }
    let sides = Sides {
        before: typed[..start].join(" "),
        left: &typed[start..or],
        right: &typed[or + 1..end],
        context,
    };
    sides.items().map(|it| shared(it, message))
}

impl Sides<'_> {
    /// The two items that make different statements, each with as few words as do.
    fn items(&self) -> Option<Vec<Item>> {
        let (left, right) = (self.left, self.right);
        let rights = (1..=right.len().min(ITEM)).rev();
        let firsts: Vec<Item> = rights.map(|it| self.first(it)).collect();
        // "The plant manager or the head of maintenance": both begin with the same word.
        let begins = text::fold(right[0]);
        let is_alike = |it: &usize| text::fold(left[left.len() - it]) == begins;
        let most = left.len().min(ITEM);
        let alike = (1..=most).find(is_alike);
        alike.into_iter().chain(1..=most).find_map(|dropped| {
            let second = self.second(dropped);
            let at = firsts.iter().position(|it| differ(it, &second))?;
            let taken = right.len().min(ITEM) - at;
            let one = made(&left[left.len() - dropped..], firsts[at].findings.clone());
            let two = made(&right[..taken], second.findings);
            Some(vec![one, two])
        })
    }

    /// The left item, where so many words of the right side are the other one and both share the rest.
    fn first(&self, taken: usize) -> Item {
        let shared = self.right[taken..].join(" ");
        let words = format!("{} {shared}", self.left.join(" "));
        let item = &self.left[self.left.len() - self.left.len().min(ITEM)..];
        made(item, self.heard(words, &item.join(" ")))
    }

    /// The right item, where so many words of the left side are the other one.
    fn second(&self, dropped: usize) -> Item {
        let kept = self.left[..self.left.len() - dropped].join(" ");
        let item = self.right.join(" ");
        made(self.right, self.heard(format!("{kept} {item}"), &item))
    }

    /// What the sentence states with one item alone.
    fn heard(&self, words: String, item: &str) -> Vec<Finding> {
        let item = item.trim_end_matches(['?', ',', '.']);
        let mut forms = restated::assented(&words);
        if forms.is_empty() {
            forms.push(words);
        }
        let mut found = forms.iter().map(|form| {
            let whole = format!("{} {form}", self.before);
            of_words(whole.trim(), item, self.context)
        });
        found.find(|it| !it.is_empty()).unwrap_or_default()
    }
}

fn made(words: &[&str], findings: Vec<Finding>) -> Item {
    let typed = words.join(" ");
    Item {
        mark: None,
        words: text::fold(typed.trim_end_matches(['?', ',', '.'])),
        typed,
        findings,
    }
}

/// The options with what only one of them says of each field, quoted from the message.
fn shared(mut items: Vec<Item>, message: &str) -> Vec<Item> {
    let all = items.clone();
    for it in &mut items {
        let words = it.words.clone();
        it.findings.retain(|found| {
            let same = |other: &Finding| other.field.name == found.field.name;
            let everywhere = all.iter().all(|it| it.findings.iter().any(same));
            everywhere || found.field.kind != Kind::Text
        });
        for found in &mut it.findings {
            if !message.contains(&found.quote) {
                let folded = message.to_lowercase();
                let place = folded
                    .find(&words)
                    .filter(|_| folded.len() == message.len());
                let quote = place.and_then(|at| message.get(at..at + words.len()));
                quote.unwrap_or(message).clone_into(&mut found.quote);
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_part_options() {
        let check = |message: &str, expected: &[(char, &str)]| {
            let found: Vec<(char, &str)> = marked(message)
                .into_iter()
                .map(|(mark, _, words)| (mark, words))
                .collect();
            assert_eq!(found, expected, "{message}");
        };
        check(
            "option A: 14 day free trial. option B: paid pilot",
            &[('A', "14 day free trial"), ('B', "paid pilot")],
        );
        check(
            "we could go 1) linkedin 2) webinars or 3) podcasts?",
            &[('1', "linkedin"), ('2', "webinars"), ('3', "podcasts")],
        );
        check(
            "A is keep the reps on it, B is PLG",
            &[('A', "keep the reps on it"), ('B', "PLG")],
        );
        check("a 14 day trial: yes", &[]);
    }
}
