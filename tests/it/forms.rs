//! Forms over the socket: opened within the request, answered with what is wrong or with what was
//! done, and never done twice.

use gtm_advisor::playground::{Fault, View};
use serde_json::{Value, json};

use crate::harness::{
    ANA, BEN, CHLOE, DEV, GTM_PLAN, SALES, Setup, TestBot, said, story, story_with,
};

const POLICY: &[u8] = b"# Discounts\n\nDiscounts above 20 % are approved by Mara.\n";
const QUESTION: &str = "ask who approves discounts above 20%?";
const TEXT: &str = "Discounts above 20 % are approved by Mara, our head of sales.";

async fn asked(bot: &TestBot, channel: &str) -> String {
    said(&bot.command(BEN, channel, QUESTION).await)
}

fn labels(view: &Value) -> Vec<&str> {
    let blocks = view["blocks"].as_array().expect("blocks").iter();
    blocks
        .filter_map(|it| it["label"]["text"].as_str())
        .collect()
}

#[test]
fn a_pasted_text_is_taught_in_a_form() {
    story(async |bot| {
        let view = bot.opened(BEN, GTM_PLAN, "learn").await;
        assert_eq!(view.view["title"]["text"], "Teach a document");
        assert_eq!(
            labels(&view.view),
            [
                "Title",
                "Files",
                "Text",
                "Date of the text",
                "Who gets answers from it"
            ]
        );
        let answers = [
            ("title", "Pricing policy"),
            ("text", TEXT),
            ("dated", "2026-02-01"),
        ];
        let (errors, seen) = bot.fill((BEN, GTM_PLAN), &view, &answers).await;
        assert!(errors.is_empty(), "{errors:?}");
        assert!(
            said(&seen[0]).contains("Learned “Pricing policy”"),
            "{seen:#?}"
        );
        assert!(bot.slack.views(BEN).is_empty(), "the form closes");
        let answer = asked(bot, GTM_PLAN).await;
        assert!(answer.contains("approved by Mara"), "{answer}");
        assert!(!asked(bot, SALES).await.contains("Mara"));
        let list = said(&bot.command(BEN, GTM_PLAN, "documents").await);
        assert!(list.contains("text of 2026-02-01"), "{list}");
    });
}

#[test]
fn what_is_wrong_is_said_at_its_field_and_nothing_is_learned() {
    story(async |bot| {
        let view = bot.opened(BEN, GTM_PLAN, "learn").await;
        let answers = [
            ("title", "Policy"),
            ("text", TEXT),
            ("dated", "2026-03-09"),
            ("where", "everywhere"),
        ];
        let (errors, seen) = bot.fill((BEN, GTM_PLAN), &view, &answers).await;
        let told = |name: &str| errors[name].as_str().unwrap_or_default().to_owned();
        assert!(told("dated").contains("still to come"), "{errors:?}");
        assert!(told("where").contains("admins"), "{errors:?}");
        assert!(seen.is_empty(), "{seen:#?}");
        assert_eq!(bot.slack.views(BEN).len(), 1, "it stays open");
        assert!(!asked(bot, GTM_PLAN).await.contains("Mara"));
        // Mended in the same form, it is taken.
        let answers = [("title", "Policy"), ("text", TEXT), ("where", "here")];
        let (errors, seen) = bot.fill((BEN, GTM_PLAN), &view, &answers).await;
        assert!(
            errors.is_empty() && said(&seen[0]).contains("Learned"),
            "{errors:?}"
        );
    });
}

#[test]
fn an_admin_teaches_every_channel_in_the_form() {
    story(async |bot| {
        let view = bot.opened(ANA, GTM_PLAN, "learn everywhere:").await;
        let first = &view.view["blocks"][4]["element"]["initial_option"]["value"];
        assert_eq!(first, "everywhere");
        let answers = [("title", "Policy"), ("text", TEXT), ("where", "everywhere")];
        bot.fill((ANA, GTM_PLAN), &view, &answers).await;
        assert!(asked(bot, SALES).await.contains("Mara"));
    });
}

