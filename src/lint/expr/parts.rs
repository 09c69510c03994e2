//! How large an expression is with its shorthands written out: names that use each other must not
//! double its size each time.

use super::Mistake;
use super::lexer::Span;
use super::node::Node;
use super::parser::MAX_DEPTH;

/// The most parts that the shorthands of an expression may have, each counted where it is used.
const MAX_PARTS: usize = 2_000;

/// How many parts the shorthands of an expression have so far.
#[derive(Debug, Default)]
pub(super) struct Parts(usize);

impl Parts {
    /// Counts a shorthand where it is used, or refuses it.
    pub(super) fn take(&mut self, shorthand: &Node, span: &Span) -> Result<(), Mistake> {
        let (n_parts, depth) = shorthand.measure();
        self.0 += n_parts;
        let problem = if depth > MAX_DEPTH {
            format!("the shorthand is nested deeper than {MAX_DEPTH} levels")
        } else if self.0 > MAX_PARTS {
            format!("with its shorthands written out it has more than {MAX_PARTS} parts")
        } else {
            return Ok(());
        };
        Err(Mistake::new(span.clone(), problem))
    }
}
