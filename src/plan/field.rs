//! What a field is: its name, what it holds, how people call it. The rows are in `catalogue`.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

pub use super::kind::Kind;
use super::{Period, ValueError, catalogue};
use crate::text;

/// Whether a field is held once, or once for each segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Held once for the whole plan.
    Plan,
    /// Held once for each segment.
    Segment,
}

/// One of the fixed answers of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The name that rules, histories and exports use; fixed for good.
    pub slug: &'static str,
    /// The words that people read.
    pub label: &'static str,
    /// What else people type for it.
    pub synonyms: &'static [&'static str],
}

/// How the words of a text field are checked beyond their length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// They are not.
    Free,
    /// They name a currency; its ISO 4217 code is kept.
    Currency,
}

/// What the items of a list are, which says where one ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Items {
    /// A few words each: commas and "and" end an item too.
    Phrases,
    /// Sentences: only a line break or a semicolon ends an item.
    Sentences,
}

/// One row of the field catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The stable name, such as `pricing.price`.
    pub name: &'static str,
    /// Whether it is held once or for each segment.
    pub level: Level,
    /// What it holds.
    pub kind: Kind,
    /// The fixed answers of a choice, a set or the channels of dates; else empty.
    pub choices: &'static [Choice],
    /// The question that asks for it.
    pub question: &'static str,
    /// What else people call it, unique over the catalogue.
    pub aliases: &'static [&'static str],
    pub(super) label: &'static str,
    /// An input that works, where the kind's own example would not suit.
    pub(super) like: Option<&'static str>,
    /// Nouns that may stand after the number and say nothing new: "8 reps", "$500 a customer".
    pub(super) units: &'static [&'static str],
    /// Words that fit several choices, with the slugs they fit: asked about, never guessed.
    pub ambiguous: &'static [(&'static str, &'static [&'static str])],
    /// The bounds of a percentage, in whole percent.
    pub(super) percent: (i64, i64),
    /// The most items of a set or list.
    pub(super) most: usize,
    /// The period that the number is for, where the field fixes one: MRR is a month's.
    pub(super) per: Option<Period>,
    pub(super) format: Format,
    pub(super) items: Items,
    /// Words that hold a place elsewhere and answer here: "NA" is North America.
    pub(super) answers: &'static [&'static str],
    /// Where it stands in the catalogue; nowhere where it is no row of it.
    pub(super) place: usize,
}

/// How rows of the catalogue are written down; what a row leaves out has its default.
impl Field {
    pub(super) const fn new(
        name: &'static str,
        level: Level,
        kind: Kind,
        label: &'static str,
        question: &'static str,
    ) -> Self {
        Self {
            name,
            level,
            kind,
            choices: &[],
            question,
            aliases: &[],
            label,
            like: None,
            units: &[],
            ambiguous: &[],
            percent: (-1_000, 10_000),
            most: 50,
            per: None,
            format: Format::Free,
            items: Items::Phrases,
            answers: &[],
            place: usize::MAX,
        }
    }

    pub(super) const fn choices(mut self, choices: &'static [Choice]) -> Self {
        self.choices = choices;
        self
    }

    pub(super) const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    pub(super) const fn like(mut self, example: &'static str) -> Self {
        self.like = Some(example);
        self
    }

    pub(super) const fn units(mut self, units: &'static [&'static str]) -> Self {
        self.units = units;
        self
    }

    pub(super) const fn ambiguous(
        mut self,
        words: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.ambiguous = words;
        self
    }

    pub(super) const fn percent(mut self, low: i64, high: i64) -> Self {
        self.percent = (low, high);
        self
    }

    /// The least and the most that a percentage of the field may be, in whole percent.
    pub fn percent_bounds(&self) -> (i64, i64) {
        self.percent
    }

    /// The most items that a set or list of it may have.
    pub fn most_items(&self) -> usize {
        self.most
    }

    pub(super) const fn at_most(mut self, items: usize) -> Self {
        self.most = items;
        self
    }

    pub(super) const fn per(mut self, period: Period) -> Self {
        self.per = Some(period);
        self
    }

    pub(super) const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    pub(super) const fn answered_by(mut self, words: &'static [&'static str]) -> Self {
        self.answers = words;
        self
    }

    pub(super) const fn sentences(mut self) -> Self {
        self.items = Items::Sentences;
        self
    }
}

