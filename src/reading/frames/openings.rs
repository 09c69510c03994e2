//! Patterns are tried only where their first words stand. This must lose no fit: all messages in
//! `tests/reading/` are read with and without it.

use std::path::Path;

use super::line;
use super::pattern::Opening;
use super::table::Frames;
use crate::plan::{Currency, ParseContext};
use crate::reading::Context;
use crate::reading::clean::Clean;
use crate::reading::reader::Reader;
use crate::reading::sentence;
use crate::reading::token;

/// The patterns, tried everywhere.
fn unopened() -> &'static Frames {
    let mut frames = Frames::build().expect("a test reads the tables");
    for frame in &mut frames.patterns {
        frame.opening = Opening::anywhere();
        if let Some(loose) = &mut frame.loose {
            loose.barring = Opening::anywhere();
            for part in &mut loose.parts {
                part.opening = Opening::anywhere();
            }
        }
    }
    Box::leak(Box::new(frames))
}

fn messages() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading");
    let files = std::fs::read_dir(folder).expect("the folder of cases");
    let texts = files.map(|it| std::fs::read_to_string(it.expect("an entry").path()));
    let texts = texts.map(|text| text.expect("a file of cases"));
    let messages = texts.flat_map(|text| {
        let said = text.lines().filter_map(|line| line.strip_prefix("> "));
        said.map(|it| it.replace("\\n", "\n")).collect::<Vec<_>>()
    });
    messages.collect()
}

#[test]
fn no_fit_is_lost_where_patterns_are_tried_at_their_first_words_only() {
    let (opened, unopened) = (Frames::get(), unopened());
    let parse = ParseContext {
        currency: Currency::USD,
        today: jiff::civil::date(2026, 3, 2),
    };
    let context = Context { plan: None, parse };
    let all = messages();
    assert!(all.len() > 4_000, "{} messages", all.len());
    let mut known = 0;
    for message in &all {
        let clean = Clean::new(message);
        let tokens = token::split(&clean.text);
        for sentence in &sentence::sentences(&clean.text, &tokens) {
            let reader = Reader::alone(message, &clean, sentence, &context);
            let framing = reader.framing(None);
            let pieces = line::pieces(opened, sentence);
            let fits = |frames: &'static Frames| {
                let fits = framing.fits(frames, &pieces).into_iter();
                let mut fits: Vec<_> = fits
                    .map(|it| (it.frame.order, it.start, it.end, it.place, it.value))
                    .collect();
                fits.sort_by_key(|it| (it.0, it.1));
                fits
            };
            let with = fits(opened);
            known += with.len();
            assert_eq!(with, fits(unopened), "{message}");
        }
    }
    assert!(known > 4_000, "{known} fits");
}
