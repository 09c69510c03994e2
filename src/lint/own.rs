//! A workspace's own rules: pages in the same form, bounded, beside the built-in ones and never in
//! their place.

use jiff::civil::Date;

use super::page::{Example, PageError, Rule};
use super::{Outcome, RuleResult, RuleSet, Thresholds, check};

/// The most pages of one's own.
pub const MOST_OWN: usize = 50;

/// The longest page of one's own, in bytes.
pub const LARGEST_OWN: usize = 32 * 1024;

/// The day on which the examples of the pages that come with the program are tried.
pub const EXAMPLES_ON: Date = Date::constant(2026, 3, 4);

impl RuleSet {
    /// These rules and one's own, or what is wrong with those. One's own rules fold and soften
    /// each other only, so that what comes with the program is found as it always is.
    pub fn with_own(&self, pages: &[(&str, &str)]) -> Result<Self, Vec<PageError>> {
        if pages.len() > MOST_OWN {
            let message = format!("there are {} pages; {MOST_OWN} are the most", pages.len());
            return Err(vec![refused("", message)]);
        }
        let oversized = pages.iter().filter(|(_, text)| text.len() > LARGEST_OWN);
        let errors: Vec<_> = oversized
            .map(|(path, text)| {
                let message = format!("has {} bytes; {LARGEST_OWN} are the most", text.len());
                refused(path, message)
            })
            .collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let own = Self::load(pages)?;
        let shadows = own
            .rules()
            .iter()
            .filter(|rule| self.get(rule.slug().as_str()).is_some());
        let errors: Vec<_> = shadows
            .map(|rule| {
                let path = format!("{}/{}.md", rule.category(), rule.slug());
                let message = format!(
                    "`{}` is the name of a rule that comes with the program; choose another",
                    rule.slug()
                );
                refused(&path, message)
            })
            .collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(self.joined(own))
    }

    /// What a rule's examples promise and the rule does not keep, each with its line.
    pub fn broken_examples(&self, rule: &Rule, today: Date) -> Vec<(usize, String)> {
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
                "promised {}, found {}: {}{}",
                example.outcome.as_str(),
                found.outcome.as_str(),
                found.message,
                names(&found)
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

fn refused(path: &str, message: String) -> PageError {
    PageError {
        path: path.to_owned(),
        line: 1,
        column: 1,
        message,
    }
}
