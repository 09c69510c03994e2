//! What a question was about, kept so that the next one in its thread can be read with it; and how
//! the two are read as one.

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::knowledge::{Form, Outcome};
use crate::text::{fold, words};

/// What an answered question was about: topics and values of ours, none of the asker's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The heading of the section that answered.
    pub about: String,
    /// What the question supposed, as values of the plan's fields: `price $588`.
    pub supposed: Vec<String>,
    /// Whether it asked if that is enough.
    pub enough: bool,
}

/// Openings of a question that leans on the one before, longest first.
const LEADS: [&str; 12] = [
    "and what about",
    "and how about",
    "but what about",
    "what about",
    "how about",
    "and why",
    "but why",
    "and",
    "but",
    "also",
    "then",
    "why",
];
/// Words that bind what follows to what was said before.
const BINDING: [&str; 12] = [
    "for", "in", "with", "at", "on", "when", "if", "from", "without", "below", "above", "after",
];
/// Words that stand for what was said before.
const STANDING_FOR: [&str; 9] = [
    "that", "it", "this", "they", "them", "those", "these", "there", "so",
];
/// A question of more words stands for itself, whatever it begins with.
const SHORT: usize = 9;

impl Subject {
    /// What an answer was about; nothing where it was none, or the plan's own affair.
    pub fn of(answer: &Answer) -> Option<Self> {
        let cited = answer.citations().into_iter().next();
        let about = cited.map(|cited| cited.section.heading.clone());
        // Causes lead to many matters; what the thread was about before is still its matter.
        if answer.is_diagnosis {
            return None;
        }
        if answer.outcome != Outcome::Held || (about.is_none() && answer.tried.is_empty()) {
            return None;
        }
        let supposed = |one: &super::Hypothesis| {
            format!("{} {}", one.field.label(), one.value.display(one.field))
        };
        Some(Self {
            about: about.unwrap_or_default(),
            supposed: answer.tried.iter().map(supposed).collect(),
            enough: answer.form == Form::Enough,
        })
    }

    /// A question together with the subject before it; nothing where it stands for itself.
    pub fn joined(&self, question: &str) -> Option<String> {
        let folded = fold(question);
        let asked = without_thanks(folded.trim_end_matches(['?', '!', '.', ' ']));
        let said = words(asked);
        if said.len() > SHORT {
            return None;
        }
        let lead = LEADS.iter().find(|lead| begins(asked, lead)).copied();
        let rest = asked[lead.map_or(0, str::len)..].trim_matches([' ', ',']);
        let first = words(rest).first().copied().unwrap_or_default();
        let binds = BINDING.contains(&first);
        let stands_for = said.iter().any(|word| STANDING_FOR.contains(word));
        if lead.is_some_and(|lead| lead.ends_with("why")) {
            return Some(
                format!("why {} {}", self.about, without_standing(rest))
                    .trim()
                    .to_owned(),
            );
        }
        match (lead, binds || stands_for) {
            (None, false) if asks_on(&said) => Some(self.about_it(rest)),
            (None, false) => None,
            (None, true) if !binds && leans(&said) => Some(self.about_it(rest)),
            (None, true) if !binds && said.len() > 5 => None,
            (_, true) => Some(self.bound(&without_standing(rest))),
            (Some(_), false) => Some(self.beside(rest)),
        }
    }