impl Field {
    /// The part before the dot: `plan`, `icp`, `pricing` …
    pub fn component(&self) -> &'static str {
        self.name
            .split_once('.')
            .map_or(self.name, |(component, _)| component)
    }

    /// The part after the dot.
    pub fn last_part(&self) -> &'static str {
        self.name
            .split_once('.')
            .map_or(self.name, |(_, last)| last)
    }

    /// The field in human words, such as "sales motion".
    pub fn label(&self) -> String {
        self.label.to_owned()
    }

    /// Whether a noun behind a number says no more than the field itself: "400 companies".
    pub fn counts(&self, noun: &str) -> bool {
        let noun = text::key(noun);
        self.units.iter().any(|unit| text::is_key(&noun, unit))
    }

    /// The choice with that slug.
    pub fn choice(&self, slug: &str) -> Option<&'static Choice> {
        self.choices.iter().find(|choice| choice.slug == slug)
    }

    /// An input that [`Field::parse`] takes.
    pub fn example(&self) -> String {
        if let Some(example) = self.like {
            return example.to_owned();
        }
        let slugs = || self.choices.iter().map(|choice| choice.slug);
        match self.kind {
            Kind::Text => "a few words".to_owned(),
            Kind::List => "one thing; another thing".to_owned(),
            Kind::Money => "$500".to_owned(),
            Kind::MoneyPerYear => "$25k a year".to_owned(),
            Kind::Price => "$49 a month".to_owned(),
            Kind::Percent => "25%".to_owned(),
            Kind::Count => "120".to_owned(),
            Kind::Days => "45 days".to_owned(),
            Kind::Months => "12 months".to_owned(),
            Kind::Date => "2026-03-01".to_owned(),
            Kind::CountRange => "5-30".to_owned(),
            Kind::MoneyRange => "$1M to $10M".to_owned(),
            Kind::Choice => slugs().take(1).collect(),
            Kind::Set => slugs()
                .take(self.most.min(2))
                .collect::<Vec<_>>()
                .join(", "),
            Kind::Prices => "$49/mo, $149/mo".to_owned(),
            Kind::ChannelDates => {
                let slug = slugs().next().unwrap_or_default();
                format!("{slug}: 2026-03-01")
            }
            Kind::YesNo => "yes".to_owned(),
        }
    }

    /// The error of an input that this field does not take.
    pub(super) fn refuse(&self, input: &str, problem: impl Into<String>) -> ValueError {
        ValueError {
            understood: text::quote(input),
            problem: problem.into(),
            example: self.example(),
            meanings: Box::default(),
            beside: None,
            leaves_open: false,
        }
    }
}

/// Every field, in the catalogue's order.
pub fn fields() -> &'static [Field] {
    static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(catalogue::all);
    &FIELDS
}

/// The field of exactly that name.
pub fn field(name: &str) -> Option<&'static Field> {
    static BY_NAME: LazyLock<HashMap<&'static str, &'static Field>> =
        LazyLock::new(|| fields().iter().map(|field| (field.name, field)).collect());
    BY_NAME.get(name).copied()
}

/// The most fields that a failed search names.
const MOST_NEAR: usize = 6;

/// The fields by the keys of their spellings, so that a look-up folds nothing but what was typed.
struct Spellings {
    names: HashMap<String, Vec<&'static Field>>,
    called: HashMap<String, Vec<&'static Field>>,
    last_parts: HashMap<String, Vec<&'static Field>>,
    components: HashMap<String, Vec<&'static Field>>,
}

