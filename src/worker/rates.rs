//! How long many digests take at the outbox's pace, and that nobody waits behind them: a day at Slack in
//! a few seconds, on a clock of its own, over the limiter that the messenger asks.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::time::Duration;

use governor::clock::FakeRelativeClock;

use super::outbox::{DIGESTS_OF_ONE, room};
use crate::advisor::Urgency;
use crate::ident::{Channel, Installation};
use crate::slack::limit::{DIGESTS, Limits, Turn};

/// How long a call to Slack takes here: slower than it usually is.
const CALL: Duration = Duration::from_millis(400);

const HOUR: Duration = Duration::from_hours(1);

#[derive(Clone)]
struct Row {
    team: usize,
    channel: usize,
    urgency: Urgency,
    came: Duration,
}

/// What happens to a row that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    /// It asks for its turn.
    Asks(usize),
    /// Its call has ended.
    Ends(usize),
    /// It comes into the outbox.
    Comes(usize),
}

/// The outbox, its slots, and the limiter.
struct Sim {
    rows: Vec<Row>,
    teams: Vec<Installation>,
    clock: FakeRelativeClock,
    limits: Limits<FakeRelativeClock>,
    now: Duration,
    events: BinaryHeap<Reverse<(Duration, Next)>>,
    turns: BTreeMap<usize, Turn>,
    people: VecDeque<usize>,
    /// The digests that wait, by workspace.
    digests: Vec<VecDeque<usize>>,
    /// The oldest digest of each workspace that may have one more under way.
    open: BTreeSet<(usize, usize)>,
    /// How many digests of each workspace are under way.
    busy: Vec<usize>,
    /// When each row was posted.
    posted: Vec<Duration>,
}

impl Sim {
    fn new(rows: Vec<Row>) -> Self {
        let clock = FakeRelativeClock::default();
        let teams = rows
            .iter()
            .map(|row| row.team)
            .max()
            .map_or(0, |last| last + 1);
        let mut sim = Self {
            limits: Limits::on(clock.clone(), Duration::from_secs(1)),
            clock,
            now: Duration::ZERO,
            events: BinaryHeap::new(),
            turns: BTreeMap::new(),
            people: VecDeque::new(),
            digests: vec![VecDeque::new(); teams],
            open: BTreeSet::new(),
            busy: vec![0; teams],
            posted: vec![Duration::MAX; rows.len()],
            teams: (0..teams)
                .map(|n| Installation::new(format!("T{n}")))
                .collect(),
            rows,
        };
        for n in 0..sim.rows.len() {
            let came = sim.rows[n].came;
            sim.events.push(Reverse((came, Next::Comes(n))));
        }
        sim
    }

    /// Until all is posted.
    fn run(mut self) -> Self {
        while let Some(Reverse((at, next))) = self.events.pop() {
            self.clock.advance(at.saturating_sub(self.now));
            self.now = at;
            match next {
                Next::Comes(row) => self.comes(row),
                Next::Asks(row) => self.asks(row),
                Next::Ends(row) => self.ends(row),
            }
            self.begin();
        }
        self
    }

    fn comes(&mut self, row: usize) {
        let Row { team, urgency, .. } = self.rows[row];
        match urgency {
            Urgency::Person => self.people.push_back(row),
            Urgency::Digest => {
                self.digests[team].push_back(row);
                self.list(team);
            }
        }
    }

    /// Notes whether a workspace may have one more digest under way.
    fn list(&mut self, team: usize) {
        if self.busy[team] < DIGESTS_OF_ONE
            && let Some(&first) = self.digests[team].front()
        {
            self.open.insert((first, team));
        }
    }

    /// The rows that the outbox begins: people's, then the oldest digests.
    fn begin(&mut self) {
        while self.turns.len() < room(Urgency::Person)
            && let Some(row) = self.people.pop_front()
        {
            self.start(row);
        }
        while self.turns.len() < room(Urgency::Digest)
            && let Some((row, team)) = self.open.pop_first()
        {
            self.digests[team].pop_front();
            self.busy[team] += 1;
            self.list(team);
            self.start(row);
        }
    }

