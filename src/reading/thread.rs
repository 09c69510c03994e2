//! A thread: who said what in which order, what was agreed, taken back, and left open.

use super::agenda::{self, Point};
use super::assumed::{guesses, owns_guess};
use super::claims::{Claim, State, Weight, disputed, distinct};
use super::clean::Clean;
use super::elsewhere;
use super::frames::Asked;
use super::hedged::says_yes;
use super::message::{self, Heard, Parsed};
use super::minutes::{self, Told};
use super::mood::{self, Mood};
use super::options::Options;
use super::parley;
use super::phrases::has;
use super::possible::Possible;
use super::replies::Question;
use super::sentence::{self, Sentence};
use super::stance::{Stance, denies_only, is_decision, is_put_right, stance, takes_amount};
use super::talk::{self, Talk};
use super::token;
use super::withdrawn;
use super::{Context, Finding, Reading};
use crate::plan::{Kind, Plan, Segment};
use crate::text;

/// One message of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who said it.
    pub speaker: String,
    /// The words.
    pub text: String,
}

/// What a trial came to is told within so many messages.
const TRIED: usize = 3;

/// A message of at most so many words leaves the talk where it was: "are you sure?".
pub(super) const ASIDE: usize = 8;

/// Reads a thread, oldest message first.
pub fn read_thread(messages: &[Said], context: &Context<'_>) -> Reading {
    minutes::write(messages, by_rules(messages, context), context)
}

/// What the rules make of a thread.
pub(super) struct Ruled {
    pub(super) reading: Reading,
    /// Everything that each message could say by itself.
    pub(super) possible: Vec<Vec<Possible>>,
    /// What is told of each by its words.
    pub(super) told: Vec<Told>,
}

/// Reads a thread by rules alone.
pub(super) fn by_rules(messages: &[Said], context: &Context<'_>) -> Ruled {
    let mut thread = Thread::default();
    thread.talk.keeps = true;
    for line in 1..=messages.len() {
        thread.hear(&messages[..line], context);
    }
    let possible = std::mem::take(&mut thread.possible);
    let told = std::mem::take(&mut thread.told);
    Ruled {
        reading: thread.finish(),
        possible,
        told,
    }
}

#[derive(Default)]
pub(super) struct Thread {
    pub(super) claims: Vec<Claim>,
    questions: Vec<(usize, String)>,
    /// The options that messages name.
    pub(super) offers: Vec<Options>,
    /// The points of a list that was asked for.
    points: Vec<Point>,
    /// Who spoke.
    speakers: Vec<String>,
    /// What was said up to this message was put off.
    pub(super) closed: usize,
    /// What the last message spoke of.
    pub(super) talk: Talk,
    /// Whether the last message was a question of which nothing was read.
    pub(super) asked: bool,
    /// What was doubted last, its line and who said it: "sure?"
    pub(super) doubted: Option<(usize, String)>,
    /// What each message could say.
    possible: Vec<Vec<Possible>>,
    /// What is told of each.
    told: Vec<Told>,
    /// The question of the last message, and who asked it.
    pub(super) question: Option<(Question, String)>,
}

impl Thread {
    /// Hears the last of some messages.
    fn hear(&mut self, messages: &[Said], context: &Context<'_>) {
        let Some((message, before)) = messages.split_last() else {
            return;
        };
        let line = messages.len();
        let folded = text::fold(&message.text);
        let clean = Clean::new(&message.text);
        let tokens = token::split(&clean.text);
        let sentences = sentence::sentences(&clean.text, &tokens);
        let moods = mood::of_sentences(&clean.text, &sentences);
        let parsed = Parsed {
            clean: &clean,
            sentences: &sentences,
            moods: &moods,
        };
        let elsewhere = elsewhere::is_of_others(message, &folded, before);
        let heard = if elsewhere {
            Heard::default()
        } else {
            self.heard(message, parsed, context)
        };
        let Heard {
            mut findings,
            questions,
            open,
            possible,
            ..
        } = heard;
        self.let_go_of_denied(&sentences, &moods);
        self.possible.push(possible);
        let stance = stance(&message.text, &folded);
        let told = Told::of((&folded, stance), (&tokens, &sentences), context);
        self.told.push(told);
        if self.is_outcome(line, &folded) {
            findings.retain(|(mood, _)| *mood != Mood::Said);
        }
        let settled = !elsewhere && self.take_in(line, (message, parsed), context, &mut findings);
        let says = findings.iter().any(|(mood, _)| *mood == Mood::Said);
        if self.settles_amount(line, &folded) {
            findings.clear();
        }
        if !settled {
            self.respond((line, message, &folded), stance, &findings);
        }
        self.claim(line, message, stance, findings);
        if says || stance != Stance::Agrees {
            self.questions
                .extend(questions.into_iter().map(|question| (line, question)));
        }
        self.speaks_of(line, (message, &sentences), context.plan);
        self.ask(line, (message, &clean, &sentences), context, open.as_ref());
        // What is answered in words of its own is not told from what goes on to another matter.
        let worded = |asked: &Asked| matches!(asked.field.kind, Kind::Text | Kind::List);
        self.talk.open = open.filter(|asked| !worded(asked));
        self.go_on(message, context);
        if !self.speakers.contains(&message.speaker) {
            self.speakers.push(message.speaker.clone());
        }
    }

