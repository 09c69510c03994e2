//! What comes up, and when.

use jiff::civil::{Date, date};

use super::*;
use crate::ident::{Channel, Person};
use crate::lint::{self, RuleSet, Subject, Thresholds};
use crate::plan::{Author, Door, FileFormat, MessageLink, read_file, set_answer};

const TODAY: Date = date(2026, 3, 4);

fn plan(file: &str) -> Plan {
    read_file(file, FileFormat::Toml, TODAY).expect("a plan")
}

/// The keys of what speaks, and of what lies ahead with a `~`.
fn keys(plan: &Plan, changes: &[Change]) -> Vec<String> {
    let rules = RuleSet::built_in().expect("the rules load");
    let thresholds = Thresholds::default();
    let results = lint::check(&rules, Subject::from(plan), &thresholds, TODAY);
    let entries = agenda(plan, changes, &results, TODAY).into_iter();
    let keys = entries.map(|entry| match entry.timing {
        Timing::Ahead => format!("~{}", entry.key()),
        _ => entry.key(),
    });
    keys.collect()
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
    fn set(mut self, on: &str, name: &str, words: &str) -> Self {
        let plan = self.plan.get_or_insert_with(|| plan(""));
        let field = field(name).expect(name);
        let context = crate::plan::ParseContext {
            currency: plan.currency(),
            today: TODAY,
        };
        let value = field.parse(words, &context).expect(words);
        let author = Author {
            by: Person::new("U1"),
            at: format!("{on}T10:00:00Z").parse().expect("an instant"),
            door: Door::Command,
            link: MessageLink {
                channel: Channel::new("C1"),
                ts: None,
            },
        };
        let segment = Segment::main();
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

    fn fired(&self) -> Vec<String> {
        let plan = self.plan.as_ref().expect("a plan");
        let fired = fired(plan, &self.changes, &[]).into_iter();
        fired
            .map(|it| format!("{}: {}", it.kind.slug, it.detail))
            .collect()
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
