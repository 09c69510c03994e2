//! What holds for every file, however broken.

use proptest::prelude::*;

use super::tests::{LEDGERLY, today};
use super::{FileFormat, read_file, write_file};
use crate::ident::{PlanId, RuleSlug};
use crate::plan::read::any_field_and_value;
use crate::plan::testing::author;
use crate::plan::{
    About, Answer, Baseline, Certainty, Decided, Decision, FindingKey, Item, Plan, Scenario,
    ScenarioAnswer, SectionOwner, Segment, ThresholdSetting, Trigger, Waiver, field, put_item,
    set_answer,
};

const FORMATS: [FileFormat; 4] = [
    FileFormat::Toml,
    FileFormat::Json,
    FileFormat::Markdown,
    FileFormat::Csv,
];

fn any_segment() -> impl Strategy<Value = Segment> {
    let names = prop::sample::select(vec!["main", "smb", "größere", "a-1"]);
    names.prop_map(|name| Segment::parse(name).expect("right names"))
}

/// Words as people type them, with signs that files and spreadsheets read as their own.
fn any_words() -> impl Strategy<Value = String> {
    let words = "[-=+@'\"a-z0-9é#`{}\\[\\],;:|*_<>\\\\\u{7f}\n ]{0,20}x";
    words.prop_map(|words| words.replace('\u{7f}', "").trim().to_owned())
}

fn any_item() -> impl Strategy<Value = Item> {
    let words = any_words;
    let of = || prop::option::of(any_segment());
    let date = jiff::civil::date(2026, 6, 30);
    prop_oneof![
        (any_field_and_value(), any_segment(), words(), 0..3_usize).prop_map(
            move |((field, _), of, owner, n)| {
                let segment = (field.level == crate::plan::Level::Segment).then_some(of);
                Item::About(About {
                    certainty: Some(Certainty::ALL[n]),
                    validate_by: Some(date),
                    owner: Some(owner),
                    ..About::nothing(field.name, segment)
                })
            }
        ),
        words().prop_map(|owner| Item::Owner(SectionOwner {
            component: "pricing".to_owned(),
            owner
        })),
        (words(), of(), words()).prop_map(move |(reason, segment, value)| Item::Waiver(Waiver {
            rule: RuleSlug::new("icp-no-exclusions"),
            segment,
            reason,
            owner: None,
            until: Some(date),
            against: [("pricing.price for smb".to_owned(), value)].into(),
        })),
        (words(), words()).prop_map(|(value, reason)| Item::Threshold(ThresholdSetting {
            rule: RuleSlug::new("plg-acv-high"),
            param: "max_acv".to_owned(),
            value,
            reason,
        })),
        (words(), words(), words()).prop_map(move |(question, option, who)| Item::Decision(
            Decision {
                id: "d3".to_owned(),
                question,
                options: vec![option.clone(), "no".to_owned()],
                votes: [(who, option.clone())].into(),
                asked: Some(date),
                decided: Some(Decided {
                    option,
                    by: None,
                    on: Some(date)
                }),
            }
        )),
        (words(), words()).prop_map(move |(what, who)| Item::Trigger(Trigger {
            id: "t2".to_owned(),
            what,
            on: date,
            by: Some(who),
        })),
        of().prop_map(move |segment| {
            let rule = RuleSlug::new("icp-no-buyer");
            let findings = [(FindingKey { rule, segment }, "warning".to_owned())].into();
            Item::Baseline(Baseline {
                on: Some(date),
                findings,
            })
        }),
        (any_field_and_value(), any_segment(), any::<bool>()).prop_map(
            |((field, value), of, known)| {
                let segment = (field.level == crate::plan::Level::Segment).then_some(of);
                let answer = known.then_some(Answer::Known(value));
                let answers = vec![ScenarioAnswer {
                    field: field.name.to_owned(),
                    segment,
                    answer,
                }];
                Item::Scenario(Scenario {
                    name: "cheaper".to_owned(),
                    answers,
                })
            }
        ),
    ]
}

