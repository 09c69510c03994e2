//! What an answer comes to when something breaks on its way.

use std::sync::Mutex;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::world::{self, World};
use super::*;
use crate::advisor::{
    Answered, Commit, Delivered, DigestWrite, Kept, Lookup, Origin, OutboxRow, Over, OwnPage,
    OwnPages, PageText, ReplyTo, Said, Store, Turns as _, Workspace,
};
use crate::clock::Clock;
use crate::digest::Standing;
use crate::digest::schedule::{Context, Schedule, Zone};
use crate::ident::{Channel, Installation, MessageTs, Person};
use crate::lint::{NEW_PAGE, RuleSet};
use crate::store::{RecordStore, SealingKeys};
use crate::turns::Settings;

/// What becomes of messages.
#[derive(Default)]
struct Post {
    /// What the next deliveries come to, last first; after them, all is sent.
    deliveries: Mutex<Vec<fn() -> Delivered>>,
    look_ups: Mutex<Vec<Lookup>>,
    delivered: Mutex<usize>,
}

impl Post {
    fn delivered(&self) -> usize {
        *self.delivered.lock().unwrap()
    }
}

#[async_trait]
impl Messenger for Post {
    async fn deliver(&self, _: &OutboxRow) -> Delivered {
        *self.delivered.lock().unwrap() += 1;
        let next = self.deliveries.lock().unwrap().pop();
        next.map_or(Delivered::Sent { ts: None }, |next| next())
    }

    async fn look_up(&self, _: &OutboxRow) -> Lookup {
        self.look_ups
            .lock()
            .unwrap()
            .pop()
            .unwrap_or(Lookup::Absent)
    }
}

struct Bench {
    world: Arc<World>,
    post: Arc<Post>,
    store: Arc<RecordStore>,
    turns: Turns,
    workers: Workers,
    _folder: TempDir,
}

async fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let store = RecordStore::open(folder.path(), SealingKeys::none()).await;
    let store = Arc::new(store.unwrap());
    let (world, post) = (World::at(begin()), Arc::new(Post::default()));
    let rules = Arc::new(RuleSet::built_in().unwrap());
    let turns = Turns::new(world.ports(store.clone()), &rules, Settings::new("/gtm"));
    Bench {
        workers: Workers::new(turns.clone(), post.clone()),
        world,
        post,
        store,
        turns,
        _folder: folder,
    }
}

fn begin() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn origin(said: Said, key: &str) -> Origin {
    let response = matches!(said, Said::Command { .. });
    Origin {
        reply_to: response.then(|| ReplyTo {
            response_url: "http://127.0.0.1:1/r".to_owned(),
        }),
        ..world::origin("C1", said, (key, Timestamp::UNIX_EPOCH))
    }
}

fn command(words: &str, key: &str) -> Origin {
    let words = words.to_owned();
    origin(Said::Command { words }, key)
}

fn mention(words: &str, key: &str) -> Origin {
    let (words, ts) = (words.to_owned(), MessageTs::new("1.1"));
    origin(Said::Mention { words, ts }, key)
}

fn headline(answered: Answered) -> String {
    match answered {
        Answered::Now(sent) => sent.row.document.headline,
        other => panic!("no answer: {other:?}"),
    }
}

impl Bench {
    async fn answer(&self, words: &str, key: &str) -> Answered {
        self.turns
            .answer(command(words, key), Over::Conversation)
            .await
    }

    /// A mention has been answered as far as the outbox.
    async fn answered_mention(&self) {
        self.turns.receive(mention("help", "said")).await.unwrap();
        let row = self.store.due_inbox(self.world.now(), 1).await.unwrap();
        self.turns.work_off(&row[0]).await.unwrap();
    }

    async fn due(&self) -> usize {
        self.store
            .due_outbox(self.world.now(), 100, usize::MAX)
            .await
            .unwrap()
            .len()
    }
}

/// A workspace's own rules judge its plans and nobody else's.
#[tokio::test]
async fn no_workspace_is_judged_by_the_rules_of_another() {
    let bench = bench().await;
    let page = OwnPage {
        name: "fit/our-deals".to_owned(),
        id: "3f2a91c0b7d4".to_owned(),
        title: "Ours".to_owned(),
        by: Person::new("U1"),
        at: begin(),
    };
    let text = PageText {
        id: page.id.clone(),
        text: NEW_PAGE.to_owned(),
    };
    let (rules, _) = OwnPages::default().with(page);
    let commit = Commit {
        workspace: Some(Workspace {
            rules,
            ..Workspace::default()
        }),
        kept: vec![Kept::Page(text)],
        ..Commit::empty(Installation::new("T1"), begin())
    };
    bench.store.commit(commit).await.unwrap();
    let said = async |team: &str, words: &str| {
        let mut origin = command(words, &format!("{team} {words}"));
        origin.inbound.installation = Installation::new(team);
        headline(bench.turns.answer(origin, Over::Conversation).await)
    };
    for team in ["T1", "T2"] {
        said(team, "set motion field").await;
        said(team, "set acv $20k").await;
    }
    let ours = said("T1", "check our-deals").await;
    assert_eq!(ours, "our-deals finds something.");
    let theirs = said("T2", "check our-deals").await;
    assert_eq!(theirs, "There is no rule \"our-deals\".");
    let theirs = said("T2", "rules list").await;
    assert_eq!(theirs, "The workspace has no rule of its own in force.");
    // Nor can its page be put in force there by its id.
    let found = bench
        .store
        .rule_page(&Installation::new("T2"), "3f2a91c0b7d4")
        .await;
    assert_eq!(found.unwrap(), None);
}

