//! A plan draft: which field holds which answer, plan-wide and for each segment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::{Field, Level, field, fields};
use super::{ApplyError, Change, Currency, Edit, Segment, Value, Version};
use crate::ident::PlanId;

/// What a team has said about a field; a field with no answer is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The value is this.
    Known(Value),
    /// The field does not apply to this plan, for this reason.
    NotApplicable(String),
}

/// Answers by the name of their field. Names that the catalogue no longer has are kept.
pub(super) type Answers = BTreeMap<String, Answer>;

/// The fold of a plan's history.
///
/// Segments that were added by name stand in that order. Before them stands `main` where it has
/// answers; a plan with neither has `main` alone, so that a plan which names no segment needs none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Sheet", into = "Sheet")]
pub struct Plan {
    sheet: Sheet,
    /// The segments as people see them; follows from the sheet.
    segments: Vec<Segment>,
}

/// What is stored of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sheet {
    id: PlanId,
    version: Version,
    /// The segments that were added by name, in that order.
    #[serde(default)]
    pub(super) named: Vec<Segment>,
    #[serde(default)]
    pub(super) whole: Answers,
    #[serde(default)]
    pub(super) by_segment: BTreeMap<Segment, Answers>,
}

impl From<Sheet> for Plan {
    fn from(sheet: Sheet) -> Self {
        let mut plan = Self {
            sheet,
            segments: Vec::new(),
        };
        plan.list_segments();
        plan
    }
}

impl From<Plan> for Sheet {
    fn from(plan: Plan) -> Self {
        plan.sheet
    }
}

impl Plan {
    /// A plan with no answers, at version 0.
    pub fn new(id: PlanId) -> Self {
        Self::from(Sheet {
            id,
            version: Version::default(),
            named: Vec::new(),
            whole: Answers::new(),
            by_segment: BTreeMap::new(),
        })
    }

    /// The plan that a whole history makes.
    pub fn fold(id: PlanId, changes: &[Change]) -> Result<Self, ApplyError> {
        let mut plan = Self::new(id);
        for change in changes {
            plan.apply(change)?;
        }
        Ok(plan)
    }

    /// The plan that a file holds: these answers, no history, the segments in the file's order.
    pub(super) fn of_sheet(
        segments: Vec<Segment>,
        whole: Answers,
        by_segment: BTreeMap<Segment, Answers>,
    ) -> Self {
        let only_main = segments.iter().all(Segment::is_main);
        Self::from(Sheet {
            id: PlanId::new("file"),
            version: Version::default(),
            named: if only_main { Vec::new() } else { segments },
            whole,
            by_segment,
        })
    }

    /// The plan's id.
    pub fn id(&self) -> &PlanId {
        &self.sheet.id
    }

    /// How many changes have made it.
    pub fn version(&self) -> Version {
        self.sheet.version
    }

    /// The segments, at least one.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The only segment, where there is no other.
    pub fn only_segment(&self) -> Option<&Segment> {
        match &self.segments[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The segment that is meant where none is named: the only one, else `main`.
    pub fn segment_or_default(&self, segment: Option<&Segment>) -> Segment {
        segment
            .or(self.only_segment())
            .cloned()
            .unwrap_or_else(Segment::main)
    }

    /// The answer of a field; the segment is ignored for a field of the whole plan, and is the
    /// plan's only segment (else `main`) where none is named.
    pub fn answer(&self, field: &Field, segment: Option<&Segment>) -> Option<&Answer> {
        match field.level {
            Level::Plan => self.stored(field.name, None),
            Level::Segment => self.stored(field.name, Some(&self.segment_or_default(segment))),
        }
    }

    /// The value of a field by its name, if it is known; no answer for a name without a row.
    pub fn value(&self, name: &str, segment: &Segment) -> Option<&Value> {
        match self.answer(field(name)?, Some(segment))? {
            Answer::Known(value) => Some(value),
            Answer::NotApplicable(_) => None,
        }
    }

    /// Every answer whose field is in the catalogue, in the catalogue's order, then in the
    /// segments'.
    pub fn answers(&self) -> impl Iterator<Item = (&'static Field, Option<&Segment>, &Answer)> {
        fields().iter().flat_map(move |field| {
            let places: Vec<Option<&Segment>> = match field.level {
                Level::Plan => vec![None],
                Level::Segment => self.segments.iter().map(Some).collect(),
            };
            let answers = places.into_iter().filter_map(move |segment| {
                Some((field, segment, self.stored(field.name, segment)?))
            });
            answers.collect::<Vec<_>>()
        })
    }

    /// How many answers there are.
    pub fn answered(&self) -> usize {
        self.answers().count()
    }

    /// The currency that the plan is made in; US dollars where nobody has said.
    pub fn currency(&self) -> Currency {
        match self.stored("plan.currency", None) {
            Some(Answer::Known(Value::Text(code))) => Currency::of_code(code),
            _ => None,
        }
        .unwrap_or(Currency::USD)
    }

    /// Makes the change, if it is the next one and was made against this very sheet.
    pub fn apply(&mut self, change: &Change) -> Result<(), ApplyError> {
        let next = Version(self.sheet.version.0 + 1);
        if change.version != next {
            return Err(ApplyError::WrongVersion {
                expected: next,
                found: change.version,
            });
        }
        self.edit(&change.edit)?;
        self.sheet.version = next;
        self.list_segments();
        Ok(())
    }

    /// The answer that is stored under a name, in the catalogue or not.
    pub(super) fn stored(&self, name: &str, segment: Option<&Segment>) -> Option<&Answer> {
        match segment {
            None => self.sheet.whole.get(name),
            Some(segment) => self.sheet.by_segment.get(segment)?.get(name),
        }
    }

    /// The answers as they are stored, for the whole plan or for a segment, by the names of their
    /// fields in alphabetical order; a name that the catalogue no longer has may be among them.
    pub fn stored_answers(
        &self,
        segment: Option<&Segment>,
    ) -> impl Iterator<Item = (&str, &Answer)> {
        let answers = match segment {
            None => Some(&self.sheet.whole),
            Some(segment) => self.sheet.by_segment.get(segment),
        };
        let answers = answers.into_iter().flatten();
        answers.map(|(name, answer)| (name.as_str(), answer))
    }

    /// All answers of a segment.
    pub(super) fn answers_of(&self, segment: &Segment) -> Answers {
        self.sheet
            .by_segment
            .get(segment)
            .cloned()
            .unwrap_or_default()
    }

    /// The place of a segment among those that were added by name.
    pub(super) fn place_of(&self, segment: &Segment) -> Option<usize> {
        self.sheet.named.iter().position(|named| named == segment)
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
        }
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

    /// Lists the segments as people see them.
    fn list_segments(&mut self) {
        let main = Segment::main();
        let named = &self.sheet.named;
        let shows_main = named.is_empty() || self.sheet.by_segment.contains_key(&main);
        let implied = if shows_main && !named.contains(&main) {
            Some(main)
        } else {
            None
        };
        self.segments = implied.into_iter().chain(named.iter().cloned()).collect();
    }
}
