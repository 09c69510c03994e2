//! What people read: the report on a plan of three segments, as text and as blocks.

use std::hint::black_box;

use gtm_advisor::ident::Person;
use gtm_advisor::render::{self, Document};
use gtm_advisor::report::{Report, Surface};
use gtm_advisor::slack::blocks;
use gtm_advisor::slack::kit::Shown;

use super::check::checked;
use super::subject::{Routine, Subject};

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("report from results", reporting).at_most(200),
        Subject::new("render a report to text", |_| rendering(to_text)),
        Subject::new("render a report to blocks", |_| rendering(to_blocks)),
    ]
}

fn reporting(calls: usize) -> Routine {
    let (plan, results) = checked();
    let mut copies = vec![results; calls];
    Box::new(move || {
        let results = copies.pop().expect("a copy was prepared for each call");
        black_box(Report::new(&plan, results).to_document(Surface::Conversation("/gtm")));
    })
}

fn rendering(write: fn(&Document) -> usize) -> Routine {
    let (plan, results) = checked();
    let report = Report::new(&plan, results);
    assert!(report.has_open_error(), "the plan contradicts itself");
    let document = report.to_document(Surface::Conversation("/gtm"));
    Box::new(move || {
        black_box(write(black_box(&document)));
    })
}

fn to_text(document: &Document) -> usize {
    render::text(document, &name).len()
}

/// As far as the body of the reply.
fn to_blocks(document: &Document) -> usize {
    let reply = blocks::message(document, &name).reply(&Shown::default());
    reply.to_string().len()
}

fn name(_: &Person) -> String {
    "Ana".to_owned()
}
