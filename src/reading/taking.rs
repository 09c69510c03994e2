//! Taking in what the words of a message speak for, where no pattern has read it.

use super::asked::condition;
use super::each::Telling;
use super::guess::{SURE, Weighed, span};
use super::message::Heard;
use super::mood::Mood;
use super::reader::Reader;
use super::rejoined::is_figure;
use super::segments::Heading;
use super::sentence::{Kind, Sentence};
use super::told::{is_for_someday, is_of_vendor};
use super::words::english;
use super::{Finding, Found};
use crate::plan::{Field, Segment};

/// So likely is what is taken in though its clause seems to tell of others, or others have spoken before.
const CLEAR: f64 = 0.75;
/// What has to be asked about is taken in only from this chance on.
const CERTAIN: f64 = 0.9;
/// So likely is what is taken in though its sentence makes it depend on something.
const CONDITIONAL: f64 = 0.99;

/// A name is followed within so many words by what its bearer does.
const NAMED: usize = 6;
/// What somebody does who has a price.
const PRICED: [&str; 12] = [
    "sell", "sells", "charge", "charges", "cost", "costs", "ask", "asks", "start", "starts",
    "giving", "their",
];

impl Weighed<'_> {
    /// What it is and where; all of its sentence says what is only implied.
    fn found(&self, sentence: &Sentence<'_>) -> Option<Found> {
        if let Some(candidate) = self.candidate {
            return candidate.found.clone();
        }
        Some(Found {
            field: self.field,
            value: self.value?.clone(),
            elements: 0..sentence.elements.len(),
            holder: None,
        })
    }
}

impl Telling<'_> {
    /// Takes in the likeliest values of fields of which nothing was read, and of those of which something was
    /// for another segment.
    pub(super) fn take_in(&self, mut weighed: Vec<Weighed<'_>>, heard: &mut Heard) {
        let least = if self.talk.is_new() { SURE } else { CLEAR };
        weighed.retain(|it| !self.is_of_founders(it, heard));
        weighed.retain(|it| {
            let asked = heard.questions.iter().any(|text| is_about(text, it.field));
            let least = if asked { CERTAIN } else { least };
            it.chance >= least && !is_settled(&heard.findings, it.field)
        });
        weighed.sort_by(|one, other| other.chance.total_cmp(&one.chance));
        for it in weighed {
            let one = self.heard_of(&it);
            let Some((_, first)) = one.findings.first() else {
                continue;
            };
            if is_told_apart(&heard.findings, first) {
                heard.questions.retain(|text| !is_about(text, it.field));
                heard.findings.extend(one.findings);
            }
        }
    }

    /// What stands of its clause around a value, up to the next commas.
    fn part_around(&self, it: &Weighed<'_>) -> &str {
        let (start, end) = self.spot(&[], it.place).clause;
        let (from, to) = it.place.at;
        let (before, behind) = (
            &self.clean.text[start..from],
            &self.clean.text[to..end.max(to)],
        );
        let start = before.rfind(',').map_or(start, |at| start + at);
        let end = behind.find(',').map_or(end.max(to), |at| to + at);
        &self.clean.text[start..end]
    }

    /// "Founder-led, no sales rep yet": that nobody else sells yet is no way to sell without anybody.
    fn is_of_founders(&self, it: &Weighed<'_>, heard: &Heard) -> bool {
        let (start, end) = it.place.at;
        let nobody =
            it.field.name == "sales.motion" && self.clean.text[start..end].starts_with("no ");
        nobody
            && heard
                .findings
                .iter()
                .any(|(_, it)| it.field.name == "sales.founder_led")
    }

    /// What is heard where such a value is taken in; nothing where it may not be.
    fn heard_of(&self, it: &Weighed<'_>) -> Heard {
        let sentence = &self.sentences[it.place.sentence];
        let (start, end) = span(sentence);
        let said = &self.clean.text[start..end];
        let barred = english().barring.stand_in(said)
            || (is_figure(it.field.kind) && is_for_someday(self.part_around(it)))
            || is_of_vendor(&sentence.elements)
            || self.is_of_named(sentence, it);
        let mood = mood_of(sentence, it.place.mood, it.chance);
        // "If legal signs off, the price goes to $69": nothing of it is so yet.
        let depends = it.place.mood == Some(Mood::Idle) && condition(&sentence.elements).is_some();
        let barred = barred || (depends && it.chance < CONDITIONAL);
        let mood = mood.filter(|mood| *mood == Mood::Supposed || !barred);
        mood.map_or_else(Heard::default, |mood| self.heard_in(mood, it))
    }

    /// "Portbase, their price is 500": whether a price is that of somebody whose name begins the sentence.
    fn is_of_named(&self, sentence: &Sentence<'_>, it: &Weighed<'_>) -> bool {
        let elements = &sentence.elements;
        let Some(first) = elements
            .first()
            .filter(|_| it.field.component() == "pricing")
        else {
            return false;
        };
        let typed = self.message.get(self.clean.origin(first.at.clone()));
        let named =
            first.kind == Kind::Word && typed.is_some_and(|it| it.starts_with(char::is_uppercase));
        let until = elements
            .iter()
            .take_while(|element| element.at.start < it.place.at.0);
        let mut words = until.skip(1).take(NAMED).flat_map(|it| it.text.split(' '));
        let ours = ["we", "our", "we're", "us"];
        named
            && words.clone().any(|word| PRICED.contains(&word))
            && !words.any(|word| ours.contains(&word))
    }

    /// What is heard where such a value is said in that mood.
    pub(super) fn heard_in(&self, mood: Mood, it: &Weighed<'_>) -> Heard {
        let mut heard = Heard::default();
        let sentence = &self.sentences[it.place.sentence];
        let mut heading = Heading::default();
        for at in 0..it.place.sentence {
            Reader::after(self, at, &mut heading);
        }
        let reader = Reader::after(self, it.place.sentence, &mut heading);
        let at = it.place.at.0;
        let words = || reader.framing(None).words_in(it.field, it.place.how, at);
        if let Some(found) = it.found(sentence).or_else(words) {
            reader.take_found(mood, &found, &mut heard);
        }
        heard
    }
}

