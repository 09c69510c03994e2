//! The tables of patterns, read once.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::line::Piece;
use super::names::{Name, Shapes, with_name};
use super::needs::Needs;
use super::pattern::{Node, Opening, Reader, Vocabulary, Words};
use super::spellings::{Spelled, Spellings};
use crate::plan::{self, Currency, Field, ParseContext, Value};
use crate::reading::token;

/// The tables; `groups` holds what all of them name.
const TABLES: &[&str] = &[
    include_str!("cs.toml"),
    include_str!("economics.toml"),
    include_str!("icp.toml"),
    include_str!("market.toml"),
    include_str!("marketing.toml"),
    include_str!("metrics.toml"),
    include_str!("plan.toml"),
    include_str!("positioning.toml"),
    include_str!("pricing.toml"),
    include_str!("sales.toml"),
    include_str!("value.toml"),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    light: Vec<String>,
    group: HashMap<String, Vec<String>>,
    shapes: Shapes,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    group: HashMap<String, Vec<String>>,
    #[serde(default, rename = "frame")]
    frames: Vec<Row>,
    #[serde(default, rename = "name")]
    names: Vec<Name>,
    #[serde(default, rename = "spell")]
    spellings: Vec<Spelling>,
}

/// Patterns of one field.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "marks of a row, any of which may stand"
)]
pub(super) struct Row {
    pub(super) field: String,
    /// What the words say where no value stands in them.
    pub(super) value: Option<String>,
    /// Whether it is told of the past.
    #[serde(default)]
    pub(super) past: bool,
    /// Whether it may be wished for.
    #[serde(default)]
    pub(super) aims: bool,
    /// Whether the words ask for the field, and the next sentence answers.
    #[serde(default)]
    pub(super) asks: bool,
    /// Whether a condition is a part of the words: "if we did not exist they'd fax".
    #[serde(default)]
    pub(super) conditional: bool,
    /// Phrases, word by word.
    #[serde(default)]
    pub(super) says: Vec<String>,
    /// Parts with ` + ` between them, which stand in any order with few other words.
    #[serde(default)]
    pub(super) mentions: Vec<String>,
    /// So many other words may stand beside the parts; as many as there are parts if nothing is said.
    pub(super) room: Option<usize>,
    /// What must not stand beside the parts.
    pub(super) bars: Option<String>,
    /// What must not stand in the same part of the sentence, for phrases and parts alike.
    pub(super) unless: Option<String>,
}

/// Further spellings of a choice, which count within patterns only.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
    fields: Vec<String>,
    choice: String,
    words: Vec<String>,
}

impl Spelling {
    /// The choice in each of its fields.
    fn choices(&self) -> Result<Vec<(&'static Field, &'static str)>, String> {
        let choices = self.fields.iter().map(|name| {
            let field = known(name)?;
            let choice = field.choice(&self.choice);
            let choice = choice.ok_or_else(|| format!("{name} has no {}", self.choice))?;
            Ok((field, choice.slug))
        });
        choices.collect()
    }
}

/// Words that may be a choice where the words around them speak for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    said: Vec<Spelling>,
}

/// One pattern.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "marks of a row, any of which may stand"
)]
pub(super) struct Frame {
    pub(super) field: &'static Field,
    pub(super) value: Option<Value>,
    pub(super) past: bool,
    pub(super) aims: bool,
    pub(super) asks: bool,
    pub(super) conditional: bool,
    pub(super) nodes: Vec<Node>,
    /// Where its nodes may begin.
    pub(super) opening: Opening,
    /// What must not stand in the same part of the sentence.
    pub(super) unless: Vec<Node>,
    /// Which nodes stand in any order; `None` where all follow each other.
    pub(super) loose: Option<Loose>,
    /// Its place among all.
    pub(super) order: usize,
}

/// Parts of a pattern that stand in any order.
#[derive(Debug)]
pub(super) struct Loose {
    /// The nodes of each part.
    pub(super) parts: Vec<Part>,
    /// So many other words may stand beside them.
    pub(super) room: usize,
    /// What must not stand beside them.
    pub(super) bars: Vec<Node>,
    /// Where that may begin.
    pub(super) barring: Opening,
}

