//! What a calculator is: one row of the table.

use super::inputs::Inputs;
use super::refusal::Refusal;
use super::working::Working;
use crate::plan::{self, Field, Kind};
use crate::text;

/// One calculator.
#[derive(Debug)]
pub struct Calculator {
    /// Its name; fixed for good, scripts call it.
    pub name: &'static str,
    /// What else people call it.
    pub aliases: &'static [&'static str],
    /// What it is called in a sentence.
    pub title: &'static str,
    /// The question it answers, in one line.
    pub answers: &'static str,
    /// What it computes from.
    pub inputs: &'static [Input],
    /// The formulas, one a line.
    pub formula: &'static [&'static str],
    /// What must be kept in mind, at most three lines.
    pub basis: &'static [&'static str],
    /// Where the formula stands, as `id#section`.
    pub sources: &'static [&'static str],
    /// Inputs that work, as one types them.
    pub example: &'static str,
    /// What the example comes to, one line for each result.
    pub expected: &'static [&'static str],
    pub(super) compute: fn(&Inputs<'_>, &mut Working) -> Result<(), Refusal>,
}

/// One input of a calculator.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name, as one types it before the `=`.
    pub name: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) reads: Reads,
    /// Whether it may be left out.
    pub need: Need,
    pub(super) allowed: Allowed,
    pub(super) like: Option<&'static str>,
}

/// How an input is read, and where it comes from when nobody types it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reads {
    /// As this field of the plan.
    Field(&'static str),
    /// As an ACV; from the plan it is the deal value, price × seats included.
    DealValue,
    /// As an ARR target; from the plan it is the target less today's ARR.
    NewArr,
    /// As a number that no plan holds.
    Own(Field),
}

/// Whether an input may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The calculator cannot do without.
    Required,
    /// It makes the answer better.
    Optional,
    /// Where nobody says it, this is taken, and the answer says so.
    Assumed(&'static str),
}

/// Which numbers make sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    /// Any that its reader takes.
    Any,
    /// Above zero: something is divided by it, or nothing would be left to compute.
    AboveZero,
    /// Above zero and at most 100 %.
    Share,
    /// Zero to 100 %, 100 % itself left out.
    PartOfWhole,
}

impl Input {
    const fn new(name: &'static str, reads: Reads) -> Self {
        Self {
            name,
            aliases: &[],
            reads,
            need: Need::Required,
            allowed: Allowed::AboveZero,
            like: None,
        }
    }

    /// An input that a field of the plan holds.
    pub(super) const fn field(name: &'static str, field: &'static str) -> Self {
        Self::new(name, Reads::Field(field))
    }

    /// The first-year value of a typical deal.
    pub(super) const fn acv() -> Self {
        Self::new("acv", Reads::DealValue)
            .called(&["deal", "deal value", "deal size"])
            .like("12k")
    }

    /// ARR that has to be won.
    pub(super) const fn new_arr() -> Self {
        Self::new("target", Reads::NewArr)
            .called(&["new arr", "arr target"])
            .like("1.2M")
    }

    /// An input that no plan holds.
    pub(super) const fn own(
        name: &'static str,
        kind: Kind,
        label: &'static str,
        like: &'static str,
    ) -> Self {
        let field = Field::beside_the_catalogue(name, kind, label, like);
        Self::new(name, Reads::Own(field)).like(like)
    }

    pub(super) const fn called(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    pub(super) const fn optional(mut self) -> Self {
        self.need = Need::Optional;
        self
    }

    pub(super) const fn assumed(mut self, value: &'static str) -> Self {
        self.need = Need::Assumed(value);
        self
    }

    pub(super) const fn allows(mut self, allowed: Allowed) -> Self {
        self.allowed = allowed;
        self
    }

    pub(super) const fn like(mut self, example: &'static str) -> Self {
        self.like = Some(example);
        self
    }

    /// The row that reads its value.
    pub(super) fn reader(&self) -> &Field {
        let named = |name| plan::field(name).expect("a test looks up every field of the table");
        match &self.reads {
            Reads::Field(name) => named(name),
            Reads::DealValue => named("pricing.acv"),
            Reads::NewArr => named("plan.arr_target"),
            Reads::Own(field) => field,
        }
    }

    /// What it is called in a sentence.
    pub fn label(&self) -> String {
        match self.reads {
            Reads::NewArr => "new ARR to win".to_owned(),
            _ => self.reader().label(),
        }
    }

    /// A value that works.
    pub fn example(&self) -> String {
        self.like
            .map_or_else(|| self.reader().example(), str::to_owned)
    }

    /// The fields of the plan that it comes from when nobody types it.
    pub fn from_plan(&self) -> Vec<&'static str> {
        match &self.reads {
            Reads::Field(name) => vec![name],
            Reads::DealValue => vec!["pricing.acv", "pricing.price"],
            Reads::NewArr => vec!["plan.arr_target", "plan.arr"],
            Reads::Own(_) => Vec::new(),
        }
    }

    /// Whether people may mean it by these words.
    pub(super) fn is_called(&self, words: &str) -> bool {
        let wanted = text::key(words);
        let mut own = std::iter::once(self.name).chain(self.aliases.iter().copied());
        if own.any(|name| text::key(name) == wanted) {
            return true;
        }
        match self.reads {
            Reads::Own(_) | Reads::NewArr => false,
            Reads::Field(_) | Reads::DealValue => {
                plan::field_called(words).is_some_and(|found| found.name == self.reader().name)
            }
        }
    }
}

impl Calculator {
    /// The input that these words name.
    pub(super) fn input(&self, words: &str) -> Option<&'static Input> {
        let inputs: &'static [Input] = self.inputs;
        let exactly = inputs.iter().find(|input| input.name == words);
        exactly.or_else(|| inputs.iter().find(|input| input.is_called(words)))
    }
}

/// Everything a calculator is called, its name first.
pub(super) fn spellings(calculator: &'static Calculator) -> impl Iterator<Item = &'static str> {
    std::iter::once(calculator.name).chain(calculator.aliases.iter().copied())
}
