//! Looking for digests that are due, among few schedules and many.

use std::hint::black_box;

use futures_util::future::join_all;
use gtm_advisor::advisor::{Commit, DigestWrite, Store};
use gtm_advisor::digest::schedule::{Context, Schedule, Zone};
use gtm_advisor::digest::{Quiet, Seen, Standing};
use gtm_advisor::ident::{Channel, Installation, Person};
use gtm_advisor::store::{RecordStore, SealingKeys};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::subject::{Routine, Subject};

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
const DUE: usize = 10;
const AT_ONCE: usize = 500;

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("none due of 1,000 schedules", |_| looking(10, 100, 0)).uncounted(),
        Subject::new("none due of 100,000 schedules", |_| looking(1_000, 100, 0)).uncounted(),
        Subject::new("10 due of 1,000 schedules", |_| looking(10, 100, DUE)).uncounted(),
        Subject::new("10 due of 100,000 schedules", |_| looking(1_000, 100, DUE)).uncounted(),
    ]
}

/// A store in which some digests are due now and all others later.
struct Place {
    store: RecordStore,
    runtime: Runtime,
    _folder: TempDir,
}

fn looking(teams: usize, each: usize, due: usize) -> Routine {
    let place = Place::with(teams, each, due);
    let look = move || {
        let found = place.store.due_digests(NOW, 32);
        place.runtime.block_on(found).expect("the store answers")
    };
    assert_eq!(look().len(), due);
    Box::new(move || {
        black_box(look());
    })
}

impl Place {
    fn with(teams: usize, each: usize, due: usize) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime of one thread needs nothing");
        let opened = RecordStore::open(folder.path(), SealingKeys::none());
        let store = runtime.block_on(opened).expect("a new folder opens");
        let all: Vec<_> = (0..teams * each)
            .map(|n| scheduled(n / each, n, n < due))
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
            _folder: folder,
        }
    }
}

/// One channel's schedule; what is not due now is due in a day.
fn scheduled(team: usize, channel: usize, is_due: bool) -> Commit {
    let context = Context {
        zone: Zone::utc(),
        now: NOW,
    };
    let standing = Standing {
        schedule: Schedule::read("mondays 9am", &context).expect("a schedule"),
        is_on: true,
        quiet: Quiet::Change,
        set_by: Person::new("U1"),
        set_at: NOW,
        next: Some(if is_due {
            NOW
        } else {
            NOW + SignedDuration::from_hours(24)
        }),
        rests: None,
        last: None,
        seen: Seen::default(),
        compared: None,
        asked: Vec::new(),
        quiet_in_a_row: 0,
        revision: 0,
    };
    Commit {
        digest: Some(DigestWrite {
            channel: Channel::new(format!("C{channel}")),
            standing,
        }),
        ..Commit::empty(Installation::new(format!("T{team}")), NOW)
    }
}
