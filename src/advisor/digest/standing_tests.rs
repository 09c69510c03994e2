//! What `digest status` and a preview say of what will happen, and that it happens.

use super::super::testing::{Talk, text};
use crate::digest::Outcome;
use crate::ident::Person;

/// A plan with a digest on Mondays, which `U1` has set.
fn talk() -> Talk {
    let mut talk = Talk::after(&["set price $49/mo", "set motion field"]);
    talk.says("digest mondays 9am Berlin");
    talk
}

/// `U2` says it.
fn other_says(talk: &mut Talk, words: &str) -> String {
    let me = std::mem::replace(&mut talk.person, Person::new("U2"));
    let said = talk.says(words);
    talk.person = me;
    said
}

fn outcomes(talk: &Talk) -> Vec<Outcome> {
    let standing = talk.digest.as_ref().expect("it is set");
    let all = standing.earlier.iter().chain(&standing.last);
    all.map(|last| last.outcome).collect()
}

fn holds(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "{words:?} is not in: {said}");
    }
}

#[test]
fn what_is_skipped_is_told_before_and_after_with_whoever_wanted_it() {
    let mut talk = talk();
    let skipped = other_says(&mut talk, "digest skip");
    holds(
        &skipped,
        &[
            "of Monday, 2026-03-09, is skipped.",
            "skipped by name of U2",
            "/gtm digest on takes it back",
        ],
    );
    talk.says("set acv $150k");
    let status = talk.says("digest status");
    let expected = [
        "the next one is skipped.",
        "Skipped by",
        "name of U2, 2026-03-02",
        "Next",
        "2026-03-16 08:00 UTC",
        "name of U1, 2026-03-02",
    ];
    holds(&status, &expected);
    let preview = talk.says("digest now --dry-run");
    holds(
        &preview,
        &[
            "This would not be posted: the next one is skipped by name of U2. Next: 2026-03-16 08:00 UTC",
        ],
    );
    talk.pass("2026-03-17T12:00:00Z");
    assert_eq!(outcomes(&talk), [Outcome::Skipped, Outcome::Posted]);
    let status = talk.says("digest status");
    holds(
        &status,
        &[
            "2026-03-16 08:00 UTC, posted",
            "2026-03-09 08:00 UTC, skipped by name of U2",
        ],
    );
    assert!(!status.contains("takes it back"), "{status}");
}

#[test]
fn two_skips_are_two_and_switching_it_on_takes_them_back() {
    let mut talk = talk();
    talk.says("digest skip");
    holds(
        &talk.says("digest skip"),
        &["of Monday, 2026-03-16, is skipped."],
    );
    holds(&talk.says("digest status"), &["2026-03-23 08:00 UTC"]);
    talk.says("digest on");
    let status = talk.says("digest status");
    holds(&status, &["2026-03-09 08:00 UTC"]);
    assert!(!status.contains("kipped"), "{status}");
}

#[test]
fn while_it_sleeps_each_period_says_so() {
    let mut talk = talk();
    talk.says("digest quiet always");
    talk.now += jiff::SignedDuration::from_mins(1);
    let slept = other_says(&mut talk, "digest snooze until 2026-03-24");
    holds(
        &slept,
        &[
            "The digest rests until 2026-03-24.",
            "snoozed by name of U2",
        ],
    );
    holds(
        &talk.says("digest"),
        &[
            "rests until 2026-03-24; then it is posted here every Monday",
            "Snoozed by",
            "2026-03-30 07:00 UTC",
        ],
    );
    holds(
        &talk.says("digest preview"),
        &["This would not be posted: the digest rests, snoozed by name of U2."],
    );
    let turns = talk.pass("2026-03-31T12:00:00Z");
    let digest = text(turns.last().expect("the one of the 30th"));
    holds(&digest, &["The last 5 weeks (2 Mar to 30 Mar)."]);
    let slept = Outcome::Snoozed;
    assert_eq!(outcomes(&talk), [slept, slept, slept, Outcome::Posted]);
    holds(
        &talk.says("digest"),
        &["2026-03-23 08:00 UTC, snoozed by name of U2 · 2026-03-16"],
    );
}

#[test]
fn in_a_muted_channel_the_status_gives_no_day_and_says_who_muted_it() {
    let mut talk = talk();
    talk.says("set acv $150k");
    other_says(&mut talk, "mode mute");
    let status = talk.says("digest status");
    holds(
        &status,
        &[
            "The digest is not posted while I am muted here; otherwise every Monday",
            "Muted by",
            "U2",
            "/gtm mode mention takes it back",
        ],
    );
    assert!(!status.contains("Next"), "{status}");
    holds(
        &talk.says("digest preview"),
        &["This would not be posted: I am muted here by name of U2."],
    );
    talk.pass("2026-03-10T12:00:00Z");
    assert_eq!(outcomes(&talk), [Outcome::Muted]);
    holds(
        &talk.says("digest status"),
        &["not posted: I was muted here by name of U2"],
    );
}

