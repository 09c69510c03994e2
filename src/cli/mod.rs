//! The command line, and the one place where the layers are plugged together.

pub mod app;
mod ask;
mod backup;
mod basis;
mod calc;
mod check;
mod clock;
mod companion;
mod dead_letters;
mod diff;
mod digest;
mod doctor;
mod erase;
mod explain;
mod export;
mod extract;
mod fields;
mod guide;
mod import;
mod manifest;
mod map;
mod meaning;
mod model;
mod output;
mod pages;
mod play;
mod read;
mod rules;
mod serve;
mod template;
mod thresholds;
mod what_if;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Keeps a go-to-market plan in Slack, and says what does not add up.
#[derive(Debug, Parser)]
#[command(name = "gtm-advisor", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a plan file: exit status 0 no error found, 1 an error found, 2 the file cannot be read
    Check(check::Words),
    /// Say what other values would change in the check of a plan file
    WhatIf(what_if::Values),
    /// Say at which nearest value of each number the check would turn, or with which choice of a field
    Sensitivity(what_if::Boundaries),
    /// Read what a message, or a thread on standard input, says about the plan
    Read(read::Words),
    /// Write a plan file in another form
    Export {
        /// The plan (.toml, .json, .md or .csv); `-` reads any of them from standard input
        file: PathBuf,
        /// The form to write
        #[arg(long, value_enum, default_value = "toml")]
        format: FileForm,
        /// The date that counts as today (default: this machine's)
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<Date>,
    },
    /// Read a plan file and print it in order; or say what it would change in another
    Import {
        /// The plan to read
        file: PathBuf,
        /// The plan that it would be imported into; neither file is changed
        #[arg(long, value_name = "PLAN")]
        into: Option<PathBuf>,
        /// How to print what it would change
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Say what differs between two plan files
    Diff {
        /// The plan before
        before: PathBuf,
        /// The plan after
        after: PathBuf,
        /// How to print the differences
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Print a starter template, or list them
    Template {
        /// Its name, or `list`
        name: Option<String>,
    },
    /// Answer a question from a plan, the rules and the library, with sources
    Ask(ask::Words),
    /// Find sections of the library, with what makes up each score
    Lookup {
        /// The words to look for
        words: String,
        /// At most so many sections
        #[arg(long, value_name = "N", default_value_t = 5)]
        limit: usize,
        /// How to print them
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Explain a rule, or a term of the library
    Explain(explain::Words),
    /// List what a plan holds: kind, unit, choices, how plan files and rules write it
    Fields {
        /// A part of the plan such as pricing, or a field such as pricing.price
        name: Option<String>,
        /// How to print them
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// List the rules, test pages of your own, begin a new one; functions and keys of pages
    Rules(rules::Words),
    /// List the thresholds of the rules, and which of them a plan sets itself
    Thresholds(thresholds::Words),
    /// Digests: when a schedule comes next
    #[command(subcommand)]
    Digest(digest::Command),
    /// Compute payback, LTV, a funnel and more: `calc list` names all, `calc NAME` says what one takes
    Calc {
        /// The calculator and its inputs, such as: payback cac=6k acv=12k margin=80%
        words: Vec<String>,
        /// The plan that gives what is not typed
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
        /// How to print the result
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Draw a plan's segments on the map of deals a year against ACV, with the three ladders
    Map {
        /// The plan (.toml, .json, .md or .csv); `-` reads any of them from standard input
        file: PathBuf,
        /// Write it as a picture: a file that ends in .svg or .png
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// The ground of the picture
        #[arg(long, value_enum, default_value = "light")]
        theme: map::Ground,
    },
    /// What keeps an installation running
    #[command(flatten)]
    Operate(Operate),
}

/// The verbs of whoever runs the bot.
#[derive(Debug, Subcommand)]
enum Operate {
    /// Serve Slack; with no Slack credentials, open the local playground (the default)
    Serve,
    /// Say what is set up, what is missing, and how to mend it
    Doctor,
    /// Print the app's manifest for Slack, with this installation's address and command
    Manifest,
    /// List what was given up (ids and reasons, never text), or put one back into its queue
    DeadLetters {
        /// Put the dead letter of this id back into its queue
        #[arg(long, value_name = "ID")]
        replay: Option<String>,
    },
    /// Write everything into a new file, also while the server runs
    Backup {
        /// The file; it must not exist
        file: PathBuf,
    },
    /// Erase all that is kept for a workspace, also while the server runs; removing the app does it too
    Erase {
        /// The workspace's id, such as T0123ABCD; `doctor` and the log name it
        workspace: String,
        /// Say that you mean it: nothing brings it back but a backup
        #[arg(long)]
        yes: bool,
    },
    /// Read a backup into the data folder, which must be empty
    Restore {
        /// The backup
        file: PathBuf,
        /// The folder that was in use until now: workspaces that left since the backup are erased again
        #[arg(long, value_name = "FOLDER")]
        after: Option<PathBuf>,
    },
    /// Open a file from standard input under limits; the server runs this for shared files
    #[command(hide = true)]
    Extract {
        /// The file's name
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For scripts; keys may be added, none is renamed
    Json,
}

/// The forms of a plan file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FileForm {
    /// As people write it by hand
    Toml,
    /// The same nesting
    Json,
    /// One row a value, for spreadsheets
    Csv,
    /// For reading, with the plan as data at the end
    Markdown,
}

fn date(words: &str) -> Result<Date, String> {
    words
        .parse()
        .map_err(|_| "that is no date; write it like 2026-03-02".to_owned())
}

/// What happens where no verb is given.
const SERVE: Command = Command::Operate(Operate::Serve);

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    match Arguments::parse().command.unwrap_or(SERVE) {
        Command::Check(words) => check::run(&words),
        Command::WhatIf(words) => what_if::what_if(&words),
        Command::Sensitivity(words) => what_if::boundaries(&words),
        Command::Read(words) => read::run(&words),
        Command::Export {
            file,
            format,
            as_of,
        } => export::run(&file, format, as_of),
        Command::Import { file, into, format } => import::run(&file, into.as_deref(), format),
        Command::Diff {
            before,
            after,
            format,
        } => diff::run(&before, &after, format),
        Command::Template { name } => template::run(name.as_deref()),
        Command::Ask(words) => ask::run(&words),
        Command::Lookup {
            words,
            limit,
            format,
        } => ask::look_up(&words, limit, format),
        Command::Explain(words) => explain::run(&words),
        Command::Fields { name, format } => fields::run(name.as_deref(), format),
        Command::Rules(words) => rules::run(&words),
        Command::Thresholds(words) => thresholds::run(&words),
        Command::Digest(command) => digest::run(&command),
        Command::Calc {
            words,
            plan,
            format,
        } => calc::run(&words, plan.as_deref(), format),
        Command::Map { file, out, theme } => map::run(&file, out.as_deref(), theme),
        Command::Operate(verb) => operate(&verb),
    }
}

fn operate(verb: &Operate) -> ExitCode {
    match verb {
        Operate::Serve => serve::run(),
        Operate::Doctor => doctor::run(),
        Operate::Manifest => manifest::run(),
        Operate::DeadLetters { replay } => dead_letters::run(replay.as_deref()),
        Operate::Backup { file } => backup::back_up(file),
        Operate::Erase { workspace, yes } => erase::run(workspace, *yes),
        Operate::Restore { file, after } => backup::restore(file, after.as_deref()),
        Operate::Extract { name } => extract::run(name),
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("without threads there is nothing to run")
}
