//! One document with everything in it that a message may show.

use crate::ident::Person;
use crate::render::{Block, Button, Document, Inline, Row, Trend, TrendLine};

/// A document with every block and every kind of words, for tests and for looking at.
pub fn fixture() -> Document {
    Document {
        headline: "Every part of a message, once".to_owned(),
        blocks: vec![
            Block::Heading("A heading".to_owned()),
            Block::Paragraph(words()),
            Block::Bullets(vec![
                vec![Inline::plain("the first thing")],
                vec![Inline::plain("the second, with "), Inline::code("code")],
            ]),
            Block::Rows(rows()),
            Block::Rule,
            Block::Verbatim("price = \"49 USD per month\"\nmotion = \"self-serve\"".to_owned()),
            Block::Note(vec![
                Inline::soft("Small print, last changed "),
                Inline::When(jiff::Timestamp::UNIX_EPOCH),
            ]),
            Block::Trend(trend()),
            Block::Heading("A heading that holds <, > and &".to_owned()),
            Block::Actions(vec![
                Button {
                    primary: true,
                    ..button("Check the plan", "check")
                },
                button("Help", "help"),
            ]),
        ],
    }
}

fn trend() -> Trend {
    let line = |name: &str, values: [i64; 3]| TrendLine {
        name: name.to_owned(),
        values: values.map(Some).to_vec(),
    };
    Trend {
        title: "The last 3 weeks".to_owned(),
        at: ["2 Mar", "9 Mar", "16 Mar"].map(str::to_owned).to_vec(),
        lines: vec![
            line("Answered, %", [40, 52, 55]),
            line("Open findings", [7, 4, 3]),
        ],
    }
}

fn words() -> Vec<Inline> {
    vec![
        Inline::plain("Plain words, "),
        Inline::strong("strong words"),
        Inline::plain(", "),
        Inline::soft("soft words"),
        Inline::plain(", "),
        Inline::code("set price 49 USD"),
        Inline::plain(", a "),
        Inline::Link {
            label: "link".to_owned(),
            url: "https://example.com/plan?a=1&b=2".to_owned(),
        },
        Inline::plain(", a person "),
        Inline::Person(Person::new("U0FIXTURE")),
        Inline::plain(", and what never pings: <!channel> @here & <@U0FIXTURE> 🚀 価格"),
    ]
}

fn rows() -> Vec<Row> {
    let row = |name: &str, value: Vec<Inline>| Row {
        name: name.to_owned(),
        value,
    };
    vec![
        row("Price", vec![Inline::plain("588 USD per year")]),
        row("Sales motion", vec![Inline::strong("self-serve")]),
        row("Owner", vec![Inline::soft("nobody yet")]),
    ]
}

fn button(label: &str, words: &str) -> Button {
    Button {
        label: label.to_owned(),
        words: words.to_owned(),
        primary: false,
    }
}
