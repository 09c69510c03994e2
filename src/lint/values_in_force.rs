//! The thresholds in force: the rule's own, or the team's where it has set one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::expr::{Ratio, Trace, V};
use super::page::{Param, Rule};
use super::{RuleSet, SetFor, Threshold, Thresholds};
use crate::plan::Currency;

/// A rule's parameters with the values that hold here.
pub(crate) struct InForce<'a> {
    /// By the parameter's place.
    pub(crate) values: Cow<'a, [V]>,
    /// By the parameter's place: what a reader must know of the team's own.
    own: BTreeMap<usize, String>,
    money: bool,
    unreadable: Vec<String>,
}

impl<'a> InForce<'a> {
    /// The parameters of `rule` under the team's thresholds.
    pub(crate) fn new(rule: &'a Rule, thresholds: &Thresholds) -> Self {
        let mut in_force = Self {
            values: Cow::Borrowed(&rule.defaults),
            own: BTreeMap::new(),
            money: rule.known.asks_money,
            unreadable: Vec::new(),
        };
        if thresholds.is_empty() {
            return in_force;
        }
        for (place, param) in rule.params.iter().enumerate() {
            let own = thresholds.get(&rule.slug, &param.name);
            if let Some(value) = own.and_then(|own| in_force.read(place, param, own)) {
                in_force.values.to_mut()[place] = value;
            }
        }
        for (name, own) in thresholds.of(&rule.slug) {
            if !rule.params.iter().any(|param| param.name == name) {
                let whose = whose(own.set_for);
                in_force.unreadable.push(format!(
                    "{whose} threshold `{name}` was not used: the rule has none of that name"
                ));
            }
        }
        in_force
    }

    fn read(&mut self, place: usize, param: &Param, own: &Threshold) -> Option<V> {
        match param.read(&own.value) {
            Ok(value) => {
                let note = format!(
                    "{} threshold `{}` is {} in place of {}: {}",
                    whose(own.set_for),
                    param.name,
                    param.show(&value),
                    param.default,
                    own.reason
                );
                self.own.insert(place, note);
                Some(value)
            }
            Err(problem) => {
                let note = format!(
                    "{} threshold `{}` was not used, the rule's own {} was: {problem}",
                    whose(own.set_for),
                    param.name,
                    param.default
                );
                self.unreadable.push(note);
                None
            }
        }
    }

    /// Whether the team has set this parameter itself.
    pub(crate) fn is_own(&self, place: usize) -> bool {
        self.own.contains_key(&place)
    }

    /// What a reader must know about the numbers that decided.
    pub(crate) fn notes(&self, trace: &Trace) -> Vec<String> {
        if self.own.is_empty() && self.unreadable.is_empty() && trace.foreign.is_none() {
            return Vec::new();
        }
        let own = self.own.iter().filter(|(place, _)| trace.used(**place));
        let mut notes: Vec<String> = own.map(|(_, note)| note.clone()).collect();
        notes.extend(self.unreadable.iter().cloned());
        if let Some(currency) = trace.foreign.filter(|_| self.money) {
            notes.push(rate_note(currency));
        }
        notes
    }
}

/// What a reader must know where thresholds meet another currency than the dollar.
pub fn rate_note(currency: Currency) -> String {
    let code = String::from(currency);
    format!("Thresholds are in US dollars; {code} counts at a rate of 1.00")
}

fn whose(set_for: SetFor) -> &'static str {
    match set_for {
        SetFor::Plan => "Your",
        SetFor::Workspace => "Your workspace's",
    }
}

impl RuleSet {
    /// Reads a team's own value of a parameter; what comes back is the value as people read it.
    pub fn read_threshold(&self, rule: &str, param: &str, words: &str) -> Result<String, String> {
        let known = self.get(rule).ok_or_else(|| format!("no rule `{rule}`"))?;
        let known = known.params.iter().find(|known| known.name == param);
        let known = known.ok_or_else(|| format!("`{rule}` has no threshold `{param}`"))?;
        known.read(words).map(|value| known.show(&value))
    }

    /// A value of that threshold as the rule's own is written; as it was typed where the rule cannot
    /// read it.
    pub fn shown_threshold(&self, rule: &str, param: &str, words: &str) -> String {
        let read = self.read_threshold(rule, param, words);
        read.unwrap_or_else(|_| words.to_owned())
    }

    /// A threshold as it is in force, and how people read it; `None` where it is no number.
    pub(crate) fn amount_in_force(
        &self,
        rule: &str,
        param: &str,
        thresholds: &Thresholds,
    ) -> Option<(Ratio, String)> {
        let rule = self.get(rule)?;
        let place = rule.params.iter().position(|known| known.name == param)?;
        let in_force = InForce::new(rule, thresholds);
        match in_force.values.get(place)? {
            V::Quantity(quantity) => {
                let words = rule.params[place].show(&V::Quantity(*quantity));
                Some((quantity.amount, words))
            }
            _ => None,
        }
    }

    /// The thresholds of a rule as they are in force: name, value in words, and what the team has
    /// set where the value is its own.
    pub fn thresholds_in_force<'t>(
        &self,
        rule: &Rule,
        thresholds: &'t Thresholds,
    ) -> Vec<(String, String, Option<&'t Threshold>)> {
        let rows = rule.params.iter().map(|param| {
            let own = thresholds.get(&rule.slug, &param.name);
            let own = own.and_then(|own| Some((param.read(&own.value).ok()?, own)));
            match own {
                Some((value, own)) => (param.name.clone(), param.show(&value), Some(own)),
                None => (param.name.clone(), param.default.clone(), None),
            }
        });
        rows.collect()
    }
}
