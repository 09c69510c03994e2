//! Evaluation: a value, or a gap that says what stands in the way (strong Kleene logic).
//!
//! Both sides of an operator are always evaluated, so that the gap and the trace are complete and
//! the same for the same input.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::functions::Function;
use super::node::{Node, Quantifier};
use super::operate::{apply, negated};
use super::syntax::Binary;
use super::value::V;

/// The most steps that one evaluation may take.
const MAX_STEPS: usize = 20_000;

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Gap {
    /// Fields that nobody has answered.
    pub(crate) missing: BTreeSet<&'static str>,
    /// Fields that do not apply to this plan.
    pub(crate) not_applicable: BTreeSet<&'static str>,
    /// Whether an absence is not asked about yet at this stage.
    pub(crate) too_early: bool,
    /// Whether it reads a history that this plan does not come with.
    pub(crate) no_history: bool,
    /// What cannot be computed, in words.
    pub(crate) notes: BTreeSet<String>,
}

impl Gap {
    fn missing(fields: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            missing: fields.into_iter().collect(),
            ..Self::default()
        }
    }

    fn note(words: String) -> Self {
        Self {
            notes: BTreeSet::from([words]),
            ..Self::default()
        }
    }

    /// Both gaps in one.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.missing.extend(other.missing);
        self.not_applicable.extend(other.not_applicable);
        self.too_early |= other.too_early;
        self.no_history |= other.no_history;
        self.notes.extend(other.notes);
        self
    }
}

/// What a source knows about a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Its value.
    Known(V),
    /// Nobody has answered these fields.
    Unanswered(Vec<&'static str>),
    /// These fields do not apply.
    NotApplicable(Vec<&'static str>),
    /// The history does not tell, or there is none.
    NoHistory,
    /// The fields are answered, but say no value, for this reason.
    Unclear(String),
}

/// Where values come from.
pub(crate) trait Source {
    /// The value of a field in a segment (by place; `None` is the first).
    fn field(&self, name: &'static str, segment: Option<usize>) -> Reading;
    /// A derived value, and the fields that were read for it.
    fn derived(&self, name: &'static str, segment: Option<usize>) -> (Reading, Vec<&'static str>);
    /// How a derived value comes about, in words.
    fn how(&self, name: &'static str, segment: Option<usize>) -> String;
    /// How many segments there are.
    fn n_segments(&self) -> usize;
    /// The name of the segment at a place.
    fn segment_name(&self, place: usize) -> String;
    /// The day of the check.
    fn today(&self) -> Date;
}

/// What `answered` says about a field that nobody has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// It is not answered.
    Open,
    /// It need not be answered yet.
    TooEarly,
}

/// What an evaluation has looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Trace {
    /// The fields that were read.
    pub(crate) fields: BTreeSet<&'static str>,
    /// The fields whose absence was an answer: `answered` said no to them.
    pub(crate) absent: BTreeSet<&'static str>,
    /// The parameters that were used.
    pub(crate) params: BTreeSet<String>,
    /// The currencies, by code, of the amounts that were read.
    pub(crate) currencies: BTreeSet<String>,
}

/// Evaluates checked expressions for one rule and one segment.
pub(crate) struct Evaluator<'a> {
    pub(super) source: &'a dyn Source,
    params: &'a BTreeMap<String, V>,
    pub(super) segment: Option<usize>,
    pub(super) gate: Gate,
    items: Vec<V>,
    steps: usize,
    /// What has been looked at so far.
    pub(crate) trace: Trace,
}

pub(super) type Value = Result<V, Gap>;

impl<'a> Evaluator<'a> {
    /// An evaluator over `source`, with the values of the page's parameters by full name.
    pub(crate) fn new(
        source: &'a dyn Source,
        params: &'a BTreeMap<String, V>,
        segment: Option<usize>,
        gate: Gate,
    ) -> Self {
        Self {
            source,
            params,
            segment,
            gate,
            items: Vec::new(),
            steps: 0,
            trace: Trace::default(),
        }
    }

