//! Plan files as people write them, and what is said about those that they get wrong.

use std::collections::BTreeMap;

use super::*;
use crate::plan::{About, Answer, Certainty, Level, Segment, Waiver, fields};

pub(super) fn today() -> Date {
    jiff::civil::date(2026, 3, 4)
}

/// A plan as lines of segment, field and value.
fn shown(plan: &Plan) -> Vec<String> {
    let lines = plan.answers().map(|(field, segment, answer)| {
        let place = segment
            .map(|segment| format!("{segment} "))
            .unwrap_or_default();
        match answer {
            Answer::Known(value) => format!("{place}{} = {}", field.name, value.display(field)),
            Answer::NotApplicable(reason) => format!("{place}{} n/a: {reason}", field.name),
        }
    });
    lines.collect()
}

fn check(format: FileFormat, text: &str, expected: &[&str]) {
    let lines = match read_file(text, format, today()) {
        Ok(file) => shown(&file),
        Err(error) => error.to_string().lines().map(str::to_owned).collect(),
    };
    assert_eq!(lines, expected, "{text}");
}

fn toml(text: &str, expected: &[&str]) {
    check(FileFormat::Toml, text, expected);
}

fn json(text: &str, expected: &[&str]) {
    check(FileFormat::Json, text, expected);
}

pub(super) const LEDGERLY: &str = r#"
plan.name = "Ledgerly 2026"
plan.stage = "product_market_fit"
plan.arr_target = "$1.2M"

[segment.smb]
icp.industry = ["accounting firms"]
icp.employees = "5-30"
icp.buyer = ["managing partner"]
pricing.price = "$99/mo"
sales.motion = "plg"
marketing.channels = ["seo", "content"]
cs.model = "help_desk"

[segment.enterprise]
pricing.acv = "$120k"
sales.motion = "field"
na."marketing.motion" = "not decided before Q3"   # not applicable, with the reason
"#;

const LEDGERLY_LINES: &[&str] = &[
    "plan.name = Ledgerly 2026",
    "plan.stage = product-market fit",
    "plan.arr_target = $1,200,000 a year",
    "smb icp.industry = accounting firms",
    "smb icp.employees = 5–30",
    "smb icp.buyer = managing partner",
    "smb pricing.price = $99 a month",
    "enterprise pricing.acv = $120,000 a year",
    "smb sales.motion = self-serve (PLG)",
    "enterprise sales.motion = field sales",
    "enterprise marketing.motion n/a: not decided before Q3",
    "smb marketing.channels = content, SEO",
    "smb cs.model = help desk",
];

#[test]
fn a_plan_by_hand() {
    toml(LEDGERLY, LEDGERLY_LINES);
    let file = read_file(LEDGERLY, FileFormat::Toml, today()).expect("the file is right");
    let names: Vec<&str> = file.segments().iter().map(Segment::as_str).collect();
    assert_eq!(names, ["smb", "enterprise"]);
    assert_eq!(file.answered(), 13);
}

#[test]
fn the_same_plan_as_json_and_in_markdown() {
    let same = r#"{
        "plan": {"name": "Ledgerly 2026", "stage": "product_market_fit", "arr_target": "$1.2M"},
        "segment": {
            "smb": {
                "icp": {"industry": ["accounting firms"], "employees": "5-30", "buyer": ["managing partner"]},
                "pricing": {"price": "$99/mo"},
                "sales.motion": "plg",
                "marketing": {"channels": ["seo", "content"]},
                "cs": {"model": "help_desk"}
            },
            "enterprise": {
                "pricing": {"acv": "$120k"},
                "sales": {"motion": "field"},
                "na": {"marketing.motion": "not decided before Q3"}
            }
        }
    }"#;
    json(same, LEDGERLY_LINES);
    let document =
        format!("# Our plan\n\n```rust\nlet x = 1;\n```\n\n```toml\n{LEDGERLY}```\n\nThe end.\n");
    check(FileFormat::Markdown, &document, LEDGERLY_LINES);
}