    /// The same question, of something narrower.
    fn bound(&self, rest: &str) -> String {
        let supposed = self.supposed.join(", ");
        if self.enough && !self.supposed.is_empty() {
            return format!("is {supposed} enough {rest}?");
        }
        [self.about.as_str(), &supposed, rest]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A question about the same, as it was put.
    fn about_it(&self, rest: &str) -> String {
        let supposed = self.supposed.join(", ");
        let parts = [self.about.as_str(), &supposed].into_iter();
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        format!("{}: {rest}", parts.join(", "))
    }

    /// Another question, with the same figures supposed: a way to sell or to charge is another matter.
    fn beside(&self, rest: &str) -> String {
        let supposed = self.supposed.iter().map(String::as_str);
        let figures: Vec<_> = supposed
            .filter(|said| said.contains(|c: char| c.is_ascii_digit()))
            .collect();
        if figures.is_empty() {
            return format!("what about {rest}?");
        }
        format!("what about {rest} at {}?", figures.join(", "))
    }
}

/// A question without the thanks before it.
fn without_thanks(asked: &str) -> &str {
    const THANKS: [&str; 5] = ["thanks", "thank you", "thx", "okay", "ok"];
    let rest = THANKS.iter().find_map(|it| asked.strip_prefix(it));
    let rest = rest.filter(|rest| rest.starts_with([' ', ',', '!', '.']));
    rest.map_or(asked, |rest| rest.trim_start_matches([' ', ',', '!', '.']))
}

/// Whether a question is about what was said before, whatever its length: "how do we improve it?",
/// "what does it cost us then?"
fn leans(said: &[&str]) -> bool {
    const QUESTIONS: [&str; 5] = ["how", "what", "when", "who", "where"];
    const BEHIND: [&str; 4] = ["then", "now", "too", "here"];
    const THINGS: [&str; 3] = ["it", "that", "them"];
    let last = said.iter().rev().find(|word| !BEHIND.contains(word));
    let does = |two: &[&str]| two[0] == "does" && THINGS.contains(&two[1]);
    said.first().is_some_and(|first| QUESTIONS.contains(first))
        && (last.is_some_and(|last| THINGS.contains(last)) || said.windows(2).any(does))
}

/// Whether a question goes on from what was said: "what do we measure then"
fn asks_on(said: &[&str]) -> bool {
    const QUESTIONS: [&str; 5] = ["how", "what", "when", "who", "where"];
    said.last() == Some(&"then") && said.first().is_some_and(|first| QUESTIONS.contains(first))
}

fn begins(words: &str, lead: &str) -> bool {
    words
        .strip_prefix(lead)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
}

fn without_standing(rest: &str) -> String {
    let kept: Vec<_> = rest
        .split(' ')
        .filter(|word| !STANDING_FOR.contains(word) && !matches!(*word, "is" | "are" | "does"))
        .collect();
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price() -> Subject {
        Subject {
            about: "Sales motions".to_owned(),
            supposed: vec!["Price $588/year".to_owned()],
            enough: true,
        }
    }

    fn payback() -> Subject {
        Subject {
            about: "CAC payback".to_owned(),
            supposed: Vec::new(),
            enough: false,
        }
    }

    #[test]
    fn a_short_question_is_read_with_the_subject_before_it() {
        let check = |subject: &Subject, question: &str, expected: Option<&str>| {
            assert_eq!(subject.joined(question).as_deref(), expected, "{question}");
        };
        check(
            &price(),
            "and for enterprise?",
            Some("is Price $588/year enough for enterprise?"),
        );
        check(
            &payback(),
            "And for enterprise?",
            Some("CAC payback for enterprise"),
        );
        check(&payback(), "for smb", Some("CAC payback for smb"));
        check(&payback(), "why?", Some("why CAC payback"));
        check(&payback(), "Why is that?", Some("why CAC payback"));
        check(&payback(), "and why", Some("why CAC payback"));
        check(
            &price(),
            "what about payback?",
            Some("what about payback at Price $588/year?"),
        );
        check(&payback(), "how about churn", Some("what about churn?"));
        check(
            &payback(),
            "and when it is too long?",
            Some("CAC payback when too long"),
        );
        check(&payback(), "is that good?", Some("CAC payback good"));
        check(
            &payback(),
            "thx! how do we improve it?",
            Some("CAC payback: how do we improve it"),
        );
        check(
            &price(),
            "what does it cost us then?",
            Some("Sales motions, Price $588/year: what does it cost us then"),
        );
        check(
            &payback(),
            "what do we measure then?",
            Some("CAC payback: what do we measure then"),
        );
        let seats = Subject {
            about: "Seat-based pricing".to_owned(),
            supposed: vec!["Pricing model per seat".to_owned()],
            enough: false,
        };
        check(
            &seats,
            "and the free plan?",
            Some("what about the free plan?"),
        );
        check(&payback(), "does it make sense to hire reps now?", None);
    }

    #[test]
    fn a_question_that_stands_for_itself_stays_as_it_is() {
        for question in [
            "what does ACV mean?",
            "should we hire reps?",
            "how many interviews before we write the ICP?",
            "and how do we find out whom to interview before we write anything down at all?",
            "",
        ] {
            assert_eq!(payback().joined(question), None, "{question}");
        }
    }
}