#[test]
fn files_are_chosen_in_the_form_learned_and_cited_without_a_link() {
    story(async |bot| {
        let view = bot.opened(BEN, GTM_PLAN, "learn").await;
        let element = &view.view["blocks"][1]["element"];
        assert_eq!(element["type"], "file_input");
        assert_eq!(element["max_files"], 5);
        let refunds: &[u8] = b"Refunds above $500 are approved by Dev.";
        let chosen = bot.choose(
            BEN,
            &[("pricing_policy.md", POLICY), ("refunds.txt", refunds)],
        );
        let whose = (BEN, GTM_PLAN);
        let (errors, seen) = bot.fill(whose, &view, &[("files", &chosen)]).await;
        assert!(errors.is_empty(), "{errors:?}");
        assert!(bot.slack.views(BEN).is_empty(), "the form closes");
        let told = said(&seen[0]);
        assert!(
            told.contains("Learned “pricing policy”, “refunds”"),
            "{told}"
        );
        let answer = asked(bot, GTM_PLAN).await;
        assert!(answer.contains("approved by Mara"), "{answer}");
        // Nobody else can open it where it lies.
        let list = said(&bot.command(CHLOE, GTM_PLAN, "documents").await);
        assert!(
            list.contains("pricing policy") && !list.contains("/files/"),
            "{list}"
        );
        bot.restart().await;
        assert!(asked(bot, GTM_PLAN).await.contains("approved by Mara"));

        // A single file takes the title that was given.
        let view = bot.opened(ANA, SALES, "learn").await;
        let chosen = bot.choose(ANA, &[("p.md", POLICY)]);
        let answers = [
            ("files", chosen.as_str()),
            ("title", "Discount policy"),
            ("where", "everywhere"),
        ];
        let (errors, seen) = bot.fill((ANA, SALES), &view, &answers).await;
        assert!(errors.is_empty(), "{errors:?}");
        assert!(
            said(&seen[0]).contains("Learned “Discount policy”"),
            "{seen:#?}"
        );
    });
}

#[test]
fn what_is_wrong_with_chosen_files_is_said_at_their_field_and_nothing_is_learned() {
    story(async |bot| {
        let view = bot.opened(BEN, GTM_PLAN, "learn").await;
        let check =
            async |files: &[(&str, &[u8])], answers: &[(&str, &str)], at: &str, expected: &str| {
                let chosen = bot.choose(BEN, files);
                let given = [&[("files", chosen.as_str())], answers].concat();
                let (errors, seen) = bot.fill((BEN, GTM_PLAN), &view, &given).await;
                let told = errors[at].as_str().unwrap_or_default();
                assert!(told.contains(expected), "{errors:?}");
                assert!(seen.is_empty(), "{seen:#?}");
            };
        let old: &[u8] = b"\xD0\xCF\x11\xE0\0\0";
        check(
            &[("plan.docx", old)],
            &[],
            "files",
            "plan.docx: it is locked",
        )
        .await;
        // Each that cannot be taken is named.
        let both: &[(&str, &[u8])] = &[
            ("ok.md", POLICY),
            ("empty.txt", b""),
            ("cut.pdf", b"%PDF-1.7\n"),
        ];
        check(
            both,
            &[],
            "files",
            "empty.txt: it is empty · cut.pdf: it is damaged",
        )
        .await;
        let large = vec![b'a'; 5 * 1024 * 1024 + 1];
        check(&[("large.txt", &large)], &[], "files", "larger than 5 MB").await;
        let two: &[(&str, &[u8])] = &[("a.md", POLICY), ("b.md", POLICY)];
        check(two, &[("title", "Policy")], "title", "cannot name 2 files").await;
        check(&two[..1], &[("text", TEXT)], "text", "one of them").await;
        check(&[], &[], "text", "Choose a file or paste").await;
        assert!(!asked(bot, GTM_PLAN).await.contains("Mara"));
    });
}