/// Whether a field was read for the whole plan or for no segment in particular.
fn is_settled(findings: &[(Mood, Finding)], field: &Field) -> bool {
    let mut findings = findings.iter().map(|(_, it)| it);
    findings.any(|it| it.field == field && it.segment.as_ref().is_none_or(Segment::is_main))
}

/// Whether a finding is the first of its field, or of another segment than all others.
fn is_told_apart(findings: &[(Mood, Finding)], it: &Finding) -> bool {
    let of_field = findings.iter().map(|(_, other)| other);
    let mut of_field = of_field.filter(|other| other.field == it.field);
    let is_main = it.segment.as_ref().is_none_or(Segment::is_main);
    of_field.all(|other| !is_main && other.segment != it.segment)
}

/// Whether a question asks about a field.
fn is_about(question: &str, field: &Field) -> bool {
    question.contains(&field.label())
}

/// In which mood a value of such a chance is taken in, if it may be.
fn mood_of(sentence: &Sentence<'_>, mood: Option<Mood>, chance: f64) -> Option<Mood> {
    match mood {
        Some(Mood::Supposed) => Some(Mood::Supposed),
        Some(Mood::Asked) if chance >= CLEAR && wonders(sentence) => Some(Mood::Supposed),
        _ if sentence.is_question => None,
        Some(Mood::Asked | Mood::Denied | Mood::Past | Mood::Theirs | Mood::Headed)
            if chance < CLEAR =>
        {
            None
        }
        _ => Some(Mood::Said),
    }
}

/// Whether a question wonders what would be: "at 35 a truck a month, would they move?"
fn wonders(sentence: &Sentence<'_>) -> bool {
    let mut words = sentence.elements.iter();
    sentence.is_question && words.any(|it| it.text == "would")
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{check_tried as check, read, value};

    #[test]
    fn a_question_that_wonders_what_would_be_is_a_hypothesis() {
        check(
            "would anyone scream if we moved to $59 a month from October?",
            &[],
            &["pricing.price: $59 a month"],
        );
    }

    #[test]
    fn a_question_for_one_field_keeps_no_other_back() {
        let reading = read("our NRR for the investor update: 103. Monthly churn: 0.3");
        let shown: Vec<String> = reading.proposals.iter().map(value).collect();
        assert!(shown.contains(&"metrics.nrr: 103%".to_owned()), "{shown:?}");
    }

    #[test]
    fn a_value_is_of_the_segment_that_is_named_beside_it() {
        let reading = read("win 28% of enterprise opps, 5% of smb trials");
        let of = |segment: &str| {
            let mut found = reading.proposals.iter();
            let found = found.find(|it| {
                it.field.name == "sales.win_rate"
                    && it.segment.as_ref().is_some_and(|it| it.as_str() == segment)
            });
            found.map(value)
        };
        assert_eq!(
            of("enterprise").as_deref(),
            Some("sales.win_rate @enterprise: 28%")
        );
        assert_eq!(of("smb").as_deref(), Some("sales.win_rate @smb: 5%"));
    }

    #[test]
    fn what_depends_on_something_is_not_so_yet() {
        check("if legal signs off, price goes to $69/mo", &[], &[]);
        check(
            "when we get to 100 customers we switch to annual contracts",
            &[],
            &[],
        );
    }

    #[test]
    fn where_founders_sell_nobody_else_does() {
        check(
            "sold our first 5 deals founder-led, no sales rep yet",
            &["sales.founder_led: yes"],
            &[],
        );
    }

    #[test]
    fn one_deal_is_not_what_a_contract_is_worth() {
        check("the deal with Siemens is 80k ACV, closing in May", &[], &[]);
    }

    #[test]
    fn a_price_for_some_day_is_none() {
        check(
            "could imagine $400 a month as entry price some day, not decided",
            &[],
            &[],
        );
    }

    #[test]
    fn what_others_charge_is_no_price_of_ours() {
        check("hubspot starts at $20/mo per seat", &[], &[]);
        check(
            "Portbase, their price is 500 € per month, it is public",
            &[],
            &[],
        );
        check("salesforce costs $100 per seat per month", &[], &[]);
        check("nobody said the price is $400/mo", &[], &[]);
        check(
            "we're not raising the price to $60/mo, final answer",
            &[],
            &[],
        );
    }

    #[test]
    fn what_is_said_of_two_segments_is_no_one_set() {
        let reading = read(
            "for smb the onboarding is fully automated, for enterprise we automate only the renewal paperwork",
        );
        let mut shown = reading.proposals.iter().map(value);
        assert!(
            shown.any(|it| it == "cs.automation @smb: onboarding"),
            "{:?}",
            reading.proposals
        );
    }
}
