//! What growth costs.

use crate::calc::calculator::{Allowed, Calculator, Input};
use crate::calc::inputs::Inputs;
use crate::calc::quantity::{Num, Unit};
use crate::calc::refusal::Refusal;
use crate::calc::working::Working;
use crate::plan::Kind;

pub(super) static TABLE: &[Calculator] = &[
    Calculator {
        name: "magic-number",
        aliases: &["saas magic number"],
        title: "Magic number",
        answers: "How much yearly revenue a unit of sales and marketing spend adds",
        inputs: &[
            Input::own("now", Kind::Money, "revenue of this quarter", "2.3M")
                .called(&["this quarter", "revenue now"]),
            Input::own("before", Kind::Money, "revenue of last quarter", "2M")
                .called(&["last quarter", "revenue before"]),
            Input::own(
                "spend",
                Kind::Money,
                "sales and marketing spend of last quarter",
                "1.5M",
            ),
        ],
        formula: &["(revenue this quarter − last quarter) × 4 ÷ spend of last quarter"],
        basis: &["All three are a quarter's; the spend is that of the quarter before"],
        sources: &["scalevp-magic-number#formula"],
        example: "now=2.3M before=2M spend=1.5M",
        expected: &["magic_number = 0.8"],
        compute: |i, w| {
            let (now, before, spend) = (i.need("now")?, i.need("before")?, i.need("spend")?);
            let number = (now.num - before.num) * Num::of(4) / spend.num;
            let arithmetic = format!("({} − {}) × 4 ÷ {}", now.words, before.words, spend.words);
            w.answer(
                ("magic_number", "Magic number"),
                Unit::Times,
                number,
                arithmetic,
            )?;
            if before.num.is_above(now.num) {
                w.remark(
                    "Revenue has shrunk, so the number is below zero: the spend bought no growth",
                );
            }
            Ok(())
        },
    },
    Calculator {
        name: "sales-efficiency",
        aliases: &["net sales efficiency"],
        title: "Net sales efficiency",
        answers: "How much net new ARR a unit of sales and marketing spend adds",
        inputs: &[
            Input::own(
                "net_new",
                Kind::MoneyPerYear,
                "net new ARR of the period",
                "1.2M",
            )
            .called(&["net new arr"]),
            Input::own(
                "spend",
                Kind::Money,
                "sales and marketing spend of the period before",
                "1.5M",
            ),
        ],
        formula: &["net new ARR of a period ÷ spend of the period before"],
        basis: &["Both periods are of the same length"],
        sources: &["wallstreetprep-magic-number#net-sales-efficiency"],
        example: "net_new=1.2M spend=1.5M",
        expected: &["sales_efficiency = 0.8"],
        compute: |i, w| {
            let (new, spend) = (i.need("net_new")?, i.need("spend")?);
            let arithmetic = format!("{} ÷ {}", new.words, spend.words);
            w.answer(
                ("sales_efficiency", "Net sales efficiency"),
                Unit::Times,
                new.num / spend.num,
                arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "rule-of-40",
        aliases: &["rule of forty", "r40"],
        title: "Rule of 40",
        answers: "Whether growth and profit together reach 40",
        inputs: &[
            Input::field("growth", "plan.growth_rate")
                .allows(Allowed::Any)
                .like("50%"),
            Input::field("profit", "plan.profit_margin")
                .allows(Allowed::Any)
                .like("-12%"),
        ],
        formula: &["yearly growth in % + profit margin in %"],
        basis: &["It says something at scale: from about $1M MRR, others say $50M revenue"],
        sources: &["rickard-rule-of-40#scale"],
        example: "growth=50% profit=-12%",
        expected: &["rule_of_40 = 38%"],
        compute: |i, w| {
            let (growth, profit) = (i.need("growth")?, i.need("profit")?);
            let sum = growth.num + profit.num;
            let arithmetic = format!("{} + {}", growth.words, parenthesised(&profit.words));
            w.answer(
                ("rule_of_40", "Growth plus profit margin"),
                Unit::Percent,
                sum,
                arithmetic,
            )?;
            let forty = Num::of(2) / Num::of(5);
            w.remark(match (sum.is_above(forty), forty.is_above(sum)) {
                (true, _) => "That is above 40%",
                (_, true) => "That is below 40%",
                _ => "That is 40% to the point",
            });
            Ok(())
        },
    },
    Calculator {
        name: "burn-multiple",
        aliases: &["burn"],
        title: "Burn multiple",
        answers: "How much cash one unit of net new ARR burns",
        inputs: &[
            Input::own("burn", Kind::Money, "net burn of the period", "3M")
                .called(&["net burn"])
                .allows(Allowed::Any),
            Input::own(
                "net_new",
                Kind::MoneyPerYear,
                "net new ARR of the same period",
                "1.5M",
            )
            .called(&["net new arr"]),
        ],
        formula: &["net burn ÷ net new ARR of the same period"],
        basis: &["Sacks: below 1 amazing, to 1.5 great, to 2 good, to 3 suspect, above 3 bad"],
        sources: &[
            "sacks-burn-multiple#bands",
            "winsabove-burn-multiple#formula",
        ],
        example: "burn=3M net_new=1.5M",
        expected: &["burn_multiple = 2"],
        compute: burn_multiple,
    },
];

/// A negative number in brackets, so that two signs do not meet.
fn parenthesised(words: &str) -> String {
    if words.starts_with('-') {
        format!("({words})")
    } else {
        words.to_owned()
    }
}

fn burn_multiple(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let (burn, new) = (i.need("burn")?, i.need("net_new")?);
    let multiple = burn.num / new.num;
    let arithmetic = format!("{} ÷ {}", burn.words, new.words);
    w.answer(
        ("burn_multiple", "Burn multiple"),
        Unit::Times,
        multiple,
        arithmetic,
    )?;
    let halves: [(i128, &str, &str); 4] = [
        (2, "amazing", "on the line between amazing and great"),
        (3, "great", "on the line between great and good"),
        (4, "good", "on the line between good and suspect"),
        (6, "suspect", "on the line between suspect and bad"),
    ];
    let mut word = "bad";
    for (half, below, at) in halves {
        let bound = Num::of(half) / Num::of(2);
        if bound.is_above(multiple) {
            word = below;
            break;
        }
        if bound == multiple {
            word = at;
            break;
        }
    }
    w.remark(format!("On Sacks's scale that is {word}"));
    Ok(())
}