#[test]
fn without_the_permission_to_read_files_the_form_asks_for_none_and_says_so() {
    let setup = Setup {
        reads_files: false,
        ..Setup::default()
    };
    story_with(setup, async |bot| {
        let view = bot.opened(BEN, GTM_PLAN, "learn").await;
        assert_eq!(labels(&view.view)[..2], ["Title", "Text"]);
        let hint = view.view["blocks"][1]["hint"]["text"].to_string();
        assert!(hint.contains("`files:read` is missing"), "{hint}");
        let answers = [("text", TEXT)];
        let (errors, seen) = bot.fill((BEN, GTM_PLAN), &view, &answers).await;
        assert!(errors.is_empty(), "{errors:?}");
        assert!(
            said(&seen[0]).contains("Learned “Discounts above 20 %"),
            "{seen:#?}"
        );
        let refused = bot
            .share(BEN, GTM_PLAN, "learn", ("policy.md", POLICY))
            .await;
        assert!(
            said(&refused[0]).contains("`files:read` is missing"),
            "{refused:#?}"
        );
    });
}

#[test]
fn a_guest_is_refused_and_told_so() {
    story(async |bot| {
        let view = bot.opened(DEV, GTM_PLAN, "learn").await;
        let answers = [("title", "Policy"), ("text", TEXT)];
        let (errors, seen) = bot.fill((DEV, GTM_PLAN), &view, &answers).await;
        assert!(errors.is_empty(), "{errors:?}");
        assert!(said(&seen[0]).contains("as a guest"), "{seen:#?}");
        assert!(!asked(bot, GTM_PLAN).await.contains("Mara"));
    });
}

#[test]
fn a_message_and_the_files_of_one_are_taught_from_its_menu() {
    story(async |bot| {
        let message = bot.say(CHLOE, GTM_PLAN, None, TEXT).await;
        let view = bot.learn_this(BEN, GTM_PLAN, &message.ts).await;
        assert_eq!(view.view["blocks"][1]["element"]["initial_value"], TEXT);
        let answers = [("title", "Discounts"), ("text", TEXT)];
        bot.fill((BEN, GTM_PLAN), &view, &answers).await;
        let answer = asked(bot, GTM_PLAN).await;
        assert!(answer.contains("approved by Mara"), "{answer}");
        let list = said(&bot.command(BEN, GTM_PLAN, "documents").await);
        let digits = message.ts.replace('.', "");
        assert!(
            list.contains(&format!("/archives/{GTM_PLAN}/p{digits}")),
            "{list}"
        );

        let place = (SALES, None);
        let file = ("pricing_policy.md", POLICY.to_vec());
        let shared = bot.slack.share_file(CHLOE, place, "our policy", file).await;
        let ts = shared.expect("somebody who may speak there").message.ts;
        let view = bot.learn_this(BEN, SALES, &ts).await;
        assert!(
            view.view["blocks"][0]["text"]["text"]
                .as_str()
                .expect("words")
                .contains("pricing_policy.md")
        );
        assert_eq!(
            view.view["blocks"][1]["element"]["initial_value"],
            "pricing policy"
        );
        let (errors, seen) = bot.fill((BEN, SALES), &view, &[("title", "Policy")]).await;
        assert!(
            errors.is_empty() && said(&seen[0]).contains("Learned “Policy”"),
            "{seen:#?}"
        );
        assert!(asked(bot, SALES).await.contains("approved by Mara"));
    });
}

#[test]
fn a_file_that_cannot_be_taken_is_refused_in_the_form() {
    story(async |bot| {
        let file = ("logo.png", b"\x89PNG\0\0".to_vec());
        let shared = bot
            .slack
            .share_file(CHLOE, (GTM_PLAN, None), "", file)
            .await;
        let ts = shared.expect("somebody who may speak there").message.ts;
        let view = bot.learn_this(BEN, GTM_PLAN, &ts).await;
        let (errors, _) = bot.fill((BEN, GTM_PLAN), &view, &[("title", "Logo")]).await;
        let told = errors["title"].as_str().unwrap_or_default();
        assert!(
            told.contains("no Markdown, text, PDF or Word"),
            "{errors:?}"
        );
    });
}

