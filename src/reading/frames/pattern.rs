//! How patterns are written, and what they become.

use std::collections::HashMap;

use super::forms;
use super::line::Piece;
use crate::reading::quick::Quick;

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// A word or sign.
    Word(u32),
    /// One of several ways to go on; an empty one makes all of it optional.
    Either(Ways),
    /// `#`: a number that fits the field.
    Number,
    /// `@`: one or several of the field's choices.
    Choices,
    /// `&`: a few words that name somebody.
    Who,
    /// `...`: all words to the end.
    Rest,
    /// `^`: what follows must stand there, and is read again.
    Peek,
    /// `!`: what follows must not stand there.
    Bar,
    /// `~`: a few words that may be anything.
    Gap,
    /// `_`: the words of a text or a list, up to what follows.
    Words,
    /// `*`: somebody who is mentioned there.
    Mention,
    /// `$`: things that are known by what they are called: places, currencies, roles.
    Named,
}

/// Several ways to go on, the longer first, so that a text does not begin with its rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ways {
    pub(super) all: Vec<Vec<Node>>,
    /// The words with one of which some of them must begin, in order.
    words: Vec<u32>,
    /// Those that may begin otherwise.
    others: Vec<usize>,
}

impl Ways {
    fn of(mut all: Vec<Vec<Node>>) -> Self {
        all.sort_by_key(|way| std::cmp::Reverse(way.len()));
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for (at, way) in all.iter().enumerate() {
            let (mut begin, mut values) = (Vec::new(), Values::default());
            let takes_one = takes(way, &mut begin, &mut values) == Some(true);
            if takes_one && !values.numbers && !values.choices {
                words.extend(begin);
            } else {
                others.push(at);
            }
        }
        words.sort_unstable();
        words.dedup();
        Self { all, words, others }
    }

    /// Whether one of those begins with a word that must begin with one.
    pub(super) fn begin_with(&self, word: u32) -> bool {
        self.words.binary_search(&word).is_ok()
    }

    /// Those that may begin otherwise than with a word.
    pub(super) fn others(&self) -> impl Iterator<Item = &[Node]> {
        self.others.iter().map(|&at| self.all[at].as_slice())
    }
}

/// The words of all patterns, each with its number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32, Quick>,
}

impl Vocabulary {
    pub(super) fn add(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.numbers.len()).expect("there are few words");
        *self.numbers.entry(word.to_owned()).or_insert(next)
    }

    pub(super) fn get(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }
}

/// Some words of the vocabulary, looked up by their number alone.
#[derive(Debug)]
pub(super) struct Words {
    bits: Vec<u64>,
}

impl Words {
    pub(super) fn of(words: impl Iterator<Item = u32>) -> Self {
        let mut bits = Vec::new();
        for word in words {
            let place = word as usize / 64;
            if bits.len() <= place {
                bits.resize(place + 1, 0);
            }
            bits[place] |= 1 << (word % 64);
        }
        Self { bits }
    }

    pub(super) fn contains(&self, word: u32) -> bool {
        let bits = self.bits.get(word as usize / 64);
        bits.is_some_and(|bits| bits >> (word % 64) & 1 == 1)
    }
}

/// Where nodes may begin: at some words, numbers or choices only, or anywhere.
#[derive(Debug)]
pub(super) struct Opening(Option<(Words, Values)>);

/// Which values nodes may begin with.
#[derive(Debug, Default, Clone, Copy)]
struct Values {
    numbers: bool,
    choices: bool,
}

impl Opening {
    pub(super) fn of(nodes: &[Node]) -> Self {
        let (mut words, mut values) = (Vec::new(), Values::default());
        let takes_one = takes(nodes, &mut words, &mut values) == Some(true);
        Self(takes_one.then(|| (Words::of(words.into_iter()), values)))
    }

    /// Anywhere.
    #[cfg(test)]
    pub(super) fn anywhere() -> Self {
        Self(None)
    }

    /// Whether the nodes may begin at a piece.
    pub(super) fn may_be(&self, piece: &Piece<'_>) -> bool {
        let Self(Some((words, values))) = self else {
            return true;
        };
        (values.numbers && piece.opens_number)
            || (values.choices && piece.opens_choice)
            || piece.id.is_some_and(|word| words.contains(word))
    }
}

/// Gathers the words and values with which nodes begin: whether one must stand, or `None` if they may begin
/// otherwise.
fn takes(nodes: &[Node], words: &mut Vec<u32>, values: &mut Values) -> Option<bool> {
    for node in nodes {
        match node {
            Node::Word(word) => words.push(*word),
            // What is peeked at stands there.
            Node::Peek => continue,
            Node::Number => values.numbers = true,
            Node::Choices => values.choices = true,
            Node::Either(ways) => {
                let mut all = true;
                for way in &ways.all {
                    all &= takes(way, words, values)?;
                }
                if !all {
                    continue;
                }
            }
            _ => return None,
        }
        return Some(true);
    }
    Some(false)
}

/// Reads patterns, with the groups that they may name.
pub(super) struct Reader<'a> {
    pub(super) words: &'a mut Vocabulary,
    pub(super) groups: &'a HashMap<String, Vec<String>>,
}

