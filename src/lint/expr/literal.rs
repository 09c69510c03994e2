//! Literals: numbers and texts as they stand in an expression.

use super::Mistake;
use super::functions::Function;
use super::lexer::Span;
use super::node::Node;
use super::ratio::Ratio;
use super::refusal::not_a_choice;
use super::syntax::{Expr, ExprKind};
use super::types::Type;
use super::units::Unit;
use super::value::{Quantity, V};

type Checked = Result<(Node, Type), Mistake>;

/// Whether it takes its type from what stands beside it.
pub(super) fn is_literal(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Text(_) | ExprKind::List(_))
}

/// A number, checked to fit.
pub(super) fn number(digits: &str, span: &Span) -> Checked {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = u32::try_from(fraction.len())
        .ok()
        .and_then(|n| 10_i128.checked_pow(n));
    let amount = format!("{whole}{fraction}").parse().ok();
    let amount = amount.zip(scale).filter(|_| digits.len() <= 18);
    match amount.and_then(|(number, scale)| Ratio::new(number, scale)) {
        Some(amount) => {
            let quantity = Quantity::new(amount, Unit::Number);
            Ok((
                Node::Constant(V::Quantity(quantity)),
                Type::Unit(Unit::Number),
            ))
        }
        None => Err(Mistake::new(span.clone(), "at most 18 digits, please")),
    }
}

/// A text, or the choice that is meant by it.
pub(super) fn text(words: &str, span: &Span, hint: Option<&Type>) -> Checked {
    match hint {
        Some(Type::Choice(domain)) => match domain.place(words) {
            Some(place) => Ok((
                Node::Constant(V::Choice(place)),
                Type::Choice(domain.clone()),
            )),
            None => Err(not_a_choice(words, span, domain)),
        },
        _ => Ok((Node::Constant(V::text(words)), Type::Text)),
    }
}

/// A quantity that a page writes down, such as `usd(100)`, is a constant.
pub(super) fn known_at_load(function: Function, nodes: Vec<Node>) -> Node {
    if let [Node::Constant(number)] = nodes.as_slice()
        && let Some(quantity) = function.of_a_number(number)
    {
        return Node::Constant(quantity);
    }
    Node::Call(function, nodes)
}
