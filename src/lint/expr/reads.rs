//! What an expression reads whatever the answers are, so that a check may spare evaluating it and
//! still say what was looked at.

use super::field_set::FieldSet;
use super::gap::Params;
use super::node::Node;

/// What an expression reads in any case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Reads {
    /// The fields.
    pub(crate) fields: FieldSet,
    /// The parameters of the page.
    pub(crate) params: Params,
    /// The derived values, each of which says itself what is read for it.
    pub(crate) derived: Vec<&'static str>,
    /// Whether it asks if something is answered.
    pub(crate) absence: bool,
}

/// What `node` reads; `None` where that depends on the answers: a value that stands in for another,
/// what is asked of the items of a set, of other segments.
pub(super) fn reads(node: &Node) -> Option<Reads> {
    let mut found = Reads::default();
    let mut depends = false;
    node.walk(&mut |node| match node {
        Node::Field(name) => found.fields.insert(name.place),
        Node::Param(place) => found.params.insert(*place),
        Node::Derived(name) => found.derived.push(name),
        Node::Answered(_) => found.absence = true,
        Node::Filled(names) => {
            found.absence = true;
            found
                .fields
                .extend(names.iter().map(|name| name.place).collect());
        }
        Node::FirstKnown(..) | Node::Over(..) | Node::OverSegments(..) | Node::Twin(_) => {
            depends = true;
        }
        Node::Constant(_)
        | Node::Item(_)
        | Node::Not(_)
        | Node::Negated(_)
        | Node::Binary(..)
        | Node::Join(_)
        | Node::If(_)
        | Node::Call(..)
        | Node::Open(_)
        | Node::How(_) => {}
    });
    (!depends).then_some(found)
}
