//! How large the market is, and what the sellers can take of it.

use crate::calc::calculator::{Allowed, Calculator, Input};
use crate::calc::inputs::Inputs;
use crate::calc::quantity::{Num, Per, Unit};
use crate::calc::refusal::Refusal;
use crate::calc::working::{Term, Working};
use crate::plan::Kind;

const QUOTA: Input = Input::field("quota", "sales.quota").like("600k");

pub(super) static TABLE: &[Calculator] = &[
    Calculator {
        name: "market",
        aliases: &["tam", "sam", "som", "tam sam som", "market size"],
        title: "Market, bottom-up",
        answers: "TAM, SAM and SOM from accounts and ACV",
        inputs: &[
            Input::field("accounts", "market.accounts")
                .called(&["companies"])
                .like("8,000"),
            Input::acv(),
            Input::own(
                "reachable",
                Kind::Count,
                "accounts that you can reach",
                "2,000",
            )
            .optional(),
            Input::own(
                "share",
                Kind::Percent,
                "share of them that you can win in 12 to 36 months",
                "5%",
            )
            .optional()
            .allows(Allowed::Share),
        ],
        formula: &[
            "TAM = accounts × ACV",
            "SAM = reachable accounts × ACV",
            "SOM = SAM × share",
        ],
        basis: &["SOM ≤ SAM ≤ TAM, and SOM no more than your sellers can close"],
        sources: &[
            "companyenrich-tam#bottom-up",
            "ziellab-tam#sam-and-som",
            "gtm-plain-english#2-tam-mapping",
        ],
        example: "accounts=8,000 acv=12k reachable=2,000 share=5%",
        expected: &[
            "tam = $96,000,000 a year",
            "sam = $24,000,000 a year",
            "customers = 100",
            "som = $1,200,000 a year",
        ],
        compute: market,
    },
    Calculator {
        name: "capacity",
        aliases: &["seller capacity", "sales capacity"],
        title: "Seller capacity",
        answers: "What the sellers can bring in a year, ramp included",
        inputs: &[
            Input::field("reps", "sales.reps")
                .called(&["sellers"])
                .optional()
                .allows(Allowed::Any)
                .like("4"),
            Input::field("hires", "sales.reps_planned")
                .called(&["new hires", "sellers planned"])
                .optional()
                .allows(Allowed::Any)
                .like("1"),
            QUOTA,
            Input::own("attainment", Kind::Percent, "attainment of quota", "70%"),
            Input::own("ramp", Kind::Months, "ramp of a new seller", "5 months").optional(),
        ],
        formula: &[
            "sellers × quota × attainment",
            "hired on 1 January, linear ramp: hires × quota × attainment × (12 − ramp ÷ 2) ÷ 12",
        ],
        basis: &["Headcount is not capacity; who is hired later brings less"],
        sources: &[
            "saasdash-capacity#capacity-model",
            "pulserevops-capacity#ramp",
        ],
        example: "hires=1 quota=600k attainment=70% ramp=5 months",
        expected: &[
            "new_sellers = $332,500 a year",
            "capacity = $332,500 a year",
        ],
        compute: capacity,
    },
    Calculator {
        name: "deals-per-seller",
        aliases: &["deals a seller", "deals per rep"],
        title: "Deals for each seller",
        answers: "How many deals a seller must close to make quota",
        inputs: &[QUOTA, Input::acv().like("30k")],
        formula: &["quota ÷ ACV"],
        basis: &[
            "Its author's case: 500 of ACV and 500k of quota are 1,000 deals a year, which nobody closes",
        ],
        sources: &["tunguz-smallest-acv#arithmetic"],
        example: "quota=600k acv=30k",
        expected: &["a_year = 20", "a_month ≈ 1.67"],
        compute: |i, w| {
            let (quota, acv) = (i.need("quota")?, i.need("acv")?);
            let deals = quota.num / acv.num;
            let arithmetic = format!("{} ÷ {}", quota.words, acv.words);
            let a_year = w.answer(("a_year", "Deals a year"), Unit::Count, deals, arithmetic)?;
            let a_month = deals / Num::of(12);
            w.answer(
                ("a_month", "Deals a month"),
                Unit::Count,
                a_month,
                format!("{} ÷ 12", a_year.words),
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "quota-ote",
        aliases: &["quota to ote", "ote"],
        title: "Quota to OTE",
        answers: "How a seller's quota stands to their on-target earnings",
        inputs: &[
            QUOTA.like("800k"),
            Input::own("ote", Kind::MoneyPerYear, "on-target earnings", "160k")
                .called(&["on target earnings"]),
        ],
        formula: &["yearly quota ÷ on-target earnings"],
        basis: &["About 5 is usual; below 4 the seller is too dear, above 6 underpaid"],
        sources: &["croreport-quota-ote#ratio"],
        example: "quota=800k ote=160k",
        expected: &["quota_ote = 5"],
        compute: |i, w| {
            let (quota, ote) = (i.need("quota")?, i.need("ote")?);
            let arithmetic = format!("{} ÷ {}", quota.words, ote.words);
            w.answer(
                ("quota_ote", "Quota to OTE"),
                Unit::Times,
                quota.num / ote.num,
                arithmetic,
            )?;
            Ok(())
        },
    },
];

fn market(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let (accounts, acv) = (i.need("accounts")?, i.need("acv")?);
    let a_year = Unit::Money(Per::Year);
    let arithmetic = format!("{} × {}", accounts.words, acv.words);
    w.answer(("tam", "TAM"), a_year, accounts.num * acv.num, arithmetic)?;
    let share = i.term("share");
    let Some(reachable) = i.term("reachable") else {
        if share.is_some() {
            return Err(Refusal::Missing(
                &["reachable"],
                "A share of what? Say how many accounts you can reach (`reachable`)",
            ));
        }
        w.remark("With `reachable` and `share` there are SAM and SOM too");
        return Ok(());
    };
    if reachable.num.is_above(accounts.num) {
        let problem = format!(
            "You can reach {} of {} accounts: the part is larger than the whole",
            reachable.words, accounts.words
        );
        return Err(Refusal::Value("reachable", problem, accounts.words));
    }
    let arithmetic = format!("{} × {}", reachable.words, acv.words);
    let sam = w.answer(("sam", "SAM"), a_year, reachable.num * acv.num, arithmetic)?;
    if let Some(share) = share {
        let arithmetic = format!("{} × {}", reachable.words, share.words);
        w.step(
            ("customers", "Customers to win"),
            Unit::Count,
            reachable.num * share.num,
            arithmetic,
        )?;
        let arithmetic = format!("{} × {}", sam.words, share.words);
        w.answer(("som", "SOM"), a_year, sam.num * share.num, arithmetic)?;
    }
    Ok(())
}

/// What one seller brings in a year: quota, less what is not reached, less what the ramp takes.
pub(super) fn a_seller(i: &Inputs<'_>, quota: &Term) -> Result<Term, Refusal> {
    let mut each = quota.clone();
    if let Some(attainment) = i.term("attainment") {
        each.num = each.num * attainment.num;
        each.words = format!("{} × {}", each.words, attainment.words);
    }
    if let Some(ramp) = i.term("ramp") {
        if ramp.num.is_above(Num::of(12)) {
            let problem = format!(
                "A ramp of {} months leaves no productive year to compute with",
                ramp.words
            );
            return Err(Refusal::Value("ramp", problem, "5 months".to_owned()));
        }
        each.num = each.num * (Num::of(12) - ramp.num / Num::of(2)) / Num::of(12);
        each.words = format!("{} × (12 − {} ÷ 2) ÷ 12", each.words, ramp.words);
    }
    Ok(each)
}

fn capacity(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let (quota, attainment) = (i.need("quota")?, i.need("attainment")?);
    let a_year = Unit::Money(Per::Year);
    let mut parts: Vec<Term> = Vec::new();
    if let Some(reps) = i.term("reps") {
        let arithmetic = format!("{} × {} × {}", reps.words, quota.words, attainment.words);
        let ramped = reps.num * quota.num * attainment.num;
        parts.push(w.step(
            ("ramped", "Sellers who are ramped"),
            a_year,
            ramped,
            arithmetic,
        )?);
    }
    if let Some(hires) = i.term("hires") {
        if !i.has("ramp") && !hires.num.is_zero() {
            return Err(Refusal::Missing(
                &["ramp"],
                "How many months does a new seller take to reach quota (`ramp`)?",
            ));
        }
        let each = a_seller(i, &quota)?;
        let arithmetic = format!("{} × {}", hires.words, each.words);
        parts.push(w.step(
            ("new_sellers", "New sellers"),
            a_year,
            hires.num * each.num,
            arithmetic,
        )?);
    }
    let Some(first) = parts.first() else {
        return Err(Refusal::Missing(
            &["reps"],
            "Whose capacity? Give the sellers you have (`reps`), those you hire (`hires`), or both",
        ));
    };
    let total = parts[1..]
        .iter()
        .fold(first.num, |sum, part| sum + part.num);
    let words: Vec<_> = parts.iter().map(|part| part.words.as_str()).collect();
    w.answer(("capacity", "Capacity"), a_year, total, words.join(" + "))?;
    Ok(())
}
