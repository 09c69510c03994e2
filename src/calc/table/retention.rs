//! What stays and what leaves.

use crate::calc::calculator::{Allowed, Calculator, Input};
use crate::calc::compound::{power, root};
use crate::calc::inputs::Inputs;
use crate::calc::quantity::Unit;
use crate::calc::refusal::Refusal;
use crate::calc::working::{Term, Working};
use crate::plan::Kind;

const START: Input = Input::own(
    "start",
    Kind::MoneyPerYear,
    "ARR of the customers at the start",
    "500k",
);
const EXPANSION: Input = Input::own(
    "expansion",
    Kind::MoneyPerYear,
    "their expansion in 12 months",
    "90k",
)
.allows(Allowed::Any);
const CONTRACTION: Input = Input::own(
    "contraction",
    Kind::MoneyPerYear,
    "their contraction in 12 months",
    "20k",
)
.assumed("0")
.allows(Allowed::Any);
const CHURNED: Input = Input::own(
    "churned",
    Kind::MoneyPerYear,
    "ARR of those who left",
    "30k",
)
.called(&["churn", "lost"])
.allows(Allowed::Any);

pub(super) static TABLE: &[Calculator] = &[
    Calculator {
        name: "churn",
        aliases: &["annual churn", "monthly churn", "yearly churn"],
        title: "Churn",
        answers: "What a month's churn comes to in a year, and the other way round",
        inputs: &[
            Input::field("monthly", "metrics.churn")
                .called(&["m"])
                .optional()
                .allows(Allowed::PartOfWhole),
            Input::own("yearly", Kind::Percent, "yearly churn", "20%")
                .called(&["annual", "a year"])
                .optional()
                .allows(Allowed::PartOfWhole),
            Input::field("retention", "metrics.retention_3m")
                .called(&["3 month retention", "retention 3m"])
                .optional()
                .allows(Allowed::Share),
            Input::field("retention_of", "metrics.retention_basis")
                .optional()
                .like("all_customers"),
        ],
        formula: &[
            "yearly: 1 − (1 − monthly)^12",
            "monthly: 1 − (1 − yearly)^(1/12), or 1 − retention^(1/3) from 3 months",
        ],
        basis: &["It compounds: 12 times a month's churn is more than a year's"],
        sources: &[
            "upollo-churn#monthly-to-annual",
            "yescalculator-churn#annual-to-monthly",
        ],
        example: "monthly=2%",
        expected: &["yearly ≈ 21.53%"],
        compute: churn,
    },
    Calculator {
        name: "nrr",
        aliases: &["net revenue retention", "ndr", "net dollar retention"],
        title: "NRR",
        answers: "What last year's customers pay today, expansion included",
        inputs: &[START, EXPANSION, CONTRACTION, CHURNED],
        formula: &["(start + expansion − contraction − churned) ÷ start"],
        basis: &["One cohort over 12 months: new customers do not count"],
        sources: &["knowledgelib-nrr#definition"],
        example: "start=500k expansion=90k contraction=20k churned=30k",
        expected: &["nrr = 108%"],
        compute: |i, w| {
            let (kept, words) = kept(i)?;
            let (start, more) = (i.need("start")?, i.need("expansion")?);
            let arithmetic = format!("({words} + {}) ÷ {}", more.words, start.words);
            w.answer(
                ("nrr", "NRR"),
                Unit::Percent,
                (kept + more.num) / start.num,
                arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "grr",
        aliases: &["gross revenue retention", "gross dollar retention"],
        title: "GRR",
        answers: "What last year's customers still pay, expansion left out",
        inputs: &[START, CONTRACTION, CHURNED],
        formula: &["(start − contraction − churned) ÷ start"],
        basis: &["One cohort over 12 months; it is never above 100%"],
        sources: &["subjolt-retention#grr"],
        example: "start=500k contraction=20k churned=30k",
        expected: &["grr = 90%"],
        compute: |i, w| {
            let (kept, words) = kept(i)?;
            let start = i.need("start")?;
            let arithmetic = format!("({words}) ÷ {}", start.words);
            w.answer(("grr", "GRR"), Unit::Percent, kept / start.num, arithmetic)?;
            Ok(())
        },
    },
];

/// What is left of the start, without expansion.
fn kept(i: &Inputs<'_>) -> Result<(crate::calc::quantity::Num, String), Refusal> {
    let (start, less, gone) = (i.need("start")?, i.need("contraction")?, i.need("churned")?);
    if (less.num + gone.num).is_above(start.num) {
        let problem = format!(
            "More is lost ({} and {}) than there was at the start ({})",
            less.words, gone.words, start.words
        );
        let mended = if less.num.is_above(start.num) {
            "contraction"
        } else {
            "churned"
        };
        return Err(Refusal::Value(mended, problem, "0".to_owned()));
    }
    let words = format!("{} − {} − {}", start.words, less.words, gone.words);
    Ok((start.num - less.num - gone.num, words))
}

/// The churn of a month: as it is given, or as 3 months of retention imply it.
pub(super) fn monthly_churn(
    i: &Inputs<'_>,
    w: &mut Working,
    names: &[&'static str],
) -> Result<Term, Refusal> {
    match i.pick(names) {
        Some("retention") => {}
        Some(name) => return i.need(name),
        None => {
            return Err(Refusal::Missing(
                &["churn"],
                "How many customers leave? Give the monthly churn (`churn`), or what is left after 3 months (`retention`)",
            ));
        }
    }
    let retention = i.need("retention")?;
    match i.choice("retention_of").as_deref() {
        None => {
            return Err(Refusal::Missing(
                &["retention_of"],
                "Whose retention is that, all customers' or an early cohort's (`retention_of`)? An early cohort is not carried on to a year unasked",
            ));
        }
        Some("early_cohort") => {
            w.remark("These are an early cohort's 3 months, carried on at the same rate: a floor to test the plan with, not a forecast");
        }
        Some(_) => {}
    }
    let monthly = root(retention.num, 3).rest();
    let arithmetic = format!("1 − {}^(1/3)", retention.words);
    w.step(
        ("monthly", "Monthly churn"),
        Unit::Percent,
        monthly,
        arithmetic,
    )
}

fn churn(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    match i.pick(&["monthly", "yearly", "retention"]) {
        None => Err(Refusal::Missing(
            &["monthly", "yearly", "retention"],
            "`churn` needs one of these: a month's churn (`monthly`), a year's (`yearly`), or what is left after 3 months (`retention`)",
        )),
        Some("yearly") => {
            let yearly = i.need("yearly")?;
            let monthly = root(yearly.num.rest(), 12).rest();
            let arithmetic = format!("1 − (1 − {})^(1/12)", yearly.words);
            w.answer(
                ("monthly", "Churn a month"),
                Unit::Percent,
                monthly,
                arithmetic,
            )?;
            Ok(())
        }
        Some(_) => {
            let monthly = monthly_churn(i, w, &["monthly", "retention"])?;
            let left = power(monthly.num.rest(), 12);
            let arithmetic = format!("1 − (1 − {})^12", monthly.words);
            w.answer(
                ("yearly", "Churn a year"),
                Unit::Percent,
                left.rest(),
                arithmetic,
            )?;
            Ok(())
        }
    }
}
