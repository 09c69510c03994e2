//! What comes up, and when.

use std::sync::LazyLock;

use jiff::civil::{Date, date};

use super::*;
use crate::ident::{Channel, Person};
use crate::lint::{self, RuleSet, Subject, Thresholds};
use crate::plan::{Answer, Author, Door, FileFormat, MessageLink, read_file, set_answer};

const TODAY: Date = date(2026, 3, 4);

fn plan(file: &str) -> Plan {
    read_file(file, FileFormat::Toml, TODAY).expect("a plan")
}

/// What has come up under the built-in rules.
fn entries(plan: &Plan, known: Known<'_>) -> Vec<Entry> {
    static RULES: LazyLock<RuleSet> =
        LazyLock::new(|| RuleSet::built_in().expect("the rules load"));
    let thresholds = Thresholds::default();
    let ground = Ground {
        rules: &RULES,
        thresholds: &thresholds,
        as_of: TODAY,
    };
    let results = lint::check(&RULES, Subject::from(plan), &thresholds, TODAY);
    agenda(plan, known, ground, &results)
}

/// The keys of what speaks, and of what lies ahead with a `~`.
fn keys(plan: &Plan, changes: &[Change]) -> Vec<String> {
    let begun = changes.first().map(|it| day(it.at));
    let known = Known { changes, begun };
    let entries = entries(plan, known).into_iter();
    let keys = entries.map(|entry| match entry.timing {
        Timing::Ahead => format!("~{}", entry.key()),
        _ => entry.key(),
    });
    keys.collect()
}

