//! Segments: the parts of a market that a plan treats apart. Many results carry one, so a copy
//! shares the letters.

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use crate::text;

/// A segment's name as the team writes it in commands: lower case letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Segment(Arc<str>);

/// The most characters of a segment's name.
const LONGEST_NAME: usize = 40;

/// The most segments that a plan is given. One that was stored with more is read and checked as it is.
pub(super) const MOST_SEGMENTS: usize = 100;

impl Segment {
    /// The segment of a plan that names none.
    pub fn main() -> Self {
        static MAIN: LazyLock<Segment> = LazyLock::new(|| Segment("main".into()));
        MAIN.clone()
    }

    /// Reads a segment's name: folded, with `-` between words. The error says what a name is.
    pub fn parse(words: &str) -> Result<Self, String> {
        let name = text::fold(words).replace(' ', "-");
        let fits = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_');
        if name.is_empty() {
            return Err("a segment needs a name, such as `smb`".to_owned());
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(format!(
                "a segment's name has {LONGEST_NAME} characters at most, such as `smb`"
            ));
        }
        if !name.chars().all(fits) || !name.starts_with(char::is_alphanumeric) {
            let quoted = text::quote(words);
            return Err(format!(
                "{quoted} is no name for a segment, which has letters, digits, `-` and `_` only, such as `smb`"
            ));
        }
        Ok(Self(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the segment of a plan that names none.
    pub fn is_main(&self) -> bool {
        &*self.0 == "main"
    }
}

impl From<String> for Segment {
    /// A name that was a segment's when it was written down.
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl From<Segment> for String {
    fn from(segment: Segment) -> Self {
        segment.0.as_ref().to_owned()
    }
}

impl std::fmt::Display for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_or_refused() {
        let check = |words: &str, expected: Option<&str>| {
            let parsed = Segment::parse(words).ok();
            assert_eq!(parsed.as_ref().map(Segment::as_str), expected, "{words:?}");
        };
        check("smb", Some("smb"));
        check(" Mid Market ", Some("mid-market"));
        check("EMEA_2", Some("emea_2"));
        check("größere", Some("größere"));
        check("", None);
        check("a.b", None);
        check("-x", None);
        check("<@U1>", None);
        check(&"x".repeat(41), None);
    }
}
