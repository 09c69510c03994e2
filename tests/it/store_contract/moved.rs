//! A channel that goes by another id: all that is kept for it is there under that one.

use gtm_advisor::advisor::{
    Attention, AttentionWrite, Commit, CommitError, DedupKey, DigestWrite, Followed, Kept, Moved,
    StoreError,
};
use gtm_advisor::digest::Standing;
use gtm_advisor::digest::schedule::{Context, Schedule, Zone};
use gtm_advisor::documents::Visible;
use gtm_advisor::ident::Person;
use gtm_advisor::intent::Mode;
use gtm_advisor::plan::{Change, Plan, Version};

use super::Bench;
use super::desk::learned;
use super::fixture::{DAY, at, channel, commit, commit_plan, keys, plan_id, rename, team};

fn moved(from: &str, to: &str, key: &str) -> Moved {
    Moved {
        installation: team(),
        from: channel(from),
        to: channel(to),
        at: at(10),
        dedup: vec![DedupKey(key.to_owned())],
    }
}

fn standing() -> Standing {
    let context = Context {
        zone: Zone::utc(),
        now: at(0),
    };
    let schedule = Schedule::read("mondays 9am", &context).unwrap();
    Standing::begun(schedule, Person::new("U1"), at(0))
}

fn follows(of: &str) -> AttentionWrite {
    AttentionWrite {
        channel: channel(of),
        attention: Attention {
            mode: Mode::Follow,
            ..Attention::default()
        },
    }
}

fn scheduled(of: &str) -> Commit {
    Commit {
        digest: Some(DigestWrite {
            channel: channel(of),
            standing: standing(),
        }),
        ..commit()
    }
}

/// A channel with one thing of each kind.
async fn settled(bench: &Bench) {
    let policy = learned("d1", Visible::Channel(channel("C1")), 1);
    let all = Commit {
        plan: Some(rename(&Plan::new(plan_id("p1")), "C1", &["Atlas"])),
        attention: Some(follows("C1")),
        kept: vec![Kept::Learned(policy)],
        ..scheduled("C1")
    };
    bench.store().commit(all).await.unwrap();
}

pub(super) async fn all_that_is_kept_for_a_channel_follows_it(mut bench: Bench) {
    settled(&bench).await;
    let news = moved("C1", "C9", "event:A1:Ev1");
    let store = bench.store();
    for expected in [Followed::Now, Followed::Before] {
        assert_eq!(store.follow_channel(&news, at(10)).await.unwrap(), expected);
    }
    bench.reopen().await;
    let store = bench.store();
    let (old, new) = (channel("C1"), channel("C9"));
    assert_eq!(store.current_plan(&team(), &old).await.unwrap(), None);
    assert_eq!(
        store.current_plan(&team(), &new).await.unwrap(),
        Some(plan_id("p1"))
    );
    assert_eq!(store.digest(&team(), &old).await.unwrap(), None);
    let due = store.due_digests(at(7 * DAY), 9).await.unwrap();
    let due: Vec<_> = due.iter().map(|it| it.channel.as_str()).collect();
    assert_eq!(due, ["C9"]);
    assert_eq!(store.attention(&team(), &old).await.unwrap(), None);
    let attention = store.attention(&team(), &new).await.unwrap().unwrap();
    assert_eq!(attention.mode, Mode::Follow);
    assert!(store.documents(&team(), &old).await.unwrap().is_empty());
    let documents = store.documents(&team(), &new).await.unwrap();
    let learned = store.learned(&team(), &documents[0]).await.unwrap();
    assert_eq!(learned.unwrap().passages.len(), 40);
    let forgotten = Commit {
        kept: vec![Kept::Forgotten(documents[0].clone())],
        ..commit()
    };
    store.commit(forgotten).await.unwrap();
    let learned = store.learned(&team(), &documents[0]).await.unwrap();
    assert_eq!(learned, None);
}

