//! Plans that are carried: pasted, exported, tried as variants, adopted, over restarts and by two
//! people at once.

use std::fmt::Write;

use futures_util::future::join_all;

use crate::harness::{ANA, BEN, DEV, GTM_PLAN, TestBot, said, story};

const PASTE: &str = "import this:\n```\nplan.stage = \"gtm_fit\"\n[segment.main]\npricing.price = \"$99/mo\"\nsales.motion = \"plg\"\nabout.\"pricing.price\" = { certainty = \"assumption\", source = \"https://example.com/a?b=1&c=<2>\" }\n```";

async fn plan(bot: &TestBot) -> String {
    said(&bot.command(ANA, GTM_PLAN, "plan").await)
}

#[test]
fn a_pasted_plan_waits_for_a_press_also_over_a_restart() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let answers = bot.mention(ANA, GTM_PLAN, PASTE).await;
        let card = answers.first().expect("a card");
        assert!(
            said(card).contains("would make 4 changes here"),
            "{}",
            said(card)
        );
        assert!(
            plan(bot).await.contains("$49 a month"),
            "nothing is changed"
        );
        bot.restart().await;
        let after = bot.click(BEN, GTM_PLAN, card, "Apply").await;
        let told = after.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("Imported. 4 changes."), "{told}");
        let plan = plan(bot).await;
        assert!(plan.contains("$99 a month"), "{plan}");
        let written = said(&bot.command(ANA, GTM_PLAN, "export").await);
        assert!(
            written.contains("https://example.com/a?b=1&c=<2>"),
            "{written}"
        );
    });
}

#[test]
fn what_is_exported_here_is_imported_there() {
    story(async |bot| {
        for words in [
            "set price $49/mo",
            "assume acv $12k until 2026-05-01",
            "na marketing.motion because not before autumn",
            "segment add smb",
            "set motion plg for smb",
            "owner pricing @ben",
            "waive icp-no-exclusions we learn first until 2026-12-31",
            "decide Which price? $49 | $59",
            "scenario save cheaper price $29/mo for main",
        ] {
            bot.command(ANA, GTM_PLAN, words).await;
        }
        let wrote = said(&bot.command(ANA, GTM_PLAN, "export json").await);
        let json = &wrote[wrote.find('{').expect(&wrote)..=wrote.rfind('}').expect(&wrote)];
        let card = bot.write(ANA, &format!("import {json}")).await;
        let direct = gtm_advisor::playground::seed::direct(ANA);
        let after = bot.click(ANA, &direct, &card[0], "Apply").await;
        let told = after.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("Imported."), "{told}");
        let again = said(&bot.write(ANA, "export json").await[0]);
        let there = &again[again.find('{').expect(&again)..=again.rfind('}').expect(&again)];
        assert_eq!(json, there);
    });
}

#[test]
fn of_two_who_apply_a_paste_at_once_one_does_and_the_other_is_told() {
    story(async |bot| {
        let card = bot
            .command(ANA, GTM_PLAN, &PASTE.replace("import this:", "import"))
            .await;
        let both = join_all([
            bot.click(ANA, GTM_PLAN, &card, "Apply"),
            bot.click(BEN, GTM_PLAN, &card, "Apply"),
        ])
        .await;
        let told: String = both.iter().flatten().map(said).collect();
        assert!(told.contains("Imported."), "{told}");
        let history = said(&bot.command(ANA, GTM_PLAN, "history").await);
        assert!(
            history.contains("v1") && !history.contains("v2"),
            "{history}"
        );
    });
}

#[test]
fn a_guest_presses_apply_and_nothing_happens() {
    story(async |bot| {
        let card = bot
            .command(ANA, GTM_PLAN, &PASTE.replace("import this:", "import"))
            .await;
        bot.click(DEV, GTM_PLAN, &card, "Apply").await;
        assert!(!plan(bot).await.contains("$99 a month"));
    });
}

