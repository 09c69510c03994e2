//! The page: what it is served with, and what it shows to whom.

use std::collections::BTreeMap;

use super::*;
use crate::playground::seed::{ANA, BEN, BOARD, CHLOE, DEV, GTM_PLAN, RANDOM, SALES};

impl Desk {
    async fn get(&self, path: &str) -> reqwest::Response {
        self.client
            .get(format!("{}{path}", self.url))
            .send()
            .await
            .unwrap()
    }

    async fn page_json(&self, path: &str) -> Value {
        self.get(path).await.json().await.unwrap()
    }

    /// What the page's own scripts send: with the page's origin.
    async fn page_post(&self, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/playground/{path}", self.url);
        let request = self
            .client
            .post(url)
            .header(header::ORIGIN, &self.url)
            .json(&body);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Follows the updates for one person.
    async fn follow(&self, person: &str, seq: &Value, run: &Value) -> Follower {
        let run = run.as_str().unwrap();
        let path = format!("/playground/live?as={person}&run={run}&after={seq}");
        Follower {
            response: self.get(&path).await,
            text: String::new(),
        }
    }
}

struct Follower {
    response: reqwest::Response,
    text: String,
}

impl Follower {
    /// The next event as name and data.
    async fn next(&mut self) -> (String, Value) {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .unwrap_or_default()
                };
                let found = (field("event: ").to_owned(), field("data: ").to_owned());
                self.text = rest.to_owned();
                return (found.0, serde_json::from_str(&found.1).unwrap());
            }
            let chunk = self.response.chunk().await.unwrap();
            let chunk = chunk.expect("the stream goes on");
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

#[tokio::test]
async fn the_page_comes_with_a_strict_policy() {
    let desk = Desk::new().await;
    for path in ["/", "/playground/fixture", "/playground/state"] {
        let response = desk.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"));
        assert!(!policy.contains("unsafe"));
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn other_hosts_and_origins_are_refused() {
    let desk = Desk::new().await;
    let url = |path: &str| format!("{}{path}", desk.url);
    let say = json!({"as": ANA, "channel": GTM_PLAN, "text": "x"});
    let foreign_host = desk
        .client
        .get(url("/"))
        .header(header::HOST, "evil.example");
    let foreign_origin = desk
        .client
        .post(url("/playground/say"))
        .header(header::ORIGIN, "http://evil.example")
        .json(&say);
    let no_origin = desk.client.post(url("/playground/say")).json(&say);
    let foreign_api = desk
        .client
        .post(url("/api/auth.test"))
        .header(header::ORIGIN, "http://evil.example");
    for request in [foreign_host, foreign_origin, no_origin, foreign_api] {
        assert_eq!(request.send().await.unwrap().status(), 403);
    }
    assert!(desk.play.messages(GTM_PLAN).is_empty());
}

#[tokio::test]
async fn each_person_sees_their_own_workspace() {
    let desk = Desk::new().await;
    desk.play
        .send_message(BEN, SALES, None, "news")
        .await
        .unwrap();
    let state = desk.page_json(&format!("/playground/state?as={ANA}")).await;
    let channel = |id: &str| {
        let channels = state["channels"].as_array().unwrap();
        channels.iter().find(|c| c["id"] == id).cloned()
    };
    assert_eq!(channel(SALES).unwrap()["unread"], 1);
    assert_eq!(channel(GTM_PLAN).unwrap()["unread"], 0);
    assert!(channel(BOARD).is_some());
    let guest = desk.page_json(&format!("/playground/state?as={DEV}")).await;
    let ids: Vec<_> = guest["channels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["id"])
        .collect();
    assert_eq!(ids, ["C01GTMPLAN", "C01SALES", "D01DEV"]);
    let path = format!("/playground/messages?as={DEV}&channel={BOARD}");
    assert_eq!(desk.page_json(&path).await["error"], "channel_not_found");
    assert_eq!(
        desk.page_json("/playground/state?as=U01GTMBOT").await["me"],
        ANA
    );
}

#[tokio::test]
async fn two_windows_see_each_other_and_secrets_stay_with_their_reader() {
    let desk = Desk::new().await;
    let state = desk.page_json("/playground/state").await;
    let mut ben = desk.follow(BEN, &state["seq"], &state["run"]).await;
    let mut chloe = desk.follow(CHLOE, &state["seq"], &state["run"]).await;
    desk.play
        .send_message(ANA, BOARD, None, "founders")
        .await
        .unwrap();
    let hidden = json!({"channel": GTM_PLAN, "user": BEN, "text": "for ben"});
    desk.json("chat.postEphemeral", hidden).await;
    desk.play
        .send_message(ANA, SALES, None, "all")
        .await
        .unwrap();

    let mut seen = Vec::new();
    for _ in 0..3 {
        let (_, update) = ben.next().await;
        seen.push(update["message"]["text"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen, ["founders", "for ben", "all"]);
    let (_, update) = chloe.next().await;
    assert_eq!(
        update["message"]["text"], "all",
        "the private ones did not come"
    );
}

#[tokio::test]
async fn a_page_catches_up_and_one_of_another_run_loads_anew() {
    let desk = Desk::new().await;
    let state = desk.page_json("/playground/state").await;
    desk.post(GTM_PLAN, "missed").await;
    let mut late = desk.follow(BEN, &state["seq"], &state["run"]).await;
    assert_eq!(late.next().await.1["message"]["text"], "missed");
    let mut stranger = desk.follow(BEN, &json!(3), &json!("another")).await;
    assert_eq!(stranger.next().await.0, "reload");
}

#[tokio::test]
async fn closing_ends_the_streams() {
    let desk = Desk::new().await;
    let state = desk.page_json("/playground/state").await;
    let mut follower = desk.follow(BEN, &state["seq"], &state["run"]).await;
    desk.play.close();
    assert!(follower.response.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn what_is_typed_is_said_or_run() {
    let desk = Desk::new().await;
    let say = async |channel: &str, thread: Option<&str>, text: &str| {
        let body = json!({"as": ANA, "channel": channel, "thread": thread, "text": text});
        desk.page_post("say", body).await
    };
    let (_, said) = say(GTM_PLAN, None, "hello").await;
    let root = said["ts"].as_str().unwrap();
    assert_eq!(say(GTM_PLAN, None, "/gtm check").await.0, 200);
    assert_eq!(desk.last().field("text"), "check");
    let (status, refusal) = say(GTM_PLAN, Some(root), "/gtm check").await;
    assert_eq!(
        (status, &refusal["error"]),
        (422, &json!("/gtm is not supported in threads. Sorry!"))
    );
    say(GTM_PLAN, None, "/gtn check").await;
    let told = desk.play.ephemerals(GTM_PLAN, ANA).pop().unwrap();
    assert!(
        told.text.starts_with("`/gtn` is not a valid command"),
        "{}",
        told.text
    );
    assert_eq!(texts(&desk.play.messages(GTM_PLAN)), ["hello"]);

    say(RANDOM, None, "/invite @gtm").await;
    assert!(
        desk.play
            .channel(RANDOM)
            .unwrap()
            .members
            .contains(&"U01GTMBOT".to_owned())
    );
    say(RANDOM, None, "/invite @gtm").await;
    say(RANDOM, None, "/invite @nobody").await;
    let told = desk.play.ephemerals(RANDOM, ANA);
    assert_eq!(
        texts(&told),
        [
            "`@gtm` is already here.",
            "I read `@nobody`; there is nobody of that name. Try `/invite @gtm`.",
        ]
    );
}

#[tokio::test]
async fn a_message_that_the_bot_does_not_take_is_noticed_on_the_page() {
    let desk = Desk::new().await;
    let state = desk.page_json("/playground/state").await;
    let mut ana = desk.follow(ANA, &state["seq"], &state["run"]).await;
    desk.bot_answers(std::iter::repeat_n(
        Answers::With(500, "text/plain", "".into()),
        2,
    ));
    desk.page_post(
        "say",
        json!({"as": ANA, "channel": GTM_PLAN, "text": "@gtm hi"}),
    )
    .await;
    let notice = loop {
        let (_, update) = ana.next().await;
        if update["type"] == "notice" {
            break update["text"].as_str().unwrap().to_owned();
        }
    };
    assert_eq!(
        notice,
        "The app did not take this message: it answered with HTTP 500"
    );
}

#[tokio::test]
async fn a_click_that_fails_says_why() {
    let desk = Desk::new().await;
    let blocks = json!([{"type": "actions", "elements": [
        {"type": "button", "text": {"type": "plain_text", "text": "Go"}}]}]);
    let post = json!({"channel": GTM_PLAN, "text": "x", "blocks": blocks});
    let ts = desk.json("chat.postMessage", post).await["ts"].clone();
    let pressed = json!({"as": BEN, "channel": GTM_PLAN, "ts": ts, "block": "~0", "action": "~0"});
    assert_eq!(desk.page_post("click", pressed.clone()).await.0, 200);
    desk.bot_answers([Answers::With(500, "text/plain", "".into())]);
    let (status, answer) = desk.page_post("click", pressed).await;
    assert_eq!(
        (status, &answer["error"]),
        (
            502,
            &json!("The app did not take the click: it answered with HTTP 500")
        )
    );
}

#[tokio::test]
async fn reading_clears_the_badge_and_dismissing_hides() {
    let desk = Desk::new().await;
    let ts = desk.post(GTM_PLAN, "x").await;
    let place = json!({"as": ANA, "channel": GTM_PLAN, "ts": ts});
    desk.page_post("read", place).await;
    let state = desk.page_json(&format!("/playground/state?as={ANA}")).await;
    let plan = state["channels"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == GTM_PLAN)
        .unwrap();
    assert_eq!(plan["unread"], 0);

    let hidden = json!({"channel": GTM_PLAN, "user": ANA, "text": "psst"});
    let ts = desk.json("chat.postEphemeral", hidden).await["message_ts"].clone();
    desk.page_post("dismiss", json!({"as": ANA, "channel": GTM_PLAN, "ts": ts}))
        .await;
    assert!(desk.play.ephemerals(GTM_PLAN, ANA).is_empty());
}

#[tokio::test]
async fn a_long_channel_comes_in_stretches_with_whole_threads() {
    let desk = Desk::new().await;
    let first = desk.post(GTM_PLAN, "first").await;
    for n in 0..100 {
        desk.post(GTM_PLAN, &n.to_string()).await;
    }
    let reply = json!({"channel": GTM_PLAN, "thread_ts": first, "text": "late reply"});
    desk.json("chat.postMessage", reply).await;
    let path = format!("/playground/messages?as={ANA}&channel={GTM_PLAN}");
    let newest = desk.page_json(&path).await;
    assert_eq!(
        (
            &newest["more"],
            newest["messages"].as_array().unwrap().len()
        ),
        (&json!(true), 100)
    );
    let before = newest["messages"][0]["ts"].as_str().unwrap();
    let older = desk.page_json(&format!("{path}&before={before}")).await;
    let messages = older["messages"].as_array().unwrap();
    assert_eq!(older["more"], false);
    assert_eq!(
        (&messages[0]["text"], &messages[1]["text"]),
        (&json!("first"), &json!("late reply"))
    );
}

#[tokio::test]
async fn the_fixture_is_checked_like_any_message() {
    let desk = Desk::new().await;
    assert_eq!(desk.get("/playground/fixture.json").await.status(), 404);
    let desk =
        Desk::with(|settings| settings.fixture = Some(json!({"blocks": [{"type": "divider"}]})))
            .await;
    assert_eq!(
        desk.page_json("/playground/fixture.json").await["blocks"][0]["block_id"],
        "~0"
    );
    let desk =
        Desk::with(|settings| settings.fixture = Some(json!({"blocks": [{"type": "x"}]}))).await;
    assert_eq!(desk.get("/playground/fixture.json").await.status(), 422);
}

/// A view that asks for files.
fn asking_for_files() -> Value {
    let plain = json!({"type": "plain_text", "text": "Files"});
    let element =
        json!({"type": "file_input", "action_id": "answer", "max_files": 1, "filetypes": ["md"]});
    let block = json!({"type": "input", "block_id": "files", "label": plain, "optional": true, "element": element});
    json!({"type": "modal", "title": plain, "submit": plain, "blocks": [block]})
}

#[tokio::test]
async fn a_file_is_chosen_in_a_view_and_its_sender_alone_sends_it_off() {
    let desk = Desk::new().await;
    desk.play.send_command(BEN, GTM_PLAN, "x").await.unwrap();
    let trigger = desk.received()[0].field("trigger_id");
    let open = json!({"trigger_id": trigger, "view": asking_for_files()});
    assert_eq!(desk.json("views.open", open).await["ok"], true);
    let view = desk.play.views(BEN).remove(0);
    let choose = async |who: &str, name: &str| {
        let url = format!("{}/playground/choose?as={who}&name={name}", desk.url);
        let request = desk
            .client
            .post(url)
            .header(header::ORIGIN, &desk.url)
            .body("# Plan");
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        answer["id"].as_str().unwrap().to_owned()
    };
    let send = async |files: &str| {
        let answers = BTreeMap::from([("files".to_owned(), files.to_owned())]);
        desk.play.submit(BEN, &view.id, &answers).await.unwrap()
    };
    let refused = send(&choose(BEN, "a.png").await).await;
    assert_eq!(
        refused.errors["files"],
        "Files of this kind cannot be uploaded here."
    );
    let two = [choose(BEN, "a.md").await, choose(BEN, "b.md").await].join(",");
    assert_eq!(
        send(&two).await.errors["files"],
        "These are too many files."
    );
    // What somebody else has sent here is not his.
    let stays = json!({"response_action": "errors", "errors": {}});
    desk.bot_answers([Answers::With(200, "application/json", stays)]);
    send(&choose(ANA, "hers.md").await).await;
    send(&choose(BEN, "plan.MD").await).await;
    let received = desk.received();
    let files = |at: usize| {
        received[at].payload()["view"]["state"]["values"]["files"]["answer"]["files"].clone()
    };
    assert_eq!(files(1), json!([]));
    let [file] = files(2).as_array().unwrap().clone().try_into().unwrap();
    assert_eq!(
        (&file["name"], &file["size"]),
        (&json!("plan.MD"), &json!(6))
    );
    let address = file["url_private_download"].as_str().unwrap();
    let bytes = desk
        .client
        .get(address)
        .bearer_auth(TOKEN)
        .send()
        .await
        .unwrap();
    assert_eq!(bytes.text().await.unwrap(), "# Plan");
}

#[tokio::test]
async fn an_app_that_may_not_read_files_opens_no_view_that_asks_for_one() {
    let desk = Desk::with(|settings| settings.reads_files = false).await;
    desk.play.send_command(BEN, GTM_PLAN, "x").await.unwrap();
    let trigger = desk.received()[0].field("trigger_id");
    let open = json!({"trigger_id": trigger, "view": asking_for_files()});
    assert_eq!(
        desk.json("views.open", open).await["error"],
        "missing_scope"
    );
}