#[test]
fn native_values_where_the_kind_allows_them() {
    toml(
        "plan.customers = 1_200\nplan.horizon = 12\nplan.last_review = 2026-02-01\nplan.teams_aligned = true\n\
         plan.growth_rate = 80\nplan.mrr = 35000\n[segment.main]\neconomics.payback = 11.99\n\
         economics.cac = 1.125\nmarketing.started = { seo = 2026-01-15, content = \"March 2026\" }\n\
         marketing.main = []",
        &[
            "plan.horizon = 12 months",
            "plan.last_review = 2026-02-01",
            "plan.teams_aligned = yes",
            "plan.mrr = $35,000",
            "plan.customers = 1,200",
            "plan.growth_rate = 80% a year",
            "main marketing.main = none",
            "main marketing.started = content: 2026-03-01, SEO: 2026-01-15",
            "main economics.cac = $1.1250",
            "main economics.payback = 11.99 months",
        ],
    );
    json(
        r#"{"plan": {"customers": 1200, "teams_aligned": false, "last_review": "2026-02-01"}}"#,
        &[
            "plan.last_review = 2026-02-01",
            "plan.teams_aligned = no",
            "plan.customers = 1,200",
        ],
    );
}

#[test]
fn native_values_where_it_does_not() {
    toml(
        "plan.name = 2026\nplan.stage = true\nplan.last_review = 2026-02-01T10:00:00Z\nplan.growth_rate = 0.25\n\
         plan.customers = 0x1F\n[segment.main]\npricing.price = 49\npricing.acv = { amount = 5 }",
        &[
            "line 1, column 13: plan.name is not a number; write for example \"Ledgerly 2026\"",
            "line 2, column 14: plan.stage is not true or false; write for example \"inception\"",
            "line 3, column 20: plan.last_review is not a time; write for example \"2026-03-01\"",
            "line 4, column 20: plan.growth_rate: I read `0.25`; that can mean 0.25% a year or 25% a year; write the % sign. Try `25% a year`",
            "line 5, column 18: plan.customers: `0x1F` is no plain number; write it as text, such as \"120\"",
            "line 7, column 17: pricing.price: I read `49` as $49; that can mean $49 a month, $49 a year, $49 once or $49 per unit. Try `$49 a month`",
            "line 8, column 15: pricing.acv is not a table; write for example \"$25k\"",
        ],
    );
}

#[test]
fn the_currency_of_the_plan_holds_wherever_it_stands() {
    toml(
        "[segment.main]\neconomics.cac = \"500\"\n[plan]\ncurrency = \"eur\"",
        &["plan.currency = EUR", "main economics.cac = €500"],
    );
}

#[test]
fn all_that_is_wrong_is_told_with_its_place() {
    toml(
        "plan.stag = \"scale\"\nplan.stage = \"scal\"\nprice = \"$49/mo\"\npricing.price = \"$49/mo\"\n\
         [segment.smb]\nplan.arr = \"$1M\"\nicp.industy = \"law\"\nsales.motion = \"magic wand\"\n\
         marketing.channels = [\"seo\", \"evnts\"]\nxyzzy = 1",
        &[
            "line 1, column 6: `plan.stag` is no field; the nearest is `plan.stage`",
            "line 2, column 14: plan.stage: I read `scal`; that is no choice of company stage; the nearest is `scale`. Try `scale`",
            "line 3, column 1: `price` is no field; the nearest is `pricing.price`",
            "line 4, column 9: `pricing.price` is held for each segment; put it under `[segment.main]`",
            "line 6, column 6: `plan.arr` is about the whole plan; move it out of segment `smb`, above the segments",
            "line 7, column 5: `icp.industy` is no field; the nearest is `icp.industry`",
            "line 8, column 16: sales.motion: I read `magic wand`; that is no choice of sales motion; the choices are `plg`, `inside_one_stage`, `inside_two_stage`, `field`, `named_accounts` and `partner`. Try `plg`",
            "line 9, column 30: marketing.channels: I read `evnts`; that is no choice of channels; the nearest is `events`. Try `events`",
            "line 10, column 1: `xyzzy` is no field; one is written like plan.name or icp.pain",
        ],
    );
}