#[tokio::test]
async fn a_turn_that_panics_apologises_once_and_leaves_the_plan_free() {
    let bench = bench().await;
    *bench.world.people_break.lock().unwrap() = true;
    let said = headline(bench.answer("set price $49/mo", "first").await);
    assert!(said.contains("the plan is as it was"), "{said}");
    assert_eq!(bench.due().await, 0, "the response says it already");
    *bench.world.people_break.lock().unwrap() = false;
    let said = headline(bench.answer("set price $49/mo", "second").await);
    assert!(said.contains("$49"), "{said}");
}

#[tokio::test]
async fn a_repeat_that_fails_says_what_the_first_one_came_to() {
    let bench = bench().await;
    let first = headline(bench.answer("set price $49/mo", "same").await);
    *bench.world.people_break.lock().unwrap() = true;
    let again = headline(bench.answer("set price $49/mo", "same").await);
    assert_eq!(again, first);
}

#[tokio::test]
async fn a_message_that_breaks_its_delivery_is_tried_again() {
    let bench = bench().await;
    bench.answered_mention().await;
    bench
        .post
        .deliveries
        .lock()
        .unwrap()
        .push(|| panic!("it cannot be drawn"));
    bench.workers.run_due().await;
    assert_eq!(bench.due().await, 0, "it waits");
    bench.world.pass(SignedDuration::from_secs(2));
    bench.workers.run_due().await;
    assert_eq!(bench.post.delivered(), 2);
}

#[tokio::test]
async fn what_the_last_turns_leave_is_sent_before_the_end() {
    let bench = bench().await;
    bench.turns.receive(mention("help", "said")).await.unwrap();
    let stop = CancellationToken::new();
    stop.cancel();
    bench.workers.run(stop).await;
    assert_eq!(bench.post.delivered(), 1);
}

#[tokio::test]
async fn while_nothing_can_be_looked_up_an_unclear_answer_is_not_repeated() {
    let bench = bench().await;
    bench.answered_mention().await;
    let unclear = || Delivered::Unclear {
        reason: "timeout".to_owned(),
    };
    let busy = Lookup::Later {
        after: Some(SignedDuration::from_secs(60)),
        reason: "ratelimited".to_owned(),
    };
    bench.post.deliveries.lock().unwrap().push(unclear);
    *bench.post.look_ups.lock().unwrap() = vec![Lookup::Found(MessageTs::new("9.9")), busy];
    for _ in 0..3 {
        bench.workers.run_due().await;
        bench.world.pass(SignedDuration::from_secs(80));
    }
    assert_eq!(bench.post.delivered(), 1, "it was found to be there");
    assert_eq!(bench.due().await, 0);
}

#[tokio::test]
async fn an_erasure_that_fails_rests_longer_each_time() {
    let bench = bench().await;
    let gone = Installation::new("T1");
    bench.turns.depart(&gone, bench.world.now()).await.unwrap();
    bench.store.close().await.unwrap();
    let mut tries = Vec::new();
    for second in 0..120 {
        if bench.workers.run_due().await > 0 {
            tries.push(second);
        }
        bench.world.pass(SignedDuration::from_secs(1));
    }
    let rests: Vec<_> = tries.windows(2).map(|two| two[1] - two[0]).collect();
    assert_eq!(tries.first(), Some(&0), "{tries:?}");
    assert!(rests.is_sorted() && rests.last() >= Some(&32), "{tries:?}");
}

/// A workspace with more schedules than are read in one go.
async fn scheduled(bench: &Bench, channels: usize) {
    let context = Context {
        zone: Zone::utc(),
        now: begin(),
    };
    let schedule = Schedule::read("mondays 9am", &context).unwrap();
    for n in 0..channels {
        let write = DigestWrite {
            channel: Channel::new(format!("C{n}")),
            standing: Standing::begun(schedule.clone(), Person::new("U1"), begin()),
        };
        let commit = Commit {
            digest: Some(write),
            ..Commit::empty(Installation::new("T1"), begin())
        };
        bench.store.commit(commit).await.unwrap();
    }
}

/// At the start all schedules are read once, in case a clock ahead has put them off. Whoever asks
/// meanwhile is answered first.
#[tokio::test]
async fn the_walk_at_the_start_holds_nobody_up() {
    let bench = bench().await;
    scheduled(&bench, 300).await;
    bench.turns.receive(mention("help", "said")).await.unwrap();
    let mut walk = std::pin::pin!(watch::look(&bench.workers));
    let mut pauses = 0;
    while futures_util::poll!(walk.as_mut()).is_pending() {
        if pauses == 0 {
            // It has begun and is far from its end.
            pump::run_due(&Inbox(&bench.workers)).await;
            pump::run_due(&Outbox(&bench.workers)).await;
            assert_eq!(bench.post.delivered(), 1);
        }
        pauses += 1;
        assert!(pauses < 100, "it comes to an end");
    }
    assert!(pauses >= 4, "{pauses} pauses among 300 schedules");
}
