//! What goes to one person, and what a channel is asked first.

use super::super::testing::{Talk, text};
use super::super::{Audience, PlanRecord, Readers, Said, SeenPlan};
use crate::ident::{Channel, Person};
use crate::intent::Personal;

/// A plan that somebody may see, as the turns gather it.
fn seen(channel: &str, name: &str, commands: &[&str]) -> SeenPlan {
    let talk = Talk::after(commands);
    SeenPlan {
        channel: Channel::new(channel),
        name: name.to_owned(),
        begun: talk.changes.first().map(|change| change.at),
        record: PlanRecord {
            plan: talk.plan.expect("a plan"),
            tail: talk.changes,
        },
        snapshots: Vec::new(),
    }
}

/// Somebody in two channels: one plan contradicts itself, one does not.
fn leader() -> Talk {
    let mut talk = Talk::new();
    talk.plans = Some(vec![
        seen(
            "C1",
            "calm",
            &["set plan.name Calm", "set price $49/mo", "set motion plg"],
        ),
        seen(
            "C2",
            "loud",
            &["set plan.name Loud", "set price $49/mo", "set motion field"],
        ),
    ]);
    talk
}

fn due(talk: &mut Talk, about: Personal) -> super::super::Turn {
    let period = talk
        .digest
        .as_ref()
        .and_then(|it| it.next)
        .expect("it is on");
    talk.now = talk.now.max(period);
    talk.turn(Said::PersonalDue { about, period })
}

#[test]
fn a_roll_up_begins_with_what_needs_attention_and_comes_again_on_change() {
    let mut talk = leader();
    let on = talk.says("rollup mondays 8am Berlin");
    assert!(
        on.starts_with("[only you] The roll-up comes to you alone"),
        "{on}"
    );
    let first = due(&mut talk, Personal::Rollup);
    assert_eq!(first.reply.audience, Audience::Asker);
    insta::assert_snapshot!(text(&first));
    let same = due(&mut talk, Personal::Rollup);
    assert_eq!(
        same.reply.audience,
        Audience::Nobody,
        "nothing is different"
    );
    let commands = [
        "set plan.name Loud",
        "set price $49/mo",
        "set motion field",
        "set customers 3",
    ];
    talk.plans.as_mut().expect("plans")[1] = seen("C2", "loud", &commands);
    let other = due(&mut talk, Personal::Rollup);
    assert_eq!(other.reply.audience, Audience::Asker);
}

#[test]
fn three_hundred_plans_are_a_screen_and_a_count_and_none_are_a_sentence() {
    let commands = ["set plan.name Calm", "set price $49/mo", "set motion plg"];
    let calm = seen("C", "calm", &commands);
    let mut talk = leader();
    let mut plans: Vec<_> = (0..300)
        .map(|n| SeenPlan {
            channel: Channel::new(format!("C{n}")),
            ..calm.clone()
        })
        .collect();
    plans.extend(talk.plans.take().into_iter().flatten());
    talk.plans = Some(plans);
    let said = talk.says("rollup now");
    let mut lines = said.lines();
    let first = lines.next().expect("a headline");
    assert!(
        first.contains("302 plans; 1 has something to settle."),
        "{said}"
    );
    let loudest = said.lines().find(|line| line.starts_with("• "));
    assert!(loudest.is_some_and(|it| it.contains("#loud")), "{said}");
    assert!(
        said.contains("And 282 more plans, which need less."),
        "{said}"
    );
    assert!(said.lines().count() < 30, "{said}");

    talk.plans = Some(Vec::new());
    let said = talk.says("rollup now");
    assert!(
        said.contains("There is no plan yet in any channel that you are in."),
        "{said}"
    );
}

#[test]
fn where_nobody_can_say_what_they_may_see_nothing_is_shown() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    let said = talk.says("rollup now");
    assert!(said.contains("I show none"), "{said}");
}

