//! Texts with expressions in braces: `You sell {deal_value} with a field team.`

use super::error::Fault;
use super::loose::{self, Loose};
use crate::lint::expr::{self, Evaluator, Gap, Names, Node, Type};

/// A text whose expressions were checked at load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
    /// The first number in it that stands there by itself.
    loose: Option<Loose>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    Value(Node, Type),
}

impl Template {
    /// Reads `text`, which begins at byte `start` of the page.
    pub(crate) fn read(text: &str, start: usize, names: &dyn Names) -> Result<Self, Fault> {
        let mut parts = Vec::new();
        let mut loose = None;
        let mut found_loose = |at: usize, written: &str| {
            loose.get_or_insert_with(|| Loose {
                at: start + at,
                written: written.to_owned(),
            });
        };
        let mut at = 0;
        while let Some(open) = text[at..].find('{').map(|place| at + place) {
            parts.push(Part::Words(text[at..open].to_owned()));
            if let Some((place, number)) = loose::in_words(&text[at..open]) {
                found_loose(at + place, number);
            }
            let close = text[open..].find('}').map(|place| open + place);
            let close =
                close.ok_or_else(|| Fault::new(start + open, "this brace is never closed"))?;
            let inside = open + 1;
            let (node, found) = expr::parse(&text[inside..close])
                .and_then(|expr| expr::check(&expr, names, None))
                .map_err(|mistake| {
                    Fault::new(start + inside + mistake.span.start, mistake.problem)
                })?;
            if loose::is_constant(&node, &found) {
                found_loose(inside, text[inside..close].trim());
            }
            parts.push(Part::Value(node, found));
            at = close + 1;
        }
        parts.push(Part::Words(text[at..].to_owned()));
        if let Some((place, number)) = loose::in_words(&text[at..]) {
            found_loose(at + place, number);
        }
        parts.retain(|part| *part != Part::Words(String::new()));
        Ok(Self { parts, loose })
    }

    /// The first number in it that stands there by itself.
    pub(crate) fn loose(&self) -> Option<&Loose> {
        self.loose.as_ref()
    }

    /// The expressions in it.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Node> {
        self.parts.iter().filter_map(|part| match part {
            Part::Words(_) => None,
            Part::Value(node, _) => Some(node),
        })
    }

    /// About how long the text is with its values.
    fn length(&self) -> usize {
        let lengths = self.parts.iter().map(|part| match part {
            Part::Words(words) => words.len(),
            Part::Value(..) => 16,
        });
        lengths.sum()
    }

    /// The text with its values; a gap if one of them is missing.
    pub(crate) fn fill<'a>(&'a self, evaluator: &mut Evaluator<'a>) -> Result<String, Box<Gap>> {
        let mut text = String::with_capacity(self.length());
        for part in &self.parts {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Value(node, found) => {
                    expr::write(&mut text, evaluator.value(node)?.as_ref(), found);
                }
            }
        }
        Ok(text)
    }
}
