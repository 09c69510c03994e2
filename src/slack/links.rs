//! The ways to messages, written as addresses of the workspace.

use crate::ident::{Channel, MessageTs};
use crate::render::{Block, Document, Inline, Row};

/// The document with addresses in the place of messages; `home` is the workspace's own, such as
/// `https://acme.slack.com/`. Without it their labels stay words.
pub fn linked(document: &Document, home: Option<&str>) -> Document {
    let Some(home) = home else {
        return document.clone();
    };
    let inlines = |all: &[Inline]| -> Vec<Inline> { all.iter().map(|it| link(it, home)).collect() };
    let block = |block: &Block| match block {
        Block::Paragraph(all) => Block::Paragraph(inlines(all)),
        Block::Note(all) => Block::Note(inlines(all)),
        Block::Bullets(items) => Block::Bullets(items.iter().map(|it| inlines(it)).collect()),
        Block::Rows(rows) => {
            let row = |row: &Row| Row {
                name: row.name.clone(),
                value: inlines(&row.value),
            };
            Block::Rows(rows.iter().map(row).collect())
        }
        other => other.clone(),
    };
    Document {
        headline: document.headline.clone(),
        blocks: document.blocks.iter().map(block).collect(),
    }
}

fn link(inline: &Inline, home: &str) -> Inline {
    let Inline::Message {
        label,
        channel,
        ts,
        thread,
    } = inline
    else {
        return inline.clone();
    };
    Inline::Link {
        label: label.clone(),
        url: address(home, channel, ts, thread.as_ref()),
    }
}

/// Where a message is read.
pub(super) fn address(
    home: &str,
    channel: &Channel,
    ts: &MessageTs,
    thread: Option<&MessageTs>,
) -> String {
    let home = home.trim_end_matches('/');
    let digits = ts.as_str().replace('.', "");
    let thread = thread.map_or_else(String::new, |root| {
        format!("?thread_ts={root}&cid={channel}")
    });
    format!("{home}/archives/{channel}/p{digits}{thread}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(thread: Option<&str>, home: Option<&str>) -> Inline {
        let message = Inline::Message {
            label: "message".to_owned(),
            channel: Channel::new("C1"),
            ts: MessageTs::new("1700000000.000200"),
            thread: thread.map(MessageTs::new),
        };
        let document = Document {
            headline: "Head".to_owned(),
            blocks: vec![Block::Note(vec![message])],
        };
        match linked(&document, home).blocks.remove(0) {
            Block::Note(mut inlines) => inlines.remove(0),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_message_is_linked_in_its_workspace() {
        let check = |thread, expected: &str| {
            let Inline::Link { url, .. } = shown(thread, Some("https://acme.slack.com/")) else {
                panic!("no link");
            };
            assert_eq!(url, expected);
        };
        check(None, "https://acme.slack.com/archives/C1/p1700000000000200");
        check(
            Some("1700000000.000100"),
            "https://acme.slack.com/archives/C1/p1700000000000200?thread_ts=1700000000.000100&cid=C1",
        );
        assert!(matches!(shown(None, None), Inline::Message { .. }));
    }
}
