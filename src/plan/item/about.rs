//! What is known about a value beside the value: how sure it is, who looks after it, where it is from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::plan::Segment;
use crate::text;

/// How sure a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Known to be so.
    Fact,
    /// Taken to be so, and to be validated.
    Assumption,
    /// A number to go on with.
    Guess,
}

impl Certainty {
    /// All of them, the surest first.
    pub const ALL: [Self; 3] = [Self::Fact, Self::Assumption, Self::Guess];

    /// The word for it in files and commands.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Assumption => "assumption",
            Self::Guess => "guess",
        }
    }

    /// Reads the word; the error says which words there are.
    pub fn parse(words: &str) -> Result<Self, String> {
        let word = text::fold(words);
        let all = Self::ALL.into_iter();
        all.into_iter()
            .find(|certainty| certainty.as_str() == word)
            .ok_or_else(|| {
                format!(
                    "{} says not how sure a value is; write fact, assumption or guess",
                    text::quote(words)
                )
            })
    }
}

/// What the team knows about one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The field's name.
    pub field: String,
    /// The segment, for a field that is held for each segment.
    pub segment: Option<Segment>,
    /// How sure it is.
    pub certainty: Option<Certainty>,
    /// When it shall have been validated.
    pub validate_by: Option<Date>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

impl About {
    /// Nothing known yet about a value.
    pub fn nothing(field: &str, segment: Option<Segment>) -> Self {
        Self {
            field: field.to_owned(),
            segment,
            certainty: None,
            validate_by: None,
            owner: None,
            source: None,
        }
    }

    /// What stays when the value gives way to another: who looks after it. How sure the old value
    /// was, and where it came from, says nothing of the new one.
    pub(crate) fn without_value(&self) -> Option<Self> {
        let owner = self.owner.clone()?;
        let mut kept = Self::nothing(&self.field, self.segment.clone());
        kept.owner = Some(owner);
        Some(kept)
    }

    /// Whether it says something of the value that stands there.
    pub(crate) fn speaks_of_value(&self) -> bool {
        self.certainty.is_some() || self.validate_by.is_some() || self.source.is_some()
    }
}

/// Who looks after a section of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionOwner {
    /// The component, such as `pricing`.
    pub component: String,
    /// Who.
    pub owner: String,
}
