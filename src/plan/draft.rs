//! A plan draft: which field holds which answer, plan-wide and for each segment.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::field::{Field, Level, field, fields};
use super::{ApplyError, Change, Currency, Item, ItemKey, Segment, Value, Version};
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
    pub(super) sheet: Sheet,
    /// The segments as people see them; follows from the sheet.
    segments: Vec<Segment>,
}

/// What is stored of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sheet {
    id: PlanId,
    pub(super) version: Version,
    /// The segments that were added by name, in that order.
    #[serde(default)]
    pub(super) named: Vec<Segment>,
    #[serde(default)]
    pub(super) whole: Answers,
    #[serde(default)]
    pub(super) by_segment: BTreeMap<Segment, Answers>,
    /// What stands beside the answers, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<Item>,
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
            items: Vec::new(),
        })
    }

    /// The plan that a whole history makes.
    pub fn fold(id: PlanId, changes: &[Change]) -> Result<Self, ApplyError> {
        let mut plan = Self::new(id);
        for change in changes {
            plan.follow(change)?;
        }
        Ok(plan)
    }

    /// The plan that a file holds: these answers, no history, the segments in the file's order.
    pub(super) fn of_sheet(
        segments: Vec<Segment>,
        whole: Answers,
        by_segment: BTreeMap<Segment, Answers>,
        items: Vec<Item>,
    ) -> Self {
        let items: BTreeMap<_, _> = items.into_iter().map(|item| (item.key(), item)).collect();
        let only_main = segments.iter().all(Segment::is_main);
        Self::from(Sheet {
            id: PlanId::new("file"),
            version: Version::default(),
            named: if only_main { Vec::new() } else { segments },
            whole,
            by_segment,
            items: items.into_values().collect(),
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

    /// The plan with no other answers than those of these fields; where a segment is named, with no
    /// other segment. Its thresholds go with it, and nothing else that stands beside the answers.
    #[must_use]
    pub fn part(&self, fields: &BTreeSet<&str>, only: Option<&Segment>) -> Self {
        let of = |answers: &Answers| -> Answers {
            let kept = answers
                .iter()
                .filter(|(name, _)| fields.contains(name.as_str()));
            kept.map(|(name, answer)| (name.clone(), answer.clone()))
                .collect()
        };
        let is_kept = |segment: &&Segment| only.is_none_or(|only| only == *segment);
        let Sheet {
            id,
            version,
            named,
            whole,
            by_segment,
            items,
        } = &self.sheet;
        let by_segment = by_segment.iter().filter(|(segment, _)| is_kept(segment));
        let thresholds = items.iter().filter(|it| matches!(it, Item::Threshold(_)));
        Self::from(Sheet {
            id: id.clone(),
            version: *version,
            named: named.iter().filter(is_kept).cloned().collect(),
            whole: of(whole),
            by_segment: by_segment
                .map(|(segment, answers)| (segment.clone(), of(answers)))
                .collect(),
            items: thresholds.cloned().collect(),
        })
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

    /// What stands beside the answers, by key.
    pub fn items(&self) -> &[Item] {
        &self.sheet.items
    }

    /// The item of that key.
    pub fn item(&self, key: &ItemKey) -> Option<&Item> {
        let place = self.place_of_item(key).ok()?;
        self.sheet.items.get(place)
    }

    pub(super) fn place_of_item(&self, key: &ItemKey) -> Result<usize, usize> {
        self.sheet.items.binary_search_by_key(key, Item::key)
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

    /// Lists the segments as people see them.
    pub(super) fn list_segments(&mut self) {
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
