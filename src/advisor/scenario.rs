//! `scenario`: variants of the plan that hold what differs, to compare and to adopt.

use super::Turn;
use super::act::{self, said};
use super::case::{Answer, Case, button, private};
use super::consequences;
use super::prose::{capitalised, counted, cut, stopped};
use super::set::Around;
use super::{change, place, set};
use crate::intent::{self, Intent};
use crate::plan::{self, Item, ItemKey, Scenario, ScenarioAnswer};
use crate::render::{Block, Document, Inline};
use crate::text;

/// The most scenarios of a plan.
const MOST: usize = 20;

/// Keeps a variant.
pub(super) fn save(case: &Case<'_>, name: &str, values: &str) -> Turn {
    if found(case, name).is_none()
        && let Some(refusal) = no_room(case, name)
    {
        return private(refusal);
    }
    let answers = match all_differing(case, name, values) {
        Ok(answers) => answers,
        Err(refusal) => return private(refusal),
    };
    let before = found(case, name);
    let mut answers = merged(before, answers);
    answers.retain(|it| {
        // A copy keeps what it says, also where the plan says the same today.
        if before.is_some_and(|before| before.answers.contains(it)) {
            return true;
        }
        let field = plan::field(&it.field);
        field.is_none_or(|field| case.plan.answer(field, it.segment.as_ref()) != it.answer.as_ref())
    });
    if answers.is_empty() {
        return private(said("That is what the plan says, so nothing differs.", ""));
    }
    answers.sort_by(|one, two| (&one.field, &one.segment).cmp(&(&two.field, &two.segment)));
    let scenario = Scenario {
        name: name.to_owned(),
        answers,
    };
    let made = plan::put_item(&case.plan, Item::Scenario(scenario), &case.author());
    let mut turn = act::turn(case, made, "", "The scenario is saved like that already.");
    let compare = button("Compare", format!("scenario compare {name}"));
    turn.reply
        .document
        .blocks
        .push(Block::Actions(vec![compare]));
    turn
}

/// Why there can't be another variant of that name.
pub(super) fn no_room(case: &Case<'_>, name: &str) -> Option<Document> {
    if found(case, name).is_some() {
        let compare = case.typed(&format!("scenario compare {name}"));
        return Some(said(
            &format!("There is a variant {name} already."),
            &format!("What it would change: `{compare}`"),
        ));
    }
    (case.plan.scenarios().count() >= MOST).then(|| {
        let list = case.typed("scenario list");
        said(
            &format!("A plan keeps {MOST} scenarios at most."),
            &format!("Drop one first: `{list}`"),
        )
    })
}

/// What a variant says after `new` was said of it: the rest stays.
fn merged(before: Option<&Scenario>, new: Vec<ScenarioAnswer>) -> Vec<ScenarioAnswer> {
    let mut all: Vec<_> = before.map_or_else(Vec::new, |it| it.answers.clone());
    for answer in new {
        let place =
            |it: &ScenarioAnswer| (&it.field, &it.segment) == (&answer.field, &answer.segment);
        all.retain(|it| !place(it));
        all.push(answer);
    }
    all
}

/// What the parts say, each read within the whole command: a refusal offers all of it again.
fn all_differing(
    case: &Case<'_>,
    name: &str,
    values: &str,
) -> Result<Vec<ScenarioAnswer>, Document> {
    let parts = values.split([';', '\n']).map(str::trim);
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    let read = parts.iter().enumerate().map(|(n, part)| {
        let mut lead = format!("scenario save {name} ");
        for part in &parts[..n] {
            lead.push_str(part);
            lead.push_str("; ");
        }
        let rest = parts[n + 1..].iter();
        let tail: String = rest.flat_map(|part| ["; ", *part]).collect();
        let around = Around {
            lead: &lead,
            tail: &tail,
        };
        differing(case, part, around)
    });
    read.collect()
}

