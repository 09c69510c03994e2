//! The program dies by SIGKILL at each of its fail points and is started again; what comes of it is
//! what the point's own words promise. A point that has no case here fails the test.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use gtm_advisor::advisor::{Store, Upkeep};
use gtm_advisor::failpoint::FailPoint;
use gtm_advisor::ident::{Channel, Installation};
use gtm_advisor::plan::Version;
use gtm_advisor::playground::{Button, Message, Playground};
use gtm_advisor::store::{RecordStore, SealingKeys};
use tempfile::TempDir;

use crate::harness::{
    ANA, Address, BOT_USER, Binary, GTM_PLAN, SALES, SECRET, Setup, ShiftedClock, TEAM, TOKEN,
    address, open_slack, outside_for, said,
};

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(9);

/// How long all of them may take, and how many go on at once.
const WITHIN: Duration = Duration::from_secs(45);
const AT_ONCE: usize = 6;

/// What somebody does while the program dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// Types a command that changes the plan.
    Command,
    /// Mentions the bot with the same words.
    Mention,
    /// Mentions it, and then presses a button that only reads; the program dies at that.
    Click,
}

/// How the program dies, and what must have come of it in the end.
#[derive(Debug, Clone)]
struct Case {
    point: FailPoint,
    hit: usize,
    door: Door,
    /// How often the answer is there.
    answers: RangeInclusive<usize>,
}

/// The cases of a point. A new point has none, and then the test fails.
fn cases(point: FailPoint) -> Vec<Case> {
    let case = |hit, door, answers| Case {
        point,
        hit,
        door,
        answers,
    };
    let once = 1..=1;
    match point {
        // Opening the store is the first unit; then come the event, the lease, the turn, the call's
        // beginning and its end.
        FailPoint::StoreBeforeFlush | FailPoint::StoreAfterFlush => (2..=6)
            .map(|hit| case(hit, Door::Mention, once.clone()))
            .collect(),
        FailPoint::EventReceived => vec![case(1, Door::Mention, once)],
        FailPoint::TurnBeforeCommit => vec![
            case(1, Door::Mention, once),
            // Nobody was told anything, and Slack sends no command twice.
            case(1, Door::Command, 0..=0),
        ],
        FailPoint::TurnAfterCommit => vec![
            case(1, Door::Mention, once.clone()),
            case(1, Door::Command, once),
        ],
        FailPoint::AckBeforeBody => vec![case(1, Door::Command, once)],
        // The person has it already, or sees it after the restart.
        FailPoint::AckAfterBody => vec![case(1, Door::Command, 1..=2)],
        FailPoint::OutboxAfterCall => vec![
            case(1, Door::Mention, once),
            // An ephemeral answer can't be looked up.
            case(2, Door::Click, 2..=2),
        ],
        // A workspace that removes the app goes a way of its own: `departure.rs` dies there.
        FailPoint::ErasureBegun | FailPoint::ErasureBetween | FailPoint::ErasureBeforeEnd => {
            Vec::new()
        }
        // So do a channel that goes by another id (`new_ids.rs`) and a digest's picture (`pictures.rs`).
        FailPoint::ChannelMoved
        | FailPoint::PictureBeforeUpload
        | FailPoint::PictureBeforeShow
        | FailPoint::PictureAfterShow => Vec::new(),
        FailPoint::OutboxBeforeCall | FailPoint::OutboxAfterMark => vec![
            case(1, Door::Mention, once.clone()),
            case(2, Door::Click, once),
        ],
    }
}

#[test]
fn every_fail_point_ends_as_it_promises() {
    let cases: Vec<_> = FailPoint::ALL
        .iter()
        .filter(|point| !crate::pictures::POINTS.contains(point))
        .filter(|point| !crate::departure::POINTS.contains(point))
        .filter(|point| !crate::new_ids::POINTS.contains(point))
        .map(|&point| (point, cases(point)))
        .collect();
    let bare: Vec<_> = cases.iter().filter(|(_, cases)| cases.is_empty()).collect();
    assert!(bare.is_empty(), "points that nobody dies at: {bare:?}");
    let mut cases: Vec<_> = cases.into_iter().flat_map(|(_, cases)| cases).collect();
    // First those that wait for seconds until a reply is due once more.
    cases.sort_by_key(|case| case.door != Door::Command);
    outside_for(WITHIN, async || {
        stream::iter(cases)
            .map(run)
            .buffer_unordered(AT_ONCE)
            .count()
            .await;
    });
}

