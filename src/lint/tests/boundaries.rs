//! Every number of the catalogue on both sides of its boundary, and on it.

use super::expect;

/// The deal values at which something changes.
const ACVS: [u32; 14] = [
    0, 588, 1188, 5000, 9999, 10000, 10001, 49999, 50000, 50001, 99999, 100_000, 100_001, 150_000,
];

/// Checks a rule at each of [`ACVS`]; `expected` has one letter for each: `E`rror, `W`arning,
/// `A`dvice, `.` for a pass.
#[track_caller]
fn over_acvs(slug: &str, given: &str, expected: &str) {
    assert_eq!(expected.len(), ACVS.len(), "one letter for each value");
    for (acv, letter) in ACVS.into_iter().zip(expected.chars()) {
        let word = match letter {
            'E' => "error",
            'W' => "warning",
            'A' => "advice",
            _ => "pass",
        };
        expect(slug, &format!("{given}; pricing.acv: ${acv}"), word);
    }
}

#[track_caller]
pub(super) fn each(slug: &str, given: &str, field: &str, rows: &[(&str, &str)]) {
    for (value, expected) in rows {
        expect(slug, &format!("{given}; {field}: {value}"), expected);
    }
}

#[test]
fn self_serve_by_deal_value() {
    let pure = "sales.motion: plg; sales.assist: none";
    over_acvs("plg-acv-high", pure, ".....AAWWWWWWW");
    each(
        "plg-acv-high",
        pure,
        "pricing.acv",
        &[("$15,000", "advice"), ("$15,000.01", "warning")],
    );
    over_acvs(
        "plg-acv-high",
        "sales.motion: plg; sales.assist: sales_assist",
        "..............",
    );
    over_acvs(
        "self-serve-large-price",
        "sales.motion: plg",
        "........EEEEEE",
    );
    over_acvs(
        "self-serve-large-price",
        "sales.motion: plg; sales.assist: inside",
        "..............",
    );
}

#[test]
fn inside_by_deal_value() {
    for motion in ["inside_one_stage", "inside_two_stage"] {
        let given = format!("sales.motion: {motion}");
        over_acvs("inside-acv-low", &given, "WWWAA.........");
        over_acvs("inside-acv-high", &given, "............AA");
        each(
            "inside-acv-high",
            &given,
            "pricing.acv",
            &[("$150,000.01", "warning"), ("$1M", "warning")],
        );
        each(
            "inside-acv-low",
            &given,
            "pricing.acv",
            &[("$4,999.99", "warning")],
        );
    }
}

#[test]
fn field_and_named_accounts_by_deal_value() {
    over_acvs("field-acv-low", "sales.motion: field", "EEEEWWWWAAAA..");
    over_acvs(
        "named-accounts-acv-low",
        "sales.motion: named_accounts",
        "EEEEWWWWAAAA..",
    );
    for motion in ["field", "named_accounts"] {
        let given = format!("sales.motion: {motion}");
        over_acvs("low-price-enterprise-motion", &given, "EE............");
        each(
            "low-price-enterprise-motion",
            &given,
            "pricing.price",
            &[
                ("$49/mo", "error"),
                ("$49.01/mo", "pass"),
                ("$588 a year", "error"),
            ],
        );
    }
    let exactly = [
        ("$5,000.01", "warning"),
        ("$5,000", "error"),
        ("$49,999.99", "warning"),
    ];
    each(
        "field-acv-low",
        "sales.motion: field",
        "pricing.acv",
        &exactly,
    );
}

#[test]
fn land_and_expand_lowers_by_one_and_never_silences() {
    let growing = "metrics.nrr: 101%; sales.motion";
    over_acvs(
        "field-acv-low",
        &format!("{growing}: field"),
        "WWWWAAAAAAAA..",
    );
    over_acvs(
        "inside-acv-low",
        &format!("{growing}: inside_one_stage"),
        "AAAAA.........",
    );
    over_acvs(
        "plg-acv-high",
        &format!("{growing}: plg; sales.assist: none"),
        ".....AAAAAAAAA",
    );
    over_acvs(
        "field-acv-low",
        "metrics.nrr: 100%; sales.motion: field",
        "EEEEWWWWAAAA..",
    );
}

