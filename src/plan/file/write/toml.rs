//! A plan as TOML, in the form in which people write it by hand.

use std::fmt::Write;

use super::json::string;
use super::outline::{Line, Out, Outline};

/// Writes the whole file.
pub(super) fn write(outline: &Outline) -> String {
    let mut text = String::new();
    lines(&mut text, "", &outline.whole);
    for (name, entries) in &outline.segments {
        let _ = writeln!(text, "\n[segment.{}]", key(name));
        lines(&mut text, "", entries);
    }
    if !outline.owners.is_empty() {
        text.push_str("\n[owner]\n");
        table(&mut text, &outline.owners);
    }
    let lists = [
        ("waiver", &outline.waivers),
        ("threshold", &outline.thresholds),
        ("decision", &outline.decisions),
        ("trigger", &outline.triggers),
    ];
    for (name, list) in lists {
        for entries in list {
            let _ = writeln!(text, "\n[[{name}]]");
            table(&mut text, entries);
        }
    }
    for (name, variant) in &outline.scenarios {
        let _ = writeln!(text, "\n[scenario.{}]", key(name));
        lines(&mut text, "", &variant.whole);
        for (segment, entries) in &variant.segments {
            lines(&mut text, &format!("segment.{}.", key(segment)), entries);
        }
        if !variant.unset.is_empty() {
            let unset = variant.unset.iter().cloned().map(Out::Words).collect();
            let _ = writeln!(text, "unset = {}", inline(&Out::List(unset)));
        }
    }
    if let Some(baseline) = &outline.baseline {
        text.push_str("\n[baseline]\n");
        let (tables, values): (Vec<_>, Vec<_>) = baseline
            .iter()
            .cloned()
            .partition(|(_, out)| matches!(out, Out::Table(_)));
        table(&mut text, &values);
        for (name, out) in tables {
            let Out::Table(entries) = out else { continue };
            let _ = writeln!(text, "\n[baseline.{name}]");
            table(&mut text, &entries);
        }
    }
    text.trim_start_matches('\n').to_owned()
}

fn lines(text: &mut String, before: &str, lines: &[Line]) {
    for line in lines {
        let name = match line.head {
            Some(head) => format!("{head}.{}", string(&line.field)),
            None => line.field.clone(),
        };
        let _ = writeln!(text, "{before}{name} = {}", inline(&line.out));
    }
}

fn table(text: &mut String, entries: &[(String, Out)]) {
    for (name, out) in entries {
        let _ = writeln!(text, "{} = {}", key(name), inline(out));
    }
}

/// A key: bare where it can be.
fn key(name: &str) -> String {
    let is_bare = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    if !name.is_empty() && name.chars().all(is_bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// A basic string. TOML escapes one sign that JSON does not.
fn quoted(words: &str) -> String {
    string(words).replace('\u{7f}', "\\u007F")
}

fn inline(out: &Out) -> String {
    match out {
        Out::Words(words) => quoted(words),
        Out::Number(number) => match i64::try_from(*number) {
            Ok(number) => number.to_string(),
            Err(_) => quoted(&number.to_string()),
        },
        Out::Date(date) => date.to_string(),
        Out::YesNo(yes) => yes.to_string(),
        Out::List(items) => {
            let items: Vec<_> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Out::Table(entries) if entries.is_empty() => "{}".to_owned(),
        Out::Table(entries) => {
            let entries = entries.iter();
            let entries: Vec<_> = entries
                .map(|(name, out)| format!("{} = {}", key(name), inline(out)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}
