//! From a symptom to its likely causes in a plan: the symptoms are data, the plan's own findings
//! decide which cause comes first.

use std::sync::LazyLock;

use serde::Deserialize;

use super::likeness::{self, likeliest};
use crate::lint::{Outcome, RuleResult};
use crate::plan::{self, Field, Plan, Segment, deal_value};

/// Something that teams notice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symptom {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How people say it.
    words: Vec<String>,
    /// What is usually behind it, what is worth looking at first before the rest.
    #[serde(rename = "cause")]
    pub causes: Vec<Cause>,
}

/// Something that may be behind a symptom.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// The cause, as one sentence without its stop.
    pub why: String,
    /// The rules that find it.
    pub rules: Vec<String>,
    /// The fields that have to be known.
    pub fields: Vec<String>,
    /// The library's section on it, as `entry#section`.
    pub section: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    symptom: Vec<Symptom>,
}

/// The symptoms that there are causes for.
pub fn symptoms() -> &'static [Symptom] {
    static SYMPTOMS: LazyLock<Vec<Symptom>> = LazyLock::new(|| {
        let table: Table = toml::from_str(include_str!("../../knowledge/symptoms.toml"))
            .expect("the symptoms are part of the program, and a test reads them");
        table.symptom
    });
    &SYMPTOMS
}

/// What a plan says of a cause.
#[derive(Debug, Clone)]
pub struct Suspect<'a> {
    /// The cause.
    pub cause: &'static Cause,
    /// The weightiest finding that shows it.
    pub found: Option<&'a RuleResult>,
    /// A rule that shows the opposite.
    pub cleared: Option<&'a RuleResult>,
    /// The first field that has to be known and is not, with its segment.
    pub missing: Option<(&'static Field, Option<Segment>)>,
}

/// How far a cause shows in a plan, the likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// A rule finds it.
    Found,
    /// Nobody can say: something is not answered.
    Open,
    /// The plan speaks against it.
    Cleared,
}

impl Suspect<'_> {
    /// How far it shows.
    pub fn shows(&self) -> Shows {
        match (self.found, &self.missing, self.cleared) {
            (Some(_), ..) => Shows::Found,
            (None, None, Some(_)) => Shows::Cleared,
            _ => Shows::Open,
        }
    }
}

/// The causes of a symptom as the plan shows them, the likeliest first.
pub fn diagnose<'a>(
    symptom: &'static Symptom,
    plan: &Plan,
    results: &'a [RuleResult],
) -> Vec<Suspect<'a>> {
    let mut suspects: Vec<_> = symptom
        .causes
        .iter()
        .map(|cause| suspect(cause, plan, results))
        .collect();
    // Where several are found, the source's order decides: a later one inherits an earlier fault.
    suspects.sort_by_key(Suspect::shows);
    suspects
}

fn suspect<'a>(cause: &'static Cause, plan: &Plan, results: &'a [RuleResult]) -> Suspect<'a> {
    let of_cause = || {
        results
            .iter()
            .filter(|result| cause.rules.iter().any(|rule| rule == result.rule.as_str()))
    };
    let found = of_cause()
        .filter(|result| result.is_finding_of_its_own() && !result.is_absence())
        .max_by_key(|result| (result.severity, std::cmp::Reverse(place(cause, result))));
    let cleared = of_cause().find(|result| result.outcome == Outcome::Pass);
    Suspect {
        cause,
        found,
        cleared,
        missing: missing(cause, plan),
    }
}

fn place(cause: &Cause, result: &RuleResult) -> usize {
    let rules = cause.rules.iter();
    rules
        .take_while(|rule| rule.as_str() != result.rule.as_str())
        .count()
}

/// The first field of a cause that is not answered, in the first segment that lacks it.
fn missing(cause: &Cause, plan: &Plan) -> Option<(&'static Field, Option<Segment>)> {
    let fields = cause.fields.iter().filter_map(|name| plan::field(name));
    fields.into_iter().find_map(|field| {
        let lacks = |segment: Option<&Segment>| match segment {
            // What a deal brings may follow from the price.
            Some(segment) if field.name == "pricing.acv" => {
                deal_value(plan, segment).value.is_none()
            }
            segment => plan.answer(field, segment).is_none(),
        };
        match field.level {
            plan::Level::Plan => lacks(None).then_some((field, None)),
            plan::Level::Segment => {
                let segment = plan.segments().iter().find(|it| lacks(Some(it)))?;
                Some((field, Some(segment.clone())))
            }
        }
    })
}

