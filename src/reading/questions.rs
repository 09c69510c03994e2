//! What a message of a thread asks, and what the next one says in reply.

use super::assumed::guesses;
use super::claims::{Claim, State};
use super::clean::Clean;
use super::frames::Asked;
use super::mood::Mood;
use super::replies::{self, Question};
use super::sentence::Sentence;
use super::thread::{Said, Thread};
use super::{Context, Finding};
use crate::text;

/// A reply of at most so many words says no more than what was asked for.
const FEW: usize = 6;

impl Thread {
    /// Takes in what the message says in reply to the question before it; says whether it does.
    pub(super) fn take_reply(
        &mut self,
        message: &Said,
        context: &Context<'_>,
        findings: &mut Vec<(Mood, Finding)>,
    ) -> bool {
        let question = self.question.take();
        let Some((question, _)) = question.filter(|(_, by)| *by != message.speaker) else {
            return false;
        };
        let replies = question.replied(&message.text, context);
        // A few words that reply say nothing else.
        let few = message.text.split_whitespace().count() <= FEW;
        let within = |it: &Finding| {
            let mut replies = replies.iter();
            few && replies
                .any(|reply| reply.field.name != it.field.name && reply.quote.contains(&it.quote))
        };
        findings.retain(|(_, it)| !within(it));
        let answers = !replies.is_empty();
        // "CAC?" "Maybe 700, not measured".
        let folded = text::fold(&message.text);
        let guessed = guesses(&folded);
        let mood = if guessed { Mood::Supposed } else { Mood::Said };
        for reply in replies {
            let known = findings
                .iter_mut()
                .find(|(mood, it)| *mood == Mood::Said && it.field.name == reply.field.name);
            match known {
                Some((_, known)) => {
                    let named = known.segment.as_ref().is_some_and(|it| !it.is_main());
                    if !named {
                        known.segment = reply.segment;
                    }
                }
                None => findings.push((mood, reply)),
            }
        }
        answers
    }

    /// Remembers what the message asks, and what a yes to it says.
    pub(super) fn ask(
        &mut self,
        line: usize,
        (message, clean, sentences): (&Said, &Clean, &[Sentence<'_>]),
        context: &Context<'_>,
        open: Option<&Asked>,
    ) {
        let last = self.claims.last();
        if last.is_some_and(|it| it.finding.line == line && it.mood != Mood::Said) {
            return;
        }
        let about = (open, self.talk.segment.clone(), self.talk.topic);
        let Some(question) = Question::of(&message.text, (clean, sentences), context, about) else {
            return;
        };
        // Of a question to which yes is the value, that alone is asked.
        let is_yes_no = |it: &Finding| replies::is_yes_no(it.field);
        if !question.assented.iter().any(is_yes_no) {
            for it in &question.assented {
                self.claims.push(Claim {
                    finding: Finding {
                        line,
                        speaker: Some(message.speaker.clone()),
                        ..it.clone()
                    },
                    mood: Mood::Asked,
                    state: State::Open,
                    proposed: false,
                    guessed: false,
                });
            }
        }
        self.question = Some((question, message.speaker.clone()));
    }
}
