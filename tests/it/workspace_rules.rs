//! Rules that a workspace adds itself: shown, put in force, taken back, over restarts and kills.

use gtm_advisor::advisor::{Commit, Kept, OwnPage, OwnPages, PageText, Store, Workspace};
use gtm_advisor::clock::Clock;
use gtm_advisor::failpoint::FailPoint;
use gtm_advisor::ident::{Installation, Person};
use gtm_advisor::lint::NEW_PAGE;

use crate::crash::Desk;
use crate::harness::{ANA, BEN, GTM_PLAN, SALES, TEAM, outside_for, said, story};
use crate::journeys::{check, seen};

const USE: &str = "Use it in every channel";

/// A page as somebody would write it.
const PAGE: &str = r#"+++
severity = "warning"
confidence = { direction = "medium", number = "low" }
applies = 'sales.motion == "field"'
when = 'sales.cycle > params.most'
pass = 'A deal takes {sales.cycle}, which our forecast can carry.'

[params.most]
unit = "days"
default = "180 days"
range = ["30 days", "720 days"]
why = "Longer where a pilot is part of the sale."

[[say]]
text = 'A deal takes {sales.cycle}, but our forecast looks {params.most} ahead at most.'

[[fix]]
text = 'Cut the first deal smaller, or count only deals with a signed pilot.'
+++
# Deals that outlast our forecast

## What it checks

Whether a field deal takes longer than the forecast looks ahead.

## Why it matters

What nobody forecasts, nobody hires for.

## What to change

Sell a pilot first.

## Sources

- `our-handbook#forecast`: two quarters ahead

## Examples

```toml finding
[segment.main]
sales.motion = "field"
sales.cycle = "181 days"
```

```toml pass
[segment.main]
sales.motion = "field"
sales.cycle = "180 days"
```

```toml unknown
[segment.main]
sales.motion = "field"
```
"#;

fn add(page: &str) -> String {
    format!("rules add stage/our-forecast\n{page}")
}

#[test]
fn a_team_adds_a_rule_of_its_own_and_takes_it_back() {
    story(async |bot| {
        let plan = &[
            "set motion field",
            "set acv $150k",
            "set cycle 240 days",
            "check",
        ];
        bot.minute_by_minute(BEN, GTM_PLAN, plan).await;
        bot.mention(BEN, GTM_PLAN, "check").await;
        bot.clock.move_by(60);
        // Whoever is no admin shows it to one.
        bot.command(BEN, GTM_PLAN, &add(PAGE)).await;
        bot.command(
            ANA,
            GTM_PLAN,
            &add(&PAGE.replace("sales.cycle >", "sales.cicle >")),
        )
        .await;
        let shown = bot.command(ANA, GTM_PLAN, &add(PAGE)).await;
        bot.clock.move_by(60);
        let used = bot.click(ANA, GTM_PLAN, &shown, USE).await;
        bot.restart().await;
        bot.clock.move_by(60);
        // It judges in every channel, and what moved is told as what the rules moved.
        bot.mention(BEN, GTM_PLAN, "check").await;
        bot.command(BEN, GTM_PLAN, "check our-forecast").await;
        bot.command(BEN, GTM_PLAN, "what-if cycle 90 days").await;
        bot.command(BEN, GTM_PLAN, "explain our-forecast").await;
        bot.command(BEN, GTM_PLAN, "digest preview").await;
        bot.command(BEN, GTM_PLAN, "rules list").await;
        bot.clock.move_by(60);
        bot.command(
            BEN,
            GTM_PLAN,
            "threshold our-forecast.most 300 days because pilots are part of it",
        )
        .await;
        bot.command(BEN, GTM_PLAN, "undo").await;
        bot.command(BEN, GTM_PLAN, "waive our-forecast we hire after the pilot")
            .await;
        bot.clock.move_by(60);
        bot.click(ANA, GTM_PLAN, &used[0], "Undo").await;
        bot.clock.move_by(60);
        bot.mention(BEN, GTM_PLAN, "check").await;
        bot.command(ANA, GTM_PLAN, "rules list").await;
        let page = [BEN, ANA].map(|person| seen(bot, GTM_PLAN, person));
        check(
            "own-rules",
            "A rule of the team's own, and back",
            &page.join("\n---\n\n"),
        );
    });
}