#[test]
fn land_and_expand_itself() {
    let slug = "land-and-expand-shift";
    each(
        slug,
        "pricing.acv: $5k",
        "metrics.nrr",
        &[("100%", "unknown"), ("100.01%", "advice")],
    );
    let five = "pricing.acv: $5k; metrics.nrr: 90%; economics.ltv";
    expect(
        slug,
        &format!("{five}: $25k; pricing.expansion: seats"),
        "advice",
    );
    expect(slug, &format!("{five}: $24,999.99"), "pass");
    expect(
        slug,
        &format!("{five}: $25k; pricing.expansion: none"),
        "pass",
    );
    expect(slug, &format!("{five}: $25k"), "unknown");
}

#[test]
fn meetings_against_price() {
    let slug = "touch-cost-above-price";
    let four = "pricing.price: $99/mo; sales.meetings: 4; sales.win_rate";
    // $480 ÷ $1,188 is 40.4…%: just below it loses money at any margin.
    each(
        slug,
        &four.replace("; sales.win_rate", ""),
        "sales.win_rate",
        &[
            ("40.4%", "warning"),
            ("40.41%", "unknown"),
            ("20.21%", "warning"),
            ("20.2%", "error"),
            ("0%", "error"),
        ],
    );
    let margin = format!("{four}: 50%; economics.gross_margin");
    expect(slug, &format!("{margin}: 80.8%"), "warning");
    expect(slug, &format!("{margin}: 80.81%"), "pass");
    expect(slug, &format!("{margin}: 40%"), "error");
    let equal = "pricing.acv: $1,000; sales.meetings: 5; economics.meeting_cost: $100; \
                 economics.gross_margin: 100%; sales.win_rate";
    expect(slug, &format!("{equal}: 50%"), "pass");
    expect(slug, &format!("{equal}: 49.99%"), "warning");
    expect(slug, &format!("{equal}: 25%"), "warning");
    expect(slug, &format!("{equal}: 24.99%"), "error");
}

#[test]
fn many_meetings_only_while_the_win_rate_is_unknown() {
    let slug = "many-meetings-low-price";
    each(
        slug,
        "pricing.price: $99/mo",
        "sales.meetings",
        &[("3", "pass"), ("4", "warning")],
    );
    each(
        slug,
        "sales.meetings: 4",
        "pricing.acv",
        &[("$1,188", "warning"), ("$1,189", "pass")],
    );
    expect(
        slug,
        "sales.meetings: 4; pricing.acv: $588; sales.win_rate: 20%",
        "-",
    );
}

#[test]
fn cycles() {
    let rows = |at: [&'static str; 5]| {
        let days = ["29 days", "30 days", "90 days", "91 days", "180 days"];
        days.into_iter().zip(at).collect::<Vec<_>>()
    };
    let on = |slug: &str, motion: &str, at: [&'static str; 5]| {
        each(
            slug,
            &format!("sales.motion: {motion}"),
            "sales.cycle",
            &rows(at),
        );
    };
    on(
        "plg-cycle-long",
        "plg",
        ["pass", "pass", "warning", "warning", "warning"],
    );
    on("plg-cycle-long", "field", ["-"; 5]);
    let outside = ["warning", "pass", "pass", "warning", "warning"];
    on("inside-cycle-outside", "inside_one_stage", outside);
    on("inside-cycle-outside", "inside_two_stage", outside);
    let short = ["warning", "warning", "pass", "pass", "pass"];
    on("field-cycle-short", "field", short);
    on("field-cycle-short", "named_accounts", short);
    expect(
        "plg-cycle-long",
        "sales.motion: plg; sales.cycle: 30.01 days",
        "warning",
    );
    expect(
        "field-cycle-short",
        "sales.motion: field; sales.cycle: 89.99 days",
        "warning",
    );
}

#[test]
fn stakeholders() {
    let slug = "field-needs-stakeholders";
    for motion in ["field", "named_accounts"] {
        let given = format!("sales.motion: {motion}");
        each(
            slug,
            &given,
            "icp.buyer",
            &[
                ("none", "warning"),
                ("CFO", "warning"),
                ("CFO, head of IT", "pass"),
            ],
        );
        expect(slug, &given, "unknown");
    }
    expect(slug, "sales.motion: plg; icp.buyer: none", "-");
}

#[test]
fn buyers_on_another_clock() {
    let slug = "buying-cycle-mismatch";
    let process = "icp.buying_process: one month in all; sales.cycle";
    each(
        slug,
        "icp.buying_process: one month in all",
        "sales.cycle",
        &[
            ("29.99 days", "warning"),
            ("30 days", "pass"),
            ("59.99 days", "pass"),
            ("60 days", "warning"),
        ],
    );
    expect(slug, process.trim_end_matches("; sales.cycle"), "unknown");
    expect(
        slug,
        "icp.buying_process: 30-60 days; sales.cycle: 45 days",
        "pass",
    );
    expect(
        slug,
        "icp.buying_process: they ask around; sales.cycle: 45 days",
        "unknown",
    );
}

