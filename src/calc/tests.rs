//! Every row of the table, and what goes wrong around them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::*;
use crate::ident::PlanId;
use crate::plan::{self, Currency, FileFormat, ParseContext, Plan};
use crate::sources::source;

fn context() -> ParseContext {
    ParseContext {
        currency: Currency::USD,
        today: jiff::civil::date(2026, 3, 4),
    }
}

fn plan_of(toml: &str) -> Plan {
    let file = plan::read_file(toml, FileFormat::Toml, context().today);
    file.expect("tests write plans that can be read")
}

fn computed(words: &str, plan: Option<&Plan>) -> Result<Outcome, CalcError> {
    match read(words)? {
        Asked::List => panic!("{words} asks for the list"),
        Asked::Run(request) => run(&request, plan, &context()),
    }
}

fn results(outcome: &Outcome) -> Vec<String> {
    let lines = outcome.lines.iter();
    lines
        .map(|line| format!("{} {}", line.name, line.equals()))
        .collect()
}

/// Checks that `words` give each of these lines.
#[track_caller]
fn check(words: &str, expected: &[&str]) {
    check_with(None, words, expected);
}

#[track_caller]
fn check_with(plan: Option<&Plan>, words: &str, expected: &[&str]) {
    let outcome = computed(words, plan).unwrap_or_else(|error| panic!("{words}: {error}"));
    let mut found = results(&outcome).into_iter();
    for line in expected {
        assert!(
            found.any(|it| it == *line),
            "{words} gives no {line}, but {:?}",
            results(&outcome)
        );
    }
}

/// Checks what is said of words that cannot be computed, and that what it proposes works.
#[track_caller]
fn refuse(words: &str, expected: &str) {
    let error = match computed(words, None) {
        Ok(outcome) => panic!("{words} gives {:?}", results(&outcome)),
        Err(error) => error,
    };
    assert_eq!(format!("{} → {}", error.problem, error.works), expected);
    assert!(!error.problem.ends_with('.'), "{}", error.problem);
    works(&error.works);
}

/// Following what is proposed ends in a result, after a few steps at most.
#[track_caller]
fn works(words: &str) {
    let mut words = words.to_owned();
    for _ in 0..4 {
        if words == "list" {
            return;
        }
        match computed(&words, None) {
            Ok(_) => return,
            Err(error) => {
                assert_ne!(error.works, words, "{error}");
                words = error.works;
            }
        }
    }
    panic!("{words} does not work either");
}

#[test]
fn a_percentage_without_its_sign_says_how_it_was_read() {
    let remarks = |words| computed(words, None).expect(words).remarks;
    assert_eq!(
        remarks("ltv acv=12k margin=80% churn=2"),
        ["Read as a percentage: `churn` is 2% a month"]
    );
    assert_eq!(
        remarks("ltv acv=12k margin=80% churn=2 percent"),
        Vec::<String>::new()
    );
    let error = computed("ltv acv=12k margin=80% churn=0.02", None).expect_err("two readings");
    assert!(error.problem.contains("write the % sign"), "{error}");
}

#[test]
fn every_example_comes_out() {
    for calculator in calculators() {
        let words = format!("{} {}", calculator.name, calculator.example);
        check(&words, calculator.expected);
        assert!(!calculator.expected.is_empty(), "{words}");
    }
}

