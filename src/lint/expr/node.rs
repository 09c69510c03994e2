//! What the checker leaves: a tree that can only be evaluated, and the names it may use.

use std::collections::BTreeSet;

use super::field_set::Name;
use super::functions::Function;
use super::reads::{Reads, reads};
use super::syntax::Binary;
use super::types::Type;
use super::value::V;

/// A page's expression, checked: it names only what exists and mixes no units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// A literal.
    Constant(V),
    /// A field's value.
    Field(Name),
    /// A derived value.
    Derived(&'static str),
    /// A parameter of the page, by its place.
    Param(usize),
    /// The item that an enclosing `any`, `all` or `count` looks at; 0 is the innermost.
    Item(usize),
    /// `!a`
    Not(Box<Node>),
    /// `-a`
    Negated(Box<Node>),
    /// `a operator b` of values
    Binary(Binary, Box<Node>, Box<Node>),
    /// `a && b`, `a || b`
    Join(Box<Join>),
    /// `a ? b : c`
    If(Box<If>),
    /// A function of values.
    Call(Function, Vec<Node>),
    /// Whether a field or derived value is known.
    Answered(Box<Node>),
    /// How many of some fields have an answer.
    Filled(Vec<Name>),
    /// The labels of those of some fields that have none.
    Open(Vec<Name>),
    /// The name of an earlier segment in which all of this is the same.
    Twin(Vec<Node>),
    /// The first of two values that is known.
    FirstKnown(Box<Node>, Box<Node>),
    /// How a derived value comes about, in words.
    How(&'static str),
    /// `any(set, item, condition)` and its like.
    Over(Quantifier, Box<Node>, Box<Node>),
    /// `any(segments, condition)` and its like.
    OverSegments(Quantifier, Box<Node>),
}

/// `left && right`, `left || right`: a left side that decides spares the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Join {
    /// Which of the two.
    pub(crate) operator: Binary,
    /// The side that is evaluated first.
    pub(crate) left: Node,
    /// The other.
    pub(crate) right: Guarded,
}

/// `condition ? yes : no`: a condition that is known spares the other branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct If {
    /// What decides.
    pub(crate) condition: Node,
    /// The value where it is so.
    pub(crate) yes: Guarded,
    /// The value where it is not.
    pub(crate) no: Guarded,
}

/// An expression that need not be evaluated where another decides, with what it reads in any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guarded {
    /// The expression.
    pub(crate) node: Node,
    /// What it reads; `None` where that depends on the answers.
    pub(crate) reads: Option<Reads>,
}

impl From<Node> for Guarded {
    fn from(node: Node) -> Self {
        let reads = reads(&node);
        Self { node, reads }
    }
}

impl Node {
    /// `left && right` or `left || right`.
    pub(super) fn join(operator: Binary, left: Self, right: Self) -> Self {
        let right = right.into();
        Self::Join(Box::new(Join {
            operator,
            left,
            right,
        }))
    }

    /// `condition ? yes : no`.
    pub(super) fn choice(condition: Self, yes: Self, no: Self) -> Self {
        let (yes, no) = (yes.into(), no.into());
        Self::If(Box::new(If { condition, yes, no }))
    }

    /// How many nodes there are with this one at the top, and on how many levels.
    pub(super) fn measure(&self) -> (usize, usize) {
        let (mut n_nodes, mut depth) = (1, 0);
        self.each_below(&mut |below| {
            let (more, levels) = below.measure();
            n_nodes += more;
            depth = depth.max(levels);
        });
        (n_nodes, depth + 1)
    }

    /// Shows this node and all below it to `visit`.
    pub(crate) fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        self.each_below(&mut |below| below.walk(visit));
    }

    /// Whether its value may be another one on another day.
    pub(crate) fn looks_at_today(&self) -> bool {
        let mut found = false;
        self.walk(&mut |node| {
            found |= match node {
                Self::Derived(name) => *name == "today",
                Self::Call(function, _) => function.looks_at_today(),
                _ => false,
            }
        });
        found
    }

    /// The parameters that it reads, by place.
    pub(crate) fn params(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        self.walk(&mut |node| {
            if let Self::Param(place) = node {
                found.insert(*place);
            }
        });
        found
    }

    /// Shows each node right below this one to `visit`.
    pub(crate) fn each_below(&self, visit: &mut impl FnMut(&Self)) {
        match self {
            Self::Not(inner)
            | Self::Negated(inner)
            | Self::Answered(inner)
            | Self::OverSegments(_, inner) => visit(inner),
            Self::Binary(_, left, right)
            | Self::FirstKnown(left, right)
            | Self::Over(_, left, right) => {
                visit(left);
                visit(right);
            }
            Self::Join(join) => {
                visit(&join.left);
                visit(&join.right.node);
            }
            Self::If(choice) => {
                visit(&choice.condition);
                visit(&choice.yes.node);
                visit(&choice.no.node);
            }
            Self::Call(_, arguments) | Self::Twin(arguments) => {
                for argument in arguments {
                    visit(argument);
                }
            }
            Self::Constant(_)
            | Self::Field(_)
            | Self::Derived(_)
            | Self::Param(_)
            | Self::Item(_)
            | Self::Filled(_)
            | Self::Open(_)
            | Self::How(_) => {}
        }
    }
}

/// What is asked of many items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    /// Whether one meets the condition.
    Any,
    /// Whether each does.
    All,
    /// How many do.
    Count,
    /// What they add up to; of segments only.
    Sum,
}

/// What a name stands for.
#[derive(Debug, Clone)]
pub(crate) enum Meaning {
    /// A field of the catalogue.
    Field(Name, Type),
    /// A derived value.
    Derived(&'static str, Type),
    /// A parameter of the page, by its place.
    Param(usize, Type),
    /// An expression that the page has named.
    Shorthand(Node, Type),
}

/// The names that an expression may use.
pub(crate) trait Names {
    /// What `name` stands for.
    fn find(&self, name: &str) -> Option<Meaning>;
    /// All names, for "did you mean".
    fn all(&self) -> Vec<String>;
}