#[test]
fn partners() {
    let slug = "partner-without-economics";
    expect(slug, "sales.motion: partner", "warning");
    let reason = "sales.motion: partner; sales.partner_reason: integration";
    expect(slug, reason, "warning");
    each(
        slug,
        reason,
        "economics.partner_share",
        &[("0%", "warning"), ("0.01%", "pass")],
    );
    let share = "economics.partner_share: 20%; sales.motion: field; sales.assist: partner";
    expect(slug, share, "warning");
    each(
        slug,
        share,
        "sales.partner_reason",
        &[("none", "warning"), ("reach", "pass")],
    );
    expect(slug, "sales.motion: field; sales.assist: inside", "-");
    expect(slug, "sales.motion: field", "unknown");
}

#[test]
fn service_and_product() {
    let slug = "service-product-balance";
    over_acvs(
        slug,
        "cs.paid_support: yes; cs.services: no",
        "AAAAA.......AA",
    );
    over_acvs(
        slug,
        "cs.paid_support: no; cs.services: yes",
        "..............",
    );
}

#[test]
fn routes() {
    let slug = "route-motion-mismatch";
    expect(
        slug,
        "sales.motion: field; sales.route: self_serve",
        "warning",
    );
    expect(
        slug,
        "sales.motion: field; sales.route: direct, partners",
        "pass",
    );
    expect(
        slug,
        "sales.motion: inside_one_stage; sales.route: self_serve",
        "pass",
    );
    let pure = "sales.motion: plg; sales.assist: none";
    each(
        slug,
        pure,
        "pricing.commitment",
        &[
            ("none", "pass"),
            ("monthly", "pass"),
            ("annual", "warning"),
            ("multi_year", "warning"),
        ],
    );
    let assisted = "sales.motion: plg; sales.assist: inside; pricing.commitment: annual";
    expect(slug, assisted, "pass");
}

/// The first `n` channels, none of which is the product.
fn channels(n: usize) -> String {
    let all = [
        "seo",
        "content",
        "webinars",
        "events",
        "pr",
        "social",
        "community",
        "referrals",
        "affiliates",
        "analysts",
    ];
    if n == 0 {
        "none".to_owned()
    } else {
        all[..n].join(", ")
    }
}

/// Checks a rule at 0, 1, 2, 3, 5, 6 and 10 active channels; one letter each as for the deal
/// values, with `?` for an unknown and `-` for a rule that does not apply.
#[track_caller]
fn over_channels(slug: &str, given: &str, expected: &str) {
    for (n, letter) in [0, 1, 2, 3, 5, 6, 10].into_iter().zip(expected.chars()) {
        let word = match letter {
            'E' => "error",
            'W' => "warning",
            '?' => "unknown",
            '-' => "-",
            _ => "pass",
        };
        let lines = format!("{given}; marketing.channels: {}", channels(n));
        expect(slug, &lines, word);
    }
}

#[test]
fn channels_on_trial_before_fit() {
    let young = "plan.stage: inception; sales.motion: field; marketing.proven";
    over_channels("too-many-channels", &format!("{young}: none"), "...WWWW");
    over_channels("too-many-channels", &format!("{young}: seo"), "....WWW");
    let grown = "plan.stage: gtm_fit; marketing.proven: none";
    over_channels("too-many-channels", grown, "-------");
}

#[test]
fn sprawl_by_number_and_by_what_is_proven() {
    let slug = "channel-sprawl";
    let young = "plan.stage: inception; marketing.proven";
    over_channels(slug, &format!("{young}: none"), ".....EE");
    over_channels(slug, &format!("{young}: {}", channels(2)), ".....EE");
    over_channels(slug, &format!("{young}: {}", channels(3)), "......E");
    over_channels(slug, &format!("{young}: {}", channels(5)), ".......");
    over_channels(
        slug,
        "plan.stage: gtm_fit; marketing.proven: none",
        ".....WW",
    );
    over_channels(slug, "marketing.proven: none", ".....WW");
    over_channels(slug, "plan.stage: scale", ".....??");
}

