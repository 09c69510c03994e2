//! `rules add`, `rules use`, `rules remove`, `rules list`: a workspace's own rules. What a page would do
//! is shown first; an admin's press puts it in force, under the rules under which it was shown.

mod add;
mod listed;
mod preview;

#[cfg(test)]
mod tests;

use super::act::said;
use super::case::{Case, button, private};
use super::desk::Kept;
use super::own_pages::{OwnPage, OwnPages, PageText};
use super::prose::cut;
use super::{Audience, Situation, Turn, case};
use crate::intent::{Intent, OwnRules};
use crate::lint::{PageError, RuleSet};
use crate::render::{Block, Document, Inline};
use add::given;

pub(super) use add::{Fault, offered};
pub(super) use listed::{list, not_in_force, whose};

/// What is to become of the pages.
struct Step {
    /// The rule that it is about.
    slug: String,
    /// The page that comes into force; none where the rule is taken out.
    page: Option<OwnPage>,
    /// The pages afterwards.
    after: OwnPages,
    /// The page whose text is kept no longer.
    gone: Option<String>,
    /// The rules afterwards.
    rules: RuleSet,
}

/// Does what is asked about a workspace's own rules.
pub(super) fn turn(case: &Case<'_>, intent: &Intent, what: &OwnRules) -> Turn {
    match what {
        OwnRules::List => case.reading(intent, Ok(list(case))),
        OwnRules::Add { name, page } => given(case, name.as_deref(), page),
        OwnRules::Use { id, at } => put(case, id, at.as_deref()),
        OwnRules::Remove { rule, at } => remove(case, rule, at.as_deref()),
    }
}

fn put(case: &Case<'_>, id: &str, at: Option<&str>) -> Turn {
    let pages = &case.situation.workspace.rules;
    let Some(page) = pages.page(id).or_else(|| pages.newest_of(id)) else {
        return private(said(
            &format!("There is no page {}, so nothing was changed.", cut(id, 60)),
            &format!(
                "I keep the last {} pages that are not in force. To give one anew: `{}`. What there is: `{}`",
                OwnPages::MOST_ASIDE,
                case.typed("rules add"),
                case.typed("rules list")
            ),
        ));
    };
    if pages
        .of_rule(page.slug())
        .is_some_and(|it| it.id == page.id)
    {
        let words = format!("{} is in force already, word for word.", page.slug());
        return private(said(&words, ""));
    }
    match step(case, page.slug(), Some(page.clone())) {
        Ok(step) => decided(case, step, at),
        Err(refusal) => private(refusal),
    }
}

fn remove(case: &Case<'_>, rule: &str, at: Option<&str>) -> Turn {
    let pages = &case.situation.workspace.rules;
    if pages.of_rule(rule).is_none() {
        return private(listed::no_own(case, rule));
    }
    match step(case, rule, None) {
        Ok(step) => decided(case, step, at),
        Err(refusal) => private(refusal),
    }
}

/// The step, where the rules hold together after it.
fn step(case: &Case<'_>, slug: &str, page: Option<OwnPage>) -> Result<Step, Document> {
    let pages = &case.situation.workspace.rules;
    let at = case.situation.now;
    let page = page.map(|page| OwnPage {
        by: case.situation.actor.person.clone(),
        at,
        ..page
    });
    let (after, gone) = match &page {
        Some(page) => pages.with(page.clone()),
        None => pages.without(slug, at),
    };
    let rules = compiled(case, &after, &[]).map_err(|errors| broken(case, &errors))?;
    Ok(Step {
        slug: slug.to_owned(),
        page,
        after,
        gone,
        rules,
    })
}

/// The rules with these pages in force; the texts of new ones among `new`.
fn compiled(
    case: &Case<'_>,
    pages: &OwnPages,
    new: &[PageText],
) -> Result<RuleSet, Vec<PageError>> {
    let texts = new.iter().chain(&case.situation.pages);
    let text_of = |id: &str| {
        texts
            .clone()
            .find(|it| it.id == id)
            .map(|it| it.text.as_str())
    };
    let found = pages.in_force.iter();
    // What cannot be used keeps nothing else from being mended.
    let Situation {
        workspace, unused, ..
    } = case.situation;
    let is_unused = |page: &OwnPage| {
        let is_left_out = unused.iter().any(|it| it.name == page.name);
        is_left_out && workspace.rules.in_force.iter().any(|it| it.id == page.id)
    };
    let found: Vec<(String, &str)> = found
        .filter(|page| !is_unused(page))
        .filter_map(|page| Some((page.path(), text_of(&page.id)?)))
        .collect();
    let given: Vec<_> = found
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    case.situation.base.with_own_one_by_one(&given)
}

/// Done where it was shown under the rules that hold now; else shown.
fn decided(case: &Case<'_>, step: Step, at: Option<&str>) -> Turn {
    let state = case.situation.workspace.rules.state();
    match at {
        Some(at) if at == state => done(case, step),
        Some(_) => private(preview::of(
            case,
            &step,
            "Nothing was changed: the workspace's own rules are others by now.",
        )),
        None => private(preview::of(case, &step, "Nothing is changed yet.")),
    }
}

/// Puts the page in force, or takes it out, and says so to everybody here.
fn done(case: &Case<'_>, step: Step) -> Turn {
    let state = step.after.state();
    let before = case.situation.workspace.rules.of_rule(&step.slug);
    let (headline, what) = match &step.page {
        Some(page) => (
            format!(
                "The rule {} is in force in every channel of the workspace.",
                step.slug
            ),
            page.title.clone(),
        ),
        None => (
            format!(
                "The rule {} is out of force in every channel of the workspace.",
                step.slug
            ),
            before.map_or_else(String::new, |page| page.title.clone()),
        ),
    };
    let back = match before {
        Some(before) => OwnRules::Use {
            id: before.id.clone(),
            at: Some(state),
        },
        None => OwnRules::Remove {
            rule: step.slug.clone(),
            at: Some(state),
        },
    };
    let mut buttons = vec![button("Undo", Intent::OwnRules(back).words())];
    if step.page.is_some() {
        buttons.push(button("Its page", format!("explain {}", step.slug)));
    }
    buttons.push(button("Check the plan", "check"));
    let document = Document {
        headline,
        blocks: vec![
            Block::Paragraph(vec![Inline::plain(what)]),
            Block::Note(vec![
                Inline::plain("By "),
                Inline::Person(case.situation.actor.person.clone()),
                Inline::plain(" · beside the rules of the program, which nobody can take out"),
            ]),
            Block::Actions(buttons),
        ],
    };
    let mut workspace = case.situation.workspace.clone();
    workspace.rules = step.after;
    Turn {
        workspace: Some(workspace),
        kept: step.gone.into_iter().map(Kept::PageGone).collect(),
        ..case::said(Audience::Everyone, document)
    }
}

/// How many faults are told.
const MOST_FAULTS: usize = 5;

/// What keeps the rules from holding together.
fn broken(case: &Case<'_>, errors: &[PageError]) -> Document {
    let lines = errors.iter().take(MOST_FAULTS);
    let lines = lines.map(|error| vec![Inline::plain(error.to_string())]);
    Document {
        headline: "Nothing was changed, because a page would not hold:".to_owned(),
        blocks: vec![
            Block::Bullets(lines.collect()),
            Block::Note(vec![
                Inline::plain("A page to begin with: "),
                case.code("rules add"),
            ]),
        ],
    }
}