/// A workspace, and the program in a folder of its own.
pub(crate) struct Desk {
    pub(crate) slack: Playground,
    clock: Arc<ShiftedClock>,
    address: Address,
    pub(crate) folder: TempDir,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let (clock, address) = (Arc::new(ShiftedClock::default()), address());
        Self {
            slack: open_slack(&Setup::default(), address, clock.clone()).await,
            clock,
            address,
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    pub(crate) async fn start(&self, crash_at: Option<&str>) -> Binary {
        let (listen, api_base) = (self.address.to_string(), self.slack.api_base());
        let folder = self.folder.path().to_string_lossy().into_owned();
        let mut settings = vec![
            ("GTM_LISTEN", listen.as_str()),
            ("GTM_ADMIN_LISTEN", "off"),
            ("GTM_DATA_DIR", &folder),
            ("SLACK_SIGNING_SECRET", SECRET),
            ("SLACK_BOT_TOKEN", TOKEN),
            ("SLACK_API_BASE", &api_base),
        ];
        settings.extend(crash_at.map(|point| ("CRASH_AT", point)));
        let mut program = Binary::start(&["serve"], &settings, self.folder.path());
        program.until("slack knows the bot").await;
        program
    }

    /// The program is killed at `point` while Ana presses a button of the card that `words` bring, and
    /// she presses it again when it is back.
    pub(crate) async fn press_over_a_kill(
        &self,
        point: FailPoint,
        words: &str,
        label: &str,
    ) -> Binary {
        // The command's turn is the first, the press the second.
        let program = self.start(Some(&format!("{point}:2"))).await;
        let sent = self.slack.send_command(ANA, GTM_PLAN, words).await;
        let card = sent.expect("Ana may speak there").shown.expect("a card");
        let press = || Button::Labelled(label);
        drop(self.slack.click(ANA, GTM_PLAN, &card.ts, press()).await);
        let died = program.ended().await;
        assert_eq!(died.signal(), Some(9), "{point}: {}", died.output);
        let program = self.start(None).await;
        let again = self.slack.click(ANA, GTM_PLAN, &card.ts, press()).await;
        assert!(again.expect("the card is there").is_taken());
        program
    }

    /// The store as a program leaves it that ends in order.
    pub(crate) async fn left_by(&self, program: Binary) -> RecordStore {
        program.terminate();
        let ended = program.ended().await;
        assert_eq!(ended.code(), Some(0), "{}", ended.output);
        let store = RecordStore::open(self.folder.path(), SealingKeys::none()).await;
        store.expect("the program has let go of it")
    }

    /// Does what the case is about; returns where its answer is to be looked for.
    async fn act(&self, door: Door) -> Message {
        let words = "set price $49/mo";
        if door == Door::Command {
            let result = self.slack.send_command(ANA, GTM_PLAN, words).await;
            return result
                .expect("Ana may speak there")
                .shown
                .expect("an answer or an error");
        }
        let mention = format!("@gtm {words}");
        let sent = self.slack.send_message(ANA, GTM_PLAN, None, &mention).await;
        let message = sent.expect("Ana may speak there").message;
        if door == Door::Click {
            let card = self
                .slack
                .until(|slack| thread(slack, &message.ts).pop())
                .await;
            let button = Button::Labelled("Check the plan");
            let pressed = self.slack.click(ANA, GTM_PLAN, &card.ts, button).await;
            // The answer may go out, and the program die, before the press is acknowledged: what
            // was committed is answered all the same, and that is what the case looks at.
            pressed.expect("a button");
        }
        message
    }

    /// The answers that a person has seen.
    fn answers(&self, door: Door, message: &Message) -> usize {
        let seen = match door {
            Door::Mention => thread(&self.slack, &message.ts),
            Door::Command => self.slack.messages(GTM_PLAN),
            Door::Click => self.slack.ephemerals(GTM_PLAN, ANA),
        };
        seen.iter().filter(|it| it.user == BOT_USER).count()
    }

    /// What is on disk, once the program has ended: every queue is empty, and the plan's version.
    async fn on_disk(&self) -> (usize, u64) {
        let store = RecordStore::open(self.folder.path(), SealingKeys::none()).await;
        let store = store.expect("the program has let go of it");
        let health = store.health().await.expect("it can be read");
        let (team, channel) = (Installation::new(TEAM), Channel::new(GTM_PLAN));
        let plan = store
            .current_plan(&team, &channel)
            .await
            .expect("it can be read");
        let version = match plan {
            None => 0,
            Some(plan) => {
                let record = store.plan(&team, &plan).await.expect("it can be read");
                let record = record.expect("the channel points at it");
                let history = store.history(&team, &plan, Version(0), 10).await;
                let history = history.expect("it can be read");
                assert_eq!(history.len() as u64, record.plan.version().0, "no gap");
                record.plan.version().0
            }
        };
        store.close().await.expect("it closes");
        (
            health.inbox.rows + health.outbox.rows + health.dead_letters.rows,
            version,
        )
    }
}

fn thread(slack: &Playground, root: &str) -> Vec<Message> {
    let mut messages = slack.messages(GTM_PLAN);
    messages.retain(|it| it.answers(root) && it.user == BOT_USER);
    messages
}

async fn run(case: Case) {
    let desk = Desk::open().await;
    let message = patiently(&case, "to die", die(&case, &desk)).await;
    let before = desk.answers(case.door, &message);
    let program = patiently(&case, "to start again", desk.start(None)).await;
    if case.door == Door::Mention {
        // What was not acknowledged comes again, what was is recognised.
        desk.clock.move_by(61);
        for delivery in desk.slack.run_due_retries().await {
            assert!(delivery.is_taken(), "{case:?}: {delivery:?}");
        }
    }
    // A reply that was written and not marked comes again, five seconds after it was due.
    let again = usize::from(case.point == FailPoint::AckAfterBody);
    let enough = *case.answers.start().max(&(before + again));
    let answered = |_: &Playground| (desk.answers(case.door, &message) >= enough).then_some(());
    patiently(&case, "for an answer", desk.slack.until(answered)).await;
    program.terminate();
    let ended = patiently(&case, "to end", program.ended()).await;
    assert_eq!(ended.code(), Some(0), "{case:?}: {}", ended.output);

    let (waiting, version) = desk.on_disk().await;
    assert_eq!(
        waiting, 0,
        "{case:?}: rows that would be worked on once more"
    );
    let found = desk.answers(case.door, &message);
    assert!(case.answers.contains(&found), "{case:?}: {found} answers");
    let lost = case.point == FailPoint::TurnBeforeCommit && case.door == Door::Command;
    assert_eq!(
        version,
        u64::from(!lost),
        "{case:?}: {}",
        case.point.outcome()
    );
    if lost {
        assert!(said(&message).contains("failed"), "{}", said(&message));
    }
    desk.slack.close();
}

/// Lets the program die at the point; returns what was said then.
async fn die(case: &Case, desk: &Desk) -> Message {
    let program = desk
        .start(Some(&format!("{}:{}", case.point, case.hit)))
        .await;
    let message = desk.act(case.door).await;
    let died = program.ended().await;
    assert_eq!(died.signal(), Some(9), "{case:?}: {}", died.output);
    message
}

async fn patiently<T>(case: &Case, what: &str, wait: impl Future<Output = T>) -> T {
    let waited = tokio::time::timeout(PATIENCE, wait).await;
    waited.unwrap_or_else(|_| panic!("{case:?}: waited in vain {what}"))
}

/// The program is killed while an admin's press sets a threshold for the workspace, before that is on
/// disk and after it: the card still works, it is set once, and every channel goes by it.
#[test]
fn a_threshold_of_the_workspace_outlives_a_kill_in_the_middle() {
    outside_for(WITHIN, async || {
        for point in [FailPoint::TurnBeforeCommit, FailPoint::TurnAfterCommit] {
            let desk = Desk::open().await;
            let words = "threshold workspace field-acv-low.max_acv $20k because we sell to schools";
            let program = desk
                .press_over_a_kill(point, words, "Set it in every channel")
                .await;
            let told = desk.slack.send_command(ANA, SALES, "thresholds").await;
            let told = said(&told.expect("Ana is there").shown.expect("an answer"));
            assert!(
                told.contains("1 number of the workspace's, in place of the rules' own"),
                "{point}: {told}"
            );
            let store = desk.left_by(program).await;
            let kept = store.workspace(&Installation::new(TEAM)).await;
            let kept = kept.expect("it can be read").expect("it is kept");
            assert_eq!(
                (kept.revision, kept.thresholds.len()),
                (1, 1),
                "{point}: set once"
            );
            store.close().await.expect("it closes");
            desk.slack.close();
        }
    });
}

/// The program is killed between a card and its press, before the press is on disk and after it: the
/// card still works, nothing is applied twice, and a second press is told what happened.
#[test]
fn a_proposal_outlives_a_kill_in_the_middle() {
    outside_for(WITHIN, async || {
        for (point, applied) in [
            (FailPoint::TurnBeforeCommit, false),
            (FailPoint::TurnAfterCommit, true),
        ] {
            let desk = Desk::open().await;
            // The mention's turn is the first, the press the second.
            let program = desk.start(Some(&format!("{point}:2"))).await;
            let words = "@gtm we charge $49/mo per seat and close 120 deals a year";
            let sent = desk.slack.send_message(ANA, GTM_PLAN, None, words).await;
            let message = sent.expect("Ana may speak there").message;
            let card = desk
                .slack
                .until(|slack| thread(slack, &message.ts).pop())
                .await;
            let press = || Button::Labelled("Apply all 3");
            let pressed = desk.slack.click(ANA, GTM_PLAN, &card.ts, press()).await;
            let died = program.ended().await;
            assert_eq!(died.signal(), Some(9), "{point}: {}", died.output);
            drop(pressed);

            let program = desk.start(None).await;
            if !applied {
                let again = desk.slack.click(ANA, GTM_PLAN, &card.ts, press()).await;
                assert!(again.expect("the card is there").is_taken());
            }
            let outcome = |slack: &Playground| {
                let card = thread(slack, &message.ts).pop()?;
                said(&card).contains("Applied 3 values").then_some(card)
            };
            desk.slack.until(outcome).await;
            program.terminate();
            let ended = program.ended().await;
            assert_eq!(ended.code(), Some(0), "{point}: {}", ended.output);
            assert_eq!(desk.on_disk().await, (0, 3), "{point}");
            desk.slack.close();
        }
    });
}

/// The program is killed while a value that was edited in a form is applied: the form stays open
/// until somebody knows that it was taken, and the value is applied once.
#[test]
fn an_edited_value_outlives_a_kill_in_the_middle() {
    outside_for(WITHIN, async || {
        for point in [FailPoint::TurnBeforeCommit, FailPoint::TurnAfterCommit] {
            let desk = Desk::open().await;
            // The mention’s turn is the first, what the form brings the second: opening it is none.
            let program = desk.start(Some(&format!("{point}:2"))).await;
            let words = "@gtm we charge $49/mo";
            let sent = desk.slack.send_message(ANA, GTM_PLAN, None, words).await;
            let message = sent.expect("Ana may speak there").message;
            let card = desk
                .slack
                .until(|slack| thread(slack, &message.ts).pop())
                .await;
            let edit = Button::Labelled("Edit");
            let pressed = desk.slack.click(ANA, GTM_PLAN, &card.ts, edit).await;
            assert!(pressed.expect("a button").is_taken(), "{point}");
            let ready = |slack: &Playground| {
                let view = slack.views(ANA).pop()?;
                view.view.to_string().contains("$49").then_some(view)
            };
            let view = desk.slack.until(ready).await;
            let filled = BTreeMap::from([("value".to_owned(), "$59/mo".to_owned())]);
            let submit = || desk.slack.submit(ANA, &view.id, &filled);
            let cut = submit().await;
            let died = program.ended().await;
            assert_eq!(died.signal(), Some(9), "{point}: {}", died.output);
            assert!(cut.is_err(), "{point}: nobody was told that it was taken");
            assert_eq!(desk.slack.views(ANA).len(), 1, "{point}: it stays open");

            let program = desk.start(None).await;
            // Sent once more it does what was not done, or is recognised; either way the form closes.
            let again = submit().await.expect("the form is there");
            assert!(again.errors.is_empty(), "{point}: {again:?}");
            assert!(desk.slack.views(ANA).is_empty(), "{point}: it closes");
            let outcome = |slack: &Playground| {
                let card = thread(slack, &message.ts).pop()?;
                said(&card).contains("$59 a month").then_some(card)
            };
            desk.slack.until(outcome).await;
            program.terminate();
            let ended = program.ended().await;
            assert_eq!(ended.code(), Some(0), "{point}: {}", ended.output);
            assert_eq!(desk.on_disk().await, (0, 1), "{point}");
            desk.slack.close();
        }
    });
}
