//! A plan as the expressions' source of values: read once for a check, whatever reads it then.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::iter::Peekable;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::lint::Subject;
use crate::lint::expr::{FieldSet, Name, Reading, Source, V};
use crate::lint::page::set_of;
use crate::lint::values::{a_year, choice, from_plan};
use crate::plan::{
    Answer, Currency, Field, Kept, Level, Past, Plan, Segment, Value, deal_value, field, fields,
};

/// A plan on the day of a check.
pub(crate) struct PlanSource<'a> {
    plan: &'a Plan,
    past: Option<&'a Past>,
    today: Reading,
    day: Date,
    whole: Vec<Reading>,
    segments: Vec<OfSegment>,
    /// By segment: earlier ones, each with the fields that are not the same in both.
    unlike: Vec<Vec<(usize, FieldSet)>>,
    has_foreign_money: bool,
}

/// What is read of a segment: its answers, and what follows from them.
struct OfSegment {
    readings: Vec<Reading>,
    deal_value: OnceCell<Derived>,
}

struct Derived {
    reading: Reading,
    read: FieldSet,
    arithmetic: String,
}

impl<'a> PlanSource<'a> {
    /// The plan as of that day.
    pub(crate) fn new(subject: Subject<'a>, today: Date) -> Self {
        let Subject { plan, past } = subject;
        let whole = readings(plan, None, None);
        let segments = of_segments(plan);
        let read = segments.iter().flat_map(|segment| &segment.readings);
        let has_foreign_money = whole.iter().chain(read).any(is_foreign);
        Self {
            plan,
            past,
            today: Reading::Known(V::Date(today)),
            day: today,
            whole,
            unlike: unlike(&segments),
            segments,
            has_foreign_money,
        }
    }

    /// The plan.
    pub(crate) fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// An earlier segment that is the same in all of these fields, where one is near at hand.
    pub(crate) fn alike(&self, segment: usize, reads: FieldSet) -> Option<usize> {
        let earlier = self.unlike.get(segment)?.iter();
        let mut same = earlier.filter(|(_, differing)| !differing.meets(reads));
        same.next().map(|(place, _)| *place)
    }

    /// The segments, in the plan's order.
    pub(crate) fn segments(&self) -> &'a [Segment] {
        self.plan.segments()
    }

    fn answer(&self, name: &'static str, segment: &Segment) -> Option<&Answer> {
        self.plan.answer(field(name)?, Some(segment))
    }

    fn deal_value(&self, segment: Option<usize>) -> &Derived {
        let place = segment.unwrap_or(0);
        let held = &self.segments[place].deal_value;
        held.get_or_init(|| self.derive(&self.segments()[place]))
    }

    fn derive(&self, segment: &Segment) -> Derived {
        let derived = deal_value(self.plan, segment);
        let from_price = ["pricing.price", "pricing.per", "pricing.seats"];
        let answer = |name: &'static str| self.answer(name, segment);
        let is_given = |name: &&'static str| answer(name).is_some();
        let is_none = |name: &&'static str| matches!(answer(name), Some(Answer::NotApplicable(_)));
        let read = match answer("pricing.acv") {
            Some(Answer::Known(_)) => set_of(["pricing.acv"]),
            // That there is none is why the price counts.
            _ => set_of(
                ["pricing.acv"]
                    .into_iter()
                    .chain(from_price)
                    .filter(is_given),
            ),
        };
        let (none, missing): (Vec<_>, Vec<_>) = derived.missing.iter().copied().partition(is_none);
        let reading = match derived.value {
            Some(amount) => Reading::Known(a_year(amount)),
            None if !missing.is_empty() => Reading::Unanswered(set_of(missing)),
            None if !none.is_empty() => Reading::NotApplicable(set_of(none)),
            None => Reading::Unclear(derived.arithmetic.clone()),
        };
        Derived {
            reading,
            read,
            arithmetic: derived.arithmetic,
        }
    }

    /// What the history tells about the whole plan.
    fn of_plan(&self, name: &'static str) -> Reading {
        let told = self.past.and_then(|past| match name {
            "history.answers" => i128::try_from(self.plan.answered()).ok().map(V::number),
            _ => past.one_person().map(V::Bool),
        });
        told.map_or(Reading::NoHistory, Reading::Known)
    }

    /// What the history tells about a segment.
    fn of_segment(&self, name: &'static str, segment: Option<usize>) -> Reading {
        let segment = self.segments().get(segment.unwrap_or(0));
        let Some((past, segment)) = self.past.zip(segment) else {
            return Reading::NoHistory;
        };
        match (name, past.kept(segment)) {
            ("history.label_before", Some(Kept { label, .. })) => {
                let label = field("icp.segment").and_then(|field| choice(label, field));
                label.map_or(Reading::NoHistory, Reading::Known)
            }
            ("history.label_before", None) => Reading::NoHistory,
            (_, kept) => {
                let answers = kept.map_or(0, |kept| kept.answers);
                i128::try_from(answers).map_or(Reading::NoHistory, |n| Reading::Known(V::number(n)))
            }
        }
    }
}

