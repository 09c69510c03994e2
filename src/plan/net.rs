//! What several changes come to: each thing from how it was before them to how it is now.

use super::{Author, Change, Edit, ItemKey, Plan, Segment, difference, rename_segment};

/// One thing that is different after some changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Net<'a> {
    /// From how it was to how it is.
    pub edit: Edit,
    /// The change that touched it last.
    pub last: &'a Change,
    /// How many changes touched it.
    pub changes: usize,
}

/// What is different between two states of a plan, what was changed last first. `changes`, oldest
/// first, lead from `earlier` to `now`: who changed what is told from them. What came back to what it
/// was is no difference.
pub fn net<'a>(earlier: &Plan, now: &Plan, changes: &'a [Change]) -> Vec<Net<'a>> {
    let Some(newest) = changes.last() else {
        return Vec::new();
    };
    let mut aligned = earlier.clone();
    let mut edits = renames(&mut aligned, now, changes);
    edits.extend(difference(&aligned, now));
    let mut nets: Vec<_> = edits
        .into_iter()
        .map(|edit| {
            let (last, changes) = touches(&edit, changes);
            let last = last.unwrap_or(newest);
            Net {
                edit,
                last,
                changes: changes.max(1),
            }
        })
        .collect();
    nets.sort_by_key(|it| std::cmp::Reverse(it.last.version));
    nets
}

/// Gives the segments of the earlier plan the names that they have now; returns how each was renamed.
fn renames(aligned: &mut Plan, now: &Plan, changes: &[Change]) -> Vec<Edit> {
    let mut made = Vec::new();
    for (then, name) in names(aligned, changes) {
        let is_other = then != name && now.segments().contains(&name);
        let Some(newest) = changes.last().filter(|_| is_other) else {
            continue;
        };
        let author = Author {
            by: newest.by.clone(),
            at: newest.at,
            door: newest.door,
            link: newest.link.clone(),
        };
        // Two that took each other's names are told by what is different under each.
        let Ok(renaming) = rename_segment(aligned, &then, &name, &author) else {
            continue;
        };
        let mut renamed = aligned.clone();
        if renaming.iter().all(|it| renamed.apply(it).is_ok()) {
            *aligned = renamed;
            let parts = renaming.iter().flat_map(|it| it.edit.parts());
            made.extend(
                parts
                    .filter(|it| matches!(it, Edit::RenameSegment { .. }))
                    .cloned(),
            );
        }
    }
    made
}

/// The segments of the earlier plan that are still there, by the name then and the name now.
fn names(earlier: &Plan, changes: &[Change]) -> Vec<(Segment, Segment)> {
    let known = earlier.segments().iter();
    let mut names: Vec<_> = known.map(|it| (it.clone(), it.clone())).collect();
    for edit in changes.iter().flat_map(|change| change.edit.parts()) {
        match edit {
            Edit::RenameSegment { from, to, .. } => {
                for (_, name) in names.iter_mut().filter(|(_, name)| name == from) {
                    name.clone_from(to);
                }
            }
            Edit::RemoveSegment { segment, .. } => names.retain(|(_, name)| name != segment),
            _ => {}
        }
    }
    names
}

/// The change that touched what an edit is about last, and how many did.
fn touches<'a>(edit: &Edit, changes: &'a [Change]) -> (Option<&'a Change>, usize) {
    let Some(mut about) = About::of(edit) else {
        return (None, 0);
    };
    let (mut last, mut n) = (None, 0);
    for change in changes.iter().rev() {
        let parts = change.edit.parts().iter().rev();
        // Each of them is looked at: one may give the segment the name that it has after.
        if parts.filter(|part| about.is_touched_by(part)).count() > 0 {
            last = last.or(Some(change));
            n += 1;
        }
    }
    (last, n)
}

/// What an edit is about, under the names of the time that is looked at.
enum About<'e> {
    Field(&'e str, Option<Segment>),
    Segment(Segment),
    Item(ItemKey),
}

impl<'e> About<'e> {
    fn of(edit: &'e Edit) -> Option<Self> {
        match edit {
            Edit::Field { field, segment, .. } => Some(Self::Field(field, segment.clone())),
            Edit::AddSegment { segment }
            | Edit::RemoveSegment { segment, .. }
            | Edit::RestoreSegment { segment, .. }
            | Edit::RenameSegment { to: segment, .. } => Some(Self::Segment(segment.clone())),
            Edit::Item { old, new } => Some(Self::Item(old.as_ref().or(new.as_ref())?.key())),
            Edit::Together { .. } => None,
        }
    }

