//! A document as one of Slack's messages. Nothing is too long: what does not fit one block goes
//! on in the next, and what does not fit the message is said to be missing.

pub use super::fixture::fixture;
use super::kit::{self, Block as Kit, Message, Mrkdwn, limit};
use super::mrkdwn::{cut, escape, length, parts};
use crate::render::{Block, Button, Document, Inline, Names, Row, clean, one_line, text};

/// Blocks of content in a message that is cut; the rest is for the note and the buttons.
const CONTENT: usize = 45;

/// Rows of buttons that a message which is cut still ends with.
const LAST_ROWS: usize = 4;

/// What a document without a word becomes.
const NOTHING: &str = "(nothing to show)";

/// Writes a document as a message.
pub fn message(document: &Document, names: Names<'_>) -> Message {
    let words = text(document, names);
    let words = if words.trim().is_empty() {
        NOTHING
    } else {
        words.trim()
    };
    let top = cut(&escape(words), limit::TEXT);
    let mut writer = Writer { names, buttons: 0 };
    let mut written = vec![writer.headline(&document.headline)];
    written.extend(document.blocks.iter().map(|block| writer.block(block)));
    let mut blocks = fitted(written);
    if blocks.is_empty() {
        blocks.extend(Mrkdwn::section(NOTHING.to_owned()).map(Kit::section));
    }
    Message::new(top, blocks)
}

/// All blocks if they fit; else the first ones whole, a note, and the last row of buttons.
fn fitted(mut written: Vec<Vec<Kit>>) -> Vec<Kit> {
    if written.iter().map(Vec::len).sum::<usize>() <= limit::BLOCKS {
        return written.concat();
    }
    let is_actions = |blocks: &Vec<Kit>| matches!(blocks.first(), Some(Kit::Actions(_)));
    let mut last = written.pop_if(|last| is_actions(last)).unwrap_or_default();
    last.truncate(LAST_ROWS);
    let mut kept: Vec<Kit> = Vec::with_capacity(limit::BLOCKS);
    let mut left = written.len();
    for blocks in written {
        let room = CONTENT - kept.len();
        if blocks.len() <= room {
            kept.extend(blocks);
            left -= 1;
            continue;
        }
        // One part that would fill most of a message is begun, a smaller one is kept whole.
        if blocks.len() > CONTENT / 2 {
            kept.extend(blocks.into_iter().take(room));
        }
        break;
    }
    while kept.pop_if(|block| block.announces()).is_some() {
        left += 1;
    }
    kept.extend(note(&more(left)));
    kept.extend(last);
    kept
}

fn more(left: usize) -> String {
    match left {
        1 => "… and 1 more part that does not fit into one message.".to_owned(),
        n => format!("… and {n} more parts that do not fit into one message."),
    }
}

fn note(words: &str) -> Option<Kit> {
    Mrkdwn::field(escape(words)).map(Kit::context)
}

struct Writer<'a> {
    names: Names<'a>,
    buttons: usize,
}

