//! `mode`: how much of the channel the bot attends to, and what a muted channel is spared.

use super::case::{Case, button, private, said};
use super::prose::{capitalised, sentence};
use super::{Attention, Audience, Hearing, PlaceKind, Reply, Said, Turn};
use crate::intent::{Intent, Mode};
use crate::render::{Block, Button, Document, Inline};

/// The events without which nothing that is said in channels arrives.
const EVENTS: &str = "`message.channels` and `message.groups`";

/// Puts the channel into a mode. Who is read along with, or no longer, is told so.
pub(super) fn turn(case: &Case<'_>, mode: Mode) -> Turn {
    if case.inbound.place.kind == PlaceKind::Direct {
        return private(direct());
    }
    let before = &case.situation.attention;
    if mode == before.mode {
        return private(status(case));
    }
    let hearing = &case.situation.hearing;
    if let (
        Mode::Follow,
        Hearing::Lacks {
            public: public @ Some(_),
            private: private @ Some(_),
        },
    ) = (mode, hearing)
    {
        return super::case::private(deaf(case, &named(public.iter().chain(private))));
    }
    let attention = Attention {
        mode,
        // What waits would be told by nobody.
        waiting: Vec::new(),
        called: Vec::new(),
        set: Some((case.situation.actor.person.clone(), case.situation.now)),
        ..before.clone()
    };
    let audience = match (before.mode, mode) {
        (_, Mode::Follow) | (Mode::Follow, _) => Audience::Everyone,
        _ => Audience::Asker,
    };
    let mut blocks = vec![Block::Paragraph(sentence(meaning(mode)))];
    if mode == Mode::Follow {
        blocks.push(Block::Note(sentence(&doubt(hearing))));
    }
    blocks.push(set_by(&attention));
    blocks.push(Block::Actions(others(mode)));
    Turn {
        attention: Some(attention),
        ..said(
            audience,
            Document {
                headline: headline(mode).to_owned(),
                blocks,
            },
        )
    }
}

/// Which mode the channel is in, what each means, and what following needs.
pub(super) fn status(case: &Case<'_>) -> Document {
    if case.inbound.place.kind == PlaceKind::Direct {
        return direct();
    }
    let attention = &case.situation.attention;
    let mode = attention.mode;
    let told = Mode::ALL.into_iter().filter(|it| *it != mode);
    let told = told.map(|it| {
        let mut words = vec![Inline::code(case.typed(&format!("mode {}", it.as_str())))];
        words.push(Inline::plain(": "));
        words.push(Inline::plain(brief(it)));
        words
    });
    let mut blocks = vec![
        Block::Paragraph(sentence(meaning(mode))),
        Block::Bullets(told.collect()),
    ];
    blocks.extend(super::follow::listed(case));
    blocks.push(Block::Note(sentence(&needs(&case.situation.hearing))));
    if attention.set.is_some() {
        blocks.push(set_by(attention));
    }
    blocks.push(Block::Actions(others(mode)));
    Document {
        headline: headline(mode).to_owned(),
        blocks,
    }
}

/// What becomes of a turn in a muted channel: nobody but whoever asked hears of it.
pub(super) fn muted(case: &Case<'_>, turn: Turn) -> Turn {
    let is_muted = case.situation.attention.mode == Mode::Mute;
    let asked = matches!(
        case.inbound.said,
        Said::Command { .. } | Said::Click { .. } | Said::Filled(_)
    );
    // Who is told that the bot reads along, or no longer, must be told.
    let mode = case.situation.attention.mode;
    let is_of_mode = turn.attention.as_ref().is_some_and(|it| it.mode != mode);
    if !is_muted || !asked || is_of_mode || turn.reply.audience != Audience::Everyone {
        return turn;
    }
    Turn {
        reply: Reply {
            audience: Audience::Asker,
            ..turn.reply
        },
        ..turn
    }
}

/// What is said where a muted channel keeps the bot from doing what was asked.
pub(super) fn refused(case: &Case<'_>, intent: Option<&Intent>) -> Option<Document> {
    if case.situation.attention.mode != Mode::Mute {
        return None;
    }
    let (headline, instead) = match (&case.inbound.said, intent) {
        (Said::Mention { .. }, _) => (
            "I am muted in this channel, so I answer commands only, and only to whoever asks.",
            "The same words work behind",
        ),
        (Said::Command { .. } | Said::Click { .. }, Some(Intent::Share(_))) => (
            "I am muted in this channel, so nothing is shown to everyone.",
            "To read it yourself, use the command without `share` behind",
        ),
        _ => return None,
    };
    let words = format!(
        "{instead} `{}`; `{}` ends the muting.",
        case.situation.command,
        case.typed("mode mention")
    );
    Some(Document {
        headline: headline.to_owned(),
        blocks: vec![Block::Paragraph(sentence(&words))],
    })
}

