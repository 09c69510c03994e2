//! From opportunities to deals, and back from a target to leads.

use crate::calc::calculator::{Allowed, Calculator, Input};
use crate::calc::inputs::Inputs;
use crate::calc::quantity::{Num, Per, Unit};
use crate::calc::refusal::Refusal;
use crate::calc::table::market::a_seller;
use crate::calc::working::{Term, Working};
use crate::plan::Kind;

const WIN: Input = Input::field("win", "sales.win_rate")
    .allows(Allowed::Share)
    .like("25%");
const CYCLE: Input = Input::field("cycle", "sales.cycle").like("90 days");

pub(super) static TABLE: &[Calculator] = &[
    Calculator {
        name: "funnel",
        aliases: &["back solve", "leads needed"],
        title: "Funnel, from the target back",
        answers: "How many deals, opportunities, leads and sellers a revenue target takes",
        inputs: &[
            Input::new_arr(),
            Input::acv().like("30k"),
            WIN,
            Input::field("basis", "sales.win_rate_basis")
                .called(&["won of"])
                .optional(),
            Input::field("lead_rate", "sales.lead_to_opportunity")
                .called(&["lead to opportunity"])
                .optional()
                .allows(Allowed::Share),
            Input::own(
                "sql_rate",
                Kind::Percent,
                "SQLs that become opportunities",
                "50%",
            )
            .called(&["sql to opportunity", "sql to opp"])
            .optional()
            .allows(Allowed::Share),
            Input::own("mql_rate", Kind::Percent, "MQLs that become SQLs", "30%")
                .called(&["mql to sql"])
                .optional()
                .allows(Allowed::Share),
            Input::own("mql_share", Kind::Percent, "leads that become MQLs", "20%")
                .called(&["lead to mql"])
                .optional()
                .allows(Allowed::Share),
            Input::field("quota", "sales.quota").optional().like("600k"),
            Input::own("attainment", Kind::Percent, "attainment of quota", "70%").optional(),
            Input::own("ramp", Kind::Months, "ramp of a new seller", "5 months").optional(),
        ],
        formula: &[
            "deals = target ÷ ACV; opportunities = deals ÷ win rate; each stage before it ÷ its rate",
            "sellers = target ÷ (quota × attainment × (12 − ramp ÷ 2) ÷ 12)",
        ],
        basis: &[
            "Only new customers: expansion does not come out of this funnel. Rounded up at the end only",
            "An opportunity has to exist one sales cycle before the period ends",
        ],
        sources: &[
            "gtm-framework#sales-model-economics",
            "saasdash-capacity#capacity-model",
        ],
        example: "target=1.2M acv=30k win=25% sql_rate=50% mql_rate=30% mql_share=20% quota=600k attainment=70%",
        expected: &[
            "deals = 40",
            "opportunities = 160",
            "sqls = 320",
            "mqls = 1,067",
            "leads = 5,334",
            "leads_a_month = 445",
            "sellers = 3",
        ],
        compute: funnel,
    },
    Calculator {
        name: "sales-velocity",
        aliases: &["velocity", "pipeline velocity"],
        title: "Sales velocity",
        answers: "How much the pipeline brings a day",
        inputs: &[
            Input::own("opportunities", Kind::Count, "open opportunities", "50").called(&["opps"]),
            Input::acv().like("50k"),
            WIN,
            CYCLE,
        ],
        formula: &["opportunities × deal size × win rate ÷ cycle in days"],
        basis: &[],
        sources: &["croreport-sales-cycle#sales-velocity"],
        example: "opportunities=50 acv=50k win=25% cycle=90 days",
        expected: &["velocity ≈ $6,944 a day"],
        compute: |i, w| {
            let (count, acv) = (i.need("opportunities")?, i.need("acv")?);
            let (win, cycle) = (i.need("win")?, i.need("cycle")?);
            let arithmetic = format!(
                "{} × {} × {} ÷ {} days",
                count.words, acv.words, win.words, cycle.words
            );
            let a_day = count.num * acv.num * win.num / cycle.num;
            w.answer(
                ("velocity", "Sales velocity"),
                Unit::Money(Per::Day),
                a_day,
                arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "pipeline-coverage",
        aliases: &["coverage", "pipeline"],
        title: "Pipeline coverage",
        answers: "Whether the open pipeline is enough for the target",
        inputs: &[
            Input::own(
                "pipeline",
                Kind::Money,
                "open pipeline that can close in the period",
                "3.2M",
            )
            .called(&["open pipeline"]),
            Input::own("target", Kind::Money, "target of the period", "1M"),
            Input::field("win", "sales.win_rate")
                .optional()
                .allows(Allowed::Share)
                .like("25%"),
        ],
        formula: &["pipeline ÷ target; needed is about 1 ÷ win rate"],
        basis: &["Only what can close within the period belongs into the pipeline"],
        sources: &["metrickit-capacity#pipeline-coverage"],
        example: "pipeline=3.2M target=1M win=25%",
        expected: &["coverage = 3.2", "needed = 4", "short_by = $800,000"],
        compute: coverage,
    },
    Calculator {
        name: "win-rate",
        aliases: &["close rate"],
        title: "Win rate",
        answers: "How many of the opportunities were won",
        inputs: &[
            Input::own("won", Kind::Count, "opportunities won", "18").allows(Allowed::Any),
            Input::own("lost", Kind::Count, "opportunities lost", "15").allows(Allowed::Any),
            Input::own("stale", Kind::Count, "opportunities gone stale", "7").allows(Allowed::Any),
        ],
        formula: &["won ÷ (won + lost + stale), from one fixed stage"],
        basis: &["A win rate of opportunities says nothing beside one of trials"],
        sources: &[
            "revopsreport-win-rate#formula",
            "gtm-framework#sales-model-economics",
        ],
        example: "won=18 lost=15 stale=7",
        expected: &["win_rate = 45%"],
        compute: |i, w| {
            let (won, lost, stale) = (i.need("won")?, i.need("lost")?, i.need("stale")?);
            let all = won.num + lost.num + stale.num;
            if all.is_zero() {
                return Err(Refusal::Value(
                    "won",
                    "There are no opportunities to win a share of".to_owned(),
                    "18".to_owned(),
                ));
            }
            let arithmetic = format!(
                "{0} ÷ ({0} + {1} + {2})",
                won.words, lost.words, stale.words
            );
            w.answer(
                ("win_rate", "Win rate"),
                Unit::Percent,
                won.num / all,
                arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "trial-to-paid",
        aliases: &["trial conversion"],
        title: "Trial to paid",
        answers: "How many of the trials pay",
        inputs: &[
            Input::own("paying", Kind::Count, "trials that pay", "150").allows(Allowed::Any),
            Input::own("trials", Kind::Count, "trials started", "1,000"),
        ],
        formula: &["trials that pay ÷ trials started, of the same cohort"],
        basis: &["A share of trials says nothing beside a win rate of opportunities"],
        sources: &["gtm-framework#sales-model-economics"],
        example: "paying=150 trials=1,000",
        expected: &["trial_to_paid = 15%"],
        compute: |i, w| {
            let (paying, trials) = (i.need("paying")?, i.need("trials")?);
            if paying.num.is_above(trials.num) {
                let problem = format!(
                    "More pay ({}) than have tried ({}): that is not one cohort",
                    paying.words, trials.words
                );
                return Err(Refusal::Value("paying", problem, trials.words));
            }
            let arithmetic = format!("{} ÷ {}", paying.words, trials.words);
            w.answer(
                ("trial_to_paid", "Trial to paid"),
                Unit::Percent,
                paying.num / trials.num,
                arithmetic,
            )?;
            Ok(())
        },
    },
    Calculator {
        name: "difficulty",
        aliases: &["difficulty ratio"],
        title: "Difficulty ratio",
        answers: "How much deal value a day of the sales cycle brings",
        inputs: &[
            Input::acv().like("25k"),
            Input::field("cycle", "sales.cycle").like("180 days"),
        ],
        formula: &["deal size ÷ cycle in days"],
        basis: &["Small and slow at once does not work: 6 months for 25k is its author's example"],
        sources: &["sacks-difficulty-ratio#ratio"],
        example: "acv=25k cycle=180 days",
        expected: &["difficulty ≈ $138.89 a day"],
        compute: |i, w| {
            let (acv, cycle) = (i.need("acv")?, i.need("cycle")?);
            let arithmetic = format!("{} ÷ {} days", acv.words, cycle.words);
            w.answer(
                ("difficulty", "Deal value a day"),
                Unit::Money(Per::Day),
                acv.num / cycle.num,
                arithmetic,
            )?;
            Ok(())
        },
    },
];

fn coverage(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let (pipeline, target) = (i.need("pipeline")?, i.need("target")?);
    let arithmetic = format!("{} ÷ {}", pipeline.words, target.words);
    w.answer(
        ("coverage", "Coverage"),
        Unit::Times,
        pipeline.num / target.num,
        arithmetic,
    )?;
    let Some(win) = i.term("win") else {
        w.remark("With the win rate (`win=25%`) you see how much coverage it takes");
        return Ok(());
    };
    let needed = Num::of(1) / win.num;
    w.answer(
        ("needed", "Needed"),
        Unit::Times,
        needed,
        format!("1 ÷ {}", win.words),
    )?;
    let short = target.num * needed - pipeline.num;
    if short.is_above(Num::of(0)) {
        let arithmetic = format!("{} ÷ {} − {}", target.words, win.words, pipeline.words);
        w.answer(
            ("short_by", "Pipeline that is missing"),
            Unit::Money(Per::Once),
            short,
            arithmetic,
        )?;
    } else {
        w.remark("The pipeline is enough at that win rate");
    }
    Ok(())
}

fn funnel(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let (target, acv, win) = (i.need("target")?, i.need("acv")?, i.need("win")?);
    let arithmetic = format!("{} ÷ {}", target.words, acv.words);
    let deals = w.needed(("deals", "Deals"), target.num / acv.num, &arithmetic)?;
    let basis = i.choice("basis");
    let won_of = match basis.as_deref() {
        Some("trials") => ("trials", "Trials"),
        Some("leads") => ("leads", "Leads"),
        _ => ("opportunities", "Opportunities"),
    };
    let opportunities = divided(w, won_of, &deals, &win)?;
    if won_of.0 == "opportunities" {
        before_opportunities(i, w, opportunities)?;
    }
    sellers(i, w, &target)
}

fn divided(
    w: &mut Working,
    named: (&'static str, &str),
    stage: &Term,
    rate: &Term,
) -> Result<Term, Refusal> {
    let arithmetic = format!("{} ÷ {}", stage.words, rate.words);
    w.needed(named, stage.num / rate.num, &arithmetic)
}

/// The stages before an opportunity, as far as their rates are known: in one step, or in three.
fn before_opportunities(
    i: &Inputs<'_>,
    w: &mut Working,
    opportunities: Term,
) -> Result<(), Refusal> {
    let steps: &[(&'static str, (&'static str, &'static str))] =
        if i.pick(&["lead_rate", "sql_rate"]) == Some("lead_rate") {
            &[("lead_rate", ("leads", "Leads"))]
        } else {
            &[
                ("sql_rate", ("sqls", "SQLs")),
                ("mql_rate", ("mqls", "MQLs")),
                ("mql_share", ("leads", "Leads")),
            ]
        };
    let mut stage = opportunities;
    for &(rate, named) in steps {
        let Some(rate) = i.term(rate) else {
            w.remark(format!(
                "{} and what comes before them wait for `{rate}`",
                named.1
            ));
            return Ok(());
        };
        stage = divided(w, named, &stage, &rate)?;
    }
    let a_month = stage.num / Num::of(12);
    w.needed(
        ("leads_a_month", "Leads a month"),
        a_month,
        &format!("{} ÷ 12", stage.words),
    )?;
    Ok(())
}

fn sellers(i: &Inputs<'_>, w: &mut Working, target: &Term) -> Result<(), Refusal> {
    let Some(quota) = i.term("quota") else {
        w.remark("With `quota` (and `attainment`, `ramp`) you also see how many sellers it takes");
        return Ok(());
    };
    let each = a_seller(i, &quota)?;
    let named = ("a_seller", "One seller brings");
    let each = w.step(named, Unit::Money(Per::Year), each.num, each.words)?;
    let arithmetic = format!("{} ÷ {}", target.words, each.words);
    w.needed(("sellers", "Sellers"), target.num / each.num, &arithmetic)?;
    if !i.has("attainment") {
        w.remark("Everybody is taken to reach quota; `attainment=70%` says what they really reach");
    }
    Ok(())
}
