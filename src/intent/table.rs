//! The commands, declared once.

use std::sync::LazyLock;

use super::desk::DESK;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::interview::INTERVIEW;
use super::look::LOOKS;
use super::mode::MODES;
use super::own_rules::OWN_RULES;
use super::personal::PERSONAL;
use super::proposed::PROPOSED;
use super::team::TEAM;
use super::{digest, read, set};

/// All commands, in the order in which help shows them.
pub fn table() -> &'static [Entry] {
    static ALL: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        [
            TABLE, INTERVIEW, PERSONAL, LOOKS, TEAM, OWN_RULES, MODES, PROPOSED, DESK,
        ]
        .concat()
    });
    &ALL
}

/// The command of that name.
pub fn entry(name: &str) -> Option<&'static Entry> {
    table().iter().find(|entry| entry.name == name)
}

/// What the platform shows beside the command while somebody types: one line, so the commands that
/// come first and `help`, which shows all.
pub fn usage_hint() -> String {
    let mut hint = String::new();
    for entry in TABLE {
        if hint.len() + entry.usage.len() > LONGEST_HINT {
            break;
        }
        hint.push_str(entry.usage);
        hint.push_str(" | ");
    }
    hint + "help"
}

/// How many letters of commands a hint has.
const LONGEST_HINT: usize = 100;