#[test]
fn a_submission_that_comes_twice_is_done_once() {
    story(async |bot| {
        let view = bot.opened(BEN, GTM_PLAN, "learn").await;
        let answers = [("title", "Policy"), ("text", TEXT)];
        bot.fill((BEN, GTM_PLAN), &view, &answers).await;
        let again = bot.last_request();
        assert_eq!(again.path, "/slack/interactions");
        let before = bot.seen(BEN, GTM_PLAN);
        let delivery = bot.deliver(&again).await;
        assert_eq!((delivery.status(), delivery.body()), (Some(200), ""));
        bot.work().await;
        assert_eq!(bot.seen(BEN, GTM_PLAN), before);
    });
}

#[test]
fn where_no_form_opens_the_command_says_what_else_works() {
    story(async |bot| {
        bot.expect_a_bad_day();
        let expired = Fault::Error("expired_trigger_id".to_owned());
        bot.slack.faults().inject("views.open", &expired, 1);
        let told = said(&bot.command(BEN, GTM_PLAN, "learn").await);
        assert!(told.contains("Paste text"), "{told}");
        assert!(bot.slack.views(BEN).is_empty());
        bot.slack
            .faults()
            .inject("views.open", &Fault::ServerError, 1);
        let message = bot.say(CHLOE, GTM_PLAN, None, TEXT).await;
        bot.slack
            .pick(BEN, GTM_PLAN, (&message.ts, "learn_this"))
            .await
            .expect("picked");
        bot.work().await;
        let told = said(
            bot.slack
                .ephemerals(GTM_PLAN, BEN)
                .last()
                .expect("an answer"),
        );
        assert!(told.contains("choose it once more"), "{told}");
    });
}

#[test]
fn a_form_that_was_changed_on_its_way_or_is_somebody_elses_is_refused() {
    story(async |bot| {
        let view = bot.opened(BEN, GTM_PLAN, "learn").await;
        let sealed = view.view["private_metadata"].as_str().expect("sealed");
        assert!(sealed.len() <= 3_000 && !sealed.contains(GTM_PLAN));
        let check = async |by: &str, metadata: &str| {
            let payload = json!({
                "type": "view_submission",
                "team": {"id": gtm_advisor::playground::seed::TEAM},
                "user": {"id": by},
                "view": {"id": "V1", "hash": "1", "callback_id": "learn", "private_metadata": metadata,
                    "state": {"values": {"title": {"answer": {"value": "T"}}, "text": {"answer": {"value": TEXT}}}}},
            });
            let body = serde_urlencoded::to_string([("payload", payload.to_string())]);
            let body = body.expect("a form");
            let request = crate::harness::signed(&bot.slack, "/slack/interactions", body);
            bot.deliver(&request).await.body().to_owned()
        };
        let forged = format!("{}00", &sealed[..sealed.len() - 2]);
        for (by, metadata) in [(CHLOE, sealed), (BEN, ""), (BEN, "C1"), (BEN, &forged)] {
            let answer = check(by, metadata).await;
            assert!(answer.contains("too old"), "{by}: {answer}");
        }
        assert!(!asked(bot, GTM_PLAN).await.contains("Mara"));
        assert_eq!(check(BEN, sealed).await, "");
        bot.work().await;
        assert!(asked(bot, GTM_PLAN).await.contains("Mara"));
    });
}

/// A card for a price, and the form that its Edit button opens.
async fn edited(bot: &TestBot, person: &str) -> (gtm_advisor::playground::Message, View) {
    let seen = bot.mention(BEN, GTM_PLAN, "we charge $49/mo").await;
    let card = seen.last().expect("a card").clone();
    bot.click(person, GTM_PLAN, &card, "Edit").await;
    (card, bot.told_form(person).await)
}

