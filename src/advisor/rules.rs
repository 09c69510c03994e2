//! `rules`: what a check runs.

use super::case::{Answer, Case, button};
use super::prose::{counted, cut, sentence};
use crate::lint::Rule;
use crate::render::{Block, Document, Inline, Row};
use crate::text;

/// How many rules are listed at once.
const MOST: usize = 30;

/// The rules of a category, or how many each category has.
pub(super) fn answer(case: &Case<'_>, category: Option<&str>) -> Answer {
    match category {
        None => Ok(overview(case)),
        Some(category) => of(case, category),
    }
}

fn overview(case: &Case<'_>) -> Document {
    let rules = case.situation.rules.rules();
    let categories = categories(rules);
    let rows = categories
        .iter()
        .map(|&category| Row {
            name: category.to_owned(),
            value: vec![Inline::plain(counted(
                within(rules, category).count(),
                "rule",
            ))],
        })
        .collect();
    let buttons = categories
        .iter()
        .take(20)
        .map(|&c| button(c, format!("rules {c}")))
        .collect();
    Document {
        headline: format!(
            "A check runs {}{} in {}.",
            counted(rules.len(), "rule"),
            match case.situation.rules.own() {
                0 => String::new(),
                own => format!(" ({own} of your own)"),
            },
            match categories.len() {
                1 => "1 category".to_owned(),
                n => format!("{n} categories"),
            }
        ),
        blocks: vec![
            Block::Rows(rows),
            Block::Note(sentence(&format!(
                "One of them: `{}`. Rules of your own: `{}`",
                case.typed("rules fit"),
                case.typed("rules list")
            ))),
            Block::Actions(buttons),
        ],
    }
}

fn of(case: &Case<'_>, category: &str) -> Answer {
    let rules = case.situation.rules.rules();
    let categories = categories(rules);
    let Some(category) = categories
        .iter()
        .copied()
        .find(|c| text::key(c) == text::key(category))
    else {
        return Err(unknown(case, category, &categories));
    };
    let all: Vec<_> = within(rules, category).collect();
    let lines = all
        .iter()
        .take(MOST)
        .map(|rule| {
            vec![
                Inline::code(rule.slug().as_str()),
                Inline::plain(format!(" {}: {}", rule.severity().as_str(), rule.title())),
            ]
        })
        .collect();
    let mut blocks = vec![Block::Bullets(lines)];
    if let Some(more) = all.len().checked_sub(MOST).filter(|&more| more > 0) {
        blocks.push(Block::Note(vec![Inline::plain(format!(
            "And {more} more."
        ))]));
    }
    if let Some(first) = all.first() {
        let words = format!("explain {}", first.slug());
        blocks.push(Block::Note(sentence(&format!(
            "Why, and what to change: `{}`",
            case.typed(&words)
        ))));
    }
    Ok(Document {
        headline: format!("{} about {category}:", counted(all.len(), "rule")),
        blocks,
    })
}

fn within<'a>(rules: &'a [Rule], category: &'a str) -> impl Iterator<Item = &'a Rule> {
    rules.iter().filter(move |rule| rule.category() == category)
}

/// The categories in the order of the rules.
fn categories(rules: &[Rule]) -> Vec<&str> {
    let mut categories: Vec<&str> = Vec::new();
    for rule in rules {
        if !categories.contains(&rule.category()) {
            categories.push(rule.category());
        }
    }
    categories
}

fn unknown(case: &Case<'_>, category: &str, categories: &[&str]) -> Document {
    let near = text::nearest(category, categories.iter().copied());
    let offered = if near.is_empty() {
        categories
    } else {
        &near[..]
    };
    Document {
        headline: format!("No rules are about \"{}\".", cut(category, 60)),
        blocks: vec![
            Block::Paragraph(sentence(&format!(
                "Rules are about: {}. One rule by its name: `{}`",
                categories.join(", "),
                case.typed("explain <rule>")
            ))),
            Block::Actions(
                offered
                    .iter()
                    .take(20)
                    .map(|&c| button(c, format!("rules {c}")))
                    .collect(),
            ),
        ],
    }
}
