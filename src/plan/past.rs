//! What a plan's history tells beyond the sheet: whether one person filled it in, and which answers
//! were given while the segment was another one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Change, Door, Edit, Plan, Segment, Value, Version};

/// The field that says in a word who the customer is.
const LABEL: &str = "icp.segment";

/// What the history of a plan tells about the sheet that it led to.
///
/// Only the end of a history may be known. What that leaves open is said to be unknown or, for a
/// change that nobody saw, not to have happened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Past {
    one_person: Option<bool>,
    kept: BTreeMap<Segment, Kept>,
}

/// Answers of a segment that were given while its label was another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The label then; of several the one that most of the answers were given under.
    pub label: String,
    /// How many answers, whatever the label then.
    pub answers: usize,
}

impl Past {
    /// What the `changes` that led to `plan`, oldest first, tell about it.
    pub fn of<'a>(plan: &Plan, changes: impl IntoIterator<Item = &'a Change>) -> Self {
        let changes: Vec<&Change> = changes.into_iter().collect();
        let kept = plan.segments().iter();
        let kept =
            kept.filter_map(|segment| Some((segment.clone(), kept_in(plan, segment, &changes)?)));
        Self {
            one_person: one_person(&changes),
            kept: kept.collect(),
        }
    }

    /// Whether one person gave all answers that were ever given; `None` where that cannot be told:
    /// the beginning is not known, or a file was imported, which many may have written.
    pub fn one_person(&self) -> Option<bool> {
        self.one_person
    }

    /// The answers of a segment that were given for another label and have stood since.
    pub fn kept(&self, segment: &Segment) -> Option<&Kept> {
        self.kept.get(segment)
    }
}

fn one_person(changes: &[&Change]) -> Option<bool> {
    let answers = changes.iter().filter(|change| {
        let gives = |edit: &Edit| matches!(edit, Edit::Field { new: Some(_), .. });
        change.door != Door::Undo && change.edit.parts().iter().any(gives)
    });
    let (imported, by_hand): (Vec<&Change>, Vec<&Change>) =
        answers.partition(|change| change.door == Door::Import);
    let people: BTreeSet<_> = by_hand.iter().map(|change| &change.by).collect();
    let is_whole = changes
        .first()
        .is_some_and(|first| first.version == Version(1));
    match people.len() {
        2.. => Some(false),
        1 if is_whole && imported.is_empty() => Some(true),
        _ => None,
    }
}

