//! What people read of waivers, the baseline, thresholds, a movement since the last check, and a
//! value that somebody else was quicker to change.

use std::fmt::Write;

use super::super::testing::{Talk, click, command, text};
use crate::advisor::Turn;
use crate::ident::Person;

/// What is typed, with what is answered.
struct Transcript {
    talk: Talk,
    told: String,
}

impl Transcript {
    fn after(commands: &[&str]) -> Self {
        Self {
            talk: Talk::after(commands).under_the_built_in_rules(),
            told: String::new(),
        }
    }

    fn say(&mut self, words: &str) -> &mut Self {
        let turn = self.talk.turn(command(words));
        self.keep(words, &text(&turn))
    }

    fn press(&mut self, words: &str) -> Turn {
        let turn = self.talk.turn(click(words));
        self.keep(&format!("[{words}]"), &text(&turn));
        turn
    }

    /// Only the lines of the answer that have one of these words.
    fn lines(&mut self, words: &str, with: &[&str]) -> &mut Self {
        let told = self.talk.says(words);
        let lines = told
            .lines()
            .filter(|line| with.iter().any(|it| line.contains(it)));
        let lines: Vec<_> = lines.collect();
        self.keep(words, &lines.join("\n"))
    }

    fn keep(&mut self, words: &str, told: &str) -> &mut Self {
        let _ = write!(self.told, "> {words}\n{told}\n\n");
        self
    }

    fn on(&mut self, day: &str) -> &mut Self {
        let _ = write!(self.told, "({day})\n\n");
        self.talk.now = format!("{day}T10:00:00Z").parse().expect("an instant");
        self
    }
}

const FOUND: [&str; 5] = [
    "set price $49/mo",
    "set motion field",
    "set stage inception",
    "set icp.industry accounting firms",
    "set sales.cycle 45 days",
];

#[test]
fn waivers() {
    let mut it = Transcript::after(&FOUND);
    it.say("waive low-price-enterprise-motion")
        .say("waive low-price-enterprise-moton we test it until 2026-05-01")
        .say("waive low-price-enterprise-motion we test it until 2026-01-01")
        .say("waive low-price-enterprise-motion we test it with three customers until 2026-05-01")
        .say("waive low-price-enterprise-motion we test it with three customers until 2026-05-01")
        .say("waive rule-of-40 not our metric")
        .lines("check", &["aiv"]);
    it.on("2026-05-02").lines("check", &["aiv", "$588"]);
    it.on("2026-03-03")
        .say("waive field-cycle-short our buyers are quick")
        .say("set sales.cycle 95 days")
        .lines("check", &["aiv"])
        .say("unwaive field-cycle-short")
        .say("unwaive field-cycle-short");
    insta::assert_snapshot!(it.told);
}

#[test]
fn a_baseline() {
    let mut it = Transcript::after(&FOUND);
    it.say("baseline off")
        .say("baseline")
        .say("baseline")
        .say("check")
        .say("set deals 20")
        .say("set sales.reps_planned 4")
        .lines("check", &["aseline", "hire"])
        .say("baseline off");
    insta::assert_snapshot!(it.told);
}

#[test]
fn thresholds() {
    let mut it = Transcript::after(&FOUND);
    it.say("threshold field-cycle-short.min_cycle 40 days")
        .say("threshold field-cycle-short.min_cycle soon because we are quick")
        .say("threshold field-cycle-short.min_cycle 9000 days because we are slow")
        .say("threshold field-cycle-short.min 40 days because we are quick")
        .say("threshold field-cycle-shrt.min_cycle 40 days because we are quick")
        .say("threshold field-cycle-short.min_cycle 40 days because our last twenty deals took 38")
        .say("threshold field-cycle-short.min_cycle 40 days because our last twenty deals took 38")
        .lines("check", &["threshold", "Threshold", "own"])
        .lines(
            "explain field-cycle-short",
            &["min_cycle", "40 days", "90 days"],
        )
        .say("threshold field-cycle-short.min_cycle default")
        .say("threshold field-cycle-short.min_cycle default");
    insta::assert_snapshot!(it.told);
}

#[test]
fn a_movement_names_its_cause() {
    let mut it = Transcript::after(&FOUND);
    let moved = ["Since the check"];
    it.talk.says("check");
    it.talk.says("set sales.cycle 95 days");
    it.lines("check", &moved);
    it.talk.says("set sales.cycle 45 days");
    it.lines("check", &moved);
    it.talk
        .says("threshold field-cycle-short.min_cycle 40 days because ours are quick");
    it.lines("check", &moved);
    it.talk
        .says("threshold field-cycle-short.min_cycle default");
    it.talk.says("set price $99/mo");
    it.lines("check", &moved);
    insta::assert_snapshot!(it.told);
}

#[test]
fn who_was_not_quick_enough_sees_both_values() {
    let mut it = Transcript::after(&["set price $49/mo"]);
    it.talk.person = Person::new("U2");
    it.say("set price $59/mo");
    it.talk.person = Person::new("U1");
    it.press("undo 1");
    it.say("import [segment.main]\npricing.price = \"$79/mo\"");
    it.say("set price $69/mo");
    it.press("accept 000000000001.0");
    insta::assert_snapshot!(it.told);
}
