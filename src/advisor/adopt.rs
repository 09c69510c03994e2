//! `scenario adopt`: a variant becomes the plan, unless the plan has moved on under what was compared.

use super::case::{Case, private};
use super::prose::{cut, stopped};
use super::{Turn, act, change, held, scenario};
use crate::plan::{self, Change, Edit, ItemKey, Scenario, Version};
use crate::render::{Block, Document, Inline};

/// How many changes since then are told.
const MOST_TOLD: usize = 5;

/// Makes a variant the plan; `compared_at` is the version that the button's comparison was made at.
pub(super) fn turn(case: &Case<'_>, name: &str, compared_at: Option<Version>) -> Turn {
    let Some(found) = scenario::found(case, name) else {
        return private(gone(case, name, compared_at));
    };
    let moved = compared_at.map(|version| moved_since(case, found, version));
    if let Some(moved) = moved.filter(|moved| !moved.is_empty()) {
        return private(stale(case, name, &moved));
    }
    let made = plan::adopt(&case.plan, found, &case.author());
    let opening = format!("Adopted scenario {name}.");
    act::turn(case, made, &opening, "It changes nothing.")
}

/// The changes since that version that touch what the variant speaks of; where the version is farther
/// back than the end of the history, all that is known counts.
fn moved_since<'a>(case: &'a Case<'_>, of: &Scenario, version: Version) -> Vec<&'a Change> {
    let tail = case.tail();
    let reaches_back = tail.first().is_none_or(|it| it.version.0 <= version.0 + 1);
    let later = tail.iter().filter(|change| change.version > version);
    later
        .filter(|change| !reaches_back || change.edit.parts().iter().any(|it| touches(it, of)))
        .collect()
}

fn touches(edit: &Edit, of: &Scenario) -> bool {
    match edit {
        Edit::Field { field, segment, .. } => of
            .answers
            .iter()
            .any(|it| it.field == *field && it.segment == *segment),
        Edit::Item { old, new } => {
            let key = ItemKey::Scenario(of.name.clone());
            [old, new].into_iter().flatten().any(|it| it.key() == key)
        }
        Edit::RemoveSegment { segment, .. }
        | Edit::RestoreSegment { segment, .. }
        | Edit::AddSegment { segment }
        | Edit::RenameSegment { from: segment, .. } => of
            .answers
            .iter()
            .any(|it| it.segment.as_ref() == Some(segment)),
        Edit::Together { edits } => edits.iter().any(|edit| touches(edit, of)),
    }
}

/// Nothing is adopted: what has moved, and the comparison anew.
fn stale(case: &Case<'_>, name: &str, moved: &[&Change]) -> Document {
    let newest = moved.iter().rev().take(MOST_TOLD);
    let lines = newest.map(|change| {
        let line = cut(&stopped(&change::line(case, change)), 200);
        let mut words = held::peopled(&line);
        words.push(Inline::plain(" By "));
        words.push(Inline::Person(change.by.clone()));
        words.push(Inline::plain(format!(", version {}", change.version)));
        words
    });
    let mut blocks = vec![Block::Bullets(lines.collect()), Block::Rule];
    match scenario::compare(case, name) {
        Ok(anew) => {
            blocks.push(Block::Paragraph(vec![Inline::strong(anew.headline)]));
            blocks.extend(anew.blocks);
        }
        Err(refusal) => blocks.extend(refusal.blocks),
    }
    Document {
        headline: format!(
            "Nothing was adopted: the plan has moved on since {name} was compared with it."
        ),
        blocks,
    }
}

/// The variant is not there: adopted or dropped by somebody since, or never there.
fn gone(case: &Case<'_>, name: &str, compared_at: Option<Version>) -> Document {
    let key = ItemKey::Scenario(name.to_owned());
    let took = |edit: &Edit| match edit {
        Edit::Item {
            old: Some(old),
            new: None,
        } => old.key() == key,
        _ => false,
    };
    let mut since = case.tail().iter().rev();
    let change = since.find(|change| change.edit.parts().iter().any(&took));
    match (change, compared_at) {
        (Some(change), Some(_)) => Document {
            headline: "That is decided already, so nothing was changed.".to_owned(),
            blocks: vec![Block::Paragraph(vec![
                Inline::plain(format!("Scenario {name} was adopted or dropped by ")),
                Inline::Person(change.by.clone()),
                Inline::plain(format!(" in version {}, ", change.version)),
                Inline::When(change.at),
                Inline::plain("."),
            ])],
        },
        _ => scenario::missing(case, name),
    }
}

#[cfg(test)]
mod tests {
    use crate::advisor::testing::{Talk, click, text};

    fn compared() -> Talk {
        let mut talk = Talk::after(&["set price $49/mo", "set motion plg"]);
        talk.says("scenario save cheaper price $29/mo");
        let told = talk.says("scenario compare cheaper");
        assert!(
            told.contains("Adopt: scenario adopt cheaper at 3"),
            "{told}"
        );
        talk
    }

    fn press(talk: &mut Talk) -> String {
        text(&talk.turn(click("scenario adopt cheaper at 3")))
    }

    #[test]
    fn what_was_compared_is_adopted_and_taken_back_as_one() {
        let mut talk = compared();
        let told = press(&mut talk);
        assert!(told.contains("Adopted scenario cheaper."), "{told}");
        assert!(told.contains("$49 a month → $29 a month"), "{told}");
        talk.says("undo");
        assert!(talk.says("plan pricing").contains("$49 a month"));
        assert!(talk.says("scenario list").contains("cheaper"));
    }

    #[test]
    fn a_change_elsewhere_does_not_matter() {
        let mut talk = compared();
        talk.says("set acv $12k");
        let told = press(&mut talk);
        assert!(told.contains("Adopted scenario cheaper."), "{told}");
    }

    #[test]
    fn a_plan_that_moved_under_it_is_refused_with_the_difference() {
        for moved in ["set price $59/mo", "scenario save cheaper price $19/mo"] {
            let mut talk = compared();
            talk.says(moved);
            let told = press(&mut talk);
            let expected = "Nothing was adopted: the plan has moved on since cheaper was compared";
            assert!(told.contains(expected), "{told}");
            assert!(told.contains("By name of U1, version 4"), "{told}");
            assert!(
                told.contains("Adopt: scenario adopt cheaper at 4"),
                "{told}"
            );
            assert_eq!(talk.changes.len(), 4, "{told}");
            let told = text(&talk.turn(click("scenario adopt cheaper at 4")));
            assert!(told.contains("Adopted scenario cheaper."), "{told}");
        }
    }

    #[test]
    fn of_two_who_adopt_the_second_is_told() {
        let mut talk = compared();
        press(&mut talk);
        let told = press(&mut talk);
        assert!(told.contains("That is decided already"), "{told}");
        assert!(told.contains("by name of U1 in version 4"), "{told}");
        let never = talk.says("scenario adopt nothing");
        assert!(never.contains("There is no scenario"), "{never}");
    }
}