/// Goes back through the changes: each answer that stands was last given under the label of that
/// time.
fn kept_in(plan: &Plan, segment: &Segment, changes: &[&Change]) -> Option<Kept> {
    let label_now = match plan.value(LABEL, segment) {
        Some(Value::Choice(label)) => label.clone(),
        _ => return None,
    };
    let mut open: BTreeSet<String> = plan.answers_of(segment).into_keys().collect();
    open.remove(LABEL);
    let mut name = segment.clone();
    let mut label = Some(label_now.clone());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |label: &Option<String>, n: usize| {
        if let Some(other) = label.as_ref().filter(|label| **label != label_now) {
            *counts.entry(other.clone()).or_default() += n;
        }
    };
    for edit in changes
        .iter()
        .rev()
        .flat_map(|change| change.edit.parts().iter().rev())
    {
        match edit {
            Edit::Field {
                field,
                segment: Some(of),
                old,
                ..
            } if *of == name && field == LABEL => {
                label = match old {
                    Some(Answer::Known(Value::Choice(before))) => Some(before.clone()),
                    _ => None,
                };
            }
            Edit::Field {
                field,
                segment: Some(of),
                ..
            } if *of == name && open.remove(field) => count(&label, 1),
            Edit::RenameSegment { from, to, .. } if *to == name => name = from.clone(),
            Edit::AddSegment { segment } if *segment == name && !name.is_main() => break,
            _ => {}
        }
    }
    // What is older than the known changes was given under the oldest known label, or before it.
    count(&label, open.len());
    let answers = counts.values().sum();
    let (label, _) = counts
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .max_by_key(|(_, n)| *n)?;
    Some(Kept { label, answers })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::Person;
    use crate::plan::testing::{Told, author};
    use crate::plan::{Author, rename_segment, undo};

    impl Told {
        fn set_by(self, by: &str, name: &str, words: &str) -> Self {
            self.set_in(by, "main", name, words)
        }

        fn set_in(self, by: &str, segment: &str, name: &str, words: &str) -> Self {
            self.answered(segment, name, words, &person(by))
        }

        fn undone(self) -> Self {
            let author = Author {
                door: Door::Undo,
                ..author(1)
            };
            let changes = undo(&self.plan, &self.changes, None, &author).expect("an undo");
            self.made(changes)
        }

        fn past(&self) -> Past {
            self.past_of_last(self.changes.len())
        }

        fn past_of_last(&self, n: usize) -> Past {
            Past::of(&self.plan, &self.changes[self.changes.len() - n..])
        }

        /// `label: n`, or nothing.
        fn kept(&self) -> String {
            kept(&self.past(), &self.plan.segments()[0])
        }
    }

    fn person(name: &str) -> Author {
        let door = if name == "importer" {
            Door::Import
        } else {
            Door::Command
        };
        Author {
            by: Person::new(name),
            door,
            ..author(1)
        }
    }

    fn kept(past: &Past, segment: &Segment) -> String {
        past.kept(segment).map_or(String::new(), |kept| {
            format!("{}: {}", kept.label, kept.answers)
        })
    }

    fn smb() -> Told {
        Told::new()
            .set_by("U1", LABEL, "smb")
            .set_by("U1", "sales.motion", "plg")
            .set_by("U1", "cs.model", "help desk")
    }

    #[test]
    fn one_person_is_told_only_where_the_whole_history_is_known() {
        assert_eq!(Told::new().past().one_person(), None);
        assert_eq!(smb().past().one_person(), Some(true));
        assert_eq!(smb().past_of_last(2).one_person(), None);
        let two = smb().set_by("U2", "sales.motion", "field");
        assert_eq!(two.past().one_person(), Some(false));
        assert_eq!(two.past_of_last(2).one_person(), Some(false));
    }

    #[test]
    fn an_import_or_an_undo_says_nothing_about_who_knows() {
        let imported = smb().set_by("importer", "sales.cycle", "30 days");
        assert_eq!(imported.past().one_person(), None);
        let undone = smb().set_by("U1", "sales.cycle", "30 days").undone();
        assert_eq!(undone.past().one_person(), Some(true));
    }

    #[test]
    fn answers_given_for_another_label_are_counted_until_they_are_given_anew() {
        assert_eq!(smb().kept(), "");
        let moved = smb().set_by("U1", LABEL, "enterprise");
        assert_eq!(moved.kept(), "smb: 2");
        // Of the older changes nobody knows the person, yet they are older than the label.
        assert_eq!(kept(&moved.past_of_last(1), &Segment::main()), "smb: 2");
        let half = moved.set_by("U2", "sales.motion", "field");
        assert_eq!(half.kept(), "smb: 1");
        assert_eq!(half.set_by("U2", "cs.model", "accounts").kept(), "");
    }

    #[test]
    fn a_label_that_was_taken_back_has_not_moved() {
        assert_eq!(smb().set_by("U1", LABEL, "enterprise").undone().kept(), "");
        let there = smb()
            .set_by("U1", LABEL, "enterprise")
            .set_by("U1", "sales.cycle", "90 days");
        assert_eq!(there.set_by("U1", LABEL, "smb").kept(), "enterprise: 1");
    }

    #[test]
    fn what_was_answered_before_there_was_a_label_fits_any() {
        let first = Told::new().set_by("U1", "sales.motion", "plg");
        assert_eq!(first.set_by("U1", LABEL, "smb").kept(), "");
    }

    #[test]
    fn a_segment_is_followed_through_its_names_and_not_beyond_its_beginning() {
        let small = Told::new().set_in("U1", "small", LABEL, "smb").set_in(
            "U1",
            "small",
            "sales.motion",
            "plg",
        );
        let [from, to] = ["small", "large"].map(|name| Segment::parse(name).expect("a name"));
        let changes = rename_segment(&small.plan, &from, &to, &author(1)).expect("a free name");
        let renamed = small
            .made(changes)
            .set_in("U1", "large", LABEL, "enterprise");
        assert_eq!(renamed.kept(), "smb: 1");
        let other = renamed.set_in("U1", "small", LABEL, "smb");
        assert_eq!(kept(&other.past(), &from), "");
    }
}
