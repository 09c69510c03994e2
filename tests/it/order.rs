//! What a report does not depend on: the order in which a plan file lists its fields; and what it
//! stays readable for: a plan of fifty segments in which everything is answered.

use gtm_advisor::ident::Person;
use gtm_advisor::lint::{self, RuleSet, Thresholds};
use gtm_advisor::plan::{FileFormat, Level, Plan, fields, read_file, templates, write_file};
use gtm_advisor::render;
use gtm_advisor::report::{Report, Surface, Typed};
use gtm_advisor::slack::blocks;
use gtm_advisor::slack::kit::Shown;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::golden;

const TODAY: Date = date(2026, 3, 4);

fn report(rules: &RuleSet, plan: &Plan) -> Report {
    let results = lint::check(rules, plan, &Thresholds::default(), TODAY);
    Report::new(plan, results)
}

/// The report as a person and as a script see it.
fn shown(rules: &RuleSet, plan: &Plan) -> (String, String) {
    let report = report(rules, plan);
    let document = report.to_document(Surface::Terminal(Typed::default()));
    (render::text(&document, &name), report.to_json().to_string())
}

fn name(_: &Person) -> String {
    "Ana".to_owned()
}

/// The object with the keys of every level drawn in another order; segments keep theirs, which is
/// the plan's.
fn drawn(value: Value, seed: &mut u64, key: &str) -> Value {
    let Value::Object(map) = value else {
        return value;
    };
    let mut rest: Vec<(String, Value)> = map.into_iter().collect();
    let mut mixed = Map::new();
    while !rest.is_empty() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let left = u64::try_from(rest.len()).expect("a few fields");
        let place = if key == "segment" {
            0
        } else {
            (*seed >> 33) % left
        };
        let place = usize::try_from(place).expect("a few fields");
        let (name, value) = rest.remove(place);
        let value = drawn(value, seed, &name);
        mixed.insert(name, value);
    }
    Value::Object(mixed)
}

/// The templates and the golden plans, as they are written.
fn plan_files() -> Vec<String> {
    let mut texts: Vec<_> = templates().iter().map(|it| it.text.to_owned()).collect();
    for folder in ["real", "invented"] {
        let plans = golden::plans(folder).into_iter();
        texts.extend(plans.map(|(_, text)| text));
    }
    texts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_fields_changes_no_byte_of_a_report(
        which in any::<prop::sample::Index>(), seed in any::<u64>(),
    ) {
        let texts = plan_files();
        let text: &String = which.get(&texts);
        let plan = read_file(text, FileFormat::Toml, TODAY).expect("a plan");
        let written = write_file(&plan, FileFormat::Json);
        let value = serde_json::from_str(&written).expect("JSON");
        let mixed = drawn(value, &mut { seed }, "").to_string();
        let again = read_file(&mixed, FileFormat::Json, TODAY).expect("the same plan");
        let rules = RuleSet::built_in().expect("they load");
        prop_assert_eq!(shown(&rules, &plan), shown(&rules, &again));
    }
}

/// Every field of so many segments, each by its own example.
fn everything(segments: usize) -> Plan {
    let mut file = String::new();
    let row = |level: Level| {
        let of_level = fields().iter().filter(move |field| field.level == level);
        of_level.map(|field| format!("{} = {:?}\n", field.name, field.example()))
    };
    file.extend(row(Level::Plan));
    for number in 0..segments {
        file.extend([format!("[segment.s{number}]\n")]);
        file.extend(row(Level::Segment));
    }
    read_file(&file, FileFormat::Toml, TODAY).expect("examples can be read")
}

#[test]
fn fifty_segments_with_every_field_make_a_report_that_can_be_read() {
    let rules = RuleSet::built_in().expect("they load");
    let plan = everything(50);
    assert_eq!(plan.segments().len(), 50);
    let report = report(&rules, &plan);
    let of_segments = report.results.iter().filter(|it| it.segment.is_some());
    assert!(of_segments.count().is_multiple_of(50));
    let document = report.to_document(Surface::Conversation("/gtm"));
    let text = render::text(&document, &name);
    assert!(text.len() < 4_000, "{} bytes:\n{text}", text.len());
    let reply = blocks::message(&document, &name).reply(&Shown::default());
    let blocks = reply["blocks"].as_array().expect("blocks");
    assert!(blocks.len() <= 50, "{}", blocks.len());
}