#[test]
fn json_is_told_its_places_too() {
    json(
        "{\"plan\": {\n  \"name\": \"x\",\n}}",
        &[
            "line 3, column 1: this is no JSON: trailing comma; a plan begins like {\"plan\": {\"name\": \"Ledgerly\"}}",
        ],
    );
    json(
        "{\n  \"plan\": {\"stage\": \"scal\", \"nme\": 1},\n  \"segment\": {\"a b\": {}}\n}",
        &[
            "line 2, column 21: plan.stage: I read `scal`; that is no choice of company stage; the nearest is `scale`. Try `scale`",
            "line 2, column 29: `plan.nme` is no field; the nearest is `plan.name`",
            "line 3, column 15: write the segment's name as `a-b`",
        ],
    );
    json(
        "[1]",
        &["line 1, column 1: a plan is an object such as {\"plan\": {…}}, and this is a list"],
    );
    json(
        "{\"plan\": {\"name\": \"a\", \"name\": \"b\"}}",
        &["line 1, column 24: `name` stands here twice"],
    );
    json(
        "{\"plan\": {\"name\": null}}",
        &["line 1, column 19: plan.name: leave it out while it is unknown"],
    );
    json(
        "{\"ünï\": 1, \"x\": 2}",
        &[
            "line 1, column 2: `ünï` is no field; one is written like plan.name or icp.pain",
            "line 1, column 12: `x` is no field; one is written like plan.name or icp.pain",
        ],
    );
    let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
    json(
        &deep,
        &["line 1, column 34: the file nests too deep to be read"],
    );
    let deeper = "[".repeat(100_000);
    json(
        &deeper,
        &[
            "line 1, column 128: this is no JSON: recursion limit exceeded; a plan begins like {\"plan\": {\"name\": \"Ledgerly\"}}",
        ],
    );
}

#[test]
fn toml_is_told_its_places_too() {
    let first = |text: &str| {
        let error = read_file(text, FileFormat::Toml, today()).expect_err("the file is wrong");
        let problem = error.problems[0].clone();
        (problem.line, problem.column)
    };
    assert_eq!(first("plan.name = \"a\"\nplan.name = \"b\""), (2, 6));
    assert_eq!(first("plan.name = \"a\"\nplan.stage = "), (2, 14));
    assert_eq!(first(&"[".repeat(100_000)).0, 1);
    assert_eq!(first(&format!("# {}", "x".repeat(LARGEST_FILE))), (1, 1));
}

#[test]
fn markdown_is_told_its_places_too() {
    let check = |text: &str, expected: &[&str]| check(FileFormat::Markdown, text, expected);
    check(
        "# No plan\n",
        &[
            "line 1, column 1: the document has no plan in it: a fenced block that begins with ```toml",
        ],
    );
    check(
        "# Plan\n\n~~~ TOML\nplan.stag = 1\n~~~\n",
        &["line 4, column 6: `plan.stag` is no field; the nearest is `plan.stage`"],
    );
    check(
        "```toml\n```\n\n```toml\n```\n",
        &["line 4, column 1: a second block of toml; a plan is one block"],
    );
    check(
        "````toml\nplan.name = 'a ``` b'\n````",
        &["plan.name = a ``` b"],
    );
    check(
        "# Plan\n\n```toml\nplan.name = 'cut'\n",
        &[
            "line 3, column 1: the block of toml that begins here never ends; the file seems to be cut",
        ],
    );
}

