//! What a question was about, kept so that the next one in its thread can be read with it; and how
//! the two are read as one.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::hypothesis::read;
use super::{Answer, Hypothesis};
use crate::knowledge::{EntryKind, Form, Outcome, library};
use crate::plan::{Currency, ParseContext, Value, field};
use crate::text::{fold, words};

/// What an answered question was about: topics and values of ours, none of the asker's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The heading of the section that answered.
    pub about: String,
    /// Its name: `entry#anchor`.
    #[serde(default)]
    pub told: String,
    /// What the question stated or supposed.
    #[serde(default)]
    pub values: Vec<Supposed>,
    /// What it wanted.
    #[serde(default)]
    pub form: Option<Form>,
}

/// A value of a field that a question supposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supposed {
    /// The field's name.
    pub field: String,
    /// The value.
    pub value: Value,
}

/// A question, read with what its thread was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The question as it is looked up.
    pub words: String,
    /// What of it was said now.
    pub(super) said: String,
    /// What was supposed before and still is.
    pub(super) supposed: Vec<Hypothesis>,
    /// What the question before wanted, where this one wants the same.
    pub(super) form: Option<Form>,
    /// The section that has been told, where something else is asked about it.
    pub(super) told: Option<String>,
}

impl Joined {
    /// A question that stands for itself.
    pub fn alone(question: &str) -> Self {
        Self {
            words: question.to_owned(),
            said: question.to_owned(),
            supposed: Vec::new(),
            form: None,
            told: None,
        }
    }
}

/// What a deal brings, said in one of two ways: the later takes the place of the earlier.
const WORTH: [&str; 2] = ["pricing.acv", "pricing.price"];
/// Which field a value is of does not hang on the day.
const ANY_DAY: Date = date(2000, 1, 1);

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
        // Causes lead to many matters; what the thread was about before is still its matter.
        if answer.is_diagnosis {
            return None;
        }
        if answer.outcome != Outcome::Held || (cited.is_none() && answer.given.is_empty()) {
            return None;
        }
        let supposed = |one: &Hypothesis| Supposed {
            field: one.field.name.to_owned(),
            value: one.value.clone(),
        };
        Some(Self {
            about: cited.map_or_else(String::new, |cited| cited.section.heading.clone()),
            told: cited.map_or_else(String::new, super::Cited::name),
            values: answer.given.iter().map(supposed).collect(),
            form: Some(answer.form),
        })
    }

    /// A question together with the subject before it; nothing where it stands for itself.
    pub fn joined(&self, question: &str) -> Option<Joined> {
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
            let why = format!("why {} {}", self.about, without_standing(rest));
            return Some(Joined::alone(why.trim()));
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

    /// What was supposed before, without what is said anew.
    fn still_supposed(&self, said: &str) -> Vec<Hypothesis> {
        let context = ParseContext {
            currency: Currency::USD,
            today: ANY_DAY,
        };
        let anew = read(said, context);
        let is_anew = |name: &str| {
            let mut anew = anew.iter().map(|one| one.field.name);
            anew.any(|new| new == name || (WORTH.contains(&new) && WORTH.contains(&name)))
        };
        let before = self.values.iter().filter(|one| !is_anew(&one.field));
        let before = before.filter_map(|one| {
            let field = field(&one.field)?;
            let quote = one.value.display(field);
            let value = one.value.clone();
            Some(Hypothesis {
                field,
                value,
                quote,
            })
        });
        before.collect()
    }

    /// The same question, of something narrower or with another value.
    fn bound(&self, rest: &str) -> Joined {
        let supposed = self.still_supposed(rest);
        let listed = listed(&supposed);
        let words = if self.form == Some(Form::Enough) && !supposed.is_empty() {
            format!("is {listed} enough {rest}?")
        } else if self.is_of_a_figure() && !supposed.is_empty() {
            format!("{}: is {listed} normal {rest}?", self.about)
        } else {
            let parts = [self.about.as_str(), &listed, rest].into_iter();
            let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
            parts.join(" ")
        };
        let form = self.form.filter(|_| !self.values.is_empty());
        let form = form.filter(|form| matches!(form, Form::Enough | Form::Decide | Form::Amount));
        Joined {
            supposed,
            form,
            said: rest.to_owned(),
            ..Joined::alone(&words)
        }
    }

    /// Whether what was told is what others have.
    fn is_of_a_figure(&self) -> bool {
        let named = self.told.split_once('#');
        let held = named.and_then(|(entry, anchor)| library().section(entry, anchor));
        let is_figure = held.is_some_and(|(entry, _)| entry.kind == EntryKind::Benchmark);
        is_figure && self.form == Some(Form::Amount)
    }

    /// A question about the same, as it was put.
    fn about_it(&self, rest: &str) -> Joined {
        let supposed = self.still_supposed(rest);
        let parts = [self.about.clone(), listed(&supposed)].into_iter();
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        let told = Some(self.told.clone()).filter(|told| !told.is_empty());
        Joined {
            supposed,
            said: rest.to_owned(),
            told,
            ..Joined::alone(&format!("{}: {rest}", parts.join(", ")))
        }
    }

    /// Another question, with the same figures supposed: a way to sell or to charge is another matter.
    fn beside(&self, rest: &str) -> Joined {
        let mut figures = self.still_supposed(rest);
        figures.retain(|one| one.quote.contains(|c: char| c.is_ascii_digit()));
        let words = if figures.is_empty() {
            format!("what about {rest}?")
        } else {
            format!("what about {rest} at {}?", listed(&figures))
        };
        Joined {
            supposed: figures,
            said: rest.to_owned(),
            ..Joined::alone(&words)
        }
    }
}