fn day(at: jiff::Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn check(file: &str, expected: &[&str]) {
    assert_eq!(keys(&plan(file), &[]), expected, "{file}");
}

#[test]
fn an_empty_plan_has_nothing_to_bring_up() {
    check("", &[]);
}

#[test]
fn a_channel_comes_up_at_three_months_and_is_late_at_six() {
    let started = |days: &str| format!("[segment.main]\nmarketing.started = [{days}]");
    check(&started("\"seo: 2025-12-05\""), &["~trial:seo@main"]);
    check(&started("\"seo: 2025-12-04\""), &["trial:seo@main"]);
    check(&started("\"seo: 2025-09-05\""), &["trial:seo@main"]);
    check(&started("\"seo: 2025-09-04\""), &["trial:seo@main:over"]);
    check(&started("\"seo: 2026-04-01\""), &[]);
    let proven = "\nmarketing.proven = [\"seo\"]\nmarketing.stopped = [\"events\"]";
    let both = started("\"seo: 2025-01-01\", \"events: 2025-01-01\"");
    check(&format!("{both}{proven}"), &[]);
}

#[test]
fn an_assumption_comes_up_two_weeks_before_its_date() {
    let by = |date: &str| {
        format!(
            "[segment.main]\npricing.price = \"$49/mo\"\n\
             about.\"pricing.price\" = {{ certainty = \"assumption\", validate_by = \"{date}\" }}"
        )
    };
    let key = |date: &str| format!("assumption:pricing.price@main:{date}");
    check(&by("2026-03-19"), &[&format!("~{}", key("2026-03-19"))]);
    check(&by("2026-03-18"), &[&key("2026-03-18")]);
    check(&by("2026-03-04"), &[&key("2026-03-04")]);
    check(&by("2026-03-03"), &[&format!("{}:over", key("2026-03-03"))]);
}

#[test]
fn a_review_is_due_by_the_plans_own_cadence_or_the_sources() {
    let due = |more: &str| format!("plan.last_review = \"2025-09-20\"\n{more}");
    check(&due(""), &["~review:2026-03-20"]);
    check(
        &due("plan.review_every = \"5 months\""),
        &["review:2026-02-20:over"],
    );
    check(
        &due("plan.growth_rate = \"100%\""),
        &["review:2025-12-20:over"],
    );
    check("plan.last_review = \"2025-09-10\"", &["review:2026-03-10"]);
    // A launch is reviewed at half time, as `review-overdue` has it.
    let launch = "plan.scope = \"product\"\nplan.horizon = \"5 months\"";
    check(&due(launch), &["review:2025-12-05:over"]);
}

#[test]
fn a_waiver_of_a_finding_comes_up_before_it_ends_and_once_it_has() {
    let until = |date: &str| {
        format!(
            "[[waiver]]\nrule = \"low-price-enterprise-motion\"\nreason = \"a pilot\"\n\
             until = {date}\n[segment.main]\npricing.price = \"$49/mo\"\nsales.motion = \"field\""
        )
    };
    let key = "waiver:low-price-enterprise-motion";
    check(&until("2026-06-30"), &[&format!("~{key}:2026-06-30")]);
    check(&until("2026-03-10"), &[&format!("{key}:2026-03-10")]);
    check(&until("2026-03-01"), &[&format!("{key}:2026-03-01:over")]);
}

#[test]
fn a_decision_waits_until_it_is_made() {
    let open = "[[decision]]\nid = \"d1\"\nquestion = \"Monthly or annual?\"\n\
                options = [\"monthly\", \"annual\"]\n";
    check(open, &["decision:d1"]);
}

/// A plan in the making, with its history.
#[derive(Default)]
struct Told {
    plan: Option<Plan>,
    changes: Vec<Change>,
}

impl Told {
    fn set(self, on: &str, name: &str, words: &str) -> Self {
        self.set_in("main", on, name, words)
    }

    fn set_in(mut self, segment: &str, on: &str, name: &str, words: &str) -> Self {
        let plan = self.plan.get_or_insert_with(|| plan(""));
        let field = field(name).expect(name);
        let context = crate::plan::ParseContext {
            currency: plan.currency(),
            today: TODAY,
        };
        let value = field.parse(words, &context).expect(words);
        let author = author(on);
        let segment = Segment::parse(segment).expect("a name");
        for change in set_answer(
            plan,
            field,
            Some(&segment),
            Some(Answer::Known(value)),
            &author,
        ) {
            plan.apply(&change).expect("it fits");
            self.changes.push(change);
        }
        self
    }

    fn approved(mut self, on: &str) -> Self {
        let plan = self.plan.as_mut().expect("a plan");
        let day = on.parse().expect("a day");
        let made = crate::plan::approve(plan, "@U1".to_owned(), day, &author(on));
        for change in made.expect("it can be approved") {
            plan.apply(&change).expect("it fits");
            self.changes.push(change);
        }
        self
    }

    fn fired(&self) -> Vec<String> {
        let plan = self.plan.as_ref().expect("a plan");
        let fired = fired(plan, &self.changes, &[]).into_iter();
        fired
            .map(|it| format!("{}: {}", it.kind.slug, it.detail))
            .collect()
    }
}

fn author(on: &str) -> Author {
    Author {
        by: Person::new("U1"),
        at: format!("{on}T10:00:00Z").parse().expect("an instant"),
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new("C1"),
            ts: None,
        },
    }
}

#[test]
fn a_first_answer_is_no_change_of_course_and_another_one_is() {
    let told = Told::default()
        .set("2026-01-10", "pricing.price", "$49/mo")
        .set("2026-01-10", "icp.segment", "smb");
    assert!(told.fired().is_empty());
    let told = told.set("2026-02-10", "pricing.price", "$99/mo").set(
        "2026-02-11",
        "icp.segment",
        "enterprise",
    );
    assert_eq!(
        told.fired(),
        [
            "market: ICP segment SMB → enterprise",
            "pricing: price $49 a month → $99 a month",
        ]
    );
}

#[test]
fn a_review_answers_what_came_before_it() {
    let told = Told::default()
        .set("2026-01-10", "pricing.price", "$49/mo")
        .set("2026-02-10", "pricing.price", "$99/mo")
        .set("2026-02-12", "plan.last_review", "2026-02-11");
    assert!(told.fired().is_empty());
    let told = told.set("2026-02-20", "plan.new_initiative", "new region");
    assert_eq!(told.fired(), ["region: "]);
    let called_off = told.set("2026-02-21", "plan.new_initiative", "none");
    assert!(called_off.fired().is_empty());
}

