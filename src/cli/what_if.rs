//! `gtm-advisor what-if` and `sensitivity`: the check on a copy of a plan's file.

use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Format;
use super::check::read;
use super::output::{print, refuse};
use super::pages::rules_with;
use crate::ident::{Channel, Person};
use crate::lint::{Thresholds, check};
use crate::plan::{Author, Door, MessageLink, ParseContext, find_field};
use crate::render::{self, Document};
use crate::report::{
    Ground, WhatIf, flips_to_document, flips_to_json, read_parts, read_supposed, sensitivity,
    suppose,
};

/// Prints what `values` would change in the check of the plan in `file`.
pub(super) fn what_if(
    file: &Path,
    values: &[String],
    format: Format,
    as_of: Option<Date>,
) -> ExitCode {
    let today = as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let outcome = read(file, today).and_then(|plan| {
        let rules = rules_with(None)?;
        let context = ParseContext {
            currency: plan.currency(),
            today,
        };
        let supposed = if values.iter().any(|value| value.contains('=')) {
            read_parts(&plan, &arguments(values), context)
        } else {
            read_supposed(&plan, &values.join(" "), context)
        }?;
        let (after, _) = suppose(&plan, &supposed, &nobody()).map_err(|e| e.to_string())?;
        let thresholds = Thresholds::default();
        let old = check(&rules, &plan, &thresholds, today);
        let new = check(&rules, &after, &thresholds, today);
        Ok((WhatIf::between(&old, &new, &after), supposed))
    });
    match (outcome, format) {
        (Err(problem), _) => refuse(problem),
        (Ok((change, _)), Format::Json) => shown(format!("{:#}", change.to_json())),
        (Ok((change, supposed)), Format::Text) => shown(text(&change.to_document(&supposed))),
    }
}

/// Prints where the check of the plan in `file` would turn, for one field or for all.
pub(super) fn boundaries(
    file: &Path,
    field: Option<&str>,
    format: Format,
    as_of: Option<Date>,
) -> ExitCode {
    let today = as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let only = match field.map(find_field).transpose() {
        Ok(only) => only,
        Err(near) => {
            let name = field.unwrap_or_default();
            return refuse(match near.first() {
                Some(near) => format!("there is no field `{name}`; did you mean `{}`?", near.name),
                None => format!("there is no field `{name}`; try pricing.acv"),
            });
        }
    };
    let found = read(file, today).and_then(|plan| {
        let rules = rules_with(None)?;
        let thresholds = Thresholds::default();
        let ground = Ground {
            rules: &rules,
            thresholds: &thresholds,
            as_of: today,
        };
        Ok(sensitivity(&plan, ground, only, &nobody()))
    });
    match (found, format) {
        (Err(problem), _) => refuse(problem),
        (Ok(flips), Format::Json) => shown(format!("{:#}", flips_to_json(&flips))),
        (Ok(flips), Format::Text) => shown(text(&flips_to_document(&flips, only))),
    }
}

/// A value may be several arguments: `price=$99 a month` without quotes.
fn arguments(values: &[String]) -> Vec<String> {
    let mut arguments: Vec<String> = Vec::new();
    for value in values {
        match arguments.last_mut() {
            Some(last) if !value.contains('=') => {
                last.push(' ');
                last.push_str(value);
            }
            _ => arguments.push(value.clone()),
        }
    }
    arguments
}

fn shown(text: String) -> ExitCode {
    print(text);
    ExitCode::SUCCESS
}

fn text(document: &Document) -> String {
    render::text(document, &|person| person.as_str().to_owned())
}

/// Whoever supposes something in a terminal; nothing of it is kept.
fn nobody() -> Author {
    Author {
        by: Person::new("terminal"),
        at: Timestamp::UNIX_EPOCH,
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new("terminal"),
            ts: None,
        },
    }
}
