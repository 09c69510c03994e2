//! Digests of many workspaces that are all due at one minute, through the real store, turns and workers,
//! up to the call to Slack; and how long people wait for an answer meanwhile.
//!
//! It takes minutes and is no row of the table: `--scale 1000 100` is 1,000 workspaces of 100 channels
//! each. With `paced` behind it calls go at the pace that Slack's limits leave and take 0.4 s each.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use futures_util::future::join_all;
use gtm_advisor::advisor::{
    Commit, DedupKey, Delivered, DigestWrite, Inbound, Lookup, Messenger, Origin, OutboxRow, Place,
    PlaceKind, PlanWrite, Said, Store, Turns as _, Urgency,
};
use gtm_advisor::digest::Standing;
use gtm_advisor::ident::{Channel, Installation, MessageTs, Person, PlanId};
use gtm_advisor::plan::{Change, Plan, Version};
use gtm_advisor::slack::limit::Limits;
use gtm_advisor::store::{RecordStore, SealingKeys};
use gtm_advisor::turns::Turns;
use gtm_advisor::worker::Workers;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::digest::{BEGIN, CHANGED, DUE, Outside, SAID, say, turns};
use super::measure::cpu;
use super::table::complain;

/// Commits that are under way side by side, so that one flush serves them all.
const AT_ONCE: usize = 1_000;

/// How long a call takes where it is paced.
const CALL: Duration = Duration::from_millis(400);

/// Somebody asks something this often.
const ASKS_EVERY: Duration = Duration::from_millis(500);

/// So many workspaces with so many channels each.
pub(crate) fn run(words: &[&str]) -> ExitCode {
    let (numbers, is_paced) = match words {
        [teams, each] => ([teams.parse(), each.parse()], false),
        [teams, each, "paced"] => ([teams.parse(), each.parse()], true),
        _ => return refuse(),
    };
    let [Ok(teams), Ok(each)] = numbers else {
        return refuse();
    };
    let runtime = tokio::runtime::Runtime::new().expect("without threads there is nothing to run");
    runtime.block_on(morning(teams, each, is_paced));
    ExitCode::SUCCESS
}

fn refuse() -> ExitCode {
    complain(
        "--scale takes two numbers, such as 1000 100, and `paced` behind them where calls take their time",
    );
    ExitCode::from(2)
}

fn say_line(words: &str) {
    // Whoever closes the pipe early wants no more lines.
    let _ = writeln!(std::io::stdout(), "{words}");
}

async fn morning(teams: usize, each: usize, is_paced: bool) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let store = RecordStore::open(folder.path(), SealingKeys::none()).await;
    let store = Arc::new(store.expect("a new folder opens"));
    let outside = Arc::new(Outside(Mutex::new(BEGIN)));
    let turns = turns(store.clone(), &outside);
    let began = Instant::now();
    prepare(&store, &turns, (teams, each)).await;
    let all = teams * each;
    say_line(&format!(
        "{all} digests are set up, {:.0?}",
        began.elapsed()
    ));
    *outside.0.lock().expect("nobody panics holding it") = DUE;
    let post = Arc::new(Post {
        limits: is_paced.then(Limits::default),
        of: all,
        ..Post::default()
    });
    let workers = Workers::new(turns.clone(), post.clone());
    let stop = CancellationToken::new();
    let (began, spent) = (Instant::now(), cpu());
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { workers.run(stop).await }
    });
    let asking = ask(&turns, &post, teams);
    tokio::select! {
        () = post.is_done.notified() => {}
        () = asking => {}
    }
    let (took, spent) = (began.elapsed(), cpu().saturating_sub(spent));
    stop.cancel();
    running.await.expect("the workers end");
    say_line(&format!(
        "the last digest is out after {took:.1?}, {spent:.1?} of CPU; {:.2?} of CPU each",
        spent / u32::try_from(all).expect("not so many")
    ));
    let waits = post.waits();
    let longest = waits.iter().max().copied().unwrap_or_default();
    say_line(&format!(
        "{} answers to people meanwhile; the longest wait {longest:.2?}, half of them within {:.2?}",
        waits.len(),
        median(waits)
    ));
    say_line(&format!("the most memory held: {}", memory()));
}

fn median(mut waits: Vec<Duration>) -> Duration {
    waits.sort_unstable();
    waits.get(waits.len() / 2).copied().unwrap_or_default()
}

/// What the kernel says of this process.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not known".to_owned(), |it| it.trim().to_owned())
}

