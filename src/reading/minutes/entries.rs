//! Everything that the messages of a thread could say, each by itself and in reply to those before it.

use super::super::clean::Clean;
use super::super::each::Telling;
use super::super::mood::{self, Mood};
use super::super::possible::Possible;
use super::super::talk::Talk;
use super::super::{Context, Finding, Reading, sentence, token};
use super::lines::{Line, Lines};
use super::topics::{About, Topics};
use super::{added, brief};
use crate::plan::Field;

/// A reply to a question has at most so many words, one to something else so many.
pub(super) const REPLY: usize = 12;
const REMARK: usize = 6;
/// Of what leads to it so many count.
const LEAD: usize = 30;
/// A message that says something so clearly says it by itself.
const CLEAR: f64 = 0.8;

/// How an entry came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The message says it by itself.
    Own,
    /// It does in reply to the message before it.
    Reply,
    /// It is a short answer, to what was spoken of.
    Brief,
    /// It is a figure in the unit of one before it.
    Again,
    /// It adds to a list or a set before it.
    More,
    /// The rules found it.
    Rule,
}

impl How {
    pub(super) fn is_rule(self) -> bool {
        self == Self::Rule
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Reply => "reply",
            Self::Brief => "brief",
            Self::Again => "again",
            Self::More => "more",
            Self::Rule => "rule",
        }
    }
}

/// A value that a message could say.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) how: How,
    pub(super) chance: f64,
    pub(super) mood: Mood,
    pub(super) finding: Finding,
}

/// All entries of a thread, in the order of its messages.
#[derive(Debug, Default, Clone)]
pub(super) struct Heap {
    entries: Vec<Entry>,
    /// Of what each message speaks.
    topics: Vec<Vec<About>>,
}

impl Heap {
    /// Everything that the messages could say.
    pub(super) fn of(
        lines: &Lines<'_>,
        possible: Vec<Vec<Possible>>,
        topics: &Topics,
        context: &Context<'_>,
    ) -> Self {
        let mut heap = Self::default();
        for (at, own) in possible.into_iter().enumerate() {
            let about = topics.of(lines, at);
            heap.hear((lines, at), own, &about, context);
            heap.topics.push(about);
        }
        heap
    }

    /// How likely a message speaks of a field.
    pub(super) fn speaks_of(&self, at: usize, field: &Field) -> f64 {
        let topics = self.topics.get(at).into_iter().flatten();
        let of_field = topics.filter(|(_, it)| *it == field);
        of_field.map(|(chance, _)| *chance).fold(0.0, f64::max)
    }

    /// Takes out the entries, with those of the rules.
    pub(super) fn with(&mut self, reading: &Reading) -> Vec<Entry> {
        let of_rules = reading.proposals.iter().map(|it| Entry {
            how: How::Rule,
            chance: 1.0,
            mood: Mood::Said,
            finding: it.clone(),
        });
        let entries = std::mem::take(&mut self.entries);
        entries.into_iter().chain(of_rules).collect()
    }

    fn hear(
        &mut self,
        (lines, at): (&Lines<'_>, usize),
        own: Vec<Possible>,
        about: &[About],
        context: &Context<'_>,
    ) {
        let Some(line) = lines.get(at) else { return };
        if mood::is_sarcastic(&line.said.text, &line.said.text) {
            return;
        }
        let fields: Vec<&'static Field> = about.iter().map(|(_, it)| *it).collect();
        let known = self.entries.len();
        let clear = own.iter().any(|it| it.chance >= CLEAR);
        self.take(How::Own, (at, line), own);
        if !clear {
            self.reply((lines, at), (line, &fields), context);
        }
        self.brief((lines, at), (line, about), context);
        let more = added::more(&self.entries[..known], &self.entries[known..]);
        self.entries.extend(more);
        let said = (at + 1, line.said);
        let again = added::again(said, &self.entries[..known], context);
        self.entries.extend(again);
    }

    /// What a short message says in reply to the one before it.
    fn reply(
        &mut self,
        (lines, at): (&Lines<'_>, usize),
        (line, fields): (&Line<'_>, &[&'static Field]),
        context: &Context<'_>,
    ) {
        let Some(before) = at.checked_sub(1).and_then(|it| lines.get(it)) else {
            return;
        };
        let most = if before.asks() { REPLY } else { REMARK };
        if line.said.text.split_whitespace().count() <= most {
            let leading = lead(&before.said.text);
            let reply = possible(&leading, &line.said.text, fields, context);
            self.take(How::Reply, (at, line), reply);
        }
    }

    fn brief(
        &mut self,
        (lines, at): (&Lines<'_>, usize),
        (line, about): (&Line<'_>, &[About]),
        context: &Context<'_>,
    ) {
        let before = at.checked_sub(1).and_then(|it| lines.get(it));
        let asked = before.and_then(|it| it.segment.as_ref());
        let segment = line.segment.as_ref().or(asked);
        let answers = brief::answers(line.said, (about, segment), context).into_iter();
        let brief = answers.map(|(chance, finding)| Possible {
            chance,
            mood: Mood::Said,
            finding,
        });
        self.take(How::Brief, (at, line), brief.collect());
    }

    fn take(&mut self, how: How, (at, line): (usize, &Line<'_>), possible: Vec<Possible>) {
        for it in possible {
            let mut finding = it.finding;
            finding.line = at + 1;
            finding.speaker = Some(line.said.speaker.clone());
            if !line.said.text.contains(&finding.quote) {
                line.said.text.trim().clone_into(&mut finding.quote);
            }
            self.entries.push(Entry {
                how,
                chance: it.chance,
                mood: it.mood,
                finding,
            });
        }
    }
}

/// The last sentence of a message as what leads to the reply: "deal count for the year".
fn lead(message: &str) -> String {
    let words = message.trim().trim_end_matches(['?', '.', '!', ' ', ':']);
    let start = words.rfind(['?', '!', '\n']).map_or(0, |it| it + 1);
    let start = words.rfind(". ").map_or(start, |it| start.max(it + 2));
    let last: Vec<&str> = words[start..].split_whitespace().collect();
    last[last.len().saturating_sub(LEAD)..].join(" ")
}

/// What a message could say behind what leads to it.
fn possible(
    leading: &str,
    reply: &str,
    about: &[&'static Field],
    context: &Context<'_>,
) -> Vec<Possible> {
    let message = format!("{leading}: {reply}");
    let clean = Clean::new(&message);
    let tokens = token::split(&clean.text);
    let sentences = sentence::sentences(&clean.text, &tokens);
    let moods = mood::of_sentences(&clean.text, &sentences);
    let telling = Telling {
        message: &message,
        clean: &clean,
        sentences: &sentences,
        moods: &moods,
        context,
        talk: &Talk::default(),
    };
    telling.possible(message.len() - reply.len(), about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sentence_leads_to_a_reply() {
        assert_eq!(
            lead("Morning. Deal count for the year?"),
            "Deal count for the year"
        );
        assert_eq!(lead("and smb?"), "and smb");
    }
}
