//! "What is our price?": what the plan says itself.

use super::answer::Answer;
use super::compose::Asking;
use crate::knowledge::{Form, Outcome};
use crate::plan::{self, Field, fields, find_field};
use crate::text::{fold, series, words};

/// How many values of a part of the plan are told.
const TOLD: usize = 6;

/// What the plan says of a field, or of one of its parts, that a question asks for by name; nothing where it asks
/// for something else, or the plan does not say.
pub(super) fn answer(question: &str, form: Form, asking: &Asking<'_>) -> Option<Answer> {
    let named = named(question)?;
    let component = fields()
        .iter()
        .map(Field::component)
        .find(|it| **it == named);
    let field = find_field(&named).ok();
    let is_asked = |one: &Field| match component {
        Some(component) => one.component() == component,
        None => field.is_some_and(|field| field.name == one.name),
    };
    let is_one = asking.plan.segments().len() < 2;
    let known = asking.plan.answers().filter_map(|(one, segment, answer)| {
        let plan::Answer::Known(value) = answer else {
            return None;
        };
        let whose = segment.filter(|_| !is_one);
        let whose = whose.map_or_else(String::new, |segment| format!(" (for {segment})"));
        is_asked(one).then(|| format!("{} {}{whose}", one.label(), value.display(one)))
    });
    let known: Vec<String> = known.take(TOLD).collect();
    if known.is_empty() {
        return None;
    }
    let verdict = format!("Your plan says: {}.", series(&known, "and"));
    Some(Answer::bare(Outcome::Held, form, verdict))
}

/// What a question asks for by name: `what is our price right now` asks for the price.
fn named(question: &str) -> Option<String> {
    const OPENS: [&str; 4] = ["what", "whats", "who", "which"];
    const OWN: [&str; 2] = ["our", "my"];
    const BEHIND: [&str; 9] = [
        "right",
        "now",
        "currently",
        "today",
        "again",
        "please",
        "pls",
        "in",
        "plan",
    ];
    let folded = fold(question).replace('\'', "");
    let said = words(&folded);
    let (first, rest) = said.split_first()?;
    let is_verb = |word: &&str| matches!(*word, "is" | "are" | "was");
    let rest = match rest.split_first() {
        Some((verb, behind)) if is_verb(verb) => behind,
        _ => rest,
    };
    let (own, rest) = rest.split_first()?;
    if !OPENS.contains(first) || !OWN.contains(own) {
        return None;
    }
    let end = rest.iter().rposition(|word| !BEHIND.contains(word))?;
    let ends_in_the_plan = rest[end + 1..].contains(&"in");
    let is_whole = !rest[end + 1..].contains(&"plan") || ends_in_the_plan;
    is_whole.then(|| rest[..=end].join(" "))
}
