//! What a customer costs, what comes back, and when.

use crate::calc::calculator::{Allowed, Calculator, Input};
use crate::calc::quantity::{Per, Unit};
use crate::calc::table::customer::{lifetime_value, ltv_cac, meeting_cost, payback};
use crate::plan::Kind;

const CAC: Input = Input::field("cac", "economics.cac").like("6k");
const PER: Input = Input::field("per", "economics.cac_per")
    .called(&["of one", "cost per"])
    .optional();
const MARGIN: Input = Input::field("margin", "economics.gross_margin")
    .optional()
    .allows(Allowed::Share);
const WIN: Input = Input::field("win", "sales.win_rate")
    .called(&["conversion"])
    .optional()
    .allows(Allowed::Share)
    .like("25%");
const BASIS: Input = Input::field("basis", "sales.win_rate_basis")
    .called(&["won of"])
    .optional();
const LEAD_RATE: Input = Input::field("lead_rate", "sales.lead_to_opportunity")
    .called(&["lead to opportunity"])
    .optional()
    .allows(Allowed::Share);
const SHARE: Input = Input::field("partner_share", "economics.partner_share")
    .optional()
    .allows(Allowed::PartOfWhole);
const CHURN: Input = Input::field("churn", "metrics.churn")
    .optional()
    .allows(Allowed::Share);
const RETENTION: Input = Input::field("retention", "metrics.retention_3m")
    .called(&["3 month retention", "retention 3m"])
    .optional()
    .allows(Allowed::Share);
const RETENTION_BASIS: Input = Input::field("retention_of", "metrics.retention_basis")
    .optional()
    .like("all_customers");