#[test]
fn the_product_counts_once_for_self_serve() {
    let three = "plan.stage: inception; marketing.proven: none; \
                 marketing.channels: seo, content, product; sales.motion";
    expect("too-many-channels", &format!("{three}: plg"), "pass");
    expect("too-many-channels", &format!("{three}: field"), "warning");
    expect(
        "too-many-channels",
        three.trim_end_matches("; sales.motion"),
        "unknown",
    );
}

#[test]
fn channel_verdicts() {
    let slug = "channel-verdict-too-early";
    each(
        slug,
        "marketing.stopped: seo",
        "marketing.stopped_after",
        &[
            ("1.49 months", "warning"),
            ("1.5 months", "advice"),
            ("2.99 months", "advice"),
            ("3 months", "pass"),
        ],
    );
    expect(slug, "marketing.stopped: none", "pass");
    expect(slug, "marketing.stopped_after: 1 month", "warning");
    let slug = "channel-verdict-overdue";
    each(
        slug,
        "marketing.channels: seo",
        "marketing.channel_age",
        &[
            ("6 months", "pass"),
            ("6.01 months", "advice"),
            ("9 months", "advice"),
            ("9.01 months", "warning"),
        ],
    );
    let dated = "marketing.channels: seo, events; marketing.proven: events; marketing.started";
    expect(slug, &format!("{dated}: seo: 2025-09-04"), "pass");
    expect(slug, &format!("{dated}: seo: 2025-09-03"), "advice");
    expect(slug, &format!("{dated}: events: 2024-01-01"), "unknown");
    let two = "marketing.channels: seo, pr; marketing.proven: none; marketing.started: seo";
    expect(slug, &format!("{two}: 2024-01-01"), "warning");
    expect(slug, &format!("{two}: 2026-01-01"), "unknown");
    expect(
        slug,
        &format!("{two}: 2026-01-01; marketing.channel_age: 4 months"),
        "pass",
    );
}

#[test]
fn a_new_channel_beside_an_unproven_one() {
    let slug = "channels-unproven-adding";
    let adding = "marketing.channels: seo, events; marketing.adding: events; marketing.proven";
    let given = format!("{adding}: none");
    each(
        slug,
        &given,
        "marketing.channel_age",
        &[("5.99 months", "warning"), ("6 months", "pass")],
    );
    expect(slug, &given, "unknown");
    expect(
        slug,
        &format!("{given}; marketing.started: seo: 2025-09-05"),
        "warning",
    );
    expect(
        slug,
        &format!("{given}; marketing.started: seo: 2025-09-04"),
        "pass",
    );
    expect(slug, &format!("{adding}: seo"), "pass");
    expect(slug, "marketing.adding: none", "pass");
}

#[test]
fn where_the_customer_is() {
    let slug = "channel-not-where-icp-is";
    let main = "marketing.main: seo, events; marketing.icp_channels";
    expect(slug, &format!("{main}: community, linkedin"), "warning");
    expect(slug, &format!("{main}: community, seo"), "pass");
    let slug = "channel-founder-preference";
    each(
        slug,
        "",
        "marketing.chosen_by",
        &[
            ("preference", "advice"),
            ("preference, cost", "advice"),
            ("preference, icp_attention", "pass"),
            ("cost", "pass"),
            ("none", "-"),
        ],
    );
}

#[test]
fn channels_for_the_motion() {
    let slug = "channel-motion-mismatch";
    for (motion, channels, expected) in [
        ("field", "seo, content", "warning"),
        ("named_accounts", "product", "warning"),
        ("field", "seo, events", "pass"),
        ("field", "none", "-"),
        ("plg", "cold_calls, events", "warning"),
        ("plg; sales.assist: inside", "cold_calls", "pass"),
        ("plg", "cold_calls, seo", "pass"),
        ("inside_one_stage", "seo", "-"),
    ] {
        let given = format!("sales.motion: {motion}; marketing.channels: {channels}");
        expect(slug, &given, expected);
    }
}

#[test]
fn proven_channels_by_stage() {
    let slug = "no-proven-channel-at-scale";
    let on = |stage: &str, at: [&'static str; 4]| {
        for (n, expected) in at.into_iter().enumerate() {
            let given = format!("plan.stage: {stage}; marketing.proven: {}", channels(n));
            expect(slug, &given, expected);
        }
    };
    on("gtm_fit", ["warning", "pass", "pass", "pass"]);
    on("scale", ["warning", "warning", "warning", "pass"]);
    on("inception", ["-"; 4]);
    expect(slug, "plan.stage: scale", "unknown");
    expect(slug, "marketing.proven: none", "unknown");
}
