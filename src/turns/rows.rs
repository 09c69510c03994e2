//! From a reply to the row of the outbox that carries it: where it goes, until when it is of use.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::advisor::{
    Audience, Inbound, Origin, OutboxRow, OutboxState, Picture, PlaceKind, Reply, ReplyTo, Said,
    Target, Unclear, Urgency,
};
use crate::digest::GRACE;
use crate::ident::{Channel, OutboxId, Reference};
use crate::render::{Block, Document, Inline};

/// How long the body of a command's answer may take to be written before the answer goes out
/// through the command's response address as well.
pub(super) const ACK_GRACE: SignedDuration = SignedDuration::from_secs(5);

/// A response address takes replies for 30 minutes; one minute is kept for the call itself.
const RESPONSE_USE_BY: SignedDuration = SignedDuration::from_mins(29);

/// An answer in a thread is of use for this long.
const POST_USE_BY: SignedDuration = SignedDuration::from_hours(1);

/// The row that carries `reply` to whoever `origin` came from.
pub(super) fn reply_row(origin: &Origin, reply: Reply, now: Timestamp, id: Uuid) -> OutboxRow {
    let inbound = &origin.inbound;
    let target = target(inbound, origin.reply_to.as_ref(), &reply);
    // A private answer without an address is told in the person's own conversation with the bot.
    let channel = match target {
        Target::Person => Channel::new(inbound.by.as_str()),
        _ => inbound.place.channel.clone(),
    };
    let (due, use_by) = times(&inbound.said, &target, now);
    let (urgency, unclear) = match inbound.said {
        Said::DigestDue { .. }
        | Said::PersonalDue { .. }
        | Said::FollowUp { .. }
        | Said::ReadByModel(_)
        | Said::Edited { .. } => (Urgency::Digest, Unclear::Report),
        _ => (Urgency::Person, Unclear::Repeat),
    };
    OutboxRow {
        id: OutboxId::new(id.to_string()),
        installation: inbound.installation.clone(),
        channel,
        target,
        document: reply.document,
        picture: None,
        urgency,
        unclear,
        due,
        use_by,
        period: inbound.said.period(),
        aside: false,
        attempts: 0,
        state: OutboxState::Waiting,
        reference: reference(id),
    }
}

/// The row that shows a picture below the message that `row` becomes. It comes with that or not at
/// all, and never twice.
pub(super) fn picture_row(row: &OutboxRow, picture: Picture, id: Uuid) -> OutboxRow {
    OutboxRow {
        id: OutboxId::new(id.to_string()),
        target: Target::Below {
            row: row.id.clone(),
        },
        document: picture.document,
        picture: Some(picture.map),
        period: None,
        unclear: Unclear::Report,
        reference: reference(id),
        ..row.clone()
    }
}

/// The row that posts a message which opens a thread in the channel.
pub(super) fn opening_row(
    origin: &Origin,
    document: Document,
    now: Timestamp,
    id: Uuid,
) -> OutboxRow {
    OutboxRow {
        id: OutboxId::new(id.to_string()),
        installation: origin.inbound.installation.clone(),
        channel: origin.inbound.place.channel.clone(),
        target: Target::Post { thread: None },
        document,
        picture: None,
        urgency: Urgency::Person,
        unclear: Unclear::Repeat,
        due: now,
        use_by: now + POST_USE_BY,
        period: None,
        aside: false,
        attempts: 0,
        state: OutboxState::Waiting,
        reference: reference(id),
    }
}

/// The row that tells whoever `origin` came from that it failed, and under which reference the log
/// explains it.
pub(super) fn apology_row(origin: &Origin, now: Timestamp, id: Uuid) -> OutboxRow {
    let reply = Reply {
        audience: Audience::Asker,
        document: Document {
            headline: String::new(),
            blocks: Vec::new(),
        },
        replaces_card: false,
    };
    let mut row = reply_row(origin, reply, now, id);
    row.document = apology(&row.reference);
    row
}

/// What a person reads when a turn has failed.
pub(super) fn apology(reference: &Reference) -> Document {
    let headline =
        format!("Something failed on my side, and the plan is as it was (reference {reference}).");
    let next = "Please try it once more. If it fails again, whoever runs this bot finds the cause in the log under that reference.";
    Document {
        headline,
        blocks: vec![Block::Note(vec![Inline::plain(next)])],
    }
}

/// A reference short enough to read out: the random end of the row's id.
pub(super) fn reference(id: Uuid) -> Reference {
    let id = id.simple().to_string();
    Reference::new(&id[id.len() - 8..])
}

