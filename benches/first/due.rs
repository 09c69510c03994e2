//! Looking for digests that are due, among few schedules and many.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::rc::Rc;

use futures_util::future::join_all;
use gtm_advisor::advisor::{Commit, DigestWrite, Store};
use gtm_advisor::digest::Standing;
use gtm_advisor::digest::schedule::{Context, Schedule, Zone};
use gtm_advisor::ident::{Channel, Installation, Person};
use gtm_advisor::store::{RecordStore, SealingKeys};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::subject::{Routine, Subject};

/// When the first digests are due, a Friday; the others are on Monday.
const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
const DUE: usize = 10;
/// How many workspaces share the schedules.
const TEAMS: [usize; 2] = [10, 1_000];
const EACH: usize = 100;
/// Commits that are under way side by side, so that one flush serves them all.
const AT_ONCE: usize = 1_000;

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("none due of 1,000 schedules", |_| none_due(TEAMS[0])).uncounted(),
        Subject::new("none due of 100,000 schedules", |_| none_due(TEAMS[1])).uncounted(),
        Subject::new("10 due of 1,000 schedules", |_| some_due(TEAMS[0])).uncounted(),
        Subject::new("10 due of 100,000 schedules", |_| some_due(TEAMS[1])).uncounted(),
        Subject::new("walk 10 workspaces", |_| walking(TEAMS[0])).uncounted(),
        Subject::new("walk 1,000 workspaces", |_| walking(TEAMS[1])).uncounted(),
        Subject::new("walk 1,000 standings", |_| starting(TEAMS[0])).uncounted(),
        Subject::new("walk 100,000 standings", |_| starting(TEAMS[1])).uncounted(),
    ]
}

thread_local! {
    /// Looking changes nothing, so that one store of a size serves all that look at it.
    static PLACES: RefCell<BTreeMap<usize, Rc<Place>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A store in which some digests are due now and all others later.
struct Place {
    store: RecordStore,
    runtime: Runtime,
    /// A minute in which nothing is due; each is walked once.
    minute: Cell<Timestamp>,
    _folder: TempDir,
}

/// What is looked for each second while nothing is due.
fn none_due(teams: usize) -> Routine {
    let place = Place::of(teams);
    Box::new(move || {
        assert_eq!(
            black_box(place.due_at(NOW - SignedDuration::from_secs(1))),
            0
        );
    })
}

fn some_due(teams: usize) -> Routine {
    let place = Place::of(teams);
    Box::new(move || assert_eq!(black_box(place.due_at(NOW)), DUE))
}

/// What is done once a minute: the first entry of each workspace is looked at.
fn walking(teams: usize) -> Routine {
    let place = Place::of(teams);
    Box::new(move || {
        let minute = place.minute.get();
        place.minute.set(minute + SignedDuration::from_mins(1));
        assert_eq!(black_box(place.due_at(minute)), 0);
    })
}

/// What is done once after a start: how each digest stands is read, in case a clock ahead has put it
/// off. Here none has.
fn starting(teams: usize) -> Routine {
    let place = Place::of(teams);
    Box::new(move || {
        let set_right = place.runtime.block_on(place.store.set_right(NOW));
        assert_eq!(black_box(set_right.expect("the store answers")), 0);
    })
}

impl Place {
    fn of(teams: usize) -> Rc<Self> {
        let known = PLACES.with_borrow(|places| places.get(&teams).cloned());
        known.unwrap_or_else(|| {
            let place = Rc::new(Self::with(teams));
            PLACES.with_borrow_mut(|places| places.insert(teams, Rc::clone(&place)));
            place
        })
    }

    fn with(teams: usize) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime of one thread needs nothing");
        let opened = RecordStore::open(folder.path(), SealingKeys::none());
        let store = runtime.block_on(opened).expect("a new folder opens");
        let all: Vec<_> = (0..teams * EACH)
            .map(|n| scheduled(n / EACH, n, n < DUE))
            .collect();
        for some in all.chunks(AT_ONCE) {
            let commits = some.iter().map(|commit| store.commit(commit.clone()));
            for done in runtime.block_on(join_all(commits)) {
                done.expect("it is scheduled");
            }
        }
        Self {
            store,
            runtime,
            minute: Cell::new(NOW - SignedDuration::from_hours(100_000)),
            _folder: folder,
        }
    }

    fn due_at(&self, now: Timestamp) -> usize {
        let found = self.store.due_digests(now, 32);
        let found = self.runtime.block_on(found).expect("the store answers");
        found.len()
    }
}

/// One channel's schedule; what is not due now is due on Monday.
fn scheduled(team: usize, channel: usize, is_due: bool) -> Commit {
    let context = Context {
        zone: Zone::utc(),
        now: NOW,
    };
    let schedule = Schedule::read("mondays 9am", &context).expect("a schedule");
    let begun = Standing::begun(schedule, Person::new("U1"), NOW);
    let standing = Standing {
        next: if is_due { Some(NOW) } else { begun.next },
        ..begun
    };
    Commit {
        digest: Some(DigestWrite {
            channel: Channel::new(format!("C{channel}")),
            standing,
        }),
        ..Commit::empty(Installation::new(format!("T{team}")), NOW)
    }
}
