//! What a plan says of itself, on both sides of its boundaries: stage, tiers, profile.

use super::boundaries::each;
use super::expect;

#[test]
fn milestones_of_a_claimed_stage() {
    let gtm_fit = "plan.stage: gtm_fit; metrics.retention_3m: 90%; economics.payback: 6 months";
    each(
        "stage-claims-unsupported",
        &format!("{gtm_fit}; plan.customers: 10"),
        "plan.arr",
        &[
            ("$99,999.99", "warning"),
            ("$100k", "pass"),
            // Below ten thousand a month, but past the line of the stage behind it.
            ("$110k", "pass"),
        ],
    );
    each(
        "stage-claims-unsupported",
        &format!("{gtm_fit}; plan.arr: $300k"),
        "plan.customers",
        &[("9", "warning"), ("10", "pass")],
    );
    // Few who pay much are no first traction.
    each(
        "stage-claims-unsupported",
        &format!("{gtm_fit}; plan.customers: 4"),
        "plan.arr",
        &[("$999,999", "warning"), ("$1M", "pass")],
    );
    let scale = "plan.stage: scale; metrics.nrr: 110%; economics.cac: $10k";
    each(
        "stage-claims-unsupported",
        &format!("{scale}; economics.ltv: $30k"),
        "plan.mrr",
        &[("$83,333", "warning"), ("$83,334", "pass")],
    );
    each(
        "stage-claims-unsupported",
        &format!("{scale}; plan.arr: $5M"),
        "economics.ltv",
        &[("$10k", "advice"), ("$10,001", "pass")],
    );
    // Three channels are a line too, on which another rule decides.
    let channels = "plan.customers: 20; plan.arr: $300k; marketing.proven: seo";
    expect(
        "stage-claims-unsupported",
        &format!("{gtm_fit}; {channels}"),
        "pass",
    );
    expect(
        "no-proven-channel-at-scale",
        &format!("{gtm_fit}; {channels}"),
        "pass",
    );
}

#[test]
fn tiers_on_both_sides_of_a_band() {
    let hybrid = "sales.motion: plg; sales.assist: inside; pricing.per: account";
    each(
        "tiers-in-one-band",
        hybrid,
        "pricing.tiers",
        &[
            ("$49/mo, $9,999.99 a year", "advice"),
            ("$49/mo, $10k a year", "pass"),
            ("$10k a year, $100k a year", "advice"),
            ("$10k a year, $100,001 a year", "pass"),
            ("$100,001 a year, $200k a year", "advice"),
        ],
    );
    let seats = "sales.assist: inside; pricing.per: seat; pricing.seats: 20";
    each(
        "tiers-in-one-band",
        seats,
        "pricing.tiers",
        &[("$10/mo, $41/mo", "advice"), ("$10/mo, $42/mo", "pass")],
    );
}

#[test]
fn a_profile_by_what_narrows_it() {
    let rows = [
        ("icp.segment: smb", "warning"),
        ("icp.industry: accounting firms", "warning"),
        (
            "icp.industry: accounting firms; icp.employees: 5-30",
            "warning",
        ),
        (
            "icp.industry: accounting firms; icp.employees: 5-30; icp.geography: regional cities",
            "pass",
        ),
        (
            "icp.industry: SMBs; icp.employees: 5-30; icp.geography: Spain",
            "warning",
        ),
        (
            "icp.industry: all industries; icp.employees: 5-30; icp.geography: Spain",
            "warning",
        ),
        (
            "icp.industry: everyone; icp.employees: 5-30; icp.geography: Spain",
            "error",
        ),
        ("icp.industry: any company", "error"),
        ("icp.segment: consumer", "warning"),
        (
            "icp.segment: consumer; icp.people: everyone with a phone",
            "error",
        ),
        (
            "icp.segment: consumer; icp.people: amateur football coaches",
            "pass",
        ),
        ("icp.buyer: CFO", "-"),
        ("", "-"),
    ];
    for (given, expected) in rows {
        expect("icp-too-broad", given, expected);
    }
}
