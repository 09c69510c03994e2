//! A conversation for tests: it remembers the plan between turns and writes replies as text.

use std::sync::LazyLock;

use jiff::Timestamp;

use super::{
    Actor, Attention, Audience, Desk, Gave, Hearing, InForce, Inbound, Kept, ModelAbout, PageText,
    Place, PlaceKind, PlanRecord, Proposal, Readers, Role, Said, SeenPlan, Situation, Source,
    ThreadRead, Turn, Workspace, handle,
};
use crate::digest::Standing;
use crate::ident::{Channel, Installation, MessageTs, Person, PlanId, ProposalId};
use crate::lint::RuleSet;
use crate::plan::{
    self, Answer, Author, Change, Currency, Door, MessageLink, ParseContext, Plan, Segment,
};
use crate::render;
use crate::report::Snapshot;

/// A few rules of our own, so that what people read here does not change with every new page.
static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    RuleSet::load(&[
        (
            "fit/low-price-enterprise-motion.md",
            include_str!("testing/fit/low-price-enterprise-motion.md"),
        ),
        (
            "fit/field-acv-low.md",
            include_str!("testing/fit/field-acv-low.md"),
        ),
        (
            "pricing/trial-missing-for-plg.md",
            include_str!("testing/pricing/trial-missing-for-plg.md"),
        ),
    ])
    .expect("the test pages load")
});

static BUILT_IN: LazyLock<RuleSet> =
    LazyLock::new(|| RuleSet::built_in().expect("the built-in rules load"));

/// Said by `U1` in a channel at a fixed instant.
pub(super) fn said(said: Said) -> Inbound {
    Inbound {
        installation: Installation::new("T1"),
        place: Place {
            channel: Channel::new("C1"),
            thread: None,
            kind: PlaceKind::Channel,
        },
        by: Person::new("U1"),
        said,
        at: now(),
        files: Vec::new(),
    }
}

pub(super) fn command(words: &str) -> Said {
    Said::Command {
        words: words.to_owned(),
    }
}

pub(super) fn mention(words: &str) -> Said {
    Said::Mention {
        words: words.to_owned(),
        ts: MessageTs::new("1.0"),
    }
}

pub(super) fn click(words: &str) -> Said {
    Said::Click {
        words: words.to_owned(),
        card: Some(MessageTs::new("2.0")),
    }
}

fn now() -> Timestamp {
    "2026-03-02T10:00:00Z".parse().expect("a timestamp")
}

/// One channel with its plan.
pub(super) struct Talk {
    pub(super) plan: Option<Plan>,
    pub(super) changes: Vec<Change>,
    pub(super) role: Role,
    /// Who acts.
    pub(super) person: Person,
    pub(super) digest: Option<Standing>,
    pub(super) plans: Option<Vec<SeenPlan>>,
    pub(super) readers: Readers,
    pub(super) thread_read: Option<ThreadRead>,
    pub(super) snapshots: Vec<Snapshot>,
    pub(super) attention: Attention,
    pub(super) hearing: Hearing,
    pub(super) proposals: Vec<Proposal>,
    pub(super) sources: Vec<Source>,
    pub(super) reread: Option<super::Reread>,
    /// The thread that all is said in.
    pub(super) thread: Option<MessageTs>,
    pub(super) now: Timestamp,
    pub(super) rules: &'static RuleSet,
    pub(super) workspace: Workspace,
    pub(super) model: Option<ModelAbout>,
    pub(super) desk: Desk,
    /// The texts of the workspace's own rules.
    pub(super) pages: Vec<PageText>,
}

impl Talk {
    pub(super) fn new() -> Self {
        Self {
            plan: None,
            changes: Vec::new(),
            role: Role::Member,
            person: Person::new("U1"),
            digest: None,
            plans: None,
            readers: Readers::Some,
            thread_read: None,
            snapshots: Vec::new(),
            attention: Attention::default(),
            hearing: Hearing::Granted,
            proposals: Vec::new(),
            sources: Vec::new(),
            reread: None,
            thread: None,
            now: now(),
            rules: &RULES,
            workspace: Workspace::default(),
            model: None,
            desk: Desk::default(),
            pages: Vec::new(),
        }
    }

    /// The same under the rules that come with the program.
    pub(super) fn under_the_built_in_rules(mut self) -> Self {
        self.rules = &BUILT_IN;
        self
    }

    /// A talk in which these commands were given.
    pub(super) fn after(commands: &[&str]) -> Self {
        let mut talk = Self::new();
        for words in commands {
            let turn = talk.turn(command(words));
            assert!(!turn.changes.is_empty(), "{words}: {}", text(&turn));
        }
        talk
    }

    /// Puts an answer into the plan without a turn; adds the segment if it is new.
    pub(super) fn learn(&mut self, field: &str, words: &str, segment: &str) {
        let field = plan::field(field).expect(field);
        let segment = Segment::parse(segment).expect(segment);
        let context = ParseContext {
            currency: Currency::USD,
            today: "2026-03-02".parse().expect("a date"),
        };
        let value = field.parse(words, &context).expect(words);
        let author = Author {
            by: Person::new("U1"),
            at: now(),
            door: Door::Import,
            link: MessageLink {
                channel: Channel::new("C1"),
                ts: None,
            },
        };
        let sheet = self
            .plan
            .get_or_insert_with(|| Plan::new(PlanId::new("P1")));
        for change in plan::set_answer(
            sheet,
            field,
            Some(&segment),
            Some(Answer::Known(value)),
            &author,
        ) {
            sheet.apply(&change).expect("a change of the plan applies");
            self.changes.push(change);
        }
    }