#[test]
fn a_variant_is_compared_and_adopted_over_a_restart_and_by_one_of_two() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "set motion plg").await;
        bot.command(BEN, GTM_PLAN, "scenario save cheaper price $29/mo")
            .await;
        bot.command(BEN, GTM_PLAN, "fork steady").await;
        let compared = bot.command(ANA, GTM_PLAN, "scenario compare cheaper").await;
        let other = bot.command(BEN, GTM_PLAN, "scenario compare cheaper").await;
        bot.restart().await;
        let adopted = bot.click(ANA, GTM_PLAN, &compared, "Adopt").await;
        let told = adopted.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("Adopted scenario cheaper."), "{told}");
        let late = bot.click(BEN, GTM_PLAN, &other, "Adopt").await;
        let told = late.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("That is decided already"), "{told}");
        let plans = said(&bot.command(ANA, GTM_PLAN, "plans").await);
        assert!(
            plans.contains("steady") && !plans.contains("cheaper:"),
            "{plans}"
        );
        let fork = bot.command(ANA, GTM_PLAN, "scenario compare steady").await;
        assert!(
            said(&fork).contains("$29 a month → $49 a month"),
            "{}",
            said(&fork)
        );
        bot.command(BEN, GTM_PLAN, "set price $19/mo").await;
        let stale = bot.click(ANA, GTM_PLAN, &fork, "Adopt").await;
        let told = stale.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("Nothing was adopted"), "{told}");
        assert!(told.contains("$29 a month → $19 a month"), "{told}");
        assert!(plan(bot).await.contains("$19 a month"));
    });
}

#[test]
fn a_plan_is_imported_from_a_file_that_is_shared() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let file =
            b"\xEF\xBB\xBFplan.stage = \"gtm_fit\"\n[segment.main]\npricing.price = \"$99/mo\"\n";
        let shared = bot
            .share(BEN, GTM_PLAN, "import this please", ("our plan.toml", file))
            .await;
        let told = said(&shared[0]);
        assert!(told.contains("would make 2 changes here"), "{told}");
        assert!(
            plan(bot).await.contains("$49 a month"),
            "nothing is changed"
        );
        bot.restart().await;
        bot.click(ANA, GTM_PLAN, &shared[0], "Apply").await;
        assert!(plan(bot).await.contains("$99 a month"));
        // A guest may share what they like; the plan is not theirs.
        let told = bot
            .share(DEV, GTM_PLAN, "import", ("plan.toml", file))
            .await;
        assert!(
            said(&told[0]).contains("The plan is as it was"),
            "{}",
            said(&told[0])
        );
        // The same in the other forms says the same.
        for (form, name) in [("json", "p.json"), ("csv", "p.csv"), ("markdown", "p.md")] {
            let wrote = said(&bot.command(ANA, GTM_PLAN, &format!("export {form}")).await);
            let inner = file_in(&wrote);
            let told = bot
                .share(BEN, GTM_PLAN, "import", (name, inner.as_bytes()))
                .await;
            let told = said(&told[0]);
            assert!(
                told.contains("says all of that already"),
                "{form}: {told}\n{inner}"
            );
        }
    });
}

