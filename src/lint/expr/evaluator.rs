//! Evaluation: a value, or a gap that says what stands in the way (strong Kleene logic).
//!
//! The gap and the trace are complete and the same for the same input, as if both sides of an operator
//! were always evaluated: a side is spared only where it is known what it would have read.

use std::borrow::Cow;

use jiff::civil::Date;

use super::field_set::{FieldSet, Name};
use super::functions::Function;
use super::gap::{Gap, Trace};
use super::kleene::in_the_way;
use super::node::{Node, Quantifier};
use super::operate::{apply, holds, negated};
use super::syntax::Binary;
use super::value::{Unfit, V};

/// The most steps that one rule may take on one segment, for its decision or for its words.
pub(crate) const MAX_STEPS: usize = 20_000;

/// So many characters of a text that a function reads count as a step.
const CHARACTERS_A_STEP: usize = 64;

/// What a source knows about a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Its value.
    Known(V),
    /// Nobody has answered these fields.
    Unanswered(FieldSet),
    /// These fields do not apply.
    NotApplicable(FieldSet),
    /// The history does not tell, or there is none.
    NoHistory,
    /// The fields are answered, but say no value, for this reason.
    Unclear(String),
}

/// Where values come from.
pub(crate) trait Source {
    /// The value of a field in a segment (by place; `None` is the first).
    fn field(&self, name: Name, segment: Option<usize>) -> &Reading;
    /// A derived value, and the fields that were read for it.
    fn derived(&self, name: &'static str, segment: Option<usize>) -> (Cow<'_, Reading>, FieldSet);
    /// How a derived value comes about, in words.
    fn how(&self, name: &'static str, segment: Option<usize>) -> String;
    /// How many segments there are.
    fn n_segments(&self) -> usize;
    /// The name of the segment at a place.
    fn segment_name(&self, place: usize) -> String;
    /// The day of the check.
    fn today(&self) -> Date;
    /// Whether an amount stands in another currency than the dollar.
    fn has_foreign_money(&self) -> bool;
}

/// What `answered` says about a field that nobody has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// It is not answered.
    Open,
    /// It is not answered, and the result tells which field it was.
    Told,
    /// It need not be answered yet.
    TooEarly,
}

/// Evaluates checked expressions for one rule and one segment.
pub(crate) struct Evaluator<'a> {
    pub(super) source: &'a dyn Source,
    params: &'a [V],
    pub(super) segment: Option<usize>,
    pub(super) gate: Gate,
    pub(super) items: Vec<V>,
    has_foreign_money: bool,
    steps: usize,
    most: usize,
    /// What has been looked at so far.
    pub(crate) trace: Trace,
}

/// A value, borrowed from the plan or the page where it stands there.
pub(super) type Value<'a> = Result<Cow<'a, V>, Box<Gap>>;

impl<'a> Evaluator<'a> {
    /// An evaluator over `source`, with the values of the page's parameters.
    pub(crate) fn new(
        source: &'a dyn Source,
        params: &'a [V],
        segment: Option<usize>,
        gate: Gate,
    ) -> Self {
        Self {
            source,
            params,
            segment,
            gate,
            items: Vec::new(),
            has_foreign_money: source.has_foreign_money(),
            steps: 0,
            most: MAX_STEPS,
            trace: Trace::default(),
        }
    }

    /// The evaluator with fewer steps, where it has to share with others.
    pub(crate) fn sharing(self, most: usize) -> Self {
        let most = most.min(MAX_STEPS);
        Self { most, ..self }
    }