static TABLE: &[Entry] = &[
    Entry {
        name: "set",
        aliases: &[],
        usage: "set <field> <value> [for <segment>]",
        help: "Writes a value into the plan and says what that changes",
        example: "set price $49/mo",
        more: &[
            (
                "set sales motion = field",
                "a field may be called by its label",
            ),
            ("set win rate 25% for smb", "for one segment"),
            (
                "set channels seo, cold email and partners",
                "several at once",
            ),
            (
                "set problem \"too slow for smb\"",
                "quotes keep all of it in the value",
            ),
        ],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::FieldAndValue,
        read: set::set,
    },
    Entry {
        name: "check",
        aliases: &["lint", "review"],
        usage: "check [rule]",
        help: "Says what does not add up, why, and what to change",
        example: "check",
        more: &[(
            "check field-acv-low",
            "what one rule says, also where it passes or waits",
        )],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Nothing,
        read: read::check,
    },
    Entry {
        name: "next",
        aliases: &["question", "questions"],
        usage: "next",
        help: "Asks the three questions whose answers would decide most",
        example: "next",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Nothing,
        read: read::next,
    },
    Entry {
        name: "plan",
        aliases: &["show", "sheet", "status"],
        usage: "plan [component] [for <segment>]",
        help: "Shows the plan, or one part of it",
        example: "plan pricing",
        more: &[
            ("plan", "all of it"),
            ("plan pricing for smb", "one segment's part"),
        ],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Component,
        read: read::plan,
    },
    Entry {
        name: "unset",
        aliases: &["clear", "remove", "delete"],
        usage: "unset <field> [for <segment>]",
        help: "Makes a value unknown again",
        example: "unset price",
        more: &[("unset price for smb", "for one segment")],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Field,
        read: set::unset,
    },
    Entry {
        name: "undo",
        aliases: &["revert"],
        usage: "undo [version]",
        help: "Takes back the newest change, or the one with that number",
        example: "undo",
        more: &[("undo 12", "the change that made version 12")],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: read::undo,
    },
    Entry {
        name: "history",
        aliases: &["log", "changes"],
        usage: "history [n]",
        help: "Shows who changed what, newest first",
        example: "history 5",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: read::history,
    },
    Entry {
        name: "what-if",
        aliases: &["what if", "whatif", "suppose"],
        usage: "what-if <field> <value>, …",
        help: "Says what other values would change, and changes nothing",
        example: "what-if price $99/mo",
        more: &[
            (
                "what-if price $99/mo, sales motion field",
                "several at once",
            ),
            ("what-if ACV $60k for enterprise", "in one segment"),
        ],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::FieldAndValue,
        read: set::what_if,
    },
    Entry {
        name: "sensitivity",
        aliases: &["boundaries", "tipping points"],
        usage: "sensitivity [field]",
        help: "Says at which nearest value of each number the check would turn",
        example: "sensitivity ACV",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Field,
        read: set::sensitivity,
    },
    Entry {
        name: "explain",
        aliases: &["why"],
        usage: "explain <rule or term>",
        help: "Shows what a rule checks, or what a term means, and its source",
        example: "explain low-price-enterprise-motion",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: read::explain,
    },
    Entry {
        name: "ask",
        aliases: &[],
        usage: "ask <question>",
        help: "Answers from your plan, the rules and the library, with sources",
        example: "ask is $49 a month enough for outside sales?",
        more: &[("ask what is missing", "what the plan lacks")],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: read::ask,
    },
    Entry {
        name: "rules",
        aliases: &["rule"],
        usage: "rules [category]",
        help: "Lists the rules that a check runs",
        example: "rules fit",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Nothing,
        takes: Takes::Words,
        read: read::rules,
    },
    Entry {
        name: "fields",
        aliases: &["field"],
        usage: "fields [component]",
        help: "Lists what can be set, and how to write it",
        example: "fields pricing",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Nothing,
        takes: Takes::Component,
        read: read::fields,
    },
    Entry {
        name: "map",
        aliases: &["deals map", "acv map"],
        usage: "map",
        help: "Draws deals a year against ACV, and the three ladders below",
        example: "map",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Nothing,
        read: read::map,
    },
    Entry {
        name: "calc",
        aliases: &["calculate", "compute", "calculator", "calculators"],
        usage: "calc <calculator> [input=value …]",
        help: "Computes payback, LTV, a funnel and more, and shows how",
        example: "calc payback cac=6k acv=12k margin=80%",
        more: &[
            ("calc", "which calculators there are"),
            ("calc funnel for smb", "with the plan's values"),
        ],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: read::calc,
    },
    Entry {
        name: "segment add",
        aliases: &["add segment", "new segment"],
        usage: "segment add <name>",
        help: "Adds a segment with values of its own",
        example: "segment add smb",
        more: &[],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Words,
        read: read::add_segment,
    },
    digest::DIGEST,
    digest::STATUS,
    digest::PREVIEW,
    digest::ALL_OF_IT,
    Entry {
        name: "share",
        aliases: &[],
        usage: "share <reading command>",
        help: "Shows the answer to a reading command to the whole channel",
        example: "share check",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes: Takes::ReadingCommand,
        read: read::share,
    },
    Entry {
        name: "help",
        aliases: &["?", "commands", "hello", "hi", "thanks"],
        usage: "help [command|all]",
        help: "Shows how to begin, all commands, or how one works",
        example: "help set",
        more: &[("help all", "every command, by what you want to do")],
        reply: ReplyKind::Private,
        reads: Reads::Plan,
        takes: Takes::Command,
        read: read::help,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::intent::parse;

    #[test]
    fn names_and_aliases_are_unique() {
        let mut seen = BTreeSet::new();
        for entry in table() {
            for spelling in std::iter::once(&entry.name).chain(entry.aliases) {
                assert!(seen.insert(*spelling), "{spelling} stands twice");
            }
        }
    }

    #[test]
    fn every_example_reads_as_its_own_command() {
        for entry in table() {
            let intent = parse(entry.example).expect(entry.example);
            assert_eq!(intent.entry().name, entry.name);
            for (more, _) in entry.more {
                assert_eq!(parse(more).expect(more).entry().name, entry.name);
            }
            assert!(entry.usage.starts_with(entry.name), "{}", entry.usage);
            assert!(
                !entry.help.ends_with('.') && entry.help.len() <= 75,
                "{}",
                entry.help
            );
        }
    }

    #[test]
    fn every_alias_reads_as_its_command() {
        for entry in table() {
            let arguments = entry.example.strip_prefix(entry.name).unwrap_or_default();
            for alias in entry.aliases {
                let intent = parse(&format!("{alias}{arguments}")).expect(alias);
                assert_eq!(intent.entry().name, entry.name);
            }
        }
    }

    #[test]
    fn the_usage_hint_fits_a_manifest() {
        let hint = usage_hint();
        assert!(
            hint.contains("set <field> <value>") && hint.len() <= 1_000,
            "{hint}"
        );
    }
}
