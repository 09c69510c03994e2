//! Two sheets compared: the edits that lead from one to the other, and the hash of what one says.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::draft::Answers;
use super::{Edit, Item, ItemKey, Plan, Segment};

/// What the content hash begins with; another way of hashing gets another number.
const HASH_SCHEME: &str = "1";

/// The edits that make `to` of `from`, in an order in which they can be made: segments that come,
/// answers, segments that go, and what stands beside them. The order of segments is left as it is.
pub fn difference(from: &Plan, to: &Plan) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut sheet = from.clone();
    sheet.sheet.items.clear();
    for segment in to.segments() {
        let is_there = from.segments().contains(segment);
        let comes_by_itself = segment.is_main() && !to.answers_of(segment).is_empty();
        if !is_there && !comes_by_itself && to.place_of(segment).is_some() {
            edits.push(Edit::AddSegment {
                segment: segment.clone(),
            });
        }
    }
    edits.extend(answers(&from.sheet.whole, &to.sheet.whole, None));
    let kept = to.segments().iter();
    for segment in kept {
        let (before, after) = (from.answers_of(segment), to.answers_of(segment));
        edits.extend(answers(&before, &after, Some(segment)));
    }
    for edit in &edits {
        sheet.make(edit).expect("an edit made against the sheet");
    }
    edits.extend(named_again(&mut sheet, to));
    let gone = from.segments().iter();
    for segment in gone.filter(|segment| !to.segments().contains(segment)) {
        let (place, answers) = (sheet.place_of(segment), sheet.answers_of(segment));
        if place.is_none() && answers.is_empty() {
            continue;
        }
        let edit = Edit::RemoveSegment {
            segment: segment.clone(),
            place,
            answers,
        };
        sheet.make(&edit).expect("a segment that stands there goes");
        edits.push(edit);
    }
    edits.extend(items(from, to));
    edits
}

/// The `main` that has a name of its own in `to`, where only its answers had shown it and they are
/// gone.
fn named_again(sheet: &mut Plan, to: &Plan) -> Vec<Edit> {
    let mut edits = Vec::new();
    for segment in to.segments() {
        if sheet.segments().contains(segment) || to.place_of(segment).is_none() {
            continue;
        }
        let edit = Edit::AddSegment {
            segment: segment.clone(),
        };
        sheet
            .make(&edit)
            .expect("a segment that is not there comes");
        edits.push(edit);
    }
    edits
}

fn answers(from: &Answers, to: &Answers, segment: Option<&Segment>) -> Vec<Edit> {
    let fields: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let changed = fields
        .into_iter()
        .filter(|field| from.get(*field) != to.get(*field));
    let edits = changed.map(|field| Edit::Field {
        field: field.clone(),
        segment: segment.cloned(),
        old: from.get(field).cloned(),
        new: to.get(field).cloned(),
    });
    edits.collect()
}

fn items(from: &Plan, to: &Plan) -> Vec<Edit> {
    let keys: BTreeSet<ItemKey> = from
        .items()
        .iter()
        .chain(to.items())
        .map(Item::key)
        .collect();
    let pairs = keys.into_iter().map(|key| (from.item(&key), to.item(&key)));
    let edits = pairs
        .filter(|(old, new)| old != new)
        .map(|(old, new)| Edit::Item {
            old: old.cloned().map(Box::new),
            new: new.cloned().map(Box::new),
        });
    edits.collect()
}

/// What the content hash covers.
#[derive(Serialize)]
struct Content<'a> {
    segments: BTreeSet<&'a Segment>,
    whole: &'a Answers,
    by_segment: &'a BTreeMap<Segment, Answers>,
    items: Vec<&'a Item>,
}

impl Plan {
    /// A hash of what the sheet says: equal sheets have equal hashes, whatever led to them. It
    /// covers what an approval covers, and no order of segments.
    pub fn content_hash(&self) -> String {
        let content = Content {
            segments: self.segments().iter().collect(),
            whole: &self.sheet.whole,
            by_segment: &self.sheet.by_segment,
            items: self
                .items()
                .iter()
                .filter(|item| item.key().is_of_sheet())
                .collect(),
        };
        let bytes = serde_json::to_vec(&content).expect("what is stored as JSON can be hashed");
        let digest = Sha256::new().chain_update(HASH_SCHEME).chain_update(bytes);
        hex::encode(digest.finalize())
    }
}
