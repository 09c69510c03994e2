//! A workspace removes the app: everything of it is erased, whatever happens meanwhile, another
//! workspace stays whole, and one that comes back begins anew. The real program, signed events over a
//! real socket.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use gtm_advisor::advisor::{Commit, PlanWrite, Store};
use gtm_advisor::failpoint::FailPoint;
use gtm_advisor::ident::{Channel, Installation, Person, PlanId};
use gtm_advisor::lint::NEW_PAGE;
use gtm_advisor::plan::{self, Currency, ParseContext, Plan, Version};
use gtm_advisor::playground::{Delivery, Message, seed};
use gtm_advisor::store::{RecordStore, SealingKeys};
use serde_json::{Value, json};

use crate::crash::Desk;
use crate::harness::{
    ANA, BEN, BOT_USER, Binary, GTM_PLAN, TEAM, event, outside_for, said, signed,
};

/// The fail points that this journey passes and no other does.
pub(crate) const POINTS: [FailPoint; 3] = [
    FailPoint::ErasureBegun,
    FailPoint::ErasureBetween,
    FailPoint::ErasureBeforeEnd,
];

const WITHIN: Duration = Duration::from_secs(40);

/// What the log says once all is gone.
const ERASED: &str = "a workspace that removed the app is erased";

/// A workspace that keeps the app.
const STAYS: &str = "T02STAYS";

/// A plan of another workspace, in the store before the program starts.
async fn settle_another(desk: &Desk) {
    let store = RecordStore::open(desk.folder.path(), SealingKeys::none()).await;
    let store = store.expect("a folder");
    let (installation, channel) = (Installation::new(STAYS), Channel::new(GTM_PLAN));
    let mut plan = Plan::new(PlanId::new("theirs"));
    let now = jiff::Timestamp::now();
    let price = plan::field("pricing.price").expect("a field");
    let context = ParseContext {
        currency: Currency::USD,
        today: now.to_zoned(jiff::tz::TimeZone::UTC).date(),
    };
    let author = plan::Author {
        by: Person::new("U9"),
        at: now,
        door: plan::Door::Command,
        link: plan::MessageLink {
            channel: channel.clone(),
            ts: None,
        },
    };
    let value = price.parse("$99/mo", &context).expect("a price");
    let answer = Some(plan::Answer::Known(value));
    let changes = plan::set_answer(&plan, price, None, answer, &author);
    for change in &changes {
        plan.apply(change).expect("it follows");
    }
    let commit = Commit {
        plan: Some(PlanWrite {
            channel,
            plan,
            against: Version(0),
            changes,
        }),
        ..Commit::empty(installation.clone(), now)
    };
    store.commit(commit).await.expect("a plan");
    store.close().await.expect("it closes");
}

/// What a team leaves behind: one thing of each kind that is kept.
const LEFT: [(&str, &str); 15] = [
    (ANA, "set price $49/mo"),
    (ANA, "set motion field"),
    (ANA, "set stage product-market fit"),
    (ANA, "set trial 14 days"),
    (ANA, "check"),
    (ANA, "waive icp-no-exclusions we learn first"),
    (
        ANA,
        "threshold field-acv-low.max_acv $80k because our territories are dense",
    ),
    (ANA, "scenario save cheap"),
    (ANA, "decide Which motion? field | plg"),
    (ANA, "digest mondays 9am"),
    (ANA, "digest names ping"),
    (ANA, "rollup mondays 9am"),
    (ANA, "nudge mondays 9am"),
    (ANA, "mode follow"),
    (ANA, "start"),
];

/// Has the team use the bot for what it keeps.
async fn fill(desk: &Desk) {
    let slack = &desk.slack;
    for (person, words) in LEFT {
        let typed = slack.send_command(person, GTM_PLAN, words).await;
        let typed = typed.expect("somebody who may speak there");
        assert!(typed.delivery.is_taken(), "{words}: {:?}", typed.delivery);
        let shown = typed.shown.map(|it| said(&it)).unwrap_or_default();
        assert!(!shown.contains("I do not know"), "{words}: {shown}");
    }
    // A channel that goes by another id, and had nothing of its own.
    let moved = json!({
        "type": "event_callback", "team_id": TEAM, "api_app_id": seed::APP, "event_id": "Ev0MOVE",
        "event": {
            "type": "channel_id_changed", "old_channel_id": "C0OLD", "new_channel_id": "C0NEW",
            "event_ts": format!("{}.000100", jiff::Timestamp::now().as_second()),
        },
    });
    assert!(deliver(desk, &moved).await.is_taken());
    let add = format!("rules add fit/our-deals\n{NEW_PAGE}");
    let shown = slack.send_command(ANA, GTM_PLAN, &add).await;
    let card = shown.expect("Ana may speak there").shown.expect("a card");
    let used = gtm_advisor::playground::Button::Labelled("Use it in every channel");
    let pressed = slack.click(ANA, GTM_PLAN, &card.ts, used).await;
    assert!(pressed.expect("a button").is_taken());
    let policy = b"# Discounts\n\nDiscounts above 20 % are approved by Mara.\n";
    let file = ("policy.md", policy.to_vec());
    let shared = slack.share_file(ANA, (GTM_PLAN, None), "@gtm learn", file);
    let shared = shared.await.expect("Ana may speak there").message;
    answer_to(desk, &shared).await;
    let words = "@gtm ask who approves discounts above 20%?";
    let asked = slack.send_message(BEN, GTM_PLAN, None, words).await;
    let asked = asked.expect("Ben may speak there").message;
    let answer = answer_to(desk, &asked).await;
    let useful = gtm_advisor::playground::Button::Labelled("Useful");
    let pressed = slack.click(BEN, GTM_PLAN, &answer.ts, useful).await;
    assert!(pressed.expect("a button").is_taken());
    let words = "@gtm we close 120 deals a year with 8 sellers";
    let read = slack.send_message(BEN, GTM_PLAN, None, words).await;
    let read = read.expect("Ben may speak there").message;
    answer_to(desk, &read).await;
}