#[test]
fn what_the_team_knows_beside_the_values() {
    let text = r#"
[segment.smb]
about."pricing.price" = { certainty = "assumption", validate_by = "2026-05-01", owner = "@ana", source = "https://example.com" }

[[waiver]]
rule = "icp-no-exclusions"
segment = "smb"
reason = "learning first"
owner = "@ana"
until = 2026-06-30

[[threshold]]
rule = "plg-acv-high"
param = "max_acv"
value = "$15k"
reason = "our median self-serve deal"

[[threshold]]
rule = "too-many-channels"
param = "max"
value = 3
reason = "three people"
"#;
    let file = read_file(text, FileFormat::Toml, today()).expect("the file is right");
    let smb = Segment::parse("smb").expect("a right name");
    let date = |month, day| Some(jiff::civil::date(2026, month, day));
    let abouts: Vec<_> = file.abouts().collect();
    assert_eq!(
        abouts,
        [&About {
            field: "pricing.price".to_owned(),
            segment: Some(smb.clone()),
            certainty: Some(Certainty::Assumption),
            validate_by: date(5, 1),
            owner: Some("@ana".to_owned()),
            source: Some("https://example.com".to_owned()),
        }]
    );
    let waivers: Vec<_> = file.waivers().collect();
    assert_eq!(
        waivers,
        [&Waiver {
            rule: crate::ident::RuleSlug::new("icp-no-exclusions"),
            segment: Some(smb),
            reason: "learning first".to_owned(),
            owner: Some("@ana".to_owned()),
            until: date(6, 30),
            against: BTreeMap::new(),
        }]
    );
    let values: Vec<&str> = file.thresholds().map(|t| t.value.as_str()).collect();
    assert_eq!(values, ["$15k", "3"]);
}

#[test]
fn what_stands_beside_the_values_may_be_wrong_too() {
    toml(
        "[[waiver]]\nrule = \"x\"\nreson = \"y\"\nuntil = \"soon\"\n[[threshold]]\nrule = \"x\"\nparam = \"y\"\nvalue = [1]\nreason = \"\"\n\
         [[decision]]\nwhat = \"x\"\n[segment.main]\nabout.\"pricing.price\" = { certanty = \"x\" }\nna.\"icp.pain\" = 3\n\
         na.\"icp.pane\" = \"x\"\nicp.users = \"x\"\nna.\"icp.users\" = \"x\"",
        &[
            "line 1, column 1: the waiver has no `reason`; it is written like [[waiver]] rule = \"icp-no-exclusions\", reason = \"we learn first\", until = \"2026-12-31\", each on a line of its own",
            "line 3, column 1: a waiver has no `reson`; the nearest is `reason`",
            "line 4, column 9: `until`: I read `soon`; there is no date in it that I can read. Try `2026-03-04`",
            "line 8, column 9: `value` is one text: write `value = \"$80k\"`",
            "line 9, column 10: `reason` is empty",
            "line 10, column 1: the decision has no `question`; it is written like [[decision]] question = \"Which price?\", options = [\"$49\", \"$59\"], each on a line of its own",
            "line 11, column 1: a decision has no `what`; it has id, question, options, votes, asked, decided, decided_by, decided_on",
            "line 13, column 27: a note about a value has no `certanty`; the nearest is `certainty`",
            "line 14, column 17: say in words why `icp.pain` does not apply",
            "line 15, column 4: `icp.pane` is no field; the nearest is `icp.pain`",
            "line 17, column 4: `icp.users` has a value and is not applicable, too",
        ],
    );
    toml(
        "waiver = 3\nsegment = 3\npricing = 3",
        &[
            "line 1, column 10: `waiver` is a list of tables (`[[waiver]]`), and this is a number",
            "line 2, column 11: `segment` is a table, and this is a number",
            "line 3, column 1: `pricing` is no field; the nearest is `pricing.model`",
        ],
    );
    toml(
        "[mid_market]\nicp.pain = \"late invoices\"\n[segment.main]\nsmb.icp.pain = \"late invoices\"",
        &[
            "line 1, column 2: `mid_market` is no field; a segment is written `[segment.mid-market]`",
            "line 4, column 1: `smb` is no field; a segment is written `[segment.smb]`",
        ],
    );
}

