//! From a price to revenue.

use crate::calc::calculator::{Allowed, Calculator, Input};
use crate::calc::inputs::Inputs;
use crate::calc::quantity::{Num, Per, Unit};
use crate::calc::refusal::Refusal;
use crate::calc::working::Working;
use crate::plan::{Currency, Kind, Period, Price};
use crate::ratio::Ratio;

const MONEY_A_YEAR: Unit = Unit::Money(Per::Year);

pub(super) static TABLE: &[Calculator] = &[
    Calculator {
        name: "acv",
        aliases: &["price to acv", "annual contract value"],
        title: "ACV",
        answers: "What a price or a contract comes to in a year",
        inputs: &[
            Input::field("price", "pricing.price")
                .optional()
                .allows(Allowed::Any)
                .like("49/mo"),
            Input::field("seats", "pricing.seats")
                .called(&["units"])
                .optional()
                .like("20"),
            Input::own(
                "total",
                Kind::Money,
                "recurring value of the whole contract",
                "90k",
            )
            .called(&["tcv"])
            .optional(),
            Input::own("months", Kind::Months, "months that it runs", "36 months")
                .called(&["term"])
                .optional(),
        ],
        formula: &[
            "price a month × seats × 12",
            "a contract's recurring total × 12 ÷ its months",
        ],
        basis: &["ACV is the first year of a new commitment; one-off services stay out"],
        sources: &[
            "gtm-alignment#terminology-used",
            "forentrepreneurs-2018#acv-without-services",
        ],
        example: "price=49/mo seats=20",
        expected: &["acv = $11,760 a year"],
        compute: acv,
    },
    Calculator {
        name: "arr",
        aliases: &["mrr to arr", "mrr"],
        title: "ARR",
        answers: "What monthly recurring revenue comes to in a year",
        inputs: &[Input::field("mrr", "plan.mrr").like("10k")],
        formula: &["12 × MRR"],
        basis: &["Only what recurs counts, one-off services do not"],
        sources: &["aigtmstack-glossary#mrr-and-arr"],
        example: "mrr=10k",
        expected: &["arr = $120,000 a year"],
        compute: |i, w| {
            let mrr = i.need("mrr")?;
            let arithmetic = format!("{} × 12", mrr.words);
            w.answer(
                ("arr", "ARR"),
                MONEY_A_YEAR,
                mrr.num * Num::of(12),
                arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "net-new-arr",
        aliases: &["new arr"],
        title: "Net new ARR",
        answers: "How much ARR a period has added",
        inputs: &[
            Input::own("new", Kind::MoneyPerYear, "ARR of new customers", "400k")
                .allows(Allowed::Any),
            Input::own("expansion", Kind::MoneyPerYear, "ARR of expansion", "150k")
                .assumed("0")
                .allows(Allowed::Any),
            Input::own(
                "contraction",
                Kind::MoneyPerYear,
                "ARR of contraction",
                "20k",
            )
            .assumed("0")
            .allows(Allowed::Any),
            Input::own(
                "churned",
                Kind::MoneyPerYear,
                "ARR of those who left",
                "80k",
            )
            .called(&["churn", "lost"])
            .assumed("0")
            .allows(Allowed::Any),
        ],
        formula: &["new + expansion − contraction − churned"],
        basis: &[],
        sources: &["winsabove-burn-multiple#net-new-arr"],
        example: "new=400k expansion=150k contraction=20k churned=80k",
        expected: &["net_new_arr = $450,000 a year"],
        compute: |i, w| {
            let (new, more) = (i.need("new")?, i.need("expansion")?);
            let (less, gone) = (i.need("contraction")?, i.need("churned")?);
            let arithmetic = format!(
                "{} + {} − {} − {}",
                new.words, more.words, less.words, gone.words
            );
            let net = new.num + more.num - less.num - gone.num;
            w.answer(
                ("net_new_arr", "Net new ARR"),
                MONEY_A_YEAR,
                net,
                arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "revenue",
        aliases: &["revenue reachable", "reachable revenue"],
        title: "Revenue reachable",
        answers: "What the deals of a year bring",
        inputs: &[
            Input::field("deals", "sales.deals_per_year")
                .called(&["deals a year"])
                .like("40"),
            Input::acv().like("30k"),
        ],
        formula: &["deals a year × ACV"],
        basis: &["Expansion of older customers is not in it"],
        sources: &["gtm-alignment#terminology-used"],
        example: "deals=40 acv=30k",
        expected: &["revenue = $1,200,000 a year"],
        compute: |i, w| {
            let (deals, acv) = (i.need("deals")?, i.need("acv")?);
            let arithmetic = format!("{} × {}", deals.words, acv.words);
            w.answer(
                ("revenue", "Revenue reachable"),
                MONEY_A_YEAR,
                deals.num * acv.num,
                arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "tiers",
        aliases: &["price steps", "tier bands"],
        title: "Price steps",
        answers: "In which ACV band each tier lies",
        inputs: &[Input::field("tiers", "pricing.tiers")
            .called(&["prices", "steps"])
            .like("49/mo, 149/mo, 499/mo")],
        formula: &["price a month × 12, for one seat or account"],
        basis: &[
            "Below $10k self-serve, up to $100k inside sales, above it field; care by hand from $10k, a dedicated CSM above $50k",
        ],
        sources: &[
            "gtm-framework#sales-motion-types",
            "gtm-framework#cs-model-by-segment",
        ],
        example: "tiers=49/mo, 149/mo, 499/mo",
        expected: &[
            "tier = $588 a year",
            "tier = $1,788 a year",
            "tier = $5,988 a year",
        ],
        compute: tiers,
    },
    Calculator {
        name: "milestones",
        aliases: &["customers for a milestone", "milestones at my acv"],
        title: "Milestones at your ACV",
        answers: "How many customers the framework's milestones take at your ACV",
        inputs: &[Input::acv().like("5k")],
        formula: &[
            "customers: MRR × 12 ÷ ACV, or ARR ÷ ACV",
            "MRR of 10 customers: 10 × ACV ÷ 12",
        ],
        basis: &["10 customers and $10k MRR are one milestone only at an ACV of $12k"],
        sources: &["gtm-framework#milestones"],
        example: "acv=5k",
        expected: &[
            "mrr_10k = 24",
            "arr_100k = 20",
            "arr_1m = 200",
            "mrr_of_10 ≈ $4,167 a month",
        ],
        compute: milestones,
    },
];

fn acv(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    if i.pick(&["price", "total"]) == Some("total") {
        let total = i.need("total")?;
        let Some(months) = i.term("months") else {
            return Err(Refusal::Missing(
                &["months"],
                "Over how many months does the contract run (`months`)?",
            ));
        };
        let arithmetic = format!("{} × 12 ÷ {}", total.words, months.words);
        let a_year = total.num * Num::of(12) / months.num;
        w.answer(("acv", "ACV"), MONEY_A_YEAR, a_year, arithmetic)?;
        return Ok(());
    }
    let Some(price) = i.prices("price").first().copied() else {
        return Err(Refusal::Missing(
            &["price", "total"],
            "`acv` needs a price (`price`), or a contract's total and months (`total`, `months`)",
        ));
    };
    let seats = i.term("seats");
    if price.per == Period::Unit && seats.is_none() {
        return Err(Refusal::Missing(
            &["seats"],
            "How many units does a typical customer use a year (`seats`)?",
        ));
    }
    let count = seats.as_ref().map_or(Num::of(1), |it| it.num);
    let words = seats.map_or_else(String::new, |it| format!(" × {}", it.words));
    let (payments, times) = if price.per == Period::Month {
        (12, " × 12")
    } else {
        (1, "")
    };
    let a_year = amount(price) * count * Num::of(payments);
    let arithmetic = format!("{price}{words}{times}");
    w.answer(("acv", "ACV"), MONEY_A_YEAR, a_year, arithmetic)?;
    Ok(())
}

fn amount(price: Price) -> Num {
    Num(Ratio::new(i128::from(price.amount.ten_thousandths), 10_000))
}

/// The names of the bands that a yearly price lies in, for selling and for care.
fn bands(a_year: Num) -> (&'static str, &'static str) {
    let above = |bound| a_year.is_above(Num::of(bound));
    let below_ten = Num::of(10_000).is_above(a_year);
    let selling = match (below_ten, above(100_000)) {
        (true, _) => "self-serve",
        (_, true) => "field",
        _ => "inside sales",
    };
    let care = match (below_ten, above(50_000)) {
        (true, _) => "tech-touch",
        (_, true) => "high-touch",
        _ => "low-touch",
    };
    (selling, care)
}

fn tiers(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let prices = i.prices("tiers");
    let mut sellings = Vec::new();
    for (n, price) in prices.iter().enumerate() {
        if price.per == Period::Unit {
            let problem = format!(
                "{price} has no yearly amount before the units are counted; give the tiers a month or a year"
            );
            return Err(Refusal::Value("tiers", problem, "49/mo, 149/mo".to_owned()));
        }
        let (payments, times) = if price.per == Period::Month {
            (12, " × 12")
        } else {
            (1, "")
        };
        let a_year = amount(*price) * Num::of(payments);
        let (selling, care) = bands(a_year);
        let label = format!("Tier {}: {selling}, {care}", n + 1);
        w.answer(
            ("tier", &label),
            MONEY_A_YEAR,
            a_year,
            format!("{price}{times}"),
        )?;
        sellings.push(selling);
    }
    sellings.dedup();
    match (prices.len(), &sellings[..]) {
        (0, _) => {
            return Err(Refusal::Value(
                "tiers",
                "There is no tier to look at".to_owned(),
                "49/mo, 149/mo".to_owned(),
            ));
        }
        (2.., [only]) => w.remark(format!(
            "All {} tiers lie in one band, {only}: no step leads into another motion",
            prices.len()
        )),
        _ => {}
    }
    say_currency(w);
    Ok(())
}

/// The framework's numbers are in US dollars.
fn say_currency(w: &mut Working) {
    if w.currency != Currency::USD {
        let code = String::from(w.currency);
        w.remark(format!(
            "The framework's bounds are in US dollars; {code} is held against them one to one"
        ));
    }
}

fn milestones(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let acv = i.need("acv")?;
    let rows: [(&'static str, &str, i128, &str); 3] = [
        ("mrr_10k", "Customers for 10k MRR", 120_000, "10k × 12"),
        ("arr_100k", "Customers for 100k ARR", 100_000, "100k"),
        ("arr_1m", "Customers for 1M ARR", 1_000_000, "1M"),
    ];
    for (name, label, arr, words) in rows {
        let customers = Num::of(arr) / acv.num;
        w.needed(
            (name, label),
            customers,
            &format!("{words} ÷ {}", acv.words),
        )?;
    }
    let mrr = Num::of(10) * acv.num / Num::of(12);
    let arithmetic = format!("10 × {} ÷ 12", acv.words);
    w.answer(
        ("mrr_of_10", "MRR of 10 customers"),
        Unit::Money(Per::Month),
        mrr,
        arithmetic,
    )?;
    say_currency(w);
    Ok(())
}