#[test]
fn a_value_is_edited_in_a_form_before_it_is_applied() {
    story(async |bot| {
        let (card, view) = edited(bot, CHLOE).await;
        assert_eq!(view.view["title"]["text"], "Edit before applying");
        let element = &view.view["blocks"][1]["element"];
        assert_eq!(element["initial_value"], "$49 a month", "{view:?}");
        let whose = (CHLOE, GTM_PLAN);
        let (errors, seen) = bot.fill(whose, &view, &[("value", "soon")]).await;
        let told = errors["value"].as_str().unwrap_or_default();
        assert!(
            told.contains("I read `soon`") && told.contains("$49 a month"),
            "{told}"
        );
        assert!(seen.is_empty(), "{seen:#?}");
        let (errors, _) = bot
            .fill(whose, &view, &[("value", "59 bucks a month")])
            .await;
        assert!(errors.is_empty(), "{errors:?}");
        assert!(bot.slack.views(CHLOE).is_empty(), "the form closes");
        // The card has given way to what came of it, for everybody.
        let now = bot.seen(BEN, GTM_PLAN);
        let same = now.iter().find(|it| it.ts == card.ts).expect("the card");
        assert!(said(same).contains("$59 a month"), "{same:#?}");
        let history = said(&bot.command(BEN, GTM_PLAN, "history").await);
        assert!(
            history.contains("Chloé") && history.contains("$59 a month"),
            "{history}"
        );
    });
}

#[test]
fn an_edit_of_a_card_that_the_plan_has_left_behind_says_the_difference() {
    story(async |bot| {
        let (card, view) = edited(bot, CHLOE).await;
        bot.command(ANA, GTM_PLAN, "set price $39/mo").await;
        bot.fill((CHLOE, GTM_PLAN), &view, &[("value", "$59/mo")])
            .await;
        let now = bot.seen(CHLOE, GTM_PLAN);
        let same = now.iter().find(|it| it.ts == card.ts).expect("the card");
        let shown = said(same);
        assert!(
            shown.contains("moved on") && shown.contains("$39 a month"),
            "{shown}"
        );
        let plan = said(&bot.command(BEN, GTM_PLAN, "plan pricing").await);
        assert!(
            plan.contains("$39 a month") && !plan.contains("$59"),
            "{plan}"
        );
    });
}

#[test]
fn a_guest_edits_no_value() {
    story(async |bot| {
        let (_, view) = edited(bot, BEN).await;
        assert!(!view.view["blocks"].is_null());
        let seen = bot.mention(BEN, SALES, "we charge $49/mo").await;
        let card = seen.last().expect("a card").clone();
        bot.click(DEV, SALES, &card, "Edit").await;
        let view = bot.told_form(DEV).await;
        let words = view.view.to_string();
        assert!(words.contains("as a guest"), "{words}");
    });
}

const PLAN: &str = "plan.stage = \"gtm_fit\"\n[segment.main]\npricing.price = \"$99/mo\"\n";

#[test]
fn a_plan_is_pasted_into_a_form_shown_applied_and_taken_back() {
    story(async |bot| {
        bot.command(BEN, GTM_PLAN, "set price $49/mo").await;
        let view = bot.opened(BEN, GTM_PLAN, "import").await;
        assert_eq!(view.view["title"]["text"], "Import a plan");
        assert_eq!(labels(&view.view)[..3], ["File", "Plan", "Plan, continued"]);
        let whose = (BEN, GTM_PLAN);
        let wrong = [("plan", "[segment.main]\npricing.prise = 3")];
        let (errors, seen) = bot.fill(whose, &view, &wrong).await;
        let told = errors["plan"].as_str().unwrap_or_default();
        assert!(
            told.contains("Line 2, column 9") && told.contains("`pricing.price`"),
            "{told}"
        );
        assert!(seen.is_empty(), "{seen:#?}");
        assert_eq!(bot.slack.views(BEN).len(), 1, "it stays open");
        let (errors, seen) = bot.fill(whose, &view, &[("plan", PLAN)]).await;
        assert!(errors.is_empty(), "{errors:?}");
        assert!(bot.slack.views(BEN).is_empty(), "the form closes");
        let card = seen.last().expect("a card").clone();
        assert!(said(&card).contains("Nothing is changed yet."), "{card:#?}");
        let plan = async || said(&bot.command(BEN, GTM_PLAN, "plan pricing").await);
        assert!(plan().await.contains("$49 a month"));
        bot.click(CHLOE, GTM_PLAN, &card, "Apply").await;
        assert!(plan().await.contains("$99 a month"));
        bot.command(BEN, GTM_PLAN, "undo").await;
        assert!(plan().await.contains("$49 a month"));
    });
}

