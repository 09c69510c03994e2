//! Tables that grow while the rows of a CSV file are read.

use super::node::{Content, Entry, Node};

/// The words of a cell.
pub(super) fn words(cell: &str, at: usize) -> Node {
    let content = Content::Words(cell.to_owned());
    Node { at, content }
}

/// An entry of a table.
pub(super) fn entry(key: &str, node: Node, at: usize) -> Entry {
    let key = key.trim().to_owned();
    Entry { key, at, node }
}

/// The entries of the table at `key`, which is made where it is missing.
pub(super) fn inner<'a>(level: &'a mut Vec<Entry>, key: &str, at: usize) -> &'a mut Vec<Entry> {
    let place = level.iter().position(|entry| entry.key == key);
    let place = place.unwrap_or_else(|| {
        let content = Content::Table(Vec::new());
        level.push(entry(key, Node { at, content }, at));
        level.len() - 1
    });
    match &mut level[place].node.content {
        Content::Table(entries) => entries,
        _ => unreachable!("only tables are put under a key that takes more"),
    }
}

/// Puts an entry into the table at `key`.
pub(super) fn put_into(level: &mut Vec<Entry>, key: &str, entry: Entry, at: usize) {
    inner(level, key, at).push(entry);
}

/// Puts a node at the end of the list at `key`.
pub(super) fn put_last(level: &mut Vec<Entry>, key: &str, node: Node) {
    let at = node.at;
    let known = level.iter_mut().find(|entry| entry.key == key);
    let known = known.map(|entry| &mut entry.node.content);
    if let Some(Content::Array(items)) = known {
        items.push(node);
    } else {
        let content = Content::Array(vec![node]);
        level.push(entry(key, Node { at, content }, at));
    }
}

/// The node with everything in it at one place: that of its row.
pub(super) fn moved(node: Node, at: usize) -> Node {
    let content = match node.content {
        Content::Array(items) => {
            Content::Array(items.into_iter().map(|item| moved(item, at)).collect())
        }
        Content::Table(entries) => {
            let entries = entries.into_iter();
            let moved = entries.map(|it| Entry {
                key: it.key,
                at,
                node: moved(it.node, at),
            });
            Content::Table(moved.collect())
        }
        other => other,
    };
    Node { at, content }
}