    /// The value of an expression that was checked to be a yes or no.
    pub(crate) fn truth(&mut self, node: &Node) -> Result<bool, Gap> {
        self.steps = 0;
        self.bool(node)
    }

    /// The value of any expression.
    pub(crate) fn value(&mut self, node: &Node) -> Value {
        self.steps = 0;
        self.eval(node)
    }

    fn bool(&mut self, node: &Node) -> Result<bool, Gap> {
        match self.eval(node)? {
            V::Bool(truth) => Ok(truth),
            _ => Err(Gap::note("a yes or no was expected".to_owned())),
        }
    }

    pub(super) fn eval(&mut self, node: &Node) -> Value {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(Gap::note("it takes too many steps".to_owned()));
        }
        match node {
            Node::Constant(value) => Ok(value.clone()),
            Node::Field(name) => {
                self.trace.fields.insert(name);
                let reading = self.source.field(name, self.segment);
                self.read(reading)
            }
            Node::Derived(name) => {
                let (reading, fields) = self.source.derived(name, self.segment);
                self.trace.fields.extend(fields);
                self.read(reading)
            }
            Node::Param(name) => {
                self.trace.params.insert(name.clone());
                let value = self.params.get(name).cloned();
                value.ok_or_else(|| Gap::note(format!("`{name}` has no value")))
            }
            Node::Item(up) => Ok(self.items[self.items.len() - 1 - up].clone()),
            Node::Not(inner) => self.bool(inner).map(|truth| V::Bool(!truth)),
            Node::Negated(inner) => negated(&self.eval(inner)?).map_err(Gap::note),
            Node::Binary(operator, left, right) => self.binary(*operator, left, right),
            Node::If(condition, yes, no) => self.choose(condition, yes, no),
            Node::Call(function, arguments) => self.call(*function, arguments),
            Node::Answered(inner) => self.answered(inner),
            Node::Filled(names) => self.filled(names),
            Node::Open(names) => Ok(V::Text(self.open(names))),
            Node::Twin(parts) => self.twin(parts),
            Node::FirstKnown(first, second) => self.first_known(first, second),
            Node::How(name) => Ok(V::Text(self.source.how(name, self.segment))),
            Node::Over(quantifier, set, body) => self.over(*quantifier, set, body),
            Node::OverSegments(quantifier, body) => self.over_segments(*quantifier, body),
        }
    }

    fn read(&mut self, reading: Reading) -> Value {
        match reading {
            Reading::Known(value) => {
                let amounts = match &value {
                    V::Quantity(quantity) | V::Price(quantity, _) => [quantity.currency, None],
                    V::Range(low, high) => [low, high].map(|end| end.and_then(|q| q.currency)),
                    _ => [None, None],
                };
                let codes = amounts.into_iter().flatten().map(String::from);
                self.trace.currencies.extend(codes);
                Ok(value)
            }
            Reading::Unanswered(fields) => Err(Gap::missing(fields)),
            Reading::NoHistory => Err(Gap {
                no_history: true,
                ..Gap::default()
            }),
            Reading::Unclear(words) => Err(Gap::note(words)),
            Reading::NotApplicable(fields) => Err(Gap {
                not_applicable: fields.into_iter().collect(),
                ..Gap::default()
            }),
        }
    }

    fn binary(&mut self, operator: Binary, left: &Node, right: &Node) -> Value {
        let (left, right) = (self.eval(left), self.eval(right));
        match operator {
            Binary::And | Binary::Or => kleene(operator, left, right),
            _ => {
                let (left, right) = both(left, right)?;
                apply(operator, &left, &right).map_err(Gap::note)
            }
        }
    }

    /// With an unknown condition the choice is known only where both branches agree.
    fn choose(&mut self, condition: &Node, yes: &Node, no: &Node) -> Value {
        let condition = self.bool(condition);
        let (yes, no) = (self.eval(yes), self.eval(no));
        match condition {
            Ok(true) => yes,
            Ok(false) => no,
            Err(gap) => match both(yes, no) {
                Ok((yes, no)) if yes == no => Ok(yes),
                Ok(_) => Err(gap),
                Err(more) => Err(gap.and(more)),
            },
        }
    }

    fn call(&mut self, function: Function, arguments: &[Node]) -> Value {
        let mut values = Vec::with_capacity(arguments.len());
        let mut gap: Option<Gap> = None;
        for argument in arguments {
            match self.eval(argument) {
                Ok(value) => values.push(value),
                Err(more) => gap = Some(gap.map_or(more.clone(), |gap| gap.and(more))),
            }
        }
        if let Some(gap) = gap {
            return Err(gap);
        }
        let result = function.run(&values, self.source.today());
        result.map_err(|words| {
            let read = arguments.iter().filter_map(|argument| match argument {
                Node::Field(name) => Some(*name),
                _ => None,
            });
            Gap::missing(read).and(Gap::note(words))
        })
    }

    /// Both gaps if there are two, so that the easier question can be asked.
    fn first_known(&mut self, first: &Node, second: &Node) -> Value {
        match self.eval(first) {
            Err(gap) if gap.not_applicable.is_empty() => {
                self.eval(second).map_err(|more| gap.and(more))
            }
            decided => decided,
        }
    }

    fn over(&mut self, quantifier: Quantifier, set: &Node, body: &Node) -> Value {
        let items = self.eval(set)?.items();
        let mut answers = Vec::with_capacity(items.len());
        for item in items {
            self.items.push(item);
            answers.push(self.eval(body));
            self.items.pop();
        }
        fold(quantifier, answers)
    }

    fn over_segments(&mut self, quantifier: Quantifier, body: &Node) -> Value {
        let outside = self.segment;
        let mut answers = Vec::new();
        for segment in 0..self.source.n_segments() {
            self.segment = Some(segment);
            answers.push(self.eval(body));
        }
        self.segment = outside;
        fold(quantifier, answers)
    }
}

