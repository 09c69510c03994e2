//! New changes of a plan: answers and segments.

use super::act::{together, without_stale_notes};
use super::field::{Field, Level};
use super::{Answer, ApplyError, Author, Change, Edit, Item, Plan, Segment};

/// The changes that give a field a new answer (`None`: unknown again); none if it has it already.
///
/// The segment is ignored for a field of the whole plan; where none is named it is the plan's only
/// one, else `main`. A segment that the plan does not have yet is added first.
pub fn set_answer(
    plan: &Plan,
    field: &Field,
    segment: Option<&Segment>,
    new: Option<Answer>,
    author: &Author,
) -> Vec<Change> {
    set_answers(plan, segment, [(field, new)], author)
}

/// The same for several fields at once: what is said of a segment in one breath is one change.
pub fn set_answers<'f>(
    plan: &Plan,
    segment: Option<&Segment>,
    answers: impl IntoIterator<Item = (&'f Field, Option<Answer>)>,
    author: &Author,
) -> Vec<Change> {
    let mut edits = Vec::new();
    for (field, new) in answers {
        for edit in answer_edits(plan, field, segment, new) {
            // Each of them may add the segment.
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
    }
    let adds_segment = |edit: &&Edit| matches!(edit, Edit::AddSegment { .. });
    match edits.len() - edits.iter().filter(adds_segment).count() {
        // What is said of the old value goes in the same act.
        2.. => numbered(plan, [Edit::Together { edits }], author),
        _ => numbered(plan, edits, author),
    }
}

/// The edits that give a field a new answer: its segment is added where it is new, and what is
/// known about the answer before ends.
pub(super) fn answer_edits(
    plan: &Plan,
    field: &Field,
    segment: Option<&Segment>,
    new: Option<Answer>,
) -> Vec<Edit> {
    let segment = match field.level {
        Level::Plan => None,
        Level::Segment => Some(plan.segment_or_default(segment)),
    };
    let old = plan.stored(field.name, segment.as_ref()).cloned();
    if old == new {
        return Vec::new();
    }
    let added = segment
        .iter()
        .filter(|s| !s.is_main() && plan.place_of(s).is_none());
    let mut edits: Vec<Edit> = added
        .map(|segment| Edit::AddSegment {
            segment: segment.clone(),
        })
        .collect();
    edits.push(Edit::Field {
        field: field.name.to_owned(),
        segment,
        old,
        new,
    });
    without_stale_notes(plan, edits)
}

/// The change that adds a segment.
pub fn add_segment(
    plan: &Plan,
    segment: &Segment,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    checked(
        plan,
        Edit::AddSegment {
            segment: segment.clone(),
        },
        author,
    )
}

/// The change that removes a segment with its answers.
pub fn remove_segment(
    plan: &Plan,
    segment: &Segment,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    let (place, answers) = (plan.place_of(segment), plan.answers_of(segment));
    if place.is_none() && answers.is_empty() {
        return Err(ApplyError::NoSegment(segment.clone()));
    }
    let bound = plan.items().iter().filter(|item| item.is_bound_to(segment));
    let mut edits: Vec<Edit> = bound.map(taken).collect();
    edits.push(Edit::RemoveSegment {
        segment: segment.clone(),
        place,
        answers,
    });
    together(plan, edits, author)
}

fn taken(item: &Item) -> Edit {
    Edit::Item {
        old: Some(Box::new(item.clone())),
        new: None,
    }
}

/// The change that gives a segment another name; it keeps its place and its answers.
pub fn rename_segment(
    plan: &Plan,
    from: &Segment,
    to: &Segment,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    if !plan.segments().contains(from) {
        return Err(ApplyError::NoSegment(from.clone()));
    }
    if from == to {
        return Err(ApplyError::SegmentExists(to.clone()));
    }
    let from_place = plan.place_of(from);
    let edit = Edit::RenameSegment {
        from: from.clone(),
        from_place,
        to: to.clone(),
        // A `main` that nobody has added stands before all others.
        to_place: Some(from_place.unwrap_or(0)),
    };
    let mut edits = vec![edit];
    for item in plan.items() {
        let Some(renamed) = item.renamed(from, to) else {
            continue;
        };
        if renamed.key() == item.key() {
            edits.push(Edit::Item {
                old: Some(Box::new(item.clone())),
                new: Some(Box::new(renamed)),
            });
            continue;
        }
        // A new name of a segment is free, yet a waiver or note for it may have outlived one.
        let outlived = plan.item(&renamed.key()).map(taken);
        edits.extend(outlived);
        edits.push(taken(item));
        edits.push(Edit::Item {
            old: None,
            new: Some(Box::new(renamed)),
        });
    }
    together(plan, edits, author)
}

/// The edit as the plan's next change, if it can be made.
pub(super) fn checked(plan: &Plan, edit: Edit, author: &Author) -> Result<Vec<Change>, ApplyError> {
    let changes = numbered(plan, [edit], author);
    let mut tried = plan.clone();
    changes.iter().try_for_each(|change| tried.apply(change))?;
    Ok(changes)
}

/// The edits as the plan's next changes.
fn numbered(plan: &Plan, edits: impl IntoIterator<Item = Edit>, author: &Author) -> Vec<Change> {
    let mut version = plan.version();
    let changes = edits.into_iter().map(|edit| {
        version = version.next();
        Change::by(author, version, edit)
    });
    changes.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ident::PlanId;
    use crate::plan::segment::MOST_SEGMENTS;
    use crate::plan::testing::{author, known};
    use crate::plan::{Door, UndoError, Value, Version, field, undo};

    /// A plan with its history, driven as the use cases drive it.
    struct Book {
        plan: Plan,
        history: Vec<Change>,
        second: i64,
    }

    impl Book {
        fn new() -> Self {
            Self {
                plan: Plan::new(PlanId::new("P1")),
                history: Vec::new(),
                second: 0,
            }
        }

        fn author(&mut self) -> Author {
            self.second += 1;
            author(self.second)
        }

        fn append(&mut self, changes: Vec<Change>) {
            for change in changes {
                self.plan
                    .apply(&change)
                    .expect("a change made against the plan fits it");
                self.history.push(change);
            }
        }

        fn set(&mut self, name: &str, segment: Option<&str>, words: Option<&str>) {
            let author = self.author();
            let segment = segment.map(segment_named);
            let new = words.map(|words| known(name, words));
            let field = field(name).expect("tests name fields of the catalogue");
            self.append(set_answer(
                &self.plan,
                field,
                segment.as_ref(),
                new,
                &author,
            ));
        }

        fn undo(&mut self, version: Option<u64>) -> Result<(), UndoError> {
            let author = self.author();
            let changes = undo(&self.plan, &self.history, version.map(Version), &author)?;
            self.append(changes);
            Ok(())
        }

        /// The answers as one line, and the segments.
        fn shown(&self) -> String {
            let answers = self.plan.answers().map(|(field, segment, answer)| {
                let place = segment
                    .map(|segment| format!("{segment}/"))
                    .unwrap_or_default();
                match answer {
                    Answer::Known(value) => {
                        format!("{place}{}={}", field.name, value.display(field))
                    }
                    Answer::NotApplicable(reason) => format!("{place}{} n/a {reason}", field.name),
                }
            });
            let segments: Vec<&str> = self.plan.segments().iter().map(Segment::as_str).collect();
            format!("{:?} {}", segments, answers.collect::<Vec<_>>().join(" "))
        }
    }

    fn segment_named(name: &str) -> Segment {
        Segment::parse(name).expect("tests name segments right")
    }

    #[test]
    fn answers_are_unknown_until_they_are_given() {
        let mut book = Book::new();
        assert_eq!(book.shown(), r#"["main"] "#);
        book.set("plan.stage", None, Some("pmf"));
        book.set("pricing.price", None, Some("$49/mo"));
        let expected = r#"["main"] plan.stage=product-market fit main/pricing.price=$49 a month"#;
        assert_eq!(book.shown(), expected);
        assert_eq!((book.plan.version(), book.plan.answered()), (Version(2), 2));
        book.set("pricing.price", None, None);
        assert_eq!(book.shown(), r#"["main"] plan.stage=product-market fit"#);
    }

    #[test]
    fn the_same_answer_again_changes_nothing() {
        let mut book = Book::new();
        book.set("plan.stage", None, Some("pmf"));
        book.set("plan.stage", None, Some("product_market_fit"));
        book.set("sales.motion", None, None);
        assert_eq!(book.history.len(), 1);
    }

    #[test]
    fn an_empty_main_gives_way_to_the_first_named_segment() {
        let mut book = Book::new();
        book.set("sales.motion", Some("smb"), Some("plg"));
        assert_eq!(book.shown(), r#"["smb"] smb/sales.motion=self-serve (PLG)"#);
        assert_eq!(book.history.len(), 2);
        // With one segment there is no doubt which one is meant.
        book.set("pricing.price", None, Some("$49/mo"));
        assert_eq!(book.plan.answers_of(&segment_named("smb")).len(), 2);
    }

    #[test]
    fn a_main_with_answers_stays_beside_named_segments() {
        let mut book = Book::new();
        book.set("sales.motion", None, Some("plg"));
        book.set("sales.motion", Some("enterprise"), Some("field"));
        assert!(book.shown().starts_with(r#"["main", "enterprise"] "#));
        book.set("sales.motion", Some("main"), None);
        assert!(book.shown().starts_with(r#"["enterprise"] "#));
        book.undo(None).expect("the newest change can be undone");
        assert!(book.shown().starts_with(r#"["main", "enterprise"] "#));
    }

    #[test]
    fn undo_steps_back_and_redo_returns() {
        let mut book = Book::new();
        book.set("pricing.price", None, Some("$49/mo"));
        book.set("pricing.price", None, Some("$99/mo"));
        let newest = book.shown();
        book.undo(None).expect("version 2 can be undone");
        assert!(book.shown().contains("$49 a month"));
        book.undo(None).expect("version 1 can be undone");
        assert_eq!(book.plan.answered(), 0);
        assert_eq!(book.undo(None), Err(UndoError::Nothing));
        book.undo(Some(4)).expect("an undo can be undone");
        book.undo(Some(3)).expect("an undo can be undone");
        assert_eq!(book.shown(), newest);
        assert_eq!(book.undo(Some(3)), Err(UndoError::Undone(Version(3))));
        assert_eq!(book.undo(Some(99)), Err(UndoError::OutOfReach(Version(99))));
        assert!(
            book.history[2..]
                .iter()
                .all(|change| change.door == Door::Undo)
        );
    }

    #[test]
    fn a_field_that_changed_since_is_not_undone() {
        let mut book = Book::new();
        book.set("pricing.price", None, Some("$49/mo"));
        book.set("pricing.price", None, Some("$99/mo"));
        let refused = book.undo(Some(1));
        let Err(UndoError::ChangedSince {
            field,
            version,
            gave,
            now,
            ..
        }) = refused
        else {
            panic!("{refused:?}");
        };
        assert_eq!((field.as_str(), version), ("pricing.price", Version(1)));
        assert_eq!(
            gave.map(|answer| *answer),
            Some(known("pricing.price", "$49/mo"))
        );
        assert_eq!(
            now.map(|answer| *answer),
            Some(known("pricing.price", "$99/mo"))
        );
        assert_eq!(book.plan.version(), Version(2));
    }

    #[test]
    fn an_undone_change_takes_the_segment_that_it_added() {
        for version in [None, Some(2)] {
            let mut book = Book::new();
            book.set("sales.motion", Some("smb"), Some("plg"));
            book.undo(version).expect("the change can be undone");
            assert_eq!(book.shown(), r#"["main"] "#, "{version:?}");
        }
    }

    #[test]
    fn a_segment_that_holds_more_by_now_stays() {
        let mut book = Book::new();
        book.set("sales.motion", Some("smb"), Some("plg"));
        book.set("pricing.price", Some("smb"), Some("$49/mo"));
        book.undo(Some(2)).expect("the change can be undone");
        assert_eq!(book.shown(), r#"["smb"] smb/pricing.price=$49 a month"#);
        let refused = book.undo(Some(1));
        assert!(
            matches!(refused, Err(UndoError::SegmentsChanged { .. })),
            "{refused:?}"
        );
    }

    #[test]
    fn an_import_is_one_act() {
        let mut book = Book::new();
        book.set("plan.stage", None, Some("scale"));
        let import = Author {
            door: Door::Import,
            ..book.author()
        };
        for (name, words) in [("plan.name", "Ledgerly"), ("sales.motion", "plg")] {
            let field = field(name).expect("tests name fields of the catalogue");
            let new = Some(known(name, words));
            let changes = set_answer(&book.plan, field, None, new, &import);
            book.append(changes);
        }
        book.undo(None).expect("the import can be undone");
        assert_eq!(book.shown(), r#"["main"] plan.stage=scale"#);
    }

    #[test]
    fn segments_are_renamed_and_removed_and_come_back() {
        let mut book = Book::new();
        book.set("sales.motion", None, Some("plg"));
        book.set("plan.stage", None, Some("scale"));
        let before = book.shown();
        let author = book.author();
        let smb = segment_named("smb");
        let renamed = rename_segment(&book.plan, &Segment::main(), &smb, &author);
        book.append(renamed.expect("main can be renamed"));
        assert!(book.shown().contains("smb/sales.motion"));
        let author = book.author();
        let removed = remove_segment(&book.plan, &smb, &author);
        book.append(removed.expect("smb can be removed"));
        assert_eq!(book.shown(), r#"["main"] plan.stage=scale"#);
        book.undo(None).expect("the removal can be undone");
        assert!(book.shown().contains("smb/sales.motion"));
        book.undo(None).expect("the renaming can be undone");
        assert_eq!(book.shown(), before);
        let author = book.author();
        let twice = add_segment(&book.plan, &Segment::main(), &author);
        assert_eq!(twice, Err(ApplyError::SegmentExists(Segment::main())));
    }

    #[test]
    fn a_stale_or_unfitting_change_is_refused_and_changes_nothing() {
        let mut book = Book::new();
        book.set("pricing.price", None, Some("$49/mo"));
        let before = book.plan.clone();
        let change = book.history[0].clone();
        let again = book.plan.apply(&change);
        let wrong = ApplyError::WrongVersion {
            expected: Version(2),
            found: Version(1),
        };
        assert_eq!(again, Err(wrong));
        let next = Change {
            version: Version(2),
            ..change.clone()
        };
        assert!(matches!(
            book.plan.apply(&next),
            Err(ApplyError::OldDiffers { .. })
        ));
        let edit = Edit::Field {
            field: "pricing.price".to_owned(),
            segment: Some(segment_named("nowhere")),
            old: None,
            new: None,
        };
        let nowhere = Change { edit, ..next };
        assert!(matches!(
            book.plan.apply(&nowhere),
            Err(ApplyError::NoSegment(_))
        ));
        assert_eq!(book.plan, before);
    }

    #[test]
    fn a_field_that_the_catalogue_has_lost_does_not_stop_loading() {
        let mut book = Book::new();
        book.set("plan.stage", None, Some("scale"));
        let gone = Edit::Field {
            field: "plan.mascot".to_owned(),
            segment: None,
            old: None,
            new: Some(Answer::Known(Value::Text("an owl".to_owned()))),
        };
        let author = book.author();
        book.append(vec![Change::by(&author, Version(2), gone)]);
        assert_eq!((book.plan.version(), book.plan.answered()), (Version(2), 1));
        let stored = serde_json::to_string(&book.plan).expect("plans are stored as JSON");
        let loaded: Plan = serde_json::from_str(&stored).expect("what was stored can be loaded");
        assert_eq!(loaded, book.plan);
        book.undo(Some(2)).expect("even that change can be undone");
    }

    #[derive(Debug, Clone)]
    enum Step {
        Set(&'static str, &'static str, Option<usize>),
        Undo,
        UndoVersion(u64),
        Remove(&'static str),
        Rename(&'static str, &'static str),
    }

    fn any_step() -> impl Strategy<Value = Step> {
        let segment = || prop::sample::select(vec!["main", "smb", "enterprise"]);
        let names = prop::sample::select(vec!["plan.stage", "sales.motion", "pricing.trial"]);
        prop_oneof![
            4 => (names, segment(), prop::option::of(0..4_usize))
                .prop_map(|(name, segment, choice)| Step::Set(name, segment, choice)),
            2 => Just(Step::Undo),
            2 => (1..20_u64).prop_map(Step::UndoVersion),
            1 => segment().prop_map(Step::Remove),
            1 => (segment(), segment()).prop_map(|(from, to)| Step::Rename(from, to)),
        ]
    }

    impl Book {
        /// Takes a step; one that is refused leaves the plan as it was.
        fn step(&mut self, step: &Step) {
            match step {
                Step::Set(name, segment, choice) => {
                    let field = field(name).expect("tests name fields of the catalogue");
                    let words = choice.map(|choice| field.choices[choice].slug);
                    self.set(name, Some(segment), words);
                }
                Step::Undo => drop(self.undo(None)),
                Step::UndoVersion(version) => drop(self.undo(Some(*version))),
                Step::Remove(segment) => {
                    let author = self.author();
                    let changes = remove_segment(&self.plan, &segment_named(segment), &author);
                    self.append(changes.unwrap_or_default());
                }
                Step::Rename(from, to) => {
                    let author = self.author();
                    let (from, to) = (segment_named(from), segment_named(to));
                    let changes = rename_segment(&self.plan, &from, &to, &author);
                    self.append(changes.unwrap_or_default());
                }
            }
        }
    }

    proptest! {
        #[test]
        fn folding_a_history_gives_the_plan(steps in prop::collection::vec(any_step(), 0..25)) {
            let mut book = Book::new();
            for step in &steps {
                book.step(step);
            }
            let folded = Plan::fold(PlanId::new("P1"), &book.history);
            prop_assert_eq!(folded.as_ref(), Ok(&book.plan));
            let stored = serde_json::to_string(&book.history).expect("changes are stored as JSON");
            let loaded: Vec<Change> = serde_json::from_str(&stored).expect("and loaded again");
            prop_assert_eq!(loaded, book.history);
        }

        #[test]
        fn taking_changes_back_gives_every_earlier_version(
            steps in prop::collection::vec(any_step(), 0..20),
        ) {
            let mut book = Book::new();
            for step in &steps {
                book.step(step);
            }
            for length in 0..=book.history.len() {
                let (first, rest) = book.history.split_at(length);
                let folded = Plan::fold(PlanId::new("P1"), first).expect("it was made so");
                prop_assert_eq!(book.plan.before(rest), Ok(folded));
            }
        }

        #[test]
        fn undo_restores_the_very_sheet(
            steps in prop::collection::vec(any_step(), 0..20),
            last in any_step(),
        ) {
            let mut book = Book::new();
            for step in &steps {
                book.step(step);
            }
            let before = (book.shown(), book.history.len());
            book.step(&last);
            // A step that was refused, or that undid a whole act, has no single undo.
            let made = &book.history[before.1..];
            match made {
                [one] if one.undoes.is_some() => {
                    let newest = one.version.0;
                    book.undo(Some(newest)).expect("an undo can be undone at once");
                }
                [one, ..] if one.undoes.is_none() => {
                    book.undo(None).expect("the newest act can be undone at once");
                }
                _ => return Ok(()),
            }
            prop_assert_eq!(book.shown(), before.0);
        }
    }

    #[test]
    fn a_plan_that_was_stored_with_more_segments_is_as_it_was() {
        let names = (0..MOST_SEGMENTS + 20).map(|n| Segment::parse(&format!("s{n}")));
        let edits = names.map(|name| Edit::AddSegment {
            segment: name.expect("right names"),
        });
        let empty = Plan::new(crate::ident::PlanId::new("P1"));
        let changes = numbered(&empty, edits, &author(1));
        let plan = Plan::fold(crate::ident::PlanId::new("P1"), &changes).expect("it is applied");
        let stored = serde_json::to_string(&plan).expect("a plan is stored as JSON");
        let read: Plan = serde_json::from_str(&stored).expect("and read");
        assert_eq!(read, plan);
        let set = checked(
            &plan,
            Edit::Field {
                field: "plan.customers".to_owned(),
                segment: None,
                old: None,
                new: Some(known("plan.customers", "12")),
            },
            &author(1),
        );
        assert!(set.is_ok(), "it is still worked on");
        let more = Segment::parse("more").expect("a right name");
        assert_eq!(
            add_segment(&plan, &more, &author(1)),
            Err(ApplyError::TooManySegments(MOST_SEGMENTS + 21))
        );
    }
}