impl Spellings {
    fn get() -> &'static Self {
        static SPELLINGS: LazyLock<Spellings> = LazyLock::new(Spellings::collect);
        &SPELLINGS
    }

    fn collect() -> Self {
        let by = |spellings: &dyn Fn(&Field) -> Vec<&'static str>| {
            let mut fields_by_key: HashMap<String, Vec<&'static Field>> = HashMap::new();
            for field in fields() {
                let keys: BTreeSet<_> = spellings(field).into_iter().map(text::key).collect();
                for key in keys {
                    fields_by_key.entry(key).or_default().push(field);
                }
            }
            fields_by_key
        };
        Self {
            names: by(&|field| vec![field.name]),
            called: by(&|field| [&[field.label], field.aliases].concat()),
            last_parts: by(&|field| vec![field.last_part()]),
            components: by(&|field| vec![field.component()]),
        }
    }
}

/// What words that are spelled like a field stand for.
enum Exact {
    One(&'static Field),
    Several(&'static [&'static Field]),
    None,
}

/// The fields that are spelled exactly like `words`, upper and lower case and signs aside.
fn exact(words: &str) -> Exact {
    let wanted = text::key(words);
    let spellings = Spellings::get();
    let fields_of = |by: &'static HashMap<String, Vec<&'static Field>>| {
        by.get(&wanted).map_or(&[][..], Vec::as_slice)
    };
    for whole in [fields_of(&spellings.names), fields_of(&spellings.called)] {
        if let [found] = whole {
            return Exact::One(found);
        }
    }
    let alike = fields_of(&spellings.last_parts);
    let folded = text::fold(words);
    let mut exactly = alike.iter().filter(|field| field.last_part() == folded);
    match (exactly.next(), exactly.next(), alike) {
        (Some(found), None, _) | (None, None, [found]) => Exact::One(found),
        (None, None, []) => Exact::None,
        _ => Exact::Several(alike),
    }
}

/// A percentage that belongs to no field, as a rule's threshold does: of no period, and of no bounds
/// but the widest.
pub static SHARE: Field = Field::new(
    "share",
    Level::Plan,
    Kind::Percent,
    "share",
    "Which share is it?",
)
.like("25%");

/// The one field that is spelled like `words`: by its name, its label, an alias, or the last part
/// of its name where no other field shares it.
pub fn field_called(words: &str) -> Option<&'static Field> {
    match exact(words) {
        Exact::One(field) => Some(field),
        Exact::Several(_) | Exact::None => None,
    }
}

/// The field that people mean by `words`, as [`field_called`] finds it. Otherwise the fields that
/// the words may mean, nearest first: several that fit exactly, or those of the component, or those
/// whose names are near.
pub fn find_field(words: &str) -> Result<&'static Field, Vec<&'static Field>> {
    match exact(words) {
        Exact::One(found) => Ok(found),
        Exact::Several(alike) => Err(alike.to_vec()),
        Exact::None => {
            let of_component = Spellings::get().components.get(&text::key(words));
            let mut near = of_component.cloned().unwrap_or_else(|| near_fields(words));
            near.truncate(MOST_NEAR);
            Err(near)
        }
    }
}

/// The fields one of whose spellings is near to `words`, nearest first.
fn near_fields(words: &str) -> Vec<&'static Field> {
    let spellings: Vec<(&'static str, &'static Field)> = fields()
        .iter()
        .flat_map(|field| {
            let own = [field.name, field.label, field.last_part()];
            own.into_iter()
                .chain(field.aliases.iter().copied())
                .map(move |s| (s, field))
        })
        .collect();
    let mut near: Vec<&'static Field> = Vec::new();
    for spelling in text::nearest(words, spellings.iter().map(|&(spelling, _)| spelling)) {
        for &(_, field) in spellings.iter().filter(|&&(known, _)| known == spelling) {
            if !near.contains(&field) {
                near.push(field);
            }
        }
    }
    near
}
