//! `explain`: a rule's page, or what the library says of a term.

use jiff::Timestamp;

use super::ask;
use super::case::{Answer, Case, button};
use super::held;
use super::own_rules;
use super::prose::{capitalised, cut, markdown, sentence};
use super::threshold;
use crate::ident::Person;
use crate::lint::{Outcome, Param, Rule, RuleResult, SetFor};
use crate::plan::{self, Edit, ItemKey, Waiver};
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
    match case.situation.rules.named(slug) {
        Some(rule) => Ok(page(case, rule)),
        None if is_slip(case, slug) => Err(unknown(case, slug)),
        None => ask::term(slug, case.today()).ok_or_else(|| unknown(case, slug)),
    }
}

/// Whether the words are a rule's name but for a slip; one word alone is a term.
fn is_slip(case: &Case<'_>, name: &str) -> bool {
    if case.situation.rules.names_a_category(name) {
        return true;
    }
    let slug = bare(name);
    if !slug.contains('-') {
        return false;
    }
    let slugs = case
        .situation
        .rules
        .rules()
        .iter()
        .map(|rule| rule.slug().as_str());
    !text::nearest(slug, slugs).is_empty()
}

/// The name without the category that may stand before it.
fn bare(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn page(case: &Case<'_>, rule: &Rule) -> Document {
    let mut about = vec![
        Inline::code(rule.slug().as_str()),
        Inline::plain(format!(
            " · {} · {}",
            rule.category(),
            rule.severity().as_str()
        )),
    ];
    about.extend(own_rules::whose(case, rule));
    let mut blocks = vec![Block::Note(about)];
    for (heading, words) in rule
        .sections()
        .filter(|(heading, _)| SHOWN.contains(heading))
    {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.extend(markdown(words));
    }
    blocks.extend(thresholds(case, rule));
    blocks.extend(here(case, rule));
    blocks.push(Block::Actions(vec![button("Check the plan", "check")]));
    Document {
        headline: rule.title().to_owned(),
        blocks,
    }
}

/// The thresholds in force here: the team's own with its reason and who set it, else the rule's.
fn thresholds(case: &Case<'_>, rule: &Rule) -> Vec<Block> {
    let thresholds = case.situation.thresholds.and(case.plan.thresholds());
    let in_force = case.situation.rules.thresholds_in_force(rule, &thresholds);
    let lines: Vec<_> = rule
        .params()
        .iter()
        .zip(in_force)
        .map(|(param, (name, value, own))| {
            let mut words = vec![Inline::code(&name)];
            match own {
                Some(own) => {
                    let place = match own.set_for {
                        SetFor::Plan => "here",
                        SetFor::Workspace => "in this workspace",
                    };
                    words.push(Inline::strong(format!(": {value} {place}")));
                    words.push(Inline::plain(format!(
                        " in place of {}{}, because {}",
                        param.default,
                        range(param),
                        own.reason
                    )));
                    words.extend(set_by(case, rule, &name, own.set_for));
                }
                None => words.push(Inline::plain(format!(
                    ": {value}{}. {}",
                    range(param),
                    param.why
                ))),
            }
            words
        })
        .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Heading("Thresholds in force".to_owned()),
        Block::Bullets(lines),
    ];
    let unreadable = thresholds.iter().filter(|(of, name, own)| {
        let params = || rule.params().iter().filter(|param| param.name == *name);
        let reads = || {
            case.situation
                .rules
                .read_threshold(of.as_str(), name, &own.value)
        };
        *of == rule.slug() && (params().next().is_none() || reads().is_err())
    });
    let unreadable: Vec<_> = unreadable
        .map(|(_, name, own)| format!("`{name}` {}", own.value))
        .collect();
    if !unreadable.is_empty() {
        blocks.push(Block::Note(sentence(&format!(
            "Set here, but not used because the rule can't read it: {}",
            unreadable.join(", ")
        ))));
    }
    blocks
}

/// ` (may be $1,000 a year to $1,000,000 a year)`.
pub(super) fn range(param: &Param) -> String {
    let range = param.range();
    range.map_or_else(String::new, |it| format!(" (may be {})", it.words()))
}

