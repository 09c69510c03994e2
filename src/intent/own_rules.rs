//! `rules list`, `rules add`, `rules use`, `rules remove`: a workspace's own rules.

use super::cursor::Cursor;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::{Intent, ParseError};
use crate::text;

/// What is done about a workspace's own rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnRules {
    /// Which there are.
    List,
    /// A page is shown as it would judge.
    Add {
        /// Its name, `fit/our-deals`, where one was given.
        name: Option<String>,
        /// The page as it was pasted; empty where it comes as a file, or not at all.
        page: String,
    },
    /// A page that was shown, or was in force before, is in force from now on.
    Use {
        /// The page's id.
        id: String,
        /// The state of the workspace's rules under which it was shown what that does.
        at: Option<String>,
    },
    /// A rule is taken out of force.
    Remove {
        /// Its name.
        rule: String,
        /// The state of the workspace's rules under which it was shown what that does.
        at: Option<String>,
    },
}

impl OwnRules {
    /// Whether it changes anything, or begins to.
    pub fn changes(&self) -> bool {
        *self != Self::List
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::List => "rules list",
            Self::Add { .. } => "rules add",
            Self::Use { .. } => "rules use",
            Self::Remove { .. } => "rules remove",
        }
    }

    pub(super) fn words(&self) -> String {
        match self {
            Self::List => String::new(),
            Self::Add { name, page } => {
                let name = name.as_deref().unwrap_or_default();
                format!("{name} {page}").trim().to_owned()
            }
            Self::Use { id: what, at } | Self::Remove { rule: what, at } => {
                let at = at
                    .as_ref()
                    .map_or_else(String::new, |at| format!(" at {at}"));
                format!("{what}{at}")
            }
        }
    }
}

pub(super) static OWN_RULES: &[Entry] = &[
    Entry {
        name: "rules list",
        aliases: &["rules own", "own rules"],
        usage: "rules list",
        help: "Lists the rules that this workspace has added itself",
        example: "rules list",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Nothing,
        read: list,
    },
    Entry {
        name: "rules add",
        aliases: &["rule add", "add rule"],
        usage: "rules add <category>/<name> <page>",
        help: "Shows what a rule of your own would find, for an admin to put in force",
        example: "rules add fit/our-deals",
        more: &[("rules add", "opens a form with a page to begin with")],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: add,
    },
    Entry {
        name: "rules use",
        aliases: &["rule use"],
        usage: "rules use <page>",
        help: "Puts a page in force that was shown or taken out before",
        example: "rules use 3f2a91c0b7d4",
        more: &[("rules use our-deals", "the newest page of that rule")],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: put,
    },
    Entry {
        name: "rules remove",
        aliases: &["rule remove", "rules delete", "remove rule"],
        usage: "rules remove <rule>",
        help: "Takes a rule of your own out of force",
        example: "rules remove our-deals",
        more: &[],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: remove,
    },
];

fn list(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::OwnRules(OwnRules::List))
}

/// Whether a word is a page's beginning and not its name.
fn begins_page(word: &str) -> bool {
    word.starts_with("+++") || word.starts_with("```")
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the table holds readers of one form"
)]
fn add(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let name = cursor.peek().map(|word| word.folded.clone());
    let name = name.filter(|word| !begins_page(word));
    cursor.skip(usize::from(name.is_some()));
    let page = cursor.raw_rest().to_owned();
    cursor.skip(cursor.rest().len());
    Ok(Intent::OwnRules(OwnRules::Add { name, page }))
}

fn put(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let Some(id) = cursor.peek().map(|word| word.folded.clone()) else {
        return Err(cursor.error(
            0,
            "`rules use` needs the id of a page, which `rules list` shows",
        ));
    };
    cursor.skip(1);
    let at = state(cursor)?;
    Ok(Intent::OwnRules(OwnRules::Use { id, at }))
}

fn remove(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let Some(word) = cursor.peek() else {
        return Err(cursor.error(
            0,
            "`rules remove` needs the name of a rule, which `rules list` shows",
        ));
    };
    // `fit/our-deals` is the page of `our-deals`.
    let name = word.folded.rsplit('/').next().unwrap_or_default();
    let rule = text::words(name).join("-");
    cursor.skip(1);
    let at = state(cursor)?;
    Ok(Intent::OwnRules(OwnRules::Remove { rule, at }))
}

/// Under which rules it was shown, where it was.
fn state(cursor: &mut Cursor<'_>) -> Result<Option<String>, ParseError> {
    let mut at = None;
    if cursor.skip_any(&["at"]) {
        at = cursor.peek().map(|word| word.folded.clone());
        cursor.skip(1);
    }
    cursor.finish("no further words")?;
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::parse;

    fn check(words: &str, expected: &OwnRules) {
        let intent = parse(words).expect(words);
        let Intent::OwnRules(found) = &intent else {
            panic!("{words}: {intent:?}");
        };
        assert_eq!(found, expected, "{words}");
        assert_eq!(intent.is_for_admins(), expected.changes());
        // Its own words are read as it.
        let again = parse(&intent.words()).expect("its own words");
        assert!(
            matches!(again, Intent::OwnRules(it) if it == *expected),
            "{words}"
        );
    }

    fn add(name: Option<&str>, page: &str) -> OwnRules {
        OwnRules::Add {
            name: name.map(str::to_owned),
            page: page.to_owned(),
        }
    }

    #[test]
    fn own_rules_are_read() {
        check("rules list", &OwnRules::List);
        check("rules add", &add(None, ""));
        check("rules add fit/our-deals", &add(Some("fit/our-deals"), ""));
        let page = "+++\nseverity = \"advice\"\n+++\n# Title";
        check(&format!("rules add {page}"), &add(None, page));
        check(
            &format!("rules add fit/ours\n{page}"),
            &add(Some("fit/ours"), page),
        );
        let at = |at: Option<&str>| at.map(str::to_owned);
        let used = |state| OwnRules::Use {
            id: "3f2a".to_owned(),
            at: at(state),
        };
        check("rules use 3f2a", &used(None));
        check("rules use 3f2a at 12ab", &used(Some("12ab")));
        let removed = |state| OwnRules::Remove {
            rule: "our-deals".to_owned(),
            at: at(state),
        };
        check("rules remove our-deals", &removed(None));
        check("rules remove fit/our-deals at 12ab", &removed(Some("12ab")));
        assert!(parse("rules use").is_err());
        assert!(parse("rules remove").is_err());
        assert!(parse("rules remove our-deals from smb").is_err());
        assert!(matches!(parse("rules fit"), Ok(Intent::Rules(Some(_)))));
    }
}
