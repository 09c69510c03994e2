//! One turn in the making: what it may look at, and how its outcome is put together.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Audience, Inbound, Picked, PlaceKind, Proposal, Reply, Said, Situation, Turn};
use crate::intent::Intent;
use crate::lint::{self, RuleResult, RuleSet, Subject, Thresholds};
use crate::plan::{Author, Change, Door, MessageLink, ParseContext, Past, Plan, Segment};
use crate::render::{Block, Button, Document, Inline};
use crate::report::Report;

/// What a use case works with.
pub(super) struct Case<'a> {
    pub(super) situation: &'a Situation<'a>,
    pub(super) inbound: &'a Inbound,
    /// The channel's plan, or an empty one before its first change.
    pub(super) plan: Plan,
    /// Whether the answer is being shown to the channel at somebody's wish.
    pub(super) shares: bool,
}

/// What a reading use case says: an answer that may be shared, or an error that is private.
pub(super) type Answer = Result<Document, Document>;

impl<'a> Case<'a> {
    pub(super) fn new(situation: &'a Situation<'a>, inbound: &'a Inbound) -> Self {
        let plan = match &situation.plan {
            Some(record) => record.plan.clone(),
            None => Plan::new(situation.fresh_plan.clone()),
        };
        Self {
            situation,
            inbound,
            plan,
            shares: false,
        }
    }

    /// The newest changes, oldest first.
    pub(super) fn tail(&self) -> &[Change] {
        match &self.situation.plan {
            Some(record) => &record.tail,
            None => &[],
        }
    }

    /// The proposal that the turn is about, if it is one of this channel.
    pub(super) fn proposal(&self) -> Option<&'a Proposal> {
        let found = self.situation.proposal.as_ref();
        found.filter(|it| it.channel == self.inbound.place.channel)
    }

    /// Today, as far as the turn is concerned.
    pub(super) fn today(&self) -> Date {
        self.situation.now.to_zoned(TimeZone::UTC).date()
    }

    /// What a value's spelling may lean on.
    pub(super) fn context(&self) -> ParseContext {
        ParseContext {
            currency: self.plan.currency(),
            today: self.today(),
        }
    }

    /// Whom words name: `me` is whoever acts, as a mention of them is kept.
    pub(super) fn who(&self, words: &str) -> String {
        match words.to_lowercase().as_str() {
            "me" | "myself" | "i" => format!("@{}", self.situation.actor.person),
            _ => words.to_owned(),
        }
    }

    /// Who makes the change of this turn, when, how and from which message.
    pub(super) fn author(&self) -> Author {
        let (door, ts) = match &self.inbound.said {
            Said::Click { card, .. } => (Door::Button, card.clone()),
            Said::Mention { ts, .. }
            | Said::Direct { ts, .. }
            | Said::Overheard { ts, .. }
            | Said::Picked(Picked { ts, .. }) => (Door::Command, Some(ts.clone())),
            Said::Command { .. }
            | Said::Filled(_)
            | Said::Invited
            | Said::DigestDue { .. }
            | Said::PersonalDue { .. }
            | Said::FollowUp { .. }
            | Said::ReadByModel(_)
            | Said::Edited { .. }
            | Said::Deleted { .. } => (Door::Command, None),
        };
        Author {
            by: self.situation.actor.person.clone(),
            at: self.situation.now,
            door,
            link: MessageLink {
                channel: self.inbound.place.channel.clone(),
                ts,
            },
        }
    }

    /// What the rules say about the channel's plan.
    pub(super) fn results(&self) -> Vec<RuleResult> {
        self.results_after(&self.plan, &[])
    }

    /// What the rules say about `plan`, to which `changes` have led from the channel's plan.
    pub(super) fn results_after(&self, plan: &Plan, changes: &[Change]) -> Vec<RuleResult> {
        let Situation {
            rules, thresholds, ..
        } = self.situation;
        let past = Past::of(plan, self.tail().iter().chain(changes));
        let subject = Subject::with_past(plan, &past);
        lint::check(rules, subject, thresholds, self.today())
    }

    /// What the rules say about the channel's plan where other thresholds hold for it.
    pub(super) fn results_under(&self, workspace: &Thresholds) -> Vec<RuleResult> {
        let past = Past::of(&self.plan, self.tail());
        let subject = Subject::with_past(&self.plan, &past);
        lint::check(self.situation.rules, subject, workspace, self.today())
    }

    /// What other rules say about the channel's plan.
    pub(super) fn results_by(&self, rules: &RuleSet) -> Vec<RuleResult> {
        let past = Past::of(&self.plan, self.tail());
        let subject = Subject::with_past(&self.plan, &past);
        lint::check(rules, subject, &self.situation.thresholds, self.today())
    }

    /// The check of the channel's plan.
    pub(super) fn report(&self) -> Report {
        Report::new(&self.plan, self.results())
            .under(self.situation.rules, &self.situation.thresholds, &self.plan)
            .as_of(&self.plan, self.today())
    }

    /// The command that runs `words`.
    pub(super) fn typed(&self, words: &str) -> String {
        format!("{} {words}", self.situation.command)
    }

    /// The command that runs `words`, as something to type.
    pub(super) fn code(&self, words: &str) -> Inline {
        Inline::code(self.typed(words))
    }

    /// ` for smb`, where the plan has more than the one segment.
    pub(super) fn for_segment(&self, segment: Option<&Segment>) -> String {
        match segment {
            Some(segment) if self.plan.segments() != [segment.clone()] => {
                format!(" for {}", segment.as_str())
            }
            _ => String::new(),
        }
    }

    /// The answer to a reading command; an error is private.
    pub(super) fn reading(&self, intent: &Intent, answer: Answer) -> Turn {
        let mut document = match answer {
            Ok(document) => document,
            Err(error) => return private(error),
        };
        if self.shares {
            document.blocks.push(Block::Note(vec![
                Inline::plain("Shared by "),
                Inline::Person(self.situation.actor.person.clone()),
            ]));
            return said(Audience::Everyone, document);
        }
        if self.is_seen_by_asker_only() {
            offer(
                &mut document,
                button("Share here", format!("share {}", intent.words())),
            );
        }
        said(Audience::Asker, document)
    }

    /// Whether a private answer can be shown to more people: a mention is answered in its thread,
    /// and in a direct message nobody else is there.
    fn is_seen_by_asker_only(&self) -> bool {
        let answered_aside = matches!(self.inbound.said, Said::Command { .. } | Said::Click { .. });
        answered_aside && self.inbound.place.kind == PlaceKind::Channel
    }
}