#[test]
fn figures_that_go_the_wrong_way_far_enough_fire() {
    let fired = |name: &str, from: &str, to: &str| {
        let told = Told::default()
            .set("2026-01-10", name, from)
            .set("2026-02-10", name, to);
        told.fired().len()
    };
    assert_eq!(fired("economics.cac", "$1,000", "$1,499"), 0);
    assert_eq!(fired("economics.cac", "$1,000", "$1,500"), 1);
    assert_eq!(fired("economics.cac", "$1,000", "$100"), 0);
    assert_eq!(fired("sales.win_rate", "20%", "15.01%"), 0);
    assert_eq!(fired("sales.win_rate", "20%", "15%"), 1);
    assert_eq!(fired("sales.win_rate", "20%", "0%"), 1);
    assert_eq!(fired("sales.win_rate", "20%", "40%"), 0);
}

#[test]
fn a_figure_off_its_target_fires_by_the_rules_finding() {
    let plan = plan("[segment.main]\npricing.acv = \"$1k\"\neconomics.cac = \"$5k\"");
    assert!(keys(&plan, &[]).contains(&"trigger:cac".to_owned()));
}

#[test]
fn a_move_that_is_announced_says_which() {
    let told = Told::default().set("2026-02-20", "plan.new_initiative", "move upmarket");
    assert_eq!(told.fired(), ["market: move upmarket"]);
}

#[test]
fn corrections_of_a_first_draft_call_for_nothing() {
    let draft = || Told::default().set("2026-01-10", "pricing.price", "$49/mo");
    let told = |on: &str| draft().set(on, "pricing.price", "$59/mo").fired();
    assert!(told("2026-01-10").is_empty());
    assert!(told("2026-01-23").is_empty());
    assert_eq!(
        told("2026-01-24"),
        ["pricing: price $49 a month → $59 a month"]
    );
    // An answer of a plan that is months old may be a draft as well.
    let late = draft().set("2026-02-20", "icp.segment", "smb").set(
        "2026-02-21",
        "icp.segment",
        "enterprise",
    );
    assert!(late.fired().is_empty());
    // What was settled stays what others are compared with.
    let twice = draft().set("2026-02-10", "pricing.price", "$59/mo").set(
        "2026-02-11",
        "pricing.price",
        "$69/mo",
    );
    assert_eq!(twice.fired(), ["pricing: price $49 a month → $69 a month"]);
    let back = twice.set("2026-02-12", "pricing.price", "$49/mo");
    assert!(back.fired().is_empty());
}

#[test]
fn what_was_approved_is_no_draft() {
    let told = Told::default()
        .set("2026-01-10", "pricing.price", "$49/mo")
        .approved("2026-01-11");
    let mut unlocked = told;
    let plan = unlocked.plan.as_mut().expect("a plan");
    let made = crate::plan::take_item(plan, &ItemKey::Approval, &author("2026-01-12"));
    for change in made.expect("it can be unlocked") {
        plan.apply(&change).expect("it fits");
        unlocked.changes.push(change);
    }
    let told = unlocked.set("2026-01-12", "pricing.price", "$99/mo");
    assert_eq!(told.fired(), ["pricing: price $49 a month → $99 a month"]);
}

#[test]
fn segments_of_the_first_two_weeks_are_what_the_plan_was_begun_with() {
    let begun = || {
        Told::default()
            .set_in("smb", "2026-01-10", "pricing.price", "$49/mo")
            .set_in("mid", "2026-01-20", "pricing.price", "$490/mo")
    };
    assert!(begun().fired().is_empty());
    let told = begun().set_in("bank", "2026-01-24", "pricing.price", "$4,900/mo");
    assert_eq!(told.fired(), ["target: segment bank"]);
}

