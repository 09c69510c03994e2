//! The field catalogue: one row for each field, a file for each component.
//!
//! Everything that knows a field derives it from its row: the readers, the questions, the printed
//! plan, the names that rules may use. Adding a field is adding a row.

mod channels;
mod cs;
mod cues;
mod economics;
mod icp;
mod market;
mod marketing;
mod metrics;
mod positioning;
mod pricing;
mod sales;
mod value;
mod whole;

pub use cues::{Cues, Opening, Openings, Unclear};

use super::Period;
use super::field::{Choice, Field, Format, Kind, Level};

/// A choice as the rows write it down.
const fn choice(
    slug: &'static str,
    label: &'static str,
    synonyms: &'static [&'static str],
) -> Choice {
    Choice {
        slug,
        label,
        synonyms,
    }
}

/// A row that is held once for the whole plan.
const fn once(name: &'static str, kind: Kind, label: &'static str, ask: &'static str) -> Field {
    Field::new(name, Level::Plan, kind, label, ask)
}

/// A row that is held for each segment.
const fn each(name: &'static str, kind: Kind, label: &'static str, ask: &'static str) -> Field {
    Field::new(name, Level::Segment, kind, label, ask)
}

impl Field {
    /// Where it stands in the catalogue, counted from 0.
    pub fn place(&self) -> usize {
        self.place
    }
}

/// No two rows stand in one place.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl Eq for Field {}