async fn answer_to(desk: &Desk, message: &Message) -> Message {
    let answered = desk.slack.until(|slack| {
        let mut messages = slack.messages(GTM_PLAN);
        messages.retain(|it| it.answers(&message.ts) && it.user == BOT_USER);
        messages.pop()
    });
    answered.await
}

/// What another verb of the program says, while the server runs.
async fn operate(desk: &Desk, words: &[&str]) -> String {
    let folder = desk.folder.path().to_string_lossy().into_owned();
    let settings = [("GTM_DATA_DIR", folder.as_str())];
    let program = Binary::start(words, &settings, desk.folder.path());
    program.ended().await.output
}

/// The records of a backup by the kind of thing, for one workspace.
type Records = BTreeMap<String, Vec<(String, String)>>;

/// All that the program has on disk of a workspace, by its own backup.
async fn kept(desk: &Desk, name: &str, of: &str) -> Records {
    let file = desk.folder.path().join(name);
    if !file.exists() {
        let told = operate(desk, &["backup", file.to_str().expect("a path")]).await;
        assert!(told.contains("records"), "{told}");
    }
    recorded(&file, of)
}

/// The records of a workspace in a backup.
fn recorded(file: &Path, of: &str) -> Records {
    let text = std::fs::read_to_string(file).expect("a backup");
    let mut kept = Records::new();
    // A key begins with the installation's id, and what ends it.
    let begin = format!("{}0001", hex::encode(of));
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let field = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let (place, key) = match line["line"].as_str() {
            Some("record") if field("key").starts_with(&begin) => (field("tree"), field("key")),
            _ => continue,
        };
        kept.entry(place).or_default().push((key, field("value")));
    }
    kept
}

fn news(kind: &str, id: &str) -> Value {
    let mut news = json!({
        "type": "event_callback", "team_id": TEAM, "api_app_id": seed::APP, "event_id": id,
        "event_time": jiff::Timestamp::now().as_second(),
        "event": {"type": kind, "event_ts": "1.1"},
    });
    if kind == "tokens_revoked" {
        news["event"]["tokens"] = json!({"oauth": [], "bot": [BOT_USER]});
    }
    news
}

async fn deliver(desk: &Desk, event: &Value) -> Delivery {
    let request = signed(&desk.slack, "/slack/events", event.to_string());
    let (path, headers, body) = (request.path, request.headers, request.body);
    desk.slack.deliver(&path, headers, body).await
}

fn told_by_bot(desk: &Desk) -> usize {
    let all = desk.slack.messages(GTM_PLAN);
    all.iter().filter(|it| it.user == BOT_USER).count()
}

/// A backup from before they were erased, one by the news and one by hand, brings neither back, where the folder is named that knows of it.
async fn restored_without_it(desk: &Desk) {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let of_desk = desk.folder.path().to_str().expect("a path");
    let before = format!("{of_desk}/before");
    let again = elsewhere.path().join("again");
    let folder = elsewhere.path().join("data");
    let folder = folder.to_str().expect("a path");
    let run = async |words: &[&str]| {
        let settings = [("GTM_DATA_DIR", folder)];
        let program = Binary::start(words, &settings, elsewhere.path());
        program.ended().await
    };
    let none = run(&["restore", &before, "--after", folder]).await;
    assert_eq!(none.code(), Some(2), "{}", none.output);
    let restored = run(&["restore", &before, "--after", of_desk]).await;
    assert_eq!(restored.code(), Some(0), "{}", restored.output);
    for of in [TEAM, STAYS] {
        let told = format!("{of} left since the backup and is erased again: ");
        assert!(restored.output.contains(&told), "{}", restored.output);
    }
    let written = run(&["backup", again.to_str().expect("a path")]).await;
    assert_eq!(written.code(), Some(0), "{}", written.output);
    for of in [TEAM, STAYS] {
        assert_eq!(recorded(&again, of), Records::new());
    }
}

