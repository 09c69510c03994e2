//! The types of the language: the catalogue's kinds, as rules see them.

use std::sync::Arc;

use super::units::Unit;

/// The choices that a choice or set may take: slug and label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Domain(Arc<[(&'static str, String)]>);

impl Domain {
    /// The choices in their own order.
    pub(crate) fn new(choices: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(choices.into_iter().collect())
    }

    /// All slugs.
    pub(crate) fn slugs(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().map(|(slug, _)| *slug)
    }

    /// The place of a slug.
    pub(crate) fn place(&self, slug: &str) -> Option<u8> {
        let found = self.slugs().position(|known| known == slug);
        found.and_then(|place| u8::try_from(place).ok())
    }

    /// The label of the choice at a place.
    pub(crate) fn label(&self, place: u8) -> &str {
        let found = self.0.get(usize::from(place));
        found.map_or("", |(_, label)| label)
    }
}

/// What an expression yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    /// True or false.
    Bool,
    /// A quantity.
    Unit(Unit),
    /// A price with its period.
    Price,
    /// A calendar date.
    Date,
    /// Free words.
    Text,
    /// One of fixed choices.
    Choice(Domain),
    /// Several of fixed choices.
    Set(Domain),
    /// Several values.
    List(Box<Type>),
    /// A range with included ends.
    Range(Unit),
    /// A date for each of some choices.
    Dates(Domain),
}

impl Type {
    /// The type in words that fit behind "is".
    pub(crate) fn words(&self) -> &'static str {
        match self {
            Self::Bool => "a yes or no",
            Self::Unit(unit) => unit.words(),
            Self::Price => "a price (use `per_year(…)`)",
            Self::Date => "a date",
            Self::Text => "a text",
            Self::Choice(_) => "a choice",
            Self::Set(_) => "a set",
            Self::List(_) => "a list",
            Self::Range(_) => "a range (use `low(…)` or `high(…)`)",
            Self::Dates(_) => "a list of dates",
        }
    }

    /// Whether `<` and its like make sense.
    pub(crate) fn is_ordered(&self) -> bool {
        matches!(self, Self::Unit(_) | Self::Date)
    }

    /// Whether `==` makes sense.
    pub(crate) fn is_comparable(&self) -> bool {
        self.is_ordered()
            || matches!(
                self,
                Self::Bool | Self::Text | Self::Choice(_) | Self::Set(_)
            )
    }

    /// The type of one item of a set or list.
    pub(crate) fn item(&self) -> Option<Type> {
        match self {
            Self::Set(domain) => Some(Self::Choice(domain.clone())),
            Self::List(item) => Some((**item).clone()),
            _ => None,
        }
    }
}