/// One channel says what a team says; the others have the same said.
async fn prepare(store: &RecordStore, turns: &Turns, (teams, each): (usize, usize)) {
    for words in SAID.iter().chain(&CHANGED) {
        say(turns, 0, words).await;
    }
    turns.drain().await;
    let (team, channel) = (Installation::new("T1"), Channel::new("C0"));
    let plan = store.current_plan(&team, &channel).await;
    let plan = plan.expect("the store answers").expect("a plan");
    let record = store.plan(&team, &plan).await;
    let changes = record.expect("the store answers").expect("a plan").tail;
    let standing = store.digest(&team, &channel).await;
    let standing = standing.expect("the store answers").expect("it is on");
    // The first workspace is `T1`, and its first channel is there.
    let places: Vec<_> = (0..teams * each)
        .skip(1)
        .map(|n| (n / each + 1, n))
        .collect();
    for some in places.chunks(AT_ONCE) {
        let commits = some
            .iter()
            .map(|(team, channel)| store.commit(copied(&changes, &standing, (*team, *channel))));
        for done in join_all(commits).await {
            done.expect("it is set up");
        }
    }
}

fn copied(changes: &[Change], standing: &Standing, (team, channel): (usize, usize)) -> Commit {
    let id = PlanId::new(format!("plan-{channel}"));
    let channel = Channel::new(format!("C{channel}"));
    Commit {
        plan: Some(PlanWrite {
            channel: channel.clone(),
            plan: Plan::fold(id, changes).expect("they fit"),
            against: Version(0),
            changes: changes.to_vec(),
        }),
        digest: Some(DigestWrite {
            channel,
            standing: Standing {
                revision: 0,
                ..standing.clone()
            },
        }),
        ..Commit::empty(Installation::new(format!("T{team}")), BEGIN)
    }
}

/// Somebody asks again and again, each time in another workspace.
async fn ask(turns: &Turns, post: &Post, teams: usize) {
    for n in 0_usize.. {
        let channel = Channel::new(format!("P{n}"));
        post.asked().insert(channel.clone(), Instant::now());
        let ts = MessageTs::new(format!("{n}.1"));
        let origin = Origin {
            inbound: Inbound {
                installation: Installation::new(format!("T{}", n % teams + 1)),
                place: Place {
                    channel,
                    thread: None,
                    kind: PlaceKind::Channel,
                },
                by: Person::new("U1"),
                said: Said::Mention {
                    words: "help".to_owned(),
                    ts,
                },
                at: DUE,
                files: Vec::new(),
            },
            dedup: vec![DedupKey(format!("asked:{n}"))],
            reply_to: None,
            trigger: None,
        };
        turns.receive(origin).await.expect("the store takes it");
        tokio::time::sleep(ASKS_EVERY).await;
    }
}

/// Slack, which takes everything.
#[derive(Default)]
struct Post {
    limits: Option<Limits>,
    digests: AtomicUsize,
    of: usize,
    is_done: Notify,
    asked: Mutex<BTreeMap<Channel, Instant>>,
    waits: Mutex<Vec<Duration>>,
}

impl Post {
    fn asked(&self) -> MutexGuard<'_, BTreeMap<Channel, Instant>> {
        self.asked.lock().expect("nobody panics holding it")
    }

    fn waits(&self) -> Vec<Duration> {
        self.waits.lock().expect("nobody panics holding it").clone()
    }
}

#[async_trait]
impl Messenger for Post {
    async fn deliver(&self, row: &OutboxRow) -> Delivered {
        if let Some(limits) = &self.limits {
            limits
                .turn(&row.installation, &row.channel, row.urgency)
                .await;
            tokio::time::sleep(CALL).await;
        }
        let asked = self.asked().remove(&row.channel);
        if let Some(asked) = asked {
            let mut waits = self.waits.lock().expect("nobody panics holding it");
            waits.push(asked.elapsed());
        }
        if row.urgency == Urgency::Digest && row.picture.is_none() {
            let before = self.digests.fetch_add(1, Ordering::Relaxed);
            if (before + 1).is_multiple_of(10_000) {
                say_line(&format!("{} digests are out", before + 1));
            }
            if before + 1 == self.of {
                self.is_done.notify_one();
            }
        }
        Delivered::Sent {
            ts: Some(MessageTs::new("1.1")),
        }
    }

    async fn look_up(&self, _: &OutboxRow) -> Lookup {
        Lookup::Absent
    }
}
