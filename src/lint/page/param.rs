//! Parameters: the thresholds of a page, in units, with the range that a team may choose from.

use jiff::civil::Date;

use super::error::Fault;
use super::front::{FrontParam, Words, inside};
use super::names::field_type;
use crate::lint::expr::{Quantity, Ratio, Type, Unit, V, show};
use crate::lint::values::from_plan;
use crate::plan::{Currency, Field, Kind, ParseContext, SHARE, field};

/// A threshold of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Its name, such as `max_acv`.
    pub name: String,
    /// Its unit in words, such as "money a year".
    pub unit: String,
    /// The rule's own value, as people read it.
    pub default: String,
    /// Why a team might change it.
    pub why: String,
    pub(crate) kind: ParamKind,
    pub(crate) value: V,
    pub(crate) range: Option<(Quantity, Quantity)>,
}

/// The ends of what a team may set, both allowed, as people read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The lowest value.
    pub low: String,
    /// The highest.
    pub high: String,
}

impl Range {
    /// `$1,000 a year to $1m a year`.
    pub fn words(&self) -> String {
        format!("{} to {}", self.low, self.high)
    }
}

/// What a parameter's value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParamKind {
    /// A bare number.
    Number,
    /// A quantity, read as this field's values are.
    Like(&'static Field),
}

impl Param {
    /// Checks a parameter of the page whose front matter `front` begins at byte `start`.
    pub(crate) fn check(
        name: &str,
        written: &FrontParam,
        front: &str,
        start: usize,
    ) -> Result<Self, Fault> {
        let fault =
            |words: &Words, message: String| Fault::new(inside(words, front, start), message);
        let kind = kind(written.unit.get_ref()).map_err(|problem| fault(&written.unit, problem))?;
        let unit = written.unit.get_ref();
        let read = |words: &Words| {
            kind.read(words.get_ref()).map_err(|problem| {
                let given = words.get_ref();
                let problem = match (&kind, examples(unit)) {
                    // Which word is no choice, and what the choices are.
                    (ParamKind::Like(field), _) if field.kind == Kind::Set => problem,
                    // Two readings are told, so that one can be written.
                    _ if problem.contains("can mean") => problem,
                    (_, Some([example, ..])) => format!(
                        "the unit is `{unit}`, and `{given}` does not read as that: write \"{example}\", or another unit"
                    ),
                    (_, None) => problem,
                };
                fault(words, problem)
            })
        };
        let value = read(&written.default)?;
        let range = match &written.range {
            None => None,
            Some((low, high)) => match (read(low)?, read(high)?) {
                (V::Quantity(one), V::Quantity(two)) if one.amount > two.amount => {
                    let (first, second) = (low.get_ref(), high.get_ref());
                    let problem = format!(
                        "the lower end comes first: write `range = [\"{second}\", \"{first}\"]`"
                    );
                    return Err(fault(low, problem));
                }
                (V::Quantity(one), V::Quantity(two)) => Some((one, two)),
                _ => return Err(fault(low, "only quantities have a range".to_owned())),
            },
        };
        let param = Self {
            name: name.to_owned(),
            unit: kind.type_of().words().to_owned(),
            default: show(&value, &kind.type_of()),
            why: written.why.clone(),
            kind,
            value,
            range,
        };
        let allowed = param.allow(&param.value);
        allowed.map_err(|problem| fault(&written.default, problem))?;
        Ok(param)
    }

    /// The type of its value in expressions.
    pub(crate) fn type_of(&self) -> Type {
        self.kind.type_of()
    }

    /// Whether it is an amount of money.
    pub(crate) fn is_money(&self) -> bool {
        matches!(self.type_of(), Type::Unit(Unit::Money | Unit::MoneyPerYear))
    }

    /// Reads a team's own value.
    pub(crate) fn read(&self, words: &str) -> Result<V, String> {
        let value = self.kind.read(words)?;
        self.allow(&value)?;
        Ok(value)
    }

    /// The value in words.
    pub(crate) fn show(&self, value: &V) -> String {
        show(value, &self.type_of())
    }