fn target(inbound: &Inbound, reply_to: Option<&ReplyTo>, reply: &Reply) -> Target {
    let thread = inbound.place.thread.clone();
    match (&inbound.said, reply_to) {
        (Said::Filled(_), None) if reply.audience == Audience::Asker => Target::Person,
        (Said::Filled(_), Some(reply_to)) => Target::Response {
            reply_to: reply_to.clone(),
            everyone: reply.audience == Audience::Everyone,
            replaces: reply.replaces_card,
            thread,
        },
        (Said::ReadByModel(found), Some(reply_to)) if found.aside => Target::Response {
            reply_to: reply_to.clone(),
            everyone: false,
            replaces: false,
            thread,
        },
        // Without an address a private answer stands in the response or nowhere: a post would show it
        // to everyone.
        (Said::Command { .. } | Said::Click { .. } | Said::Picked(_), reply_to)
            if reply_to.is_some() || reply.audience == Audience::Asker =>
        {
            Target::Response {
                reply_to: reply_to.cloned().unwrap_or_else(|| ReplyTo {
                    response_url: String::new(),
                }),
                everyone: reply.audience == Audience::Everyone,
                replaces: reply.replaces_card,
                thread,
            }
        }
        (Said::PersonalDue { .. }, _) => Target::Person,
        (Said::Mention { ts, .. }, _) => Target::Post {
            thread: thread.or_else(|| Some(ts.clone())),
        },
        // What is said of a message stands below it.
        (Said::Edited { ts, .. }, _) if inbound.place.kind == PlaceKind::Channel => Target::Post {
            thread: thread.or_else(|| Some(ts.clone())),
        },
        _ => Target::Post { thread },
    }
}

fn times(said: &Said, target: &Target, now: Timestamp) -> (Timestamp, Timestamp) {
    match (said, target) {
        (Said::Command { .. }, Target::Response { .. }) => (now + ACK_GRACE, now + RESPONSE_USE_BY),
        (_, Target::Response { .. }) => (now, now + RESPONSE_USE_BY),
        // However long it waits, it is out within the grace of its period or not at all.
        (Said::DigestDue { period } | Said::PersonalDue { period, .. }, _) => {
            (now, *period + GRACE)
        }
        (_, Target::Post { .. } | Target::Below { .. } | Target::Person) => {
            (now, now + POST_USE_BY)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisor::{DedupKey, Place};
    use crate::ident::{Channel, Installation, MessageTs, Person};

    fn origin(said: Said, thread: Option<&str>, response: bool) -> Origin {
        Origin {
            inbound: Inbound {
                installation: Installation::new("T1"),
                place: Place {
                    channel: Channel::new("C1"),
                    thread: thread.map(MessageTs::new),
                    kind: PlaceKind::Channel,
                },
                by: Person::new("U1"),
                said,
                at: Timestamp::UNIX_EPOCH,
                files: Vec::new(),
            },
            dedup: vec![DedupKey("k".to_owned())],
            reply_to: response.then(|| ReplyTo {
                response_url: "http://127.0.0.1:1/r".to_owned(),
            }),
            trigger: None,
        }
    }

    fn row(origin: &Origin, audience: Audience) -> OutboxRow {
        let document = Document {
            headline: "Yes.".to_owned(),
            blocks: Vec::new(),
        };
        let reply = Reply {
            audience,
            document,
            replaces_card: false,
        };
        reply_row(origin, reply, Timestamp::UNIX_EPOCH, Uuid::nil())
    }

    fn words() -> String {
        "check".to_owned()
    }

    #[test]
    fn a_commands_answer_goes_to_its_response_address_unless_the_body_is_written_in_time() {
        let row = row(
            &origin(Said::Command { words: words() }, None, true),
            Audience::Everyone,
        );
        assert!(matches!(
            row.target,
            Target::Response { everyone: true, .. }
        ));
        assert_eq!(row.due, Timestamp::UNIX_EPOCH + ACK_GRACE);
    }

    #[test]
    fn a_click_is_answered_at_once_through_its_response_address() {
        let said = Said::Click {
            words: words(),
            card: None,
        };
        let row = row(&origin(said, Some("1.0"), true), Audience::Asker);
        let Target::Response {
            everyone, thread, ..
        } = row.target
        else {
            panic!("not to the response address");
        };
        assert!(!everyone);
        assert_eq!(thread, Some(MessageTs::new("1.0")));
        assert_eq!(row.due, Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn a_mention_is_answered_in_its_thread_or_opens_one() {
        let said = |ts: &str| Said::Mention {
            words: words(),
            ts: MessageTs::new(ts),
        };
        for (thread, expected) in [(None, "7.0"), (Some("1.0"), "1.0")] {
            let row = row(&origin(said("7.0"), thread, false), Audience::Asker);
            let expected = Target::Post {
                thread: Some(MessageTs::new(expected)),
            };
            assert_eq!(row.target, expected);
        }
    }

    #[test]
    fn an_apology_carries_the_reference_of_its_row() {
        let row = apology_row(
            &origin(Said::Command { words: words() }, None, true),
            Timestamp::UNIX_EPOCH,
            Uuid::max(),
        );
        assert!(row.document.headline.contains(row.reference.as_str()));
        assert_eq!(row.due, Timestamp::UNIX_EPOCH + ACK_GRACE);
    }
}
