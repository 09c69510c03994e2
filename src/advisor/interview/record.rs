//! What is kept of an interview.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ident::{MessageTs, OutboxId, Person};
use crate::plan::{self, Field, Plan, Segment};

/// The interview of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interview {
    /// Who began it.
    pub begun_by: Person,
    /// When.
    pub begun_at: Timestamp,
    /// The threads that it goes on in, by their first messages, oldest first.
    pub threads: Vec<MessageTs>,
    /// The message that opens the next thread, until it is posted.
    pub opening: Option<OutboxId>,
    /// What is asked; nothing while it rests.
    pub asked: Option<Asked>,
    /// What was passed over.
    pub skipped: Vec<About>,
    /// How many questions were answered.
    pub answered: usize,
    /// What was answered last.
    pub last: Option<Answered>,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The field's name.
    pub field: String,
    /// The segment, for a field that is held for each segment.
    pub segment: Option<Segment>,
}

/// A question that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What it is about.
    pub about: About,
    /// Since when.
    pub at: Timestamp,
}

/// A question that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// What it was about.
    pub about: About,
    /// Who answered.
    pub by: Person,
}

impl About {
    /// A question about this field.
    pub fn new(field: &Field, segment: Option<&Segment>) -> Self {
        Self {
            field: field.name.to_owned(),
            segment: segment.cloned(),
        }
    }

    /// The field, if the catalogue and the plan still have its place.
    pub fn place(&self, plan: &Plan) -> Option<(&'static Field, Option<&Segment>)> {
        let field = plan::field(&self.field)?;
        let exists = |it: &&Segment| plan.segments().contains(it);
        match &self.segment {
            None => Some((field, None)),
            Some(segment) => Some((field, Some(Some(segment).filter(exists)?))),
        }
    }
}

impl About {
    /// Whether the plan has an answer there.
    pub fn is_answered(&self, plan: &Plan) -> bool {
        let place = self.place(plan);
        place.is_some_and(|(field, segment)| plan.answer(field, segment).is_some())
    }
}

impl Interview {
    /// Nobody reads a question and types an answer to it in less: what somebody else says so soon
    /// was meant for the question before.
    pub const READING: SignedDuration = SignedDuration::from_secs(4);

    /// How many threads are known.
    const MOST_THREADS: usize = 5;

    /// One that begins.
    pub fn new(by: &Person, at: Timestamp) -> Self {
        Self {
            begun_by: by.clone(),
            begun_at: at,
            threads: Vec::new(),
            opening: None,
            asked: None,
            skipped: Vec::new(),
            answered: 0,
            last: None,
        }
    }

    /// Whether a question waits for its answer in this thread.
    pub fn asks_in(&self, thread: Option<&MessageTs>) -> bool {
        self.asked.is_some() && thread.is_some_and(|root| self.threads.contains(root))
    }

    /// It goes on in this thread, too.
    pub fn enter(&mut self, thread: &MessageTs) {
        self.threads.retain(|it| it != thread);
        self.threads.push(thread.clone());
        let over = self.threads.len().saturating_sub(Self::MOST_THREADS);
        self.threads.drain(..over);
    }

    /// Whether this is what is asked.
    pub fn is_asked(&self, about: &About) -> bool {
        self.asked.as_ref().is_some_and(|it| it.about == *about)
    }
}