    /// The value of an expression that was checked to be a yes or no.
    pub(crate) fn truth(&mut self, node: &'a Node) -> Result<bool, Box<Gap>> {
        match node {
            Node::Not(inner) => {
                self.step(1)?;
                self.truth(inner).map(|truth| !truth)
            }
            Node::Answered(inner) => {
                self.step(1)?;
                self.answered(inner)
            }
            Node::Join(join) => {
                self.step(1)?;
                self.join(join)
            }
            Node::Binary(operator, left, right) => {
                self.step(1)?;
                self.relation(*operator, left, right)
            }
            Node::Over(Quantifier::Any, set, body) => {
                self.step(1)?;
                self.over_truths(Binary::Or, set, body)
            }
            Node::Over(Quantifier::All, set, body) => {
                self.step(1)?;
                self.over_truths(Binary::And, set, body)
            }
            _ => match self.value(node)?.as_ref() {
                V::Bool(truth) => Ok(*truth),
                _ => Err(Gap::note("a yes or no was expected".to_owned())),
            },
        }
    }

    /// The value of any expression.
    #[inline]
    pub(crate) fn value(&mut self, node: &'a Node) -> Value<'a> {
        if is_plain(node) {
            return self.plain(node).map(Cow::Borrowed);
        }
        self.computed(node)
    }

    /// The value of a name or of a literal, where it stands.
    #[inline]
    fn plain(&mut self, node: &'a Node) -> Result<&'a V, Box<Gap>> {
        self.step(1)?;
        match node {
            Node::Constant(value) => Ok(value),
            Node::Field(name) => {
                self.trace.fields.insert(name.place);
                let reading = self.source.field(*name, self.segment);
                self.known(reading)
            }
            Node::Param(place) => {
                self.trace.params.insert(*place);
                let value = self.params.get(*place);
                value.ok_or_else(|| Gap::note("a parameter has no value".to_owned()))
            }
            _ => Err(Gap::note("a name was expected".to_owned())),
        }
    }

    /// The value of an expression that is more than a name; apart, so that names are quick.
    #[inline(never)]
    fn computed(&mut self, node: &'a Node) -> Value<'a> {
        if is_truth(node) {
            return self.truth(node).map(truth);
        }
        self.step(1)?;
        match node {
            Node::Derived(name) => {
                let (reading, fields) = self.source.derived(name, self.segment);
                self.trace.fields.extend(fields);
                match reading {
                    Cow::Borrowed(reading) => self.known(reading).map(Cow::Borrowed),
                    Cow::Owned(reading) => {
                        let known = self.known(&reading);
                        known.map(|value| Cow::Owned(value.clone()))
                    }
                }
            }
            Node::Item(up) => Ok(Cow::Owned(self.items[self.items.len() - 1 - up].clone())),
            Node::Negated(inner) => {
                let value = self.value(inner)?;
                negated(&value).map(Cow::Owned).map_err(Gap::unfit)
            }
            Node::If(choice) => self.choose(choice),
            Node::Call(function, arguments) => self.call(*function, arguments),
            Node::Filled(names) => self.filled(names),
            Node::Open(names) => Ok(Cow::Owned(V::text(self.open(names)))),
            Node::Twin(parts) => self.twin(parts),
            Node::FirstKnown(first, second) => self.first_known(first, second),
            Node::How(name) => Ok(Cow::Owned(V::text(self.source.how(name, self.segment)))),
            Node::Binary(operator, left, right) => match (self.value(left), self.value(right)) {
                (Ok(left), Ok(right)) => {
                    let value = apply(*operator, &left, &right);
                    value.map(Cow::Owned).map_err(Gap::unfit)
                }
                (left, right) => Err(in_the_way(left, right)),
            },
            Node::Over(_, set, body) => self.count(set, body),
            Node::OverSegments(quantifier, body) => self.over_segments(*quantifier, body),
            _ => self.truth(node).map(truth),
        }
    }

    /// Counts so many steps, and refuses them where the rule has had its share.
    fn step(&mut self, steps: usize) -> Result<(), Box<Gap>> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > self.most {
            return Err(too_many_steps(self.most));
        }
        Ok(())
    }

    fn known<'r>(&mut self, reading: &'r Reading) -> Result<&'r V, Box<Gap>> {
        match reading {
            Reading::Known(value) => {
                self.meet(value);
                Ok(value)
            }
            Reading::Unanswered(fields) => Err(Gap::missing(*fields)),
            Reading::NotApplicable(fields) => Err(Gap::not_applicable(*fields)),
            Reading::Unclear(words) => Err(Gap::note(words.clone())),
            Reading::NoHistory => Err(Gap::no_history()),
        }
    }