impl Reader<'_> {
    /// The nodes of a pattern.
    pub(super) fn pattern(&mut self, text: &str) -> Result<Vec<Node>, String> {
        let mut rest = text;
        let nodes = self.sequence(&mut rest)?;
        if rest.is_empty() {
            Ok(nodes)
        } else {
            Err(format!("{text}: `{rest}` is left over"))
        }
    }

    fn sequence(&mut self, rest: &mut &str) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        loop {
            *rest = rest.trim_start();
            let Some(letter) = rest.chars().next() else {
                return Ok(nodes);
            };
            if let Some(behind) = rest.strip_prefix("...") {
                *rest = behind;
                nodes.push(Node::Rest);
                continue;
            }
            match letter {
                ')' | ']' | '|' => return Ok(nodes),
                '(' => nodes.push(Node::Either(Ways::of(self.ways(rest, ')')?))),
                '[' => {
                    let mut ways = self.ways(rest, ']')?;
                    ways.push(Vec::new());
                    nodes.push(Node::Either(Ways::of(ways)));
                }
                '<' => nodes.push(self.group(rest)?),
                '{' => nodes.push(self.forms(rest)?),
                '#' | '@' | '~' | '&' | '^' | '!' | '_' | '*' | '$' => {
                    *rest = &rest[1..];
                    nodes.push(match letter {
                        '#' => Node::Number,
                        '@' => Node::Choices,
                        '&' => Node::Who,
                        '^' => Node::Peek,
                        '!' => Node::Bar,
                        '_' => Node::Words,
                        '*' => Node::Mention,
                        '$' => Node::Named,
                        _ => Node::Gap,
                    });
                }
                _ => self.word(rest, &mut nodes),
            }
        }
    }

    fn ways(&mut self, rest: &mut &str, close: char) -> Result<Vec<Vec<Node>>, String> {
        let mut ways = Vec::new();
        loop {
            *rest = &rest[1..];
            ways.push(self.sequence(rest)?);
            match rest.chars().next() {
                Some('|') => {}
                Some(found) if found == close => {
                    *rest = &rest[1..];
                    return Ok(ways);
                }
                _ => return Err(format!("`{close}` is missing before `{rest}`")),
            }
        }
    }

    fn group(&mut self, rest: &mut &str) -> Result<Node, String> {
        let end = rest.find('>').ok_or_else(|| format!("{rest}: no end"))?;
        let name = &rest[1..end];
        *rest = &rest[end + 1..];
        let groups = self.groups;
        let ways = groups
            .get(name)
            .ok_or_else(|| format!("no group {name}"))?
            .iter()
            .map(|way| self.pattern(way))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Node::Either(Ways::of(ways)))
    }

    /// `{stop}`: a verb in all of its forms.
    fn forms(&mut self, rest: &mut &str) -> Result<Node, String> {
        let end = rest.find('}').ok_or_else(|| format!("{rest}: no end"))?;
        let verb = &rest[1..end];
        *rest = &rest[end + 1..];
        let forms = forms::of(verb).into_iter();
        let ways = forms.map(|form| {
            let tokens = super::super::token::split(&form);
            let words = tokens
                .iter()
                .map(|token| Node::Word(self.words.add(token.key)));
            words.collect()
        });
        Ok(Node::Either(Ways::of(ways.collect())))
    }

    /// A word, which hyphens and slashes may part into several.
    fn word(&mut self, rest: &mut &str, nodes: &mut Vec<Node>) {
        let end = rest.find(|c: char| c.is_whitespace() || "()[]|<{#@~&^!_*$".contains(c));
        let word = &rest[..end.unwrap_or(rest.len()).max(1)];
        *rest = &rest[word.len()..];
        for token in super::super::token::split(word) {
            // A dash between two parts is written long; the hyphen of a word is none of its words.
            if token.text == "\u{2013}" {
                nodes.push(Node::Word(self.words.add("-")));
            } else if token.text != "-" {
                nodes.push(Node::Word(self.words.add(token.key)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_holds_all_that_may_come_first() {
        let (mut words, groups) = (Vocabulary::default(), HashMap::new());
        let [we, our, price, is] = ["we", "our", "price", "is"].map(|word| words.add(word));
        let mut opening = |pattern: &str| {
            let mut reader = Reader {
                words: &mut words,
                groups: &groups,
            };
            let nodes = reader.pattern(pattern).unwrap_or_default();
            let opening = Opening::of(&nodes);
            let piece = |word: u32| Piece {
                text: "",
                id: Some(word),
                scan: None,
                is_word: true,
                spaced: true,
                light: false,
                segment: false,
                opens_number: word == is,
                opens_choice: word == price,
                start: 0,
                element: 0,
            };
            [we, our, price, is].map(|word| opening.may_be(&piece(word)))
        };
        assert_eq!(opening("price is"), [false, false, true, false]);
        assert_eq!(opening("[our] price is"), [false, true, true, false]);
        assert_eq!(opening("(we|[our] price) is"), [true, true, true, false]);
        assert_eq!(opening("(we|[our]) [price] is"), [true; 4]);
        assert_eq!(opening("(we|#) is"), [true, false, false, true]);
        assert_eq!(opening("[our] @"), [false, true, true, false]);
        assert_eq!(opening("(we|~) is"), [true; 4]);
        assert_eq!(opening("[we]"), [true; 4]);
        assert_eq!(opening("!we price"), [true; 4]);
    }

    #[test]
    fn patterns_are_read_and_slips_are_named() {
        let mut words = Vocabulary::default();
        let groups = HashMap::from([("we".to_owned(), vec!["we".to_owned(), "i".to_owned()])]);
        let mut reader = Reader {
            words: &mut words,
            groups: &groups,
        };
        let nodes = reader.pattern("<we> lose # of [our] (x|y z)");
        assert_eq!(nodes.map(|nodes| nodes.len()), Ok(6));
        assert!(reader.pattern("(a").is_err());
        assert!(reader.pattern("a)").is_err());
        assert!(reader.pattern("<they>").is_err());
    }
}
