//! Things to store, each with the few words that tell it apart.

use gtm_advisor::advisor::{
    Commit, DedupKey, GivenUp, Inbound, LeaseOn, Origin, OutboxRow, OutboxState, Place, PlaceKind,
    PlanWrite, ReplyTo, Said, Store, Target, Unclear, Urgency,
};
use gtm_advisor::ident::{Channel, Installation, MessageTs, OutboxId, Person, PlanId, Reference};
use gtm_advisor::plan::{Answer, Change, Door, Edit, MessageLink, Plan, Value, Version, field};
use gtm_advisor::render::Document;
use jiff::{SignedDuration, Timestamp};

/// An instant, in seconds from the beginning of a test.
pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

pub(super) const HOUR: i64 = 3600;
pub(super) const DAY: i64 = 24 * HOUR;

pub(super) fn team() -> Installation {
    Installation::new("T1")
}

pub(super) fn channel(name: &str) -> Channel {
    Channel::new(name)
}

pub(super) fn keys(keys: &[&str]) -> Vec<DedupKey> {
    keys.iter().map(|&key| DedupKey(key.to_owned())).collect()
}

pub(super) fn inbound(installation: &Installation, words: &str) -> Inbound {
    Inbound {
        installation: installation.clone(),
        place: Place {
            channel: channel("C1"),
            thread: None,
            kind: PlaceKind::Channel,
        },
        by: Person::new("U1"),
        said: Said::Mention {
            words: words.to_owned(),
            ts: MessageTs::new("1800000000.000100"),
        },
        at: at(0),
        files: Vec::new(),
    }
}

pub(super) fn origin_of(installation: &Installation, words: &str, dedup: &[&str]) -> Origin {
    Origin {
        inbound: inbound(installation, words),
        dedup: keys(dedup),
        reply_to: None,
        trigger: None,
    }
}

pub(super) fn origin(words: &str, dedup: &[&str]) -> Origin {
    origin_of(&team(), words, dedup)
}

/// A message that a person waits for.
pub(super) fn post(in_channel: &str, id: &str) -> OutboxRow {
    OutboxRow {
        id: OutboxId::new(id),
        installation: team(),
        channel: channel(in_channel),
        target: Target::Post { thread: None },
        document: Document {
            headline: format!("text of {id}"),
            blocks: Vec::new(),
        },
        picture: None,
        urgency: Urgency::Person,
        unclear: Unclear::Repeat,
        due: at(0),
        use_by: at(DAY),
        period: None,
        aside: false,
        attempts: 0,
        state: OutboxState::Waiting,
        reference: Reference::new("r1"),
    }
}

pub(super) fn digest(in_channel: &str, id: &str) -> OutboxRow {
    OutboxRow {
        urgency: Urgency::Digest,
        unclear: Unclear::Report,
        ..post(in_channel, id)
    }
}

/// A reply to the address that came with a command.
pub(super) fn response(in_channel: &str, id: &str) -> OutboxRow {
    let reply_to = ReplyTo {
        response_url: "https://hooks.example/commands/1".to_owned(),
    };
    let target = Target::Response {
        reply_to,
        everyone: false,
        replaces: false,
        thread: None,
    };
    OutboxRow {
        target,
        ..post(in_channel, id)
    }
}

/// A commit that stores nothing yet.
pub(super) fn commit() -> Commit {
    Commit::empty(team(), at(0))
}

pub(super) fn commit_rows(outbox: Vec<OutboxRow>) -> Commit {
    Commit { outbox, ..commit() }
}

pub(super) fn plan_id(name: &str) -> PlanId {
    PlanId::new(name)
}

pub(super) fn on_plan(name: &str) -> LeaseOn {
    LeaseOn::Plan(plan_id(name))
}

pub(super) const HOLD: SignedDuration = SignedDuration::from_secs(30);

/// Changes of a plan's name, one a text.
pub(super) fn renames(plan: &Plan, names: &[&str]) -> Vec<Change> {
    let old = plan_name(plan);
    let before = [old]
        .into_iter()
        .chain(names.iter().map(|name| Some(answer(name))));
    let numbered = before.zip(names).zip(plan.version().0 + 1..);
    let change = |((old, name), version): ((Option<Answer>, &&str), u64)| Change {
        version: Version(version),
        edit: Edit::Field {
            field: "plan.name".into(),
            segment: None,
            old,
            new: Some(answer(name)),
        },
        by: Person::new("U1"),
        at: at(0),
        door: Door::Command,
        link: MessageLink {
            channel: channel("C1"),
            ts: None,
        },
        undoes: None,
    };
    numbered.map(change).collect()
}

fn answer(words: &str) -> Answer {
    Answer::Known(Value::Text(words.to_owned()))
}

fn plan_name(plan: &Plan) -> Option<Answer> {
    plan.answer(field("plan.name").unwrap(), None).cloned()
}

/// The write that renames a plan, made against the plan as it is handed in.
pub(super) fn rename(plan: &Plan, in_channel: &str, names: &[&str]) -> PlanWrite {
    let changes = renames(plan, names);
    let mut after = plan.clone();
    for change in &changes {
        after.apply(change).unwrap();
    }
    PlanWrite {
        channel: channel(in_channel),
        plan: after,
        against: plan.version(),
        changes,
    }
}

pub(super) fn commit_plan(write: PlanWrite) -> Commit {
    Commit {
        plan: Some(write),
        ..commit()
    }
}

/// The ids of what is due, in order.
pub(super) async fn due_ids(store: &dyn Store, now: i64) -> Vec<String> {
    let rows = store.due_outbox(at(now), 1000, usize::MAX).await.unwrap();
    rows.iter().map(|row| row.id.as_str().to_owned()).collect()
}

/// The words of the events that are due, in order.
pub(super) async fn due_words(store: &dyn Store, now: i64) -> Vec<String> {
    let rows = store.due_inbox(at(now), 1000).await.unwrap();
    let words = |said| match said {
        Said::Mention { words, .. } => words,
        other => panic!("not what was stored: {other:?}"),
    };
    rows.into_iter()
        .map(|row| words(row.origin.inbound.said))
        .collect()
}

pub(super) fn sent(row: OutboxRow, when: i64) -> OutboxRow {
    OutboxRow {
        state: OutboxState::Sent {
            at: at(when),
            ts: None,
        },
        ..row
    }
}

pub(super) fn given_up(row: OutboxRow, when: i64, reason: &str) -> OutboxRow {
    OutboxRow {
        state: OutboxState::Dead {
            at: at(when),
            reason: reason.to_owned(),
            why: GivenUp::Other,
        },
        ..row
    }
}