    fn meet(&mut self, value: &V) {
        if self.has_foreign_money {
            for currency in value.currencies().into_iter().flatten() {
                self.trace.meet(currency);
            }
        }
    }

    /// An operator that yields a yes or no.
    fn relation(
        &mut self,
        operator: Binary,
        left: &'a Node,
        right: &'a Node,
    ) -> Result<bool, Box<Gap>> {
        // Most compare a field with a number of the page: two values that stand somewhere.
        if is_plain(left) && is_plain(right) {
            return match (self.plain(left), self.plain(right)) {
                (Ok(left), Ok(right)) => holds(operator, left, right).map_err(Gap::unfit),
                (left, right) => Err(in_the_way(left, right)),
            };
        }
        match (self.value(left), self.value(right)) {
            (Ok(left), Ok(right)) => holds(operator, &left, &right).map_err(Gap::unfit),
            (left, right) => Err(in_the_way(left, right)),
        }
    }

    /// Every function takes one value or two; the checker has seen to that.
    fn call(&mut self, function: Function, arguments: &'a [Node]) -> Value<'a> {
        match arguments {
            [one] => {
                let one = self.value(one)?;
                self.run(function, arguments, &[one.as_ref()])
            }
            [one, two] => match (self.value(one), self.value(two)) {
                (Ok(one), Ok(two)) => self.run(function, arguments, &[&one, &two]),
                (one, two) => Err(in_the_way(one, two)),
            },
            _ => Err(Gap::note("a function takes one value or two".to_owned())),
        }
    }

    fn run(&mut self, function: Function, arguments: &[Node], given: &[&V]) -> Value<'a> {
        self.step(given.iter().map(|value| reading_steps(value)).sum())?;
        let result = function.run(given, self.source.today());
        result.map(Cow::Owned).map_err(|why| {
            if let Unfit::Currencies(..) = why {
                return Gap::unfit(why);
            }
            let read = arguments.iter().filter_map(|argument| match argument {
                Node::Field(name) => Some(name.place),
                _ => None,
            });
            Gap::missing(read.collect()).and(Gap::unfit(why))
        })
    }

    /// Both gaps if there are two, so that the easier question can be asked.
    fn first_known(&mut self, first: &'a Node, second: &'a Node) -> Value<'a> {
        match self.value(first) {
            Err(gap) if gap.not_applicable.is_empty() => {
                self.value(second).map_err(|more| gap.and(more))
            }
            decided => decided,
        }
    }
}

#[cold]
#[expect(clippy::unnecessary_box_returns, reason = "a gap travels in its box")]
fn too_many_steps(most: usize) -> Box<Gap> {
    let whose = if most < MAX_STEPS {
        "a rule of your own has on a plan of this size"
    } else {
        "a rule has"
    };
    let words = format!("it takes more than {most} steps, the most that {whose}");
    Gap::note(words)
}

pub(super) fn truth<'a>(truth: bool) -> Cow<'a, V> {
    Cow::Owned(V::Bool(truth))
}

/// Whether the node is a name or a literal, whose value stands somewhere.
#[inline]
fn is_plain(node: &Node) -> bool {
    matches!(node, Node::Constant(_) | Node::Field(_) | Node::Param(_))
}

/// Whether the node yields a yes or no by its form.
fn is_truth(node: &Node) -> bool {
    match node {
        Node::Not(_)
        | Node::Answered(_)
        | Node::Join(_)
        | Node::Over(Quantifier::Any | Quantifier::All, _, _) => true,
        Node::Binary(operator, _, _) => operator.compares(),
        _ => false,
    }
}

/// What it costs to read a value beside naming it: a long text, a long list.
fn reading_steps(value: &V) -> usize {
    match value {
        V::Text(spoken) => spoken.words().len() / CHARACTERS_A_STEP,
        V::List(items) => items.iter().map(reading_steps).sum::<usize>() + items.len() / 8,
        _ => 0,
    }
}
