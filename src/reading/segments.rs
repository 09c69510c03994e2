//! Which segment a part of a message speaks of.

use std::ops::Range;

use super::lexicon::Role;
use super::sentence::{Element, Kind, Sentence};
use super::words::english;
use crate::plan::{Choice, Plan, Segment};
use crate::text;

/// What names the segment for the sentences that follow.
#[derive(Debug, Default, Clone)]
pub(super) struct Heading {
    segment: Option<Segment>,
    /// Whether it stood alone in its line, and so holds for the lines below.
    alone: bool,
}

impl Heading {
    /// The segment that was asked about before the message.
    pub(super) fn of(segment: Option<Segment>) -> Self {
        let alone = segment.is_some();
        Self { segment, alone }
    }
}

/// The segment of each element, where one is named.
pub(super) fn segments(
    sentence: &Sentence<'_>,
    plan: Option<&Plan>,
    heading: &mut Heading,
) -> Vec<Option<Segment>> {
    let elements = &sentence.elements;
    if sentence.begins_line && !heading.alone {
        *heading = Heading::default();
    }
    let contrasted = contrasts(elements, plan);
    let mentions: Vec<(usize, Segment)> = (0..elements.len())
        .filter_map(|at| Some((at, mention(elements, at, plan, contrasted)?)))
        .collect();
    let Some((first, named)) = mentions.first() else {
        return vec![heading.segment.clone(); elements.len()];
    };
    let is_heading = *first == 0
        && elements
            .get(1)
            .is_none_or(|next| next.is_sign(&[":", "-", "\u{2192}"]));
    if is_heading {
        *heading = Heading {
            segment: Some(named.clone()),
            alone: elements.len() <= 2,
        };
    }
    let says = |range: Range<usize>| {
        elements[range]
            .iter()
            .any(|it| (it.is_number() && !is_rate(it)) || says_value(it))
    };
    let mut segments = vec![None; elements.len()];
    let mut from = 0;
    for (place, (at, segment)) in mentions.iter().enumerate() {
        let next = mentions
            .get(place + 1)
            .map_or(elements.len(), |next| next.0);
        let labels = elements
            .get(*at + 1)
            .is_some_and(|next| next.is_sign(&[":", "=", "\u{2192}"]));
        let opens = (labels || opens_clause(sentence, *at)) && says(*at + 1..next);
        let range = if !says(from..*at) {
            from..next
        } else if opens {
            *at..next
        } else {
            from..*at + 1
        };
        from = range.end;
        segments[range].fill(Some(segment.clone()));
    }
    segments
}

