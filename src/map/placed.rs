//! A plan's segments on the map, as far as they are known.

use serde::{Deserialize, Serialize};

use super::ladder::{LADDERS, Stand};
use crate::plan::{Currency, Money, Plan, Segment, Value, deal_value};

/// The lowest and the highest power of ten of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decades {
    /// The lowest.
    pub low: u8,
    /// The highest.
    pub high: u8,
}

/// First-year ACV, from 100 to 1,000,000. The numbers are ours.
pub const ACV: Decades = Decades { low: 2, high: 6 };

/// Deals a year, from 1 to 10,000. The numbers are ours.
pub const DEALS: Decades = Decades { low: 0, high: 4 };

impl Decades {
    /// How far along the axis a number lies: 0 at its lower end, 1 at its upper; what lies beyond
    /// stands at the end.
    pub(super) fn share(self, number: f64) -> f64 {
        let span = f64::from(self.high - self.low);
        ((number.max(1e-9).log10() - f64::from(self.low)) / span).clamp(0.0, 1.0)
    }

    /// Whether a number lies beyond the axis.
    fn leaves_out(self, number: f64) -> bool {
        let number = number.max(1e-9).log10();
        number < f64::from(self.low) || number > f64::from(self.high)
    }

    /// The powers of ten along it.
    pub(super) fn ticks(self) -> impl DoubleEndedIterator<Item = u64> {
        (self.low..=self.high).map(|power| 10_u64.pow(u32::from(power)))
    }
}

/// The deals × ACV map of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Map {
    /// The segments, in the plan's order.
    pub segments: Vec<Mark>,
    /// The plan's currency, in which the axis stands.
    pub currency: Currency,
}

/// One segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The letter that stands for it.
    pub letter: char,
    /// The segment.
    pub segment: Segment,
    /// Whether the plan has no other.
    pub is_alone: bool,
    /// What a typical deal brings in its first year.
    pub acv: Option<Money>,
    /// New deals a year.
    pub deals: Option<u64>,
    /// Where it stands on each of [`LADDERS`].
    pub stands: [Stand; 3],
}

/// Where a segment is on the map: shares of both axes, from the lower left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) acv: f64,
    pub(super) deals: f64,
    /// Whether a number lies beyond the axes.
    pub(super) is_beyond: bool,
}

/// The shares of the ACV axis at which the framework's bands end: 10,000 and 100,000.
pub(super) const BOUNDS: [f64; 2] = [0.5, 0.75];

/// The bands of the ACV axis, lowest first.
pub(super) const BANDS: [&str; 3] = ["self-serve", "inside sales", "field"];

/// Where a band begins and ends on the ACV axis.
pub(super) fn band(place: usize) -> (f64, f64) {
    let from = place.checked_sub(1).map_or(0.0, |before| BOUNDS[before]);
    (from, BOUNDS.get(place).copied().unwrap_or(1.0))
}

impl Spot {
    /// The place of its band; what lies on a bound begins the upper one.
    pub(super) fn band(&self) -> usize {
        BOUNDS.iter().filter(|bound| self.acv >= **bound).count()
    }
}

impl Map {
    /// The map of a plan.
    pub fn new(plan: &Plan) -> Self {
        let segments = plan.segments().iter().enumerate();
        Self {
            segments: segments
                .map(|(n, segment)| Mark::new(n, plan, segment))
                .collect(),
            currency: plan.currency(),
        }
    }

    /// Whether nothing of it is known.
    pub fn is_empty(&self) -> bool {
        let unknown = |mark: &Mark| mark.spot().is_none() && mark.distance().is_none();
        let off = |mark: &Mark| mark.stands.iter().all(|it| !matches!(it, Stand::Rung(_)));
        self.segments.iter().all(|mark| unknown(mark) && off(mark))
    }
}

impl Mark {
    fn new(n: usize, plan: &Plan, segment: &Segment) -> Self {
        let deals = match plan.value("sales.deals_per_year", segment) {
            Some(Value::Count(deals)) => Some(*deals),
            _ => None,
        };
        Self {
            letter: letter(n),
            segment: segment.clone(),
            is_alone: plan.segments().len() == 1,
            acv: deal_value(plan, segment).value,
            deals,
            stands: LADDERS.each_ref().map(|ladder| ladder.stand(plan, segment)),
        }
    }

    /// What it is called; nothing where it is the whole plan and nobody has given it a name.
    pub(super) fn name(&self) -> Option<&str> {
        let is_nameless = self.is_alone && self.segment.is_main();
        (!is_nameless).then(|| self.segment.as_str())
    }

    /// Where it is, if both numbers are known.
    pub(super) fn spot(&self) -> Option<Spot> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a place on a drawing needs no more digits than a double has"
        )]
        let (acv, deals) = (
            self.acv?.ten_thousandths as f64 / 10_000.0,
            self.deals? as f64,
        );
        Some(Spot {
            acv: ACV.share(acv),
            deals: DEALS.share(deals),
            is_beyond: ACV.leaves_out(acv) || DEALS.leaves_out(deals),
        })
    }

    /// The step on each ladder where it stands on one.
    pub(super) fn steps(&self) -> [Option<u8>; 3] {
        let ladders = LADDERS.each_ref();
        std::array::from_fn(|n| match self.stands[n] {
            Stand::Rung(place) => Some(ladders[n].rungs[place].step),
            Stand::Aside | Stand::Unknown => None,
        })
    }

    /// How many steps marketing or customer success lies from sales, the farther of the two, as the
    /// rules measure it; `None` where sales or both of the others stand on no rung.
    pub fn distance(&self) -> Option<u8> {
        self.farthest().map(|(_, apart)| apart)
    }

    /// The ladder that lies farthest from sales, and how many steps.
    pub(super) fn farthest(&self) -> Option<(usize, u8)> {
        let [sales, others @ ..] = self.steps();
        let apart = |(n, step): (usize, Option<u8>)| Some((n + 1, step?.abs_diff(sales?)));
        let known = others.into_iter().enumerate().filter_map(apart);
        known.rev().max_by_key(|(_, apart)| *apart)
    }

    /// The numbers that it lacks to be on the map, in words.
    pub(super) fn missing(&self) -> Option<&'static str> {
        match (self.acv, self.deals) {
            (Some(_), Some(_)) => None,
            (None, Some(_)) => Some("price not answered"),
            (Some(_), None) => Some("deals a year not answered"),
            (None, None) => Some("price and deals a year not answered"),
        }
    }
}

/// `A` to `Z`, then `a` to `z`, then a sign for all others: no plan has as many segments.
fn letter(n: usize) -> char {
    ('A'..='Z').chain('a'..='z').nth(n).unwrap_or('#')
}
