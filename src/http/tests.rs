//! The endpoints over a real socket, with turns that answer as they are told.

mod bodies;
mod forms;

use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::*;
use crate::advisor::{
    Answered, Departure, Followed, Moved, Origin, OutboxRow, OutboxState, Over, Received, ReplyTo,
    Said, SentReply, StoreError, Target, Turns, Unclear, Urgency,
};
use crate::clock::Clock;
use crate::ident::{Channel, InboxId, Installation, OutboxId, Person, Reference};
use crate::metrics::Metrics;
use crate::render::{Block, Document, Inline};
use crate::slack::delivery::Identity;
use crate::slack::directory::{Known, People};
use crate::slack::fake::{Answer, Fake};
use crate::slack::signature::{SIGNATURE_HEADER, Secrets, TIMESTAMP_HEADER, sign};

const SECRET: &str = "gtm-test-secret";
const NOW: i64 = 1_700_000_000;
const COMMAND: &str =
    "command=%2Fgtm&text=check&team_id=T1&channel_id=C1&user_id=U1&trigger_id=1.2.a";
const MENTION: &str = r#"{"type":"event_callback","team_id":"T1","api_app_id":"A1","event_id":"Ev1","event":
    {"type":"app_mention","user":"U1","text":"<@UBOT> check","ts":"1700000000.000100","channel":"C1"}}"#;

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(NOW).expect("a timestamp")
    }
}

/// Turns that do as they are told and remember what they were asked.
struct Told {
    receive: Result<Received, StoreError>,
    answer: Answered,
    /// Each answer waits for one permit.
    gate: Semaphore,
    /// Rings when an answer begins to wait.
    waiting: Notify,
    asked: Mutex<Vec<Origin>>,
    written: mpsc::UnboundedSender<OutboxRow>,
    unheard: mpsc::UnboundedSender<OutboxRow>,
}

#[async_trait]
impl Turns for Told {
    async fn receive(&self, origin: Origin) -> Result<Received, StoreError> {
        self.asked.lock().expect("a lock").push(origin);
        self.receive.clone()
    }

    async fn answer(&self, origin: Origin, _: Over) -> Answered {
        let said = &origin.inbound.said;
        assert!(
            !matches!(said, Said::Command { words } if words == "panic"),
            "told to"
        );
        self.asked.lock().expect("a lock").push(origin);
        self.waiting.notify_one();
        self.gate.acquire().await.expect("a gate").forget();
        self.answer.clone()
    }

    async fn depart(&self, _: &Installation, _: Timestamp) -> Result<Departure, StoreError> {
        Ok(Departure::Begun)
    }

    async fn follow_channel(&self, _: Moved) -> Result<Followed, StoreError> {
        Ok(Followed::Now)
    }

    fn written(&self, row: OutboxRow) {
        self.written.send(row).expect("somebody listens");
    }

    fn unheard(&self, row: OutboxRow) {
        self.unheard.send(row).expect("somebody listens");
    }
}

struct Server {
    base: String,
    turns: Arc<Told>,
    written: mpsc::UnboundedReceiver<OutboxRow>,
    unheard: mpsc::UnboundedReceiver<OutboxRow>,
    metrics: Arc<Metrics>,
    readiness: Readiness,
    fake: Fake,
    shutdown: CancellationToken,
    task: JoinHandle<()>,
}

/// What a test may set before its server starts.
struct Setup {
    receive: Result<Received, StoreError>,
    answer: Answered,
    permits: usize,
    at_once: usize,
    bodies: usize,
    body_within: Duration,
    forms: FormTimes,
    /// Whether Slack has said who the bot is.
    known: Known,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            receive: Ok(Received::New(InboxId::new("i1"))),
            answer: Answered::Later,
            permits: 100,
            at_once: 10,
            bodies: 4 * 1024,
            body_within: Duration::from_secs(5),
            forms: FormTimes::beside(Duration::from_secs(30)),
            known: Arc::new(OnceLock::from(Identity::new(
                Installation::new("T1"),
                Person::new("UBOT"),
            ))),
        }
    }
}

