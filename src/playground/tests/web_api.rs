//! The Web API: what each method takes, refuses and answers.

use super::*;
use crate::clock::TravelClock;
use crate::playground::seed::{ANA, BOARD, BOT_USER, CHLOE, DEV, GTM_PLAN, RANDOM};

/// Calls with JSON and compares the error.
async fn check(desk: &Desk, method: &str, args: Value, error: &str) {
    let answer = desk.json(method, args.clone()).await;
    assert_eq!(
        answer["error"].as_str().unwrap_or(""),
        error,
        "{method} {args} -> {answer}"
    );
}

#[tokio::test]
async fn a_call_needs_the_token_and_a_known_method() {
    let desk = Desk::new().await;
    let test = |token: Option<&'static str>| {
        let request = desk.client.post(format!("{}/api/auth.test", desk.url));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        async { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    assert_eq!(test(None).await["error"], "not_authed");
    assert_eq!(test(Some("other")).await["error"], "invalid_auth");
    let good = test(Some(TOKEN)).await;
    assert_eq!(
        (&good["ok"], &good["user_id"]),
        (&json!(true), &json!(BOT_USER))
    );
    check(&desk, "chat.unheard", json!({}), "unknown_method").await;
}

#[tokio::test]
async fn posting_names_what_is_wrong() {
    let desk = Desk::new().await;
    let post = "chat.postMessage";
    check(&desk, post, json!({"text": "x"}), "invalid_arguments").await;
    check(
        &desk,
        post,
        json!({"channel": "C9", "text": "x"}),
        "channel_not_found",
    )
    .await;
    check(
        &desk,
        post,
        json!({"channel": RANDOM, "text": "x"}),
        "not_in_channel",
    )
    .await;
    check(&desk, post, json!({"channel": GTM_PLAN}), "no_text").await;
    check(
        &desk,
        post,
        json!({"channel": GTM_PLAN, "blocks": "["}),
        "invalid_blocks_format",
    )
    .await;
    let args = json!({"channel": GTM_PLAN, "text": "x", "markdown_text": "y"});
    check(&desk, post, args, "markdown_text_conflict").await;
    let args = json!({"channel": GTM_PLAN, "text": "x", "thread_ts": "1.000001"});
    check(&desk, post, args, "thread_not_found").await;
    let args = json!({"channel": GTM_PLAN, "text": "x", "metadata": {"event_type": "a"}});
    check(&desk, post, args, "invalid_metadata_format").await;

    let mut channel = desk.play.channel(GTM_PLAN).unwrap();
    channel.archived = true;
    desk.play.set(Update::Channel(channel)).unwrap();
    check(
        &desk,
        post,
        json!({"channel": GTM_PLAN, "text": "x"}),
        "is_archived",
    )
    .await;
    assert!(desk.play.messages(GTM_PLAN).is_empty());
}

#[tokio::test]
async fn wrong_blocks_are_explained() {
    let desk = Desk::new().await;
    let blocks = json!([{"type": "section", "text": {"type": "mrkdwn", "text": ""}}]);
    let answer = desk
        .json(
            "chat.postMessage",
            json!({"channel": GTM_PLAN, "blocks": blocks}),
        )
        .await;
    assert_eq!(answer["error"], "invalid_blocks");
    assert_eq!(
        answer["response_metadata"]["messages"],
        json!(["[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"])
    );
}

#[tokio::test]
async fn text_is_cut_on_post_and_refused_on_update() {
    let desk = Desk::new().await;
    let text = |n: usize| "é".repeat(n);
    for (length, kept) in [(40_000, 40_000), (40_001, 40_000)] {
        let ts = desk.post(GTM_PLAN, &text(length)).await;
        let messages = desk.play.messages(GTM_PLAN);
        let message = messages.iter().find(|m| m.ts == ts).unwrap();
        assert_eq!(message.text.chars().count(), kept);
    }
    let ts = desk.post(GTM_PLAN, "short").await;
    let update = |n| json!({"channel": GTM_PLAN, "ts": ts, "text": text(n)});
    check(&desk, "chat.update", update(4_000), "").await;
    check(&desk, "chat.update", update(4_001), "msg_too_long").await;
    let markdown = |n| json!({"channel": GTM_PLAN, "markdown_text": text(n)});
    check(&desk, "chat.postMessage", markdown(12_000), "").await;
    check(&desk, "chat.postMessage", markdown(12_001), "msg_too_long").await;
}

#[tokio::test]
async fn an_update_keeps_the_blocks_that_it_does_not_name() {
    let desk = Desk::new().await;
    let blocks = json!([{"type": "divider"}]);
    let posted = json!({"channel": GTM_PLAN, "text": "a", "blocks": blocks});
    let ts = desk.json("chat.postMessage", posted).await["ts"].clone();
    let update = |fields: Value| {
        let mut args = json!({"channel": GTM_PLAN, "ts": ts});
        args.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        args
    };
    check(&desk, "chat.update", update(json!({"text": "b"})), "").await;
    let message = desk.play.messages(GTM_PLAN).remove(0);
    assert_eq!((message.text.as_str(), message.blocks.len()), ("b", 1));
    assert!(message.edited.is_some());

    check(
        &desk,
        "chat.update",
        update(json!({"text": "c", "blocks": []})),
        "",
    )
    .await;
    assert!(desk.play.messages(GTM_PLAN)[0].blocks.is_empty());
    check(
        &desk,
        "chat.update",
        update(json!({"blocks": []})),
        "no_text",
    )
    .await;

    let other = desk
        .play
        .send_message(ANA, GTM_PLAN, None, "mine")
        .await
        .unwrap()
        .message
        .ts;
    let args = json!({"channel": GTM_PLAN, "ts": other, "text": "x"});
    check(&desk, "chat.update", args, "cant_update_message").await;
    let args = json!({"channel": GTM_PLAN, "ts": "1.000001", "text": "x"});
    check(&desk, "chat.update", args, "message_not_found").await;
}

#[tokio::test]
async fn a_thread_is_read_with_its_metadata() {
    let desk = Desk::new().await;
    let root = desk
        .play
        .send_message(ANA, GTM_PLAN, None, "what now?")
        .await
        .unwrap()
        .message
        .ts;
    let metadata = json!({"event_type": "gtm_answer", "event_payload": {"key": "k"}});
    let reply =
        json!({"channel": GTM_PLAN, "thread_ts": root, "text": "this", "metadata": metadata});
    let answer = desk.json("chat.postMessage", reply).await;
    assert_eq!(answer["message"]["parent_user_id"], ANA);
    let reply_ts = answer["ts"].as_str().unwrap();
    let args = json!({"channel": GTM_PLAN, "thread_ts": reply_ts, "text": "x"});
    check(&desk, "chat.postMessage", args, "cannot_reply_to_message").await;

    let asked = [
        ("channel", GTM_PLAN),
        ("ts", &root),
        ("include_all_metadata", "true"),
    ];
    let thread = desk.form("conversations.replies", &asked).await;
    assert_eq!(thread["messages"][0]["reply_count"], 1);
    assert_eq!(thread["messages"][1]["metadata"], metadata);
    let thread = desk.form("conversations.replies", &asked[..2]).await;
    assert_eq!(thread["messages"][1].get("metadata"), None);
    let unknown = [("channel", GTM_PLAN), ("ts", "1.000001")];
    assert_eq!(
        desk.form("conversations.replies", &unknown).await["error"],
        "thread_not_found"
    );
}

#[tokio::test]
async fn history_comes_in_pages_newest_first() {
    let desk = Desk::new().await;
    let mut sent = Vec::new();
    for n in 0..5 {
        sent.push(desk.post(GTM_PLAN, &n.to_string()).await);
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let args = [("channel", GTM_PLAN), ("limit", "2"), ("cursor", &cursor)];
        let page = desk.form("conversations.history", &args).await;
        let messages = page["messages"].as_array().unwrap();
        seen.extend(
            messages
                .iter()
                .map(|m| m["text"].as_str().unwrap().to_owned()),
        );
        page["response_metadata"]["next_cursor"]
            .as_str()
            .unwrap()
            .clone_into(&mut cursor);
        assert_eq!(page["has_more"], !cursor.is_empty());
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(seen, ["4", "3", "2", "1", "0"]);

    let between = |inclusive| {
        vec![
            ("channel", GTM_PLAN),
            ("oldest", &*sent[1]),
            ("latest", &*sent[3]),
            ("inclusive", inclusive),
        ]
    };
    let count = async |args: Vec<(&str, &str)>| {
        desk.form("conversations.history", &args).await["messages"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(count(between("false")).await, 1);
    assert_eq!(count(between("true")).await, 3);
    let limit = |n| vec![("channel", GTM_PLAN), ("limit", n)];
    assert_eq!(count(limit("999")).await, 5);
    assert_eq!(
        desk.form("conversations.history", &limit("1000")).await["error"],
        "invalid_limit"
    );
}

#[tokio::test]
async fn an_app_outside_the_marketplace_reads_fifteen_messages_once_a_minute() {
    let desk = Desk::with(|settings| {
        settings.history = History::Limited;
        settings.rates = Rates::Slack { burst: 100 };
    })
    .await;
    for n in 0..16 {
        desk.post(GTM_PLAN, &n.to_string()).await;
    }
    let page = desk
        .form(
            "conversations.history",
            &[("channel", GTM_PLAN), ("limit", "100")],
        )
        .await;
    assert_eq!(page["messages"].as_array().unwrap().len(), 15);
    let page = desk
        .form("conversations.history", &[("channel", GTM_PLAN)])
        .await;
    assert_eq!(page["error"], "ratelimited");
}

#[tokio::test]
async fn methods_that_only_read_take_no_json_body() {
    let desk = Desk::new().await;
    check(
        &desk,
        "users.info",
        json!({"user": ANA}),
        "invalid_arguments",
    )
    .await;
    assert_eq!(
        desk.form("users.info", &[("user", ANA)]).await["user"]["is_admin"],
        true
    );
}

#[tokio::test]
async fn people_and_channels_are_described() {
    let desk = Desk::new().await;
    let guest = desk.form("users.info", &[("user", DEV)]).await;
    assert_eq!(guest["user"]["is_restricted"], true);
    assert_eq!(
        desk.form("users.info", &[("user", "U9")]).await["error"],
        "user_not_found"
    );
    let paris = desk
        .form("users.info", &[("user", CHLOE), ("include_locale", "true")])
        .await;
    assert_eq!(
        (&paris["user"]["tz_offset"], &paris["user"]["locale"]),
        (&json!(3_600), &json!("en-GB"))
    );

    let args = [("channel", GTM_PLAN), ("include_num_members", "true")];
    let info = desk.form("conversations.info", &args).await;
    assert_eq!(
        (
            &info["channel"]["is_member"],
            &info["channel"]["num_members"]
        ),
        (&json!(true), &json!(5))
    );
    let outside = desk
        .form("conversations.info", &[("channel", RANDOM)])
        .await;
    assert_eq!(outside["channel"]["is_member"], false);
    let members = desk
        .form(
            "conversations.members",
            &[("channel", BOARD), ("limit", "2")],
        )
        .await;
    assert_eq!(members["members"].as_array().unwrap().len(), 2);
    assert_eq!(members["response_metadata"]["next_cursor"], "2");
    for (limit, error) in [("1000", Value::Null), ("1001", json!("invalid_limit"))] {
        let args = [("channel", BOARD), ("limit", limit)];
        let members = desk.form("conversations.members", &args).await;
        assert_eq!(members["error"], error, "{limit}");
    }
}

#[tokio::test]
async fn a_private_channel_without_the_bot_does_not_exist_for_it() {
    let desk = Desk::new().await;
    let mut board = desk.play.channel(BOARD).unwrap();
    board.members.retain(|member| member != BOT_USER);
    desk.play.set(Update::Channel(board)).unwrap();
    let info = desk.form("conversations.info", &[("channel", BOARD)]).await;
    assert_eq!(info["error"], "channel_not_found");
    check(
        &desk,
        "chat.postMessage",
        json!({"channel": BOARD, "text": "x"}),
        "channel_not_found",
    )
    .await;
    let types = ("types", "public_channel,private_channel,im");
    let of_ana = desk
        .form("users.conversations", &[("user", ANA), types])
        .await;
    let ids: Vec<_> = of_ana["channels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["id"].clone())
        .collect();
    assert_eq!(ids, ["C01GTMPLAN", "C01RANDOM", "C01SALES", "D01ANA"]);
}

#[tokio::test]
async fn a_person_is_reached_by_their_id_in_the_direct_conversation() {
    let desk = Desk::new().await;
    let answer = desk
        .json("chat.postMessage", json!({"channel": ANA, "text": "hello"}))
        .await;
    assert_eq!(answer["channel"], "D01ANA");
}

#[tokio::test]
async fn an_ephemeral_message_is_for_one_member() {
    let desk = Desk::new().await;
    let to = |user| json!({"channel": BOARD, "user": user, "text": "psst"});
    check(&desk, "chat.postEphemeral", to(ANA), "").await;
    check(
        &desk,
        "chat.postEphemeral",
        to(CHLOE),
        "user_not_in_channel",
    )
    .await;
    assert_eq!(texts(&desk.play.ephemerals(BOARD, ANA)), ["psst"]);
    assert!(desk.play.messages(BOARD).is_empty());
}

#[tokio::test]
async fn a_reaction_is_put_once() {
    let desk = Desk::new().await;
    let ts = desk.post(GTM_PLAN, "x").await;
    let args = json!({"channel": GTM_PLAN, "timestamp": ts, "name": "eyes"});
    check(&desk, "reactions.add", args.clone(), "").await;
    check(&desk, "reactions.add", args, "already_reacted").await;
    let colons = json!({"channel": GTM_PLAN, "timestamp": ts, "name": ":eyes:"});
    check(&desk, "reactions.add", colons, "invalid_name").await;
    assert_eq!(
        desk.play.messages(GTM_PLAN)[0].reactions[0].users,
        [BOT_USER]
    );
}

#[tokio::test]
async fn a_permalink_names_the_thread_and_opens_the_page() {
    let desk = Desk::new().await;
    let root = desk.post(GTM_PLAN, "root").await;
    let reply = json!({"channel": GTM_PLAN, "thread_ts": root, "text": "reply"});
    let reply = desk.json("chat.postMessage", reply).await["ts"].clone();
    let args = [
        ("channel", GTM_PLAN),
        ("message_ts", reply.as_str().unwrap()),
    ];
    let link = desk.form("chat.getPermalink", &args).await["permalink"].clone();
    let link = link.as_str().unwrap();
    let digits = args[1].1.replace('.', "");
    let expected = format!(
        "{}/archives/{GTM_PLAN}/p{digits}?thread_ts={root}&cid={GTM_PLAN}",
        desk.url
    );
    assert_eq!(link, expected);
    let opened = desk.client.get(link).send().await.unwrap();
    let location = opened.headers()["location"].to_str().unwrap();
    assert_eq!(location, format!("/#{GTM_PLAN}/{}", args[1].1));
}

#[tokio::test]
async fn a_burst_then_a_message_a_second() {
    let desk = Desk::with(|settings| settings.rates = Rates::Slack { burst: 2 }).await;
    let args = json!({"channel": GTM_PLAN, "text": "x"});
    for _ in 0..2 {
        check(&desk, "chat.postMessage", args.clone(), "").await;
    }
    let refused = desk.raw("chat.postMessage", &args).await.unwrap();
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["retry-after"]),
        (429, &"1".parse().unwrap())
    );
    desk.wait(1);
    check(&desk, "chat.postMessage", args, "").await;
    assert_eq!(desk.play.messages(GTM_PLAN).len(), 3);
}

#[tokio::test]
async fn faults_happen_as_ordered() {
    let desk = Desk::new().await;
    let method = "chat.postMessage";
    let args = json!({"channel": GTM_PLAN, "text": "x"});
    let faults = desk.play.faults();
    let posted = || desk.play.messages(GTM_PLAN).len();

    faults.inject(method, &Fault::RateLimited { retry_after: 7 }, 1);
    assert_eq!(
        desk.raw(method, &args).await.unwrap().headers()["retry-after"],
        "7"
    );
    faults.inject(method, &Fault::Error("fatal_error".into()), 2);
    check(&desk, method, args.clone(), "fatal_error").await;
    check(&desk, method, args.clone(), "fatal_error").await;
    faults.inject(method, &Fault::ServerError, 1);
    let answer = desk.raw(method, &args).await.unwrap();
    assert_eq!(answer.status(), 500);
    assert!(answer.text().await.unwrap().starts_with("<html>"));
    faults.inject(method, &Fault::CloseBefore, 1);
    assert!(desk.raw(method, &args).await.is_err());
    assert_eq!(posted(), 0);

    faults.inject(method, &Fault::CloseAfter, 1);
    assert!(desk.raw(method, &args).await.is_err());
    assert_eq!(posted(), 1);
    let gate = faults.hold(method);
    let (_, ()) = tokio::join!(desk.raw(method, &args), async {
        gate.arrived().await;
        assert_eq!(posted(), 1);
        gate.open();
    });
    assert_eq!(posted(), 2);
    assert_eq!(faults.waiting(method), 0);
    let statuses: Vec<_> = desk.play.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [429, 200, 200, 500, 0, 0, 200]);
}

#[tokio::test]
async fn messages_outlive_a_restart_and_ephemerals_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |settings: &mut Settings| settings.folder = Some(folder.path().to_owned());
    {
        let desk = Desk::with(in_folder).await;
        desk.post(GTM_PLAN, "kept").await;
        let hidden = json!({"channel": GTM_PLAN, "user": ANA, "text": "lost"});
        check(&desk, "chat.postEphemeral", hidden, "").await;
    }
    let desk = Desk::with(in_folder).await;
    assert_eq!(texts(&desk.play.messages(GTM_PLAN)), ["kept"]);
    assert!(desk.play.ephemerals(GTM_PLAN, ANA).is_empty());
    desk.post(GTM_PLAN, "again").await;
    assert_eq!(texts(&desk.play.messages(GTM_PLAN)), ["kept", "again"]);
}

#[tokio::test]
async fn who_has_travelled_is_still_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = Some(folder.path().to_owned());
    {
        let desk = Desk::with(|settings| settings.folder.clone_from(&path)).await;
        desk.post(GTM_PLAN, "weeks ahead").await;
    }
    // The machine's clock shows years before.
    let behind = Arc::new(StillClock(AtomicI64::new(1_600_000_000)));
    let clock = Arc::new(TravelClock::new(behind));
    let travels = |settings: &mut Settings| {
        settings.folder.clone_from(&path);
        settings.travel = Some(Arc::clone(&clock));
    };
    let desk = Desk::with(travels).await;
    assert_eq!(texts(&desk.play.messages(GTM_PLAN)), ["weeks ahead"]);
    assert!(clock.now().as_second() >= 1_700_000_000);
}
