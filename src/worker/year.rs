//! A year of digests in three zones, through the real store, on bad days: the process dies between
//! any two steps, calls are lost before and after they happened, the bot is away for days and the
//! clock is set back. Each period has one digest, a stated reason why not, or a stated "unknown".

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context as TaskContext, Poll};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::world::{self, World};
use super::*;
use crate::advisor::{Delivered, Lookup, OutboxRow, Over, Said, Store, Turns as _};
use crate::clock::Clock;
use crate::digest::{Last, Outcome};
use crate::ident::{Channel, Installation, MessageTs, OutboxId};
use crate::lint::RuleSet;
use crate::store::{RecordStore, SealingKeys};
use crate::turns::Settings;

/// The channels, each with a zone whose clocks change on days of its own, or never.
const CHANNELS: [(&str, &str); 3] = [
    ("C1", "digest mondays 9am Berlin"),
    ("C2", "digest mondays 9am New York"),
    ("C3", "digest mondays 9am Kolkata"),
];

const BEGIN: &str = "2026-01-05T12:00:00Z";
const END: &str = "2027-01-11T00:00:00Z";

/// Numbers that look like chance and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// A workspace with its moods.
struct Slack {
    dice: Mutex<Dice>,
    /// What was posted, by channel and the effect's own key.
    posted: Mutex<Vec<(Channel, OutboxId)>>,
}

impl Slack {
    fn roll(&self, sides: u64) -> u64 {
        self.dice.lock().unwrap().roll(sides)
    }

    fn has(&self, key: &OutboxId) -> usize {
        let posted = self.posted.lock().unwrap();
        posted.iter().filter(|(_, it)| it == key).count()
    }
}

#[async_trait]
impl Messenger for Slack {
    async fn deliver(&self, row: &OutboxRow) -> Delivered {
        tokio::task::yield_now().await;
        let mood = self.roll(10);
        // Two of ten are lost before they have happened, of which one may be known; two are lost after.
        if mood >= 2 {
            let posted = (row.channel.clone(), row.id.clone());
            self.posted.lock().unwrap().push(posted);
        }
        tokio::task::yield_now().await;
        match mood {
            0 => Delivered::Later {
                after: Some(SignedDuration::from_secs(30)),
                reason: "ratelimited".to_owned(),
            },
            1..=3 => Delivered::Unclear {
                reason: "timeout".to_owned(),
            },
            _ => Delivered::Sent {
                ts: Some(MessageTs::new("1.1")),
            },
        }
    }

    async fn look_up(&self, row: &OutboxRow) -> Lookup {
        match self.roll(3) {
            0 => Lookup::Unknowable,
            _ if self.has(&row.id) > 0 => Lookup::Found(MessageTs::new("1.1")),
            _ => Lookup::Absent,
        }
    }
}

/// A future that is dropped after so many steps, as a process that dies drops its.
struct Mortal<F> {
    work: Pin<Box<F>>,
    steps: u64,
}

impl<F: Future> Future for Mortal<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        self.steps = self.steps.saturating_sub(1);
        match self.work.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if self.steps == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// The bot on a folder that outlives it.
struct Bot {
    world: Arc<World>,
    slack: Arc<Slack>,
    folder: TempDir,
    rules: Arc<RuleSet>,
    running: Option<(Arc<RecordStore>, Turns, Workers)>,
    crashes: usize,
    typed: usize,
}

impl Bot {
    async fn start(&mut self) {
        let store = RecordStore::open(self.folder.path(), SealingKeys::none()).await;
        let store = Arc::new(store.expect("the one before has let it go"));
        let ports = self.world.ports(store.clone());
        let turns = Turns::new(ports, &self.rules, Settings::new("/gtm"));
        let workers = Workers::new(turns.clone(), self.slack.clone());
        self.running = Some((store, turns, workers));
    }

    async fn restart(&mut self) {
        let (store, turns, workers) = self.running.take().expect("it runs");
        drop((turns, workers));
        store.close().await.expect("what was begun ends");
        drop(store);
        self.start().await;
    }

    fn store(&self) -> &RecordStore {
        &self.running.as_ref().expect("it runs").0
    }

    async fn says(&mut self, channel: &str, words: &str) {
        self.typed += 1;
        let said = Said::Command {
            words: words.to_owned(),
        };
        let key = format!("typed:{}", self.typed);
        let origin = world::origin(channel, said, (&key, self.world.now()));
        let (_, turns, _) = self.running.as_ref().expect("it runs");
        turns.answer(origin, Over::Conversation).await;
        turns.drain().await;
    }

    /// Works off what is due; dies on the way once in a while, and comes back.
    async fn work(&mut self) {
        loop {
            let steps = match self.slack.roll(2) {
                0 => 1 + self.slack.roll(10),
                _ => u64::MAX,
            };
            let (_, _, workers) = self.running.as_ref().expect("it runs");
            let work = Box::pin(workers.run_due());
            let done = Mortal { work, steps }.await;
            if done.is_some() {
                return;
            }
            self.crashes += 1;
            self.restart().await;
        }
    }
}

/// What became of each period.
type Ledger = BTreeMap<(String, Timestamp), Last>;

