//! The form of a question, read from its opening words: it decides the form of the answer.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::hash::ByWord;
use super::tokens::folded;
use crate::text::words;

/// What a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// What something is or means.
    Define,
    /// How two things differ, or which of them to take.
    Compare,
    /// How a number is worked out.
    Compute,
    /// When to do something.
    When,
    /// Whether to do something, or whether something is right.
    Decide,
    /// Whether an amount is enough, or too much.
    Enough,
    /// How many, how much, how long: a usual figure.
    Amount,
    /// How something is done.
    HowTo,
    /// What the plan lacks.
    Missing,
    /// What to do next.
    Next,
    /// Something else.
    Other,
}

/// Forms by words that show them, wherever they stand; the first that fits wins.
const SIGNS: &[(Form, &[&str])] = &[
    (
        Form::Missing,
        &[
            "what is missing",
            "whats missing",
            "is anything missing",
            "is something missing",
            "anything missing",
            "what are we missing",
            "what do we lack",
            "what is still open",
            "which gaps",
            "is our plan",
            "is the plan",
            "is my plan",
            "does our plan hold",
            "does our plan fit",
            "does our plan add up",
            "does our plan make sense",
            "does the plan hold",
            "does the plan fit",
            "does the plan add up",
            "does the plan make sense",
            "how good is our plan",
        ],
    ),
    (
        Form::Next,
        &[
            "what next",
            "whats next",
            "what is next",
            "next step",
            "next steps",
            "what should we do next",
            "what do we do next",
            "what should i do next",
            "what now",
            "biggest risk",
            "biggest problem",
            "biggest weakness",
            "weakest point",
        ],
    ),
    (
        Form::Compute,
        &[
            "calculate",
            "calculated",
            "calculation",
            "compute",
            "computed",
            "formula",
            "work out",
            "work it out",
            "math behind",
            "how do you turn",
            "how do i turn",
            "how do you get from",
        ],
    ),
    (
        Form::Compare,
        &[
            "difference",
            "differences",
            "differ",
            "vs",
            "versus",
            "compare",
            "compared",
            "comparison",
            "rather than",
            "unterschied",
            "whats the diff",
            "different from",
            "else than",
            "same as",
            "same thing as",
        ],
    ),
    (
        Form::Enough,
        &[
            "enough",
            "too much",
            "too many",
            "too few",
            "too early",
            "too late",
            "too expensive",
            "too small",
            "too low",
            "too high",
            "good or bad",
            "bad",
            "sane",
            "any good",
            "healthy",
            "is that good",
            "is it good",
        ],
    ),
    (
        Form::When,
        &[
            "know its time",
            "know it s time",
            "know that its time",
            "know when",
            "when do",
            "when should",
            "when does",
            "when is",
            "when to",
            "when can",
            "at what point",
            "at what deal size",
            "how early",
            "how soon",
            "wann",
        ],
    ),
    (
        Form::Amount,
        &[
            "how many",
            "how much",
            "how long",
            "how often",
            "how big",
            "how high",
            "how far",
            "how fast",
            "how expensive",
            "typical",
            "normal",
            "realistic",
            "average",
            "benchmark",
            "benchmarks",
            "what percentage",
            "what share",
            "whats a normal",
            "whats a good",
            "what is a good",
        ],
    ),
    (
        Form::Decide,
        &[
            "should we",
            "should i",
            "should our",
            "should small",
            "should the",
            "do we need",
            "do we still",
            "do i need",
            "does it make sense",
            "is it ok",
            "is it okay",
            "can we",
            "can i",
            "worth",
            "isnt it",
            "good idea",
            "ok or not",
            "may we",
            "is it right",
            "sinnvoll",
            "sollten wir",
            "sollen wir",
        ],
    ),
    (
        Form::Define,
        &[
            "mean",
            "means",
            "meaning",
            "define",
            "definition",
            "what is",
            "what are",
            "whats",
            "what s",
            "explain",
            "explained",
            "wtf",
            "stands for",
            "stand for",
            "was ist",
            "bedeutet",
        ],
    ),
    (
        Form::HowTo,
        &[
            "how do",
            "how to",
            "how can",
            "how should",
            "how would",
            "how does",
            "how is",
            "how are",
            "steps",
            "wie",
        ],
    ),
];