#[test]
fn a_plan_that_was_never_reviewed_is_due_from_its_first_answer_or_its_approval() {
    let told = |on: &str| Told::default().set(on, "pricing.price", "$49/mo");
    let due = |told: Told| {
        let plan = told.plan.expect("a plan");
        let mut keys = keys(&plan, &told.changes);
        keys.retain(|it| it.contains("review:"));
        keys.concat()
    };
    assert_eq!(due(told("2025-09-20")), "~review:2026-03-20");
    assert_eq!(due(told("2025-09-10")), "review:2026-03-10");
    assert_eq!(due(told("2025-08-10")), "review:2026-02-10:over");
    let approved = told("2025-08-10").approved("2025-09-12");
    assert_eq!(due(approved), "review:2026-03-12");
    let reviewed = told("2025-08-10").set("2026-03-01", "plan.last_review", "2026-02-01");
    assert_eq!(due(reviewed), "~review:2026-08-01");
    let quick = told("2026-01-10").set("2026-01-10", "plan.review_every", "1 month");
    assert_eq!(due(quick), "review:2026-02-10:over");
}

#[test]
fn a_threshold_of_the_teams_own_is_its_cadence() {
    let own = "[[threshold]]\nrule = \"review-overdue\"\nparam = \"usual_months\"\n\
               value = \"4\"\nreason = \"we move fast\"\n";
    let reviewed = "plan.last_review = \"2025-11-10\"\n";
    check(&format!("{reviewed}{own}"), &["review:2026-03-10"]);
    check(reviewed, &["~review:2026-05-10"]);
}

#[test]
fn a_default_cadence_names_its_source() {
    let source = |more: &str| {
        let plan = plan(&format!("plan.last_review = \"2025-09-20\"\n{more}"));
        let entries = entries(&plan, Known::default());
        let mut found = entries.iter().filter_map(|it| match &it.matter {
            Matter::Review { cadence, .. } => Some(*cadence),
            _ => None,
        });
        let cadence = found.next().expect("a review");
        cadence.source().map(|it| it.id)
    };
    assert_eq!(source("").as_deref(), Some("gtm-definition"));
    let fast = source("plan.growth_rate = \"100%\"");
    assert_eq!(fast.as_deref(), Some("gtm-plain-english"));
    let launch = source("plan.scope = \"product\"\nplan.horizon = \"6 months\"");
    assert_eq!(launch.as_deref(), Some("gtm-definition"));
    assert_eq!(source("plan.review_every = \"5 months\""), None);
}

#[test]
fn what_nobody_is_named_for_waits_for_who_looks_after_its_section_and_then_the_plan() {
    let owners = |file: &str| {
        let plan = plan(file);
        let entries = entries(&plan, Known::default());
        let owners = entries.into_iter().filter(|it| it.timing == Timing::Over);
        let owners = owners.map(|it| it.owner.unwrap_or_default());
        owners.collect::<Vec<_>>().join(" ")
    };
    let overdue = |owner: &str| {
        format!(
            "[segment.main]\npricing.price = \"$49/mo\"\n\
             about.\"pricing.price\" = {{ validate_by = \"2026-01-01\"{owner} }}\n\
             marketing.started = [\"seo: 2025-01-01\"]"
        )
    };
    let (mine, nobodys) = (overdue(", owner = \"@own\""), overdue(""));
    let sections = "[owner]\npricing = \"@chloe\"\nmarketing = \"@may\"\n";
    let whole = "plan.owner = \"@ben\"\nplan.last_review = \"2025-01-01\"\n";
    assert_eq!(
        owners(&format!("{whole}{sections}{mine}")),
        "@own @may @ben"
    );
    assert_eq!(
        owners(&format!("{whole}{sections}{nobodys}")),
        "@chloe @may @ben"
    );
    assert_eq!(owners(&format!("{whole}{nobodys}")), "@ben @ben @ben");
    assert_eq!(owners(&nobodys), " ");
}