pub(super) fn both(left: Value, right: Value) -> Result<(V, V), Gap> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(one), Err(two)) => Err(one.and(two)),
        (Err(gap), _) | (_, Err(gap)) => Err(gap),
    }
}

/// `&&` or `||`: a false side decides the first, a true one the second, whatever the other is.
fn kleene(operator: Binary, left: Value, right: Value) -> Value {
    let decisive = V::Bool(operator == Binary::Or);
    let decides = |side: &Value| side.as_ref() == Ok(&decisive);
    if decides(&left) || decides(&right) {
        return Ok(decisive);
    }
    both(left, right).map(|_| V::Bool(operator != Binary::Or))
}

fn fold(quantifier: Quantifier, answers: Vec<Value>) -> Value {
    match quantifier {
        Quantifier::Any => merge(answers, Ok(V::Bool(false)), |one, two| {
            kleene(Binary::Or, one, two)
        }),
        Quantifier::All => merge(answers, Ok(V::Bool(true)), |one, two| {
            kleene(Binary::And, one, two)
        }),
        Quantifier::Count => {
            let numbers = answers
                .into_iter()
                .map(|answer| answer.map(|met| V::number(i128::from(met == V::Bool(true)))))
                .collect();
            merge(numbers, Ok(V::number(0)), sum)
        }
        Quantifier::Sum => {
            let mut answers = answers.into_iter();
            let first = answers.next().unwrap_or_else(|| Ok(V::number(0)));
            merge(answers.collect(), first, sum)
        }
    }
}

fn merge(answers: Vec<Value>, start: Value, join: impl Fn(Value, Value) -> Value) -> Value {
    answers.into_iter().fold(start, join)
}

fn sum(one: Value, two: Value) -> Value {
    let (one, two) = both(one, two)?;
    apply(Binary::Plus, &one, &two).map_err(Gap::note)
}
