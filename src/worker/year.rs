//! Years of digests, through the real store, on bad days: the process dies between any two steps, calls
//! are lost before and after they happened, the bot is away for days, the clock is set back or runs
//! ahead until it is set right, and people skip, snooze, mute and switch off. Each period has one
//! digest, a stated reason why not, or a stated "unknown".

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context as TaskContext, Poll};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::world::{self, World};
use super::*;
use crate::advisor::{Answered, Delivered, Lookup, OutboxRow, Over, Said, Store, Turns as _};
use crate::clock::Clock;
use crate::digest::schedule::{Jump, Schedule};
use crate::digest::{Last, Outcome, Standing};
use crate::ident::{Channel, Installation, MessageTs, OutboxId};
use crate::lint::RuleSet;
use crate::store::{RecordStore, SealingKeys};
use crate::turns::Settings;

/// A year: how its dice begin, and the digest of each channel.
struct Plot {
    seed: u64,
    channels: &'static [(&'static str, &'static str)],
}

/// Zones whose clocks change on days of their own, or never.
const ZONES: &[(&str, &str)] = &[
    ("C1", "mondays 9am Berlin"),
    ("C2", "mondays 9am New York"),
    ("C3", "mondays 9am Kolkata"),
];

/// Times that the clocks skip on one day and show twice on another; on Lord Howe by half an hour.
const JUMPS: &[(&str, &str)] = &[
    ("C1", "sundays 02:30 Berlin"),
    ("C2", "sundays 01:30 New York"),
    ("C3", "sundays 02:30 New York"),
    ("C4", "sundays 02:15 Lord Howe"),
    ("C5", "sundays 01:45 Lord Howe"),
];

/// Days that come closer or further apart than a week's, one of them that short months do not have.
const RHYTHMS: &[(&str, &str)] = &[
    ("C1", "daily 9am Berlin"),
    ("C2", "weekdays 4:30pm New York"),
    ("C3", "first monday of the month 9am Kolkata"),
    ("C4", "the 31st at 9am London"),
    ("C5", "every other friday 10am Sydney"),
    ("C6", "last friday of the month 2:30am Berlin"),
];

/// What people say about a digest; what ends a rest is said as often as what begins one.
const WISHES: [&str; 10] = [
    "digest skip",
    "digest snooze 10 days",
    "digest resume",
    "digest off",
    "digest on",
    "digest on",
    "mode mute",
    "mode mention",
    "digest quiet always",
    "digest quiet change",
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

/// A workspace with its moods. What breaks meets what goes on side by side in another order each time:
/// these dice are not those of the year, which is the same for a seed whenever it is lived.
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
    channels: &'static [(&'static str, &'static str)],
    /// What happens when: clocks, absences, and what people say.
    dice: Dice,
    /// How far the clock is ahead, until it is set right.
    ahead: SignedDuration,
    crashes: usize,
    typed: usize,
    /// What people wanted left out.
    wishes: Wishes,
}

impl Bot {
    async fn start(&mut self) {
        let store = RecordStore::open(self.folder.path(), SealingKeys::none()).await;
        let store = Arc::new(store.expect("the one before has let it go"));
        let ports = self.world.ports(store.clone());
        // However busy the machine is, nobody who types waits for the outbox.
        let settings = Settings {
            answer_within: Duration::from_mins(10),
            ..Settings::new("/gtm")
        };
        let turns = Turns::new(ports, &self.rules, settings);
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
        // Whoever types reads the answer there and then; the outbox has nothing to do with it.
        match turns.answer(origin, Over::Conversation).await {
            Answered::Now(sent) => turns.written(sent.row),
            other => panic!("`{words}` was answered with {other:?}"),
        }
        turns.drain().await;
    }

    async fn standing(&self, channel: &str) -> Standing {
        let installation = Installation::new("T1");
        let channel = Channel::new(channel);
        let standing = self.store().digest(&installation, &channel).await;
        let standing = standing.expect("the store answers");
        standing.expect("it was switched on")
    }

