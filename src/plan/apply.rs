//! How a change is made on the sheet: whole, and only on the very sheet that it was made against.

use super::draft::Answers;
use super::{Answer, ApplyError, Change, Edit, Item, Plan, Segment, Version};

impl Plan {
    /// Makes the change, if it is the next one and was made against this very sheet.
    pub fn apply(&mut self, change: &Change) -> Result<(), ApplyError> {
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
