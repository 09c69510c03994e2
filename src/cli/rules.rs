//! `gtm-advisor rules`: lists the rules, tests pages of one's own, begins a new one.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::output::{print, refuse};
use super::pages::{self, Own, Page};
use super::{Format, guide};
use crate::lint::{EXAMPLES_ON, NEW_PAGE, PageError, Param, Rule, RuleSet};
use crate::text;

/// The exit status of a page that does not keep what it promises.
const BROKEN: u8 = 1;

/// What is asked about rules.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Words {
    #[command(subcommand)]
    action: Option<Action>,
    /// Only the rules of this category
    category: Option<String>,
    #[command(flatten)]
    own: Own,
}

/// What is done about rules.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// List the rules: severity, confidence, sources, thresholds
    List {
        /// Only the rules of this category
        category: Option<String>,
        /// One line a rule
        #[arg(long, conflicts_with = "format")]
        short: bool,
        /// How to print them
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
        #[command(flatten)]
        own: Own,
    },
    /// Compile pages of rules and run their examples
    Test {
        /// Pages (`<category>/<slug>.md`), or folders of such
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The date that counts as today in the examples of pages that have no `today` of their own
        /// (default: this machine's)
        #[arg(long, value_name = "DATE", value_parser = super::date)]
        as_of: Option<Date>,
    },
    /// Print a page to begin a new rule with
    New {
        /// Its name: `<category>/<slug>`
        name: String,
    },
    /// List the functions of expressions, each with an example
    Functions {
        /// How to print them
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// List the keys of a page's front matter, each with a line that works
    Keys {
        /// How to print them
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

/// Runs an action; without one, lists titles.
pub(super) fn run(words: &Words) -> ExitCode {
    match &words.action {
        None => listed((words.category.as_deref(), &words.own), titles),
        Some(Action::List {
            category,
            short,
            format,
            own,
        }) => {
            let wanted = (category.as_deref(), own);
            match (format, short) {
                (_, true) => listed(wanted, titles),
                (Format::Text, false) => listed(wanted, details),
                (Format::Json, false) => listed(wanted, |rules| format!("{:#}", as_json(rules))),
            }
        }
        Some(Action::Test { files, as_of }) => test(files, *as_of),
        Some(Action::New { name }) => begin(name),
        Some(Action::Functions { format }) => guide::functions(*format),
        Some(Action::Keys { format }) => guide::keys(*format),
    }
}

/// Prints the rules of a category, or all, with those of a folder among them.
fn listed((category, own): (Option<&str>, &Own), show: fn(&[&Rule]) -> String) -> ExitCode {
    let rules = match own.load() {
        Ok(rules) => rules,
        Err(problem) => return refuse(problem),
    };
    let wanted = |rule: &&Rule| category.is_none_or(|wanted| wanted == rule.category());
    let found: Vec<&Rule> = rules.rules().iter().filter(wanted).collect();
    if found.is_empty() {
        let categories: std::collections::BTreeSet<_> =
            rules.rules().iter().map(Rule::category).collect();
        let categories: Vec<_> = categories.into_iter().collect();
        return refuse(no_category(category.unwrap_or_default(), &categories));
    }
    print(show(&found).trim_end());
    ExitCode::SUCCESS
}

/// That there is no such category, with the nearest, or the action that may have been meant.
fn no_category(name: &str, categories: &[&str]) -> String {
    let rules = Action::augment_subcommands(clap::Command::new("rules"));
    let actions = rules.get_subcommands().map(clap::Command::get_name);
    let known = categories.iter().copied().chain(actions);
    let problem = format!("There is no category `{name}`");
    match text::nearest(name, known).first() {
        Some(near) => format!("{problem}; did you mean `gtm-advisor rules {near}`?"),
        None => format!("{problem}; there are {}", categories.join(", ")),
    }
}

fn titles(rules: &[&Rule]) -> String {
    let mut list = String::new();
    let mut previous = None;
    for rule in rules {
        if previous.replace(rule.category()) != Some(rule.category()) {
            let _ = writeln!(list, "{}", rule.category());
        }
        let _ = writeln!(
            list,
            "  {:<30} {:<8} {}",
            rule.slug().as_str(),
            rule.severity().as_str(),
            rule.title()
        );
    }
    list
}

fn details(rules: &[&Rule]) -> String {
    let mut list = String::new();
    for rule in rules {
        let (direction, number) = rule.confidence();
        let _ = writeln!(
            list,
            "{}/{} ({}; direction {}, number {})\n  {}",
            rule.category(),
            rule.slug(),
            rule.severity().as_str(),
            direction.as_str(),
            number.as_str(),
            rule.title()
        );
        for param in rule.params() {
            let _ = writeln!(
                list,
                "  {} = {} ({})",
                param.name,
                param.default,
                unit_and_range(param)
            );
        }
        for source in rule.sources() {
            let _ = writeln!(list, "  source: {}", source.label());
        }
        list.push('\n');
    }
    list
}

/// `money a year; may be $1,000 a year to $1,000,000 a year`.
pub(super) fn unit_and_range(param: &Param) -> String {
    match param.range() {
        Some(range) => format!("{}; may be {}", param.unit, range.words()),
        None => param.unit.clone(),
    }
}

fn as_json(rules: &[&Rule]) -> Value {
    let rules: Vec<_> = rules.iter().map(|rule| row(rule)).collect();
    json!({ "rules": rules })
}

/// One rule, without its text.
pub(super) fn row(rule: &Rule) -> Value {
    let (direction, number) = rule.confidence();
    let sources = rule
        .sources()
        .iter()
        .map(|source| json!({ "id": source.id, "section": source.section, "url": source.url }));
    json!({
        "rule": rule.slug(),
        "category": rule.category(),
        "title": rule.title(),
        "severity": rule.severity().as_str(),
        "confidence": { "direction": direction.as_str(), "number": number.as_str() },
        "fields": rule.fields(),
        "thresholds": thresholds_json(rule),
        "sources": sources.collect::<Vec<_>>(),
    })
}

/// The thresholds of a rule as data.
pub(super) fn thresholds_json(rule: &Rule) -> Vec<Value> {
    let rows = rule.params().iter().map(|param| {
        json!({
            "name": param.name,
            "default": param.default,
            "unit": param.unit,
            "range": param.range().map(|it| json!({ "low": it.low, "high": it.high })),
            "why": param.why,
        })
    });
    rows.collect()
}

/// The pages of one's own are tested together beside the built-in rules, as they would run; those of
/// the program in the place of the ones that they replace.
fn test(files: &[PathBuf], as_of: Option<Date>) -> ExitCode {
    let read: Result<Vec<_>, _> = files.iter().map(|file| pages::below(file)).collect();
    let read: Vec<Page> = match read {
        Ok(read) => read.into_iter().flatten().collect(),
        Err(problem) => return refuse(problem),
    };
    let (programs, own): (Vec<_>, Vec<_>) = read.iter().partition(|page| page.is_the_programs);
    let today = as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let (mut faults, notes) = faults(&own, today, |pages| RuleSet::built_in()?.with_own(pages));
    let on = as_of.unwrap_or(EXAMPLES_ON);
    // The program's own pages are held to more than a note by tests of their own.
    faults.extend(self::faults(&programs, on, RuleSet::built_in_with).0);
    if faults.is_empty() {
        print(match read.len() {
            1 => "1 page keeps what it promises.".to_owned(),
            n => format!("{n} pages keep what they promise."),
        });
        notes.iter().for_each(print);
        return ExitCode::SUCCESS;
    }
    print(faults.join("\n"));
    if as_of.is_none() && faults.iter().any(|fault| fault.contains("looks at today")) {
        print("`--as-of 2026-03-04` tests on a fixed day the pages that have none of their own.");
    }
    ExitCode::from(BROKEN)
}

/// How pages, by name and text, become a set of rules.
type Load = fn(&[(&str, &str)]) -> Result<RuleSet, Vec<PageError>>;

/// What is wrong with these pages in the set that they are loaded into, else which promises their
/// rules break; and what their examples leave open.
fn faults(tested: &[&Page], today: Date, load: Load) -> (Vec<String>, Vec<String>) {
    let pages: Vec<_> = tested
        .iter()
        .map(|page| (page.name.as_str(), page.text.as_str()))
        .collect();
    let rules = match load(&pages) {
        Ok(rules) => rules,
        Err(errors) => return (errors.iter().map(ToString::to_string).collect(), Vec::new()),
    };
    let (mut faults, mut notes) = (Vec::new(), Vec::new());
    for page in tested {
        let Some(rule) = rules.get(page.slug()) else {
            continue;
        };
        let broken = rules.broken_examples(rule, today).into_iter();
        faults.extend(broken.map(|(line, problem)| format!("{}:{line}:1: {problem}", page.name)));
        let open = rule.edges_without_example(today).into_iter();
        notes.extend(
            open.map(|edge| format!("{}: no example stands at the edge of {edge}", page.name)),
        );
    }
    (faults, notes)
}

/// Prints a page that compiles and keeps its promises, to be rewritten piece by piece.
fn begin(name: &str) -> ExitCode {
    let plain = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    match name.split_once('/') {
        Some((category, slug)) if plain(category) && plain(slug) => {
            let built_in = RuleSet::built_in();
            if built_in.is_ok_and(|rules| rules.get(slug).is_some()) {
                return refuse(format!(
                    "there is a rule `{slug}` already; choose another name"
                ));
            }
            print(NEW_PAGE.trim_end());
            ExitCode::SUCCESS
        }
        _ => refuse(format!(
            "`{name}` is no name for a rule; it is <category>/<slug> in a-z, 0-9 and `-`, such as fit/our-discount-cap"
        )),
    }
}

#[test]
fn an_action_that_is_misspelt_is_named() {
    for (typed, meant) in [("lst", "list"), ("keyz", "keys"), ("functons", "functions")] {
        let said = no_category(typed, &["fit", "stage"]);
        assert!(
            said.ends_with(&format!("`gtm-advisor rules {meant}`?")),
            "{said}"
        );
    }
    let said = no_category("stag", &["fit", "stage"]);
    assert!(said.ends_with("`gtm-advisor rules stage`?"), "{said}");
}

#[test]
fn the_page_to_begin_with_keeps_its_promises() {
    let built_in = RuleSet::built_in().expect("the rules load");
    let rules = built_in
        .with_own(&[("fit/our-rule.md", NEW_PAGE)])
        .expect("a good page");
    let rule = rules.get("our-rule").expect("the rule");
    let today = jiff::civil::date(2026, 3, 4);
    assert_eq!(rules.broken_examples(rule, today), []);
}