#[test]
fn a_preview_says_what_the_period_then_does() {
    let would_not = "This would not be posted: ";
    let mut talk = Talk::after(&["set price $49/mo"]);
    holds(
        &talk.says("digest preview"),
        &[would_not, "nobody has switched the digest on here"],
    );
    talk.says("digest mondays 9am Berlin");
    for (at, is_posted) in [("09", false), ("16", false), ("23", false), ("30", true)] {
        let preview = talk.says("digest preview");
        assert_eq!(!preview.contains(would_not), is_posted, "{preview}");
        talk.pass(&format!("2026-03-{at}T12:00:00Z"));
        assert_eq!(
            outcomes(&talk).pop() == Some(Outcome::Posted),
            is_posted,
            "{at}"
        );
    }
    talk.says("set motion field");
    holds(
        &talk.says("digest preview"),
        &["This is how it would be posted. Next: 2026-04-06"],
    );
    talk.says("digest off");
    holds(
        &talk.says("digest preview"),
        &[would_not, "the digest is off."],
    );
}

#[test]
fn a_plan_that_is_gone_ends_it_quietly_and_one_that_comes_is_waited_for() {
    let mut talk = Talk::new();
    talk.says("digest mondays 9am Berlin");
    assert!(
        talk.pass("2026-03-16T12:00:00Z")
            .iter()
            .all(|turn| turn.reply.audience == super::super::Audience::Nobody)
    );
    assert_eq!(outcomes(&talk), [Outcome::NoPlan, Outcome::NoPlan]);
    holds(
        &talk.says("digest status"),
        &["2026-03-23 08:00 UTC", "not posted: there was no plan"],
    );
    talk.says("set price $49/mo");
    talk.pass("2026-03-23T12:00:00Z");
    assert_eq!(outcomes(&talk).pop(), Some(Outcome::Posted));
    talk.plan = None;
    let last = talk.pass("2026-06-30T12:00:00Z");
    assert_eq!(
        last.len(),
        1,
        "it ends with the first period without a plan"
    );
    holds(
        &talk.says("digest status"),
        &["The digest rests: the channel's plan is gone."],
    );
}

#[test]
fn names_ping_only_where_somebody_asked_for_that_and_it_is_told_who() {
    let pinged = |talk: &mut Talk| {
        talk.says("set acv $150k");
        let turns = talk.pass("2026-03-10T12:00:00Z");
        format!("{:?}", turns.last().expect("a digest").reply.document).contains("Ping(")
    };
    assert!(!pinged(&mut talk()));
    let mut asked = talk();
    let said = other_says(&mut asked, "digest names ping");
    holds(&said, &["From now on the digest pings whom it names."]);
    let undo = "/gtm digest names plain takes it back";
    holds(
        &asked.says("digest status"),
        &["Names ping, set by", "name of U2", undo],
    );
    assert!(pinged(&mut asked));
    let mut undone = talk();
    undone.says("digest names ping");
    undone.says("digest names plain");
    assert!(!undone.says("digest status").contains("Names ping"));
    assert!(!pinged(&mut undone));
    holds(&undone.says("digest names"), &["digest names plain"]);
}

/// Whoever changes something else has not said when it comes, and is told for what they did.
#[test]
fn who_set_when_it_comes_stays_whatever_others_change() {
    let mut talk = talk();
    let minute = jiff::SignedDuration::from_mins(1);
    for words in [
        "digest names ping",
        "digest quiet always",
        "digest names plain",
    ] {
        talk.now += minute;
        holds(&other_says(&mut talk, words), &["changed by name of U2"]);
        let standing = talk.digest.as_ref().expect("it is set");
        assert_eq!(standing.set_by, Person::new("U1"), "{words}");
    }
    let status = talk.says("digest status");
    let changed = [
        ": it pings nobody · name of U2, 2026-03-02",
        ": it comes also when nothing changed",
        ": it pings whom it names",
    ];
    holds(&status, &changed);
    talk.now += minute;
    holds(
        &other_says(&mut talk, "digest off"),
        &["switched off by name of U2"],
    );
    let standing = talk.digest.as_ref().expect("it is set");
    assert_eq!(standing.set_by, Person::new("U1"));
    let status = talk.says("digest status");
    holds(&status, &["Switched off by", "Set by"]);
}
