//! `plans` and `fork`: the channel's plan and its variants. A plan belongs to its channel; what is
//! tried beside it is a variant, and a fork is one that keeps every answer as it is today.

use super::Turn;
use super::act::{self, said};
use super::case::{Case, button, private};
use super::prose::{counted, sentence};
use super::scenario;
use crate::plan::{self, Item, Plan, Scenario, ScenarioAnswer};
use crate::render::{Block, Document, Inline};

/// The most answers that all variants of a plan hold together: the plan is read and written as one.
const MOST_ANSWERS: usize = 1_000;

/// Copies the plan into a variant that stays as it is when the plan goes on.
pub(super) fn turn(case: &Case<'_>, name: &str) -> Turn {
    if let Some(refusal) = scenario::no_room(case, name) {
        return private(refusal);
    }
    if case.plan.answered() == 0 {
        return private(said(
            "There is nothing to copy yet: the plan is empty.",
            &format!("Say one thing first: `{}`", case.typed("set price $49/mo")),
        ));
    }
    let held: usize = case.plan.scenarios().map(|it| it.answers.len()).sum();
    if held + case.plan.answered() > MOST_ANSWERS {
        return private(said(
            &format!(
                "All variants together hold {MOST_ANSWERS} answers at most; this copy would be beyond that."
            ),
            &format!("Drop one first: `{}`", case.typed("scenario list")),
        ));
    }
    let answers = case
        .plan
        .answers()
        .map(|(field, segment, answer)| ScenarioAnswer {
            field: field.name.to_owned(),
            segment: segment.cloned(),
            answer: Some(answer.clone()),
        });
    let mut answers: Vec<_> = answers.collect();
    answers.sort_by(|one, two| (&one.field, &one.segment).cmp(&(&two.field, &two.segment)));
    let fork = Scenario {
        name: name.to_owned(),
        answers,
    };
    let made = plan::put_item(&case.plan, Item::Scenario(fork), &case.author());
    let mut turn = act::turn(case, made, &format!("Copied the plan into {name}."), "");
    if !turn.changes.is_empty() {
        let works = case.typed(&format!("scenario save {name} price $29/mo"));
        let blocks = &mut turn.reply.document.blocks;
        blocks.push(Block::Note(sentence(&format!(
            "It keeps these answers while the plan goes on. To change one in it: `{works}`"
        ))));
        blocks.push(Block::Actions(vec![button("All variants", "plans")]));
    }
    turn
}

/// The plan and its variants, with how each stands.
pub(super) fn plans(case: &Case<'_>) -> Document {
    let scenarios: Vec<_> = case.plan.scenarios().collect();
    let mut lines = vec![line("The plan", stands(case, &case.plan))];
    for scenario in &scenarios {
        let variant = case.plan.under(scenario);
        let n = plan::difference(&case.plan, &variant).len();
        let differs = match n {
            0 => "as the plan".to_owned(),
            n => format!("differs in {}", counted(n, "place")),
        };
        let stands = stands(case, &variant);
        lines.push(line(&scenario.name, format!("{differs} · {stands}")));
    }
    let mut blocks = vec![Block::Bullets(lines)];
    blocks.push(Block::Note(sentence(&format!(
        "A plan belongs to its channel, so another product has its plan in a channel of its own; another kind of customer is a segment (`{}`) or a copy to try (`{}`).",
        case.typed("segment add smb"),
        case.typed("fork enterprise")
    ))));
    let buttons = scenarios.iter().take(4).map(|it| {
        button(
            format!("Compare {}", super::prose::cut(&it.name, 20)),
            format!("scenario compare {}", it.name),
        )
    });
    let buttons: Vec<_> = buttons.collect();
    if !buttons.is_empty() {
        blocks.push(Block::Actions(buttons));
    }
    Document {
        headline: match scenarios.len() {
            0 => "This channel has its plan and no variant of it.".to_owned(),
            n => format!(
                "This channel has its plan and {} of it.",
                counted(n, "variant")
            ),
        },
        blocks,
    }
}

fn line(name: &str, stands: String) -> Vec<Inline> {
    vec![Inline::strong(format!("{name}: ")), Inline::plain(stands)]
}

/// How much is answered, and how much of it does not add up.
fn stands(case: &Case<'_>, plan: &Plan) -> String {
    let results = case.results_after(plan, &[]);
    let found = results
        .iter()
        .filter(|it| it.is_open_finding() && !it.is_absence())
        .count();
    let found = match found {
        0 => "nothing found".to_owned(),
        n => counted(n, "finding"),
    };
    format!("{} answered, {found}", counted(plan.answered(), "field"))
}
