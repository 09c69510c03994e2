//! `gtm-advisor fields`: what a plan may hold, and how plan files and rules write it.

use std::fmt::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::output::{print, refuse};
use super::{Format, guide};
use crate::lint::{names, rule_example, unit_words};
use crate::plan::{Currency, Field, Kind, Level, ParseContext, fields, find_field};
use crate::text;

/// Prints the fields that `words` name: a component, a field, or all.
pub(super) fn run(words: Option<&str>, format: Format) -> ExitCode {
    if let Some(line) = words.and_then(guide::name) {
        print(match format {
            Format::Text => guide::told(line).trim_end().to_owned(),
            Format::Json => {
                let names = [guide::name_json(line)];
                format!("{:#}", json!({ "fields": [], "names": names }))
            }
        });
        return ExitCode::SUCCESS;
    }
    let found = match words.map(named).transpose() {
        Ok(found) => found,
        Err(problem) => return refuse(problem),
    };
    match (format, found) {
        (Format::Json, found) => {
            let found = found.unwrap_or_else(|| fields().iter().collect());
            let rows: Vec<_> = found.into_iter().map(as_json).collect();
            print(format_args!("{:#}", json!({ "fields": rows })));
        }
        (Format::Text, None) => print(overview().trim_end()),
        (Format::Text, Some(found)) => {
            let found: Vec<_> = found.into_iter().map(details).collect();
            print(found.join("\n").trim_end());
        }
    }
    ExitCode::SUCCESS
}

/// The fields of a component, or the one field of that name.
fn named(words: &str) -> Result<Vec<&'static Field>, String> {
    let component = text::key(words);
    let of_it: Vec<_> = fields()
        .iter()
        .filter(|field| text::key(field.component()) == component)
        .collect();
    if !of_it.is_empty() {
        return Ok(of_it);
    }
    find_field(words)
        .map(|field| vec![field])
        .map_err(|near| unknown(words, &near))
}

fn unknown(words: &str, near: &[&Field]) -> String {
    let words = text::quote(words);
    let names: Vec<_> = near
        .iter()
        .map(|field| format!("`{}`", field.name))
        .collect();
    match names.as_slice() {
        [] => {
            let mut components: Vec<_> = fields().iter().map(Field::component).collect();
            components.dedup();
            format!(
                "There is no field and no part of the plan {words}; the parts are {}",
                components.join(", ")
            )
        }
        [one] => format!("There is no field and no part of the plan {words}. Did you mean {one}?"),
        several => format!(
            "There is no field and no part of the plan {words}. Did you mean one of {}?",
            several.join(", ")
        ),
    }
}

/// One line a field, by component.
fn overview() -> String {
    let mut list = String::new();
    let mut previous = None;
    for field in fields() {
        if previous.replace(field.component()) != Some(field.component()) {
            let _ = writeln!(list, "{}", held(field));
        }
        let _ = writeln!(
            list,
            "  {:<28} {:<24} {}",
            field.name,
            field.kind.words(),
            field.question
        );
    }
    let names: Vec<_> = names().iter().map(|line| line.name).collect();
    let _ = writeln!(list, "in rules only: {}", names.join(", "));
    list.push_str("\nChoices, unit and how a rule reads it: `gtm-advisor fields pricing.price`, or a part: `fields pricing`");
    list
}

/// The component, and how often its fields are held.
fn held(field: &Field) -> String {
    let component = field.component();
    match field.level {
        Level::Plan => format!("{component}: once for the whole plan"),
        Level::Segment => format!("{component}: for each segment"),
    }
}

fn details(field: &'static Field) -> String {
    let held = match field.level {
        Level::Plan => "once for the whole plan",
        Level::Segment => "for each segment",
    };
    let mut page = format!(
        "{} ({}; {held})\n  {}\n",
        field.name,
        field.kind.words(),
        field.question
    );
    if !field.choices.is_empty() {
        let slugs: Vec<_> = field.choices.iter().map(|choice| choice.slug).collect();
        let _ = writeln!(page, "  choices: {}", slugs.join(", "));
    }
    let _ = writeln!(page, "  in a plan file: {}", written(field));
    let _ = writeln!(page, "  in a rule: {}", rule_example(field));
    if let Some(unit) = unit_words(field) {
        let _ = writeln!(page, "  a parameter for it: unit = \"{unit}\"");
    }
    page
}

/// The field as a plan file writes it.
fn written(field: &Field) -> String {
    let name = field.name;
    match field.kind {
        Kind::Set | Kind::List => format!("{name} = {}", list(field)),
        Kind::Prices => {
            let example = field.example();
            let items: Vec<_> = example.split(", ").map(|it| format!("\"{it}\"")).collect();
            format!("{name} = [{}]", items.join(", "))
        }
        Kind::ChannelDates => {
            let example = field.example();
            let dates: Vec<_> = example
                .split(", ")
                .filter_map(|each| each.split_once(": "))
                .map(|(channel, date)| format!("{channel} = \"{date}\""))
                .collect();
            format!("{name} = {{ {} }}", dates.join(", "))
        }
        _ => format!("{name} = \"{}\"", field.example()),
    }
}

/// The example of a set or list, as its items are held.
fn list(field: &Field) -> Value {
    let context = ParseContext {
        currency: Currency::USD,
        today: jiff::civil::Date::constant(2026, 3, 4),
    };
    let example = field.parse(&field.example(), &context);
    example.map_or(Value::Null, |value| value.to_json())
}

fn as_json(field: &'static Field) -> Value {
    let choices = field
        .choices
        .iter()
        .map(|choice| json!({ "slug": choice.slug, "label": choice.label }));
    json!({
        "name": field.name,
        "component": field.component(),
        "level": match field.level {
            Level::Plan => "plan",
            Level::Segment => "segment",
        },
        "kind": field.kind.as_str(),
        "unit": unit_words(field),
        "choices": choices.collect::<Vec<_>>(),
        "label": field.label(),
        "question": field.question,
        "example": field.example(),
        "rule": rule_example(field),
    })
}

#[test]
fn what_is_shown_for_a_plan_file_is_read_as_one() {
    use crate::plan::{FileFormat, read_file};

    let today = jiff::civil::date(2026, 3, 4);
    for field in fields() {
        let line = written(field);
        let text = match field.level {
            Level::Plan => line,
            Level::Segment => format!("[segment.main]\n{line}"),
        };
        let read = read_file(&text, FileFormat::Toml, today);
        assert!(read.is_ok(), "{text}: {read:?}");
    }
}