#[test]
fn every_row_is_in_order() {
    let mut seen = BTreeSet::new();
    for calculator in calculators() {
        for spelling in std::iter::once(calculator.name).chain(calculator.aliases.iter().copied()) {
            let key = crate::text::key(spelling);
            assert!(
                seen.insert(key) || calculator.name == spelling,
                "{spelling} stands twice"
            );
            let Ok(Asked::Run(request)) = read(spelling) else {
                panic!("{spelling} is not read as a calculator");
            };
            assert_eq!(request.calculator.name, calculator.name, "{spelling}");
        }
        assert!(!calculator.formula.is_empty() && calculator.basis.len() <= 3);
        assert!(!calculator.answers.ends_with('.'), "{}", calculator.answers);
        for cited in calculator.sources {
            let (id, section) = cited.split_once('#').expect("id#section");
            assert!(source(id).is_some() && !section.is_empty(), "{cited}");
        }
        assert!(!calculator.sources.is_empty(), "{}", calculator.name);
        for input in calculator.inputs {
            assert!(!input.label().is_empty());
            input
                .reader()
                .parse(&input.example(), &context())
                .expect(input.name);
            if let Need::Assumed(words) = input.need {
                input.reader().parse(words, &context()).expect(input.name);
            }
            for field in input.from_plan() {
                assert!(plan::field(field).is_some(), "{field}");
            }
        }
    }
}

#[test]
fn a_name_alone_says_what_it_needs_with_an_example_that_works() {
    for calculator in calculators() {
        let error = computed(calculator.name, None).expect_err(calculator.name);
        assert!(
            !error.missing.is_empty(),
            "{}: {}",
            calculator.name,
            error.problem
        );
        works(&error.works);
    }
}

#[test]
fn the_page_is_the_table() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/calculators.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, reference()).expect("the page is written");
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        page == reference(),
        "docs/calculators.md is stale: run `just bless`"
    );
}

#[test]
fn the_frameworks_two_examples_come_out() {
    check(
        "payback cac=500 acv=5000 per=customer",
        &["simple = 1.2 months"],
    );
    check(
        "payback cac=500 acv=5000 margin=80%",
        &["margin_adjusted = 1.5 months"],
    );
    check(
        "payback cac=500 acv=5000 margin=70%",
        &["margin_adjusted ≈ 1.71 months"],
    );
    check(
        "payback cac=30k acv=150k margin=80%",
        &["simple = 2.4 months", "margin_adjusted = 3 months"],
    );
    check(
        "payback cac=30k acv=150k margin=70%",
        &["margin_adjusted ≈ 3.43 months"],
    );
}

#[test]
fn a_cost_of_something_else_becomes_one_of_a_customer() {
    check(
        "payback cac=$500 acv=5k margin=80% per=trial win=15% basis=trials",
        &[
            "cac ≈ $3,333",
            "simple = 8 months",
            "margin_adjusted = 10 months",
        ],
    );
    check(
        "payback cac=30k acv=150k margin=80% per=opportunity win=25%",
        &[
            "cac = $120,000",
            "simple = 9.6 months",
            "margin_adjusted = 12 months",
        ],
    );
    check(
        "payback cac=$50 acv=12k per=lead lead_rate=10% win=25%",
        &["cac = $2,000", "simple = 2 months"],
    );
    refuse(
        "payback cac=500 acv=5k per=trial win=25% basis=opportunities",
        "The cost is per trial, and the win rate is of opportunities: rates of different things are not mixed. Give the rate of trials (`win`) and say so (`basis`) → payback cac=500 acv=5k per=trial win=25% basis=trials",
    );
    refuse(
        "payback cac=500 acv=5k per=trial",
        "A cost per trial, opportunity or lead becomes one per customer by the share that is won: which share (`win`)? → payback cac=500 acv=5k per=trial win=25%",
    );
}

#[test]
fn payback_asks_what_the_cost_is_for() {
    let outcome = computed("payback cac=500 acv=5k", None).expect("a result");
    let question = outcome.question.expect("a question");
    assert_eq!(
        question.choices,
        ["customer", "opportunity", "trial", "lead"]
    );
    let settled = computed("payback cac=500 acv=5k per=customer", None).expect("a result");
    assert_eq!(settled.question, None);
}

#[test]
fn a_partners_share_is_taken_off() {
    check(
        "payback cac=6k acv=12k partner_share=20%",
        &["revenue = $9,600 a year", "simple = 7.5 months"],
    );
}