/// The form, a file, and what a hostile page comes to over the socket.
#[test]
fn a_page_comes_by_every_door_and_a_hostile_one_is_refused_at_each() {
    story(async |bot| {
        let shared = bot
            .share(
                ANA,
                GTM_PLAN,
                "rules add stage/our-forecast",
                ("our-forecast.md", PAGE.as_bytes()),
            )
            .await;
        assert!(
            said(&shared[0]).contains("3 examples, all kept"),
            "{}",
            said(&shared[0])
        );
        bot.opened(ANA, GTM_PLAN, "rules add").await;
        let form = bot.told_form(ANA).await;
        let answers = [("name", "stage/our-forecast"), ("page", PAGE)];
        let (errors, shown) = bot.fill((ANA, GTM_PLAN), &form, &answers).await;
        assert!(
            errors.is_empty() && said(&shown[0]).contains("all kept"),
            "{errors:?}"
        );
        let nested = PAGE.replace("when = '", &format!("when = '{}", "(".repeat(400)));
        let choices = "\"plg\", ".repeat(400);
        let endless = PAGE.replace(
            "sales.cycle > params.most",
            &format!("sales.motion in [{choices}\"plg\"]"),
        );
        for (hostile, expected) in [
            (nested, "nested deeper than 32 levels"),
            (endless, "at most 2000 characters"),
            (
                PAGE.replace("# Deals", "# \u{2066}Deals"),
                "the letter U+2066 is invisible",
            ),
            (
                PAGE.replace(
                    "## Sources",
                    &format!("{}\n\n## Sources", "x".repeat(33_000)),
                ),
                "32768 are the most",
            ),
        ] {
            let file = ("our-forecast.md", hostile.as_bytes());
            let told = bot
                .share(ANA, GTM_PLAN, "rules add stage/our-forecast", file)
                .await;
            assert!(said(&told[0]).contains(expected), "{}", said(&told[0]));
        }
        // A page that would count for ever is bounded where it judges.
        let body = "any(icp.exclusions, c, a == b && b == c && a != c)";
        let deep = format!("any(icp.exclusions, a, any(icp.exclusions, b, {body}))");
        let greedy = PAGE
            .replace("applies = 'sales.motion == \"field\"'\n", "")
            .replace(
                "sales.cycle > params.most",
                &format!("sales.cycle > params.most || {deep}"),
            );
        let greedy = greedy.replace("sales.motion = \"field\"", "icp.exclusions = []");
        let shown = bot.command(ANA, GTM_PLAN, &add(&greedy)).await;
        bot.click(ANA, GTM_PLAN, &shown, USE).await;
        let items: Vec<_> = (0..30).map(|n| format!("kind {n}")).collect();
        bot.command(
            ANA,
            GTM_PLAN,
            &format!("set exclusions {}", items.join(", ")),
        )
        .await;
        let told = said(&bot.command(ANA, GTM_PLAN, "check our-forecast").await);
        assert!(told.contains("it takes more than 20000 steps"), "{told}");
    });
}

/// More pages than a workspace may have.
#[test]
fn the_pages_of_a_workspace_have_a_number() {
    story(async |bot| {
        let now = bot.clock.now();
        let pages = (0..50).map(|n| OwnPage {
            name: format!("stage/our-{n:02}"),
            id: format!("{n:012x}"),
            title: "Deals that outlast our forecast".to_owned(),
            by: Person::new(ANA),
            at: now,
        });
        let pages: Vec<_> = pages.collect();
        let texts = pages.iter().map(|page| {
            Kept::Page(PageText {
                id: page.id.clone(),
                text: PAGE.to_owned(),
            })
        });
        let commit = Commit {
            kept: texts.collect(),
            workspace: Some(Workspace {
                rules: OwnPages {
                    in_force: pages,
                    aside: Vec::new(),
                },
                ..Workspace::default()
            }),
            ..Commit::empty(Installation::new(TEAM), now)
        };
        bot.store().commit(commit).await.expect("it is kept");
        let told = said(&bot.command(ANA, SALES, &add(PAGE)).await);
        assert!(
            told.contains("there are 51 pages; 50 are the most"),
            "{told}"
        );
        let told = said(&bot.command(ANA, SALES, "rules list").await);
        assert!(
            told.contains("50 rules of the workspace's own in force"),
            "{told}"
        );
    });
}

/// The program is killed while an admin's press puts a rule in force, before that is on disk and after
/// it: the card still works, and the rule is in force once.
#[test]
fn a_rule_of_the_workspace_outlives_a_kill_in_the_middle() {
    outside_for(std::time::Duration::from_mins(1), async || {
        for point in [FailPoint::TurnBeforeCommit, FailPoint::TurnAfterCommit] {
            let desk = Desk::open().await;
            let words = format!("rules add fit/our-deals\n{NEW_PAGE}");
            let program = desk.press_over_a_kill(point, &words, USE).await;
            let told = desk.slack.send_command(ANA, SALES, "rules list").await;
            let told = said(&told.expect("Ana is there").shown.expect("an answer"));
            assert!(
                told.contains("1 rule of the workspace's own in force"),
                "{point}: {told}"
            );
            let store = desk.left_by(program).await;
            let installation = Installation::new(TEAM);
            let kept = store.workspace(&installation).await;
            let rules = kept.expect("it can be read").expect("it is kept").rules;
            assert_eq!((rules.in_force.len(), rules.aside.len()), (1, 0), "{point}");
            let text = store.rule_page(&installation, &rules.in_force[0].id).await;
            assert_eq!(
                text.expect("it can be read").as_deref(),
                Some(NEW_PAGE),
                "{point}"
            );
            store.close().await.expect("it closes");
            desk.slack.close();
        }
    });
}

#[test]
fn whoever_may_not_add_a_rule_is_told_in_place_of_the_form() {
    story(async |bot| {
        bot.opened(BEN, GTM_PLAN, "rules add").await;
        let told = bot.told_form(BEN).await.view.to_string();
        assert!(told.contains("admin"), "{told}");
        assert!(!told.contains("\"type\":\"input\""), "{told}");
        bot.opened(ANA, GTM_PLAN, "rules add fit/ours").await;
        let told = bot.told_form(ANA).await.view.to_string();
        assert!(told.contains("\"initial_value\":\"fit/ours\""), "{told}");
        // Forms are closed unread: the refusal comes as a message, too.
        bot.clock.move_by(60);
        bot.work().await;
    });
}
