//! Proposals, and the messages that values came from.

use gtm_advisor::advisor::{
    Commit, CommitError, Committed, Fate, Gave, Heard, Proposal, ProposedValue, ReadBy, ReadScope,
    Source, SourceState, Store,
};
use gtm_advisor::ident::{Channel, Installation, MessageTs, Person, ProposalId};
use gtm_advisor::plan::{MessageLink, Segment, Value, Version};

use super::Bench;
use super::fixture::{DAY, at, channel, commit, commit_rows, post, team};

fn heard(words: &str) -> Heard {
    Heard {
        field: "value.problem".to_owned(),
        segment: Some(Segment::main()),
        value: Value::Text(words.to_owned()),
        quote: format!("the problem is {words}"),
        said: MessageLink {
            channel: channel("C1"),
            ts: Some(MessageTs::new("1800000000.000100")),
        },
        thread: None,
        by: Person::new("U2"),
    }
}

pub(super) fn proposal(id: &str, thread: &str, made: i64) -> Proposal {
    Proposal {
        id: ProposalId::new(id),
        revision: 0,
        channel: channel("C1"),
        thread: Some(MessageTs::new(thread)),
        against: Version(3),
        edition: 0,
        asked_by: Person::new("U1"),
        made_at: at(made),
        read: ReadScope::default(),
        values: vec![ProposedValue {
            heard: heard("slow books"),
            old: None,
            read_by: ReadBy::Reader,
            fate: Fate::Open,
        }],
        hypotheses: vec![heard("late books")],
        conflicts: vec![vec![heard("one"), heard("two")]],
        questions: vec!["price: which amount?".to_owned()],
        file: None,
        superseded_by: None,
    }
}

fn writing(proposals: Vec<Proposal>) -> Commit {
    Commit {
        proposals,
        ..commit()
    }
}

async fn stored(store: &dyn Store, id: &str) -> Option<Proposal> {
    store.proposal(&team(), &ProposalId::new(id)).await.unwrap()
}

fn decided(proposal: &Proposal, by: &str) -> Proposal {
    let mut next = proposal.clone();
    next.values[0].fate = Fate::Dismissed {
        by: Person::new(by),
        at: at(5),
    };
    next
}

pub(super) async fn a_proposal_comes_back_with_each_of_its_changes(mut bench: Bench) {
    let first = proposal("a1", "1.0", 0);
    bench
        .store()
        .commit(writing(vec![first.clone()]))
        .await
        .unwrap();
    bench.reopen().await;
    let read = stored(&**bench.store(), "a1").await.unwrap();
    assert_eq!((read.revision, &read.values), (1, &first.values));
    assert_eq!(read.conflicts, first.conflicts);
    let next = decided(&read, "U1");
    bench
        .store()
        .commit(writing(vec![next.clone()]))
        .await
        .unwrap();
    bench.reopen().await;
    let read = stored(&**bench.store(), "a1").await.unwrap();
    assert_eq!((read.revision, read.values), (2, next.values));
    assert_eq!(stored(&**bench.store(), "a2").await, None);
    let theirs = bench
        .store()
        .proposal(&Installation::new("T2"), &ProposalId::new("a1"))
        .await
        .unwrap();
    assert_eq!(theirs, None);
}

pub(super) async fn of_two_who_decide_one_is_stale(bench: Bench) {
    let store = bench.store();
    store
        .commit(writing(vec![proposal("a1", "1.0", 0)]))
        .await
        .unwrap();
    let read = stored(&**store, "a1").await.unwrap();
    let (ana, ben) = (decided(&read, "U1"), decided(&read, "U2"));
    assert_eq!(
        store.commit(writing(vec![ana])).await.unwrap(),
        Committed::Done
    );
    let late = Commit {
        outbox: vec![post("C1", "1")],
        ..writing(vec![ben])
    };
    let refused = store.commit(late).await;
    assert!(
        matches!(refused, Err(CommitError::StaleProposal)),
        "{refused:?}"
    );
    let read = stored(&**store, "a1").await.unwrap();
    assert_eq!(read.values[0].fate, decided(&read, "U1").values[0].fate);
    assert!(
        store
            .outbox_row(&team(), &post("C1", "1").id)
            .await
            .unwrap()
            .is_none(),
        "nothing of a refused commit is stored"
    );
    let again = store.commit(writing(vec![proposal("a1", "1.0", 0)])).await;
    assert!(
        matches!(again, Err(CommitError::StaleProposal)),
        "an id is used once"
    );
}

pub(super) async fn the_proposals_of_a_thread_come_oldest_first(bench: Bench) {
    let store = bench.store();
    let all = [
        ("b9", "1.0", 1),
        ("a1", "1.0", 2),
        ("c1", "1.00", 1),
        ("b1", "1.0", 0),
    ];
    for (id, thread, made) in all {
        store
            .commit(writing(vec![proposal(id, thread, made)]))
            .await
            .unwrap();
    }
    let of = async |in_channel: &str, thread: &str| {
        let (channel, thread) = (Channel::new(in_channel), MessageTs::new(thread));
        let found = store.proposals(&team(), &channel, &thread).await.unwrap();
        found
            .iter()
            .map(|it| it.id.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("C1", "1.0").await, ["b1", "b9", "a1"]);
    assert_eq!(of("C1", "1.00").await, ["c1"]);
    assert_eq!(of("C2", "1.0").await, [""; 0]);
}

pub(super) async fn a_source_is_added_to(mut bench: Bench) {
    let source = |version: u64, field: &str| Source {
        channel: channel("C1"),
        ts: MessageTs::new("1.0"),
        thread: None,
        by: Person::new("U2"),
        read_at: None,
        gave: vec![Gave {
            field: field.to_owned(),
            segment: Some(Segment::main()),
            version: Version(version),
            value: Value::Text("slow".to_owned()),
            quote: Some("slow".to_owned()),
            state: SourceState::Stands,
        }],
    };
    for sources in [
        vec![source(1, "value.problem"), source(2, "value.benefit")],
        vec![source(3, "value.problem")],
    ] {
        let turn = Commit {
            sources,
            ..commit()
        };
        bench.store().commit(turn).await.unwrap();
    }
    bench.reopen().await;
    let (one, ts) = (channel("C1"), MessageTs::new("1.0"));
    let read = bench
        .store()
        .source(&team(), &one, &ts)
        .await
        .unwrap()
        .unwrap();
    let versions: Vec<_> = read.gave.iter().map(|it| it.version.0).collect();
    assert_eq!(versions, [2, 3], "of one field, what came last");
    let other = MessageTs::new("1.1");
    assert_eq!(
        bench.store().source(&team(), &one, &other).await.unwrap(),
        None
    );
}

pub(super) async fn a_proposal_is_kept_for_14_days(bench: Bench) {
    let store = bench.store();
    let turn = Commit {
        proposals: vec![proposal("a1", "1.0", 0)],
        ..commit_rows(Vec::new())
    };
    store.commit(turn).await.unwrap();
    let read = stored(&**store, "a1").await.unwrap();
    store
        .commit(writing(vec![decided(&read, "U1")]))
        .await
        .unwrap();
    assert_eq!(store.sweep(at(14 * DAY - 1)).await.unwrap().removed, 0);
    assert!(stored(&**store, "a1").await.is_some());
    assert_eq!(store.sweep(at(14 * DAY)).await.unwrap().removed, 1);
    assert_eq!(stored(&**store, "a1").await, None);
    let (one, thread) = (channel("C1"), MessageTs::new("1.0"));
    let left = store.proposals(&team(), &one, &thread).await.unwrap();
    assert_eq!(left, [], "its entry by thread goes, too");
}