impl Form {
    /// The form of a question.
    pub fn of(question: &str) -> Self {
        let folded = folded(question);
        let words: Vec<Sign> = words(&folded).into_iter().map(Sign::of).collect();
        Self::of_signs(&words)
    }

    /// The form of a question, by what each of its words tells.
    pub(super) fn of_signs(words: &[Sign]) -> Self {
        if words.iter().all(|word| *word == NOTHING) {
            return Self::Other;
        }
        let all = signs();
        let telling = (0..words.len()).filter(|at| words[*at] != NOTHING);
        let shown = telling.flat_map(|at| {
            let rest = &words[at..];
            let begun = &all.by_first[usize::from(words[at].0)];
            begun
                .iter()
                .filter(move |(_, sign)| rest.starts_with(sign))
                .map(|(rank, _)| *rank)
        });
        match shown.min() {
            Some(rank) => SIGNS[rank].0,
            None if is_choice(words, all) => Self::Compare,
            None if words.first().is_some_and(|it| all.openers.contains(it)) => Self::Decide,
            None => Self::Other,
        }
    }
}

/// A word as far as it tells of a form; all words that tell nothing are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign(u8);

/// What tells nothing.
const NOTHING: Sign = Sign(0);

impl Sign {
    /// What a folded word tells.
    pub(super) fn of(word: &str) -> Self {
        signs().words.get(word).copied().unwrap_or(NOTHING)
    }
}

/// A sign's words, and the rank of its form.
type Ranked = (usize, Vec<Sign>);

/// All that tells of a form.
struct Signs {
    words: ByWord<&'static str, Sign>,
    /// Every sign by its first word.
    by_first: Vec<Vec<Ranked>>,
    openers: Vec<Sign>,
    or: Sign,
    not: Sign,
}

impl Signs {
    fn new() -> Self {
        let mut signs = Self {
            words: ByWord::default(),
            by_first: vec![Vec::new()],
            openers: Vec::new(),
            or: NOTHING,
            not: NOTHING,
        };
        for (rank, (_, told)) in SIGNS.iter().enumerate() {
            for one in *told {
                let words: Vec<_> = one.split(' ').map(|word| signs.learn(word)).collect();
                signs.by_first[usize::from(words[0].0)].push((rank, words));
            }
        }
        signs.openers = OPENERS.iter().map(|word| signs.learn(word)).collect();
        signs.or = signs.learn("or");
        signs.not = signs.learn("not");
        signs
    }

    fn learn(&mut self, word: &'static str) -> Sign {
        if let Some(known) = self.words.get(word) {
            return *known;
        }
        let next = u8::try_from(self.by_first.len()).expect("so few words tell of a form");
        self.by_first.push(Vec::new());
        self.words.insert(word, Sign(next));
        Sign(next)
    }
}

fn signs() -> &'static Signs {
    static SIGNS: LazyLock<Signs> = LazyLock::new(Signs::new);
    &SIGNS
}

/// `seats or usage`: one of two, asked in so many words.
fn is_choice(words: &[Sign], signs: &Signs) -> bool {
    words.contains(&signs.or) && !words.windows(2).any(|two| *two == [signs.or, signs.not])
}

/// The words that open a question for yes or no.
const OPENERS: [&str; 13] = [
    "is", "are", "can", "do", "does", "will", "would", "should", "could", "was", "were", "has",
    "have",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_read_from_the_words() {
        let check = |question: &str, expected: Form| {
            assert_eq!(Form::of(question), expected, "{question}");
        };
        check("What does ACV mean?", Form::Define);
        check("whats an icp", Form::Define);
        check("difference between SDR and MDR", Form::Compare);
        check("seats or usage?", Form::Compare);
        check("how do I compute payback", Form::Compute);
        check("when do we hire", Form::When);
        check("should we hire reps yet?", Form::Decide);
        check("is $49/mo enough for outside sales", Form::Enough);
        check("how many channels", Form::Amount);
        check("how do we pick channels", Form::HowTo);
        check("what is missing?", Form::Missing);
        check("what next", Form::Next);
        check("are events inbound", Form::Decide);
        check("pricing", Form::Other);
        check("", Form::Other);
    }
}