    fn allow(&self, value: &V) -> Result<(), String> {
        let (Some((low, high)), V::Quantity(given)) = (self.range, value) else {
            return Ok(());
        };
        if given.amount >= low.amount && given.amount <= high.amount {
            return Ok(());
        }
        let range = self.between(low, high);
        let given = self.show(value);
        Err(format!(
            "{given} lies outside the range of `{}`, {}",
            self.name,
            range.words()
        ))
    }

    /// What a team may choose from; `None` where anything that reads as the unit goes.
    pub fn range(&self) -> Option<Range> {
        self.range.map(|(low, high)| self.between(low, high))
    }

    fn between(&self, low: Quantity, high: Quantity) -> Range {
        let [low, high] = [low, high].map(|end| self.show(&V::Quantity(end)));
        Range { low, high }
    }
}

/// A value of that unit and two ends of a range, as pages write them; a set has no ends.
pub(super) fn examples(unit: &str) -> Option<[String; 3]> {
    let known = Unit::ALL.into_iter().find(|known| known.slug() == unit);
    let written = match known {
        Some(Unit::Number) => ["3", "1", "10"],
        Some(Unit::Percent) => ["25%", "5%", "90%"],
        Some(Unit::Days) => ["30 days", "7 days", "180 days"],
        Some(Unit::Months) => ["6 months", "1 month", "24 months"],
        Some(Unit::Money) => ["$100", "$10", "$10k"],
        Some(Unit::MoneyPerYear) => ["$30k", "$1k", "$1M"],
        None => {
            let set = field(unit).filter(|field| field.kind == Kind::Set)?;
            let slugs = set.choices.iter().take(2).map(|choice| choice.slug);
            let several = slugs.collect::<Vec<_>>().join(", ");
            return Some([several, String::new(), String::new()]);
        }
    };
    Some(written.map(str::to_owned))
}

fn kind(word: &str) -> Result<ParamKind, String> {
    let unit = Unit::ALL.into_iter().find(|unit| unit.slug() == word);
    let like = match unit {
        Some(Unit::Number) => return Ok(ParamKind::Number),
        Some(Unit::Percent) => return Ok(ParamKind::Like(&SHARE)),
        Some(Unit::Days) => "sales.cycle",
        Some(Unit::Months) => "plan.horizon",
        Some(Unit::Money) => "economics.meeting_cost",
        Some(Unit::MoneyPerYear) => "pricing.acv",
        None => word,
    };
    let known = field(like).filter(|field| unit.is_some() || field.kind == Kind::Set);
    known.map(ParamKind::Like).ok_or_else(|| {
        let units = Unit::ALL.map(Unit::slug).join(", ");
        format!("no unit `{word}`; write {units} or the name of a set field")
    })
}

impl ParamKind {
    fn type_of(&self) -> Type {
        match self {
            Self::Number => Type::Unit(Unit::Number),
            Self::Like(field) => field_type(field),
        }
    }

    fn read(&self, words: &str) -> Result<V, String> {
        match self {
            Self::Number => number(words),
            Self::Like(field) => {
                // Thresholds read no clock: no unit of theirs depends on the day.
                let context = ParseContext {
                    currency: Currency::USD,
                    today: Date::constant(2000, 1, 1),
                };
                let value = field.parse(words, &context);
                let value = value.map_err(|error| error.to_string())?;
                let value = from_plan(&value, field);
                Ok(threshold(value.expect("what was just read is a choice")))
            }
        }
    }
}

/// Thresholds stand in US dollars and meet any currency at a rate of one; one that a team has set
/// in another currency keeps it.
fn threshold(value: V) -> V {
    match value {
        V::Quantity(quantity) if quantity.currency == Some(Currency::USD) => {
            V::Quantity(Quantity {
                currency: None,
                ..quantity
            })
        }
        other => other,
    }
}

fn number(words: &str) -> Result<V, String> {
    let plain = words.trim().replace(',', "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let scale = u32::try_from(fraction.len()).ok();
    let scale = scale.and_then(|places| 10_i128.checked_pow(places));
    let amount = format!("{whole}{fraction}").parse().ok().zip(scale);
    let amount = amount.filter(|_| plain.len() <= 18);
    let amount = amount.and_then(|(number, scale)| Ratio::new(number, scale));
    amount
        .map(|amount| V::Quantity(Quantity::new(amount, Unit::Number)))
        .ok_or_else(|| format!("`{words}` is no number such as 4 or 2.5"))
}