#[test]
fn an_early_cohort_is_never_carried_on_unasked() {
    refuse(
        "ltv acv=5000 margin=80% retention=70%",
        "Whose retention is that, all customers' or an early cohort's (`retention_of`)? An early cohort is not carried on to a year unasked → ltv acv=5000 margin=80% retention=70% retention_of=all_customers",
    );
    let words = "ltv acv=5000 margin=80% retention=70% retention_of=early_cohort";
    check(
        words,
        &["monthly ≈ 11.21%", "lifetime ≈ 8.92 months", "ltv ≈ $2,974"],
    );
    let outcome = computed(words, None).expect("a result");
    assert!(
        outcome.remarks[0].contains("not a forecast"),
        "{:?}",
        outcome.remarks
    );
    check(
        "ltv acv=150k margin=80% retention=70% retention_of=early_cohort",
        &["ltv ≈ $89,209"],
    );
    check(
        "ltv-cac cac=500 acv=5000 margin=80% retention=70% retention_of=early_cohort",
        &["ltv_cac ≈ 5.95"],
    );
    check(
        "ltv-cac cac=30k acv=150k margin=80% retention=70% retention_of=early_cohort",
        &["ltv_cac ≈ 2.97"],
    );
}

#[test]
fn ltv_says_whether_it_is_revenue() {
    let label = |words| {
        computed(words, None)
            .expect(words)
            .lines
            .last()
            .expect("a line")
            .label
            .clone()
    };
    assert_eq!(label("ltv acv=12k churn=2%"), "LTV, on revenue");
    assert_eq!(label("ltv acv=12k churn=2% margin=80%"), "LTV, on margin");
}

#[test]
fn churn_compounds_both_ways() {
    for (monthly, yearly) in [
        ("1%", "11.36%"),
        ("2%", "21.53%"),
        ("3%", "30.62%"),
        ("5%", "45.96%"),
    ] {
        check(
            &format!("churn monthly={monthly}"),
            &[&format!("yearly ≈ {yearly}")],
        );
    }
    for (yearly, monthly) in [("10%", "0.87%"), ("20%", "1.84%"), ("30%", "2.93%")] {
        check(
            &format!("churn yearly={yearly}"),
            &[&format!("monthly ≈ {monthly}")],
        );
    }
    check(
        "churn retention=70% retention_of=all",
        &["monthly ≈ 11.21%", "yearly ≈ 75.99%"],
    );
}

#[test]
fn the_references_other_examples_come_out() {
    check("acv price=49/mo", &["acv = $588 a year"]);
    check("acv total=90k months=36", &["acv = $30,000 a year"]);
    check(
        "sales-velocity opportunities=50 acv=50k win=25% cycle=75 days",
        &["velocity ≈ $8,333 a day"],
    );
    check(
        "deals-per-seller quota=500k acv=588",
        &["a_year ≈ 850.34", "a_month ≈ 70.86"],
    );
    check(
        "funnel target=1.2M acv=30k win=25% quota=600k attainment=70% ramp=5",
        &["a_seller = $332,500 a year", "sellers = 4"],
    );
    check(
        "meeting-cost acv=1188 meetings=4",
        &["cost = $480", "months ≈ 4.85 months"],
    );
    check(
        "milestones acv=12k",
        &["mrr_10k = 10", "mrr_of_10 = $10,000 a month"],
    );
    check("milestones acv=588", &["arr_1m = 1,701"]);
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    refuse(
        "payback cac=6k acv=0",
        "`acv`: ACV has to be above zero, and this is $0 a year → payback cac=6k acv=12k",
    );
    refuse(
        "payback cac=-6k acv=12k",
        "`cac`: I read `-6k`; an amount below zero makes no sense here → payback cac=6k acv=12k",
    );
    refuse(
        "funnel target=1M acv=10k win=0%",
        "`win`: win rate has to be above zero, and this is 0% → funnel target=1M acv=10k win=25%",
    );
    refuse(
        "market accounts=100 acv=12k reachable=2000",
        "You can reach 2,000 of 100 accounts: the part is larger than the whole → market accounts=100 acv=12k reachable=100",
    );
    refuse(
        "capacity hires=2 quota=600k attainment=70% ramp=30",
        "A ramp of 30 months leaves no productive year to compute with → capacity hires=2 quota=600k attainment=70% ramp=5 months",
    );
    refuse(
        "grr start=10k churned=30k",
        "More is lost ($0 and $30,000) than there was at the start ($10,000) → grr start=10k churned=0",
    );
}

