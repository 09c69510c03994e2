//! Reading messages and threads.

use std::hint::black_box;

use gtm_advisor::reading::{Context, Said, read_message, read_thread};

use super::plans::CONTEXT;
use super::subject::{Routine, Subject};

/// Messages as people type them, which a thread of a hundred repeats.
const MESSAGES: [&str; 5] = [
    "ok so for SMB we charge 49 bucks a month, enterprise is 40k ACV w/ outside sales",
    "hm, what if we charged $99/mo? <@U1> said they'd pay more",
    "our buyer is the VP Sales, we sell to accounting firms with 5-30 employees in Germany",
    "channels: seo, content + li outreach. win rate ~22%, sales cycle 6 wks",
    "lunch at 12? see ticket GTM-4521 :tada:",
];

const CONTEXT_OF_READING: Context<'static> = Context {
    plan: None,
    parse: CONTEXT,
};

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("read five messages", |_| messages()),
        Subject::new("read a thread of 100", |_| thread()),
    ]
}

fn messages() -> Routine {
    Box::new(|| {
        for message in MESSAGES {
            black_box(read_message(black_box(message), &CONTEXT_OF_READING));
        }
    })
}

fn thread() -> Routine {
    let said = |place: usize| Said {
        speaker: format!("person {}", place % 3),
        text: MESSAGES[place % MESSAGES.len()].to_owned(),
    };
    let messages: Vec<Said> = (0..100).map(said).collect();
    Box::new(move || {
        black_box(read_thread(black_box(&messages), &CONTEXT_OF_READING));
    })
}
