//! A plan as JSON. Written here and not by `serde_json`, whose objects forget the order of segments.

use super::outline::{Out, Outline, nested, table};

/// Writes the whole file.
pub(super) fn write(outline: &Outline) -> String {
    let mut text = text(&Out::Table(root(outline)), 0);
    text.push('\n');
    text
}

fn root(outline: &Outline) -> Vec<(String, Out)> {
    let mut root = nested(outline.whole.clone());
    let mut put = |key: &str, out: Out, there: bool| {
        if there {
            root.push((key.to_owned(), out));
        }
    };
    let segments = outline.segments.iter();
    let segments = segments.map(|(name, lines)| (name.clone(), Out::Table(nested(lines.clone()))));
    put(
        "segment",
        Out::Table(segments.collect()),
        !outline.segments.is_empty(),
    );
    put(
        "owner",
        Out::Table(outline.owners.clone()),
        !outline.owners.is_empty(),
    );
    let lists = [
        ("waiver", &outline.waivers),
        ("threshold", &outline.thresholds),
        ("decision", &outline.decisions),
        ("trigger", &outline.triggers),
    ];
    for (key, list) in lists {
        let tables = list.iter().cloned().map(Out::Table).collect();
        put(key, Out::List(tables), !list.is_empty());
    }
    let scenarios = outline.scenarios.iter();
    let scenarios = scenarios.map(|(name, it)| (name.clone(), Out::Table(table(it.clone()))));
    put(
        "scenario",
        Out::Table(scenarios.collect()),
        !outline.scenarios.is_empty(),
    );
    if let Some(baseline) = &outline.baseline {
        put("baseline", Out::Table(baseline.clone()), true);
    }
    root
}

/// One value, indented by so many steps.
pub(in crate::plan::file) fn text(out: &Out, depth: usize) -> String {
    match out {
        Out::Words(words) => string(words),
        Out::Number(number) => number.to_string(),
        Out::Date(date) => string(&date.to_string()),
        Out::YesNo(yes) => yes.to_string(),
        Out::List(items) => {
            let items = items.iter().map(|item| text(item, depth + 1));
            wrapped(('[', ']'), &items.collect::<Vec<_>>(), depth)
        }
        Out::Table(entries) => {
            let entries = entries.iter();
            let entries =
                entries.map(|(key, out)| format!("{}: {}", string(key), text(out, depth + 1)));
            wrapped(('{', '}'), &entries.collect::<Vec<_>>(), depth)
        }
    }
}

fn wrapped((open, close): (char, char), parts: &[String], depth: usize) -> String {
    if parts.is_empty() {
        return format!("{open}{close}");
    }
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    let parts = parts.join(&format!(",\n{inner}"));
    format!("{open}\n{inner}{parts}\n{outer}{close}")
}

/// A string of JSON, which is one of TOML, too, but for one sign.
pub(super) fn string(words: &str) -> String {
    serde_json::Value::from(words).to_string()
}