    /// Whether an edit touched it; behind a rename it goes by the name before.
    fn is_touched_by(&mut self, part: &Edit) -> bool {
        match (self, part) {
            (Self::Segment(name), Edit::RenameSegment { from, to, .. }) if name == to => {
                name.clone_from(from);
                true
            }
            (Self::Field(_, Some(name)), Edit::RenameSegment { from, to, .. }) if name == to => {
                name.clone_from(from);
                false
            }
            (Self::Field(known, of), Edit::Field { field, segment, .. }) => {
                known == field && of == segment
            }
            (
                Self::Segment(name) | Self::Field(_, Some(name)),
                Edit::RemoveSegment { segment, .. } | Edit::RestoreSegment { segment, .. },
            )
            | (Self::Segment(name), Edit::AddSegment { segment }) => name == segment,
            (Self::Item(key), Edit::Item { old, new }) => {
                let item = old.as_ref().or(new.as_ref());
                item.is_some_and(|item| item.key() == *key)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::{Told, author, known};
    use crate::plan::{add_segment, remove_segment, undo};

    impl Told {
        fn author(&self) -> Author {
            author(i64::try_from(self.changes.len()).expect("tests are short"))
        }

        fn set(self, segment: &str, name: &str, words: &str) -> Self {
            let author = self.author();
            self.answered(segment, name, words, &author)
        }

        fn renamed(self, from: &str, to: &str) -> Self {
            let name = |words| Segment::parse(words).expect("a name");
            let changes = rename_segment(&self.plan, &name(from), &name(to), &self.author());
            self.made(changes.expect("it can be renamed"))
        }

        /// What is different since the first `n` changes, as `what ×changes`.
        fn since(&self, n: usize) -> String {
            let newest = &self.changes[n..];
            let earlier = self.plan.before(newest).expect("it goes back");
            let nets = net(&earlier, &self.plan, newest);
            let words = nets.iter().map(|it| {
                let what = match &it.edit {
                    Edit::Field { segment, .. } => {
                        let of = segment.as_ref().map_or("plan", Segment::as_str);
                        format!("answer in {of}")
                    }
                    Edit::AddSegment { segment } => format!("{segment} came"),
                    Edit::RemoveSegment { segment, .. } => format!("{segment} went"),
                    Edit::RenameSegment { from, to, .. } => format!("{from} is {to}"),
                    other => format!("{other:?}"),
                };
                format!("{what} ×{}", it.changes)
            });
            words.collect::<Vec<_>>().join("; ")
        }
    }

    #[test]
    fn several_changes_of_one_answer_are_one_difference() {
        let mut told = Told::new().set("main", "pricing.price", "$49/mo");
        for price in ["$59/mo", "$69/mo", "$79/mo", "$89/mo", "$99/mo"] {
            told = told.set("main", "pricing.price", price);
        }
        assert_eq!(told.since(1), "answer in main ×5");
        let newest = &told.changes[1..];
        let earlier = told.plan.before(newest).expect("it goes back");
        let nets = net(&earlier, &told.plan, newest);
        let expected = Edit::Field {
            field: "pricing.price".to_owned(),
            segment: Some(Segment::main()),
            old: Some(known("pricing.price", "$49/mo")),
            new: Some(known("pricing.price", "$99/mo")),
        };
        assert_eq!(nets[0].edit, expected);
        assert_eq!(nets[0].last.version, told.plan.version());
    }

    #[test]
    fn what_came_back_is_no_difference() {
        let told = Told::new().set("main", "pricing.price", "$49/mo");
        let back = told.set("main", "pricing.price", "$99/mo");
        let back = back.set("main", "pricing.price", "$49/mo");
        assert_eq!(back.since(1), "");
        let told = back.set("main", "sales.motion", "plg");
        let changes = undo(&told.plan, &told.changes, None, &told.author());
        assert_eq!(told.made(changes.expect("an undo")).since(3), "");
    }

    #[test]
    fn what_was_changed_last_comes_first() {
        let told = Told::new()
            .set("main", "pricing.price", "$49/mo")
            .set("main", "sales.motion", "plg")
            .set("main", "pricing.price", "$99/mo");
        assert_eq!(told.since(0), "answer in main ×2; answer in main ×1");
    }

    #[test]
    fn a_segment_keeps_its_answers_under_another_name() {
        let told =
            Told::new()
                .set("smb", "pricing.price", "$49/mo")
                .set("smb", "sales.motion", "plg");
        let n = told.changes.len();
        let told = told
            .set("smb", "pricing.price", "$59/mo")
            .renamed("smb", "small")
            .set("small", "pricing.price", "$69/mo")
            .renamed("small", "tiny");
        assert_eq!(told.since(n), "smb is tiny ×2; answer in tiny ×2");
        let back = told.renamed("tiny", "smb");
        assert_eq!(back.since(n), "answer in smb ×2");
    }

    #[test]
    fn a_segment_that_came_and_went_is_no_difference() {
        let told = Told::new().set("main", "pricing.price", "$49/mo");
        let name = Segment::parse("smb").expect("a name");
        let changes = add_segment(&told.plan, &name, &told.author()).expect("it comes");
        let told = told.made(changes).set("smb", "pricing.price", "$9/mo");
        assert_eq!(told.since(1), "answer in smb ×1; smb came ×1");
        let changes = remove_segment(&told.plan, &name, &told.author()).expect("it goes");
        let told = told.made(changes);
        assert_eq!(told.since(1), "");
        assert_eq!(told.since(3), "smb went ×1");
    }
}
