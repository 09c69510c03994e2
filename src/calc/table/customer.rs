//! How the economics of one customer are computed.

use crate::calc::inputs::Inputs;
use crate::calc::quantity::{Num, Per, Unit};
use crate::calc::refusal::Refusal;
use crate::calc::table::retention::monthly_churn;
use crate::calc::working::{Term, Working};

pub(super) fn payback(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let cac = customer_cost(i, w)?;
    let mut revenue = i.need("acv")?;
    if let Some(share) = i.term("partner_share").filter(|share| !share.num.is_zero()) {
        let arithmetic = format!("{} × (100% − {})", revenue.words, share.words);
        let kept = revenue.num * share.num.rest();
        let named = ("revenue", "Revenue after the partner's share");
        revenue = w.step(named, Unit::Money(Per::Year), kept, arithmetic)?;
    }
    let a_month = revenue.num / Num::of(12);
    let arithmetic = format!("{} ÷ ({} ÷ 12)", cac.words, revenue.words);
    let named = ("simple", "Simple payback, on revenue");
    w.answer(named, Unit::Months, cac.num / a_month, arithmetic)?;
    let Some(margin) = i.term("margin") else {
        w.remark("With the gross margin (`margin=80%`) there is also the margin-adjusted payback");
        return Ok(());
    };
    let arithmetic = format!(
        "{} ÷ ({} ÷ 12 × {})",
        cac.words, revenue.words, margin.words
    );
    let months = cac.num / (a_month * margin.num);
    w.answer(
        ("margin_adjusted", "Margin-adjusted payback"),
        Unit::Months,
        months,
        arithmetic,
    )?;
    Ok(())
}

/// What one customer costs, whatever the stated cost is for.
fn customer_cost(i: &Inputs<'_>, w: &mut Working) -> Result<Term, Refusal> {
    let cost = i.need("cac")?;
    let Some(per) = i.choice("per") else {
        w.ask(
            format!(
                "I took {} as the cost of one customer. Is it per customer, opportunity, trial or lead?",
                cost.words
            ),
            "per",
            &["customer", "opportunity", "trial", "lead"],
        );
        return Ok(cost);
    };
    if per == "customer" {
        return Ok(cost);
    }
    let Some(win) = i.term("win") else {
        return Err(Refusal::Missing(
            &["win"],
            "A cost per trial, opportunity or lead becomes one per customer by the share that is won: which share (`win`)?",
        ));
    };
    let (share, words) = match (&*per, i.choice("basis").as_deref()) {
        ("lead", Some("leads"))
        | ("opportunity", Some("opportunities") | None)
        | ("trial", Some("trials") | None) => (win.num, win.words),
        ("lead", Some("opportunities") | None) => {
            let Some(rate) = i.term("lead_rate") else {
                return Err(Refusal::Missing(
                    &["lead_rate"],
                    "Between a lead and a customer stand two rates: which share of leads becomes an opportunity (`lead_rate`)?",
                ));
            };
            (
                rate.num * win.num,
                format!("({} × {})", rate.words, win.words),
            )
        }
        (_, basis) => return Err(mixed(&per, basis.unwrap_or_default())),
    };
    let arithmetic = format!("{} per {per} ÷ {words}", cost.words);
    w.step(
        ("cac", "CAC per customer"),
        Unit::Money(Per::Once),
        cost.num / share,
        arithmetic,
    )
}

/// A cost and a win rate that do not count the same things.
fn mixed(per: &str, basis: &str) -> Refusal {
    let fitting = if per == "trial" {
        "trials"
    } else {
        "opportunities"
    };
    let problem = format!(
        "The cost is per {per}, and the win rate is of {basis}: rates of different things are not mixed. Give the rate of {fitting} (`win`) and say so (`basis`)"
    );
    Refusal::Value("basis", problem, fitting.to_owned())
}