async fn enter(bot: &Bot, ledger: &mut Ledger) {
    for (channel, _) in CHANNELS {
        let installation = Installation::new("T1");
        let standing = bot
            .store()
            .digest(&installation, &Channel::new(channel))
            .await;
        let standing = standing.expect("the store answers").expect("it is on");
        let Some(last) = standing.last else {
            continue;
        };
        let entry = (channel.to_owned(), last.period);
        if let Some(before) = ledger.get(&entry) {
            assert_eq!(
                before.carried_by, last.carried_by,
                "{entry:?} was carried twice"
            );
        }
        ledger.insert(entry, last);
    }
}

/// One hour of the year, good or bad.
async fn hour(bot: &mut Bot) {
    let (world, slack) = (bot.world.clone(), bot.slack.clone());
    let chance = slack.roll(4_000);
    match chance {
        // Away for a while: most often within the grace, sometimes for days.
        0..50 => world.pass(SignedDuration::from_hours(5)),
        50..54 => world.pass(SignedDuration::from_hours(24 * 9)),
        // The clock is set back.
        54..94 => world.pass(SignedDuration::from_mins(-95)),
        94..254 => {
            let (channel, _) = CHANNELS[usize::try_from(slack.roll(3)).unwrap()];
            let price = 10 + slack.roll(900);
            bot.says(channel, &format!("set price ${price}/mo")).await;
        }
        254..284 => bot.restart().await,
        _ => {}
    }
    world.pass(SignedDuration::from_hours(1));
}

async fn a_year(seed: u64) -> (Ledger, Bot) {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot {
        world: World::at(BEGIN.parse().unwrap()),
        slack: Arc::new(Slack {
            dice: Mutex::new(Dice(seed)),
            posted: Mutex::default(),
        }),
        folder,
        rules: Arc::new(RuleSet::load(&[]).unwrap()),
        running: None,
        crashes: 0,
        typed: 0,
    };
    bot.start().await;
    for (channel, schedule) in CHANNELS {
        bot.says(channel, "set price $49/mo").await;
        bot.says(channel, schedule).await;
    }
    let mut ledger = Ledger::new();
    let end: Timestamp = END.parse().unwrap();
    while bot.world.now() < end {
        hour(&mut bot).await;
        let (store, _, _) = bot.running.as_ref().expect("it runs");
        let now = bot.world.now();
        let idle = store.due_digests(now, 1).await.unwrap().is_empty()
            && store
                .due_outbox(now, 1, usize::MAX)
                .await
                .unwrap()
                .is_empty();
        if !idle {
            bot.work().await;
            enter(&bot, &mut ledger).await;
        }
    }
    (ledger, bot)
}

/// The periods that a schedule has in that year.
async fn periods(bot: &Bot, channel: &str) -> BTreeSet<Timestamp> {
    let installation = Installation::new("T1");
    let standing = bot
        .store()
        .digest(&installation, &Channel::new(channel))
        .await;
    let schedule = standing.unwrap().expect("it is on").schedule;
    let (mut at, mut found) = (BEGIN.parse().unwrap(), BTreeSet::new());
    loop {
        at = schedule.next(at).expect("it goes on").timestamp();
        if at > bot.world.now() {
            return found;
        }
        found.insert(at);
    }
}

#[tokio::test]
async fn each_period_of_a_year_has_one_outcome_whatever_breaks() {
    let (ledger, bot) = a_year(6).await;
    let mut seen = BTreeMap::new();
    let mut counted = 0;
    for (channel, _) in CHANNELS {
        // Each Monday of the year is in the ledger, or was passed over by the one before it, which
        // says how many were.
        let mut passed_over = 0;
        for period in periods(&bot, channel).await {
            let Some(last) = ledger.get(&(channel.to_owned(), period)) else {
                assert!(passed_over > 0, "{channel} {period} is nowhere");
                passed_over -= 1;
                continue;
            };
            assert_eq!(passed_over, 0, "{channel} {period} was passed over too");
            passed_over = last.passed_over;
            let carrier = last.carried_by.as_ref();
            let posts = carrier.map_or(0, |key| bot.slack.has(key));
            let fits = match last.outcome {
                Outcome::Posted => posts == 1,
                Outcome::Unknown => posts <= 1,
                _ => posts == 0,
            };
            assert!(fits, "{channel} {period}: {last:?} with {posts} posts");
            counted += 1;
            *seen.entry(format!("{:?}", last.outcome)).or_insert(0) += 1;
        }
    }
    assert_eq!(
        counted,
        ledger.len(),
        "a period that the schedule does not have"
    );
    let carried: Vec<_> = ledger
        .values()
        .filter_map(|it| it.carried_by.as_ref())
        .collect();
    let unique: BTreeSet<_> = carried.iter().collect();
    assert_eq!(
        unique.len(),
        carried.len(),
        "one effect carried two periods"
    );
    let posted = bot.slack.posted.lock().unwrap();
    let stray = posted.iter().find(|(_, key)| !unique.contains(&key));
    assert_eq!(stray, None, "a digest of no period");
    drop(posted);
    // The year was as bad as it was meant to be.
    for outcome in ["Posted", "Quiet", "Missed", "Unknown"] {
        assert!(seen.contains_key(outcome), "none was {outcome}: {seen:?}");
    }
    assert!(bot.crashes >= 20, "{} crashes", bot.crashes);
    assert!(ledger.len() > 120, "{} periods", ledger.len());
}
