//! What people read about a change of what stands beside the answers: notes on values, owners,
//! waivers, thresholds, the baseline, decisions, scenarios, the approval.

use super::case::Case;
use super::prose::{capitalised, counted, cut};
use super::threshold;
use crate::ident::Person;
use crate::plan::{
    self, About, Approval, Decision, Item, Scenario, SectionOwner, ThresholdSetting, Trigger,
    Waiver,
};
use crate::render::Inline;

/// A reason longer than this is cut in a line.
const LINE: usize = 120;

/// One line about the step from `old` to `new`; people stand in it as `@U1`, for [`peopled`].
pub(super) fn line(case: &Case<'_>, old: Option<&Item>, new: Option<&Item>) -> String {
    match (old, new) {
        (old, Some(new)) => put(case, old, new),
        (Some(old), None) => taken(case, old),
        (None, None) => "Nothing changed".to_owned(),
    }
}

fn put(case: &Case<'_>, old: Option<&Item>, new: &Item) -> String {
    match new {
        Item::About(it) => about(case, it),
        Item::Owner(SectionOwner { component, owner }) => {
            format!("{} is looked after by {owner}", capitalised(component))
        }
        Item::Waiver(it) => waiver(case, it),
        Item::Threshold(it) => threshold(case, it),
        Item::Baseline(it) => {
            // What another finding tells is not counted, as it is not in a check.
            let results = case.results();
            let folded = results.iter().filter(|result| {
                result.folded_into.is_some() && it.findings.contains_key(&result.key())
            });
            let n = it.findings.len() - folded.count();
            format!("Accepted {} as the baseline", counted(n, "finding"))
        }
        Item::Decision(it) => match old {
            Some(Item::Decision(before)) => decided(before, it),
            // Put up and settled between two looks.
            _ if it.decided.is_some() => {
                let asked = cut(&it.question, LINE);
                let end = it.decided.as_ref().map_or("", |end| &end.option);
                format!("Decided {}: {end} ({asked})", it.id)
            }
            _ => format!("{} is up for decision: {}", it.id, cut(&it.question, LINE)),
        },
        Item::Scenario(it) => saved(it),
        Item::Trigger(it) => fired(it),
        Item::Approval(it) => match old {
            Some(Item::Approval(before)) if before.objections.len() < it.objections.len() => {
                objected(it)
            }
            Some(Item::Approval(before)) if before.objections.len() > it.objections.len() => {
                let n = counted(it.objections.len(), "objection");
                format!("An objection to the approval is taken back; {n} left")
            }
            _ => format!("Approved: the plan as it is (sheet {})", short(&it.hash)),
        },
    }
}

fn taken(case: &Case<'_>, old: &Item) -> String {
    match old {
        Item::About(it) => format!("{} {}", place(case, it), no_longer(it)),
        Item::Owner(it) => format!("{} has no owner any more", capitalised(&it.component)),
        Item::Waiver(it) => {
            let segment = case.for_segment(it.segment.as_ref());
            format!("`{}`{segment} is no longer waived", it.rule)
        }
        Item::Threshold(it) => {
            format!(
                "Threshold {}.{} is no longer set in this channel",
                it.rule, it.param
            )
        }
        Item::Baseline(_) => "There is no baseline any more".to_owned(),
        Item::Decision(it) => format!("{} is withdrawn", it.id),
        Item::Scenario(it) => format!("Scenario {} is gone", it.name),
        Item::Trigger(it) => format!("Trigger {} is taken back", it.id),
        Item::Approval(_) => "Unlocked: the plan can change again".to_owned(),
    }
}

fn place(case: &Case<'_>, about: &About) -> String {
    let label = plan::field(&about.field)
        .map_or_else(|| about.field.clone(), |field| capitalised(&field.label()));
    format!("{label}{}", case.for_segment(about.segment.as_ref()))
}

/// `is no longer an assumption, to be validated by 2026-05-01`.
fn no_longer(about: &About) -> String {
    let until = about.validate_by;
    let until = until.map_or_else(String::new, |date| format!(", to be validated by {date}"));
    match about.certainty {
        Some(certainty) => format!("is no longer {}{until}", named(certainty)),
        None => "has no note any more".to_owned(),
    }
}

/// `an assumption`.
fn named(certainty: plan::Certainty) -> String {
    let article = if certainty == plan::Certainty::Assumption {
        "an"
    } else {
        "a"
    };
    format!("{article} {}", certainty.as_str())
}

