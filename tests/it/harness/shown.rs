//! A message as a person reads it, in plain text.

use gtm_advisor::playground::{Message, Playground, seed};
use serde_json::Value;

/// What a message shows: its blocks, or its words where it has none.
pub(crate) fn said(message: &Message) -> String {
    let files = message.files.iter();
    let files = files.map(|file| format!("[{}: {}]", file.name, file.alt));
    let words = match message.blocks.as_slice() {
        [] => vec![readable(&message.text)],
        blocks => blocks.iter().map(block).collect(),
    };
    let parts: Vec<_> = words.into_iter().chain(files).collect();
    parts.join("\n").trim().to_owned()
}

fn block(block: &Value) -> String {
    match block["type"].as_str().unwrap_or_default() {
        "header" => format!("# {}", text(&block["text"])),
        "section" => {
            let fields = block["fields"].as_array().into_iter().flatten().map(text);
            let own = (!block["text"].is_null()).then(|| text(&block["text"]));
            own.into_iter().chain(fields).collect::<Vec<_>>().join("\n")
        }
        "context" => {
            let elements = block["elements"].as_array().into_iter().flatten().map(text);
            format!("({})", elements.collect::<Vec<_>>().join(" "))
        }
        "actions" => {
            let buttons = block["elements"].as_array().into_iter().flatten();
            let buttons = buttons.map(|it| format!("[{}]", text(&it["text"])));
            buttons.collect::<Vec<_>>().join(" ")
        }
        "divider" => "---".to_owned(),
        "rich_text" => verbatim(block),
        "data_visualization" => chart(block),
        other => panic!("a block of a kind that nobody has seen: {other}"),
    }
}

/// `[chart] Title: Open findings 3, 1; …`.
fn chart(block: &Value) -> String {
    let series = block["chart"]["series"].as_array().into_iter().flatten();
    let lines = series.map(|line| {
        let points = line["data"].as_array().into_iter().flatten();
        let values: Vec<_> = points.map(|it| it["value"].to_string()).collect();
        format!(
            "{} {}",
            line["name"].as_str().unwrap_or_default(),
            values.join(", ")
        )
    });
    let lines: Vec<_> = lines.collect();
    let title = block["title"].as_str().unwrap_or_default();
    format!("[chart] {title}: {}", lines.join("; "))
}

fn text(text: &Value) -> String {
    let words = text["text"].as_str().unwrap_or_default();
    if text["type"] == "mrkdwn" {
        readable(words)
    } else {
        words.to_owned()
    }
}

fn verbatim(block: &Value) -> String {
    let parts = block["elements"].as_array().into_iter().flatten();
    let runs = parts.flat_map(|part| part["elements"].as_array().into_iter().flatten());
    let words: String = runs.filter_map(|run| run["text"].as_str()).collect();
    let lines: Vec<_> = words.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}

/// Markup as it is shown: links as `label (address)`, dates as their fallback.
fn readable(words: &str) -> String {
    let mut shown = String::new();
    let mut rest = words;
    while let Some((before, inner)) = rest.split_once('<') {
        let Some((token, after)) = inner.split_once('>') else {
            break;
        };
        shown.push_str(before);
        shown.push_str(&entity(token));
        rest = after;
    }
    shown.push_str(rest);
    shown
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn entity(token: &str) -> String {
    match token.split_once('|') {
        Some((target, label)) if target.starts_with('!') => label.to_owned(),
        Some((target, label)) => format!("{label} ({target})"),
        // Live on the screen of everyone who reads it.
        None if token.starts_with('!') => format!("!!LIVE {token}!!"),
        None => format!("<{token}>"),
    }
}

/// All that a person sees in a channel and its threads, in order.
pub(crate) fn transcript(slack: &Playground, channel: &str, person: &str) -> String {
    let mut seen = slack.messages(channel);
    let hidden = slack.ephemerals(channel, person);
    let is_hidden = |ts: &str| hidden.iter().any(|it| it.ts == ts);
    seen.extend(hidden.iter().cloned());
    seen.sort_by(|one, other| one.ts.cmp(&other.ts));
    let lines = seen.iter().map(|message| {
        let name = match message.user.as_str() {
            seed::BOT_USER => "gtm".to_owned(),
            other => other.trim_start_matches("U01").to_lowercase(),
        };
        let place = match (&message.thread_ts, is_hidden(&message.ts)) {
            (_, true) => " (only to you)",
            (Some(_), _) => " (in the thread)",
            (None, _) => "",
        };
        let words = said(message);
        let words: Vec<_> = words
            .lines()
            .map(|line| format!("> {line}").trim_end().to_owned())
            .collect();
        format!("**{name}**{place}\n\n{}\n", words.join("\n"))
    });
    // Each run has a port of its own.
    let base = slack.api_base();
    let own = base.trim_end_matches("/api");
    let all = lines.collect::<Vec<_>>().join("\n");
    all.replace(own, "https://acme.example")
}
