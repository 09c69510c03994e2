//! The commands by which a team keeps what stands around the answers.

use super::cursor::Cursor;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::{Intent, ParseError, agree, carry, note, settings};

/// Reads what follows a command's name.
pub(super) type Read = fn(&mut Cursor<'_>) -> Result<Intent, ParseError>;

/// A command that changes the plan: usage, help, example.
pub(super) const fn change(
    name: &'static str,
    [usage, help, example]: [&'static str; 3],
    read: Read,
) -> Entry {
    Entry {
        name,
        aliases: &[],
        usage,
        help,
        example,
        more: &[],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Words,
        read,
    }
}

/// A command that only reads.
const fn reading(name: &'static str, told: [&'static str; 3], read: Read) -> Entry {
    Entry {
        reply: ReplyKind::Reading,
        ..change(name, told, read)
    }
}

pub(super) static TEAM: &[Entry] = &[
    Entry {
        takes: Takes::Field,
        more: &[(
            "assume price until next quarter",
            "the value that stands there",
        )],
        ..change(
            "assume",
            [
                "assume <field> [value] [until <date>]",
                "Notes that a value is assumed, and until when to validate it",
                "assume price $49/mo until next quarter",
            ],
            note::assume,
        )
    },
    Entry {
        takes: Takes::Field,
        ..change(
            "guess",
            [
                "guess <field> [value]",
                "Notes that a value is a guess to go on with",
                "guess win rate 20%",
            ],
            note::guess,
        )
    },
    Entry {
        takes: Takes::Field,
        ..change(
            "fact",
            [
                "fact <field> [value]",
                "Notes that a value is a fact",
                "fact price $49/mo",
            ],
            note::fact,
        )
    },
    Entry {
        takes: Takes::Field,
        ..change(
            "na",
            [
                "na <field> [for <segment>] because <reason>",
                "Notes that a field does not apply here, and why",
                "na partner share because we sell direct",
            ],
            note::not_applicable,
        )
    },
    Entry {
        takes: Takes::Component,
        ..change(
            "owner",
            [
                "owner <section> <person>",
                "Says who looks after a section of the plan",
                "owner pricing @ana",
            ],
            note::owner,
        )
    },
    Entry {
        more: &[(
            "waive icp-no-exclusions for smb we learn first",
            "in one segment",
        )],
        ..change(
            "waive",
            [
                "waive <rule> [for <segment>] <reason> [until <date>]",
                "Accepts a finding for a reason, until a date or a change",
                "waive icp-no-exclusions we learn first until next quarter",
            ],
            agree::waive,
        )
    },
    change(
        "unwaive",
        [
            "unwaive <rule> [for <segment>]",
            "Ends a waiver",
            "unwaive icp-no-exclusions",
        ],
        agree::unwaive,
    ),
    Entry {
        more: &[("baseline off", "every finding interrupts again")],
        ..change(
            "baseline",
            [
                "baseline [off]",
                "Accepts all that is found today, so that only new findings interrupt",
                "baseline",
            ],
            agree::baseline,
        )
    },
    Entry {
        more: &[
            (
                "threshold plg-acv-high.max_acv default",
                "the rule's own again",
            ),
            (
                "threshold workspace plg-acv-high.max_acv $15k because of our median deal",
                "in every channel, for admins of the workspace",
            ),
        ],
        ..change(
            "threshold",
            [
                "threshold [workspace] <rule>.<param> <value> because <reason>",
                "Puts a number of your own in place of a rule's",
                "threshold plg-acv-high.max_acv $15k because of our median deal",
            ],
            agree::threshold,
        )
    },
    reading(
        "thresholds",
        [
            "thresholds",
            "Lists the numbers of your own, of this channel and of the workspace",
            "thresholds",
        ],
        agree::thresholds,
    ),
    Entry {
        reads: Reads::History,
        ..reading(
            "diff",
            [
                "diff <version> [version]",
                "Shows what differs between two versions",
                "diff 3 7",
            ],
            carry::diff,
        )
    },
    Entry {
        reads: Reads::History,
        ..change(
            "restore",
            [
                "restore <version>",
                "Makes the plan what it was, by a new change",
                "restore 12",
            ],
            carry::restore,
        )
    },
    Entry {
        aliases: &["rename segment"],
        ..change(
            "segment rename",
            [
                "segment rename <old> to <new>",
                "Gives a segment another name",
                "segment rename smb to small-firms",
            ],
            carry::rename_segment,
        )
    },
    Entry {
        aliases: &["remove segment", "delete segment"],
        ..change(
            "segment remove",
            [
                "segment remove <name>",
                "Removes a segment with its values",
                "segment remove smb",
            ],
            carry::remove_segment,
        )
    },
    change(
        "scenario save",
        [
            "scenario save <name> <field> <value>[; …]",
            "Keeps a variant of the plan: only what differs",
            "scenario save cheaper price $29/mo; trial free_trial",
        ],
        carry::save,
    ),
    Entry {
        aliases: &["scenarios", "scenario"],
        ..reading(
            "scenario list",
            [
                "scenario list",
                "Lists the variants of the plan",
                "scenario list",
            ],
            carry::scenarios,
        )
    },
    reading(
        "scenario compare",
        [
            "scenario compare <name>",
            "Shows what a variant would change, and what the check says of it",
            "scenario compare cheaper",
        ],
        carry::compare,
    ),
    change(
        "scenario adopt",
        [
            "scenario adopt <name>",
            "Makes a variant the plan",
            "scenario adopt cheaper",
        ],
        carry::adopt,
    ),
    change(
        "scenario drop",
        [
            "scenario drop <name>",
            "Forgets a variant",
            "scenario drop cheaper",
        ],
        carry::drop,
    ),
    change(
        "fork",
        [
            "fork <name>",
            "Copies the plan as it is into a variant, to try another way",
            "fork enterprise",
        ],
        carry::fork,
    ),
    change(
        "trigger fired",
        [
            "trigger fired <what happened> [on <date>]",
            "Notes what calls for a review, and says what to look at again",
            "trigger fired CAC has doubled",
        ],
        agree::fired,
    ),
    Entry {
        more: &[("decide d1 $49/mo", "settles an open question")],
        ..change(
            "decide",
            [
                "decide <question>? <option> | <option>",
                "Puts a question to the team, or settles one",
                "decide Which entry price? $49/mo | $99/mo",
            ],
            agree::decide,
        )
    },
    change(
        "vote",
        [
            "vote <decision> <option>",
            "Votes on an open question",
            "vote d1 $49/mo",
        ],
        agree::vote,
    ),
    reading(
        "decisions",
        [
            "decisions",
            "Lists what is up for decision, and what was decided",
            "decisions",
        ],
        agree::decisions,
    ),
    change(
        "approve",
        [
            "approve",
            "Approves the plan as it is; from then on it changes only unlocked",
            "approve",
        ],
        agree::approve,
    ),
    change(
        "unlock",
        [
            "unlock",
            "Ends the approval, so that the plan can change",
            "unlock",
        ],
        agree::unlock,
    ),
    change(
        "object",
        [
            "object <reason>",
            "Notes a reason against the approval",
            "object the price was never tested",
        ],
        agree::object,
    ),
    Entry {
        more: &[
            ("export csv", "for a spreadsheet"),
            ("export toml 2", "the second part of a large plan"),
        ],
        ..reading(
            "export",
            [
                "export [toml|json|markdown|csv] [part]",
                "Writes the plan as a file, in the answer",
                "export markdown",
            ],
            carry::export,
        )
    },
    change(
        "import",
        [
            "import [plan]",
            "Shows what a pasted plan would change; alone it opens a form to paste into",
            "import plan.stage = \"scale\"",
        ],
        carry::import,
    ),
    Entry {
        aliases: &["templates"],
        ..change(
            "template",
            [
                "template [name]",
                "Fills an empty plan from a starter template, or lists them",
                "template self-serve-saas",
            ],
            carry::template,
        )
    },
    Entry {
        aliases: &["setting", "preferences"],
        more: &[
            ("settings model", "what a language model would be sent"),
            ("settings model on", "for admins of the workspace"),
        ],
        reply: ReplyKind::Private,
        reads: Reads::Nothing,
        takes: Takes::Words,
        ..change(
            "settings",
            [
                "settings [model on|off]",
                "Shows what holds for the workspace; its admins change it",
                "settings",
            ],
            settings::settings,
        )
    },
];