pub(super) async fn nothing_is_written_under_an_id_that_is_no_more(bench: Bench) {
    settled(&bench).await;
    let store = bench.store();
    let news = moved("C1", "C9", "event:A1:Ev1");
    store.follow_channel(&news, at(10)).await.unwrap();
    let record = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
    let late = [
        commit_plan(rename(&record.plan, "C1", &["Atlas two"])),
        scheduled("C1"),
        Commit {
            attention: Some(follows("C1")),
            ..commit()
        },
    ];
    for commit in late {
        let refused = store.commit(commit).await;
        assert!(matches!(refused, Err(CommitError::Moved)), "{refused:?}");
    }
    let now = store.channel_now(&team(), &channel("C1")).await.unwrap();
    assert_eq!(now, channel("C9"));
    store
        .commit(commit_plan(rename(&record.plan, "C9", &["Atlas two"])))
        .await
        .unwrap();
}

pub(super) async fn an_id_that_a_channel_had_before_may_be_its_id_again(bench: Bench) {
    settled(&bench).await;
    let store = bench.store();
    for (from, to, key) in [("C1", "C9", "1"), ("C9", "C10", "2"), ("C10", "C1", "3")] {
        let news = moved(from, to, key);
        let followed = store.follow_channel(&news, at(10)).await.unwrap();
        assert_eq!(followed, Followed::Now);
        for (name, now) in [("C1", to), (from, to), (to, to)] {
            let found = store.channel_now(&team(), &channel(name)).await.unwrap();
            assert_eq!(found, channel(now), "{name}");
        }
    }
    // The first news once more, late.
    let again = store.follow_channel(&moved("C1", "C9", "1"), at(20)).await;
    assert_eq!(again.unwrap(), Followed::Before);
    assert_eq!(
        store.current_plan(&team(), &channel("C1")).await.unwrap(),
        Some(plan_id("p1"))
    );
}

/// What somebody began under the new id before the news of it came gives way to what was there.
pub(super) async fn what_was_there_before_goes_before_what_was_begun_meanwhile(bench: Bench) {
    settled(&bench).await;
    let store = bench.store();
    let other = rename(&Plan::new(plan_id("p2")), "C9", &["Meanwhile"]);
    let meanwhile = Commit {
        plan: Some(other),
        ..scheduled("C9")
    };
    store.commit(meanwhile).await.unwrap();
    let news = moved("C1", "C9", "event:A1:Ev1");
    store.follow_channel(&news, at(10)).await.unwrap();
    assert_eq!(
        store.current_plan(&team(), &channel("C9")).await.unwrap(),
        Some(plan_id("p1"))
    );
    let due = store.due_digests(at(7 * DAY), 9).await.unwrap();
    assert_eq!(due.len(), 1, "{due:?}");
    // Whoever had read the other one is told that it is another by now.
    let stale = store.commit(scheduled("C9")).await;
    assert!(matches!(stale, Err(CommitError::StaleDigest)), "{stale:?}");
}

pub(super) async fn of_a_workspace_that_left_no_channel_is_followed(bench: Bench) {
    let store = bench.store();
    store.depart(&team(), at(11)).await.unwrap();
    let late = store.follow_channel(&moved("C1", "C9", "1"), at(12)).await;
    assert!(matches!(late, Err(StoreError::Gone)), "{late:?}");
    store.erase(&team(), at(13)).await.unwrap();
    let claims = Commit {
        claims: keys(&["trigger:1"]),
        since: at(14),
        ..commit()
    };
    store.commit(claims).await.unwrap();
    let now = store.channel_now(&team(), &channel("C1")).await.unwrap();
    assert_eq!(now, channel("C1"));
}

/// What was said before it moved is found under the new id, and under the old one once it is back.
pub(super) async fn the_messages_of_a_history_are_found_under_the_new_id(bench: Bench) {
    settled(&bench).await;
    let store = bench.store();
    let places = async || {
        let record = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
        let paged = store.history(&team(), &plan_id("p1"), Version(0), 9).await;
        let places = |all: &[Change]| -> Vec<String> {
            let all = all.iter().map(|it| it.link.channel.as_str().to_owned());
            all.collect()
        };
        assert_eq!(places(&record.tail), places(&paged.unwrap()));
        places(&record.tail)
    };
    assert_eq!(places().await, ["C1"]);
    for (from, to, key) in [("C1", "C9", "1"), ("C9", "C1", "2")] {
        store
            .follow_channel(&moved(from, to, key), at(10))
            .await
            .unwrap();
        assert_eq!(places().await, [to]);
    }
}