#[test]
fn units_are_not_mixed() {
    refuse(
        "payback cac=€6k acv=$12k",
        "`cac` is in EUR and `acv` in USD; two currencies are not computed with one another → payback cac=€6k acv=12k EUR",
    );
    refuse(
        "payback cac=80% acv=12k",
        "`cac`: I read `80%`; I do not understand `%` after the amount → payback cac=6k acv=12k",
    );
    check("payback cac=€6k acv=€12k", &["simple = 6 months"]);
    check("payback cac=6k acv=1k/mo", &["simple = 6 months"]);
}

#[test]
fn inputs_are_read_as_people_write_them() {
    let six = ["simple = 6 months", "margin_adjusted = 7.5 months"];
    for words in [
        "payback cac=$6k acv=$12k margin=80%",
        "payback cac = $6,000 acv = $12k a year margin = 80 %",
        "CAC payback: cac=6k gross margin=80% deal value=12k",
        "payback cac 6k acv 12k margin 80%",
        "Payback CAC=6k ACV=12k Margin=80%",
    ] {
        check(words, &six);
    }
    check("ltv:cac cac=6k ltv=40k", &["ltv_cac ≈ 6.67"]);
    check("rule of 40 growth=50% profit=-12%", &["rule_of_40 = 38%"]);
}

#[test]
fn what_is_misspelt_is_found() {
    refuse(
        "paybak cac=6k acv=12k",
        "There is no calculator `paybak` → payback cac=6k acv=12k",
    );
    refuse("horoscope", "There is no calculator `horoscope` → list");
    refuse(
        "payback cca=6k acv=12k",
        "`payback` has no input `cca`; it takes cac, acv, margin, per, win, basis, lead_rate, partner_share → payback cac=6k acv=12k",
    );
    refuse(
        "payback cac=6k cac=7k acv=12k",
        "`cac` is given twice, as `6k` and as `7k` → payback cac=6k acv=12k",
    );
    refuse(
        "payback 6k 12k",
        "I cannot tell what `6k` is; write each number behind its name → payback cac=6k acv=12k margin=80% per=customer",
    );
}

