//! `gtm-advisor what-if` and `sensitivity`: the check on a copy of a plan's file.

use std::process::ExitCode;

use jiff::Timestamp;

use super::Format;
use super::basis::{Basis, Loaded};
use super::output::{print, refuse};
use crate::ident::{Channel, Person};
use crate::lint::{Thresholds, check};
use crate::plan::{Author, Door, Field, MessageLink, ParseContext, Plan, find_field};
use crate::render::{self, Document};
use crate::report::{
    Flip, Ground, Supposed, Swap, WhatIf, flips_to_document, flips_to_json, read_parts,
    read_supposed, sensitivity, suppose, swaps,
};

/// What is supposed of a plan.
#[derive(Debug, clap::Args)]
pub(super) struct Values {
    #[command(flatten)]
    basis: Basis,
    /// Values: `pricing.price=$99/mo`, `smb/sales.motion=field`, `price=$99/mo for smb`
    #[arg(required = true, value_name = "VALUES")]
    supposed: Vec<String>,
    /// How to print what changes
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Whose boundaries are looked for.
#[derive(Debug, clap::Args)]
pub(super) struct Boundaries {
    #[command(flatten)]
    basis: Basis,
    /// Only this field
    field: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Prints what other values would change in the check of a plan.
pub(super) fn what_if(words: &Values) -> ExitCode {
    match (supposed(words), words.format) {
        (Err(problem), _) => refuse(problem),
        (Ok((change, _)), Format::Json) => shown(format!("{:#}", change.to_json())),
        (Ok((change, supposed)), Format::Text) => shown(text(&change.to_document(&supposed))),
    }
}

fn supposed(words: &Values) -> Result<(WhatIf, Vec<Supposed>), String> {
    let Loaded { plan, rules, today } = words.basis.load()?;
    let context = ParseContext {
        currency: plan.currency(),
        today,
    };
    let supposed = if words.supposed.iter().any(|value| value.contains('=')) {
        read_parts(&plan, &arguments(&words.supposed), context)
    } else {
        read_supposed(&plan, &words.supposed.join(" "), context)
    }?;
    let (after, _) = suppose(&plan, &supposed, &nobody()).map_err(|e| e.to_string())?;
    let thresholds = Thresholds::default();
    let old = check(&rules, &plan, &thresholds, today);
    let new = check(&rules, &after, &thresholds, today);
    Ok((WhatIf::between(&old, &new, &after), supposed))
}

/// Prints where the check of a plan would turn, for one field or for all.
pub(super) fn boundaries(words: &Boundaries) -> ExitCode {
    let only = match words.field.as_deref().map(find_field).transpose() {
        Ok(only) => only,
        Err(near) => {
            let name = words.field.as_deref().unwrap_or_default();
            return refuse(match near.first() {
                Some(near) => format!("there is no field `{name}`; did you mean `{}`?", near.name),
                None => format!("there is no field `{name}`; try pricing.acv"),
            });
        }
    };
    match (flips(words, only), words.format) {
        (Err(problem), _) => refuse(problem),
        (Ok((plan, flips, swaps)), Format::Json) => {
            shown(format!("{:#}", flips_to_json(&plan, &flips, &swaps)))
        }
        (Ok((plan, flips, swaps)), Format::Text) => {
            shown(text(&flips_to_document(&plan, &flips, &swaps, only)))
        }
    }
}

/// A plan, and what other values would change in its check.
type Moved = (Plan, Vec<Flip>, Vec<Swap>);

fn flips(words: &Boundaries, only: Option<&'static Field>) -> Result<Moved, String> {
    let Loaded { plan, rules, today } = words.basis.load()?;
    let thresholds = Thresholds::default();
    let ground = Ground {
        rules: &rules,
        thresholds: &thresholds,
        as_of: today,
    };
    let flips = sensitivity(&plan, ground, only, &nobody());
    let swaps = only.map(|field| swaps(&plan, ground, field, &nobody()));
    Ok((plan, flips, swaps.unwrap_or_default()))
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