#[test]
fn an_empty_file_is_an_empty_plan() {
    toml("", &[]);
    json("{}", &[]);
    toml(
        "\u{FEFF}plan.stag = 1",
        &["line 1, column 6: `plan.stag` is no field; the nearest is `plan.stage`"],
    );
    let file = read_file("[segment.smb]", FileFormat::Toml, today()).expect("the file is right");
    assert_eq!(
        file.segments(),
        [Segment::parse("smb").expect("a right name")]
    );
}

#[test]
fn endings_name_the_form() {
    let check = |name: &str, expected| assert_eq!(FileFormat::of_name(name), expected, "{name}");
    check("plan.toml", Some(FileFormat::Toml));
    check("a.b/PLAN.JSON", Some(FileFormat::Json));
    check("plan.md", Some(FileFormat::Markdown));
    check("plan", None);
    check("plan.yaml", None);
}

#[test]
fn every_field_can_stand_in_a_file_as_its_example() {
    let mut text = String::new();
    for level in [Level::Plan, Level::Segment] {
        if level == Level::Segment {
            text.push_str("[segment.main]\n");
        }
        for field in fields().iter().filter(|field| field.level == level) {
            let line = format!("{} = {:?}\n", field.name, field.example());
            text.push_str(&line);
        }
    }
    let file = read_file(&text, FileFormat::Toml, today());
    let file = file.unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(file.answered(), fields().len());
}

#[test]
fn what_a_plan_holds_once_stands_once_in_its_file() {
    toml(
        "[[decision]]\nid = \"d2\"\nquestion = \"A?\"\n[[decision]]\nquestion = \"B?\"\n\
         [[decision]]\nid = \"d2\"\nquestion = \"C?\"\n",
        &["line 6, column 1: there are two decisions `d2`"],
    );
    toml(
        "[[waiver]]\nrule = \"stage-missing\"\nreason = \"x\"\n\
         [[waiver]]\nrule = \"stage-missing\"\nreason = \"y\"\n",
        &["line 4, column 1: there are two waivers of `stage-missing`"],
    );
}

#[test]
fn a_decision_without_a_number_takes_one_that_is_free() {
    let text = "[[decision]]\nid = \"d2\"\nquestion = \"A?\"\n[[decision]]\nquestion = \"B?\"\n\
                [[decision]]\nquestion = \"C?\"\n";
    let plan = read_file(text, FileFormat::Toml, today()).expect("a plan");
    let told: Vec<_> = plan
        .decisions()
        .map(|it| format!("{} {}", it.id, it.question))
        .collect();
    assert_eq!(told, ["d1 B?", "d2 A?", "d3 C?"]);
}

#[test]
fn a_row_without_a_segment_belongs_to_the_only_one() {
    let csv = |text: &str, expected: &[&str]| check(FileFormat::Csv, text, expected);
    csv(
        "segment,field,value\n,pricing.price,$49 a month\nsmb,sales.motion,plg\n",
        &[
            "smb pricing.price = $49 a month",
            "smb sales.motion = self-serve (PLG)",
        ],
    );
    csv(
        "segment,field,value\n,pricing.price,$49 a month\nsmb,sales.motion,plg\nbig,sales.motion,field\n",
        &[
            "line 2, column 1: `pricing.price` is held for each segment; say in the row for which: smb, big",
        ],
    );
    csv(
        "field,value\npricing.price,$49 a month\n",
        &["main pricing.price = $49 a month"],
    );
}

#[test]
fn a_table_is_known_by_its_columns_in_any_order() {
    for head in [
        "field,value",
        "kind,segment,field,value",
        "value, field , segment",
    ] {
        let text = format!("{head}\nx,y\n");
        assert_eq!(FileFormat::of_text(&text), FileFormat::Csv, "{head}");
    }
    for text in ["plan.name = \"field,value\"\n", "field, values\n", ""] {
        assert_eq!(FileFormat::of_text(text), FileFormat::Toml, "{text}");
    }
}