/// `price $29/mo for smb`, or `unset price`.
fn differing(case: &Case<'_>, part: &str, around: Around<'_>) -> Result<ScenarioAnswer, Document> {
    let command = if part.starts_with("unset ") {
        part.to_owned()
    } else {
        format!("set {part}")
    };
    let refused = |problem: String| {
        said(
            &format!(
                "I can't read {}, so nothing was saved.",
                text::quote(part).replace('`', "\"")
            ),
            &stopped(&problem),
        )
    };
    match intent::parse(&command) {
        Ok(Intent::Set { field, value }) => {
            let (segment, value) = set::read(case, field, &value, around)?;
            Ok(ScenarioAnswer {
                field: field.name.to_owned(),
                segment,
                answer: Some(plan::Answer::Known(value)),
            })
        }
        Ok(Intent::Unset { field, segment }) => {
            let typed = place::Typed {
                before: &format!("{}{command}", around.lead),
                behind: around.tail,
            };
            let segment = place::target(case, field, segment.as_ref(), typed)?;
            Ok(ScenarioAnswer {
                field: field.name.to_owned(),
                segment,
                answer: None,
            })
        }
        Ok(_) => Err(refused(
            "A scenario holds fields and values, such as `price $29/mo`".to_owned(),
        )),
        Err(error) => Err(refused(error.problem)),
    }
}

pub(super) fn found<'c>(case: &'c Case<'_>, name: &str) -> Option<&'c Scenario> {
    let mut scenarios = case.plan.scenarios();
    scenarios.find(|scenario| scenario.name == name)
}

pub(super) fn missing(case: &Case<'_>, name: &str) -> Document {
    let names: Vec<_> = case.plan.scenarios().map(|it| it.name.clone()).collect();
    let more = match names.as_slice() {
        [] => {
            let works = case.typed("scenario save cheaper price $29/mo");
            format!("There is none yet. For example `{works}`")
        }
        names => format!("There are {}.", names.join(", ")),
    };
    said(&format!("There is no scenario \"{name}\"."), &more)
}

/// The variants, one a line.
pub(super) fn list(case: &Case<'_>) -> Document {
    let scenarios: Vec<_> = case.plan.scenarios().collect();
    if scenarios.is_empty() {
        let works = case.typed("scenario save cheaper price $29/mo");
        return said(
            "There is no scenario yet.",
            &format!("To keep a variant: `{works}`"),
        );
    }
    let lines = scenarios.iter().map(|scenario| {
        let differs = steps(case, scenario);
        vec![
            Inline::strong(format!("{}: ", scenario.name)),
            Inline::plain(cut(&differs.join("; "), 200)),
        ]
    });
    Document {
        headline: format!("{}:", counted(scenarios.len(), "scenario")),
        blocks: vec![Block::Bullets(lines.collect())],
    }
}

/// What a scenario would change in the plan as it is now, one line each.
fn steps(case: &Case<'_>, scenario: &Scenario) -> Vec<String> {
    let edits = plan::difference(&case.plan, &case.plan.under(scenario));
    edits
        .iter()
        .map(|edit| change::edit_line(case, edit))
        .collect()
}

/// What a variant changes, and what the check says of it.
pub(super) fn compare(case: &Case<'_>, name: &str) -> Answer {
    let scenario = found(case, name).ok_or_else(|| missing(case, name))?;
    let lines = steps(case, scenario);
    if lines.is_empty() {
        return Ok(said(
            &format!("{} is what the plan says by now.", capitalised(name)),
            "",
        ));
    }
    let told = lines
        .iter()
        .take(MOST)
        .map(|line| vec![Inline::plain(line)])
        .collect();
    let mut blocks = vec![Block::Bullets(told)];
    let follows = consequences::blocks(case, &case.plan.under(scenario), &[]);
    if follows.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::plain(
            "The check would say the same.",
        )]));
    }
    blocks.extend(follows);
    blocks.push(Block::Actions(vec![
        button(
            "Adopt",
            format!("scenario adopt {name} at {}", case.plan.version()),
        ),
        button("Drop", format!("scenario drop {name}")),
    ]));
    let headline = format!(
        "Scenario {name} would change {}:",
        counted(lines.len(), "thing")
    );
    Ok(Document { headline, blocks })
}

/// Forgets a variant.
pub(super) fn drop(case: &Case<'_>, name: &str) -> Turn {
    if found(case, name).is_none() {
        return private(missing(case, name));
    }
    let key = ItemKey::Scenario(name.to_owned());
    let made = plan::take_item(&case.plan, &key, &case.author());
    act::turn(case, made, "", "It is gone already.")
}