impl Setup {
    async fn start(self) -> Server {
        let fake = Fake::start().await;
        let (told, written) = mpsc::unbounded_channel();
        let (told_late, unheard) = mpsc::unbounded_channel();
        let turns = Arc::new(Told {
            receive: self.receive,
            answer: self.answer,
            gate: Semaphore::new(self.permits),
            waiting: Notify::new(),
            asked: Mutex::default(),
            written: told,
            unheard: told_late,
        });
        let door = Door {
            turns: turns.clone(),
            secrets: Secrets::new([SECRET.into()]),
            known: self.known,
            client: fake.client(),
            people: Arc::new(People::new(fake.client())),
            clock: Arc::new(Still),
            metrics: Arc::default(),
            readiness: Readiness::default(),
            at_once: Arc::new(Semaphore::new(self.at_once)),
            bodies: Arc::new(Semaphore::new(self.bodies)),
            body_within: self.body_within,
            forms: self.forms,
            beside: TaskTracker::new(),
        };
        let (metrics, readiness) = (door.metrics.clone(), door.readiness.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let shutdown = CancellationToken::new();
        let app = router(door).merge(status_page());
        Server {
            base: format!("http://{address}"),
            turns,
            written,
            unheard,
            metrics,
            readiness,
            fake,
            task: tokio::spawn(serve(listener, app, shutdown.clone())),
            shutdown,
        }
    }
}

impl Server {
    fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    fn post(&self, path: &str, body: impl Into<String>) -> RequestBuilder {
        let (body, time) = (body.into(), NOW.to_string());
        reqwest::Client::new()
            .post(format!("{}{path}", self.base))
            .header(TIMESTAMP_HEADER, &time)
            .header(SIGNATURE_HEADER, sign(SECRET, &time, body.as_bytes()))
            .body(body)
    }

    async fn send(&self, path: &str, body: impl Into<String>) -> Response {
        self.post(path, body).send().await.expect("a response")
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let url = format!("{}{path}", self.base);
        text_of(reqwest::get(url).await.expect("a response")).await
    }

    fn asked(&self) -> Vec<Origin> {
        self.turns.asked.lock().expect("a lock").clone()
    }

    fn counts(&self, line: &str) -> bool {
        self.metrics.encode().lines().any(|it| it == line)
    }

    /// Ends the server and everything under way.
    async fn stop(&mut self) {
        self.shutdown.cancel();
        (&mut self.task).await.expect("the server ends");
    }
}

fn row(words: Vec<Inline>) -> OutboxRow {
    OutboxRow {
        id: OutboxId::new("o1"),
        installation: Installation::new("T1"),
        channel: Channel::new("C1"),
        target: Target::Response {
            reply_to: ReplyTo {
                response_url: "https://hooks.slack.com/commands/1".to_owned(),
            },
            everyone: true,
            replaces: false,
            thread: None,
        },
        document: Document {
            headline: "Two gaps".to_owned(),
            blocks: vec![Block::Paragraph(words)],
        },
        picture: None,
        urgency: Urgency::Person,
        unclear: Unclear::Repeat,
        due: Timestamp::UNIX_EPOCH,
        use_by: Timestamp::MAX,
        period: None,
        aside: false,
        attempts: 0,
        state: OutboxState::Waiting,
        reference: Reference::new("r1"),
    }
}

fn click(fake: &Fake) -> String {
    let payload = json!({
        "type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"},
        "container": {"message_ts": "1.2", "channel_id": "C1"},
        "response_url": fake.base.replace("/api", "/hook"),
        "actions": [{"type": "button", "action_id": "run.0", "value": "undo 3", "action_ts": "5.6"}],
    });
    serde_urlencoded::to_string([("payload", payload.to_string())]).expect("a form")
}

async fn json_of(response: Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.status(), 200);
    response.json().await.expect("JSON")
}

async fn text_of(it: Response) -> (u16, String) {
    (it.status().as_u16(), it.text().await.expect("a body"))
}