/// A reply for whoever asked.
pub(super) fn private(document: Document) -> Turn {
    said(Audience::Asker, document)
}

/// The outcome of a command that changes the plan, for everyone to see.
pub(super) fn changed(changes: Vec<Change>, document: Document) -> Turn {
    Turn {
        changes,
        ..said(Audience::Everyone, document)
    }
}

/// Nothing is said, because nobody waits for anything.
pub(super) fn silent() -> Turn {
    let document = Document {
        headline: String::new(),
        blocks: Vec::new(),
    };
    said(Audience::Nobody, document)
}

/// A reply and no change.
pub(super) fn said(audience: Audience, document: Document) -> Turn {
    Turn {
        changes: Vec::new(),
        digest: None,
        workspace: None,
        wording: None,
        sought: None,
        kept: Vec::new(),
        snapshot: None,
        picture: None,
        attention: None,
        proposals: Vec::new(),
        sources: Vec::new(),
        asks: None,
        opened: None,
        reply: Reply {
            audience,
            document,
            replaces_card: false,
        },
    }
}

/// Puts a button behind the few that close a document, or below what it says.
fn offer(document: &mut Document, button: Button) {
    match document.blocks.last_mut() {
        Some(Block::Actions(buttons)) if buttons.len() < 3 => buttons.push(button),
        _ => document.blocks.push(Block::Actions(vec![button])),
    }
}

/// A button that is not the one most people want next.
pub(super) fn button(label: impl Into<String>, words: impl Into<String>) -> Button {
    Button {
        label: label.into(),
        words: words.into(),
        primary: false,
    }
}
