//! What a message says in words that no pattern knows, and what of that which was read it does not say:
//! every value that could stand in it is weighed by the words around it.

use super::each::Telling;
use super::frames::{Candidate, How, Sought};
use super::hints::{Around, Features, Hints, Spot, Sums, Vocabulary};
use super::message::Heard;
use super::mood::Mood;
use super::prices;
use super::reader::Reader;
use super::segments::Heading;
use super::sentence::Sentence;
use super::{Finding, Found};
use crate::plan::{Field, Value};

/// A message of fewer words says too little by itself,
const LEAST: usize = 2;
/// in reply to others also one of fewer than these,
const LEAST_IN_REPLY: usize = 4;
/// one of more words is a document, and what it takes to weigh it grows faster than it does,
const MOST: usize = 300;
/// and fewer words than these are no sign against what was read in them.
const DOUBTED: usize = 6;

/// The least chance of a value that is taken in where nothing of its field was read.
pub(super) const SURE: f64 = 0.5;
/// What was read and is less likely than this is let go.
const UNLIKELY: f64 = 0.14;
/// What is less likely than nothing by so much is not made up for by the words next to a value.
const FAR: f64 = 6.0;
/// So is what another value of its field is so many times likelier than; a set that says more only has to be
/// likelier.
const CLEARER: f64 = 2.0;

/// Words of a message in which a value may stand, and what it may be.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) sentence: usize,
    pub(super) how: How,
    pub(super) at: (usize, usize),
    pub(super) mood: Option<Mood>,
    /// The candidates; none where a value is only implied.
    pub(super) options: Vec<Candidate>,
}

impl Place {
    fn takes(&self, it: &Candidate) -> bool {
        self.how == it.how && self.at.0 == it.at.start
    }
}

/// A value with its chance.
pub(super) struct Weighed<'a> {
    pub(super) chance: f64,
    pub(super) place: &'a Place,
    pub(super) field: &'static Field,
    /// What it is, where its words were read.
    pub(super) value: Option<&'a Value>,
    /// The words; none where it is only implied.
    pub(super) candidate: Option<&'a Candidate>,
}

impl Weighed<'_> {
    fn is(&self, it: &Finding) -> bool {
        self.value == Some(&it.value)
    }

    /// Whether it is a set that holds all of another one and more.
    fn says_more_than(&self, it: &Finding) -> bool {
        matches!((self.value, &it.value), (Some(Value::Set(more)), Value::Set(less)) if more.is_superset(less))
    }
}

