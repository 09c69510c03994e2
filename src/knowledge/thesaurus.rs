//! Words that mean the same, read from `knowledge/thesaurus.toml`.

use std::collections::HashMap;

use serde::Deserialize;

use super::hash::ByWord;
use super::tokens::{Stems, Token};

/// Groups of spellings with one meaning.
#[derive(Debug, Default)]
pub(super) struct Thesaurus {
    groups: Vec<Group>,
    /// By its first stem, every spelling.
    spellings: ByWord<String, Vec<Spelled>>,
    words: Vec<String>,
}

/// One spelling.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spelled {
    /// All of its stems.
    pub(super) stems: Vec<String>,
    /// Their numbers, to those who have met them.
    pub(super) numbers: Vec<u32>,
    /// The group that it stands for.
    pub(super) group: usize,
}

#[derive(Debug)]
struct Group {
    /// The term that stands for the group in the index.
    term: String,
    /// Groups that are near in meaning.
    near: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    words: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
}

/// A spelling that stands in some tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// How many tokens it takes.
    pub(super) length: usize,
    /// The group that it stands for.
    pub(super) group: usize,
}

impl Thesaurus {
    /// Reads the list.
    pub(super) fn read(words: &str, met: &mut Stems) -> Result<Self, String> {
        let file: File = toml::from_str(words).map_err(|error| error.to_string())?;
        let places: HashMap<&str, usize> = file
            .group
            .iter()
            .enumerate()
            .map(|(n, row)| (row.name.as_str(), n))
            .collect();
        let mut thesaurus = Self::default();
        for (place, row) in file.group.iter().enumerate() {
            let near = row.near.iter().map(|name| {
                places
                    .get(name.as_str())
                    .copied()
                    .ok_or_else(|| format!("`{}` is near `{name}`, which is no group", row.name))
            });
            thesaurus.groups.push(Group {
                term: format!("={}", row.name),
                near: near.collect::<Result<_, _>>()?,
            });
            for spelling in &row.words {
                let tokens = met.tokens(spelling);
                thesaurus
                    .words
                    .extend(tokens.iter().map(|token| token.surface.clone()));
                let stems: Vec<_> = tokens.into_iter().map(|token| token.stem).collect();
                let Some(first) = stems.first() else {
                    return Err(format!("`{}` has a spelling without letters", row.name));
                };
                let known = thesaurus.spellings.entry(first.clone()).or_default();
                let numbers = stems.iter().filter_map(|stem| met.number(stem));
                let spelled = Spelled {
                    numbers: numbers.collect(),
                    stems,
                    group: place,
                };
                if !known.contains(&spelled) {
                    known.push(spelled);
                }
            }
        }
        Ok(thesaurus)
    }

    /// The spellings that begin at a token, of any length.
    pub(super) fn matches<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = Match> + 'a {
        let known = tokens.first().map(|token| self.spellings(&token.stem));
        let begins = move |spelled: &&Spelled| {
            let stems = spelled.stems.iter().zip(tokens);
            tokens.len() >= spelled.stems.len()
                && stems.into_iter().all(|(stem, token)| *stem == token.stem)
        };
        known
            .into_iter()
            .flatten()
            .filter(begins)
            .map(|spelled| Match {
                length: spelled.stems.len(),
                group: spelled.group,
            })
    }

    /// The spellings that begin with a stem.
    pub(super) fn spellings(&self, first: &str) -> &[Spelled] {
        self.spellings.get(first).map_or(&[], Vec::as_slice)
    }

    /// How many groups there are.
    pub(super) fn count(&self) -> usize {
        self.groups.len()
    }

    /// The term that stands for a group.
    pub(super) fn term(&self, group: usize) -> &str {
        &self.groups[group].term
    }

    /// The groups near to one.
    pub(super) fn near(&self, group: usize) -> &[usize] {
        &self.groups[group].near
    }

    /// Every word of every spelling, as it is written.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    const LIST: &str = r#"
        [[group]]
        name = "field-sales"
        words = ["field sales", "outside sales"]
        near = ["rep"]

        [[group]]
        name = "rep"
        words = ["rep", "sales rep", "AE"]
    "#;

    #[test]
    fn spellings_are_found_in_any_inflection() {
        let thesaurus = Thesaurus::read(LIST, &mut Stems::default()).unwrap();
        let check = |words: &str, expected: &[&str]| {
            let tokens = tokens(words);
            let found: Vec<_> = (0..tokens.len())
                .flat_map(|at| thesaurus.matches(&tokens[at..]).collect::<Vec<_>>())
                .map(|found| thesaurus.term(found.group))
                .collect();
            assert_eq!(found, expected, "{words}");
        };
        check("Outside-sales, please", &["=field-sales"]);
        check("two sales reps", &["=rep", "=rep"]);
        check("sales", &[]);
        assert_eq!(thesaurus.near(0), [1]);
    }

    #[test]
    fn a_group_that_is_near_nothing_is_refused() {
        let list = LIST.replace("near = [\"rep\"]", "near = [\"rap\"]");
        assert!(
            Thesaurus::read(&list, &mut Stems::default())
                .is_err_and(|error| error.contains("`rap`"))
        );
    }
}