/// `Price is an assumption, to be validated by 2026-05-01; looked after by @ana`.
fn about(case: &Case<'_>, about: &About) -> String {
    let place = place(case, about);
    let mut said = Vec::new();
    if let Some(certainty) = about.certainty {
        said.push(format!("is {}", named(certainty)));
    }
    if let Some(date) = about.validate_by {
        said.push(format!("to be validated by {date}"));
    }
    if let Some(owner) = &about.owner {
        said.push(format!("looked after by {owner}"));
    }
    if let Some(source) = &about.source {
        said.push(format!("from {}", cut(source, LINE)));
    }
    format!("{place} {}", said.join(", "))
}

fn waiver(case: &Case<'_>, waiver: &Waiver) -> String {
    let segment = case.for_segment(waiver.segment.as_ref());
    let until = waiver.until;
    let until = until.map_or_else(String::new, |date| format!(" until {date}"));
    let reason = cut(&waiver.reason, LINE);
    format!("Waived `{}`{segment}{until}: {reason}", waiver.rule)
}

fn threshold(case: &Case<'_>, own: &ThresholdSetting) -> String {
    let reason = cut(&own.reason, LINE);
    format!(
        "Threshold {}.{} is {} here, because {reason}",
        own.rule,
        own.param,
        threshold::shown(case, own)
    )
}

fn decided(before: &Decision, now: &Decision) -> String {
    let id = &now.id;
    match (&before.decided, &now.decided) {
        (None, Some(end)) => format!("Decided {id}: {}", end.option),
        (Some(was), Some(end)) if was != end => {
            format!("Decided {id} anew: {} → {}", was.option, end.option)
        }
        (Some(_), None) => format!("{id} is open again: {}", cut(&now.question, LINE)),
        _ if before.votes == now.votes => {
            let options = now.options.join(" | ");
            format!("{id} asks now: {} {options}", cut(&now.question, LINE))
        }
        _ => {
            let counted: Vec<_> = now
                .count()
                .iter()
                .map(|(o, n)| format!("{o} {n}"))
                .collect();
            format!("Vote on {}: {}", now.id, counted.join(", "))
        }
    }
}

fn saved(scenario: &Scenario) -> String {
    let own = counted(scenario.answers.len(), "answer");
    format!("Scenario {} saved with {own} of its own", scenario.name)
}

fn fired(trigger: &Trigger) -> String {
    let what = cut(&trigger.what, LINE);
    format!("Trigger {} fired on {}: {what}", trigger.id, trigger.on)
}

fn objected(approval: &Approval) -> String {
    let last = approval.objections.last();
    last.map_or_else(String::new, |it| {
        format!(
            "{} objects to the approval: {}",
            it.by,
            cut(&it.reason, LINE)
        )
    })
}

/// The beginning of a content hash, which is enough to tell sheets apart.
pub(super) fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// Whether the word is the id of a person of the workspace, such as `@U1`.
fn person(word: &str) -> Option<Person> {
    let id = word.strip_prefix('@')?;
    let is_id = id.starts_with(['U', 'W'])
        && id.len() > 1
        && id
            .chars()
            .skip(1)
            .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    is_id.then(|| Person::new(id))
}

/// The words with people as people, so that they are shown by name.
pub(super) fn peopled(words: &str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let mut plain = String::new();
    for word in words.split_inclusive(' ') {
        let bare = word.trim_end_matches([' ', ',', ';', ':', '.']);
        match person(bare) {
            Some(person) => {
                if !plain.is_empty() {
                    inlines.push(Inline::plain(std::mem::take(&mut plain)));
                }
                inlines.push(Inline::Person(person));
                plain.push_str(&word[bare.len()..]);
            }
            None => plain.push_str(word),
        }
    }
    if !plain.is_empty() {
        inlines.push(Inline::plain(plain));
    }
    inlines
}

/// Whether people stand in the line.
pub(super) fn names_people(line: &str) -> bool {
    let mut inlines = peopled(line).into_iter();
    inlines.any(|inline| matches!(inline, Inline::Person(_)))
}

/// The words with people left unnamed, for a place that takes plain words only.
pub(super) fn unpeopled(words: &str) -> String {
    let inlines = peopled(words).into_iter().map(|inline| match inline {
        Inline::Words(words, _) => words,
        _ => "a teammate".to_owned(),
    });
    inlines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_people_and_words_are_words() {
        let inlines = peopled("Pricing is looked after by @U12, not @ana");
        assert_eq!(
            inlines,
            [
                Inline::plain("Pricing is looked after by "),
                Inline::Person(Person::new("U12")),
                Inline::plain(", not @ana"),
            ]
        );
        assert_eq!(unpeopled("owner: @U12."), "owner: a teammate.");
    }
}
