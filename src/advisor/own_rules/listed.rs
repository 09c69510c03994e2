//! `rules list`: which rules a workspace has added, whose they are, and what waits to be put in force.

use super::super::OwnPage;
use super::super::case::{Case, button};
use super::super::own_pages::UnusedPage;
use super::super::prose::{counted, cut, sentence};
use crate::lint::{MOST_OWN, Rule};
use crate::render::{Block, Document, Inline};

/// How many pages of each kind are listed.
const MOST: usize = MOST_OWN;

/// How many pages that are set aside are listed.
const MOST_ASIDE: usize = 5;

/// How much of a title or a fault stands in a line.
const LINE: usize = 160;

/// The workspace's own rules.
pub(in crate::advisor) fn list(case: &Case<'_>) -> Document {
    let pages = &case.situation.workspace.rules;
    let mut blocks = Vec::new();
    if !pages.in_force.is_empty() {
        let shown = pages.in_force.iter().take(MOST);
        blocks.push(Block::Bullets(shown.map(|page| line(case, page)).collect()));
    }
    blocks.extend(of_operator(case));
    blocks.extend(aside(case));
    let example = pages.in_force.first();
    let note = example.map_or_else(
        || format!("To add one: `{}`", case.typed("rules add")),
        |page| {
            format!(
                "To add one: `{}`. To end one: `{}`",
                case.typed("rules add"),
                case.typed(&format!("rules remove {}", page.slug()))
            )
        },
    );
    blocks.push(Block::Note(sentence(&note)));
    blocks.push(Block::Actions(vec![button("All rules", "rules")]));
    Document {
        headline: match pages.in_force.len() {
            0 => "The workspace has no rule of its own in force.".to_owned(),
            n => format!(
                "{} of the workspace's own in force, beside those of the program.",
                counted(n, "rule")
            ),
        },
        blocks,
    }
}

fn line(case: &Case<'_>, page: &OwnPage) -> Vec<Inline> {
    let mut words = vec![Inline::code(page.slug())];
    if let Some(rule) = case.situation.rules.get(page.slug()) {
        words.push(Inline::plain(format!(" {}:", rule.severity().as_str())));
    }
    words.push(Inline::plain(format!(" {} · ", cut(&page.title, LINE))));
    words.extend([
        Inline::Person(page.by.clone()),
        Inline::plain(", "),
        Inline::When(page.at),
    ]);
    let unused = case.situation.unused.iter().find(|it| it.name == page.name);
    if let Some(unused) = unused {
        let problem = cut(&unused.problem, LINE);
        words.push(Inline::plain(format!(" · not used: {problem}")));
    }
    words
}

/// The rules that whoever runs the bot has given to every workspace.
fn of_operator(case: &Case<'_>) -> Option<Block> {
    let given = case
        .situation
        .base
        .rules()
        .iter()
        .filter(|rule| rule.is_own());
    let names: Vec<_> = given.map(|rule| rule.slug().as_str()).collect();
    (!names.is_empty()).then(|| {
        Block::Note(sentence(&format!(
            "From whoever runs the bot, for every workspace: {}",
            cut(&names.join(", "), 4 * LINE)
        )))
    })
}

/// What was shown or in force before, the newest first.
fn aside(case: &Case<'_>) -> Vec<Block> {
    let aside = &case.situation.workspace.rules.aside;
    if aside.is_empty() {
        return Vec::new();
    }
    let lines = aside.iter().rev().take(MOST_ASIDE).map(|page| {
        vec![
            Inline::code(page.slug()),
            Inline::plain(format!(" {} · ", cut(&page.title, LINE))),
            Inline::Person(page.by.clone()),
            Inline::plain(", "),
            Inline::When(page.at),
            Inline::plain(": "),
            case.code(&format!("rules use {}", page.id)),
        ]
    });
    let heading = "Not in force: drafts, and pages that were replaced or taken out";
    let mut blocks = vec![
        Block::Heading(heading.to_owned()),
        Block::Bullets(lines.collect()),
    ];
    if let Some(older) = aside.len().checked_sub(MOST_ASIDE).filter(|&n| n > 0) {
        blocks.push(Block::Note(sentence(&format!("And {older} older."))));
    }
    blocks
}

/// That the workspace has no rule of that name, and which it has.
pub(super) fn no_own(case: &Case<'_>, rule: &str) -> Document {
    let of_others = case.situation.rules.get(rule);
    let headline = match of_others {
        Some(found) if found.is_own() => {
            format!("{rule} comes from whoever runs the bot, so nothing was changed.")
        }
        Some(_) => format!("{rule} comes with the program, so nothing was changed."),
        None => format!(
            "The workspace has no rule \"{}\" of its own.",
            cut(rule, 60)
        ),
    };
    let more = match of_others {
        Some(_) => format!(
            "Where it does not fit: `{}`, or a threshold of your own.",
            case.typed(&format!("waive {rule} because …"))
        ),
        None => format!("What it has: `{}`", case.typed("rules list")),
    };
    super::said(&headline, &more)
}

/// That pages of the workspace do not judge, where that is so: none is left out quietly.
pub(in crate::advisor) fn not_in_force(case: &Case<'_>) -> Option<Block> {
    let unused = case.situation.unused;
    let first = unused.first()?;
    Some(Block::Note(sentence(&format!(
        "{} of the workspace's own cannot be used and did not judge. {}. More: `{}`",
        counted(unused.len(), "rule"),
        told(first),
        case.typed("rules list")
    ))))
}

fn told(unused: &UnusedPage) -> String {
    cut(&unused.problem, LINE)
}

/// Whose rule it is, where it is not the program's.
pub(in crate::advisor) fn whose(case: &Case<'_>, rule: &Rule) -> Vec<Inline> {
    let page = case.situation.workspace.rules.of_rule(rule.slug().as_str());
    match page {
        Some(page) if rule.is_own() => vec![
            Inline::plain(" · the workspace's own, by "),
            Inline::Person(page.by.clone()),
            Inline::plain(" on "),
            Inline::When(page.at),
        ],
        _ if rule.is_own() => vec![Inline::plain(" · from whoever runs the bot")],
        _ => Vec::new(),
    }
}