#[test]
fn a_nudge_names_what_is_overdue_and_mine_and_rests_where_nothing_is() {
    let mut talk = Talk::new();
    let mine = [
        "set price $49/mo",
        "assume price $49/mo until 2026-03-05",
        "owner pricing @U1",
        "set plan.owner @U1",
        "decide Monthly or annual? monthly | annual",
    ];
    talk.plans = Some(vec![
        seen("C1", "mine", &mine),
        seen("C2", "other", &["set price $9/mo"]),
    ]);
    talk.says("nudge mondays 9am Berlin");
    let nudged = text(&due(&mut talk, Personal::Nudge));
    insta::assert_snapshot!(nudged);
    talk.plans = Some(vec![seen("C2", "other", &["set price $9/mo"])]);
    let rests = due(&mut talk, Personal::Nudge);
    assert_eq!(rests.reply.audience, Audience::Nobody);
    let status = talk.says("nudge status");
    let told = "not posted: nothing of yours was overdue";
    assert!(status.contains(told), "{status}");
    assert!(talk.says("nudge off").contains("I send you none any more"));
}

#[test]
fn a_nudge_reaches_who_looks_after_the_section_and_says_what_it_is_about() {
    let mut talk = Talk::new().under_the_built_in_rules();
    let plan = [
        "set price $49/mo",
        "assume price $49/mo until 2026-03-05",
        "owner pricing @U1",
        "set plan.owner @U2",
        "set channel start dates seo 2025-01-01",
        "set last review 2025-01-10",
    ];
    talk.plans = Some(vec![seen("C1", "sales", &plan)]);
    talk.now = "2026-03-09T10:00:00Z".parse().expect("an instant");
    let nudged = talk.says("nudge now");
    assert!(nudged.contains("1 thing of yours waits"), "{nudged}");
    assert!(
        nudged.contains("#sales: To be validated: price was due on 2026-03-05"),
        "{nudged}"
    );
    talk.person = Person::new("U2");
    let nudged = talk.says("nudge now");
    assert!(nudged.contains("2 things of yours wait"), "{nudged}");
    for words in [
        "#sales: The review of the plan: overdue since 2025-07-10",
        "#sales: A channel to judge: SEO",
    ] {
        assert!(nudged.contains(words), "{nudged}");
    }
}

#[test]
fn a_nudge_begins_with_what_has_waited_longest_in_any_plan() {
    let mut talk = Talk::new();
    let of = |day: &str| {
        let assume = format!("assume price $49/mo until 2026-{day}");
        ["set price $49/mo", &assume, "set plan.owner @U1"].map(str::to_owned)
    };
    let plans = [("C1", "03-05"), ("C2", "03-02"), ("C3", "03-03")];
    let plans = plans.map(|(channel, day)| {
        let commands = of(day);
        let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
        seen(channel, channel, &commands)
    });
    talk.plans = Some(plans.to_vec());
    talk.says("nudge mondays 9am Berlin");
    let nudged = text(&due(&mut talk, Personal::Nudge));
    let order: Vec<_> = ["2026-03-02", "2026-03-03", "2026-03-05"]
        .map(|day| nudged.find(day))
        .to_vec();
    assert!(order[0].is_some() && order.is_sorted(), "{nudged}");
}

#[test]
fn where_nobody_can_say_who_reads_a_channel_it_is_asked_first() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    talk.readers = Readers::Unknown;
    let said = talk.says("digest on");
    assert!(
        said.contains("Slack did not say who reads this channel"),
        "{said}"
    );
    assert!(said.contains("digest anyway"), "{said}");
    assert!(talk.digest.is_none());
}

#[test]
fn a_channel_that_everybody_reads_is_asked_first() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    talk.readers = Readers::Everybody;
    for words in ["digest on", "digest mondays 9am Berlin"] {
        let said = talk.says(words);
        assert!(said.contains("everybody in the workspace reads"), "{said}");
        assert!(talk.digest.is_none());
    }
    let unread = talk.says("digest mondays 9am Atlantis");
    assert!(unread.contains("atlantis"), "{unread}");
    let on = talk.says("digest anyway mondays 9am Berlin");
    assert!(
        on.contains("The digest is posted here every Monday"),
        "{on}"
    );
}

#[test]
fn a_digest_is_offered_once_with_the_first_check() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    let offers = |said: String| said.contains("digest on");
    assert!(offers(talk.says("check")));
    talk.says("set motion plg");
    assert!(!offers(talk.says("check")));
    assert!(talk.digest.is_none());
}