/// Whether what follows is whom everything is sold to: "we target …", "who we sell to: …".
pub(super) fn is_target(before: &[Element<'_>]) -> bool {
    let near = before.iter().rev().take(TARGETED);
    let mut words = near.flat_map(|it| it.text.split(' '));
    words.any(|it| {
        matches!(
            it,
            "sell"
                | "selling"
                | "target"
                | "targets"
                | "targeting"
                | "icp"
                | "go"
                | "going"
                | "serve"
                | "serving"
        )
    })
}

/// Whom everything is sold to stands so many words behind the verb at most.
const TARGETED: usize = 4;

/// Whether nothing but words that say nothing stands before the element in its clause, so that what
/// follows is of the segment: "we charge $49 a month, and for enterprise it's 20k a year".
fn opens_clause(sentence: &Sentence<'_>, at: usize) -> bool {
    let clause = sentence.clauses.iter().find(|clause| clause.contains(&at));
    let start = clause.map_or(0, |clause| clause.start);
    sentence.elements[start..at].iter().all(Element::is_filler)
}

/// "New contracts per year": how often, and no value.
fn is_rate(element: &Element<'_>) -> bool {
    ["per ", "a ", "every ", "each "]
        .iter()
        .any(|it| element.text.starts_with(it))
}

fn says_value(element: &Element<'_>) -> bool {
    element.roles().iter().any(|role| match role {
        Role::Choice(field, _) => field.name != "icp.segment",
        _ => false,
    })
}

/// Whether two parts of the sentence begin with a segment each, so that it tells them apart: "SMB reps
/// carry 400k, enterprise reps 900k".
fn contrasts(elements: &[Element<'_>], plan: Option<&Plan>) -> bool {
    let begins = |at: &usize| {
        at.checked_sub(1).is_none_or(|before| {
            begins_part(&elements[before]) && !elements[before].is_one_of(&["the", "our"])
        })
    };
    let named = (0..elements.len())
        .filter(begins)
        .filter_map(|at| known(&elements[at], plan));
    let mut named: Vec<Segment> = named.collect();
    named.dedup();
    named.len() > 1
}

/// The segment that an element names, if it says of which segment the sentence is.
fn mention(
    elements: &[Element<'_>],
    at: usize,
    plan: Option<&Plan>,
    contrasted: bool,
) -> Option<Segment> {
    let element = &elements[at];
    let segment = known(element, plan)?;
    let before = at.checked_sub(1).map(|before| &elements[before]);
    let next = elements.get(at + 1);
    let preposition = before.is_some_and(|it| {
        let last = it.text.rsplit(' ').next().unwrap_or_default();
        let aimed = last == "after" && is_target(&elements[..at]);
        matches!(last, "for" | "in" | "on" | "with" | "after") && !sells(it) && !aimed
    });
    let begins = before.is_none_or(begins_part);
    let heads = begins && next.is_none_or(|next| next.is_sign(&[":", "-", "=", "\u{2192}"]));
    // Two segments with nothing between them are a list: "SMB and mid-market".
    let told = contrasted
        && begins
        && next.is_some_and(|next| next.kind != Kind::Sign && !next.is_one_of(&["and", "or"]));
    let describes = next.is_some_and(|next| {
        next.is_number()
            || next
                .roles()
                .iter()
                .any(|role| matches!(role, Role::Name(_)))
            || (begins && tells(next))
    }) && !before.is_some_and(sells);
    // "15 months (enterprise)", "60 days smb / 200 days enterprise".
    let bracketed =
        before.is_some_and(|it| it.is_sign(&["("])) && next.is_some_and(|it| it.is_sign(&[")"]));
    let trails = before.is_some_and(Element::is_number)
        && next.is_none_or(|it| it.is_sign(&["/", ",", "|"]) || it.is_one_of(&["and"]))
        && elements
            .iter()
            .enumerate()
            .any(|(it, other)| it != at && known(other, plan).is_some_and(|it| it != segment));
    // "Main channel smb = paid search".
    let labelled =
        next.is_some_and(|next| next.is_sign(&["=", "\u{2192}"])) && !before.is_some_and(sells);
    (labelled
        || preposition
        || bracketed
        || trails
        || heads
        || describes
        || (told && !before.is_some_and(sells)))
    .then_some(segment)
}

/// Whether a part of the sentence may begin behind the element.
fn begins_part(before: &Element<'_>) -> bool {
    before.is_sign(&[",", "/", "-", "(", "+", "&", ":"])
        || before.is_one_of(&["and", "but", "while", "whereas", "then", "so", "the", "our"])
        || before.is_one_of(&["yo", "hey", "ok", "okay", "hi", "fyi", "btw"])
}

/// Whether the element says something of a segment that stands before it.
fn tells(next: &Element<'_>) -> bool {
    let first = next.text.split(' ').next().unwrap_or_default();
    english().telling.contains(first)
        || next.roles().iter().any(|role| match role {
            Role::Choice(field, _) | Role::Several(field, _) => field.name != "icp.segment",
            Role::Cue(..) => true,
            Role::Name(_) => false,
        })
}

/// Whether the element says to whom is sold, so that a segment behind it is a value.
fn sells(element: &Element<'_>) -> bool {
    element.roles().iter().any(|role| match role {
        Role::Cue(field, _) | Role::Name(field) => field.name == "icp.segment",
        _ => false,
    })
}

/// The segment of an element: one of the plan's, or a customer size.
pub(super) fn known(element: &Element<'_>, plan: Option<&Plan>) -> Option<Segment> {
    let of_plan = plan.and_then(|plan| {
        let key = text::key(element.text);
        plan.segments()
            .iter()
            .find(|segment| !segment.is_main() && text::key(segment.as_str()) == key)
    });
    of_plan.cloned().or_else(|| {
        let choice = element.choice_of("icp.segment")?;
        let named = plan.and_then(|plan| plan.segments().iter().find(|it| is_named(it, choice)));
        named
            .cloned()
            .or_else(|| Segment::parse(&choice.slug.replace('_', "-")).ok())
    })
}

/// Whether a segment is named like a customer size.
fn is_named(segment: &Segment, choice: &Choice) -> bool {
    let key = text::key(segment.as_str());
    let own = [choice.slug, choice.label].into_iter();
    own.chain(choice.synonyms.iter().copied())
        .any(|it| text::key(it) == key)
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn a_value_may_stand_on_a_segment() {
        check(
            "9 reps on enterprise, zero on smb",
            &["sales.reps @enterprise: 9", "sales.reps @smb: 0"],
        );
    }

    #[test]
    fn to_whom_all_is_sold_is_no_part_of_them() {
        check(
            "we sell to mid-market, 200 to 1,500 employees, UK and Ireland",
            &[
                "icp.segment: mid-market",
                "icp.employees: 200\u{2013}1,500",
                "icp.geography: UK; Ireland",
            ],
        );
    }
}
