//! How a change is made on the sheet: whole, and only on the very sheet that it was made against.

use super::draft::Answers;
use super::segment::MOST_SEGMENTS;
use super::{Answer, ApplyError, Change, Edit, Item, Plan, Segment, Version};

impl Plan {
    /// Makes a new change, if it is the next one and was made against this very sheet. This is the one
    /// place where the bound on segments is enforced, whatever door the change comes by.
    pub fn apply(&mut self, change: &Change) -> Result<(), ApplyError> {
        let before = self.segments().len();
        // An edit adds one segment at most, so most plans need not be looked at twice.
        if before + change.edit.parts().len() <= MOST_SEGMENTS {
            return self.follow(change);
        }
        let mut grown = self.clone();
        grown.follow(change)?;
        match grown.segments().len() {
            n if n > MOST_SEGMENTS && n > before => Err(ApplyError::TooManySegments(n)),
            _ => {
                *self = grown;
                Ok(())
            }
        }
    }

    /// Makes a change of the past: a plan that was stored with more segments is what it was.
    pub(super) fn follow(&mut self, change: &Change) -> Result<(), ApplyError> {
        let next = Version(self.sheet.version.0 + 1);
        if change.version != next {
            return Err(ApplyError::WrongVersion {
                expected: next,
                found: change.version,
            });
        }
        self.make(&change.edit)?;
        self.sheet.version = next;
        Ok(())
    }

    /// Makes an edit whole or not at all. This is the one place where an approval is enforced.
    pub(super) fn make(&mut self, edit: &Edit) -> Result<(), ApplyError> {
        let before = matches!(edit, Edit::Together { .. }).then(|| self.clone());
        let made = edit.parts().iter().try_for_each(|part| {
            match self.approval() {
                Some(approval) if part.is_of_sheet() => {
                    return Err(ApplyError::Approved(Box::new(approval.clone())));
                }
                _ => self.edit(part)?,
            }
            self.list_segments();
            Ok(())
        });
        if let (Err(_), Some(before)) = (&made, before) {
            *self = before;
        }
        made
    }

    fn edit(&mut self, edit: &Edit) -> Result<(), ApplyError> {
        match edit {
            Edit::Field {
                field,
                segment,
                old,
                new,
            } => self.set(field, segment.as_ref(), old.as_ref(), new.as_ref()),
            Edit::AddSegment { segment } => {
                self.add(segment, Some(self.sheet.named.len()), &Answers::new())
            }
            Edit::RestoreSegment {
                segment,
                place,
                answers,
            } => self.add(segment, *place, answers),
            Edit::RemoveSegment {
                segment,
                place,
                answers,
            } => self.remove(segment, *place, answers),
            Edit::RenameSegment {
                from,
                from_place,
                to,
                to_place,
            } => {
                // Checked first, so that a change is made whole or not at all.
                self.check_free(to, *to_place)?;
                let answers = self.answers_of(from);
                self.remove(from, *from_place, &answers)?;
                self.add(to, *to_place, &answers)
            }
            Edit::Item { old, new } => self.put(old.as_deref(), new.as_deref()),
            Edit::Together { edits } => edits.iter().try_for_each(|edit| self.edit(edit)),
        }
    }

    /// Puts, replaces or takes away what stands beside the answers.
    fn put(&mut self, old: Option<&Item>, new: Option<&Item>) -> Result<(), ApplyError> {
        let Some(key) = old.or(new).map(Item::key) else {
            return Ok(());
        };
        let place = self.place_of_item(&key);
        let found = place.ok().and_then(|place| self.sheet.items.get(place));
        let fits = found == old && new.is_none_or(|new| new.key() == key);
        if !fits {
            return Err(ApplyError::ItemDiffers {
                key,
                expected: old.cloned().map(Box::new),
                found: found.cloned().map(Box::new),
            });
        }
        match (place, new) {
            (Ok(place), Some(new)) => self.sheet.items[place] = new.clone(),
            (Ok(place), None) => drop(self.sheet.items.remove(place)),
            (Err(place), Some(new)) => self.sheet.items.insert(place, new.clone()),
            (Err(_), None) => {}
        }
        Ok(())
    }

    fn set(
        &mut self,
        field: &str,
        segment: Option<&Segment>,
        old: Option<&Answer>,
        new: Option<&Answer>,
    ) -> Result<(), ApplyError> {
        if let Some(segment) = segment
            && !segment.is_main()
            && self.place_of(segment).is_none()
        {
            return Err(ApplyError::NoSegment(segment.clone()));
        }
        if self.stored(field, segment) != old {
            return Err(ApplyError::OldDiffers {
                field: field.to_owned(),
                segment: segment.cloned(),
                expected: old.cloned().map(Box::new),
                found: self.stored(field, segment).cloned().map(Box::new),
            });
        }
        let answers = match segment {
            None => &mut self.sheet.whole,
            Some(segment) => self.sheet.by_segment.entry(segment.clone()).or_default(),
        };
        match new {
            Some(answer) => answers.insert(field.to_owned(), answer.clone()),
            None => answers.remove(field),
        };
        self.sheet
            .by_segment
            .retain(|_, answers| !answers.is_empty());
        Ok(())
    }

    /// Adds a segment; without a place it is the `main` that nobody has to add.
    fn add(
        &mut self,
        segment: &Segment,
        place: Option<usize>,
        answers: &Answers,
    ) -> Result<(), ApplyError> {
        self.check_free(segment, place)?;
        if let Some(place) = place {
            let place = place.min(self.sheet.named.len());
            self.sheet.named.insert(place, segment.clone());
        }
        if !answers.is_empty() {
            self.sheet
                .by_segment
                .insert(segment.clone(), answers.clone());
        }
        Ok(())
    }

