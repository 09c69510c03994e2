//! Plan files: what they may hold, and how what is wrong in them is told.

use super::*;

#[test]
fn a_placeholder_leaves_its_field_open_and_is_told_with_its_place() {
    let plan = "[segment.main]\nicp.pain = \"tbd\"\nsales.motion = \"plg\"\nsales.cycle = \"?\"\n";
    let checked = run(&["check", "-", "--rule", "icp-no-pain"], plan);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    assert!(
        checked
            .err
            .starts_with("-:2:12: icp.pain: `tbd` is no answer, so it counts as open;")
            && checked
                .err
                .contains("\n-:4:15: sales.cycle: `?` is no answer"),
        "{}",
        checked.err
    );
    let open = "[segment.main]\nsales.motion = \"plg\"\n";
    let without = run(&["check", "-", "--rule", "icp-no-pain"], open);
    assert_eq!((checked.out, ""), (without.out, without.err.as_str()));
    refused(
        &["what-if", "-", "icp.pain=tbd"],
        open,
        "mark it as not applicable (`na`) with the reason",
    );
}

#[test]
fn what_stands_in_the_design_round_trips_in_every_form() {
    for form in ["toml", "json", "markdown", "csv"] {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        std::fs::write(at.join("plan.toml"), LEDGERLY).expect("room");
        let ending = if form == "markdown" { "md" } else { form };
        let name = format!("copy.{ending}");
        let wrote = run_in(at, &["export", "plan.toml", "--format", form], "");
        std::fs::write(at.join(&name), &wrote.out).expect("room");
        let diff = run_in(at, &["diff", "plan.toml", &name, "--format", "json"], "");
        assert_eq!(diff.code, Some(0), "{}", diff.err);
        let diff: Value = serde_json::from_str(&diff.out).expect(&diff.out);
        assert_eq!(diff, json!({ "changes": [] }), "{form}");
        let again = run_in(at, &["export", &name, "--format", form], "");
        assert_eq!(again.out, wrote.out, "{form}");
        for kept in [
            "not decided before Q3",
            "2026-05-01",
            "@ana",
            "https://example.com/deal",
            "learning first",
            "2026-06-30",
            "our median self-serve deal",
        ] {
            assert!(wrote.out.contains(kept), "{form}: {kept}: {}", wrote.out);
        }
    }
}

#[test]
fn cells_that_a_spreadsheet_would_run_get_an_apostrophe() {
    let plan = "[segment.main]\nicp.pain = \"=1+1\"\nvalue.problem = \"@home\"\nvalue.benefit = \"-5 hours\"\nvalue.alternative = \"+more\"\n";
    let wrote = run(&["export", "-", "--format", "csv"], plan).out;
    for cell in ["'=1+1", "'@home", "'-5 hours", "'+more"] {
        assert!(wrote.contains(cell), "{cell}: {wrote}");
    }
    let back = run(&["export", "-"], &wrote).out;
    for value in ["\"=1+1\"", "\"@home\"", "\"-5 hours\"", "\"+more\""] {
        assert!(back.contains(value), "{value}: {back}");
    }
}

#[test]
fn fields_stand_where_they_belong() {
    refused(
        &["check", "-"],
        "pricing.price = \"$49/mo\"",
        "-:1:9: `pricing.price` is held for each segment; put it under `[segment.main]`",
    );
    refused(
        &["check", "-"],
        "[segment.main]\nplan.name = \"x\"",
        "-:2:6: `plan.name` is about the whole plan",
    );
    refused(
        &["check", "-"],
        "[scenario.cheap]\npricing.price = \"$9/mo\"",
        "put it under `[scenario.cheap.segment.main]`",
    );
    refused(
        &["check", "-"],
        "[segmnt.main]\nsales.motion = \"plg\"",
        "-:1:2: `segmnt` is no part of a plan; `segment` is the nearest",
    );
    refused(
        &["check", "-"],
        "[segment.main]\nsales.motion = \"plg\"\nsales.motion = \"field\"",
        "-:3:7: `motion` stands twice",
    );
}

#[test]
fn what_stands_beside_the_answers_is_refused_with_an_example() {
    refused(
        &["check", "-"],
        "[[threshold]]\nrule = \"field-acv-low\"\nparam = \"max_acv\"\nreason = \"x\"",
        "the threshold has no `value`; it is written like",
    );
    refused(
        &["check", "-"],
        "[[waiver]]\nrule = \"field-acv-low\"",
        "the waiver has no `reason`; it is written like",
    );
    refused(
        &["check", "-"],
        "[threshold.field-acv-low]\nmax_acv = \"$3k\"",
        "-:1:2: `threshold` is a list of tables (`[[threshold]]`)",
    );
    refused(
        &["check", "-"],
        "[segment.main]\nabout.\"pricing.price\" = { certainty = \"sure\" }",
        "fact, assumption or guess",
    );
    refused(
        &["check", "-"],
        "[segment.main]\nna.\"sales.motion\" = \"\"",
        "say in words why",
    );
}

#[test]
fn a_text_in_no_form_says_where_and_in_which_form_it_was_read() {
    refused(
        &["check", "-"],
        "plan.name = \"x",
        "-:1:15: this is no TOML: ",
    );
    refused(&["check", "-"], "{\"plan\": {", "this is no JSON: ");
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    std::fs::write(at.join("plan.md"), "# Plan\n\nhello\n").expect("room");
    std::fs::write(at.join("plan.csv"), "value,main,pricing.price,3\n").expect("room");
    std::fs::write(at.join("plan.txt"), "x").expect("room");
    std::fs::write(at.join("bytes.toml"), b"plan.name = \"x\"\n\xff\xfe").expect("room");
    std::fs::write(at.join("empty.json"), "").expect("room");
    std::fs::write(at.join("big.toml"), "#".repeat(1_100_000)).expect("room");
    for (name, expected) in [
        ("plan.md", "plan.md:1:1: the document has no plan in it"),
        ("plan.csv", "plan.csv:1:1: the first row names the columns"),
        ("plan.txt", "a plan ends in .toml, .json, .md or .csv"),
        ("bytes.toml", "bytes.toml:2: is not text in UTF-8"),
        ("empty.json", "empty.json:1:1: this is no JSON: "),
        ("big.toml", "big.toml: is larger than 1 MiB"),
    ] {
        let ran = run_in(at, &["check", name], "");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{name}");
        assert!(ran.err.contains(expected), "{name}: {}", ran.err);
    }
}

#[test]
fn every_fault_is_told_at_once_in_the_order_of_the_file() {
    let ran = run(
        &["check", "-"],
        "foo = 1\n[segment.main]\npricing.prise = 3\nsales.motion = \"fild\"\n",
    );
    let lines: Vec<_> = ran
        .err
        .lines()
        .map(|line| line.split(' ').next().unwrap_or_default())
        .collect();
    assert_eq!(lines, ["-:1:1:", "-:3:9:", "-:4:16:"], "{}", ran.err);
}