pub(super) static TABLE: &[Calculator] = &[
    Calculator {
        name: "payback",
        aliases: &["cac payback", "payback period"],
        title: "CAC payback",
        answers: "After how many months a customer has paid back what it cost to win",
        inputs: &[CAC, Input::acv(), MARGIN, PER, WIN, BASIS, LEAD_RATE, SHARE],
        formula: &[
            "simple: CAC ÷ (ACV ÷ 12)",
            "margin-adjusted: CAC ÷ (ACV ÷ 12 × gross margin)",
        ],
        basis: &[
            "Never hold one team's simple payback against another's margin-adjusted one",
            "A cost per trial, opportunity or lead is divided by the share that is won; a partner's share is taken off the ACV",
        ],
        sources: &[
            "gtm-framework#sales-model-economics",
            "scalexp-cac#cac-payback",
        ],
        example: "cac=6k acv=12k margin=80% per=customer",
        expected: &["simple = 6 months", "margin_adjusted = 7.5 months"],
        compute: payback,
    },
    Calculator {
        name: "cac",
        aliases: &["customer acquisition cost", "acquisition cost"],
        title: "CAC",
        answers: "What one new customer costs in sales and marketing",
        inputs: &[
            Input::own(
                "spend",
                Kind::Money,
                "sales and marketing spend of the period",
                "300k",
            ),
            Input::own(
                "customers",
                Kind::Count,
                "new customers of the same period",
                "60",
            )
            .called(&["new customers"]),
        ],
        formula: &["all sales and marketing cost ÷ new customers of the same period"],
        basis: &["Salaries, commission, tools and programmes belong into the spend"],
        sources: &["scalexp-cac#cac"],
        example: "spend=300k customers=60",
        expected: &["cac = $5,000"],
        compute: |i, w| {
            let (spend, customers) = (i.need("spend")?, i.need("customers")?);
            let arithmetic = format!("{} ÷ {}", spend.words, customers.words);
            let cac = spend.num / customers.num;
            w.answer(("cac", "CAC"), Unit::Money(Per::Once), cac, arithmetic)?;
            Ok(())
        },
    },
    Calculator {
        name: "ltv",
        aliases: &["lifetime value", "clv", "customer lifetime value"],
        title: "LTV",
        answers: "What a customer brings before it leaves",
        inputs: &[Input::acv(), MARGIN, CHURN, RETENTION, RETENTION_BASIS],
        formula: &[
            "ACV ÷ 12 × gross margin ÷ monthly churn; without the margin it is revenue, and says so",
        ],
        basis: &[
            "Monthly revenue over monthly churn: a yearly churn that compounds gives another number",
        ],
        sources: &["skok-metrics#ltv"],
        example: "acv=12k margin=80% churn=2%",
        expected: &["lifetime = 50 months", "ltv = $40,000"],
        compute: |i, w| {
            let ltv = lifetime_value(i, w)?;
            w.answer(
                ("ltv", ltv.label),
                Unit::Money(Per::Once),
                ltv.num,
                ltv.arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "ltv-cac",
        aliases: &["ltv to cac", "ltv cac ratio"],
        title: "LTV:CAC",
        answers: "How often a customer brings back what it cost",
        inputs: &[
            CAC,
            Input::field("ltv", "economics.ltv").optional().like("40k"),
            Input::acv().optional(),
            MARGIN,
            CHURN,
            RETENTION,
            RETENTION_BASIS,
            PER,
            WIN,
            BASIS,
            LEAD_RATE,
        ],
        formula: &["LTV ÷ CAC; LTV as stated, else ACV ÷ 12 × gross margin ÷ monthly churn"],
        basis: &["The framework wants more than 3 at scale"],
        sources: &[
            "skok-metrics#ltv-to-cac",
            "gtm-framework#gtm-metrics-by-stage",
        ],
        example: "cac=6k ltv=40k per=customer",
        expected: &["ltv_cac ≈ 6.67"],
        compute: ltv_cac,
    },
    Calculator {
        name: "meeting-cost",
        aliases: &["meetings", "touch cost"],
        title: "Meetings against price",
        answers: "What the sales meetings of one won deal cost, against its first year",
        inputs: &[
            Input::acv().like("1188"),
            Input::field("meetings", "sales.meetings")
                .called(&["sales meetings"])
                .like("4"),
            Input::field("cost", "economics.meeting_cost")
                .called(&["meeting cost"])
                .assumed("120"),
            WIN,
            MARGIN,
        ],
        formula: &[
            "meetings × cost of one ÷ win rate, in months of ACV ÷ 12",
            "break-even win rate: meetings × cost of one ÷ (ACV × gross margin)",
        ],
        basis: &["120 for a meeting nobody has costed is ours: 2 hours at 60 an hour"],
        sources: &[
            "gtm-definition#common-mistakes-in-b2b-gtm",
            "gtm-framework#mistake-3-wrong-sales-motion-for-acv",
        ],
        example: "acv=1188 meetings=4 win=25%",
        expected: &[
            "cost = $1,920",
            "months ≈ 19.39 months",
            "break_even ≈ 40.4%",
        ],
        compute: meeting_cost,
    },
    Calculator {
        name: "cac-ratio",
        aliases: &["new customer cac ratio", "blended cac ratio"],
        title: "CAC ratio",
        answers: "How much sales and marketing money one unit of new ARR takes",
        inputs: &[
            Input::own(
                "spend",
                Kind::Money,
                "sales and marketing spend of the period",
                "2M",
            ),
            Input::own("new", Kind::MoneyPerYear, "ARR of new customers", "1M"),
            Input::own("expansion", Kind::MoneyPerYear, "ARR of expansion", "600k").optional(),
        ],
        formula: &[
            "new customers: spend ÷ new-customer ARR",
            "blended: spend ÷ (new + expansion ARR)",
        ],
        basis: &[],
        sources: &["benchmarkit-2025#cac-ratio"],
        example: "spend=2M new=1M expansion=600k",
        expected: &["new_customers = 2", "blended = 1.25"],
        compute: |i, w| {
            let (spend, new) = (i.need("spend")?, i.need("new")?);
            let arithmetic = format!("{} ÷ {}", spend.words, new.words);
            w.answer(
                ("new_customers", "Ratio of new customers"),
                Unit::Times,
                spend.num / new.num,
                arithmetic,
            )?;
            if let Some(more) = i.term("expansion") {
                let arithmetic = format!("{} ÷ ({} + {})", spend.words, new.words, more.words);
                let blended = spend.num / (new.num + more.num);
                w.answer(
                    ("blended", "Blended ratio"),
                    Unit::Times,
                    blended,
                    arithmetic,
                )?;
            }
            Ok(())
        },
    },
    Calculator {
        name: "gross-margin",
        aliases: &["margin"],
        title: "Gross margin",
        answers: "What is left of revenue after the cost of delivery",
        inputs: &[
            Input::own("revenue", Kind::Money, "revenue", "100k"),
            Input::own("cost", Kind::Money, "cost of delivery", "22k").allows(Allowed::Any),
        ],
        formula: &["(revenue − cost of delivery) ÷ revenue"],
        basis: &["Delivery is hosting, support, payment fees and onboarding"],
        sources: &["productmetrics-margin#gross-margin"],
        example: "revenue=100k cost=22k",
        expected: &["gross_margin = 78%"],
        compute: |i, w| {
            let (revenue, cost) = (i.need("revenue")?, i.need("cost")?);
            let arithmetic = format!("({0} − {1}) ÷ {0}", revenue.words, cost.words);
            let margin = (revenue.num - cost.num) / revenue.num;
            w.answer(
                ("gross_margin", "Gross margin"),
                Unit::Percent,
                margin,
                arithmetic,
            )?;
            Ok(())
        },
    },
];