/// What is read of each segment.
fn of_segments(plan: &Plan) -> Vec<OfSegment> {
    let mut read: Vec<OfSegment> = Vec::with_capacity(plan.segments().len());
    let mut before: Option<&Segment> = None;
    for segment in plan.segments() {
        let earlier = before.zip(read.last());
        let earlier = earlier.map(|(segment, of)| (segment, of.readings.as_slice()));
        let readings = readings(plan, Some(segment), earlier);
        before = Some(segment);
        read.push(OfSegment {
            readings,
            deal_value: OnceCell::new(),
        });
    }
    read
}

/// How each segment differs from the first and from the one before it; from all others would cost the
/// square of their number.
fn unlike(segments: &[OfSegment]) -> Vec<Vec<(usize, FieldSet)>> {
    let differing = |one: &OfSegment, two: &OfSegment| -> FieldSet {
        let pairs = one.readings.iter().zip(&two.readings).enumerate();
        pairs
            .filter(|(_, (one, two))| one != two)
            .map(|(place, _)| place)
            .collect()
    };
    let of_each = segments.iter().enumerate().map(|(place, segment)| {
        let mut earlier: Vec<usize> = place.checked_sub(1).into_iter().collect();
        if place > 1 {
            earlier.insert(0, 0);
        }
        let compared = earlier.into_iter();
        compared
            .map(|other| (other, differing(segment, &segments[other])))
            .collect()
    });
    of_each.collect()
}

/// The readings of all fields, by place; those of the other level stay unanswered. Where the segment
/// before says the same, its reading is shared with all that was made of it.
fn readings(
    plan: &Plan,
    segment: Option<&Segment>,
    before: Option<(&Segment, &[Reading])>,
) -> Vec<Reading> {
    static SORTED: LazyLock<Vec<(&'static str, usize)>> = LazyLock::new(|| {
        let names = fields().iter().map(|field| field.name);
        let mut sorted: Vec<_> = names
            .enumerate()
            .map(|(place, name)| (name, place))
            .collect();
        sorted.sort_unstable();
        sorted
    });
    let unanswered = (0..fields().len()).map(|place| Reading::Unanswered(FieldSet::of(place)));
    let mut readings: Vec<Reading> = unanswered.collect();
    let mut known = SORTED.iter().copied().peekable();
    let earlier = before.map(|(segment, read)| (plan.stored_answers(Some(segment)), read));
    let (earlier, read) = earlier.unzip();
    let mut earlier = earlier.into_iter().flatten().peekable();
    for (name, answer) in plan.stored_answers(segment) {
        let same = next_called(&mut earlier, name).filter(|same| *same == answer);
        if let Some(place) = next_called(&mut known, name) {
            readings[place] = match (read.filter(|_| same.is_some()), answer) {
                (Some(read), _) => read[place].clone(),
                (None, Answer::Known(value)) => reading(value, &fields()[place]),
                (None, Answer::NotApplicable(_)) => Reading::NotApplicable(FieldSet::of(place)),
            };
        }
    }
    readings
}

/// What a list has under a name, where both it and the names that it is asked for are in alphabetical
/// order: one pass over it finds them all.
fn next_called<'n, T>(
    list: &mut Peekable<impl Iterator<Item = (&'n str, T)>>,
    name: &str,
) -> Option<T> {
    loop {
        match list.peek()?.0.cmp(name) {
            Ordering::Less => drop(list.next()),
            Ordering::Equal => return list.next().map(|(_, found)| found),
            Ordering::Greater => return None,
        }
    }
}

fn reading(value: &Value, field: &'static Field) -> Reading {
    let value = from_plan(value, field);
    value.map_or_else(
        || Reading::Unclear("the answer is none of its choices any more".to_owned()),
        Reading::Known,
    )
}

/// Whether an amount stands in another currency than the dollar.
fn is_foreign(reading: &Reading) -> bool {
    let currencies = match reading {
        Reading::Known(value) => value.currencies(),
        _ => [None, None],
    };
    currencies
        .into_iter()
        .flatten()
        .any(|currency| currency != Currency::USD)
}

impl Source for PlanSource<'_> {
    fn field(&self, name: Name, segment: Option<usize>) -> &Reading {
        match name.level {
            Level::Plan => &self.whole[name.place],
            Level::Segment => &self.segments[segment.unwrap_or(0)].readings[name.place],
        }
    }

    fn derived(&self, name: &'static str, segment: Option<usize>) -> (Cow<'_, Reading>, FieldSet) {
        match name {
            "today" => (Cow::Borrowed(&self.today), FieldSet::default()),
            "history.answers" | "history.one_person" => {
                (Cow::Owned(self.of_plan(name)), FieldSet::default())
            }
            "history.kept_answers" | "history.label_before" => {
                let read = set_of(["icp.segment"]);
                (Cow::Owned(self.of_segment(name, segment)), read)
            }
            _ => {
                let derived = self.deal_value(segment);
                (Cow::Borrowed(&derived.reading), derived.read)
            }
        }
    }

    fn how(&self, _: &'static str, segment: Option<usize>) -> String {
        self.deal_value(segment).arithmetic.clone()
    }

    fn n_segments(&self) -> usize {
        self.segments.len()
    }

    fn segment_name(&self, place: usize) -> String {
        let segment = self.segments().get(place);
        segment.map_or_else(String::new, |segment| segment.as_str().to_owned())
    }

    fn today(&self) -> Date {
        self.day
    }

    fn has_foreign_money(&self) -> bool {
        self.has_foreign_money
    }
}
