//! A question as the statement that a yes makes of it, and as the one that its answer makes of it: "are we annual?"
//! "we are annual", "who owns the handoff?" "the AE owns the handoff".

use std::ops::Range;

use crate::text;

/// Words before a question that say nothing of it.
const LEADING: &[&str] = &[
    "and", "so", "ok", "okay", "but", "then", "hm", "hmm", "wait", "also", "btw", "quick", "again",
    "oh", "now", "cool", "thx", "thanks", "great", "nice", "noted", "good",
];

/// Words that only ask for assent: "15% it is, right?"
const TAGS: &[&str] = &[
    "right", "correct", "ok", "okay", "no", "yes", "agreed", "or", "still", "eh", "huh", "deal",
];

/// Words of another clause before a question are at most so many.
const LEAD: usize = 6;

/// Verbs that only weigh what they say: "we could go annual".
const MODALS: &[&str] = &["could", "can", "might", "should", "would"];

/// Verbs that stand before their subject in a question.
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "do", "does", "did", "should", "shall", "can", "could", "would", "will",
    "have", "has",
];

/// What asks for a value.
const ASKING: &[&str] = &[
    "who", "what", "which", "how", "where", "when", "whose", "what's", "who's", "how's", "whats",
    "whos", "why",
];

/// What is asked whether it will do: "what about 59 a seat?"
const FLOATED: &[&str] = &[
    "what about",
    "how about",
    "thoughts on",
    "ok with",
    "fine with",
    "everyone ok with",
    "are you ok with",
    "are we ok with",
    "can we agree on",
    "can we say",
    "do we say",
    "should we say",
    "shall we say",
];

/// Whom a question is about that is none of ours.
const OTHERS: &[&str] = &["you", "they", "he", "she", "anyone", "anybody", "somebody"];

/// An answer, and where it stands in a statement.
pub(super) type Filled = (String, Range<usize>);

/// The words of a question, folded to compare, as typed to hear.
struct Words<'a> {
    typed: Vec<&'a str>,
    folded: Vec<String>,
}

impl<'a> Words<'a> {
    /// Without what leads to the question and what only asks for assent.
    fn of(question: &'a str) -> Self {
        let mut typed: Vec<&str> = question.split_whitespace().collect();
        let bare = |word: &str| {
            let word = text::fold(word);
            let word = word.trim_matches(|it: char| ",.?!:;".contains(it));
            word.to_owned()
        };
        while typed.len() > 1 && LEADING.contains(&bare(typed[0]).as_str()) {
            typed.remove(0);
        }
        // "For the sheet, is the buyer …": the question begins behind the comma.
        let asks = |at: usize| {
            let word = typed.get(at + 1).map_or(String::new(), |it| bare(it));
            typed[at].ends_with(',')
                && (AUXILIARIES.contains(&word.as_str()) || ASKING.contains(&word.as_str()))
        };
        if let Some(comma) = (0..typed.len().min(LEAD)).find(|&at| asks(at)) {
            typed.drain(..=comma);
        }
        while typed.len() > 2
            && typed.last().is_some_and(|it| {
                TAGS.contains(&bare(it).as_str()) && typed[typed.len() - 2].ends_with(',')
            })
        {
            typed.pop();
        }
        let folded = typed.iter().map(|it| bare(it)).collect();
        Self { typed, folded }
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        self.folded
            .get(at)
            .is_some_and(|it| words.contains(&it.as_str()))
    }

    fn joined(&self, range: Range<usize>) -> String {
        let words = self.typed.get(range).unwrap_or_default().join(" ");
        words.trim_end_matches(['?', ',', ' ', '.']).to_owned()
    }

    fn len(&self) -> usize {
        self.typed.len()
    }
}

/// Whether words ask for a value, and not only whether something is so.
pub(super) fn asks_for_value(question: &str) -> bool {
    let words = Words::of(question);
    let floats = FLOATED
        .iter()
        .any(|it| words.folded.join(" ").starts_with(it));
    !floats && (0..words.len()).any(|at| words.is_one_of(at, ASKING))
}

/// Whether words are a question without its mark: "and you test it with what", "who takes the leads".
pub(super) fn asks(words: &str) -> bool {
    const SUBJECTS: &[&str] = &[
        "we", "our", "it", "the", "that", "this", "there", "you", "they", "i",
    ];
    let words = Words::of(words);
    let last = words.len().saturating_sub(1);
    let tells = words.is_one_of(last, &["said", "says", "wrote", "wants"]);
    let begins = words.is_one_of(0, ASKING) && !words.is_one_of(0, &["when", "why"]);
    let turned = words.is_one_of(0, AUXILIARIES) && words.is_one_of(1, SUBJECTS);
    (begins && !tells) || turned || words.is_one_of(last, &["what", "who", "where", "which"])
}

/// What a short question names: "and the users?"
pub(super) fn label(question: &str) -> &str {
    const ARTICLES: &[&str] = &["the", "our", "what", "how", "about", "any", "a"];
    let mut rest = question.trim().trim_end_matches(['?', ' ', '.', '!']);
    while let Some((first, more)) = rest.split_once(' ') {
        let first = text::fold(first);
        let first = first.trim_matches(|it: char| ",.!".contains(it));
        if !LEADING.contains(&first) && !ARTICLES.contains(&first) {
            break;
        }
        rest = more.trim_start();
    }
    rest
}