/// An LTV in the making.
pub(super) struct Lifetime {
    pub(super) label: &'static str,
    pub(super) num: Num,
    pub(super) arithmetic: String,
}

pub(super) fn lifetime_value(i: &Inputs<'_>, w: &mut Working) -> Result<Lifetime, Refusal> {
    let acv = i.need("acv")?;
    let churn = monthly_churn(i, w, &["churn", "retention"])?;
    if churn.num.is_zero() {
        let problem = "Where nobody leaves, LTV has no end; give the churn that you expect";
        return Err(Refusal::Value("churn", problem.to_owned(), "2%".to_owned()));
    }
    let lifetime = Num::of(1) / churn.num;
    w.step(
        ("lifetime", "Mean lifetime"),
        Unit::Months,
        lifetime,
        format!("1 ÷ {}", churn.words),
    )?;
    let margin = i.term("margin");
    let words = margin
        .as_ref()
        .map_or_else(String::new, |it| format!(" × {}", it.words));
    let share = margin.as_ref().map_or(Num::of(1), |it| it.num);
    Ok(Lifetime {
        label: if margin.is_some() {
            "LTV, on margin"
        } else {
            "LTV, on revenue"
        },
        num: acv.num / Num::of(12) * share / churn.num,
        arithmetic: format!("{} ÷ 12{words} ÷ {}", acv.words, churn.words),
    })
}

pub(super) fn ltv_cac(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let cac = customer_cost(i, w)?;
    let ltv = match i.pick(&["ltv", "acv"]) {
        Some("ltv") => i.need("ltv")?,
        Some(_) => {
            let ltv = lifetime_value(i, w)?;
            w.step(
                ("ltv", ltv.label),
                Unit::Money(Per::Once),
                ltv.num,
                ltv.arithmetic,
            )?
        }
        None => {
            return Err(Refusal::Missing(
                &["ltv", "acv"],
                "`ltv-cac` needs the LTV (`ltv`), or what it follows from: `acv`, `margin` and `churn`",
            ));
        }
    };
    let arithmetic = format!("{} ÷ {}", ltv.words, cac.words);
    w.answer(
        ("ltv_cac", "LTV:CAC"),
        Unit::Times,
        ltv.num / cac.num,
        arithmetic,
    )?;
    Ok(())
}

pub(super) fn meeting_cost(i: &Inputs<'_>, w: &mut Working) -> Result<(), Refusal> {
    let (acv, meetings, each) = (i.need("acv")?, i.need("meetings")?, i.need("cost")?);
    let tried = meetings.num * each.num;
    let product = format!("{} × {}", meetings.words, each.words);
    let win = i.term("win");
    if win.is_none() {
        w.remark("Every deal is taken as won; with `win=25%` the lost ones are paid for too");
    }
    let (won, arithmetic) = win.map_or((tried, product.clone()), |win| {
        (tried / win.num, format!("{product} ÷ {}", win.words))
    });
    let named = ("cost", "Meetings of one won deal");
    let cost = w.answer(named, Unit::Money(Per::Once), won, arithmetic)?;
    let arithmetic = format!("{} ÷ ({} ÷ 12)", cost.words, acv.words);
    let months = won / (acv.num / Num::of(12));
    w.answer(
        ("months", "In months of revenue"),
        Unit::Months,
        months,
        arithmetic,
    )?;
    let (margin, words) = match i.term("margin") {
        Some(margin) => (margin.num, format!("({} × {})", acv.words, margin.words)),
        None => (Num::of(1), acv.words),
    };
    let least = tried / (acv.num * margin);
    let arithmetic = format!("{product} ÷ {words}");
    if least.is_above(Num::of(1)) {
        w.remark(
            "Even if every deal were won, the meetings would cost more than the first year brings",
        );
    }
    w.answer(
        ("break_even", "Win rate at which the first year breaks even"),
        Unit::Percent,
        least,
        arithmetic,
    )?;
    Ok(())
}
