//! Time travel in the playground, by the program itself: whatever comes due on the way comes.

use std::net::SocketAddr;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{ANA, Binary, GTM_PLAN, address, exchange, get, outside};

/// The program as a playground.
struct Playground {
    at: SocketAddr,
    _program: Binary,
    _folder: TempDir,
}

impl Playground {
    async fn open() -> Self {
        let (at, folder) = (address(), tempfile::tempdir().expect("a folder"));
        let data = folder.path().to_str().expect("text");
        let listen = at.to_string();
        let settings = [
            ("GTM_LISTEN", listen.as_str()),
            ("GTM_ADMIN_LISTEN", "off"),
            ("GTM_DATA_DIR", data),
        ];
        let mut program = Binary::start(&[], &settings, folder.path());
        program.until("The playground is open at").await;
        program.until("slack knows the bot").await;
        Self {
            at,
            _program: program,
            _folder: folder,
        }
    }

    async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let (at, body) = (self.at, body.to_string());
        let request = format!(
            "POST /playground/{path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let answer = exchange(at, request.as_bytes()).await;
        let json = serde_json::from_str(&answer.body).expect("JSON");
        (answer.status, json)
    }

    async fn get(&self, path: &str) -> Value {
        let host = self.at.to_string();
        let answer = get(self.at, &format!("/playground/{path}"), &host).await;
        serde_json::from_str(&answer.body).expect("JSON")
    }

    async fn says(&self, words: &str) {
        let typed = json!({"as": ANA, "channel": GTM_PLAN, "text": words});
        let (status, answer) = self.post("say", &typed).await;
        assert_eq!(status, 200, "{answer}");
    }

    async fn goes_to(&self, instant: Timestamp) -> (u16, Value) {
        self.post("travel", &json!({ "to": instant })).await
    }

    async fn now(&self) -> Timestamp {
        let state = self.get(&format!("state?as={ANA}")).await;
        let now = state["now"].as_str().expect("it travels");
        now.parse().expect("an instant")
    }

    /// What the digests in the channel say, the first one first.
    async fn digests(&self) -> Vec<String> {
        let path = format!("messages?as={ANA}&channel={GTM_PLAN}");
        let all = self.get(&path).await;
        let all = all["messages"].as_array().expect("messages");
        let said = all.iter().map(ToString::to_string);
        said.filter(|it| it.contains("Question of the week"))
            .collect()
    }
}

/// The first nine o'clock after an instant.
fn next_nine(now: Timestamp) -> Timestamp {
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let days = [Ok(day), day.tomorrow()].map(|day| day.expect("a day").at(9, 0, 0, 0));
    let instants = days.map(|at| at.in_tz("UTC").expect("it is there").timestamp());
    let mut ahead = instants.into_iter().filter(|at| *at > now);
    ahead.next().expect("today or tomorrow")
}

#[test]
fn presses_that_follow_one_another_fast_pass_over_no_digest() {
    outside(async || {
        let playground = Playground::open().await;
        for words in [
            "set price $49/mo",
            "digest daily 9am UTC",
            "digest quiet always",
        ] {
            playground.says(&format!("/gtm {words}")).await;
        }
        let first = next_nine(playground.now().await);
        // A press that names an instant goes there once, however often it is pressed.
        let twice = tokio::join!(playground.goes_to(first), playground.goes_to(first));
        assert_eq!((twice.0.0, twice.1.0), (200, 200), "{twice:?}");
        let third = first + SignedDuration::from_hours(48);
        let (status, answer) = playground.goes_to(third).await;
        assert_eq!(status, 200, "{answer}");
        // They are there when the journey ends, and each came in its time.
        let digests = playground.digests().await;
        assert_eq!(digests.len(), 3, "{digests:?}");
        assert!(digests.iter().all(|it| !it.contains("it was due")));
        let far = third + SignedDuration::from_hours(24 * 500);
        assert_eq!(playground.goes_to(far).await.0, 422);
        assert!(playground.now().await < far);
    });
}