    fn start(&mut self, row: usize) {
        self.turns.insert(row, Turn::default());
        self.asks(row);
    }

    fn asks(&mut self, row: usize) {
        let Row {
            team,
            channel,
            urgency,
            ..
        } = self.rows[row];
        let channel = Channel::new(format!("C{channel}"));
        let turn = self.turns.get_mut(&row).expect("it is under way");
        let next = self.limits.next(turn, &self.teams[team], &channel, urgency);
        let event = match next {
            Ok(()) => (self.now + CALL, Next::Ends(row)),
            // At least a step, or the clock would stand.
            Err(wait) => (
                self.now + wait.max(Duration::from_nanos(1)),
                Next::Asks(row),
            ),
        };
        self.events.push(Reverse(event));
    }

    fn ends(&mut self, row: usize) {
        self.posted[row] = self.now;
        self.turns.remove(&row);
        let Row { team, urgency, .. } = self.rows[row];
        if urgency == Urgency::Digest {
            self.busy[team] -= 1;
            self.list(team);
        }
    }

    /// When the last digest was posted.
    fn last(&self) -> Duration {
        *self.posted.iter().max().expect("there are rows")
    }

    /// The longest that a person has waited.
    fn longest_wait(&self) -> Duration {
        let people = self.rows.iter().zip(&self.posted);
        let people = people.filter(|(row, _)| row.urgency == Urgency::Person);
        let waits = people.map(|(row, posted)| posted.saturating_sub(row.came));
        waits.max().expect("somebody asked")
    }
}

/// So many digests in so many workspaces, all due at the same minute.
fn digests(teams: usize, each: usize) -> Vec<Row> {
    let of = |team| {
        (0..each).map(move |channel| Row {
            team,
            channel,
            urgency: Urgency::Digest,
            came: Duration::ZERO,
        })
    };
    (0..teams).flat_map(of).collect()
}

/// Somebody asks something every so often, in one workspace after the other.
fn people(teams: usize, every: Duration, until: Duration) -> Vec<Row> {
    let times = (1..).map(|n| every * n).take_while(|at| *at < until);
    times
        .enumerate()
        .map(|(n, came)| Row {
            team: n % teams,
            channel: 1_000_000 + n,
            urgency: Urgency::Person,
            came,
        })
        .collect()
}

/// The numbers of docs/benchmarks.md, for whoever asks with `--nocapture`.
fn told(what: &str, sim: &Sim) {
    println!(
        "{what}: the last digest after {:?}, the longest wait of a person {:?}",
        sim.last(),
        sim.longest_wait()
    );
}

#[test]
fn a_hundred_thousand_channels_in_a_thousand_workspaces_have_theirs_within_the_hour() {
    let mut rows = digests(1_000, 100);
    rows.extend(people(1_000, Duration::from_secs(2), HOUR / 3));
    let sim = Sim::new(rows).run();
    told("100,000 channels in 1,000 workspaces", &sim);
    assert!(sim.last() <= HOUR, "the last came after {:?}", sim.last());
    let waited = sim.longest_wait();
    assert!(
        waited < Duration::from_secs(1),
        "somebody waited {waited:?}"
    );
}

#[test]
fn five_thousand_channels_of_one_workspace_take_its_limit_and_nobody_waits_for_them() {
    let mut rows = digests(1, 5_000);
    // Thirty answers a minute, beside two hundred digests.
    rows.extend(people(1, Duration::from_secs(2), HOUR / 3));
    let sim = Sim::new(rows).run();
    told("5,000 channels in one workspace", &sim);
    let (a_minute, at_once) = DIGESTS;
    let at_the_limit = Duration::from_mins(1) * (5_000 - at_once) / a_minute;
    let slack = Duration::from_secs(2);
    let last = sim.last();
    assert!(
        (at_the_limit..at_the_limit + slack).contains(&last),
        "the last came after {last:?}"
    );
    let waited = sim.longest_wait();
    assert!(
        waited < Duration::from_secs(1),
        "somebody waited {waited:?}"
    );
}