/// What a yes to a question says: "do we do annual contracts?"
pub(super) fn assented(question: &str) -> Vec<String> {
    let words = Words::of(question);
    let all = words.folded.join(" ");
    let end = words.len();
    if let Some(floated) = FLOATED.iter().find(|it| all.starts_with(**it)) {
        return vec![words.joined(floated.split(' ').count()..end)];
    }
    if asks_for_value(question) || end < 2 || words.folded.iter().any(|it| it == "or") {
        return Vec::new();
    }
    if !words.is_one_of(0, AUXILIARIES) {
        if words.is_one_of(0, OTHERS) {
            return Vec::new();
        }
        let modal = (1..end.min(LEAD)).find(|&at| words.is_one_of(at, MODALS));
        let said = modal.map(|at| format!("{} {}", words.joined(0..at), words.joined(at + 1..end)));
        return vec![said.unwrap_or_else(|| words.joined(0..end))];
    }
    if words.is_one_of(1, OTHERS) {
        return Vec::new();
    }
    let dropped = words.joined(1..end);
    if !words.is_one_of(0, &["is", "are", "was", "have", "has", "will"]) {
        return vec![dropped];
    }
    let verb = words.typed[0].to_lowercase();
    let moved = |to: usize| format!("{} {verb} {}", words.joined(1..to), words.joined(to..end));
    let behind = (2..end.min(5)).map(moved);
    std::iter::once(dropped).chain(behind).collect()
}

/// An answer behind the name of what is asked for.
pub(super) fn labelled(label: &str, answer: &str) -> Filled {
    let statement = format!("{label}: {answer}");
    let start = statement.len() - answer.len();
    (statement, start..start + answer.len())
}

/// What an answer makes of a question that asks for a value.
pub(super) fn filled(question: &str, answer: &str) -> Vec<Filled> {
    let words = Words::of(question);
    let end = words.len();
    let joined = |before: &str, behind: &str| {
        let gap = if before.is_empty() || before.ends_with(' ') {
            ""
        } else {
            " "
        };
        let start = before.len() + gap.len();
        let more = if behind.is_empty() { "" } else { " " };
        let statement = format!("{before}{gap}{answer}{more}{behind}");
        (statement, start..start + answer.len())
    };
    let labelled = |label: &str| labelled(label, answer);
    let mut forms = Vec::new();
    let asking = (0..end).find(|&at| words.is_one_of(at, ASKING));
    let auxiliary = |from: usize| (from..end).find(|&at| words.is_one_of(at, AUXILIARIES));
    let many = |at: usize| words.is_one_of(at, &["many", "much", "long", "big", "high", "often"]);
    match asking {
        Some(0) => {
            let from = if many(1) { 2 } else { 1 };
            let verb = auxiliary(from);
            let noun = verb.map_or(end, |verb| verb);
            if noun > from && verb.is_some() {
                forms.push(labelled(&words.joined(from..noun)));
            }
            if let Some(verb) = verb.filter(|it| it + 1 < end) {
                let rest = words.joined(verb + 1..end);
                let counted = words.joined(from..noun);
                forms.push(joined(&rest, &counted));
                let second = words.joined(verb + 1..verb + 2);
                let third = words.joined(verb + 2..end);
                let be = words.joined(verb..verb + 1);
                forms.push(joined(&format!("{second} {be} {third}"), ""));
            } else {
                forms.push(joined("", &words.joined(from..end)));
                forms.push(labelled(&words.joined(from..end)));
            }
        }
        Some(at) => {
            let to = if many(at + 1) { at + 2 } else { at + 1 };
            forms.push(joined(&words.joined(0..at), &words.joined(to..end)));
        }
        None => {}
    }
    forms.push(labelled(&words.joined(0..end)));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_makes_a_statement_of_a_question() {
        let check = |question: &str, expected: &str| {
            assert_eq!(
                assented(question).first().map(String::as_str),
                Some(expected),
                "{question}"
            );
        };
        check("should we do a free trial?", "we do a free trial");
        check(
            "and 15% of leads become opps, right?",
            "15% of leads become opps",
        );
        check("what about 59 a seat?", "59 a seat");
        check("so it's still 24%?", "it's still 24%");
        assert_eq!(assented("what is the price?"), [""; 0]);
        assert_eq!(assented("do you like 59 a seat?"), [""; 0]);
        assert!(
            assented("is our win rate counted on opps?")
                .contains(&"our win rate is counted on opps".to_owned())
        );
    }

    #[test]
    fn an_answer_makes_a_statement_of_a_question() {
        let check = |question: &str, answer: &str, expected: &str| {
            let forms = filled(question, answer);
            let known = forms.iter().find(|(form, _)| form == expected);
            let (form, at) = known.unwrap_or_else(|| panic!("{question}: {forms:?}"));
            assert_eq!(&form[at.clone()], answer);
        };
        check("who owns the handoff?", "the AE", "the AE owns the handoff");
        check(
            "and you test it with what",
            "a landing page",
            "you test it with a landing page",
        );
        check(
            "how many customer interviews did you do?",
            "17",
            "customer interviews: 17",
        );
        check(
            "we win how many of the opps?",
            "27%",
            "we win 27% of the opps",
        );
        check(
            "how are territories split?",
            "by postcode",
            "territories are split by postcode",
        );
        check("nrr target?", "112%", "nrr target: 112%");
    }
}