/// A part of a pattern whose parts stand in any order.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) nodes: Range<usize>,
    pub(super) opening: Opening,
}

/// All patterns, found by the words that each must have.
pub(in crate::reading) struct Frames {
    pub(super) words: Vocabulary,
    light: Words,
    pub(super) patterns: Vec<Frame>,
    needs: Needs,
    choices: Spellings,
    /// Words that may be a choice, which patterns do not take for one.
    said: Spellings,
}

impl Frames {
    /// The patterns.
    pub(in crate::reading) fn get() -> &'static Self {
        static FRAMES: LazyLock<Frames> =
            LazyLock::new(|| Frames::build().expect("a test reads the tables"));
        &FRAMES
    }

    pub(super) fn is_light(&self, word: u32) -> bool {
        self.light.contains(word)
    }

    /// The row that stands for the dates on which channels started.
    pub(super) fn started(&self) -> Option<&Frame> {
        self.patterns
            .iter()
            .find(|frame| frame.field.kind == plan::Kind::ChannelDates)
    }

    /// The patterns that may fit some pieces, and where each may begin at last.
    pub(super) fn needed_in(
        &'static self,
        pieces: &[Piece<'_>],
    ) -> impl Iterator<Item = (&'static Frame, usize)> {
        let met = self.needs.met_by(pieces).into_iter();
        met.map(|(place, last)| (&self.patterns[place], last))
    }

    /// The spellings of a field's choices that begin with that word, the longest first.
    pub(super) fn choices(&'static self, field: &Field, first: u32) -> &'static [Spelled] {
        self.choices.beginning(field, first)
    }

    /// The words that may be a field's choices and begin with that one, the longest first.
    pub(super) fn said(&'static self, field: &Field, first: u32) -> &'static [Spelled] {
        self.said.beginning(field, first)
    }

    /// Whether a choice of some field may begin with that word.
    pub(super) fn begins_choice(&self, word: u32) -> bool {
        self.choices.begin(word) || self.said.begin(word)
    }

    pub(super) fn build() -> Result<Self, String> {
        let shared: Groups =
            toml::from_str(include_str!("groups.toml")).map_err(|it| it.to_string())?;
        let mut words = Vocabulary::default();
        words.add("\u{2192}");
        let light = shared.light.iter().flat_map(|it| token::split(it));
        let light = Words::of(light.map(|token| words.add(token.key)));
        let mut frames = Self {
            words,
            light,
            patterns: Vec::new(),
            needs: Needs::default(),
            choices: Spellings::default(),
            said: Spellings::default(),
        };
        for table in TABLES {
            let table: Table = toml::from_str(table).map_err(|it| it.to_string())?;
            let mut groups = shared.group.clone();
            groups.extend(table.group.clone());
            for row in &table.frames {
                frames.add(row, &groups)?;
            }
            for name in &table.names {
                let groups = with_name(&groups, name);
                for row in shared.shapes.rows(known(&name.field)?) {
                    frames.add(&row, &groups)?;
                }
            }
            for spelling in &table.spellings {
                frames.spell(spelling)?;
            }
        }
        let said: Said = toml::from_str(include_str!("said.toml")).map_err(|it| it.to_string())?;
        for spelling in &said.said {
            frames.say(spelling)?;
        }
        frames.choices.sort();
        frames.said.sort();
        frames.needs = Needs::of(&frames.patterns, frames.words.len(), &frames.light);
        Ok(frames)
    }

    fn add(&mut self, row: &Row, groups: &HashMap<String, Vec<String>>) -> Result<(), String> {
        let field = known(&row.field)?;
        let context = ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 1, 1),
        };
        let value = row.value.as_ref().map(|value| field.parse(value, &context));
        let value = value.transpose().map_err(|it| it.to_string())?;
        let mut reader = Reader {
            words: &mut self.words,
            groups,
        };
        let unless = row.unless.as_deref().map(|unless| reader.pattern(unless));
        let unless = unless.transpose()?.unwrap_or_default();
        for (says, in_any_order) in row
            .says
            .iter()
            .map(|it| (it, false))
            .chain(row.mentions.iter().map(|it| (it, true)))
        {
            let (nodes, loose) = self.nodes(says, groups, in_any_order.then_some(row))?;
            self.patterns.push(Frame {
                field,
                value: value.clone(),
                past: row.past,
                aims: row.aims,
                asks: row.asks,
                conditional: row.conditional,
                opening: Opening::of(&nodes),
                nodes,
                unless: unless.clone(),
                loose,
                order: self.patterns.len(),
            });
        }
        for choice in field.choices {
            let own = [choice.slug, choice.label].into_iter();
            for words in own.chain(choice.synonyms.iter().copied()) {
                self.spelled(field, choice.slug, words);
            }
        }
        Ok(())
    }

    /// The nodes of a pattern, and its parts where those of a row stand in any order.
    fn nodes(
        &mut self,
        says: &str,
        groups: &HashMap<String, Vec<String>>,
        loose: Option<&Row>,
    ) -> Result<(Vec<Node>, Option<Loose>), String> {
        let mut reader = Reader {
            words: &mut self.words,
            groups,
        };
        let Some(row) = loose else {
            return Ok((reader.pattern(says)?, None));
        };
        let (mut nodes, mut parts) = (Vec::new(), Vec::new());
        for part in says.split(" + ") {
            let from = nodes.len();
            nodes.extend(reader.pattern(part)?);
            parts.push(Part {
                opening: Opening::of(&nodes[from..]),
                nodes: from..nodes.len(),
            });
        }
        let bars = row.bars.as_deref().map(|bars| reader.pattern(bars));
        let bars = bars.transpose()?.unwrap_or_default();
        let loose = Loose {
            room: row.room.unwrap_or(parts.len()),
            parts,
            barring: Opening::of(&bars),
            bars,
        };
        Ok((nodes, Some(loose)))
    }

    fn spell(&mut self, spelling: &Spelling) -> Result<(), String> {
        for (field, slug) in spelling.choices()? {
            for words in &spelling.words {
                self.spelled(field, slug, words);
            }
        }
        Ok(())
    }

    fn say(&mut self, said: &Spelling) -> Result<(), String> {
        for (field, slug) in said.choices()? {
            for words in &said.words {
                let ids = self.numbers_of(words);
                self.said.add(field, &ids, slug);
            }
        }
        Ok(())
    }

    fn spelled(&mut self, field: &'static Field, slug: &'static str, words: &str) {
        let ids = self.numbers_of(words);
        self.choices.add(field, &ids, slug);
    }

    /// The words by their numbers in the vocabulary.
    fn numbers_of(&mut self, words: &str) -> Vec<u32> {
        let folded = crate::text::fold(words).replace('_', " ");
        let tokens = token::split(&folded);
        let ids = tokens.iter().filter(|token| token.is_word);
        ids.map(|token| self.words.add(token.key)).collect()
    }
}

fn known(name: &str) -> Result<&'static Field, String> {
    plan::field(name).ok_or_else(|| format!("no field {name}"))
}

#[cfg(test)]
mod tests {
    use super::super::needs::needed;
    use super::*;

    #[test]
    fn every_pattern_is_read_and_needs_a_word() {
        let frames = Frames::build().unwrap_or_else(|error| panic!("{error}"));
        for frame in &frames.patterns {
            assert!(
                !needed(&frame.nodes, &|words| words.len()).is_empty(),
                "{}: {}",
                frame.field.name,
                frame.order
            );
            let values = frame.nodes.iter().any(|node| {
                matches!(
                    node,
                    Node::Number
                        | Node::Choices
                        | Node::Rest
                        | Node::Who
                        | Node::Words
                        | Node::Mention
                )
            });
            let nested = frame
                .nodes
                .iter()
                .any(|node| matches!(node, Node::Either(_)));
            assert!(
                frame.asks
                    || values != frame.value.is_some()
                    || nested
                    || frame.field.kind == plan::Kind::ChannelDates,
                "{}: pattern {}",
                frame.field.name,
                frame.order
            );
        }
    }
}