type Given = (
    Vec<((&'static crate::plan::Field, crate::plan::Value), Segment)>,
    Vec<Item>,
    String,
    bool,
);

/// A plan with answers of all kinds and all that stands beside them.
fn plan((answers, items, reason, in_euros): Given) -> Plan {
    let mut plan = Plan::new(PlanId::new("P1"));
    let make = |changes: Vec<crate::plan::Change>, plan: &mut Plan| {
        for change in changes {
            plan.apply(&change).expect("a change made against the plan");
        }
    };
    for ((field, value), segment) in answers {
        let new = Some(Answer::Known(value));
        let changes = set_answer(&plan, field, Some(&segment), new, &author(1));
        make(changes, &mut plan);
    }
    let horizon = field("plan.horizon").expect("the catalogue has it");
    let changes = set_answer(
        &plan,
        horizon,
        None,
        Some(Answer::NotApplicable(reason)),
        &author(1),
    );
    make(changes, &mut plan);
    // A note on a segment that is gone goes with it, so there is none for a segment that is not.
    let stands = |item: &Item| match item {
        Item::About(About {
            segment: Some(of), ..
        }) => plan.segments().contains(of),
        _ => true,
    };
    let items: Vec<Item> = items.into_iter().filter(stands).collect();
    for item in items {
        let changes = put_item(&plan, item, &author(1)).expect("it fits");
        make(changes, &mut plan);
    }
    let currency = field("plan.currency").expect("the catalogue has it");
    let code = if in_euros { "EUR" } else { "CAD" };
    let new = Some(Answer::Known(crate::plan::Value::Text(code.to_owned())));
    let changes = set_answer(&plan, currency, None, new, &author(1));
    make(changes, &mut plan);
    plan
}

proptest! {
    #[test]
    fn no_file_panics(text in prop_oneof![".{0,60}", "[a-z.=\"'\\[\\]{}0-9:, \n#`é-]{0,80}"]) {
        for format in [FileFormat::Toml, FileFormat::Json, FileFormat::Markdown] {
            if let Err(error) = read_file(&text, format, today()) {
                prop_assert!(!error.problems.is_empty());
                prop_assert!(error.problems.iter().all(|p| p.line > 0 && p.column > 0));
            }
        }
    }

    #[test]
    fn cut_or_broken_files_do_not_panic(cut in 0..LEDGERLY.len(), put in "[\"\\[\\]=.{},0a\n]{0,3}") {
        prop_assume!(LEDGERLY.is_char_boundary(cut));
        let broken = format!("{}{put}{}", &LEDGERLY[..cut], &LEDGERLY[cut..]);
        for text in [&LEDGERLY[..cut], &broken] {
            if let Err(error) = read_file(text, FileFormat::Toml, today()) {
                prop_assert!(!error.problems.is_empty());
            }
        }
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_plan(
        given in (
            prop::collection::vec((any_field_and_value(), any_segment()), 0..8),
            prop::collection::vec(any_item(), 0..6),
            any_words(),
            any::<bool>(),
        ),
    ) {
        let plan = plan(given);
        for format in FORMATS {
            let text = write_file(&plan, format);
            let read = read_file(&text, format, today());
            let read = read.map_err(|error| TestCaseError::fail(format!("{format:?}: {error}\n{text}")))?;
            prop_assert_eq!(read.items(), plan.items(), "{:?}\n{}", format, text);
            prop_assert_eq!(read.segments(), plan.segments(), "{:?}\n{}", format, text);
            prop_assert_eq!(read.content_hash(), plan.content_hash(), "{:?}\n{}", format, text);
            prop_assert_eq!(write_file(&read, format), text);
        }
    }

    #[test]
    fn no_cell_of_a_spreadsheet_is_a_formula(words in "[-=+@\t'a-z0-9 ]{1,12}") {
        let name = field("plan.name").expect("the catalogue has it");
        let mut plan = Plan::new(PlanId::new("P1"));
        let context = crate::plan::testing::context();
        let Ok(value) = name.parse(&words, &context) else { return Ok(()) };
        for change in set_answer(&plan, name, None, Some(Answer::Known(value)), &author(1)) {
            plan.apply(&change).expect("it fits");
        }
        let text = write_file(&plan, FileFormat::Csv);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.expect("what we write is CSV") {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{}", cell);
            }
        }
        let read = read_file(&text, FileFormat::Csv, today()).expect("it reads back");
        prop_assert_eq!(read.content_hash(), plan.content_hash());
    }
}