#[test]
fn a_plan_is_chosen_as_a_file_in_the_form_and_one_that_is_none_is_refused_there() {
    story(async |bot| {
        bot.command(BEN, GTM_PLAN, "set price $49/mo").await;
        let view = bot.opened(BEN, GTM_PLAN, "import").await;
        let check =
            async |file: (&str, &[u8]), answers: &[(&str, &str)], at: &str, expected: &str| {
                let chosen = bot.choose(BEN, &[file]);
                let given = [&[("file", chosen.as_str())], answers].concat();
                let (errors, seen) = bot.fill((BEN, GTM_PLAN), &view, &given).await;
                let told = errors[at].as_str().unwrap_or_default();
                assert!(told.contains(expected), "{errors:?}");
                assert!(seen.is_empty(), "{seen:#?}");
            };
        let wrong = b"[segment.main]\npricing.prise = 3";
        check(("plan.toml", wrong), &[], "file", "`pricing.price`").await;
        check(
            ("plan.csv", b"PK\x03\x04\0"),
            &[],
            "file",
            "no text in UTF-8",
        )
        .await;
        check(("plan.toml", b""), &[], "file", "it is empty").await;
        let large = vec![b'#'; 1024 * 1024 + 1];
        check(("plan.toml", &large), &[], "file", "1 MiB").await;
        let both = [("plan_2", "x")];
        check(
            ("plan.toml", PLAN.as_bytes()),
            &both,
            "plan_2",
            "one plan at a time",
        )
        .await;
        let chosen = bot.choose(BEN, &[("plan.toml", PLAN.as_bytes())]);
        let (errors, seen) = bot.fill((BEN, GTM_PLAN), &view, &[("file", &chosen)]).await;
        assert!(errors.is_empty(), "{errors:?}");
        let card = seen.last().expect("a card").clone();
        assert!(said(&card).contains("Nothing is changed yet."), "{card:#?}");
        bot.click(CHLOE, GTM_PLAN, &card, "Apply").await;
        let plan = said(&bot.command(BEN, GTM_PLAN, "plan pricing").await);
        assert!(plan.contains("$99 a month"), "{plan}");
    });
}

#[test]
fn files_beyond_what_is_taken_at_once_are_named_and_none_is_dropped_in_silence() {
    story(async |bot| {
        let view = bot.opened(BEN, GTM_PLAN, "learn").await;
        let sealed = view.view["private_metadata"].as_str().expect("sealed");
        let file = |n: usize| json!({"id": format!("F{n}"), "name": format!("{n}.md"), "url_private": "https://example.com/x"});
        let files: Vec<_> = (1..=7).map(file).collect();
        let payload = json!({
            "type": "view_submission",
            "team": {"id": gtm_advisor::playground::seed::TEAM},
            "user": {"id": BEN},
            "view": {"id": "V1", "hash": "1", "callback_id": "learn", "private_metadata": sealed,
                "state": {"values": {"files": {"answer": {"files": files}}}}},
        });
        let body = serde_urlencoded::to_string([("payload", payload.to_string())]).expect("a form");
        let request = crate::harness::signed(&bot.slack, "/slack/interactions", body);
        let answer: Value = serde_json::from_str(bot.deliver(&request).await.body()).expect("JSON");
        let told = answer["errors"]["files"].as_str().unwrap_or_default();
        for expected in [
            "6.md: I take 5 files at once",
            "7.md: I take 5 files at once",
        ] {
            assert!(told.contains(expected), "{answer}");
        }
        assert!(!told.contains("5.md: I take"), "{answer}");
    });
}