impl Writer<'_> {
    fn headline(&mut self, words: &str) -> Vec<Kit> {
        self.sections(&[Inline::strong(one_line(words))])
    }

    fn block(&mut self, block: &Block) -> Vec<Kit> {
        match block {
            Block::Heading(words) => self.heading(&one_line(words)),
            Block::Paragraph(inlines) => self.sections(inlines),
            Block::Bullets(items) => self.bullets(items),
            Block::Rows(rows) => self.rows(rows),
            Block::Verbatim(words) => verbatim(&clean(words)),
            Block::Note(inlines) => parts(inlines, self.names, limit::FIELD)
                .into_iter()
                .filter_map(|part| Mrkdwn::field(part).map(Kit::context))
                .collect(),
            Block::Trend(trend) => kit::Chart::new(trend)
                .map(Kit::DataVisualization)
                .or_else(|| note(&trend.words()))
                .into_iter()
                .collect(),
            Block::Rule => vec![Kit::Divider {}],
            Block::Actions(buttons) => self.actions(buttons),
        }
    }

    fn heading(&mut self, words: &str) -> Vec<Kit> {
        match Kit::header(words) {
            Some(header) => vec![header],
            None => self.headline(words),
        }
    }

    fn sections(&mut self, inlines: &[Inline]) -> Vec<Kit> {
        parts(inlines, self.names, limit::SECTION)
            .into_iter()
            .filter_map(section)
            .collect()
    }

    /// As many items to a section as fit whole.
    fn bullets(&mut self, items: &[Vec<Inline>]) -> Vec<Kit> {
        const MARK: &str = "• ";
        let mut texts: Vec<String> = Vec::new();
        for item in items {
            let pieces = parts(item, self.names, limit::SECTION - length(MARK));
            for (i, piece) in pieces.into_iter().enumerate() {
                let line = if i == 0 {
                    format!("{MARK}{piece}")
                } else {
                    piece
                };
                match texts.last_mut() {
                    Some(text) if length(text) + 1 + length(&line) <= limit::SECTION => {
                        text.push('\n');
                        text.push_str(&line);
                    }
                    _ => texts.push(line),
                }
            }
        }
        texts.into_iter().filter_map(section).collect()
    }

    /// Side by side, except for what is too long for that.
    fn rows(&mut self, rows: &[Row]) -> Vec<Kit> {
        let mut blocks = Vec::new();
        let mut fields = Vec::new();
        for row in rows {
            let name = one_line(&row.name);
            let mut inlines = vec![Inline::strong(name), Inline::plain("\n")];
            inlines.extend(row.value.iter().cloned());
            let mut pieces = parts(&inlines, self.names, limit::FIELD);
            if pieces.len() < 2 {
                fields.extend(pieces.pop().and_then(Mrkdwn::field));
            } else {
                blocks.extend(Kit::fields(&std::mem::take(&mut fields)));
                blocks.extend(self.sections(&inlines));
            }
        }
        blocks.extend(Kit::fields(&fields));
        blocks
    }

    /// A command that is too long for a button is shown, to be typed: it is never cut.
    fn actions(&mut self, buttons: &[Button]) -> Vec<Kit> {
        let mut row = Vec::with_capacity(buttons.len());
        let mut typed = Vec::new();
        for button in buttons {
            match kit::Button::new(button, self.buttons) {
                Some(fits) => {
                    self.buttons += 1;
                    row.push(fits);
                }
                None => typed.extend(self.sections(&[
                    Inline::strong(one_line(&button.label)),
                    Inline::plain(": type "),
                    Inline::code(button.words.trim()),
                ])),
            }
        }
        Kit::actions(&row).chain(typed).collect()
    }
}

fn section(text: String) -> Option<Kit> {
    Mrkdwn::section(text).map(Kit::section)
}

/// Lines are kept together; a line that fills more than a block is split where it must be.
fn verbatim(words: &str) -> Vec<Kit> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for unit in words.split_inclusive('\n').flat_map(split) {
        let need = length(&unit);
        if used + need > limit::VERBATIM {
            pieces.push(String::new());
            used = 0;
        }
        used += need;
        pieces.last_mut().expect("one at least").push_str(&unit);
    }
    pieces
        .iter()
        .filter_map(|piece| Kit::verbatim(piece.strip_suffix('\n').unwrap_or(piece)))
        .collect()
}

