//! Fields that a result names: a set of the catalogue's, in the catalogue's order.

use serde::{Serialize, Serializer};

use super::expr::FieldSet;
use crate::plan::{Field, fields};

/// A set of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fields(FieldSet);

impl Fields {
    /// The fields in the catalogue's order.
    pub fn each(self) -> impl Iterator<Item = &'static Field> {
        let catalogue = fields();
        self.0.places().map(|place| &catalogue[place])
    }

    /// Their names, in the same order.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.each().map(|field| field.name)
    }

    /// Whether the field of that name is among them.
    pub fn contains(self, name: &str) -> bool {
        self.iter().any(|known| known == name)
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// These and those.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl From<FieldSet> for Fields {
    fn from(fields: FieldSet) -> Self {
        Self(fields)
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
