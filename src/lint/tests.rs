//! The rules as they ship.

use super::*;

fn rules() -> RuleSet {
    RuleSet::built_in().unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"))
    })
}

#[test]
fn every_page_loads() {
    assert!(rules().rules().len() >= 27);
}
