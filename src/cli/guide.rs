//! What authors of rules are told on the command line: functions, keys of pages, and names.

use std::fmt::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::Format;
use super::output::print;
use crate::lint::{self, FunctionLine, KeyLine, NameLine};

/// Prints the functions of expressions.
pub(super) fn functions(format: Format) -> ExitCode {
    let lines = lint::functions();
    match format {
        Format::Json => {
            let lines: Vec<_> = lines.iter().map(function_json).collect();
            print(format_args!("{:#}", json!({ "functions": lines })));
        }
        Format::Text => {
            let mut list = String::new();
            for FunctionLine {
                call,
                gives,
                example,
            } in lines
            {
                let _ = writeln!(list, "{call:<28} {gives}\n    {example}");
            }
            print(format_args!(
                "{list}\nAnd is `&&`, or is `||`, not is `!`; `\"seo\" in marketing.channels` asks a set; \
                 `a ? b : c` chooses.\nOther names: `gtm-advisor fields`, and `gtm-advisor fields deal_value`."
            ));
        }
    }
    ExitCode::SUCCESS
}

/// Prints the keys of a page's front matter.
pub(super) fn keys(format: Format) -> ExitCode {
    let lines = lint::keys();
    match format {
        Format::Json => {
            let lines: Vec<_> = lines.iter().map(key_json).collect();
            print(format_args!("{:#}", json!({ "keys": lines })));
        }
        Format::Text => {
            let mut list = String::new();
            let mut previous = None;
            for KeyLine {
                within,
                key,
                means,
                example,
            } in lines
            {
                if previous.replace(within) != Some(within) {
                    let place = match *within {
                        "" => "at the top".to_owned(),
                        within => format!("in {within}"),
                    };
                    let _ = writeln!(list, "{place}");
                }
                let _ = writeln!(list, "  {key:<14} {means}\n                   {example}");
            }
            print(format_args!(
                "{list}\nA page that works: `gtm-advisor rules new fit/our-deals`."
            ));
        }
    }
    ExitCode::SUCCESS
}

/// The name of expressions that is no field, if this is one.
pub(super) fn name(words: &str) -> Option<&'static NameLine> {
    lint::names().iter().find(|line| line.name == words)
}

/// What a name of expressions stands for.
pub(super) fn told(line: &NameLine) -> String {
    let NameLine {
        name,
        kind,
        means,
        example,
    } = line;
    format!("{name} ({kind}; in rules only)\n  {means}\n  in a rule: {example}\n")
}

fn function_json(line: &FunctionLine) -> Value {
    json!({
        "name": line.name(),
        "call": line.call,
        "gives": line.gives,
        "example": line.example,
    })
}

fn key_json(line: &KeyLine) -> Value {
    json!({
        "key": line.key,
        "within": line.within,
        "means": line.means,
        "example": line.example,
    })
}

/// A name of expressions as data.
pub(super) fn name_json(line: &NameLine) -> Value {
    json!({
        "name": line.name,
        "kind": line.kind,
        "means": line.means,
        "rule": line.example,
    })
}
