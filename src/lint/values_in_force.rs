//! The thresholds in force: the rule's own, or the team's where it has set one.

use std::collections::BTreeMap;

use super::expr::{Trace, Type, Unit, V};
use super::page::{Param, Rule};
use super::{RuleSet, Threshold, Thresholds};

/// A rule's parameters with the values that hold here.
pub(crate) struct InForce {
    /// By the name that expressions use: `params.max_acv`.
    pub(crate) values: BTreeMap<String, V>,
    own: BTreeMap<String, String>,
    money: bool,
    unreadable: Vec<String>,
}

impl InForce {
    /// The parameters of `rule` under the team's thresholds.
    pub(crate) fn new(rule: &Rule, thresholds: &Thresholds) -> Self {
        let mut in_force = Self {
            values: BTreeMap::new(),
            own: BTreeMap::new(),
            money: false,
            unreadable: Vec::new(),
        };
        for param in &rule.params {
            in_force.money |= is_money(param);
            let own = thresholds.get(&rule.slug, &param.name);
            let value = own.and_then(|own| in_force.read(param, own));
            let full = format!("params.{}", param.name);
            in_force
                .values
                .insert(full, value.unwrap_or_else(|| param.value.clone()));
        }
        for name in thresholds.params_of(&rule.slug) {
            if !rule.params.iter().any(|param| param.name == name) {
                let note =
                    format!("Your threshold `{name}` was not used: the rule has none of that name");
                in_force.unreadable.push(note);
            }
        }
        in_force
    }

    fn read(&mut self, param: &Param, own: &Threshold) -> Option<V> {
        match param.read(&own.value) {
            Ok(value) => {
                let note = format!(
                    "Your threshold `{}` is {} in place of {}: {}",
                    param.name,
                    param.show(&value),
                    param.default,
                    own.reason
                );
                self.own.insert(param.name.clone(), note);
                Some(value)
            }
            Err(problem) => {
                let note = format!(
                    "Your threshold `{}` was not used, the rule's own {} was: {problem}",
                    param.name, param.default
                );
                self.unreadable.push(note);
                None
            }
        }
    }

    /// Whether the team has set this parameter itself.
    pub(crate) fn is_own(&self, param: &str) -> bool {
        self.own.contains_key(param)
    }

    /// What a reader must know about the numbers that decided.
    pub(crate) fn notes(&self, trace: &Trace) -> Vec<String> {
        let used = |param: &String| trace.params.contains(&format!("params.{param}"));
        let own = self.own.iter().filter(|(param, _)| used(param));
        let mut notes: Vec<String> = own.map(|(_, note)| note.clone()).collect();
        notes.extend(self.unreadable.iter().cloned());
        let foreign = trace.currencies.iter().find(|code| *code != "USD");
        if let Some(code) = foreign.filter(|_| self.money) {
            notes.push(format!(
                "Thresholds are in US dollars; {code} counts at a rate of 1.00"
            ));
        }
        notes
    }
}

fn is_money(param: &Param) -> bool {
    matches!(
        param.type_of(),
        Type::Unit(Unit::Money | Unit::MoneyPerYear)
    )
}

impl RuleSet {
    /// Reads a team's own value of a parameter; what comes back is the value as people read it.
    pub fn read_threshold(&self, rule: &str, param: &str, words: &str) -> Result<String, String> {
        let known = self.get(rule).ok_or_else(|| format!("no rule `{rule}`"))?;
        let known = known.params.iter().find(|known| known.name == param);
        let known = known.ok_or_else(|| format!("`{rule}` has no threshold `{param}`"))?;
        known.read(words).map(|value| known.show(&value))
    }

    /// The thresholds of a rule as they are in force: name, value in words, and the team's reason
    /// where the value is its own.
    pub fn thresholds_in_force(
        &self,
        rule: &Rule,
        thresholds: &Thresholds,
    ) -> Vec<(String, String, Option<String>)> {
        let rows = rule.params.iter().map(|param| {
            let own = thresholds.get(&rule.slug, &param.name);
            let own = own.and_then(|own| Some((param.read(&own.value).ok()?, own)));
            match own {
                Some((value, own)) => (
                    param.name.clone(),
                    param.show(&value),
                    Some(own.reason.clone()),
                ),
                None => (param.name.clone(), param.default.clone(), None),
            }
        });
        rows.collect()
    }
}
