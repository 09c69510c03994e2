//! A workspace's own rules: pages in the same form, bounded, beside the built-in ones and never in
//! their place.

use jiff::civil::Date;

use super::page::{Example, Fault, PageError, Rule};
use super::rule_set::Naming;
use super::{Outcome, RuleResult, RuleSet, Thresholds, check};
use crate::ident::RuleSlug;

/// The most pages of one's own.
pub const MOST_OWN: usize = 50;

/// The longest page of one's own, in bytes.
pub const LARGEST_OWN: usize = 32 * 1024;

/// The most examples of a page of one's own.
pub const MOST_EXAMPLES: usize = 40;

/// The steps that all of one's own rules have together, in deciding a plan and again in wording it.
const OWN_STEPS: usize = 5_000_000;

/// A page to begin with; it is tested, so it works as it stands.
pub const NEW_PAGE: &str = include_str!("new_page.md");

/// The day on which the examples of the pages that come with the program are tried.
pub const EXAMPLES_ON: Date = Date::constant(2026, 3, 4);

/// A page's text as it is read: some editors put a mark before it and end lines in two signs.
pub fn page_text(written: &str) -> String {
    let text = written.trim_start_matches('\u{feff}');
    text.replace("\r\n", "\n")
}

impl RuleSet {
    /// These rules and one's own, or what is wrong with those. One's own rules fold and soften
    /// each other only, so that what comes with the program is found as it always is.
    pub fn with_own(&self, pages: &[(&str, &str)]) -> Result<Self, Vec<PageError>> {
        self.beside(pages, Naming::Present)
    }

    /// The same for pages that come one by one, as those of a workspace do: one may name a rule that is
    /// still to come, or has gone. Such a name has no effect, and [`RuleSet::awaited`] tells it.
    pub fn with_own_one_by_one(&self, pages: &[(&str, &str)]) -> Result<Self, Vec<PageError>> {
        self.beside(pages, Naming::Awaited)
    }

    fn beside(&self, pages: &[(&str, &str)], naming: Naming) -> Result<Self, Vec<PageError>> {
        refuse_any(out_of_bounds(pages))?;
        let own = Self::load_named(pages, naming)?;
        refuse_any(wordy(&own))?;
        refuse_any(loose_numbers(&own, pages))?;
        refuse_any(self.shadowed_by(&own))?;
        refuse_any(self.named_by(&own))?;
        Ok(self.joined(own))
    }

    /// What one's own rules fold or soften and is no rule: each rule with the name.
    pub fn awaited(&self) -> impl Iterator<Item = (&Rule, &str)> {
        let own = self.rules().iter().filter(|rule| rule.is_own());
        own.flat_map(move |rule| {
            let named = rule.folds.iter().chain(&rule.softens).map(RuleSlug::as_str);
            let awaited = named.filter(move |name| self.get(name).is_none());
            awaited.map(move |name| (rule, name))
        })
    }

    /// Own rules that have the name of one of these.
    fn shadowed_by(&self, own: &Self) -> Vec<PageError> {
        let shadows = own
            .rules()
            .iter()
            .filter_map(|rule| Some((rule, self.get(rule.slug().as_str())?)));
        let errors = shadows.map(|(rule, shadowed)| {
            let slug = rule.slug();
            let whose = whose(shadowed);
            let message = format!("`{slug}` is the name of a rule that {whose}; choose another");
            refused(&path_of(rule), message)
        });
        errors.collect()
    }

    /// Own rules that fold or soften one of these.
    fn named_by(&self, own: &Self) -> Vec<PageError> {
        let rules = own.rules().iter();
        let named = rules.flat_map(|rule| {
            let names = rule.folds.iter().chain(&rule.softens);
            names.filter_map(move |name| Some((rule, self.get(name.as_str())?)))
        });
        let errors = named.map(|(rule, other)| {
            let (slug, whose) = (other.slug(), whose(other));
            let message = format!(
                "`folds` or `softens` names `{slug}`, which {whose}; rules of your own fold and soften each other only"
            );
            refused(&path_of(rule), message)
        });
        errors.collect()
    }

    /// The steps that each of one's own rules has on each segment of a plan with so many: none is
    /// starved by another, and the same plan is always judged alike.
    pub(super) fn own_share(&self, segments: usize) -> usize {
        OWN_STEPS / (self.own() * segments).max(1)
    }