    /// One turn; what it changes holds from then on.
    pub(super) fn turn(&mut self, what: Said) -> Turn {
        let tail = self.changes.len().saturating_sub(PlanRecord::TAIL);
        let pages = &self.workspace.rules;
        let given = pages.in_force.iter().map(|page| {
            let text = self.pages.iter().find(|it| it.id == page.id);
            (page.clone(), text.map(|it| it.text.clone()))
        });
        let in_force = InForce::of(self.rules, &given.collect::<Vec<_>>());
        let situation = Situation {
            installation: Installation::new("T1"),
            actor: Actor {
                person: self.person.clone(),
                role: self.role,
            },
            plan: self.plan.clone().map(|plan| PlanRecord {
                plan,
                tail: self.changes[tail..].to_vec(),
            }),
            fresh_plan: PlanId::new("P1"),
            rules: &in_force.rules,
            base: self.rules,
            unused: &in_force.unused,
            pages: self.pages.clone(),
            thresholds: self.workspace.in_force(),
            history: self.changes.clone(),
            snapshots: self.snapshots.clone(),
            lately: self.changes.clone(),
            command: "/gtm",
            now: self.now,
            digest: self.digest.clone(),
            plans: self.plans.clone(),
            thread: self.thread_read.clone(),
            attention: self.attention.clone(),
            hearing: self.hearing.clone(),
            proposal: self.proposal_in(&what),
            source: self.source_of(&what),
            quoting: self.quoting(&what),
            marked: self.sources.clone(),
            reread: self.reread.clone(),
            fresh_proposal: ProposalId::new(format!("{:012x}", self.proposals.len() + 1)),
            zone: Some("Europe/Berlin".to_owned()),
            readers: self.readers,
            workspace: self.workspace.clone(),
            model: self.model.as_ref(),
            desk: self.desk.clone(),
        };
        let mut inbound = said(what);
        inbound.place.thread = self.thread.clone();
        inbound.by = self.person.clone();
        inbound.at = self.now;
        let turn = handle(&situation, &inbound);
        for change in &turn.changes {
            let plan = self
                .plan
                .get_or_insert_with(|| Plan::new(PlanId::new("P1")));
            plan.apply(change).expect("a change of the core applies");
            self.changes.push(change.clone());
        }
        if let Some(workspace) = &turn.workspace {
            self.workspace = workspace.clone();
            self.workspace.revision += 1;
        }
        for kept in &turn.kept {
            match kept {
                Kept::Page(page) => self.pages.push(page.clone()),
                Kept::PageGone(id) => self.pages.retain(|it| it.id != *id),
                _ => {}
            }
        }
        self.snapshots.extend(turn.snapshot.clone());
        for proposal in &turn.proposals {
            // As the store does.
            self.proposals.retain(|it| it.id != proposal.id);
            self.proposals.push(Proposal {
                revision: proposal.revision + 1,
                ..proposal.clone()
            });
        }
        for source in &turn.sources {
            self.keep(source);
        }
        if let Some(standing) = &turn.digest {
            // As the store does.
            self.digest = Some(Standing {
                revision: standing.revision + 1,
                ..standing.clone()
            });
        }
        if let Some(attention) = &turn.attention {
            self.attention = Attention {
                revision: attention.revision + 1,
                ..attention.clone()
            };
        }
        turn
    }

    /// The proposal that the words name, as the store would give it.
    fn proposal_in(&self, what: &Said) -> Option<Proposal> {
        let id = super::needs(&said(what.clone())).proposal?;
        self.proposals.iter().find(|it| it.id == id).cloned()
    }

    /// As the store does.
    fn keep(&mut self, source: &Source) {
        let known = self.sources.iter_mut().find(|it| it.ts == source.ts);
        let Some(known) = known else {
            self.sources.push(source.clone());
            return;
        };
        known.read_at = source.read_at;
        for gave in &source.gave {
            let is_other = |it: &Gave| it.field != gave.field || it.segment != gave.segment;
            known.gave.retain(is_other);
            known.gave.push(gave.clone());
        }
    }

    fn source_of(&self, what: &Said) -> Option<Source> {
        let ts = amended(what)?;
        self.sources.iter().find(|it| it.ts == *ts).cloned()
    }

    fn quoting(&self, what: &Said) -> Vec<Proposal> {
        let Some(ts) = amended(what) else {
            return Vec::new();
        };
        let quotes = |it: &&Proposal| it.quotes(ts);
        self.proposals.iter().filter(quotes).cloned().collect()
    }

    /// The turns of the digests that come due until `until`, as the worker runs them.
    pub(super) fn pass(&mut self, until: &str) -> Vec<Turn> {
        let until: Timestamp = until.parse().expect("an instant");
        let mut turns = Vec::new();
        while let Some(period) = self.digest.as_ref().and_then(|it| it.next)
            && period <= until
        {
            self.now = self.now.max(period);
            turns.push(self.turn(Said::DigestDue { period }));
        }
        self.now = until;
        turns
    }

    /// What people read after a slash command.
    pub(super) fn says(&mut self, words: &str) -> String {
        text(&self.turn(command(words)))
    }
}

/// The message that became something else.
fn amended(what: &Said) -> Option<&MessageTs> {
    match what {
        Said::Edited { ts, .. } | Said::Deleted { ts } => Some(ts),
        _ => None,
    }
}

/// A reply as text, with who sees it.
pub(super) fn text(turn: &Turn) -> String {
    let seen = match turn.reply.audience {
        Audience::Asker => "only you",
        Audience::Everyone => "everyone",
        Audience::Nobody => "nobody",
    };
    let names = |person: &Person| format!("name of {person}");
    format!("[{seen}] {}", render::text(&turn.reply.document, &names))
}
