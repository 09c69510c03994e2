//! A plan as a Markdown document: for people first, with the plan as data at its end.

use std::fmt::Write;

use super::outline::Outline;
use super::toml;
use crate::plan::{About, Answer, Item, Plan, Segment, Value};
use crate::text::{capitalised, counted};

/// Writes the whole document.
pub(super) fn write(plan: &Plan) -> String {
    let mut text = format!("# {}\n", title(plan));
    section(&mut text, plan, None, "The whole plan");
    for segment in plan.segments() {
        section(
            &mut text,
            plan,
            Some(segment),
            &format!("Segment {segment}"),
        );
    }
    beside(&mut text, plan);
    let data = toml::write(&Outline::of(plan));
    let _ = write!(
        text,
        "\n## The plan as data\n\nThis block can be imported again; what stands above it is for reading.\n\n```toml\n{data}```\n"
    );
    text
}

fn title(plan: &Plan) -> String {
    match plan.value("plan.name", &Segment::main()) {
        Some(Value::Text(name)) => plain(name),
        _ => "Go-to-market plan".to_owned(),
    }
}

fn section(text: &mut String, plan: &Plan, segment: Option<&Segment>, heading: &str) {
    let mut lines = String::new();
    for (field, at, answer) in plan.answers().filter(|(_, at, _)| *at == segment) {
        let value = match answer {
            Answer::Known(value) => value.display(field),
            Answer::NotApplicable(reason) => format!("not applicable ({reason})"),
        };
        let note = plan.about(field, at).map(noted).unwrap_or_default();
        let _ = writeln!(
            lines,
            "- **{}**: {}{note}",
            capitalised(&field.label()),
            plain(&value)
        );
    }
    if !lines.is_empty() {
        let _ = write!(text, "\n## {}\n\n{lines}", plain(heading));
    }
}

fn noted(about: &About) -> String {
    let mut said: Vec<String> = Vec::new();
    said.extend(about.certainty.map(|it| it.as_str().to_owned()));
    said.extend(
        about
            .validate_by
            .map(|date| format!("to be validated by {date}")),
    );
    said.extend(
        about
            .owner
            .as_ref()
            .map(|owner| format!("owner {}", plain(owner))),
    );
    said.extend(
        about
            .source
            .as_ref()
            .map(|source| format!("from {}", plain(source))),
    );
    if said.is_empty() {
        String::new()
    } else {
        format!(" ({})", said.join(", "))
    }
}

fn beside(text: &mut String, plan: &Plan) {
    let lines: Vec<String> = plan.items().iter().filter_map(item).collect();
    if !lines.is_empty() {
        let _ = writeln!(text, "\n## Agreed beside it\n\n{}", lines.join("\n"));
    }
}

fn item(item: &Item) -> Option<String> {
    Some(match item {
        Item::About(_) | Item::Approval(_) => return None,
        Item::Owner(it) => format!("- Owner of {}: {}", it.component, plain(&it.owner)),
        Item::Waiver(it) => {
            let segment = it
                .segment
                .as_ref()
                .map_or_else(String::new, |it| format!(" for {it}"));
            let until = it
                .until
                .map_or_else(String::new, |date| format!(" until {date}"));
            format!(
                "- Waived {}{segment}{until}: {}",
                plain(it.rule.as_str()),
                plain(&it.reason)
            )
        }
        Item::Threshold(it) => format!(
            "- Threshold {}.{}: {} ({})",
            plain(it.rule.as_str()),
            plain(&it.param),
            plain(&it.value),
            plain(&it.reason)
        ),
        Item::Baseline(it) => format!("- Baseline: {} findings accepted", it.findings.len()),
        Item::Decision(it) => {
            let end = it.decided.as_ref();
            let end = end.map_or_else(|| "open".to_owned(), |end| plain(&end.option));
            format!(
                "- Decision {}: {} {end}",
                plain(&it.id),
                plain(&it.question)
            )
        }
        Item::Trigger(it) => format!(
            "- Trigger {} fired on {}: {}",
            plain(&it.id),
            it.on,
            plain(&it.what)
        ),
        Item::Scenario(it) => {
            format!(
                "- Scenario {}: differs in {}",
                it.name,
                counted(it.answers.len(), "place")
            )
        }
    })
}

/// Words on one line, with nothing in them that Markdown would read as its own.
fn plain(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::with_capacity(line.len());
    for sign in line.chars() {
        if matches!(
            sign,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~'
        ) {
            plain.push('\\');
        }
        plain.push(sign);
    }
    plain
}
