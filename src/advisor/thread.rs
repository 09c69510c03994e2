//! `read`, and a bare mention in a thread: all of the thread is read, and answered with what was
//! decided, what that contradicts, and the next question.

use jiff::SignedDuration;

use super::case::{Case, button, private};
use super::proposal::{self, Fate, Opening, Proposal, ReadScope, Spoken};
use super::prose::{counted, sentence};
use super::{Said, Sought, ThreadRead, Transcript, Turn, Unread, act, ask, check, read};
use crate::ident::MessageTs;
use crate::intent::{self, Intent};
use crate::reading::{self, Reading};
use crate::render::{Block, Document, Inline};

/// Reads the thread that the bot was called into.
pub(super) fn turn(case: &Case<'_>) -> Turn {
    let place = case.inbound.place.thread.as_ref();
    let (Some(root), Some(thread)) = (place, &case.situation.thread) else {
        return private(nowhere(case));
    };
    let mut turn = match &thread.transcript.stopped {
        Some(why) if thread.transcript.messages.is_empty() => unread(case, thread, why),
        _ => heard(case, root, thread),
    };
    // "Read on" stands on a card that this one takes the place of.
    turn.reply.replaces_card = matches!(&case.inbound.said, Said::Click { card: Some(_), .. });
    turn
}

/// What the thread says that the plan does not have yet; nothing where it was not read.
pub(super) fn proposal_of(case: &Case<'_>) -> Option<Proposal> {
    let thread = case.situation.thread.as_ref()?;
    let root = case.inbound.place.thread.as_ref()?;
    Some(made(case, root, thread).proposal)
}

/// A question, answered from the plan with what the thread around it says.
pub(super) fn asked(case: &Case<'_>, intent: &Intent, question: &str) -> Turn {
    let read = proposal_of(case).filter(|it| it.open().next().is_some());
    let Some(read) = read else {
        return ask::turn(case, intent, question);
    };
    let (plan, _) = proposal::supposed(case, &read);
    let mut turn = ask::turn(&Case { plan, ..*case }, intent, question);
    let said = read.on_card().map(|(_, it)| proposal::step(case, it));
    let said: Vec<String> = said.collect();
    turn.reply.document.blocks.push(Block::Note(sentence(&format!(
        "Answered with what this thread says and the plan does not have yet: {}. To have it as a card: `@gtm read`",
        said.join("; ")
    ))));
    turn
}

fn heard(case: &Case<'_>, root: &MessageTs, thread: &ThreadRead) -> Turn {
    let Made {
        proposal,
        spoken,
        reading,
    } = made(case, root, thread);
    let is_open = proposal.open().next().is_some();
    let mut document = proposal::card(case, &proposal, Opening::Read("in this thread"));
    document.blocks.extend(scope(&proposal.read, thread));
    if !is_open {
        document.blocks.extend(checked(case));
    }
    let is_kept = is_open || thread.transcript.stopped.is_some();
    let outdated: Vec<Proposal> = thread
        .proposals
        .iter()
        .filter(|it| is_kept && it.superseded_by.is_none())
        .map(|it| Proposal {
            superseded_by: Some(proposal.id.clone()),
            ..it.clone()
        })
        .collect();
    let mut turn = read::shown(case, document);
    turn.sought = Sought::of(case, &spoken, &reading, root).map(|it| {
        let dismissed = dismissed(thread).cloned();
        it.in_thread(&proposal.read, dismissed.collect())
    });
    turn.proposals = outdated;
    turn.proposals.extend(is_kept.then_some(proposal));
    turn
}

/// A thread as it was read.
struct Made {
    proposal: Proposal,
    spoken: Vec<Spoken>,
    reading: Reading,
}

/// What somebody has laid aside of what was read in the thread before.
fn dismissed(thread: &ThreadRead) -> impl Iterator<Item = &proposal::Heard> {
    let all = thread.proposals.iter().flat_map(|it| &it.values);
    all.filter(|it| matches!(it.fate, Fate::Dismissed { .. }))
        .map(|it| &it.heard)
}