#[test]
fn no_words_panic_and_every_error_proposes_something() {
    for calculator in calculators() {
        for value in [
            "",
            "=",
            "0",
            "-1",
            "1e99",
            "999999999999",
            "100%",
            "€",
            "∞",
            "none",
            "0.01",
            "[]",
        ] {
            for input in calculator.inputs {
                let words = format!(
                    "{} {} {}={value}",
                    calculator.name, calculator.example, input.name
                );
                let bare = format!("{} {}={value}", calculator.name, input.name);
                for words in [words, bare] {
                    if let Err(error) = computed(&words, None) {
                        assert!(
                            !error.problem.is_empty() && !error.works.is_empty(),
                            "{words}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_plan_gives_what_was_not_typed() {
    let plan = plan_of(
        "[segment.main]\npricing.price = '$500/mo'\npricing.seats = 2\neconomics.gross_margin = '80%'\neconomics.cac = '$6k'\n",
    );
    let outcome = computed("payback margin=50% per=customer", Some(&plan)).expect("a result");
    assert_eq!(
        results(&outcome),
        ["simple = 6 months", "margin_adjusted = 12 months"]
    );
    let from_plan: Vec<_> = outcome
        .inputs
        .iter()
        .filter(|given| matches!(given.from, Origin::Plan { .. }))
        .map(|given| given.name)
        .collect();
    assert_eq!(from_plan, ["cac", "acv"]);
    let missing = computed("capacity", Some(&plan)).expect_err("no sellers");
    assert_eq!(
        missing.problem,
        "`capacity` needs quota (`quota`) and attainment of quota (`attainment`), and the plan does not say them yet"
    );
}

#[test]
fn one_segment_of_several_has_to_be_named() {
    let plan = plan_of(
        "plan.arr_target = \"$1M\"\nplan.arr = \"$400k\"\n[segment.smb]\npricing.acv = \"$5k\"\nsales.win_rate = \"25%\"\n[segment.big]\npricing.acv = \"$60k\"\nsales.win_rate = \"20%\"\n",
    );
    let error = computed("funnel", Some(&plan)).expect_err("two segments");
    assert_eq!(
        error.problem,
        "The plan has several segments; for which one: smb or big?"
    );
    assert_eq!(error.suggestions, ["funnel for smb", "funnel for big"]);
    check_with(
        Some(&plan),
        "funnel for big",
        &["deals = 10", "opportunities = 50"],
    );
    check_with(
        Some(&plan),
        "funnel for smb",
        &["deals = 120", "opportunities = 480"],
    );
    let error = computed("funnel for tiny", Some(&plan)).expect_err("no such segment");
    assert_eq!(
        error.problem,
        "The plan has no segment \"tiny\"; it has smb, big"
    );
    assert_eq!(error.works, "funnel for smb");
    check_with(
        Some(&plan),
        "payback cac=6k acv=12k",
        &["simple = 6 months"],
    );
}

#[test]
fn an_empty_plan_is_no_help_and_no_harm() {
    let plan = Plan::new(PlanId::new("P1"));
    check_with(
        Some(&plan),
        "payback cac=6k acv=12k",
        &["simple = 6 months"],
    );
    let error = computed("payback", Some(&plan)).expect_err("nothing is known");
    assert_eq!(
        error.problem,
        "`payback` needs CAC (`cac`) and ACV (`acv`), and the plan does not say them yet"
    );
}

#[test]
fn every_proposal_computes_as_it_stands() {
    let plans: Vec<Option<Plan>> = [
        None,
        Some("[segment.main]\neconomics.cac = \"£6k\"\n"),
        Some("[segment.main]\npricing.acv = \"$12k\"\neconomics.cac = \"€6k\"\n"),
        Some("plan.arr = \"$1M\"\n[segment.a]\npricing.acv = \"$12k\"\n[segment.b]\nsales.win_rate = \"20%\"\n"),
    ]
    .into_iter()
    .map(|toml| toml.map(plan_of))
    .collect();
    for calculator in calculators() {
        let name = calculator.name;
        let mut tries = vec![
            name.to_owned(),
            format!("{name} x=1"),
            format!("{name} soon"),
        ];
        for input in calculator.inputs {
            for value in ["soon", "-5", "0", "150%", "€5k", "$5k", "1e9", "tbd"] {
                tries.push(format!("{name} {}={value}", input.name));
                tries.push(format!(
                    "{name} {} {}={value}",
                    calculator.example, input.name
                ));
            }
            tries.push(format!("{name} {}z={}", input.name, input.example()));
        }
        for (words, plan) in tries
            .iter()
            .flat_map(|words| plans.iter().map(move |plan| (words, plan.as_ref())))
        {
            let read = read(words);
            let with = if read.is_err() { None } else { plan };
            if let Err(error) = read.and_then(|_| computed(words, plan)) {
                assert!(
                    error.works == "list" || computed(&error.works, with).is_ok(),
                    "{words}: {error} → {}",
                    error.works
                );
            }
        }
    }
}

#[test]
fn a_proposal_drops_nothing_that_was_typed_without_a_word() {
    let works = |words: &str| computed(words, None).expect_err(words).works;
    assert_eq!(works("churn retention=70% months=3"), "churn monthly=2%");
    assert_eq!(
        works("churn retention=70%"),
        "churn retention=70% retention_of=all_customers"
    );
}