/// What is set in a workspace that has come back is what nobody has set.
async fn begins_anew(desk: &Desk) {
    for (words, anew) in [
        ("digest status", "nobody has switched it on"),
        ("mode", "when I am asked"),
        ("rules list", "no rule of its own"),
    ] {
        let mention = format!("@gtm {words}");
        let asked = desk.slack.send_message(ANA, GTM_PLAN, None, &mention).await;
        let asked = asked.expect("Ana may speak there").message;
        let answer = said(&answer_to(desk, &asked).await);
        assert!(answer.contains(anew), "{words}: {answer}");
    }
}

/// What goes to one person by a schedule is kept, too.
fn personal_ones_are_among(kept: &Records) {
    for person in ["rollup:", "nudge:"] {
        let named = |key: &String| key.contains(&hex::encode(person));
        let all = kept["digest"].iter().filter(|(key, _)| named(key));
        assert_eq!(all.count(), 1, "{person}");
    }
}

#[test]
fn a_workspace_that_removes_the_app_leaves_nothing_and_another_is_whole() {
    outside_for(WITHIN, async || {
        let desk = Desk::open().await;
        settle_another(&desk).await;
        let mut program = desk.start(None).await;
        fill(&desk).await;
        let before = kept(&desk, "before", TEAM).await;
        for kind in [
            "plan",
            "change",
            "pointer",
            "digest",
            "attention",
            "document",
            "document_text",
            "vote",
            "tally",
            "proposal",
            "snapshot",
            "snapshots_kept",
            "digest_due",
            "workspace",
            "rule_page",
            "proposal_in",
            "expiry",
            "moved",
            "seen",
            "lease",
        ] {
            assert!(before.contains_key(kind), "no {kind}: {:?}", before.keys());
        }
        let theirs = kept(&desk, "before", STAYS).await;
        assert_eq!(theirs.keys().count(), 3, "{:?}", theirs.keys());
        personal_ones_are_among(&before);
        // A mention that is under way when the news comes.
        let late = desk.slack.messages(GTM_PLAN).pop().expect("a message");
        let late = event("app_mention", GTM_PLAN, &late, "Ev8");
        let told = told_by_bot(&desk);
        let (first, second) = (
            news("app_uninstalled", "Ev1"),
            news("tokens_revoked", "Ev2"),
        );
        assert!(deliver(&desk, &first).await.is_taken());
        program.until(ERASED).await;
        for again in [&second, &first, &late] {
            let delivery = deliver(&desk, again).await;
            assert!(delivery.is_taken(), "{delivery:?}");
        }
        let after = kept(&desk, "after", TEAM).await;
        assert_eq!(after, Records::new());
        assert_eq!(kept(&desk, "after", STAYS).await, theirs);
        assert_eq!(told_by_bot(&desk), told, "nobody is answered any more");
        let doctor = operate(&desk, &["doctor"]).await;
        let told = format!("{TEAM} removed the app at ");
        assert!(doctor.contains(&told), "{doctor}");
        assert!(doctor.contains("nothing of it is kept since"), "{doctor}");
        // It is installed again: what is said from now on meets an empty sheet.
        let asked = desk
            .slack
            .send_message(ANA, GTM_PLAN, None, "@gtm plan")
            .await;
        let asked = asked.expect("Ana may speak there").message;
        let answer = said(&answer_to(&desk, &asked).await);
        assert!(!answer.contains("$49"), "{answer}");
        begins_anew(&desk).await;
        // An operator erases the other one by its name, if they mean it.
        let asked = operate(&desk, &["erase", STAYS]).await;
        assert!(asked.contains("erase T02STAYS --yes"), "{asked}");
        let erased = operate(&desk, &["erase", STAYS, "--yes"]).await;
        assert!(erased.contains("T02STAYS is erased: "), "{erased}");
        assert_eq!(kept(&desk, "end", STAYS).await, Records::new());
        program.terminate();
        let ended = program.ended().await;
        assert_eq!(ended.code(), Some(0), "{}", ended.output);
        restored_without_it(&desk).await;
        desk.slack.close();
    });
}

/// The program dies at each step of an erasure, and ends it after the restart without being told again.
#[test]
fn an_erasure_that_dies_in_the_middle_is_ended_after_the_restart() {
    outside_for(WITHIN, async || {
        for (point, hit) in POINTS.into_iter().zip([1, 3, 1]) {
            let desk = Desk::open().await;
            settle_another(&desk).await;
            let program = desk.start(Some(&format!("{point}:{hit}"))).await;
            fill(&desk).await;
            let theirs = kept(&desk, "before", STAYS).await;
            let gone = news("tokens_revoked", "Ev1");
            let _ = deliver(&desk, &gone).await;
            let died = program.ended().await;
            assert_eq!(died.signal(), Some(9), "{point}: {}", died.output);

            let mut program = desk.start(None).await;
            program.until(ERASED).await;
            let repeat = deliver(&desk, &gone).await;
            assert!(repeat.is_taken(), "{point}: {repeat:?}");
            assert_eq!(kept(&desk, "after", TEAM).await, Records::new(), "{point}");
            assert_eq!(kept(&desk, "after", STAYS).await, theirs, "{point}");
            program.terminate();
            let ended = program.ended().await;
            assert_eq!(ended.code(), Some(0), "{point}: {}", ended.output);
            desk.slack.close();
        }
    });
}