/// The proposal that the thread amounts to, without what was dismissed before; where reading went on
/// behind what was read before, with what is still open of that.
fn made(case: &Case<'_>, root: &MessageTs, thread: &ThreadRead) -> Made {
    let transcript = &thread.transcript;
    let spoken = spoken(transcript);
    let reading = read_out(case, &spoken);
    let mut proposal = read::proposed(case, &reading, &spoken, root);
    proposal.values.retain(|value| {
        let same = |it: &proposal::Heard| {
            it.is_of_place(&value.heard)
                && it.value == value.heard.value
                && it.said == value.heard.said
        };
        !dismissed(thread).any(same)
    });
    let before = thread.after.as_ref().and(thread.last());
    if before.is_some() {
        let standing = thread.proposals.iter();
        let standing = standing.filter(|it| it.superseded_by.is_none());
        let open = standing.flat_map(|it| &it.values).filter(|it| it.is_open());
        proposal.join(open.cloned());
    }
    let last = transcript.messages.last().map(|message| message.ts.clone());
    proposal.read = ReadScope {
        messages: transcript.messages.len() + before.map_or(0, |it| it.read.messages),
        total: transcript.total,
        up_to: last.or_else(|| thread.after.clone()),
        is_whole: transcript.stopped.is_none(),
    };
    Made {
        proposal,
        spoken,
        reading,
    }
}

fn read_out(case: &Case<'_>, spoken: &[Spoken]) -> Reading {
    let said: Vec<reading::Said> = spoken
        .iter()
        .map(|it| reading::Said {
            speaker: it.by.as_str().to_owned(),
            text: it.words.clone(),
        })
        .collect();
    reading::read_thread(&said, &read::context(case))
}

/// What people said to each other; commands to the bot are no statements.
fn spoken(transcript: &Transcript) -> Vec<Spoken> {
    let said = transcript.messages.iter().filter(|message| {
        let is_command = message.to_bot && intent::parse(&message.words).is_ok();
        !is_command && !message.words.is_empty()
    });
    said.filter_map(|message| {
        Some(Spoken {
            ts: message.ts.clone(),
            by: message.by.clone()?,
            at: message.at,
            words: message.words.clone(),
        })
    })
    .collect()
}

/// How much was read, and how to have the rest.
fn scope(read: &ReadScope, thread: &ThreadRead) -> Vec<Block> {
    let of_all = match read.total {
        Some(total) if !read.is_whole => format!("{} of {total} messages", read.messages),
        _ => counted(read.messages, "message"),
    };
    let words = match &thread.transcript.stopped {
        None => format!("I read {of_all}."),
        Some(Unread::Long) => format!("I read {of_all}; the rest takes another reading."),
        Some(Unread::Throttled(wait)) => {
            format!("I read {of_all}; I may read on in {}.", waiting(*wait))
        }
        Some(_) => format!("I read {of_all}; then reading failed."),
    };
    let mut blocks = vec![Block::Note(sentence(&words))];
    if !read.is_whole {
        blocks.push(Block::Actions(vec![button("Read on", "read")]));
    }
    blocks
}

/// `less than a minute`, `3 minutes`.
fn waiting(wait: SignedDuration) -> String {
    let seconds = usize::try_from(wait.as_secs()).unwrap_or_default();
    match seconds {
        0..60 => "less than a minute".to_owned(),
        _ => counted(seconds.div_ceil(60), "minute"),
    }
}

/// What the check says of the plan as it is.
fn checked(case: &Case<'_>) -> Vec<Block> {
    let report = check::document(case, &case.report());
    let mut blocks = vec![
        Block::Rule,
        Block::Paragraph(vec![Inline::strong(report.headline)]),
    ];
    blocks.extend(report.blocks);
    blocks
}

