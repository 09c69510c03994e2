//! `explain`: a rule's page, or what the library says of a term.

use super::ask;
use super::case::{Answer, Case, button};
use super::prose::{cut, markdown, sentence};
use crate::lint::Rule;
use crate::render::{Block, Document, Inline};
use crate::text;

/// The sections that people read; the examples are the rule's tests.
const SHOWN: [&str; 4] = [
    "What it checks",
    "Why it matters",
    "What to change",
    "Sources",
];

/// The page of the rule with that slug, else the term of that name, else what may have been meant.
pub(super) fn answer(case: &Case<'_>, slug: &str) -> Answer {
    match case.situation.rules.get(slug) {
        Some(rule) => Ok(page(case, rule)),
        None if is_slip(case, slug) => Err(unknown(case, slug)),
        None => ask::term(slug).ok_or_else(|| unknown(case, slug)),
    }
}

/// Whether the words are a rule's name but for a slip.
fn is_slip(case: &Case<'_>, slug: &str) -> bool {
    let slugs = case
        .situation
        .rules
        .rules()
        .iter()
        .map(|rule| rule.slug().as_str());
    !text::nearest(slug, slugs).is_empty()
}

fn page(case: &Case<'_>, rule: &Rule) -> Document {
    let mut blocks = vec![Block::Note(vec![
        Inline::code(rule.slug().as_str()),
        Inline::plain(format!(
            " · {} · {}",
            rule.category(),
            rule.severity().as_str()
        )),
    ])];
    for (heading, words) in rule
        .sections()
        .filter(|(heading, _)| SHOWN.contains(heading))
    {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.extend(markdown(words));
    }
    blocks.extend(thresholds(case, rule));
    blocks.push(Block::Actions(vec![button("Check the plan", "check")]));
    Document {
        headline: rule.title().to_owned(),
        blocks,
    }
}

/// The thresholds in force here.
fn thresholds(case: &Case<'_>, rule: &Rule) -> Vec<Block> {
    let lines: Vec<_> = rule
        .params()
        .iter()
        .map(|param| {
            let own = case.situation.thresholds.get(rule.slug(), &param.name);
            let value = match own {
                Some(own) => format!(": {} here, because: {}", own.value, own.reason),
                None => format!(": {}. {}", param.default, param.why),
            };
            vec![Inline::code(&param.name), Inline::plain(value)]
        })
        .collect();
    if lines.is_empty() {
        Vec::new()
    } else {
        vec![
            Block::Heading("Thresholds".to_owned()),
            Block::Bullets(lines),
        ]
    }
}

pub(super) fn unknown(case: &Case<'_>, slug: &str) -> Document {
    let near = case.situation.rules.near(slug);
    let buttons: Vec<_> = near
        .iter()
        .map(|slug| button(cut(slug, 28), format!("explain {slug}")))
        .collect();
    let mut blocks = Vec::new();
    if let Some(best) = near.first() {
        blocks.push(Block::Paragraph(sentence(&format!(
            "Did you mean `{}`?",
            case.typed(&format!("explain {best}"))
        ))));
        blocks.push(Block::Actions(buttons));
    }
    blocks.push(Block::Note(sentence(&format!(
        "All rules: `{}`",
        case.typed("rules")
    ))));
    Document {
        headline: format!("There is no rule \"{}\".", cut(slug, 60)),
        blocks,
    }
}
