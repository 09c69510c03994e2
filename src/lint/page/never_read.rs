//! A threshold that decides nothing: whoever moved it would wonder why nothing changes.

use std::collections::BTreeSet;

use super::Rule;
use super::error::Fault;
use super::front::Front;

/// Refuses a parameter that no condition reads, at its name.
pub(super) fn refuse(rule: &Rule, front: &Front, start: usize) -> Result<(), Fault> {
    let unless = rule.unless.iter().map(|unless| &unless.node);
    let decide = rule.applies.iter().chain([&rule.when]).chain(unless);
    let weigh = rule.escalations.iter().map(|(_, node)| node);
    let weigh = weigh.chain(rule.bands.iter().map(|band| &band.inside));
    let chosen = rule.say.iter().chain(&rule.fix);
    let chosen = chosen.filter_map(|variant| variant.when.as_ref());
    let nodes = decide.chain(weigh).chain(chosen);
    let read: BTreeSet<usize> = nodes.flat_map(super::Node::params).collect();
    let names = front.params.keys().enumerate();
    let mut unread = names.filter(|(place, _)| !read.contains(place));
    let Some((_, name)) = unread.next() else {
        return Ok(());
    };
    let (at, name) = (start + name.span().start, name.get_ref());
    let problem = format!(
        "`{name}` is never read: no condition has `params.{name}`; write it into `when` in the place \
         of the number"
    );
    Err(Fault::new(at, problem))
}
