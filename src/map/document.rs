//! The map as an answer: the grid, its legend, and whose numbers these are.

use super::grid::grid;
use super::ladder::TOLERANCE;
use super::placed::{Map, Mark};
use super::words::{OURS, currency_note, ladders, line};
use crate::render::{Block, Document, Inline};
use crate::sources::SourceRef;

/// The most segments that the legend describes.
const MOST_LINES: usize = 12;

/// The map for people. `command` runs `words` such as `set deals 40`, in the form one types.
pub fn document(map: &Map, typed: impl Fn(&str) -> String) -> Document {
    if map.is_empty() {
        return empty(&typed);
    }
    let mut blocks = vec![Block::Verbatim(grid(map)), legend(map)];
    if let Some(mark) = map.segments.iter().find(|mark| mark.missing().is_some()) {
        blocks.push(Block::Paragraph(vec![
            Inline::plain(match mark.name() {
                Some(name) => format!("To put {name} on the map: "),
                None => "To put it on the map: ".to_owned(),
            }),
            Inline::code(typed(&answer(map, mark))),
        ]));
    }
    blocks.push(Block::Note(small_print(map)));
    Document {
        headline: headline(map),
        blocks,
    }
}

/// What the map shows first: whether the ladders match.
fn headline(map: &Map) -> String {
    let far: Vec<&Mark> = map
        .segments
        .iter()
        .filter(|mark| mark.distance().is_some_and(|apart| apart > TOLERANCE))
        .collect();
    let known = map.segments.iter().filter(|mark| mark.distance().is_some());
    match (&far[..], known.count()) {
        ([], 0) => "The deals × ACV map; no segment stands on two ladders yet.".to_owned(),
        ([], _) => "On the deals × ACV map the ladders match.".to_owned(),
        ([_], 1) if map.segments.len() == 1 => "The ladders lie far apart.".to_owned(),
        ([only], _) => format!("The ladders of {} lie far apart.", only.segment),
        _ => format!("The ladders of {} segments lie far apart.", far.len()),
    }
}

fn legend(map: &Map) -> Block {
    let mut items: Vec<Vec<Inline>> = map
        .segments
        .iter()
        .take(MOST_LINES)
        .map(|mark| {
            vec![
                Inline::strong(mark.letter.to_string()),
                Inline::plain(format!(" {}\n{}", line(mark), ladders(mark))),
            ]
        })
        .collect();
    if let Some(more) = map
        .segments
        .len()
        .checked_sub(MOST_LINES)
        .filter(|&n| n > 0)
    {
        items.push(vec![Inline::plain(format!("and {more} more"))]);
    }
    Block::Bullets(items)
}

/// The command that answers what a segment lacks.
fn answer(map: &Map, mark: &Mark) -> String {
    let words = if mark.acv.is_none() {
        "set acv $12k"
    } else {
        "set deals 40"
    };
    match &map.segments[..] {
        [_] => words.to_owned(),
        _ => format!("{words} for {}", mark.segment),
    }
}

fn small_print(map: &Map) -> Vec<Inline> {
    let source = SourceRef {
        id: "gtm-alignment".to_owned(),
        section: "aligning-gtms-across-marketing-sales-customer-success".to_owned(),
        url: crate::sources::source("gtm-alignment").and_then(|it| it.address.clone()),
    };
    let rate = currency_note(map).map_or_else(String::new, |rate| format!(" {rate}."));
    let words = format!(
        "{OURS}. The dotted lines are the framework's approximate bounds between self-serve, inside and field sales.{rate}"
    );
    let label = source.label();
    vec![
        Inline::plain(format!("{words}\nSource: ")),
        match source.url {
            Some(url) => Inline::Link { label, url },
            None => Inline::plain(label),
        },
    ]
}

fn empty(typed: &impl Fn(&str) -> String) -> Document {
    let step = |words: &str| vec![Inline::code(typed(words))];
    Document {
        headline: "There is nothing to draw yet.".to_owned(),
        blocks: vec![
            Block::Paragraph(vec![Inline::plain(
                "The map needs what a deal brings and how many there are in a year; the ladders need how you sell, how marketing reaches people, and how customers are looked after. For example:",
            )]),
            Block::Bullets(vec![
                step("set acv $12k"),
                step("set deals 40"),
                step("set motion field"),
            ]),
        ],
    }
}
