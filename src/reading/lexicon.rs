//! Every phrase that the catalogue knows, found by its first word.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::quick::Quick;
use super::token::Token;
use crate::plan::{Choice, Cues, Field, Kind, field, fields};
use crate::text;

/// On which side of the value a cue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// On either.
    Around,
    /// Before it.
    Before,
    /// Behind it.
    Behind,
}

/// What a phrase may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A value of the field is near.
    Cue(&'static Field, Side),
    /// The field's name itself: "win rate", and not "we win".
    Name(&'static Field),
    /// One of the field's choices.
    Choice(&'static Field, &'static Choice),
    /// Several of the field's choices.
    Several(&'static Field, &'static [&'static str]),
}

/// A phrase in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// How many tokens it takes.
    pub(super) tokens: usize,
    /// What it may mean.
    pub(super) roles: &'static [Role],
}

struct Entry {
    rest: Vec<String>,
    roles: Vec<Role>,
}

/// The phrases by their first word, the longest first.
pub(super) struct Lexicon {
    entries: HashMap<String, Vec<Entry>, Quick>,
    names: Vec<String>,
}

/// Signs that may join the words of one phrase.
const JOINERS: &[&str] = &["-", "/", "&", "'", ":"];

impl Lexicon {
    /// The lexicon of the catalogue.
    pub(super) fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);
        &LEXICON
    }

    fn build() -> Self {
        let mut lexicon = Self {
            entries: HashMap::default(),
            names: Vec::new(),
        };
        for field in fields() {
            lexicon.add_names(field);
            for choice in field.choices {
                let own = [choice.slug, choice.label].into_iter();
                for spelling in own.chain(choice.synonyms.iter().copied()) {
                    lexicon.add(spelling, Role::Choice(field, choice));
                }
            }
            for &(spelling, slugs) in field.ambiguous {
                lexicon.add(spelling, Role::Several(field, slugs));
            }
        }
        for cues in &Cues::get().cues {
            let Some(field) = field(&cues.field) else {
                continue;
            };
            let sides = [
                (&cues.around, Side::Around),
                (&cues.before, Side::Before),
                (&cues.behind, Side::Behind),
            ];
            for (phrases, side) in sides {
                for phrase in phrases {
                    lexicon.add(phrase, Role::Cue(field, side));
                    if side == Side::Around && phrase.len() >= 6 && !phrase.contains(' ') {
                        lexicon.names.push(phrase.clone());
                    }
                }
            }
        }
        lexicon.add_roles_of_endings();
        for entries in lexicon.entries.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        lexicon
    }

    /// A longer cue is also what its ending is: "we charge" is a "charge".
    fn add_roles_of_endings(&mut self) {
        let mut more: Vec<(String, Vec<String>, Role)> = Vec::new();
        for (first, entries) in &self.entries {
            let leads_only = |entry: &&Entry| {
                entry
                    .roles
                    .iter()
                    .all(|role| matches!(role, Role::Cue(_, Side::Before)))
            };
            for entry in entries.iter().filter(leads_only) {
                for start in 0..entry.rest.len() {
                    let ending = &entry.rest[start + 1..];
                    let shorter = self.entries.get(&entry.rest[start]).into_iter().flatten();
                    let shorter = shorter
                        .filter(|it| it.rest == ending)
                        .flat_map(|it| &it.roles);
                    let cues = shorter
                        .filter(|role| matches!(role, Role::Cue(_, Side::Before | Side::Around)));
                    more.extend(cues.map(|role| (first.clone(), entry.rest.clone(), *role)));
                }
            }
        }
        for (first, rest, role) in more {
            let entry = self
                .entries
                .get_mut(&first)
                .and_then(|entries| entries.iter_mut().find(|it| it.rest == rest));
            if let Some(entry) = entry.filter(|entry| !entry.roles.contains(&role)) {
                entry.roles.push(role);
            }
        }
    }

    fn add_names(&mut self, field: &'static Field) {
        let label = field.label();
        for name in [label.as_str(), field.name]
            .into_iter()
            .chain(field.aliases.iter().copied())
        {
            self.add(name, Role::Name(field));
            let one_word = !name.contains([' ', '.']);
            if one_word && name.len() >= 6 && !is_common(name) {
                self.names.push(name.to_lowercase());
            }
            let takes_numbers = !matches!(field.kind, Kind::Text | Kind::List | Kind::YesNo);
            if takes_numbers && !is_common(name) {
                self.add(name, Role::Cue(field, Side::Around));
            }
        }
        self.add(&field.last_part().replace('_', " "), Role::Name(field));
    }

    fn add(&mut self, spelling: &str, role: Role) {
        let words = words_of(spelling);
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let entries = self.entries.entry(first.clone()).or_default();
        match entries.iter_mut().find(|entry| entry.rest == rest) {
            Some(entry) if entry.roles.contains(&role) => {}
            Some(entry) => entry.roles.push(role),
            None => entries.push(Entry {
                rest: rest.to_vec(),
                roles: vec![role],
            }),
        }
    }

    /// The longest phrase that the tokens begin with.
    pub(super) fn longest(&'static self, tokens: &[Token<'_>]) -> Option<Phrase> {
        let longest = self.phrases(tokens).next()?;
        // "enterprise sales cycle" is a segment and a cue, not "enterprise sales" and a rest.
        let better = self.phrases(tokens).skip(1).find(|shorter| {
            let behind = self.phrases(&tokens[shorter.tokens..]).next();
            behind.is_some_and(|next| shorter.tokens + next.tokens > longest.tokens)
        });
        Some(better.unwrap_or(longest))
    }

    /// The phrases that the tokens begin with, the longest first.
    fn phrases<'a>(&'static self, tokens: &'a [Token<'_>]) -> impl Iterator<Item = Phrase> + 'a {
        let entries = tokens.first().and_then(|first| self.entries.get(first.key));
        let entries = entries.map_or(&[][..], Vec::as_slice);
        entries.iter().filter_map(move |entry| {
            let rest = matched(&entry.rest, &tokens[1..])?;
            Some(Phrase {
                tokens: rest + 1,
                roles: &entry.roles,
            })
        })
    }

    /// The field name of one word that a long word is one slip away from.
    pub(super) fn slip(&'static self, word: &str) -> Option<Phrase> {
        if word.len() < 5 || self.entries.contains_key(word) {
            return None;
        }
        let known = self.names.iter().find(|name| {
            name.as_bytes()[0] == word.as_bytes()[0]
                && name.len().abs_diff(word.len()) <= 1
                && text::is_slip(name, word)
        })?;
        let entry = self.entries.get(words_of(known).first()?)?;
        let entry = entry.iter().find(|entry| entry.rest.is_empty())?;
        Some(Phrase {
            tokens: 1,
            roles: &entry.roles,
        })
    }
}

/// Whether a name is too common a word to be a cue by itself.
fn is_common(name: &str) -> bool {
    Cues::get().common.iter().any(|common| common == name)
}

/// How many tokens the words take, with the signs between them.
fn matched(words: &[String], tokens: &[Token<'_>]) -> Option<usize> {
    let mut at = 0;
    for word in words {
        let token = tokens.get(at)?;
        if JOINERS.contains(&token.text) && !token.spaced {
            at += 1;
        } else if token.text == "&" && tokens.get(at + 1)?.spaced {
            return None;
        }
        if tokens.get(at)?.key != word {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The keys of a spelling's words, as tokens have them.
fn words_of(spelling: &str) -> Vec<String> {
    let folded = text::fold(spelling).replace('_', " ");
    let tokens = super::token::split(&folded);
    let words = tokens.iter().filter(|token| token.is_word);
    words.map(|token| token.key.to_owned()).collect()
}
