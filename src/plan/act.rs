//! Acts of several edits, and changes of what stands beside the answers.

use jiff::civil::Date;

use super::compare::difference;
use super::history::{answer_edits, checked};
use super::renumber::renumbered;
use super::{
    About, Answer, ApplyError, Approval, Author, Change, Edit, Field, Item, ItemKey, Level, Plan,
    Scenario,
};

/// The change that puts `item` where its key says, or replaces what stands there; none if it
/// stands there already.
pub fn put_item(plan: &Plan, item: Item, author: &Author) -> Result<Vec<Change>, ApplyError> {
    set_item(plan, &item.key(), Some(item), author)
}

/// The change that takes away what stands at `key`; none if nothing does.
pub fn take_item(plan: &Plan, key: &ItemKey, author: &Author) -> Result<Vec<Change>, ApplyError> {
    set_item(plan, key, None, author)
}

/// The change after which `new` stands at `key`.
pub fn set_item(
    plan: &Plan,
    key: &ItemKey,
    new: Option<Item>,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    together(
        plan,
        item_edit(plan, key, new).into_iter().collect(),
        author,
    )
}

fn item_edit(plan: &Plan, key: &ItemKey, new: Option<Item>) -> Option<Edit> {
    let old = plan.item(key).cloned();
    (old != new).then(|| Edit::Item {
        old: old.map(Box::new),
        new: new.map(Box::new),
    })
}

/// The change that says something about a value, and sets that value where one is given.
pub fn say_about(
    plan: &Plan,
    field: &Field,
    about: About,
    value: Option<Answer>,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    let segment = match field.level {
        Level::Plan => None,
        Level::Segment => Some(plan.segment_or_default(about.segment.as_ref())),
    };
    let mut edits = match value {
        Some(value) => answer_edits(plan, field, segment.as_ref(), Some(value)),
        None => Vec::new(),
    };
    let about = Item::About(About { segment, ..about });
    edits.extend(item_edit(plan, &about.key(), Some(about)));
    together(plan, edits, author)
}

/// The change that makes the sheet what it was; decisions, scenarios, the baseline and the approval
/// stay as they are.
pub fn restore(plan: &Plan, earlier: &Plan, author: &Author) -> Result<Vec<Change>, ApplyError> {
    let edits = difference(plan, earlier);
    let sheet = edits.into_iter().filter(Edit::is_of_sheet).collect();
    together(plan, sheet, author)
}

/// The change that takes over all that `other` says; what it does not speak of stays as it is.
pub fn import(plan: &Plan, other: &Plan, author: &Author) -> Result<Vec<Change>, ApplyError> {
    together(plan, additions(plan, other), author)
}

/// What `other` says that `plan` does not, as edits of `plan`.
pub fn additions(plan: &Plan, other: &Plan) -> Vec<Edit> {
    let other = &renumbered(plan, other);
    let edits = difference(plan, other)
        .into_iter()
        .filter(|edit| match edit {
            Edit::AddSegment { .. } => true,
            Edit::Field { new, .. } => new.is_some(),
            Edit::Item { new, .. } => {
                let item = new.as_deref();
                item.is_some_and(|item| !matches!(item, Item::Approval(_)))
            }
            _ => false,
        });
    without_stale_notes(plan, edits.collect())
}

/// The change that makes a scenario the plan, and the scenario go.
pub fn adopt(plan: &Plan, scenario: &Scenario, author: &Author) -> Result<Vec<Change>, ApplyError> {
    let edits = difference(plan, &plan.under(scenario));
    let mut edits = without_stale_notes(plan, edits);
    edits.extend(item_edit(
        plan,
        &ItemKey::Scenario(scenario.name.clone()),
        None,
    ));
    together(plan, edits, author)
}

/// The change that approves the sheet as it is.
pub fn approve(
    plan: &Plan,
    by: String,
    on: Date,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    let approval = Approval {
        hash: plan.content_hash(),
        by,
        on,
        objections: Vec::new(),
    };
    put_item(plan, Item::Approval(approval), author)
}

impl Plan {
    /// The plan as it would be under a scenario.
    #[must_use]
    pub fn under(&self, scenario: &Scenario) -> Self {
        let mut variant = self.clone();
        for differing in &scenario.answers {
            let named = &mut variant.sheet.named;
            let answers = match &differing.segment {
                None => &mut variant.sheet.whole,
                Some(segment) => {
                    if !segment.is_main() && !named.contains(segment) {
                        named.push(segment.clone());
                    }
                    variant.sheet.by_segment.entry(segment.clone()).or_default()
                }
            };
            match &differing.answer {
                Some(answer) => answers.insert(differing.field.clone(), answer.clone()),
                None => answers.remove(&differing.field),
            };
        }
        variant
            .sheet
            .by_segment
            .retain(|_, answers| !answers.is_empty());
        variant.list_segments();
        variant
    }
}

