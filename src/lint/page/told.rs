//! What an example tells: a plan as a file holds it, or how people filled one in, one after another.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Example;
use crate::ident::{Channel, Person, PlanId};
use crate::lint::Subject;
use crate::plan::{
    Author, Change, Door, FileError, FileFormat, MessageLink, Past, Plan, read_file, set_answer,
};

/// A line that begins so names the person who gives the answers below it.
const PERSON: &str = "# @";

/// The plan of an example.
#[derive(Debug, Clone)]
pub struct Told {
    /// The plan.
    pub plan: Plan,
    past: Option<Past>,
}

impl Told {
    /// What a check looks at.
    pub fn subject(&self) -> Subject<'_> {
        match &self.past {
            Some(past) => Subject::with_past(&self.plan, past),
            None => Subject::from(&self.plan),
        }
    }
}

impl Example {
    /// Reads the example. Where a line such as `# @ana` stands, it is a history: each person's
    /// answers come on top of those before.
    pub fn told(&self, today: Date) -> Result<Told, FileError> {
        let mut parts = self.plan.split(PERSON);
        let file = |text: &str| read_file(text, FileFormat::Toml, today);
        let first = file(parts.next().unwrap_or_default())?;
        let mut parts = parts.peekable();
        if parts.peek().is_none() {
            return Ok(Told {
                plan: first,
                past: None,
            });
        }
        let (mut plan, mut changes) = (Plan::new(PlanId::new("example")), Vec::new());
        for part in parts {
            let (name, answers) = part.split_once('\n').unwrap_or((part, ""));
            give(&mut plan, &file(answers)?, &author(name), &mut changes);
        }
        let past = Past::of(&plan, &changes);
        Ok(Told {
            plan,
            past: Some(past),
        })
    }
}

/// Gives every answer of `answers` to `plan`.
fn give(plan: &mut Plan, answers: &Plan, author: &Author, changes: &mut Vec<Change>) {
    for (field, segment, answer) in answers.answers() {
        for change in set_answer(plan, field, segment, Some(answer.clone()), author) {
            plan.apply(&change)
                .expect("a change that was just made against a plan fits it");
            changes.push(change);
        }
    }
}

fn author(name: &str) -> Author {
    Author {
        by: Person::new(name.trim()),
        at: Timestamp::UNIX_EPOCH,
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new("example"),
            ts: None,
        },
    }
}
