//! An expression as it is written, for messages that say what to write in its place.

use std::fmt;

use super::syntax::{Expr, ExprKind, Unary};

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(digits) => f.write_str(digits),
            ExprKind::Text(words) => write!(f, "\"{words}\""),
            ExprKind::Bool(truth) => write!(f, "{truth}"),
            ExprKind::Name(name) => f.write_str(name),
            ExprKind::List(items) => write!(f, "[{}]", listed(items)),
            ExprKind::Unary(Unary::Not, inner) => write!(f, "!{}", within(inner, u8::MAX)),
            ExprKind::Unary(Unary::Minus, inner) => write!(f, "-{}", within(inner, u8::MAX)),
            ExprKind::Binary(operator, left, right) => {
                let strength = operator.strength();
                let (left, right) = (within(left, strength), within(right, strength + 1));
                write!(f, "{left} {} {right}", operator.sign())
            }
            ExprKind::If(condition, yes, no) => write!(f, "{condition} ? {yes} : {no}"),
            ExprKind::Call(name, _, arguments) => write!(f, "{name}({})", listed(arguments)),
        }
    }
}

fn listed(items: &[Expr]) -> String {
    let items: Vec<_> = items.iter().map(ToString::to_string).collect();
    items.join(", ")
}

/// The expression as a part of one that binds so strongly.
pub(super) fn within(expr: &Expr, strength: u8) -> String {
    let own = match &expr.kind {
        ExprKind::Binary(operator, ..) => operator.strength(),
        ExprKind::If(..) => 0,
        _ => u8::MAX,
    };
    if own < strength {
        format!("({expr})")
    } else {
        expr.to_string()
    }
}