    /// Takes in what a message says of those before it, and takes back what it does; says whether that is all
    /// that it does with them.
    fn take_in(
        &mut self,
        line: usize,
        (message, parsed): (&Said, Parsed<'_>),
        context: &Context<'_>,
        findings: &mut Vec<(Mood, Finding)>,
    ) -> bool {
        let sentences = parsed.sentences;
        self.suppose(line, (message, sentences), context, findings);
        if !self.take_reply(message, context, findings) {
            self.take_rejoinder(line, (message, parsed), context, findings);
        }
        self.take_settled(line, message, context, findings);
        let takes = self.take_option(line, message, context, findings);
        if !takes {
            self.offer(line, message, context, findings);
        }
        let named = talk::taken_back(sentences);
        let named = named.is_some_and(|field| self.take_back(field));
        let gone = withdrawn::take_retracted(&text::fold(&message.text), findings);
        for it in &gone {
            // "Forget the 3 reps": what is taken back is said once more.
            self.take_back_value(it);
        }
        takes || named || !gone.is_empty()
    }

    /// Remembers what a message says.
    fn claim(
        &mut self,
        line: usize,
        message: &Said,
        stance: Stance,
        findings: Vec<(Mood, Finding)>,
    ) {
        let folded = text::fold(&message.text);
        let decides = stance == Stance::Agrees || is_decision(&folded);
        let weight = Weight::of(decides, &folded);
        let proposed = parley::proposes(&folded) && !decides;
        let guessed = guesses(&folded);
        if findings.is_empty() && owns_guess(&folded) {
            self.confess(line, &message.speaker);
        }
        for (mood, mut finding) in findings {
            finding.line = line;
            finding.speaker = Some(message.speaker.clone());
            if mood == Mood::Said {
                self.settle(&mut finding, &message.speaker, weight);
                if finding.field.name == "marketing.stopped" {
                    self.stop_channels(&finding);
                }
            }
            self.claims.push(Claim {
                finding,
                mood,
                state: State::Open,
                proposed,
                guessed,
            });
        }
    }

    /// What a message says, to the points of a list or by itself.
    fn heard(&self, message: &Said, parsed: Parsed<'_>, context: &Context<'_>) -> Heard {
        let answers = agenda::answered(&message.text, &self.points);
        if answers.is_empty() {
            return message::hear_parsed(&message.text, parsed, context, &self.talk);
        }
        let mut all = Heard::default();
        for (field, words) in answers {
            let talk = Talk::asking(field);
            let heard = message::hear(words, context, &talk);
            if heard.findings.is_empty() {
                let answer = agenda::worded(words, field, context);
                all.findings.extend(answer.map(|it| (Mood::Said, it)));
            }
            all.findings.extend(heard.findings);
            all.questions.extend(heard.questions);
        }
        all
    }

    /// Remembers the points that a message lists, and the one that it goes on to.
    fn go_on(&mut self, message: &Said, context: &Context<'_>) {
        if let Some(field) = agenda::opened(&message.text, &self.points) {
            self.talk = Talk::asking(field);
        }
        let answers = agenda::answered(&message.text, &self.points);
        let points = if answers.is_empty() {
            agenda::points(&message.text, context)
        } else {
            Vec::new()
        };
        if !points.is_empty() {
            self.points = points;
        }
    }

    /// Whether a message tells what became of a trial: "what if …", "ran it: lose 4% of accounts".
    fn is_outcome(&self, line: usize, folded: &str) -> bool {
        let tried = self
            .claims
            .iter()
            .rev()
            .find(|it| it.stands() || it.mood == Mood::Supposed);
        let near =
            tried.is_some_and(|it| it.mood == Mood::Supposed && line - it.finding.line <= TRIED);
        near && parley::computes(folded)
    }

    /// What the message does with those before it: takes them back, agrees with them, puts them off.
    fn respond(
        &mut self,
        (line, message, folded): (usize, &Said, &str),
        stance: Stance,
        findings: &[(Mood, Finding)],
    ) {
        let says = findings.iter().any(|(mood, _)| *mood == Mood::Said);
        let own = self
            .claims
            .last()
            .is_some_and(|it| it.is_by(&message.speaker));
        let speakers = self.speakers.iter().map(String::as_str);
        let speakers = speakers.filter(|it| *it != message.speaker);
        let chosen = if says {
            None
        } else {
            parley::chosen(folded, speakers)
        };
        let chosen = chosen.and_then(|it| self.line_of(&it, &message.speaker));
        if !says && self.keep(folded) {
            return;
        }
        // "Right. Tiers are 29, 79 and 199": yes to the question, and more.
        if says && says_yes(folded) == Some(true) {
            self.agree_on_question(line);
        }
        self.confirm(message, stance, folded);
        let chosen = chosen.or_else(|| self.conceded(folded, &message.speaker).filter(|_| !says));
        let settles = withdrawn::retracts(folded).is_none()
            && (stance == Stance::Agrees
                || is_decision(folded)
                || is_put_right(folded)
                || takes_amount(folded));
        let denies = has(folded, "not") || has(folded, "don't");
        if !says && settles && !denies && self.agree_on_amount(line, message, folded) {
            // "Ok 52k then, mine was stale".
        } else if let Some(chosen) = chosen {
            self.agree_with(chosen);
        } else if !says && self.withdraw(line, &message.speaker, folded) {
            // What was said, or tried, is off the table.
        } else if stance == Stance::Refuses && !says && self.asked && (!own || denies_only(folded))
        {
            // What was refused is the question, of which nothing was read.
        } else if stance == Stance::Refuses {
            self.refuse(line, (&message.speaker, folded), says, findings);
        } else if parley::parks(folded) {
            self.park(line, findings);
        } else if parley::objects(folded) {
            self.object(line, &message.speaker);
        } else if !says && stance == Stance::Agrees {
            self.agree(line, &message.speaker, folded);
        }
    }

    /// Remembers what the message spoke of.
    fn speaks_of(
        &mut self,
        line: usize,
        (message, sentences): (&Said, &[Sentence<'_>]),
        plan: Option<&Plan>,
    ) {
        let last = self.claims.last().filter(|it| it.finding.line == line);
        let named = || talk::topic(&message.text, sentences).is_some();
        let labels = || (talk::is_label(&message.text) || talk::wants(&message.text)) && named();
        self.asked = last.is_none() && (message.text.trim_end().ends_with('?') || labels());
        self.talk.topic = last
            .map(|claim| claim.finding.field)
            .or_else(|| talk::topic(&message.text, sentences))
            .or(self
                .talk
                .topic
                .filter(|_| message.text.split_whitespace().count() <= ASIDE))
            .filter(|_| !elsewhere::asks_of_other_things(sentences));
        let spoken = self.claims.last().and_then(|it| it.finding.segment.clone());
        self.talk.spoken = spoken.filter(|it| !it.is_main());
        let near = self
            .claims
            .last()
            .is_some_and(|it| line - it.finding.line <= 2);
        let goes_on = near && talk::goes_on(&message.text, sentences);
        self.talk.segment = talk::segment_asked(sentences, plan)
            .or_else(|| self.talk.spoken.clone().filter(|_| goes_on));
    }

    fn finish(self) -> Reading {
        let mut reading = Reading::default();
        let mut done: Vec<(&'static str, Option<Segment>)> = Vec::new();
        for claim in &self.claims {
            let (field, segment) = (claim.finding.field, claim.finding.segment.clone());
            if done.contains(&(field.name, segment.clone())) {
                continue;
            }
            done.push((field.name, segment.clone()));
            let of = |it: &&Claim| it.is_of(field, segment.as_ref());
            let standing: Vec<&Claim> = self
                .claims
                .iter()
                .filter(of)
                .filter(|it| it.stands())
                .collect();
            match distinct(&standing) {
                0 => reading.questions.extend(
                    self.claims
                        .iter()
                        .filter(of)
                        .filter(|it| it.state == State::Disputed)
                        .map(disputed),
                ),
                1 => reading
                    .proposals
                    .extend(standing.last().map(|it| it.finding.clone())),
                _ => reading.disagree(field, segment.clone(), &standing),
            }
            let supposed = self.claims.iter().filter(of).rfind(|it| {
                it.mood == Mood::Supposed && matches!(it.state, State::Open | State::Refused)
            });
            reading
                .hypotheses
                .extend(supposed.map(|it| it.finding.clone()));
        }
        reading.proposals.sort_by_key(|finding| finding.line);
        let open = self.questions.into_iter().map(|(_, question)| question);
        reading.questions.extend(open);
        reading.let_go_of_settled();
        reading
    }
}
