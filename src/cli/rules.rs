//! `gtm-advisor rules`: lists the rules, tests pages of one's own, begins a new one.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};

use super::Format;
use super::output::{print, refuse};
use crate::lint::{LARGEST_OWN, PageError, Rule, RuleSet};

/// The exit status of a page that does not keep what it promises.
const BROKEN: u8 = 1;

/// What is done about rules.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// List the rules: severity, confidence, sources, thresholds
    List {
        /// Only the rules of this category
        category: Option<String>,
        /// How to print them
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Compile pages of rules and run their examples
    Test {
        /// Pages (`<category>/<slug>.md`), or folders of such
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Print a page to begin a new rule with
    New {
        /// Its name: `<category>/<slug>`
        name: String,
    },
}

/// Runs an action; without one, lists titles.
pub(super) fn run(action: Option<&Action>, category: Option<&str>) -> ExitCode {
    match action {
        None => listed(category, titles),
        Some(Action::List {
            category,
            format: Format::Text,
        }) => listed(category.as_deref(), details),
        Some(Action::List {
            category,
            format: Format::Json,
        }) => listed(category.as_deref(), |rules| format!("{:#}", as_json(rules))),
        Some(Action::Test { files }) => test(files),
        Some(Action::New { name }) => begin(name),
    }
}

fn listed(category: Option<&str>, show: fn(&[&Rule]) -> String) -> ExitCode {
    let rules = match RuleSet::built_in() {
        Ok(rules) => rules,
        Err(errors) => return refuse(unusable(&errors)),
    };
    let wanted = |rule: &&Rule| category.is_none_or(|wanted| wanted == rule.category());
    let found: Vec<&Rule> = rules.rules().iter().filter(wanted).collect();
    if found.is_empty() {
        let categories: std::collections::BTreeSet<_> =
            rules.rules().iter().map(Rule::category).collect();
        let categories: Vec<_> = categories.into_iter().collect();
        return refuse(format!(
            "There is no category `{}`; there are {}",
            category.unwrap_or_default(),
            categories.join(", ")
        ));
    }
    print(show(&found).trim_end());
    ExitCode::SUCCESS
}

fn titles(rules: &[&Rule]) -> String {
    let mut list = String::new();
    let mut previous = None;
    for rule in rules {
        if previous.replace(rule.category()) != Some(rule.category()) {
            let _ = writeln!(list, "{}", rule.category());
        }
        let _ = writeln!(list, "  {:<28} {}", rule.slug().as_str(), rule.title());
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
                param.name, param.default, param.unit
            );
        }
        for source in rule.sources() {
            let _ = writeln!(list, "  source: {}", source.label());
        }
        list.push('\n');
    }
    list
}

fn as_json(rules: &[&Rule]) -> Value {
    let rules = rules.iter().map(|rule| {
        let (direction, number) = rule.confidence();
        let sources = rule
            .sources()
            .iter()
            .map(|source| json!({ "id": source.id, "section": source.section, "url": source.url }));
        let thresholds = rule.params().iter().map(|param| {
            json!({
                "name": param.name,
                "default": param.default,
                "unit": param.unit,
                "why": param.why,
            })
        });
        json!({
            "rule": rule.slug(),
            "category": rule.category(),
            "title": rule.title(),
            "severity": rule.severity().as_str(),
            "confidence": { "direction": direction.as_str(), "number": number.as_str() },
            "fields": rule.fields(),
            "thresholds": thresholds.collect::<Vec<_>>(),
            "sources": sources.collect::<Vec<_>>(),
        })
    });
    json!({ "rules": rules.collect::<Vec<_>>() })
}