#[test]
fn a_placeholder_leaves_its_field_open_and_the_file_whole() {
    let toml = r#"plan.name = "TBD"
plan.stage = "scale"
[segment.main]
icp.pain = "tbd"
icp.buyer = ["CFO", "?"]
icp.users = ["n/a"]
icp.exclusions = ["none yet"]
pricing.acv = "todo"
sales.motion = "plg"
marketing.started = { seo = "2026-01-05", content = "tbd" }
"#;
    let file = read_draft(toml, FileFormat::Toml, today()).expect("the rest of it stands");
    let told: Vec<String> = file.left_open.iter().map(ToString::to_string).collect();
    let places: Vec<&str> = told
        .iter()
        .map(|told| &told[..told.find(" is no").expect("told")])
        .collect();
    assert_eq!(
        places,
        [
            "line 1, column 13: plan.name: `TBD`",
            "line 4, column 12: icp.pain: `tbd`",
            "line 5, column 21: icp.buyer: `?`",
            "line 6, column 14: icp.users: `n/a`",
            "line 8, column 15: pricing.acv: `todo`",
            "line 10, column 53: marketing.started: `tbd`",
        ]
    );
    let answers: Vec<&str> = file
        .plan
        .answers()
        .map(|(field, _, _)| field.name)
        .collect();
    assert_eq!(
        answers,
        [
            "plan.stage",
            "icp.buyer",
            "icp.exclusions",
            "sales.motion",
            "marketing.started"
        ]
    );
    // What is checked or kept as a whole takes no such file.
    let error = read_file(toml, FileFormat::Toml, today()).expect_err("open places");
    assert_eq!(error.problems, file.left_open);
    // What is wrong beside it is told with it.
    let both = format!("{toml}sales.cycle = \"soon\"\n");
    let error = read_draft(&both, FileFormat::Toml, today()).expect_err("no days");
    assert_eq!(error.problems.len(), 7);
}

#[test]
fn a_plan_is_given_a_hundred_segments_at_most() {
    let plan = |n: usize| -> String {
        let names = (0..n).map(|n| format!("[segment.s{n}]\nsales.motion = \"plg\"\n"));
        names.collect()
    };
    let file = read_file(&plan(100), FileFormat::Toml, today()).expect("as many as there may be");
    assert_eq!(file.segments().len(), 100);
    let error = read_file(&plan(101), FileFormat::Toml, today()).expect_err("one too many");
    assert_eq!(
        error.to_string(),
        "line 201, column 10: a plan has 100 segments at most; put those together that are sold in the same way"
    );
    let one_more = read_file(
        "[segment.t]\nsales.motion = \"plg\"\n",
        FileFormat::Toml,
        today(),
    );
    let one_more = one_more.expect("a plan");
    let author = crate::plan::testing::author(1);
    let refused = crate::plan::import(&file, &one_more, &author).expect_err("one too many");
    assert_eq!(
        refused.to_string(),
        "a plan has 100 segments at most, and this would make 101; leave out or remove some of them"
    );
    let t = Segment::parse("t").expect("a right name");
    assert!(crate::plan::add_segment(&file, &t, &author).is_err());
}

/// Before the nearest name was looked for only where it is told, this took minutes.
#[test]
fn of_many_unknown_fields_the_first_are_told_with_what_is_near() {
    let lines = (0..20_000).map(|n| format!("pricing.acw{n} = 1\n"));
    let text: String = lines.collect();
    let error = read_file(&text, FileFormat::Toml, today()).expect_err("no fields");
    assert_eq!(error.problems.len(), MOST_PROBLEMS);
    let first = error.problems[0].to_string();
    assert_eq!(
        first,
        "line 1, column 9: `pricing.acw0` is no field; the nearest is `pricing.acv`"
    );
}

#[test]
fn an_empty_file_is_an_empty_plan_in_every_form() {
    for format in [
        FileFormat::Toml,
        FileFormat::Json,
        FileFormat::Markdown,
        FileFormat::Csv,
    ] {
        for text in ["", "\n  \n", "\u{FEFF}"] {
            let plan =
                read_file(text, format, today()).unwrap_or_else(|_| panic!("{}", format.as_str()));
            assert_eq!(plan.answered(), 0, "{format:?}");
        }
    }
}