    /// What a rule's examples promise and the rule does not keep, each with its line. `today` is the
    /// day for a page that names none of its own.
    pub fn broken_examples(&self, rule: &Rule, today: Date) -> Vec<(usize, String)> {
        let today = rule.examples_on.unwrap_or(today);
        let broken = rule.examples().iter().filter_map(|example| {
            let problem = self.try_example(rule, example, today)?;
            Some((example.line, problem))
        });
        broken.collect()
    }

    fn try_example(&self, rule: &Rule, example: &Example, today: Date) -> Option<String> {
        let told = match example.told(today) {
            Ok(told) => told,
            Err(error) => return Some(error.to_string()),
        };
        let results = check(self, told.subject(), &Thresholds::default(), today);
        let found = results
            .into_iter()
            .find(|result| result.rule == *rule.slug())?;
        if found.outcome != example.outcome {
            return Some(format!(
                "promised {}, found {}: {}{}{}",
                example.outcome.as_str(),
                found.outcome.as_str(),
                found.message,
                names(&found),
                on_the_day(rule, today)
            ));
        }
        let promised = example
            .severity
            .filter(|_| found.outcome == Outcome::Finding);
        let promised = promised.filter(|severity| *severity != found.severity)?;
        Some(format!(
            "promised {}, found {}",
            promised.as_str(),
            found.severity.as_str()
        ))
    }
}

/// That the outcome depends on the day, where the page does not fix one.
fn on_the_day(rule: &Rule, today: Date) -> String {
    if rule.examples_on.is_some() || !rule.looks_at_today() {
        return String::new();
    }
    format!(
        " (the rule looks at today, {today} here; a line `today = \"2026-03-04\"` in its front matter \
         gives its examples a day of their own)"
    )
}

/// The fields by the names that an example writes, where an answer to one of them would decide.
fn names(found: &RuleResult) -> String {
    let (fields, what) = match found.outcome {
        Outcome::Unknown => (found.missing, "the example has no"),
        Outcome::NotApplicable => (found.fields, "it reads"),
        Outcome::Finding | Outcome::Pass => return String::new(),
    };
    let names: Vec<_> = fields.iter().map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [] => String::new(),
        names => format!(" ({what} {})", names.join(", ")),
    }
}

fn refuse_any(errors: Vec<PageError>) -> Result<(), Vec<PageError>> {
    if errors.is_empty() {
        return Ok(());
    }
    Err(errors)
}

/// What is too much before anything is read.
fn out_of_bounds(pages: &[(&str, &str)]) -> Vec<PageError> {
    if pages.len() > MOST_OWN {
        let message = format!("there are {} pages; {MOST_OWN} are the most", pages.len());
        return vec![refused("", message)];
    }
    let oversized = pages.iter().filter(|(_, text)| text.len() > LARGEST_OWN);
    let errors = oversized.map(|(path, text)| {
        let message = format!("has {} bytes; {LARGEST_OWN} are the most", text.len());
        refused(path, message)
    });
    errors.collect()
}

/// Pages with too many examples.
fn wordy(own: &RuleSet) -> Vec<PageError> {
    let rules = own.rules().iter();
    let wordy = rules.filter(|rule| rule.examples().len() > MOST_EXAMPLES);
    let errors = wordy.map(|rule| {
        let n = rule.examples().len();
        let message = format!("has {n} examples; {MOST_EXAMPLES} are the most");
        refused(&path_of(rule), message)
    });
    errors.collect()
}

fn whose(rule: &Rule) -> &'static str {
    if rule.is_own() {
        "whoever runs the bot has given"
    } else {
        "comes with the program"
    }
}

/// The texts that name a number of their own; the pages that come with the program are tried on plans.
fn loose_numbers(own: &RuleSet, pages: &[(&str, &str)]) -> Vec<PageError> {
    let found = own.rules().iter().filter_map(|rule| {
        let loose = rule.loose()?;
        let path = path_of(rule);
        let (_, text) = pages.iter().find(|(known, _)| *known == path)?;
        let fault = Fault::new(loose.at, loose.problem(rule.params()));
        Some(fault.placed(&path, text))
    });
    found.collect()
}

fn path_of(rule: &Rule) -> String {
    format!("{}/{}.md", rule.category(), rule.slug())
}

fn refused(path: &str, message: String) -> PageError {
    PageError {
        path: path.to_owned(),
        line: 1,
        column: 1,
        message,
    }
}
