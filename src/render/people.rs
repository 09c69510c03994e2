//! Whom a document speaks of, so that their names can be looked up before it is written.

use std::collections::BTreeSet;

use super::{Block, Document, Inline};
use crate::ident::Person;

/// The persons that a document shows, each once, in the order of their ids.
pub fn people(document: &Document) -> Vec<Person> {
    let mut found = BTreeSet::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(inlines) | Block::Note(inlines) => collect(inlines, &mut found),
            Block::Bullets(items) => items.iter().for_each(|item| collect(item, &mut found)),
            Block::Rows(rows) => rows.iter().for_each(|row| collect(&row.value, &mut found)),
            Block::Heading(_)
            | Block::Verbatim(_)
            | Block::Trend(_)
            | Block::Rule
            | Block::Actions(_) => {}
        }
    }
    found.into_iter().collect()
}

fn collect(inlines: &[Inline], found: &mut BTreeSet<Person>) {
    for inline in inlines {
        if let Inline::Person(person) | Inline::Ping(person) = inline {
            found.insert(person.clone());
        }
    }
}

/// The same, with everybody pinged whom it names.
pub fn pinging(mut document: Document) -> Document {
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(inlines) | Block::Note(inlines) => ping(inlines),
            Block::Bullets(items) => items.iter_mut().for_each(|item| ping(item)),
            Block::Rows(rows) => rows.iter_mut().for_each(|row| ping(&mut row.value)),
            Block::Heading(_)
            | Block::Verbatim(_)
            | Block::Trend(_)
            | Block::Rule
            | Block::Actions(_) => {}
        }
    }
    document
}

fn ping(inlines: &mut [Inline]) {
    for inline in inlines {
        if let Inline::Person(person) = inline {
            *inline = Inline::Ping(person.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Row;

    #[test]
    fn each_person_is_listed_once_wherever_they_stand() {
        let person = |id: &str| vec![Inline::Person(Person::new(id))];
        let document = Document {
            headline: String::new(),
            blocks: vec![
                Block::Paragraph(person("U3")),
                Block::Bullets(vec![person("U2"), person("U3")]),
                Block::Rows(vec![Row {
                    name: "Owner".to_owned(),
                    value: person("U1"),
                }]),
                Block::Note(person("U4")),
            ],
        };
        let ids: Vec<_> = people(&document).iter().map(ToString::to_string).collect();
        assert_eq!(ids, ["U1", "U2", "U3", "U4"]);
    }
}