/// Nothing could be read now: what was read before, or what works instead.
fn unread(case: &Case<'_>, thread: &ThreadRead, why: &Unread) -> Turn {
    let before = thread.last().filter(|it| it.open().next().is_some());
    let decided = decided(case, thread);
    let Unread::Throttled(wait) = why else {
        return read::shown(case, closed(case, why));
    };
    let wait = waiting(*wait);
    if before.is_none() && !decided.is_empty() {
        let headline = format!(
            "I may read this thread again in {wait}; all that I read in it before is decided."
        );
        let mut document = act::said(&headline, "New words are not in it.");
        document.blocks.extend(decided);
        document
            .blocks
            .push(Block::Actions(vec![button("Read it again", "read")]));
        return read::shown(case, document);
    }
    let Some(before) = before else {
        let headline = format!("I may read this thread in {wait}: I have read too much just now.");
        let mut document = act::said(
            &headline,
            "Nothing of it was read yet. Words that you say to me are read at once.",
        );
        document
            .blocks
            .push(Block::Actions(vec![button("Read it now", "read")]));
        return read::shown(case, document);
    };
    let headline = format!("I may read this thread again in {wait}; this is what I read before.");
    let mut document = proposal::card(case, before, Opening::Kept(&headline));
    let read = &before.read;
    let words = match read.messages {
        0 => "I read the words that I was given then, not the whole thread.".to_owned(),
        n => format!(
            "I read {} then. New words are not in it.",
            counted(n, "message")
        ),
    };
    document.blocks.extend(decided);
    document.blocks.push(Block::Note(sentence(&words)));
    document
        .blocks
        .push(Block::Actions(vec![button("Read it again", "read")]));
    read::shown(case, document)
}

/// How many decided values of a thread are told.
const MOST_DECIDED: usize = 10;

/// What was read in the thread before and is decided, from the record: each value with its words and
/// with what became of it, the newest last.
fn decided(case: &Case<'_>, thread: &ThreadRead) -> Vec<Block> {
    let values = thread.proposals.iter().flat_map(|it| &it.values);
    let lines: Vec<Vec<Inline>> = values
        .filter_map(|value| {
            let (became, by) = match &value.fate {
                Fate::Accepted { by, version, .. } => (format!("applied in version {version}"), by),
                Fate::Dismissed { by, .. } => ("dismissed".to_owned(), by),
                Fate::Open => return None,
            };
            let mut words = vec![Inline::plain(format!("{}\n", proposal::step(case, value)))];
            words.extend(proposal::provenance(&value.heard));
            words.push(Inline::plain(format!(" · {became} by ")));
            words.push(Inline::Person(by.clone()));
            Some(words)
        })
        .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let left = lines.len().saturating_sub(MOST_DECIDED);
    let mut blocks = vec![
        Block::Paragraph(vec![Inline::strong("Decided already:")]),
        Block::Bullets(lines.into_iter().skip(left).collect()),
    ];
    if left > 0 {
        blocks.push(Block::Note(sentence(&format!(
            "And {left} before that: `{}` has them.",
            case.typed("history")
        ))));
    }
    blocks
}

/// The thread stays closed to the bot: what it could not read, and what works.
fn closed(case: &Case<'_>, why: &Unread) -> Document {
    let (headline, mend) = match why {
        Unread::NotAllowed => (
            "I can't read this thread: here I only get the messages that mention me.",
            "To let me read threads, whoever manages this app gives it the permission to read channel history.",
        ),
        Unread::NotMember => (
            "I can't read this thread: I am not in this channel.",
            "To add me, type `/invite @gtm`.",
        ),
        Unread::Gone => (
            "I can't read this thread: its first message is gone.",
            "Nothing of it was read.",
        ),
        _ => (
            "I could not read this thread just now.",
            "Please mention me once more in a minute.",
        ),
    };
    let works = "What works at once: mention me with the words themselves, such as “@gtm we charge $49/mo per seat”, or choose “Read into the plan” in a message's menu.";
    let mut document = act::said(headline, works);
    document.blocks.push(Block::Paragraph(sentence(mend)));
    document.blocks.extend(checked(case));
    document
}

/// `read` where there is no thread.
fn nowhere(case: &Case<'_>) -> Document {
    act::said(
        "I read the thread that I am mentioned in, and this is none.",
        &format!(
            "Reply in the thread with `@gtm read`, or with my name alone. To write a value yourself: `{}`",
            case.typed("set price $49/mo")
        ),
    )
}