#[tokio::test]
async fn a_challenge_is_answered_if_it_is_signed() {
    let server = Setup::default().start().await;
    let body = r#"{"type":"url_verification","challenge":"abc"}"#;
    let signed = text_of(server.send("/slack/events", body).await);
    assert_eq!(signed.await, (200, "abc".to_owned()));
    let unsigned = reqwest::Client::new().post(format!("{}/slack/events", server.base));
    let refused = unsigned.body(body).send().await.expect("a response");
    assert_eq!(text_of(refused).await, (401, String::new()));
    assert!(server.counts(r#"gtm_verify_failures_total{reason="missing"} 1"#));
}

#[tokio::test]
async fn what_is_not_signed_by_slack_is_refused_without_a_word() {
    let server = Setup::default().start().await;
    let old = (NOW - 301).to_string();
    let check = async |request: RequestBuilder| {
        let refused = text_of(request.send().await.expect("a response"));
        assert_eq!(refused.await, (401, String::new()));
    };
    for path in ["/slack/events", "/slack/commands", "/slack/interactions"] {
        check(server.post(path, COMMAND).body("text=other")).await;
        check(server.post(path, COMMAND).header(SIGNATURE_HEADER, "v0=00")).await;
        let stale = reqwest::Client::new()
            .post(format!("{}{path}", server.base))
            .header(TIMESTAMP_HEADER, &old)
            .header(SIGNATURE_HEADER, sign(SECRET, &old, COMMAND.as_bytes()))
            .body(COMMAND);
        check(stale).await;
    }
    assert!(server.asked().is_empty());
    assert!(server.counts(r#"gtm_verify_failures_total{reason="expired"} 3"#));
}

#[tokio::test]
async fn an_event_is_acknowledged_once_it_is_stored() {
    let server = Setup::default().start().await;
    let response = server.send("/slack/events", MENTION).await;
    assert_eq!(text_of(response).await, (200, String::new()));
    let asked = server.asked();
    assert!(matches!(&asked[0].inbound.said, Said::Mention { words, .. } if words == "check"));
    assert!(server.counts(r#"gtm_requests_total{endpoint="events",outcome="accepted"} 1"#));
}

#[tokio::test]
async fn a_repeated_event_is_acknowledged_too() {
    let setup = Setup {
        receive: Ok(Received::Duplicate),
        ..Setup::default()
    };
    let server = setup.start().await;
    let repeat = server
        .post("/slack/events", MENTION)
        .header("x-slack-retry-num", "1");
    assert_eq!(repeat.send().await.expect("a response").status(), 200);
    assert!(server.counts(r#"gtm_requests_total{endpoint="events",outcome="repeated"} 1"#));
}

#[tokio::test]
async fn an_event_that_cannot_be_stored_is_sent_again() {
    let setup = Setup {
        receive: Err(StoreError::Closed),
        ..Setup::default()
    };
    let server = setup.start().await;
    let response = server.send("/slack/events", MENTION).await;
    assert_eq!(text_of(response).await, (503, String::new()));
}

#[tokio::test]
async fn what_cannot_be_read_is_acknowledged_and_counted() {
    let server = Setup::default().start().await;
    for path in ["/slack/events", "/slack/interactions"] {
        let response = server.send(path, "{").await;
        assert_eq!(text_of(response).await, (200, String::new()));
    }
    let said = json_of(server.send("/slack/commands", "text=check").await).await;
    assert_eq!(said["response_type"], "ephemeral");
    assert!(server.counts(r#"gtm_ignored_total{reason="malformed"} 3"#));
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn before_slack_says_who_the_bot_is_nobody_is_served() {
    let setup = Setup {
        known: Known::default(),
        ..Setup::default()
    };
    let server = setup.start().await;
    let event = server.send("/slack/events", MENTION).await;
    assert_eq!(event.status(), 503, "it comes again");
    let said = json_of(server.send("/slack/commands", COMMAND).await).await;
    assert_eq!(said["text"], super::answer::STARTING);
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn another_workspaces_requests_are_refused() {
    let server = Setup::default().start().await;
    let event = server
        .send("/slack/events", MENTION.replace("T1", "T9"))
        .await;
    assert_eq!(event.headers()["x-slack-no-retry"], "1");
    assert_eq!(event.status(), 403);
    let said = json_of(
        server
            .send("/slack/commands", COMMAND.replace("T1", "T9"))
            .await,
    )
    .await;
    assert!(
        said["text"]
            .as_str()
            .expect("words")
            .contains("another workspace")
    );
    let pressed = click(&server.fake).replace("T1", "T9");
    assert_eq!(
        server.send("/slack/interactions", pressed).await.status(),
        403
    );
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_command_is_answered_in_the_response_and_marked_as_written() {
    let words = vec![
        Inline::Person(Person::new("U2")),
        Inline::plain(" <!channel>"),
    ];
    let setup = Setup {
        answer: Answered::Now(SentReply { row: row(words) }),
        ..Setup::default()
    };
    let mut server = setup.start().await;
    let ann = json!({"ok": true, "user": {"team_id": "T1", "name": "ann"}});
    server.fake.will("/api/users.info", [Answer::Json(ann)]);
    let said = json_of(server.send("/slack/commands", COMMAND).await).await;
    assert_eq!(said["response_type"], "in_channel");
    assert_eq!(said["text"], "Two gaps\n\nann &lt;!channel&gt;");
    assert_eq!(said["blocks"][1]["text"]["text"], "ann &lt;!channel&gt;");
    let written = server.written.recv().await.expect("a row");
    assert_eq!(written.id.as_str(), "o1");
}

#[tokio::test]
async fn a_slow_command_is_told_to_wait_and_a_failed_one_its_reference() {
    let server = Setup::default().start().await;
    let said = json_of(server.send("/slack/commands", COMMAND).await).await;
    assert_eq!(
        (&said["response_type"], &said["text"]),
        (&json!("ephemeral"), &json!("Checking…"))
    );
    let setup = Setup {
        answer: Answered::Failed(Reference::new("ab12cd34")),
        ..Setup::default()
    };
    let said = json_of(setup.start().await.send("/slack/commands", COMMAND).await).await;
    assert!(said["text"].as_str().expect("words").contains("ab12cd34"));
}

#[tokio::test]
async fn a_click_is_acknowledged_with_nothing_and_its_reply_stays_due() {
    let setup = Setup {
        answer: Answered::Now(SentReply { row: row(vec![]) }),
        ..Setup::default()
    };
    let mut server = setup.start().await;
    let response = server
        .send("/slack/interactions", click(&server.fake))
        .await;
    assert_eq!(text_of(response).await, (200, String::new()));
    let said = &server.asked()[0].inbound.said;
    assert!(matches!(said, Said::Click { words, card: Some(_) } if words == "undo 3"));
    server.stop().await;
    assert!(server.written.try_recv().is_err());
}

#[tokio::test]
async fn a_failed_click_says_so_at_its_address() {
    let setup = Setup {
        answer: Answered::Failed(Reference::new("ab12cd34")),
        ..Setup::default()
    };
    let server = setup.start().await;
    let response = server
        .send("/slack/interactions", click(&server.fake))
        .await;
    assert_eq!(text_of(response).await, (200, String::new()));
    let said = server.fake.called("/hook").await;
    assert_eq!(said.json()["response_type"], "ephemeral");
    assert!(said.body.contains("ab12cd34"));
}

#[tokio::test]
async fn a_menu_gets_no_options() {
    let server = Setup::default().start().await;
    let form = serde_urlencoded::to_string([("payload", r#"{"type":"block_suggestion"}"#)]);
    let response = server
        .send("/slack/interactions", form.expect("a form"))
        .await;
    assert_eq!(json_of(response).await, json!({"options": []}));
}

#[tokio::test]
async fn a_check_of_the_address_needs_no_signature_and_does_nothing() {
    let server = Setup::default().start().await;
    let check = async |path: &str, status: u16| {
        let request = reqwest::Client::new()
            .post(format!("{}{path}", server.base))
            .body(format!("ssl_check=1&{COMMAND}"));
        let response = request.send().await.expect("a response");
        assert_eq!(text_of(response).await, (status, String::new()));
    };
    check("/slack/commands", 200).await;
    check("/slack/events", 401).await;
    check("/slack/interactions", 401).await;
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn whoever_does_not_get_in_is_told_at_once() {
    let setup = Setup {
        at_once: 1,
        permits: 0,
        ..Setup::default()
    };
    let server = setup.start().await;
    let first = tokio::spawn(server.post("/slack/commands", COMMAND).send());
    server.turns.waiting.notified().await;
    let second = server.send("/slack/commands", COMMAND).await;
    assert_eq!(text_of(second).await, (503, String::new()));
    server.turns.gate.add_permits(1);
    let first = first.await.expect("no panic").expect("a response");
    assert_eq!(first.status(), 200);
}

#[tokio::test]
async fn a_panic_ends_one_request_only() {
    let server = Setup::default().start().await;
    let panics = COMMAND.replace("check", "panic");
    let response = server.send("/slack/commands", panics).await;
    assert_eq!(text_of(response).await, (500, String::new()));
    assert_eq!(server.send("/slack/commands", COMMAND).await.status(), 200);
}

#[tokio::test]
async fn who_hangs_up_is_not_taken_as_answered() {
    let setup = Setup {
        answer: Answered::Now(SentReply { row: row(vec![]) }),
        permits: 0,
        ..Setup::default()
    };
    let mut server = setup.start().await;
    let asking = tokio::spawn(server.post("/slack/commands", COMMAND).send());
    server.turns.waiting.notified().await;
    asking.abort();
    assert!(asking.await.expect_err("hung up").is_cancelled());
    server.stop().await;
    assert!(server.written.try_recv().is_err());
}

#[tokio::test]
async fn at_the_end_what_is_under_way_is_answered() {
    let setup = Setup {
        answer: Answered::Now(SentReply { row: row(vec![]) }),
        permits: 0,
        ..Setup::default()
    };
    let mut server = setup.start().await;
    let asking = tokio::spawn(server.post("/slack/commands", COMMAND).send());
    server.turns.waiting.notified().await;
    server.shutdown.cancel();
    server.turns.gate.add_permits(1);
    let said = asking.await.expect("no panic").expect("a response");
    assert_eq!(json_of(said).await["text"], "Two gaps");
    server.stop().await;
    assert!(server.written.try_recv().is_ok());
    assert!(TcpStream::connect(server.address()).await.is_err());
}

#[tokio::test]
async fn the_process_says_how_it_is() {
    let server = Setup::default().start().await;
    assert_eq!(server.get("/healthz").await, (200, "ok".to_owned()));
    assert_eq!(server.get("/readyz").await.0, 503);
    server.readiness.open();
    assert_eq!(server.get("/readyz").await.0, 200);
    server.readiness.close();
    assert_eq!(server.get("/readyz").await.0, 503);
    assert!(server.get("/").await.1.contains("is running"));
    assert_eq!(server.get("/nowhere").await.0, 404);
    assert_eq!(server.get("/slack/events").await.0, 405);
}
