//! A calculation in the making: results with their arithmetic, remarks, and the question that is
//! still open.

use super::quantity::{Num, Quantity, Unit};
use super::refusal::Refusal;
use crate::plan::Currency;
use crate::ratio::Exactness;

/// One line of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name, for scripts.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
    /// The number.
    pub value: Quantity,
    /// How it comes about, without the result.
    pub arithmetic: String,
    /// Whether it answers the question, or is a step on the way.
    pub role: Role,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is an answer.
    Answer,
    /// It is on the way to one.
    Step,
}

impl Line {
    /// The number with its unit, rounded to be read.
    pub fn shown(&self) -> String {
        self.value.full().map_or_else(String::new, |it| it.words)
    }

    /// Whether the shown number says all of it.
    pub fn is_exact(&self) -> bool {
        let shown = self.value.full();
        shown.is_some_and(|it| it.is == Exactness::Exact)
    }

    /// `= 6 months`, or `≈ 1.71 months` where it is rounded.
    pub fn equals(&self) -> String {
        let sign = if self.is_exact() { '=' } else { '≈' };
        format!("{sign} {}", self.shown())
    }
}

/// A question whose answer would change the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub words: String,
    /// The input that answers it.
    pub input: &'static str,
    /// Answers to choose from.
    pub choices: &'static [&'static str],
}

/// A number with the words that stand for it in an arithmetic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) num: Num,
    pub(super) words: String,
}

/// What has been worked out so far.
#[derive(Debug)]
pub(super) struct Working {
    pub(super) currency: Currency,
    pub(super) lines: Vec<Line>,
    pub(super) remarks: Vec<String>,
    pub(super) question: Option<Question>,
}

impl Working {
    pub(super) fn new(currency: Currency) -> Self {
        Self {
            currency,
            lines: Vec::new(),
            remarks: Vec::new(),
            question: None,
        }
    }

    /// Writes a step down, and gives it back for the next one.
    pub(super) fn step(
        &mut self,
        named: (&'static str, &str),
        unit: Unit,
        num: Num,
        arithmetic: String,
    ) -> Result<Term, Refusal> {
        self.line(Role::Step, named, (unit, num), arithmetic)
    }

    /// Writes an answer down.
    pub(super) fn answer(
        &mut self,
        named: (&'static str, &str),
        unit: Unit,
        num: Num,
        arithmetic: String,
    ) -> Result<Term, Refusal> {
        self.line(Role::Answer, named, (unit, num), arithmetic)
    }

    /// Writes down how many whole things are needed. What comes next is computed from the number
    /// before it was rounded up.
    pub(super) fn needed(
        &mut self,
        named: (&'static str, &str),
        num: Num,
        arithmetic: &str,
    ) -> Result<Term, Refusal> {
        let exact = Quantity {
            amount: num.0.ok_or(Refusal::TooLarge)?,
            unit: Unit::Count,
            currency: self.currency,
        };
        let shown = exact.bare().ok_or(Refusal::TooLarge)?;
        let whole = num.whole_up();
        let arithmetic = if whole == num {
            arithmetic.to_owned()
        } else {
            let sign = if shown.is == Exactness::Exact {
                '='
            } else {
                '≈'
            };
            format!("{arithmetic} {sign} {}, rounded up", shown.words)
        };
        self.answer(named, Unit::Count, whole, arithmetic)?;
        Ok(Term {
            num,
            words: shown.words,
        })
    }

    fn line(
        &mut self,
        role: Role,
        (name, label): (&'static str, &str),
        (unit, num): (Unit, Num),
        arithmetic: String,
    ) -> Result<Term, Refusal> {
        let value = Quantity {
            amount: num.0.ok_or(Refusal::TooLarge)?,
            unit,
            currency: self.currency,
        };
        let shown = value.bare().ok_or(Refusal::TooLarge)?;
        self.lines.push(Line {
            name,
            label: label.to_owned(),
            value,
            arithmetic,
            role,
        });
        Ok(Term {
            num,
            words: shown.words,
        })
    }

    /// Something that the reader must know about this very result.
    pub(super) fn remark(&mut self, words: impl Into<String>) {
        self.remarks.push(words.into());
    }

    /// Asks what would change the result.
    pub(super) fn ask(
        &mut self,
        words: impl Into<String>,
        input: &'static str,
        choices: &'static [&'static str],
    ) {
        self.question = Some(Question {
            words: words.into(),
            input,
            choices,
        });
    }
}