/// Every row, in the order in which a plan reads.
pub(super) fn all() -> Vec<Field> {
    let mut rows = [
        whole::FIELDS,
        icp::FIELDS,
        market::FIELDS,
        value::FIELDS,
        positioning::FIELDS,
        pricing::FIELDS,
        sales::FIELDS,
        marketing::FIELDS,
        cs::FIELDS,
        economics::FIELDS,
        metrics::FIELDS,
    ]
    .concat();
    for (place, row) in rows.iter_mut().enumerate() {
        row.place = place;
    }
    rows
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::plan::{Currency, ParseContext, fields, find_field};
    use crate::text;

    #[test]
    fn what_is_no_row_stands_in_no_place_of_one() {
        for (place, field) in fields().iter().enumerate() {
            assert_eq!(
                (field.place(), field == &crate::plan::SHARE),
                (place, false)
            );
        }
    }

    fn context() -> ParseContext {
        ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 3, 4),
        }
    }

    /// The names are fixed for good: rules, histories and exports use them.
    const NAMES: &str = "plan.name plan.product_kind plan.scope plan.currency plan.horizon plan.stage plan.owner \
        plan.last_review plan.review_every plan.revision_triggers plan.teams_aligned \
        plan.definitions_governed plan.arr plan.mrr plan.arr_target plan.customers \
        plan.growth_rate plan.profit_margin plan.move_months plan.new_initiative icp.segment \
        icp.industry icp.employees icp.revenue icp.geography icp.tech_stack icp.growth_stage \
        icp.buyer icp.users icp.pain icp.signals icp.buying_process icp.urgency icp.people \
        icp.exclusions market.accounts market.first_list market.tam market.sam market.som \
        value.problem value.benefit value.alternative value.differentiator value.outcome \
        value.interviews value.validation positioning.category positioning.category_kind \
        positioning.compared_to positioning.proof pricing.model pricing.price pricing.per \
        pricing.seats pricing.tiers pricing.commitment pricing.acv pricing.trial \
        pricing.expansion pricing.support pricing.packaging pricing.market_price \
        pricing.rationale sales.motion sales.assist sales.cycle sales.meetings sales.route \
        sales.partner_reason sales.lead_to_opportunity sales.win_rate_basis sales.win_rate \
        sales.deals_per_year sales.reps sales.reps_planned sales.quota sales.founder_led \
        sales.playbook sales.roles sales.inbound_owner sales.handoff_owner sales.territories \
        sales.process marketing.motion marketing.channels marketing.proven marketing.main \
        marketing.adding marketing.stopped marketing.stopped_after marketing.chosen_by \
        marketing.engine marketing.scoring marketing.started marketing.experiments \
        marketing.channel_age marketing.icp_channels marketing.lead_sla \
        marketing.leads_per_month cs.model cs.accounts_per_csm cs.onboarding cs.paid_support \
        cs.services cs.objectives cs.measured cs.automation journey.stages economics.cac \
        economics.cac_per economics.cac_includes economics.sm_spend economics.meeting_cost \
        economics.gross_margin economics.payback economics.ltv economics.partner_share \
        metrics.awareness metrics.pipeline metrics.conversion metrics.retention \
        metrics.expansion metrics.primary metrics.retention_3m metrics.retention_basis \
        metrics.nrr metrics.nrr_target metrics.churn";

    #[test]
    fn no_name_is_lost_or_changed() {
        let names: Vec<&str> = fields().iter().map(|field| field.name).collect();
        assert_eq!(names, NAMES.split_whitespace().collect::<Vec<_>>());
        let at = |level| fields().iter().filter(|field| field.level == level).count();
        assert_eq!((at(Level::Plan), at(Level::Segment)), (20, 109));
    }

    #[test]
    fn names_and_aliases_are_unique() {
        let mut known: BTreeMap<String, &str> = BTreeMap::new();
        for field in fields() {
            let own = [field.name, field.label].into_iter();
            let keys: BTreeSet<String> = own
                .chain(field.aliases.iter().copied())
                .map(text::key)
                .collect();
            for key in keys {
                assert!(!key.is_empty(), "{}", field.name);
                let before = known.insert(key.clone(), field.name);
                assert_eq!(before, None, "`{key}` is {} too", field.name);
            }
        }
    }

    #[test]
    fn spellings_of_choices_do_not_clash() {
        for field in fields() {
            let mut known: BTreeMap<String, &str> = BTreeMap::new();
            for choice in field.choices {
                let own = [choice.slug, choice.label].into_iter();
                let keys: BTreeSet<String> = own
                    .chain(choice.synonyms.iter().copied())
                    .map(text::key)
                    .collect();
                for key in keys {
                    assert!(!key.is_empty(), "{} {}", field.name, choice.slug);
                    let before = known.insert(key.clone(), choice.slug);
                    assert_eq!(
                        before, None,
                        "{}: `{key}` is {} too",
                        field.name, choice.slug
                    );
                }
            }
            for (words, slugs) in field.ambiguous {
                assert!(
                    !known.contains_key(&text::key(words)),
                    "{}: {words}",
                    field.name
                );
                assert!(slugs.len() > 1, "{}: {words}", field.name);
                for slug in *slugs {
                    assert!(field.choice(slug).is_some(), "{}: {slug}", field.name);
                }
            }
        }
    }

    #[test]
    fn only_fields_with_choices_have_some() {
        for field in fields() {
            let needs = matches!(field.kind, Kind::Choice | Kind::Set | Kind::ChannelDates);
            assert_eq!(needs, !field.choices.is_empty(), "{}", field.name);
        }
    }

    #[test]
    fn every_spelling_of_a_choice_is_read_and_shown() {
        for field in fields()
            .iter()
            .filter(|field| field.kind != Kind::ChannelDates)
        {
            for choice in field.choices {
                let own = [choice.slug, choice.label].into_iter();
                for spelling in own.chain(choice.synonyms.iter().copied()) {
                    let value = field.parse(spelling, &context());
                    let json = value.as_ref().map(|value| value.to_json().to_string());
                    let found =
                        json.is_ok_and(|json| json.contains(&format!("\"{}\"", choice.slug)));
                    let none = choice.slug == "none" || text::key(spelling) == "none";
                    assert!(found || none, "{}: {spelling} {value:?}", field.name);
                }
            }
        }
    }

    #[test]
    fn every_example_works_and_reads_back() {
        for field in fields() {
            let example = field.example();
            let value = field.parse(&example, &context());
            let value = value.unwrap_or_else(|error| panic!("{}: {error}", field.name));
            let shown = value.display(field);
            assert_eq!(
                field.parse(&shown, &context()),
                Ok(value),
                "{}: {shown}",
                field.name
            );
        }
    }

    #[test]
    fn garbage_gets_an_error_whose_example_works() {
        for field in fields() {
            for garbage in ["", "   ", "\u{0}", "x x x §§§", "=1+1", "🦀🦀"] {
                if let Err(error) = field.parse(garbage, &context()) {
                    let example = field.parse(&error.example, &context());
                    assert!(example.is_ok(), "{}: {error}", field.name);
                    assert!(!error.to_string().ends_with('.'), "{}: {error}", field.name);
                }
            }
        }
    }

    #[test]
    fn questions_are_questions() {
        for field in fields() {
            assert!(field.question.ends_with('?'), "{}", field.name);
        }
    }

    #[test]
    fn fields_are_found_by_what_people_call_them() {
        let check = |words: &str, expected: &str| {
            let found = match find_field(words) {
                Ok(field) => field.name.to_owned(),
                Err(near) => {
                    let names: Vec<&str> = near.iter().map(|field| field.name).collect();
                    format!("? {}", names.join(" "))
                }
            };
            assert_eq!(found, expected, "{words:?}");
        };
        check("pricing.price", "pricing.price");
        check("Pricing Price", "pricing.price");
        check("price", "pricing.price");
        check("ACV", "pricing.acv");
        check("motion", "sales.motion");
        check("channels", "marketing.channels");
        check("stage", "plan.stage");
        check("sales cycle", "sales.cycle");
        check("industry", "icp.industry");
        check("segment", "icp.segment");
        check("model", "? pricing.model cs.model");
        check("chanels", "? marketing.channels");
        check("pricing.prise", "? pricing.price");
        check("xyzzy", "? ");
        check("", "? ");
        check(
            "icp",
            "? icp.segment icp.industry icp.employees icp.revenue icp.geography icp.tech_stack",
        );
    }
}
