//! The readings on the sentences that people write, and on those that only look alike.

use super::*;

#[track_caller]
fn is(wording: Wording, yes: &[&str], no: &[&str]) {
    for text in yes {
        assert_eq!(
            wording.of(&Spoken::new(*text)),
            Heard::Truth(true),
            "{wording:?}: {text}"
        );
    }
    for text in no {
        assert_eq!(
            wording.of(&Spoken::new(*text)),
            Heard::Truth(false),
            "{wording:?}: {text}"
        );
    }
}

#[test]
fn everyone_is_told_from_all_of_some_kind() {
    is(
        Wording::SaysEveryone,
        &[
            "everyone",
            "Everyone with a credit card",
            "any company",
            "All businesses",
            "Businesses of all sizes",
            "any business that has a website",
            "anyone who needs it",
            "every company, worldwide",
            "Anybody",
        ],
        &[
            "accounting firms",
            "accounting firms with 5-30 people in regional cities",
            "any hospital",
            "everyone in procurement",
            "all industries",
            "SMBs",
            "every dental practice in Ohio",
            "anyone who runs Kubernetes in production",
            "companies",
            "",
        ],
    );
}

#[test]
fn a_size_alone_says_nobody_in_particular() {
    is(
        Wording::IsSpecific,
        &[
            "accounting firms",
            "SaaS",
            "B2B SaaS companies",
            "logistics",
            "small law firms",
            "startups that sell to banks",
        ],
        &[
            "SMBs",
            "small and medium-sized businesses",
            "mid-market companies",
            "all industries",
            "industry-agnostic",
            "any",
            "B2B companies",
            "enterprises",
            "startups",
            "tech companies",
            "innovative tech startups",
            "global",
            "worldwide",
            "international companies",
        ],
    );
}

#[test]
fn praise_is_told_from_a_difference() {
    is(
        Wording::IsGeneric,
        &[
            "the best all-in-one platform",
            "Innovative, easy-to-use and powerful",
            "AI-powered solution that saves time and money",
            "We help teams work smarter, faster and better",
            "world-class support",
            "Better, faster, cheaper",
            "a unique, cutting-edge solution for your business",
        ],
        &[
            "closes the books in 2 days",
            "reads bank statements without a template",
            "saves 6 hours a week",
            "runs on premises",
            "the only ledger that auditors can sign in",
            "We file VAT in all EU countries",
            "platform",
            "",
        ],
    );
}

#[test]
fn numbers_stand_in_digits_or_words() {
    is(
        Wording::HasNumber,
        &[
            "cuts closing from 10 days to 2",
            "half the time",
            "twice as many",
            "30% fewer errors",
            "two-day close",
            "a fifth add the module",
            "One engineer less on integrations",
            "One follow-up meeting less a week",
            "answered within a day",
            "2000 visits a month",
            "by a quarter",
            "a quarter of the time",
            "half of them by 2027",
            "from 10 days to 2. Then less",
            "20 leads a quarter",
            "EUR500 saved",
            "$0.02 a call",
            "3x faster since 2026",
            "grow by 2,000 visits",
            "p99 below 200 ms",
            "top-10 in search",
            "90-day retention of 80%",
        ],
        &[
            "closes the books sooner",
            "less work",
            "one place for less work",
            "more visits in Q3",
            "faster since 2026",
            "more pipeline by the end of FY26",
            "grow in H1 2026",
            "better retention, 2026/27",
            "more leads, Q3'26",
            "2026-Q3: more leads",
            "more leads by 2026-03-31",
            "more leads by 31 March",
            "more leads by March 31, 2026",
            "more customers in the 3rd quarter",
            "1. more visits 2. better leads",
            "1) be known; 2) be liked",
            "more leads each quarter",
            "third-party audits pass",
            "grow in the second half",
            "B2B leads, more of them",
            "ISO 27001 and SOC 2",
            "24/7 support",
            "",
        ],
    );
}

#[test]
fn the_status_quo_is_what_people_do_without_a_product() {
    is(
        Wording::NamesStatusQuo,
        &[
            "Excel",
            "spreadsheets and email",
            "doing nothing",
            "the status quo",
            "manual work",
            "an in-house script",
            "Pen and paper",
            "build it themselves",
            "hiring more people",
            "keeping it as is",
            "the own queue team",
            "calls to brokers",
            "the calendar",
            "printed readers",
            "a binder",
        ],
        &[
            "Xero",
            "QuickBooks Online",
            "Salesforce",
            "SAP and Oracle",
            "agencies",
            "",
        ],
    );
}

#[test]
fn a_comparison_names_the_other_way() {
    is(
        Wording::Compares,
        &[
            "faster than Excel",
            "Unlike Xero, no templates",
            "close without an accountant",
        ],
        &["the fastest close", "Accounting made simple"],
    );
}

#[test]
fn words_are_counted_as_people_count_them() {
    let count = |wording: Wording, text| wording.of(&Spoken::new(text));
    assert_eq!(
        count(Wording::Words, "The all-in-one close, done."),
        Heard::Count(4)
    );
    assert_eq!(count(Wording::Words, " "), Heard::Count(0));
    let ours = "Our platform lets us show what we're best at: we ship";
    assert_eq!(count(Wording::SelfWords, ours), Heard::Count(4));
    let theirs = "You close your books, and customers see their numbers";
    assert_eq!(count(Wording::CustomerWords, theirs), Heard::Count(4));
}