/// `price $588 a year, sales motion field sales`
fn listed(supposed: &[Hypothesis]) -> String {
    let said = supposed
        .iter()
        .map(|one| format!("{} {}", one.field.label(), one.quote));
    said.collect::<Vec<_>>().join(", ")
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

    fn value(name: &str, words: &str) -> Supposed {
        let context = ParseContext {
            currency: Currency::USD,
            today: ANY_DAY,
        };
        let value = field(name).expect("a field").parse(words, &context);
        Supposed {
            field: name.to_owned(),
            value: value.expect("a value"),
        }
    }

    fn price() -> Subject {
        Subject {
            about: "Sales motions".to_owned(),
            values: vec![value("pricing.price", "$588/yr")],
            form: Some(Form::Enough),
            ..Subject::default()
        }
    }

    fn payback() -> Subject {
        Subject {
            about: "CAC payback".to_owned(),
            told: "acquisition-cost#payback".to_owned(),
            ..Subject::default()
        }
    }

    /// How a question is read after a subject.
    fn read_as(subject: &Subject, question: &str) -> Option<String> {
        subject.joined(question).map(|joined| joined.words)
    }

    #[test]
    fn a_short_question_is_read_with_the_subject_before_it() {
        let check = |subject: &Subject, question: &str, expected: Option<&str>| {
            assert_eq!(
                read_as(subject, question).as_deref(),
                expected,
                "{question}"
            );
        };
        check(
            &price(),
            "and for enterprise?",
            Some("is price $588 a year enough for enterprise?"),
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
            Some("what about payback at price $588 a year?"),
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
            Some("Sales motions, price $588 a year: what does it cost us then"),
        );
        check(
            &payback(),
            "what do we measure then?",
            Some("CAC payback: what do we measure then"),
        );
        let seats = Subject {
            about: "Seat-based pricing".to_owned(),
            values: vec![value("pricing.model", "seat")],
            ..Subject::default()
        };
        check(
            &seats,
            "and the free plan?",
            Some("what about the free plan?"),
        );
        check(&payback(), "does it make sense to hire reps now?", None);
    }

    #[test]
    fn a_value_said_anew_takes_the_place_of_the_one_before() {
        let hire = Subject {
            about: "When to hire".to_owned(),
            told: "hiring-sellers#when".to_owned(),
            values: vec![
                value("pricing.acv", "$4k"),
                value("sales.reps_planned", "1"),
            ],
            form: Some(Form::Decide),
        };
        let joined = hire.joined("and at $500 a month?").expect("it leans");
        let kept: Vec<_> = joined.supposed.iter().map(|one| one.field.name).collect();
        assert_eq!(kept, ["sales.reps_planned"]);
        assert_eq!(joined.form, Some(Form::Decide));
        assert_eq!(
            joined.words,
            "When to hire sellers planned 1 at $500 a month"
        );
        let on = hire.joined("what do we pay then?").expect("it leans");
        assert_eq!(on.told.as_deref(), Some("hiring-sellers#when"));
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
            assert_eq!(read_as(&payback(), question), None, "{question}");
        }
    }
}