    /// Whether a segment of that name can be added there.
    fn check_free(&self, segment: &Segment, place: Option<usize>) -> Result<(), ApplyError> {
        if self.place_of(segment).is_some() || self.sheet.by_segment.contains_key(segment) {
            return Err(ApplyError::SegmentExists(segment.clone()));
        }
        if place.is_none() && !segment.is_main() {
            return Err(ApplyError::NoSegment(segment.clone()));
        }
        Ok(())
    }

    fn remove(
        &mut self,
        segment: &Segment,
        place: Option<usize>,
        answers: &Answers,
    ) -> Result<(), ApplyError> {
        if self.place_of(segment) != place || (place.is_none() && !segment.is_main()) {
            return Err(ApplyError::NoSegment(segment.clone()));
        }
        if self.answers_of(segment) != *answers {
            return Err(ApplyError::SegmentChanged(segment.clone()));
        }
        if let Some(place) = place {
            self.sheet.named.remove(place);
        }
        self.sheet.by_segment.remove(segment);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::PlanId;
    use crate::plan::testing::{author, known};
    use crate::plan::{
        FileFormat, Scenario, ScenarioAnswer, UndoError, add_segment, adopt, field, import,
        read_file, remove_segment, restore, set_answer, set_answers, undo,
    };

    fn segment(name: &str) -> Segment {
        Segment::parse(name).expect("a right name")
    }

    fn done(plan: &mut Plan, changes: &[Change]) {
        for change in changes {
            plan.apply(change).expect("the change fits the plan");
        }
    }

    /// A plan with as many segments as one may have.
    fn full() -> Plan {
        let mut plan = Plan::new(PlanId::new("P1"));
        for n in 0..MOST_SEGMENTS {
            let added = add_segment(&plan, &segment(&format!("s{n}")), &author(1));
            done(&mut plan, &added.expect("there is room for it"));
        }
        plan
    }

    #[test]
    fn no_door_gives_a_plan_more_segments_than_one_may_have() {
        let plan = full();
        let refused = |door: &str, made: Result<Vec<Change>, ApplyError>| {
            let mut after = plan.clone();
            let done = made.and_then(|changes| changes.iter().try_for_each(|it| after.apply(it)));
            let expected = Err(ApplyError::TooManySegments(MOST_SEGMENTS + 1));
            assert_eq!(done, expected, "{door}");
            assert_eq!(after, plan, "{door}: nothing is lost");
        };
        let (cycle, by) = (field("sales.cycle").expect("a field"), author(2));
        let days = Some(known("sales.cycle", "30 days"));
        let more = segment("more");
        refused("segment add", add_segment(&plan, &more, &by));
        let set = set_answer(&plan, cycle, Some(&more), days.clone(), &by);
        refused("a value", Ok(set));
        let main = Segment::main();
        let set = set_answer(&plan, cycle, Some(&main), days.clone(), &by);
        refused("a value of the segment that nobody adds", Ok(set));
        let motion = field("sales.motion").expect("a field");
        let both = [
            (cycle, days.clone()),
            (motion, Some(known("sales.motion", "field"))),
        ];
        refused(
            "several values",
            Ok(set_answers(&plan, Some(&more), both, &by)),
        );
        let today = jiff::civil::date(2026, 3, 4);
        let file = "[segment.more]\nsales.cycle = \"30 days\"\n";
        let file = read_file(file, FileFormat::Toml, today).expect("a plan");
        refused("import", import(&plan, &file, &by));
        let scenario = Scenario {
            name: "wider".to_owned(),
            answers: vec![ScenarioAnswer {
                field: cycle.name.to_owned(),
                segment: Some(more.clone()),
                answer: days,
            }],
        };
        refused("scenario adopt", adopt(&plan, &scenario, &by));
    }

    #[test]
    fn what_was_stored_with_more_is_no_way_back_to_more() {
        let names = (0..=MOST_SEGMENTS).map(|n| segment(&format!("t{n}")));
        let edits = names.map(|segment| Edit::AddSegment { segment });
        let history: Vec<Change> = edits
            .zip(1..)
            .map(|(edit, version)| Change::by(&author(1), Version(version), edit))
            .collect();
        let old = Plan::fold(PlanId::new("P1"), &history).expect("its history is what it was");
        assert_eq!(old.segments().len(), MOST_SEGMENTS + 1);
        let too_many = ApplyError::TooManySegments(MOST_SEGMENTS + 1);
        assert_eq!(restore(&full(), &old, &author(2)), Err(too_many));
    }

    #[test]
    fn a_segment_that_was_removed_comes_back_where_there_is_room() {
        let mut plan = full();
        let removed = remove_segment(&plan, &segment("s3"), &author(2)).expect("it goes");
        done(&mut plan, &removed);
        let taken = plan.version();
        let added = add_segment(&plan, &segment("more"), &author(3)).expect("there is room");
        done(&mut plan, &added);
        let history: Vec<Change> = removed.into_iter().chain(added).collect();
        let told = undo(&plan, &history, Some(taken), &author(4)).expect_err("there is none");
        assert!(matches!(told, UndoError::SegmentsChanged { .. }));
        assert!(
            told.to_string().contains("a plan has 100 segments at most"),
            "{told}"
        );
        let gone = remove_segment(&plan, &segment("more"), &author(5)).expect("it goes");
        done(&mut plan, &gone);
        let history: Vec<Change> = history.into_iter().chain(gone).collect();
        let back = undo(&plan, &history, Some(taken), &author(6)).expect("now there is");
        done(&mut plan, &back);
        assert!(plan.segments().contains(&segment("s3")));
    }
}
