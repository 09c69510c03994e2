//! The decisions and triggers of another plan beside those of this one: its `d1` need not be ours.

use std::collections::BTreeSet;

use super::{Decision, Item, ItemKey, Plan, Trigger};
use crate::text;

/// `other` with its decisions and triggers numbered as `plan` numbers them: what the plan has keeps
/// its number there, what it has not takes one that is free. So nothing is replaced by what only
/// has the same number.
pub(super) fn renumbered(plan: &Plan, other: &Plan) -> Plan {
    let own = plan.items().iter().map(Item::key);
    let mut taken: BTreeSet<ItemKey> = own.collect();
    let mut met = BTreeSet::new();
    let mut items: Vec<Item> = Vec::new();
    for item in other.items() {
        let item = match item {
            Item::Decision(it) => Item::Decision(decision(plan, it, &mut taken, &mut met)),
            Item::Trigger(it) => Item::Trigger(trigger(plan, it, &mut taken, &mut met)),
            other => other.clone(),
        };
        items.push(item);
    }
    items.sort_by_key(Item::key);
    let mut renumbered = other.clone();
    renumbered.sheet.items = items;
    renumbered
}

fn decision(
    plan: &Plan,
    decision: &Decision,
    taken: &mut BTreeSet<ItemKey>,
    met: &mut BTreeSet<ItemKey>,
) -> Decision {
    let asks = text::fold(&decision.question);
    let mut same: Vec<&Decision> = plan
        .decisions()
        .filter(|own| text::fold(&own.question) == asks)
        .collect();
    same.sort_by_key(|own| own.id != decision.id);
    let unmet = |own: &&&Decision| !met.contains(&ItemKey::Decision(own.id.clone()));
    let same = same.iter().find(unmet).copied();
    if let Some(own) = same {
        met.insert(ItemKey::Decision(own.id.clone()));
        return merged(own, decision);
    }
    Decision {
        id: free(&decision.id, 'd', ItemKey::Decision, taken),
        ..decision.clone()
    }
}

/// The decision as the other plan says it; votes and an end that it does not speak of stay.
fn merged(own: &Decision, other: &Decision) -> Decision {
    let mut merged = other.clone();
    merged.id.clone_from(&own.id);
    if merged.votes.is_empty() {
        merged.votes.clone_from(&own.votes);
        merged.votes.retain(|_, vote| other.options.contains(vote));
    }
    merged.asked = merged.asked.or(own.asked);
    if merged.decided.is_none() {
        let end = own.decided.clone();
        merged.decided = end.filter(|end| other.options.contains(&end.option));
    }
    merged
}

fn trigger(
    plan: &Plan,
    trigger: &Trigger,
    taken: &mut BTreeSet<ItemKey>,
    met: &mut BTreeSet<ItemKey>,
) -> Trigger {
    let is_same = |own: &&Trigger| own.what == trigger.what && own.on == trigger.on;
    let key = |own: &Trigger| ItemKey::Trigger(own.id.clone());
    let mut same: Vec<&Trigger> = plan.triggers().filter(is_same).collect();
    same.sort_by_key(|own| own.id != trigger.id);
    let same = same.iter().find(|own| !met.contains(&key(own))).copied();
    if let Some(own) = same {
        met.insert(key(own));
        return Trigger {
            id: own.id.clone(),
            by: trigger.by.clone().or_else(|| own.by.clone()),
            ..trigger.clone()
        };
    }
    Trigger {
        id: free(&trigger.id, 't', ItemKey::Trigger, taken),
        ..trigger.clone()
    }
}

/// The id, if it is free; else the next number.
fn free(
    id: &str,
    letter: char,
    key: impl Fn(String) -> ItemKey,
    taken: &mut BTreeSet<ItemKey>,
) -> String {
    if taken.insert(key(id.to_owned())) {
        return id.to_owned();
    }
    let mut numbers = (1_u64..).map(|n| format!("{letter}{n}"));
    let free = numbers.find(|id| taken.insert(key(id.clone())));
    free.expect("numbers do not end before decisions do")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::author;
    use crate::plan::{FileFormat, import, read_file};

    fn plan(text: &str) -> Plan {
        let today = jiff::civil::date(2026, 3, 4);
        read_file(text, FileFormat::Toml, today).expect("a plan")
    }

    #[track_caller]
    fn check(own: &str, other: &str, expected: &[&str]) {
        let mut own = plan(own);
        let changes = import(&own, &plan(other), &author(1)).expect("it can be imported");
        for change in &changes {
            own.apply(change).expect("it fits");
        }
        let decisions = own.decisions().map(|it| {
            let end = it.decided.as_ref().map_or("open", |end| &end.option);
            format!("{} {} {} {end}", it.id, it.question, it.votes.len())
        });
        let triggers = own.triggers().map(|it| format!("{} {}", it.id, it.what));
        let told: Vec<_> = decisions.chain(triggers).collect();
        assert_eq!(told, expected);
    }

    const OWN: &str = "[[decision]]\nid = \"d1\"\nquestion = \"Price?\"\noptions = [\"a\", \"b\"]\n\
                       votes = { \"@ana\" = \"a\" }\ndecided = \"a\"\n\
                       [[trigger]]\nwhat = \"CAC doubled\"\non = \"2026-02-01\"\n";

    #[test]
    fn another_question_takes_a_free_number_and_leaves_votes_alone() {
        let other = "[[decision]]\nquestion = \"Motion?\"\noptions = [\"x\", \"y\"]\n\
                     [[trigger]]\nwhat = \"a rival\"\non = \"2026-02-02\"\n";
        let expected = [
            "d1 Price? 1 a",
            "d2 Motion? 0 open",
            "t1 CAC doubled",
            "t2 a rival",
        ];
        check(OWN, other, &expected);
    }

    #[test]
    fn the_same_question_is_the_same_decision() {
        let other = "[[decision]]\nid = \"d7\"\nquestion = \"Price?\"\noptions = [\"a\", \"b\"]\n\
                     [[trigger]]\nid = \"t9\"\nwhat = \"CAC doubled\"\non = \"2026-02-01\"\n";
        check(OWN, other, &["d1 Price? 1 a", "t1 CAC doubled"]);
        let other = "[[decision]]\nid = \"d1\"\nquestion = \"Price?\"\noptions = [\"a\", \"b\"]\n\
                     decided = \"b\"\n";
        check(OWN, other, &["d1 Price? 1 b", "t1 CAC doubled"]);
    }
}