/// Each page is tested beside the built-in rules, as it would run; a built-in one as itself.
fn test(files: &[PathBuf]) -> ExitCode {
    let built_in = match RuleSet::built_in() {
        Ok(rules) => rules,
        Err(errors) => return refuse(unusable(&errors)),
    };
    let today = jiff::Zoned::now().date();
    let mut faults = Vec::new();
    let mut pages = Vec::new();
    for file in files {
        let read = if file.is_dir() {
            pages_below(file)
        } else {
            page(file).map(|page| vec![page])
        };
        match read {
            Ok(read) => pages.extend(read),
            Err(problem) => return refuse(problem),
        }
    }
    for (path, text) in &pages {
        let slug = path
            .trim_end_matches(".md")
            .rsplit('/')
            .next()
            .unwrap_or_default();
        // A page of the program's own is tested in the place of the one it would replace.
        let others = built_in.without(slug);
        match others.with_own(&[(path, text)]) {
            Err(errors) => faults.extend(errors.iter().map(ToString::to_string)),
            Ok(rules) => {
                let rule = rules.get(slug);
                let broken = rule.map(|rule| rules.broken_examples(rule, today));
                let broken = broken.unwrap_or_default().into_iter();
                faults.extend(broken.map(|(line, problem)| format!("{path}:{line}:1: {problem}")));
            }
        }
    }
    if faults.is_empty() {
        print(match pages.len() {
            1 => "1 page keeps what it promises.".to_owned(),
            n => format!("{n} pages keep what they promise."),
        });
        return ExitCode::SUCCESS;
    }
    print(faults.join("\n"));
    ExitCode::from(BROKEN)
}

/// The page's name below its folder of rules, and its text.
fn page(file: &Path) -> Result<(String, String), String> {
    let shown = file.display();
    let name =
        |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).map(str::to_owned);
    let folder = file.parent().and_then(|folder| name(folder.file_name()));
    if !file.exists() {
        return Err(format!("{shown}: there is no such page"));
    }
    let (Some(folder), Some(own)) = (folder, name(file.file_name())) else {
        return Err(format!(
            "{shown}: a page lies in the folder of its category, such as fit/our-rule.md"
        ));
    };
    let length = std::fs::metadata(file)
        .map_err(|error| format!("{shown}: cannot be read: {error}"))?
        .len();
    if length > LARGEST_OWN as u64 {
        return Err(format!(
            "{shown}: has {length} bytes; {LARGEST_OWN} are the most"
        ));
    }
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{shown}: cannot be read: {error}"))?;
    Ok((format!("{folder}/{own}"), text))
}

/// All pages below a folder: `<category>/<slug>.md`.
pub(super) fn pages_below(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let entries = |folder: &Path| -> Result<Vec<PathBuf>, String> {
        let found = std::fs::read_dir(folder);
        let found = found.map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                format!("{}: there is no such folder", folder.display())
            }
            _ => format!("{}: cannot be read: {error}", folder.display()),
        })?;
        let mut found: Vec<_> = found
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .collect();
        found.sort();
        Ok(found)
    };
    let mut pages = Vec::new();
    for category in entries(folder)?.iter().filter(|path| path.is_dir()) {
        for file in entries(category)? {
            if file.extension().is_some_and(|end| end == "md") {
                pages.push(page(&file)?);
            }
        }
    }
    if pages.is_empty() {
        return Err(format!(
            "{}: there is no page in it; one lies in the folder of its category, such as fit/our-rule.md",
            folder.display()
        ));
    }
    Ok(pages)
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
            print(SKELETON.trim_end());
            ExitCode::SUCCESS
        }
        _ => refuse(format!(
            "`{name}` is no name for a rule; it is <category>/<slug> in a-z, 0-9 and `-`, such as fit/our-discount-cap"
        )),
    }
}

/// A page to begin with; it is tested, so it works as it stands.
const SKELETON: &str = include_str!("new_rule.md");

/// Why the rules cannot be used.
pub(super) fn unusable(errors: &[PageError]) -> String {
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    format!("The rules cannot be used:\n{}", errors.join("\n"))
}

#[test]
fn the_page_to_begin_with_keeps_its_promises() {
    let built_in = RuleSet::built_in().expect("the rules load");
    let rules = built_in
        .with_own(&[("fit/our-rule.md", SKELETON)])
        .expect("a good page");
    let rule = rules.get("our-rule").expect("the rule");
    let today = jiff::civil::date(2026, 3, 4);
    assert_eq!(rules.broken_examples(rule, today), []);
}
