//! An answer that a language model may word: what it is told, and the answer with its sentences.
//!
//! The verdict, the sources, the question back and every button stay as the rules and the library
//! made them. Only the reasons between them may be said in other words.

use std::ops::Range;

use serde_json::Value;

use super::ModelAbout;
use super::prose::stopped;
use crate::ask::{Answer, Hypothesis, Reason, Said};
use crate::grounding::{Evidence, Rendered, Told, Unfit, Worded, ask_answer, read_answer};
use crate::knowledge::Outcome;
use crate::plan::{self, Answer as Held, Plan};
use crate::render::{Block, Document, Inline};

/// An answer that a language model may word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    told: Told,
    /// What each piece of evidence is called where it is cited.
    names: Vec<Inline>,
    /// The answer as it stands without a model.
    document: Document,
    /// Its reasons: what may be said in other words.
    reasons: Range<usize>,
    /// The small print of each piece that has some.
    sources: Vec<Option<Block>>,
}

/// The most letters of one passage that are sent.
const PASSAGE: usize = 1_600;

/// The most values of the plan that are sent.
const VALUES: usize = 6;

impl Wording {
    /// What a model may do with an answer; nothing where the rules and the library have none.
    /// `reasons` are the answer's reasons in `document`, `sources` the small print of each.
    pub(super) fn of(question: &str, answer: &Answer, plan: &Plan, shown: Shown) -> Option<Self> {
        let is_own = |reason: &Reason| matches!(reason.said, Said::Own(_));
        // The workspace's own documents are sent to nobody.
        if answer.outcome != Outcome::Held
            || answer.reasons.is_empty()
            || answer.reasons.iter().any(is_own)
        {
            return None;
        }
        let mut wording = Self {
            told: Told {
                question: question.to_owned(),
                verdict: answer.verdict.clone(),
                evidence: Vec::new(),
            },
            names: Vec::new(),
            document: shown.document,
            reasons: shown.reasons,
            sources: Vec::new(),
        };
        for (reason, source) in answer.reasons.iter().zip(shown.sources) {
            wording.add_reason(reason, source);
        }
        wording.add_values(answer, plan);
        Some(wording)
    }

    fn add(&mut self, words: String, name: Inline, source: Option<Block>) {
        self.told.evidence.push(Evidence {
            words,
            leads: self.told.evidence.is_empty(),
        });
        self.names.push(name);
        self.sources.push(source);
    }

    fn add_reason(&mut self, reason: &Reason, source: Option<Block>) {
        match &reason.said {
            Said::Rule(result) => {
                let fix = result
                    .fix
                    .iter()
                    .map(|fix| format!(" To change: {}", stopped(&fix.text)));
                let note = result.note.iter().map(|note| format!(" {note}"));
                let more: String = fix.chain(note).collect();
                let words = format!("{}{more}", stopped(&result.message));
                self.add(words, Inline::code(result.rule.as_str()), source);
            }
            Said::Library(cited) => {
                let passage: String = cited.section.body.chars().take(PASSAGE).collect();
                let words = format!("{}. {passage}", cited.title());
                self.add(words, Inline::code(cited.name()), source);
            }
            // Never asked for: `of` has none of these.
            Said::Own(_) => {}
        }
    }

    /// The values that the deciding rules read: what the question supposes, else what stands in the
    /// plan.
    fn add_values(&mut self, answer: &Answer, plan: &Plan) {
        let results = answer
            .reasons
            .iter()
            .filter_map(|reason| match &reason.said {
                Said::Rule(result) => Some(result),
                Said::Library(_) | Said::Own(_) => None,
            });
        let mut seen: Vec<&str> = Vec::new();
        for result in results {
            for name in result.fields.iter() {
                if seen.len() == VALUES || seen.contains(&name) {
                    continue;
                }
                let supposed = answer.tried.iter().find(|one| one.field.name == name);
                let segment = result.segment.as_ref();
                let words = supposed
                    .map(as_supposed)
                    .or_else(|| as_planned(plan, name, segment));
                if let Some((words, name_shown)) = words {
                    seen.push(name);
                    self.add(words, Inline::soft(name_shown), None);
                }
            }
        }
    }

    /// The request.
    pub fn asked(&self) -> Rendered {
        ask_answer(&self.told)
    }

    /// The answer with what a model has written, if that stands in what it was told.
    pub fn worded(&self, reply: &Value, by: &ModelAbout) -> Result<(Document, Worded), Unfit> {
        let worded = read_answer(reply, &self.told)?;
        let mut blocks: Vec<Block> = Vec::new();
        let mut cited: Vec<usize> = Vec::new();
        for sentence in &worded.sentences {
            let mut words = vec![Inline::plain(&sentence.text)];
            for at in &sentence.cites {
                words.push(Inline::plain(" "));
                words.push(self.names[*at].clone());
                if !cited.contains(at) {
                    cited.push(*at);
                }
            }
            blocks.push(Block::Paragraph(words));
        }
        // What the verdict leans on is shown, cited or not.
        cited.push(0);
        cited.sort_unstable();
        cited.dedup();
        blocks.extend(cited.iter().filter_map(|at| self.sources[*at].clone()));
        let mut document = self.document.clone();
        document.blocks.splice(self.reasons.clone(), blocks);
        let end = match document.blocks.last() {
            Some(Block::Actions(_)) => document.blocks.len() - 1,
            _ => document.blocks.len(),
        };
        document.blocks.insert(end, by_whom(by));
        Ok((document, worded))
    }
}