impl Telling<'_> {
    /// Lets go what the words do not speak for, and takes in what they do where nothing of it was read.
    pub(super) fn weigh(&self, heard: &mut Heard) {
        let words = self.clean.text.split_whitespace().count();
        let least = if self.talk.is_new() {
            LEAST
        } else {
            LEAST_IN_REPLY
        };
        if !(least..=MOST).contains(&words) {
            return;
        }
        let around = Around::new(&self.clean.text, Vocabulary::get());
        let sums = self.of_sentences(&around);
        let places = self.likely_places((&heard.findings, &[]), &sums, FAR);
        let weighed = self.weighed((&places, |_| true), &around, &sums);
        if words >= DOUBTED && self.talk.is_new() {
            let several = !is_of_one_field(&heard.findings);
            let prices = prices::quotes(&heard.findings);
            heard
                .findings
                .retain(|(_, it)| self.holds(it, several, &weighed));
            prices::let_go_of_holders(&mut heard.findings, &prices);
        }
        if self.talk.keeps {
            heard.possible = self.possible_of(&weighed);
        }
        self.take_in(weighed, heard);
    }

    /// The places of what was read, and those of fields of which the sentences may say something.
    pub(super) fn likely_places(
        &self,
        (read, about): (&[(Mood, Finding)], &[&'static Field]),
        sums: &[Sums],
        far: f64,
    ) -> Vec<Place> {
        let likely = sums.iter().map(|it| {
            let mut likely = Hints::get().likely(it, far);
            let more = about.iter().filter(|it| !likely.contains(it));
            let more: Vec<&'static Field> = more.copied().collect();
            likely.extend(more);
            likely
        });
        let likely: Vec<Vec<&'static Field>> = likely.collect();
        self.places(read, &[], &likely)
    }

    /// Whether the words speak for what was read; of a message that says several things, those of its clause
    /// are enough.
    fn holds(&self, it: &Finding, several: bool, weighed: &[Weighed]) -> bool {
        let of_field = weighed.iter().filter(|other| other.field == it.field);
        let (same, others): (Vec<&Weighed>, Vec<&Weighed>) =
            of_field.partition(|other| other.is(it) || self.reads_as(other, it));
        let own = same.iter().map(|it| it.chance).fold(0.0, f64::max);
        let clearer = |other: &&Weighed| {
            let by = if other.says_more_than(it) {
                1.0
            } else {
                CLEARER
            };
            other.chance >= SURE && own * by < other.chance
        };
        if others.iter().any(clearer) {
            return false;
        }
        let alone = || same.iter().any(|it| self.alone(it) >= UNLIKELY);
        own >= UNLIKELY || (several && alone())
    }

    /// Whether words that nobody has read as a text or a list yet are the value that was read.
    fn reads_as(&self, other: &Weighed<'_>, it: &Finding) -> bool {
        let unread = other.value.is_none() && other.chance >= UNLIKELY;
        let mut heard = unread.then(|| self.heard_in(Mood::Said, other).findings.into_iter());
        heard
            .iter_mut()
            .flatten()
            .any(|(_, read)| read.value == it.value)
    }

    /// What the words of the message and of each sentence speak for.
    pub(super) fn of_sentences(&self, around: &Around<'_>) -> Vec<Sums> {
        let hints = Hints::get();
        let mut of_message = hints.none();
        hints.add(&mut of_message, &around.of_message(self.sentences.len()));
        let sums = self.sentences.iter().map(|sentence| {
            let mut of_sentence = of_message.clone();
            let features = around.of_sentence(span(sentence), sentence);
            hints.add(&mut of_sentence, &features);
            of_sentence
        });
        sums.collect()
    }

    /// All values that could stand in some places of the message, with their chances.
    pub(super) fn weighed<'b>(
        &self,
        (places, wanted): (&'b [Place], impl Fn(&Place) -> bool),
        around: &Around<'_>,
        of_sentences: &[Sums],
    ) -> Vec<Weighed<'b>> {
        let mut weighed = Vec::new();
        for place in places.iter().filter(|it| wanted(it)) {
            let features = around.of_spot(&self.spot(places, place));
            let sums = &of_sentences[place.sentence];
            Self::weigh_place((sums, &features), place, &mut weighed);
        }
        weighed
    }

    fn weigh_place<'b>(
        (sums, features): (&Sums, &Features),
        place: &'b Place,
        weighed: &mut Vec<Weighed<'b>>,
    ) {
        let hints = Hints::get();
        if place.how == How::Implied {
            let implied = hints.implied(sums, features).into_iter();
            weighed.extend(implied.map(|(chance, it)| Weighed {
                chance,
                place,
                field: it.field,
                value: Some(&it.value),
                candidate: None,
            }));
            return;
        }
        let fields: Vec<&'static Field> = place.options.iter().map(|it| it.field).collect();
        let chances = hints.of_fields((sums, features), &fields).into_iter();
        weighed.extend(chances.zip(&place.options).map(|(chance, it)| Weighed {
            chance,
            place,
            field: it.field,
            value: it.found.as_ref().map(|found| &found.value),
            candidate: Some(it),
        }));
    }

    /// The chance of a value where its clause were the whole message.
    fn alone(&self, it: &Weighed<'_>) -> f64 {
        let hints = Hints::get();
        let spot = self.spot(&[], it.place);
        let clause = &self.clean.text[spot.clause.0..spot.clause.1];
        let around = Around::new(clause, Vocabulary::get());
        let all = (0, clause.len());
        let within = |at: usize| at.saturating_sub(spot.clause.0).min(clause.len());
        let spot = Spot {
            at: (within(spot.at.0), within(spot.at.1)),
            clause: all,
            sentence: all,
            places: 1,
            ..spot
        };
        let mut sums = hints.none();
        hints.add(&mut sums, &around.of_message(1));
        let sentence = &self.sentences[it.place.sentence];
        hints.add(&mut sums, &around.of_sentence(all, sentence));
        let features = around.of_spot(&spot);
        let mut weighed = Vec::new();
        Self::weigh_place((&sums, &features), it.place, &mut weighed);
        let same = weighed
            .iter()
            .filter(|other| other.field == it.field && other.value == it.value);
        same.map(|it| it.chance).fold(0.0, f64::max)
    }

    /// What stands around a place.
    pub(super) fn spot<'b>(&self, places: &[Place], place: &Place) -> Spot<'b> {
        let sentence = &self.sentences[place.sentence];
        let elements = &sentence.elements;
        let clauses = sentence.clauses.iter();
        let mut spans =
            clauses.map(|it| (elements[it.start].at.start, elements[it.end - 1].at.end));
        let clause = spans.find(|(start, end)| (*start..*end).contains(&place.at.0));
        let others = places
            .iter()
            .filter(|it| it.sentence == place.sentence && it.how != How::Implied);
        Spot {
            at: place.at,
            clause: clause.unwrap_or_else(|| span(sentence)),
            sentence: span(sentence),
            how: place.how.name(),
            mood: place.mood,
            places: others.count(),
        }
    }

    /// The places of all sentences, with one for what was read and is no candidate otherwise. Texts and lists
    /// are only read for fields of which something was, and for those of which a message is known to say
    /// something; `likely` holds by sentence of which fields it may say something at all.
    pub(super) fn places(
        &self,
        read: &[(Mood, Finding)],
        said: &[&'static Field],
        likely: &[Vec<&'static Field>],
    ) -> Vec<Place> {
        let fields = read.iter().map(|(_, it)| it.field);
        let fields: Vec<&'static Field> = fields.chain(said.iter().copied()).collect();
        let mut places: Vec<Place> = Vec::new();
        let mut heading = Heading::default();
        let mut asked = false;
        for (at, sentence) in self.sentences.iter().enumerate() {
            let reader = Reader::after(self, at, &mut heading);
            let known = places.len();
            let sought = Sought {
                likely: &likely[at],
                read: &fields,
                said,
            };
            for it in reader.framing(None).candidates(asked, sought) {
                let mood = reader.mood_at(it.element);
                match places[known..].iter_mut().find(|place| place.takes(&it)) {
                    Some(place) => {
                        place.at.1 = place.at.1.max(it.at.end);
                        place.options.push(it);
                    }
                    None => places.push(Place {
                        sentence: at,
                        how: it.how,
                        at: (it.at.start, it.at.end),
                        mood,
                        options: vec![it],
                    }),
                }
            }
            for it in read.iter().map(|(_, it)| it) {
                let known = places.iter().flat_map(|it| &it.options);
                let mut known = known.filter_map(|it| it.found.as_ref());
                if self.stands_in(it, sentence)
                    && !known.any(|found| found.field == it.field && found.value == it.value)
                {
                    places.push(read_there(at, sentence, it));
                }
            }
            places.push(Place {
                sentence: at,
                how: How::Implied,
                at: span(sentence),
                mood: reader.mood_at(0),
                options: Vec::new(),
            });
            asked = sentence.is_question;
        }
        places
    }

    /// Whether the words of a value are words of that sentence.
    pub(super) fn stands_in(&self, it: &Finding, sentence: &Sentence<'_>) -> bool {
        let (start, end) = span(sentence);
        let typed = self.message.get(self.clean.origin(start..end));
        typed.is_some_and(|typed| typed.contains(&it.quote))
    }
}

/// The place of what a pattern or a cue has read.
fn read_there(at: usize, sentence: &Sentence<'_>, it: &Finding) -> Place {
    let (start, end) = span(sentence);
    Place {
        sentence: at,
        how: How::Read,
        at: (start, end),
        mood: None,
        options: vec![Candidate {
            how: How::Read,
            field: it.field,
            at: start..end,
            element: 0,
            found: Some(Found {
                field: it.field,
                value: it.value.clone(),
                elements: 0..sentence.elements.len(),
                holder: None,
            }),
        }],
    }
}

/// Whether all that was read is of one field.
fn is_of_one_field(findings: &[(Mood, Finding)]) -> bool {
    let mut fields = findings.iter().map(|(_, it)| it.field);
    let first = fields.next();
    fields.all(|it| Some(it) == first)
}

/// Where the words of a sentence stand.
pub(super) fn span(sentence: &Sentence<'_>) -> (usize, usize) {
    let (first, last) = (sentence.elements.first(), sentence.elements.last());
    (
        first.map_or(0, |it| it.at.start),
        last.map_or(0, |it| it.at.end),
    )
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{read, value};

    fn check(message: &str, expected: &[&str]) {
        let reading = read(message);
        let shown = reading
            .proposals
            .iter()
            .map(|it| format!("{} <- {}", value(it), it.quote));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{message}");
    }

    #[test]
    fn words_that_speak_for_a_field_name_it_where_no_pattern_does() {
        check(
            "our success people mind 40 clinics each",
            &["cs.accounts_per_csm: 40 <- our success people mind 40 clinics each"],
        );
    }

    #[test]
    fn each_sentence_speaks_for_itself() {
        check(
            "Food was weird, the sauna was great. We talked hiring (later), the office (never). \
             What we did settle: win rate in the plan is 22 %. Photos follow",
            &["sales.win_rate: 22% <- win rate in the plan is 22 %"],
        );
    }

    #[test]
    fn words_that_speak_for_nothing_say_nothing() {
        check("my bike has 21 gears and a new chain", &[]);
        check("the gym lost 3% of its members", &[]);
        check("we pay $49 a month for Notion", &[]);
        check("Pricing. 49 a seat.", &[]);
    }
}