fn split(line: &str) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    chars
        .chunks(limit::VERBATIM)
        .map(|chunk| chunk.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::Value;
    use slack_morphism::prelude::SlackBlock;

    use super::*;
    use crate::ident::{Channel, OutboxId, Person};
    use crate::render::Emphasis;
    use crate::slack::kit::Shown;

    fn posted(document: &Document) -> Value {
        let message = message(document, &|_: &Person| "Ann <!channel> @here".to_owned());
        message.post(&Channel::new("C1"), None, &OutboxId::new("k1"))
    }

    fn blocks(document: &Document) -> Vec<Value> {
        let posted = posted(document);
        holds(&posted);
        posted["blocks"].as_array().cloned().unwrap_or_default()
    }

    /// Slack's own limits, as its reference has them.
    fn holds(message: &Value) {
        let text = message["text"].as_str().expect("text");
        assert!((1..=4_000).contains(&length(text)) && !text.trim().is_empty());
        assert!(!text.contains(['<', '>']), "{text}");
        let blocks = message["blocks"].as_array().expect("blocks");
        assert!((1..=50).contains(&blocks.len()), "{}", blocks.len());
        let mut ids = BTreeSet::new();
        for block in blocks {
            block_holds(block, &mut ids);
        }
        // What a button carries is never shown.
        let json = shown(message.clone()).to_string();
        for token in [
            "<!channel",
            "<!here",
            "<!everyone",
            "<!subteam",
            "<@",
            "link_names",
        ] {
            assert!(!json.contains(token), "{token} in {json}");
        }
        let sent = &message["blocks"];
        let parsed: Vec<SlackBlock> = serde_json::from_value(sent.clone()).expect("blocks");
        assert!(
            !parsed.iter().any(|it| matches!(it, SlackBlock::Unknown(_))),
            "{sent}"
        );
        assert_eq!(&serde_json::to_value(&parsed).expect("JSON"), sent);
    }

    fn shown(mut message: Value) -> Value {
        for block in message["blocks"].as_array_mut().into_iter().flatten() {
            for element in block["elements"].as_array_mut().into_iter().flatten() {
                element.as_object_mut().and_then(|it| it.remove("value"));
            }
        }
        message
    }

    fn block_holds(block: &Value, ids: &mut BTreeSet<String>) {
        let list = |name: &str| block[name].as_array().cloned().unwrap_or_default();
        match block["type"].as_str().expect("a type") {
            "header" => {
                assert_eq!(block["text"]["type"], "plain_text");
                text_holds(&block["text"], 150);
            }
            "section" => {
                assert!(block["text"].is_object() ^ block["fields"].is_array());
                if block["text"].is_object() {
                    text_holds(&block["text"], 3_000);
                }
                assert!(list("fields").len() <= 10);
                for field in list("fields") {
                    text_holds(&field, 2_000);
                }
            }
            "context" => {
                assert!((1..=10).contains(&list("elements").len()));
                for element in list("elements") {
                    text_holds(&element, 2_000);
                }
            }
            "actions" => {
                assert!((1..=25).contains(&list("elements").len()));
                for button in list("elements") {
                    assert_eq!(button["type"], "button");
                    text_holds(&button["text"], 75);
                    let value = button["value"].as_str().expect("a value");
                    assert!((1..=2_000).contains(&length(value)));
                    let id = button["action_id"].as_str().expect("an id").to_owned();
                    assert!(id.len() <= 255 && ids.insert(id));
                }
            }
            "rich_text" => {
                let runs = block["elements"][0]["elements"].as_array().expect("runs");
                let all: usize = runs
                    .iter()
                    .map(|it| length(it["text"].as_str().expect("text")))
                    .sum();
                assert!((1..=3_000).contains(&all));
            }
            "divider" | "data_visualization" => {}
            other => panic!("{other}"),
        }
    }

    fn text_holds(text: &Value, limit: usize) {
        let words = text["text"].as_str().expect("words");
        assert!(
            (1..=limit).contains(&length(words)) && !words.trim().is_empty(),
            "{words}"
        );
        if text["type"] == "plain_text" {
            return;
        }
        assert_eq!(text["verbatim"], true);
        let mut rest = words;
        while let Some(at) = rest.find('<') {
            let token = &rest[at + 1..];
            let end = token.find('>').expect("a closed token");
            let token = &token[..end];
            assert!(
                token.starts_with("http") || token.starts_with("!date^"),
                "{token}"
            );
            assert!(token.matches('|').count() <= 1, "{token}");
            rest = &rest[at + end + 2..];
        }
        assert!(!rest.contains('>'), "{words}");
        let entities = words
            .replace("&amp;", "")
            .replace("&lt;", "")
            .replace("&gt;", "");
        let in_words = entities
            .split('<')
            .map(|it| it.rsplit('>').next().unwrap_or_default());
        assert!(!in_words.collect::<String>().contains('&'), "{words}");
    }

    fn document(blocks: Vec<Block>) -> Document {
        Document {
            headline: "Head".to_owned(),
            blocks,
        }
    }

    fn paragraph(words: &str) -> Block {
        Block::Paragraph(vec![Inline::plain(words)])
    }

    #[test]
    fn the_fixture_shows_every_kind_of_block() {
        let blocks = blocks(&fixture());
        let kinds: BTreeSet<_> = blocks.iter().filter_map(|it| it["type"].as_str()).collect();
        let all = [
            "actions",
            "context",
            "data_visualization",
            "divider",
            "header",
            "rich_text",
            "section",
        ];
        assert_eq!(kinds, BTreeSet::from(all));
        insta::assert_json_snapshot!(posted(&fixture()));
    }

    #[test]
    fn an_empty_document_still_says_something() {
        let empty = Document {
            headline: " ".to_owned(),
            blocks: vec![paragraph(""), Block::Actions(vec![])],
        };
        assert_eq!(posted(&empty)["text"], NOTHING);
        assert_eq!(blocks(&empty).len(), 1);
    }

    #[test]
    fn long_parts_go_on_in_the_next_block() {
        let long = "word ".repeat(2_000);
        assert_eq!(blocks(&document(vec![paragraph(&long)])).len(), 1 + 4);
        let items = vec![vec![Inline::plain("x".repeat(1_000))]; 5];
        assert_eq!(blocks(&document(vec![Block::Bullets(items)])).len(), 1 + 3);
        assert_eq!(blocks(&document(vec![Block::Verbatim(long)])).len(), 1 + 4);
        let row = |value: &str| Row {
            name: "N".to_owned(),
            value: vec![Inline::plain(value)],
        };
        let rows = vec![row("v"), row(&"y".repeat(2_500)), row("v")];
        assert_eq!(blocks(&document(vec![Block::Rows(rows)])).len(), 1 + 3);
        let rows = vec![row("v"); 11];
        assert_eq!(blocks(&document(vec![Block::Rows(rows)])).len(), 1 + 2);
    }

    #[test]
    fn the_fifty_first_block_is_told_not_shown() {
        let many = |n: usize| document(vec![paragraph("p"); n]);
        assert_eq!(blocks(&many(49)).len(), 50);
        let cut = blocks(&many(50));
        assert_eq!(cut.len(), 46);
        let note = cut.last().expect("a note").to_string();
        assert!(
            note.contains("… and 6 more parts that do not fit into one message."),
            "{note}"
        );
    }

    #[test]
    fn a_cut_message_keeps_its_buttons_and_ends_with_no_heading() {
        let button = Button {
            label: "Undo".to_owned(),
            words: "undo 3".to_owned(),
            primary: false,
        };
        let mut all = vec![paragraph("p"); 43];
        all.push(Block::Heading("late".to_owned()));
        all.extend(vec![paragraph("p"); 20]);
        all.push(Block::Actions(vec![button]));
        let cut = blocks(&document(all));
        assert_eq!(cut.last().expect("buttons")["type"], "actions");
        assert_eq!(cut[cut.len() - 2]["type"], "context");
        assert_eq!(cut[cut.len() - 3]["type"], "section");
        assert!(cut[cut.len() - 2].to_string().contains("21 more parts"));
    }

    #[test]
    fn one_giant_part_is_begun() {
        let giant = Block::Verbatim("line\n".repeat(40_000));
        let cut = blocks(&document(vec![giant]));
        assert_eq!(cut.len(), 46);
        assert!(cut[45].to_string().contains("1 more part "));
    }

    #[test]
    fn a_command_is_never_cut() {
        let button = |label: &str, words: &str| Button {
            label: label.to_owned(),
            words: words.to_owned(),
            primary: true,
        };
        let long = format!("set note {}", "z".repeat(2_000));
        let all = vec![
            button(&"label ".repeat(20), "check"),
            button("", "help"),
            button("Long", &long),
        ];
        let blocks = blocks(&document(vec![Block::Actions(all)]));
        let labels: Vec<_> = blocks[1]["elements"]
            .as_array()
            .expect("buttons")
            .iter()
            .map(|it| it["text"]["text"].as_str().expect("a label"))
            .collect();
        assert_eq!(labels.len(), 2);
        assert!(labels[0].ends_with('…') && length(labels[0]) == limit::LABEL);
        assert_eq!(labels[1], "help");
        assert!(
            blocks[2]["text"]["text"]
                .as_str()
                .expect("text")
                .contains(&long)
        );
    }

    #[test]
    fn limits_hold_at_the_edge() {
        for n in [141, 142, 143, 149, 150, 151] {
            for c in ["a", "🚀", "価", "&"] {
                blocks(&document(vec![Block::Heading(c.repeat(n))]));
            }
        }
        for n in [1_899, 1_900, 1_901, 2_849, 2_850, 2_851, 3_000, 3_001] {
            for c in ["a", "🚀", "価", "&", "e\u{301}"] {
                let words = c.repeat(n);
                let row = Row {
                    name: words.clone(),
                    value: vec![Inline::strong(words.clone())],
                };
                blocks(&document(vec![
                    paragraph(&words),
                    Block::Note(vec![Inline::soft(words.clone())]),
                    Block::Bullets(vec![vec![Inline::code(words.clone())]]),
                    Block::Rows(vec![row]),
                    Block::Verbatim(words),
                ]));
            }
        }
    }

    #[test]
    fn replies_say_who_sees_them() {
        let message = message(&document(vec![]), &|_: &Person| String::new());
        let own = message.reply(&Shown::default());
        assert_eq!(own["response_type"], "ephemeral");
        assert_eq!(own["replace_original"], false);
        let thread = Some(crate::ident::MessageTs::new("1.2"));
        let shown = |everyone: bool, replaces: bool| Shown {
            everyone,
            replaces,
            thread: thread.clone(),
        };
        assert_eq!(
            message.reply(&shown(true, false))["response_type"],
            "in_channel"
        );
        assert_eq!(message.reply(&shown(true, false))["thread_ts"], "1.2");
        assert_eq!(message.reply(&shown(true, true)).get("thread_ts"), None);
        assert_eq!(message.reply(&shown(false, false)).get("thread_ts"), None);
    }

    fn words() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-z]{1,12} ",
            Just("🚀👩‍👩‍👧".to_owned()),
            Just("市場価格".to_owned()),
            Just("e\u{301}\u{302}\u{303}".to_owned()),
            Just("&<>".to_owned()),
            Just("<!channel> @everyone <!here|x> ".to_owned()),
            Just("<@U1>".to_owned()),
            Just("```*_`~".to_owned()),
            Just("\n".to_owned()),
            Just("&amp;|".to_owned()),
        ];
        (proptest::collection::vec(piece, 0..8), 1_usize..300)
            .prop_map(|(pieces, times)| pieces.concat().repeat(times))
    }

    fn inline() -> impl Strategy<Value = Inline> {
        prop_oneof![
            (words(), 0..3).prop_map(|(words, weight)| match weight {
                0 => Inline::Words(words, Emphasis::Plain),
                1 => Inline::Words(words, Emphasis::Strong),
                _ => Inline::Words(words, Emphasis::Soft),
            }),
            words().prop_map(Inline::Code),
            (words(), words()).prop_map(|(label, end)| Inline::Link {
                label,
                url: format!("https://example.com/{end}"),
            }),
            Just(Inline::Person(Person::new("U1"))),
            Just(Inline::When(jiff::Timestamp::UNIX_EPOCH)),
        ]
    }

    fn block() -> impl Strategy<Value = Block> {
        let inlines = || proptest::collection::vec(inline(), 0..4);
        let row = (words(), inlines()).prop_map(|(name, value)| Row { name, value });
        let button = (words(), words(), any::<bool>()).prop_map(|(label, words, primary)| Button {
            label,
            words,
            primary,
        });
        prop_oneof![
            words().prop_map(Block::Heading),
            inlines().prop_map(Block::Paragraph),
            proptest::collection::vec(inlines(), 0..4).prop_map(Block::Bullets),
            proptest::collection::vec(row, 0..15).prop_map(Block::Rows),
            words().prop_map(Block::Verbatim),
            inlines().prop_map(Block::Note),
            Just(Block::Rule),
            proptest::collection::vec(button, 0..30).prop_map(Block::Actions),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn whatever_is_said_every_limit_holds(
            headline in words(),
            body in proptest::collection::vec(block(), 0..8),
        ) {
            holds(&posted(&Document { headline, blocks: body }));
        }

        #[test]
        fn splitting_loses_no_words(said in words(), limit in 20_usize..3_000) {
            let parts = parts(&[Inline::plain(said.clone())], &|_: &Person| String::new(), limit);
            let squeezed = |words: &str| words.split_whitespace().collect::<String>();
            prop_assert!(parts.iter().all(|part| length(part) <= limit));
            prop_assert_eq!(squeezed(&parts.join(" ")), squeezed(&escape(&clean(&said))));
        }
    }
}