/// An answer as it is shown without a model.
pub(super) struct Shown {
    /// The whole.
    pub(super) document: Document,
    /// Its reasons.
    pub(super) reasons: Range<usize>,
    /// The small print of each reason.
    pub(super) sources: Vec<Option<Block>>,
}

fn as_supposed(one: &Hypothesis) -> (String, String) {
    let value = one.value.display(one.field);
    (
        format!(
            "Supposed in the question: {} {value} (\"{}\").",
            one.field.label(),
            one.quote
        ),
        "(from the question)".to_owned(),
    )
}

fn as_planned(
    plan: &Plan,
    name: &str,
    segment: Option<&plan::Segment>,
) -> Option<(String, String)> {
    let field = plan::field(name)?;
    let segment = segment.filter(|_| field.level == plan::Level::Segment);
    match plan.answer(field, segment)? {
        Held::Known(value) => Some((
            format!("In the plan: {} {}.", field.label(), value.display(field)),
            "(from the plan)".to_owned(),
        )),
        Held::NotApplicable(_) => None,
    }
}

fn by_whom(by: &ModelAbout) -> Block {
    Block::Note(vec![Inline::plain(format!(
        "The reasons were worded by a language model ({} at {}) from what is cited; the verdict was not.",
        by.model, by.host
    ))])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{Talk, command, text};
    use super::super::{ModelAbout, ModelSwitch, Reply};
    use crate::ident::Person;

    fn about() -> ModelAbout {
        ModelAbout {
            host: "llm.example".to_owned(),
            model: "small-1".to_owned(),
        }
    }

    fn talk(is_on: bool) -> Talk {
        let mut talk = Talk::after(&["set sales motion field"]);
        talk.model = Some(about());
        let host = is_on.then(|| about().host);
        talk.workspace = talk.workspace.switched(ModelSwitch {
            host,
            by: Person::new("U1"),
            at: talk.now,
        });
        talk
    }

    const QUESTION: &str = "ask is $49 a month enough for outside sales?";

    #[test]
    fn only_where_an_admin_wants_it_a_model_may_word_an_answer() {
        assert!(talk(true).turn(command(QUESTION)).wording.is_some());
        assert!(talk(false).turn(command(QUESTION)).wording.is_none());
        let mut none = talk(true);
        none.model = None;
        assert!(none.turn(command(QUESTION)).wording.is_none());
        // Where the library holds nothing there is nothing to word.
        let turn = talk(true).turn(command("ask what's the weather in Berlin?"));
        assert!(turn.wording.is_none());
        assert!(talk(true).turn(command("check")).wording.is_none());
    }

    #[test]
    fn an_answer_that_was_worded_keeps_its_verdict_and_says_who_worded_it() {
        let turn = talk(true).turn(command(QUESTION));
        let wording = turn.wording.clone().expect("it may be worded");
        let told = &wording.told;
        insta::assert_debug_snapshot!("told", told);
        let first = told.evidence[0]
            .words
            .split(". ")
            .next()
            .unwrap()
            .to_owned()
            + ".";
        let reply = json!({ "sentences": [
            { "text": first, "cites": ["E1"] },
            { "text": "Raise it to $9,999 and all is well.", "cites": ["E1"] },
        ]});
        let (document, worded) = wording
            .worded(&reply, &about())
            .expect("one sentence is sound");
        assert_eq!(document.headline, turn.reply.document.headline);
        assert_eq!((worded.sentences.len(), worded.dropped.len()), (1, 1));
        let reply = Reply {
            document,
            ..turn.reply.clone()
        };
        insta::assert_snapshot!("worded", text(&super::super::Turn { reply, ..turn }));
    }

    #[test]
    fn what_cannot_be_believed_leaves_the_answer_as_it_is() {
        let turn = talk(true).turn(command(QUESTION));
        let wording = turn.wording.expect("it may be worded");
        for reply in [
            json!({}),
            json!({ "sentences": [] }),
            json!({ "sentences": [{ "text": "Yes! Charge $49.", "cites": ["E1"] }] }),
            json!({ "sentences": [{ "text": "All good.", "cites": ["E77"] }] }),
        ] {
            assert!(wording.worded(&reply, &about()).is_err(), "{reply}");
        }
        let without = talk(false).turn(command(QUESTION));
        assert_eq!(text(&without), {
            let again = talk(true).turn(command(QUESTION));
            text(&again)
        });
    }
}