/// The symptoms that were meant, the best first; several only where they fit equally well.
pub fn read_symptom(words: &str) -> Vec<&'static Symptom> {
    meant(words, likeness::NAMED)
}

/// The symptom that somebody surely speaks of who was not asked for one.
pub fn noticed(words: &str) -> Option<&'static Symptom> {
    match meant(words, likeness::SURELY).as_slice() {
        [symptom] => Some(symptom),
        _ => None,
    }
}

/// What a plan says of a symptom, in a sentence.
pub fn found_in(symptom: &Symptom, suspects: &[Suspect<'_>]) -> String {
    let of = |shows| suspects.iter().filter(|it| it.shows() == shows).count();
    let title = &symptom.title;
    match (of(Shows::Found), of(Shows::Open)) {
        (0, 0) => format!("{title}: the plan speaks against each of the usual causes."),
        (0, open) if open == suspects.len() => {
            format!("{title}: the plan says too little to tell. The usual causes:")
        }
        (0, _) => format!("{title}: nothing is found yet. What may still be behind it:"),
        (1, _) => format!("{title}: the plan shows one likely cause."),
        (n, _) => format!("{title}: the plan shows {n} likely causes."),
    }
}

fn meant(words: &str, enough: usize) -> Vec<&'static Symptom> {
    likeliest((words, enough), symptoms(), |symptom| {
        let own = [symptom.title.as_str(), symptom.id.as_str()];
        symptom
            .words
            .iter()
            .map(String::as_str)
            .chain(own)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lint::RuleSet;

    #[test]
    fn every_symptom_names_rules_fields_and_sections_that_exist() {
        let rules = RuleSet::built_in().expect("the built-in rules load");
        let mut ids = BTreeSet::new();
        for symptom in symptoms() {
            assert!(ids.insert(&symptom.id), "{} stands twice", symptom.id);
            assert!((3..=6).contains(&symptom.causes.len()), "{}", symptom.id);
            for cause in &symptom.causes {
                for rule in &cause.rules {
                    assert!(rules.get(rule).is_some(), "{}: no rule {rule}", symptom.id);
                }
                for field in &cause.fields {
                    assert!(plan::field(field).is_some(), "{}: no {field}", symptom.id);
                }
                let (entry, section) = cause.section.split_once('#').expect(&cause.section);
                let held = crate::knowledge::library().section(entry, section);
                assert!(held.is_some(), "{}: no {}", symptom.id, cause.section);
                assert!(!cause.why.ends_with('.'), "{}", cause.why);
            }
        }
    }

    #[test]
    fn symptoms_are_recognised_in_peoples_words() {
        let rows = [
            ("demos but no deals", "demos-no-deals"),
            ("lots of demos, no deals", "demos-no-deals"),
            ("our win rate is low", "demos-no-deals"),
            ("high churn", "high-churn"),
            ("customers are leaving", "high-churn"),
            ("CAC too high", "cac-high"),
            ("our CAC is very high since March", "cac-high"),
            ("long sales cycle", "long-cycle"),
            ("deals take so long", "long-cycle"),
            ("sales ignores our leads", "leads-not-called"),
            ("many trials, nobody pays", "trials-no-payment"),
            ("no leads", "no-leads"),
            ("we aren't growing", "unfocused"),
            ("reps miss their quota", "sellers-miss-quota"),
            ("low NRR", "no-expansion"),
            ("everyone wants a discount", "price-pressure"),
            ("target-missed", "target-missed"),
        ];
        for (words, expected) in rows {
            let found: Vec<_> = read_symptom(words)
                .iter()
                .map(|it| it.id.as_str())
                .collect();
            assert_eq!(found, [expected], "{words}");
        }
        assert!(read_symptom("the coffee is cold").is_empty());
        assert!(read_symptom("").is_empty());
    }
}
