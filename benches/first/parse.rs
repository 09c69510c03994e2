//! Reading what people write: values and commands.

use std::hint::black_box;

use gtm_advisor::intent;
use gtm_advisor::plan::field;

use super::plans::CONTEXT;
use super::subject::{Routine, Subject};

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("parse money", |_| value("plan.arr_target", "$1.2M ARR")),
        Subject::new("parse a price", |_| {
            value("pricing.price", "$49.50 a month")
        }),
        Subject::new("parse a set", |_| {
            value(
                "marketing.channels",
                "SEO, content, LinkedIn and outbound email",
            )
        }),
        Subject::new("parse a command", |_| {
            command("set price $49/mo for mid-market")
        }),
        Subject::new("refuse a command", |_| command("set prcie $49/mo")),
    ]
}

fn value(name: &'static str, words: &'static str) -> Routine {
    let field = field(name).expect("the catalogue has it");
    let read = move || field.parse(black_box(words), &CONTEXT);
    if let Err(error) = read() {
        panic!("{error}");
    }
    Box::new(move || {
        black_box(read().is_ok());
    })
}

fn command(words: &'static str) -> Routine {
    Box::new(move || {
        black_box(intent::parse(black_box(words)).is_ok());
    })
}