#[test]
fn a_file_that_is_no_plan_is_refused_with_line_and_what_works() {
    story(async |bot| {
        let check = async |name: &str, bytes: &[u8], expected: &[&str]| {
            let told = said(&bot.share(BEN, GTM_PLAN, "import", (name, bytes)).await[0]);
            for expected in expected {
                assert!(told.contains(expected), "{name}, {expected}: {told}");
            }
            told
        };
        let wrong = b"plan.stage = \"scale\"\n[segment.main]\npricing.prise = \"$9/mo\"\n";
        check(
            "plan.toml",
            wrong,
            &[
                "One place in plan.toml",
                "line 3, column 9",
                "pricing.price",
            ],
        )
        .await;
        let wrong = b"plan.stage = \"scale\"\n[segment.main]\npricing.price = \"soon\"\n";
        check("plan.toml", wrong, &["line 3", "$49"]).await;
        check("plan.json", b"[1, 2]", &["plan.json", "line 1"]).await;
        check(
            "notes.md",
            b"# Our plan\n\nWe sell to banks.\n",
            &["notes.md", "line 1"],
        )
        .await;
        check(
            "logo.png",
            b"\x89PNG\0\0",
            &["no text in UTF-8", "/gtm export"],
        )
        .await;
        check("plan.pdf", b"%PDF-1.7\nnothing", &["no text in UTF-8"]).await;
        check("empty.toml", b"", &["it is empty"]).await;
        let large = vec![b'#'; 1024 * 1024 + 1];
        check("large.toml", &large, &["larger than 1 MiB"]).await;
        let larger = vec![b'#'; 5 * 1024 * 1024 + 1];
        check("larger.toml", &larger, &["larger than 5 MB"]).await;
        let plan = plan(bot).await;
        assert!(plan.contains("empty"), "{plan}");
    });
}

/// A plan with values of every segment in hundreds.
fn large(segments: usize) -> (String, usize) {
    let mut text = String::from("plan.stage = \"scale\"\n");
    for n in 1..=segments {
        let _ = write!(
            text,
            "[segment.part-{n}]\npricing.price = \"${n}/mo\"\nsales.motion = \"field\"\nsales.cycle = \"{} days\"\n\
             icp.industry = [\"trade {n}\"]\nicp.pain = \"pain {n}\"\nmarket.accounts = {n}00\nmarket.tam = \"${n}m\"\n\
             value.problem = \"problem {n}\"\nvalue.outcome = \"saves {n} hours a week\"\npositioning.category = \"crm\"\n",
            30 + n
        );
    }
    (text, 1 + segments * 11)
}

#[test]
fn one_undo_takes_a_large_import_back_whole_and_the_history_remains() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "set motion plg").await;
        let before = said(&bot.command(ANA, GTM_PLAN, "export json").await);
        let (text, n) = large(40);
        let shared = bot
            .share(BEN, GTM_PLAN, "import", ("large.toml", text.as_bytes()))
            .await;
        let told = said(&shared[0]);
        assert!(told.contains(&format!("would make {n} changes")), "{told}");
        let applied = bot.click(BEN, GTM_PLAN, &shared[0], "Apply").await;
        let card = applied.last().expect("a card");
        assert!(
            said(card).contains(&format!("Imported. {n} changes.")),
            "{}",
            said(card)
        );
        let of_one = "plan pricing for part-40";
        let there = said(&bot.command(ANA, GTM_PLAN, of_one).await);
        assert!(there.contains("$40 a month"), "{there}");
        bot.restart().await;
        bot.clock.move_by(60);
        bot.click(ANA, GTM_PLAN, card, "Undo").await;
        let after = said(&bot.command(ANA, GTM_PLAN, "export json").await);
        assert_eq!(before, after);
        let gone = said(&bot.command(ANA, GTM_PLAN, of_one).await);
        assert!(gone.contains("no segment"), "{gone}");
        // Both acts are changes of their own, and the import can be had again.
        let history = said(&bot.command(ANA, GTM_PLAN, "history").await);
        for version in ["v1", "v2", "v3", "v4"] {
            assert!(history.contains(version), "{version}: {history}");
        }
        bot.command(ANA, GTM_PLAN, "undo 4").await;
        let there = said(&bot.command(ANA, GTM_PLAN, of_one).await);
        assert!(there.contains("$40 a month"), "{there}\n{history}");
    });
}

/// The file in an answer, without what stands around it.
fn file_in(answer: &str) -> String {
    let lines = answer.lines().filter_map(|line| line.strip_prefix("    "));
    lines.collect::<Vec<_>>().join("\n")
}