/// The edits, and those that end what was said about values which give way to others.
pub(super) fn without_stale_notes(plan: &Plan, mut edits: Vec<Edit>) -> Vec<Edit> {
    let mut ends = Vec::new();
    for edit in &edits {
        let Edit::Field { field, segment, .. } = edit else {
            continue;
        };
        let key = ItemKey::About(field.clone(), segment.clone());
        let is_said_anew = edits
            .iter()
            .any(|other| matches!(other, Edit::Item { new: Some(item), .. } if item.key() == key));
        match plan.item(&key) {
            Some(Item::About(about)) if !is_said_anew && about.speaks_of_value() => {
                ends.extend(item_edit(
                    plan,
                    &key,
                    about.without_value().map(Item::About),
                ));
            }
            _ => {}
        }
    }
    edits.extend(ends);
    edits
}

/// The edits as one change; none where there is nothing to do.
pub(super) fn together(
    plan: &Plan,
    mut edits: Vec<Edit>,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    match edits.len() {
        0 => Ok(Vec::new()),
        1 => checked(plan, edits.remove(0), author),
        _ => checked(plan, Edit::Together { edits }, author),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ident::{PlanId, RuleSlug};
    use crate::plan::testing::{author, known, plan_with};
    use crate::plan::{
        Certainty, ScenarioAnswer, Segment, UndoError, Version, Waiver, field, remove_segment,
        rename_segment, set_answer, undo,
    };

    fn segment(name: &str) -> Segment {
        Segment::parse(name).expect("tests name segments right")
    }

    fn waiver(rule: &str, of: Option<&str>) -> Item {
        Item::Waiver(Waiver {
            rule: RuleSlug::new(rule),
            segment: of.map(segment),
            reason: "we learn first".to_owned(),
            owner: None,
            until: None,
            against: [("pricing.price for smb".to_owned(), "$49 a month".to_owned())].into(),
        })
    }

    fn scenario(name: &str, field: &str, words: Option<&str>) -> Scenario {
        Scenario {
            name: name.to_owned(),
            answers: vec![ScenarioAnswer {
                field: field.to_owned(),
                segment: field.starts_with("pricing").then(|| segment("smb")),
                answer: words.map(|words| known(field, words)),
            }],
        }
    }

    /// A plan with its history.
    struct Book {
        plan: Plan,
        history: Vec<Change>,
    }

    impl Book {
        fn new() -> Self {
            Self {
                plan: Plan::new(PlanId::new("P1")),
                history: Vec::new(),
            }
        }

        fn author(&self) -> Author {
            author(i64::try_from(self.history.len()).expect("tests are short"))
        }

        #[track_caller]
        fn make(&mut self, changes: Result<Vec<Change>, ApplyError>) {
            for change in changes.expect("a change that fits") {
                self.plan
                    .apply(&change)
                    .expect("a change made against the plan");
                self.history.push(change);
            }
        }

        fn set(&mut self, name: &str, of: &str, words: &str) {
            let field = field(name).expect("tests name fields of the catalogue");
            let new = Some(known(name, words));
            let changes = set_answer(&self.plan, field, Some(&segment(of)), new, &self.author());
            self.make(Ok(changes));
        }

        fn put(&mut self, item: Item) {
            let changes = put_item(&self.plan, item, &self.author());
            self.make(changes);
        }

        fn undo(&mut self) -> Result<(), UndoError> {
            let changes = undo(&self.plan, &self.history, None, &self.author())?;
            self.make(Ok(changes));
            Ok(())
        }
    }

    #[test]
    fn what_stands_beside_the_answers_is_undone_like_them() {
        let mut book = Book::new();
        book.set("pricing.price", "smb", "$49/mo");
        let before = book.plan.content_hash();
        book.put(waiver("trial-missing-for-plg", Some("smb")));
        assert_ne!(book.plan.content_hash(), before);
        assert_eq!(book.plan.waivers().count(), 1);
        book.undo().expect("a waiver can be undone");
        assert_eq!(book.plan.content_hash(), before);
        assert_eq!(book.plan.waivers().count(), 0);
    }

    #[test]
    fn a_stale_item_is_refused_with_both() {
        let mut book = Book::new();
        let changes = put_item(&book.plan, waiver("a", None), &book.author());
        let mut other = waiver("a", None);
        if let Item::Waiver(waiver) = &mut other {
            waiver.reason = "another reason".to_owned();
        }
        book.put(other.clone());
        let mut late = changes.expect("it fits the empty plan").remove(0);
        late.version = Version(2);
        let refused = book.plan.apply(&late);
        let Err(ApplyError::ItemDiffers {
            expected, found, ..
        }) = refused
        else {
            panic!("{refused:?}");
        };
        assert_eq!((expected, found), (None, Some(Box::new(other))));
    }

    #[test]
    fn an_approved_plan_changes_only_by_unlocking_it() {
        let mut book = Book::new();
        book.set("pricing.price", "main", "$49/mo");
        let on = jiff::civil::date(2026, 3, 4);
        let approved = approve(&book.plan, "@ana".to_owned(), on, &book.author());
        book.make(approved);
        let field = field("pricing.price").expect("the catalogue has it");
        let new = Some(known("pricing.price", "$99/mo"));
        let change = set_answer(&book.plan, field, None, new, &book.author()).remove(0);
        let refused = book.plan.apply(&change);
        assert!(
            matches!(refused, Err(ApplyError::Approved(_))),
            "{refused:?}"
        );
        let refused = put_item(&book.plan, waiver("a", None), &book.author());
        assert!(
            matches!(refused, Err(ApplyError::Approved(_))),
            "{refused:?}"
        );
        // Scenarios are for trying out: they leave the sheet as it is.
        book.put(Item::Scenario(scenario(
            "dear",
            "plan.stage",
            Some("scale"),
        )));
        let refused = undo(&book.plan, &book.history, Some(Version(1)), &book.author());
        assert!(
            matches!(refused, Err(UndoError::Approved(_))),
            "{refused:?}"
        );
        let unlocked = take_item(&book.plan, &ItemKey::Approval, &book.author());
        book.make(unlocked);
        book.set("pricing.price", "main", "$99/mo");
        // The approval was of another sheet.
        let stale = undo(&book.plan, &book.history, Some(Version(4)), &book.author());
        assert_eq!(stale, Err(UndoError::ApprovalStale(Version(4))));
    }

    #[test]
    fn a_large_import_is_one_version_and_one_undo() {
        let mut book = Book::new();
        book.set("plan.stage", "main", "scale");
        let before = book.plan.content_hash();
        let file = plan_with(&[
            ("plan.name", "Ledgerly"),
            ("sales.motion", "plg"),
            ("pricing.acv", "$9k"),
        ]);
        let imported = import(&book.plan, &file, &book.author());
        book.make(imported);
        assert_eq!((book.plan.version(), book.plan.answered()), (Version(2), 4));
        book.undo().expect("an import is one act");
        assert_eq!(book.plan.content_hash(), before);
    }

    #[test]
    fn how_sure_a_value_was_says_nothing_of_the_next() {
        let mut book = Book::new();
        let price = field("pricing.price").expect("the catalogue has it");
        let mut about = About::nothing("pricing.price", None);
        about.certainty = Some(Certainty::Guess);
        about.owner = Some("@ana".to_owned());
        let value = Some(known("pricing.price", "$49/mo"));
        let said = say_about(&book.plan, price, about, value, &book.author());
        book.make(said);
        assert_eq!(book.plan.version(), Version(1));
        book.set("pricing.price", "main", "$99/mo");
        let left = book.plan.about(price, None).expect("the owner stays");
        assert_eq!(
            (left.certainty, left.owner.as_deref()),
            (None, Some("@ana"))
        );
        book.undo().expect("both go back together");
        let back = book.plan.about(price, None).expect("it is back");
        assert_eq!(back.certainty, Some(Certainty::Guess));
    }

    #[test]
    fn a_renamed_segment_keeps_what_was_said_of_it_and_a_removed_one_loses_it() {
        let mut book = Book::new();
        book.set("pricing.price", "smb", "$49/mo");
        book.put(waiver("a", Some("smb")));
        book.put(Item::Scenario(scenario(
            "cheap",
            "pricing.price",
            Some("$19/mo"),
        )));
        let hash = book.plan.content_hash();
        let renamed = rename_segment(
            &book.plan,
            &segment("smb"),
            &segment("small"),
            &book.author(),
        );
        book.make(renamed);
        let waiver = book.plan.waivers().next().expect("it stays");
        assert_eq!(waiver.segment, Some(segment("small")));
        assert!(waiver.against.contains_key("pricing.price for small"));
        let variant = book.plan.scenarios().next().expect("it stays");
        assert_eq!(variant.answers[0].segment, Some(segment("small")));
        book.undo().expect("one act");
        assert_eq!(book.plan.content_hash(), hash);
        let removed = remove_segment(&book.plan, &segment("smb"), &book.author());
        book.make(removed);
        assert_eq!(book.plan.waivers().count(), 0);
        book.undo().expect("one act");
        assert_eq!(book.plan.content_hash(), hash);
    }

    #[test]
    fn an_adopted_scenario_is_the_plan_and_gone() {
        let mut book = Book::new();
        book.set("pricing.price", "smb", "$49/mo");
        let cheap = scenario("cheap", "pricing.price", Some("$19/mo"));
        book.put(Item::Scenario(cheap.clone()));
        let variant = book.plan.under(&cheap);
        let adopted = adopt(&book.plan, &cheap, &book.author());
        book.make(adopted);
        assert_eq!(book.plan.content_hash(), variant.content_hash());
        assert_eq!(book.plan.scenarios().count(), 0);
    }

    /// Something that changes the plan.
    #[derive(Debug, Clone)]
    enum Step {
        Set(&'static str, &'static str, &'static str),
        Item(Item),
        Remove(&'static str),
        Rename(&'static str, &'static str),
    }

    fn any_step() -> impl Strategy<Value = Step> {
        let name = || prop::sample::select(vec!["main", "smb", "large"]);
        let value = prop::sample::select(vec![
            ("plan.stage", "scale"),
            ("plan.stage", "pmf"),
            ("pricing.price", "$49/mo"),
            ("pricing.price", "$99/mo"),
            ("sales.motion", "plg"),
        ]);
        let item = prop::sample::select(vec![
            waiver("a", None),
            waiver("a", Some("smb")),
            waiver("b", Some("large")),
            Item::Scenario(scenario("x", "pricing.price", None)),
        ]);
        prop_oneof![
            4 => (value, name()).prop_map(|((field, words), of)| Step::Set(field, of, words)),
            2 => item.prop_map(Step::Item),
            1 => name().prop_map(Step::Remove),
            1 => (name(), name()).prop_map(|(from, to)| Step::Rename(from, to)),
        ]
    }

    fn after(steps: &[Step]) -> Book {
        let mut book = Book::new();
        go_on(&mut book, steps);
        book
    }

    fn go_on(book: &mut Book, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Set(field, of, words) => book.set(field, of, words),
                Step::Item(item) => book.put(item.clone()),
                Step::Remove(name) => {
                    let made = remove_segment(&book.plan, &segment(name), &book.author());
                    book.make(Ok(made.unwrap_or_default()));
                }
                Step::Rename(from, to) => {
                    let made =
                        rename_segment(&book.plan, &segment(from), &segment(to), &book.author());
                    book.make(Ok(made.unwrap_or_default()));
                }
            }
        }
    }

    #[test]
    fn a_main_segment_without_answers_is_restored_where_only_answers_show_it() {
        let named = [
            Step::Rename("main", "smb"),
            Step::Set("pricing.price", "large", "$49/mo"),
            Step::Rename("smb", "main"),
        ];
        let mut book = after(&named);
        let earlier = book.plan.clone();
        let shown = [
            Step::Rename("main", "smb"),
            Step::Set("pricing.price", "main", "$49/mo"),
        ];
        go_on(&mut book, &shown);
        book.make(restore(&book.plan, &earlier, &book.author()));
        assert!(book.plan.segments().contains(&Segment::main()));
        assert_eq!(book.plan.content_hash(), earlier.content_hash());
    }

    proptest! {
        #[test]
        fn a_restored_version_says_what_it_said(
            steps in prop::collection::vec(any_step(), 0..16),
            cut in 0..16_usize,
        ) {
            let mut book = after(&steps);
            let kept = cut.min(book.history.len());
            let earlier = Plan::fold(PlanId::new("P1"), &book.history[..kept]).expect("it folds");
            let now = book.plan.content_hash();
            let made = restore(&book.plan, &earlier, &book.author());
            let changes = made.expect("any version can be restored");
            let restored = !changes.is_empty();
            book.make(Ok(changes));
            prop_assert_eq!(book.plan.content_hash(), earlier.content_hash());
            prop_assert!(difference(&earlier, &book.plan).iter().all(|edit| !edit.is_of_sheet()));
            let folded = Plan::fold(PlanId::new("P1"), &book.history).expect("it folds");
            prop_assert_eq!(&folded, &book.plan);
            if restored {
                book.undo().expect("a restoration is one act");
                prop_assert_eq!(book.plan.content_hash(), now);
            }
        }
    }
}