    /// What somebody says about a digest, and which periods that leaves out or brings back.
    async fn wishes(&mut self, channel: &'static str, words: &str) {
        let before = self.standing(channel).await;
        self.says(channel, words).await;
        let after = self.standing(channel).await;
        self.wishes.note(channel, &before, &after);
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

/// What people wanted left out, as far as the standing does not say it period by period.
#[derive(Default)]
struct Wishes {
    /// Periods, by their channel.
    left_out: BTreeSet<(&'static str, Timestamp)>,
    /// From when on a channel's digest is off.
    off: BTreeMap<&'static str, Timestamp>,
}

impl Wishes {
    fn note(&mut self, channel: &'static str, before: &Standing, after: &Standing) {
        let from = self.off.remove(channel).or(before.next);
        match (from, after.next) {
            (Some(from), Some(next)) if from < next => {
                for period in periods(&after.schedule, from, next) {
                    self.left_out.insert((channel, period));
                }
            }
            (Some(from), Some(next)) => {
                let between = periods(&after.schedule, next, from);
                for period in between {
                    self.left_out.remove(&(channel, period));
                }
            }
            (Some(from), None) => {
                self.off.insert(channel, from);
            }
            (None, _) => {}
        }
    }

    fn leave_out(&self, channel: &'static str, period: Timestamp) -> bool {
        let is_off = self.off.get(channel).is_some_and(|from| *from <= period);
        is_off || self.left_out.contains(&(channel, period))
    }
}

/// The periods of a schedule from one instant on, and before another one.
fn periods(schedule: &Schedule, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Timestamp> {
    let all = schedule.instants(from - SignedDuration::from_nanos(1));
    let all = all.map(|instant| instant.timestamp());
    all.take_while(move |period| *period < to)
}

/// What became of each period.
type Ledger = BTreeMap<(&'static str, Timestamp), Last>;

async fn enter(bot: &Bot, ledger: &mut Ledger) {
    for &(channel, _) in bot.channels {
        let standing = bot.standing(channel).await;
        // What was on its way may have ended after the period behind it.
        for last in standing.earlier.into_iter().chain(standing.last) {
            let entry = (channel, last.period);
            let carried = ledger
                .get(&entry)
                .and_then(|before| before.carried_by.clone());
            if carried.is_some() {
                assert_eq!(carried, last.carried_by, "{entry:?} was carried twice");
            }
            ledger.insert(entry, last);
        }
    }
}

/// One hour of the year, good or bad.
async fn hour(bot: &mut Bot) {
    let world = bot.world.clone();
    let sides = u64::try_from(bot.channels.len()).unwrap();
    let (channel, _) = bot.channels[usize::try_from(bot.dice.roll(sides)).unwrap()];
    match bot.dice.roll(4_000) {
        // Away for a while: most often within the grace, sometimes for days.
        0..50 => world.pass(SignedDuration::from_hours(5)),
        50..54 => world.pass(SignedDuration::from_hours(24 * 9)),
        // The clock is set back.
        54..94 => world.pass(SignedDuration::from_mins(-95)),
        // It runs ahead, by days or by weeks, until it is set right.
        94..98 if bot.ahead.is_zero() => {
            let hours = [30, 24 * 20][usize::try_from(bot.dice.roll(2)).unwrap()];
            bot.ahead = SignedDuration::from_hours(hours);
            world.pass(bot.ahead);
        }
        98..200 if !bot.ahead.is_zero() => {
            world.pass(-bot.ahead);
            bot.ahead = SignedDuration::ZERO;
            // What was put off is set right at once, not when something is due.
            bot.work().await;
        }
        200..360 => {
            let price = 10 + bot.dice.roll(900);
            bot.says(channel, &format!("set price ${price}/mo")).await;
        }
        360..390 => bot.restart().await,
        390..450 => {
            let wish = usize::try_from(bot.dice.roll(10)).unwrap();
            bot.wishes(channel, WISHES[wish]).await;
        }
        _ => {}
    }
    world.pass(SignedDuration::from_hours(1));
}

/// Whether something still waits to be posted: when the year ends, it goes on until nothing does.
async fn is_on_its_way(bot: &Bot) -> bool {
    let (store, _, _) = bot.running.as_ref().expect("it runs");
    let soon = bot.world.now() + SignedDuration::from_hours(24);
    let waiting = store.due_outbox(soon, 1, usize::MAX).await.unwrap();
    !waiting.is_empty()
}

async fn a_year(plot: &Plot) -> (Ledger, Bot) {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot {
        world: World::at(BEGIN.parse().unwrap()),
        slack: Arc::new(Slack {
            dice: Mutex::new(Dice(!plot.seed)),
            posted: Mutex::default(),
        }),
        folder,
        rules: Arc::new(RuleSet::load(&[]).unwrap()),
        running: None,
        channels: plot.channels,
        dice: Dice(plot.seed),
        ahead: SignedDuration::ZERO,
        crashes: 0,
        typed: 0,
        wishes: Wishes::default(),
    };
    bot.start().await;
    for (channel, schedule) in plot.channels {
        bot.says(channel, "set price $49/mo").await;
        bot.says(channel, &format!("digest {schedule}")).await;
        // Whatever the dice want later, one period of each is not wanted.
        bot.wishes(channel, "digest skip").await;
    }
    let mut ledger = Ledger::new();
    let end: Timestamp = END.parse().unwrap();
    while bot.world.now() < end || !bot.ahead.is_zero() || is_on_its_way(&bot).await {
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

/// Whether what was posted for a period is what its outcome says.
fn check_posts(slack: &Slack, channel: &str, last: &Last) {
    let posts = last.carried_by.as_ref().map_or(0, |key| slack.has(key));
    let fits = match last.outcome {
        Outcome::Posted => posts == 1,
        Outcome::Unknown => posts <= 1,
        _ => posts == 0,
    };
    assert!(fits, "{channel}: {last:?} with {posts} posts");
}

/// Each period of a channel has its outcome, was passed over by one that says so, or was left out by
/// people; and no outcome is that of a period which the schedule does not have.
async fn check_channel(bot: &Bot, ledger: &Ledger, channel: &'static str) -> Schedule {
    let schedule = bot.standing(channel).await.schedule;
    let begin: Timestamp = BEGIN.parse().unwrap();
    let entries = || ledger.iter().filter(|((name, _), _)| *name == channel);
    let mut stated = BTreeSet::new();
    for ((_, period), last) in entries() {
        check_posts(&bot.slack, channel, last);
        let all = schedule.instants(*period - SignedDuration::from_nanos(1));
        let mut all = all.map(|instant| instant.timestamp());
        assert_eq!(all.next(), Some(*period), "{channel} has no such period");
        stated.insert(*period);
        // What had an outcome of its own, by a clock that ran ahead, was not passed over.
        let had_its_own = |at: &Timestamp| {
            let own = ledger.get(&(channel, *at));
            own.is_some_and(|it| it.outcome != Outcome::Missed)
        };
        stated.extend(all.filter(|at| !had_its_own(at)).take(last.passed_over));
    }
    let first = begin + SignedDuration::from_nanos(1);
    for period in periods(&schedule, first, bot.world.now()) {
        let is_stated = stated.contains(&period) || bot.wishes.leave_out(channel, period);
        assert!(is_stated, "{channel} {period} is nowhere");
    }
    schedule
}

/// No effect carried two periods, and nothing was posted beside the periods.
fn check_effects(bot: &Bot, ledger: &Ledger) {
    let carriers = ledger.values().filter_map(|it| it.carried_by.as_ref());
    let carried: Vec<_> = carriers.collect();
    let unique: BTreeSet<_> = carried.iter().collect();
    assert_eq!(
        unique.len(),
        carried.len(),
        "one effect carried two periods"
    );
    let posted = bot.slack.posted.lock().unwrap();
    let stray = posted.iter().find(|(_, key)| !unique.contains(&key));
    assert_eq!(stray, None, "a digest of no period");
}

/// The seeds of a test's years: its own, or those that `YEAR_SEEDS` names, such as `1..40`.
fn seeds(own: &[u64]) -> Vec<u64> {
    let named = std::env::var("YEAR_SEEDS").unwrap_or_default();
    let named = named.split_once("..").and_then(|(from, to)| {
        let (from, to) = (from.parse::<u64>().ok()?, to.parse::<u64>().ok()?);
        Some((from..to).collect())
    });
    named.unwrap_or_else(|| own.to_vec())
}

/// How bad the years of a test were. Of one year the dice may want this or that not to happen, of all
/// of them together not.
#[derive(Default)]
struct Badness {
    years: usize,
    channels: usize,
    crashes: usize,
    outcomes: BTreeMap<String, usize>,
}

impl Badness {
    fn of(&self, outcomes: &[&str]) -> usize {
        let counts = outcomes.iter().filter_map(|it| self.outcomes.get(*it));
        counts.sum()
    }

    /// They were as bad as they were meant to be.
    fn check(&self) {
        let (crashes, years) = (self.crashes, self.years);
        assert!(crashes >= 20 * years, "{crashes} crashes in {years} years");
        for outcome in ["Posted", "Quiet", "Missed", "Muted"] {
            assert!(self.of(&[outcome]) > 0, "none was {outcome}");
        }
        let wanted = self.of(&["Skipped", "Snoozed", "Muted", "Withdrawn"]);
        assert!(wanted >= self.channels, "people wanted little: {wanted}");
    }
}

/// A year, checked; with its schedules.
async fn checked(plot: &Plot, badness: &mut Badness) -> Vec<Schedule> {
    let (ledger, bot) = a_year(plot).await;
    check_effects(&bot, &ledger);
    let mut schedules = Vec::new();
    for &(channel, _) in plot.channels {
        schedules.push(check_channel(&bot, &ledger, channel).await);
    }
    badness.years += 1;
    badness.channels += plot.channels.len();
    badness.crashes += bot.crashes;
    for last in ledger.values() {
        let outcome = format!("{:?}", last.outcome);
        *badness.outcomes.entry(outcome).or_default() += 1;
    }
    schedules
}

#[tokio::test]
async fn each_period_of_a_year_has_one_outcome_whatever_breaks() {
    let (mut badness, channels) = (Badness::default(), ZONES);
    // In the year of 28 the clock is set back in its very first hour.
    for seed in seeds(&[6, 28]) {
        checked(&Plot { seed, channels }, &mut badness).await;
    }
    badness.check();
    assert!(badness.of(&["Unknown"]) > 0, "no answer was lost for good");
}

#[tokio::test]
async fn so_it_has_where_the_clocks_skip_its_time_or_show_it_twice() {
    let (mut badness, channels) = (Badness::default(), JUMPS);
    for seed in seeds(&[8]) {
        let schedules = checked(&Plot { seed, channels }, &mut badness).await;
        let (begin, end) = (BEGIN.parse().unwrap(), END.parse().unwrap());
        let jumps = schedules.iter().flat_map(|schedule| {
            let all = schedule
                .instants(begin)
                .take_while(move |at| at.timestamp() < end);
            all.filter_map(|instant| schedule.jump(&instant))
                .collect::<Vec<_>>()
        });
        let jumps: Vec<_> = jumps.collect();
        let count = |jump| jumps.iter().filter(|it| **it == jump).count();
        // Berlin has both, New York one by each of its schedules, Lord Howe likewise.
        assert_eq!((count(Jump::Skipped), count(Jump::Twice)), (3, 3));
    }
    badness.check();
}

#[tokio::test]
async fn so_it_has_where_it_comes_each_day_or_once_a_month() {
    let (mut badness, channels) = (Badness::default(), RHYTHMS);
    for seed in seeds(&[10]) {
        checked(&Plot { seed, channels }, &mut badness).await;
    }
    badness.check();
}