/// Who set a threshold, and when, as far as the history's end goes back; and what it took the place
/// of where the workspace has one, too.
fn set_by(case: &Case<'_>, rule: &Rule, param: &str, set_for: SetFor) -> Vec<Inline> {
    let mut words = signature(case, rule, param, set_for);
    let workspace = &case.situation.workspace;
    let behind = workspace.threshold(rule.slug().as_str(), param);
    let behind = behind.filter(|_| set_for == SetFor::Plan);
    words.extend(behind.map(|it| {
        Inline::plain(format!(
            " · the workspace's is {}",
            threshold::shown(case, &it.setting)
        ))
    }));
    words
}

/// Who set a threshold, and when, as far as that is known.
pub(super) fn signature(case: &Case<'_>, rule: &Rule, param: &str, set_for: SetFor) -> Vec<Inline> {
    let workspace = &case.situation.workspace;
    match set_for {
        SetFor::Plan => set_here_by(case, rule, param),
        SetFor::Workspace => workspace
            .threshold(rule.slug().as_str(), param)
            .map_or_else(Vec::new, |it| signed(&it.by, it.at)),
    }
}

fn signed(by: &Person, at: Timestamp) -> Vec<Inline> {
    vec![
        Inline::plain(" · set by "),
        Inline::Person(by.clone()),
        Inline::plain(" on "),
        Inline::When(at),
    ]
}

fn set_here_by(case: &Case<'_>, rule: &Rule, param: &str) -> Vec<Inline> {
    let key = ItemKey::Threshold(rule.slug().clone(), param.to_owned());
    let changes = case.tail().iter().rev();
    let set = changes.into_iter().find(|change| sets(&change.edit, &key));
    set.map_or_else(Vec::new, |change| signed(&change.by, change.at))
}

fn sets(edit: &Edit, key: &ItemKey) -> bool {
    match edit {
        Edit::Item {
            new: Some(item), ..
        } => item.key() == *key,
        Edit::Together { edits } => edits.iter().any(|edit| sets(edit, key)),
        _ => false,
    }
}

/// What the rule says of the plan as it is, and where the team has waived it.
fn here(case: &Case<'_>, rule: &Rule) -> Vec<Block> {
    let results = case.results();
    let of_rule = results.iter().filter(|result| result.rule == *rule.slug());
    let lines: Vec<_> = of_rule
        .take(MOST_SEGMENTS)
        .map(|it| outcome(case, it))
        .collect();
    if lines.is_empty() || case.plan.answered() == 0 {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Heading("In this plan".to_owned()),
        Block::Bullets(lines),
    ];
    let waivers = case.plan.waivers().filter(|it| it.rule == *rule.slug());
    blocks.extend(waivers.map(|waiver| Block::Note(waived(case, waiver))));
    blocks
}

/// In how many segments the outcome is told.
const MOST_SEGMENTS: usize = 5;

pub(super) fn outcome(case: &Case<'_>, result: &RuleResult) -> Vec<Inline> {
    let segment = case.for_segment(result.segment.as_ref());
    let (word, told) = match result.outcome {
        Outcome::Finding => (
            capitalised(result.severity.as_str()),
            result.message.to_string(),
        ),
        Outcome::Pass => ("Passes".to_owned(), result.message.to_string()),
        Outcome::NotApplicable => ("Does not apply".to_owned(), String::new()),
        Outcome::Unknown => {
            let fields = result.missing.each();
            let labels: Vec<_> = fields.map(plan::Field::label).collect();
            ("Waits for an answer".to_owned(), labels.join(", "))
        }
    };
    let mut words = vec![Inline::strong(format!("{word}{segment}"))];
    if !told.is_empty() {
        words.push(Inline::plain(format!(": {told}")));
    }
    if let Some(stronger) = &result.folded_into {
        words.push(Inline::plain(" · told by the stronger "));
        words.push(Inline::code(stronger.as_str()));
    }
    words
}

/// `Waived for smb until 2026-06-30 by @U1: we learn first`.
fn waived(case: &Case<'_>, waiver: &Waiver) -> Vec<Inline> {
    let segment = case.for_segment(waiver.segment.as_ref());
    let until = waiver
        .until
        .map_or_else(String::new, |date| format!(" until {date}"));
    let owner = waiver
        .owner
        .as_ref()
        .map_or_else(String::new, |owner| format!(" by {owner}"));
    held::peopled(&format!("Waived{segment}{until}{owner}: {}", waiver.reason))
}

pub(super) fn unknown(case: &Case<'_>, slug: &str) -> Document {
    let near = case.situation.rules.near(bare(slug));
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