fn headline(mode: Mode) -> &'static str {
    match mode {
        Mode::Mention => "I act in this channel when I am asked, and read nothing else.",
        Mode::Follow => "I follow this channel: what is said here may concern the plan.",
        Mode::Mute => "I am muted in this channel.",
    }
}

/// What the mode means, for a channel that is in it.
fn meaning(mode: Mode) -> &'static str {
    match mode {
        Mode::Mention => "Asked means: a command, a mention, a button or a direct message.",
        Mode::Follow => {
            "Where somebody states what contradicts the plan, I say so once, in a thread. \
             Where a message that a value came from is edited or deleted, the value is marked. \
             What states no value is never stored."
        }
        Mode::Mute => {
            "I answer commands and buttons, and only to whoever asks. \
             There is no digest, and no word of mine in threads."
        }
    }
}

/// The same, as a choice that one has.
fn brief(mode: Mode) -> &'static str {
    match mode {
        Mode::Mention => "only what is said to me",
        Mode::Follow => "also what people state here; a contradiction of the plan is said once",
        Mode::Mute => "commands and buttons only, answered to whoever asks",
    }
}

/// What following needs, and whether it is there.
fn needs(hearing: &Hearing) -> String {
    let needed = format!("Following needs the events {EVENTS} and the right to read messages");
    match hearing {
        Hearing::Granted => format!("{needed}; the right is granted."),
        Hearing::Unknown => format!("{needed}; I could not ask whether it is granted."),
        Hearing::Lacks { public, private } => {
            format!(
                "{needed}, but {}.",
                not_granted(&named(public.iter().chain(private)))
            )
        }
    }
}

/// What may be in the way of following although it was switched on.
fn doubt(hearing: &Hearing) -> String {
    match hearing {
        Hearing::Granted => format!(
            "I can't see whether the events {EVENTS} are switched on for this app; without them I hear nothing."
        ),
        Hearing::Unknown => needs(hearing),
        Hearing::Lacks { public, private } => {
            let place = if public.is_some() {
                "public"
            } else {
                "private"
            };
            format!(
                "{}: I hear nothing in {place} channels.",
                capitalised(&not_granted(&named(public.iter().chain(private))))
            )
        }
    }
}

fn not_granted(names: &[String]) -> String {
    match names.len() {
        1 => format!("{} is not granted", names[0]),
        _ => format!("{} are not granted", names.join(" and ")),
    }
}

fn named<'a>(missing: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    missing.into_iter().map(|it| format!("`{it}`")).collect()
}

/// Nothing that is said here would ever arrive.
fn deaf(case: &Case<'_>, names: &[String]) -> Document {
    Document {
        headline: "I can't follow this channel yet, so its mode is as it was.".to_owned(),
        blocks: vec![
            Block::Paragraph(sentence(&format!(
                "I may not read messages: {} are not granted. They are optional. \
                 Whoever runs the app adds them and the events {EVENTS}, and installs it again; then `{}` works.",
                names.join(" and "),
                case.typed("mode follow")
            ))),
            Block::Note(sentence("Commands, mentions and buttons need none of it.")),
        ],
    }
}

/// In a direct conversation all is said to the bot.
fn direct() -> Document {
    Document {
        headline: "Modes are for channels: here all you write is said to me.".to_owned(),
        blocks: Vec::new(),
    }
}

fn set_by(attention: &Attention) -> Block {
    let mut words = vec![Inline::plain(format!("Mode {}", attention.mode.as_str()))];
    if let Some((person, at)) = &attention.set {
        words.extend([
            Inline::plain(", chosen by "),
            Inline::Person(person.clone()),
            Inline::plain(" · "),
            Inline::When(*at),
        ]);
    }
    Block::Note(words)
}

fn others(mode: Mode) -> Vec<Button> {
    let others = Mode::ALL.into_iter().filter(|it| *it != mode);
    let label = |mode| match mode {
        Mode::Mention => "Only when asked",
        Mode::Follow => "Follow",
        Mode::Mute => "Mute",
    };
    others
        .map(|it| button(label(it), format!("mode {}", it.as_str())))
        .collect()
}
