//! "A or B?": two choices of a field that a question weighs against each other.

use crate::plan::{Choice, field};
use crate::text::{fold, key, words};

/// By how many words a choice is called.
const LONGEST: usize = 3;
/// What may stand between "or" and what it offers.
const BETWEEN: [&str; 8] = ["with", "by", "on", "through", "the", "a", "do", "our"];

/// Names that stand for several choices, and the plainer of these.
const PLAINER: [(&str, &str, &str); 3] = [
    ("sales.motion", "inside sales", "inside_one_stage"),
    ("sales.motion", "inside", "inside_one_stage"),
    ("sales.motion", "inside rep", "inside_one_stage"),
];

/// A choice as a question calls it.
pub(super) struct Named {
    pub(super) slug: &'static str,
    pub(super) called: String,
}

/// The two choices of a field that stand around "or".
pub(super) fn pair(question: &str, of: &str) -> Option<(Named, Named)> {
    let folded = fold(question);
    let said = words(&folded);
    let is_or = |word: &&str| matches!(*word, "or" | "vs" | "versus");
    let place = said.iter().position(is_or)?;
    let before = &said[..place];
    let after = &said[place + 1..];
    let begin = after.iter().position(|word| !BETWEEN.contains(word))?;
    let after = &after[begin..];
    let mut longest = (1..=LONGEST.min(before.len())).rev();
    let one = longest.find_map(|n| named(of, &before[before.len() - n..]))?;
    let mut longest = (1..=LONGEST.min(after.len())).rev();
    let other = longest.find_map(|n| named(of, &after[..n]))?;
    (one.slug != other.slug).then_some((one, other))
}

fn named(of: &str, said: &[&str]) -> Option<Named> {
    let called = said.join(" ");
    let wanted = key(&called);
    let mut plainer = PLAINER.iter();
    let plainer = plainer.find(|(field, name, _)| *field == of && key(name) == wanted);
    let is_called = |choice: &&Choice| {
        if let Some((_, _, slug)) = plainer {
            return choice.slug == *slug;
        }
        let names = [choice.slug, choice.label].into_iter();
        let mut names = names.chain(choice.synonyms.iter().copied());
        names.any(|name| key(name) == wanted)
    };
    let choice = field(of)?.choices.iter().find(is_called)?;
    let slug = choice.slug;
    Some(Named { slug, called })
}
