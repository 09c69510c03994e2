//! Every limit on blocks, at its edge and one beyond it.

use serde_json::{Value, json};

use crate::playground::limits::{ALL, Limit};

/// Characters of more than one byte each, so that bytes are never counted by mistake.
fn words(n: usize) -> String {
    "é".repeat(n)
}

fn plain(n: usize) -> Value {
    json!({"type": "plain_text", "text": words(n)})
}

fn section(text: &Value) -> Value {
    json!({"type": "section", "text": text})
}

fn actions(elements: &[Value]) -> Value {
    json!({"type": "actions", "elements": elements})
}

fn button(field: &str, value: Value) -> Value {
    let mut button = json!({"type": "button", "text": plain(2)});
    button[field] = value;
    button
}

fn confirm(field: &str, n: usize) -> Value {
    let mut confirm =
        json!({"title": plain(1), "text": plain(1), "confirm": plain(1), "deny": plain(1)});
    confirm[field] = plain(n);
    actions(&[button("confirm", confirm)])
}

fn image(field: &str, value: Value) -> Value {
    let mut image = json!({"type": "image", "image_url": "data:,", "alt_text": "a map"});
    image[field] = value;
    image
}

fn cell(n: usize) -> Value {
    json!({"type": "raw_text", "text": words(n)})
}

/// Blocks that hold exactly `n` of what a limit counts; none for a limit that is not on blocks.
fn sized(limit: &Limit, n: usize) -> Option<Vec<Value>> {
    Some(match limit.name {
        "MESSAGE_BLOCKS" => vec![json!({"type": "divider"}); n],
        "MARKDOWN_BLOCKS" => vec![
            json!({"type": "markdown", "text": words(2_000)}),
            json!({"type": "markdown", "text": words(n - 2_000)}),
        ],
        "BLOCK_ID" => vec![json!({"type": "divider", "block_id": words(n)})],
        "ACTION_ID" => vec![actions(&[button("action_id", words(n).into())])],
        "HEADER_TEXT" => vec![json!({"type": "header", "text": plain(n)})],
        "SECTION_TEXT" => vec![section(&json!({"type": "mrkdwn", "text": words(n)}))],
        "SECTION_FIELDS" => vec![json!({"type": "section", "fields": vec![plain(1); n]})],
        "SECTION_FIELD" => vec![json!({"type": "section", "fields": [plain(n)]})],
        "CONTEXT_ELEMENTS" => vec![json!({"type": "context", "elements": vec![plain(1); n]})],
        "CONTEXT_TEXT" => vec![json!({"type": "context", "elements": [plain(n)]})],
        "ACTIONS_ELEMENTS" => {
            let each = |i: usize| button("action_id", format!("a{i}").into());
            vec![actions(&(0..n).map(each).collect::<Vec<_>>())]
        }
        "IMAGE_URL" => vec![image("image_url", words(n).into())],
        "IMAGE_ALT" => vec![image("alt_text", words(n).into())],
        "IMAGE_TITLE" => vec![image("title", plain(n))],
        "BUTTON_TEXT" => vec![actions(&[button("text", plain(n))])],
        "BUTTON_VALUE" => vec![actions(&[button("value", words(n).into())])],
        "BUTTON_URL" => vec![actions(&[button("url", words(n).into())])],
        "BUTTON_LABEL" => vec![actions(&[button("accessibility_label", words(n).into())])],
        "CONFIRM_TITLE" => vec![confirm("title", n)],
        "CONFIRM_TEXT" => vec![confirm("text", n)],
        "CONFIRM_YES" => vec![confirm("confirm", n)],
        "CONFIRM_NO" => vec![confirm("deny", n)],
        "LIST_INDENT" => vec![json!({"type": "rich_text", "elements": [
            {"type": "rich_text_list", "style": "bullet", "indent": n, "elements": []}]})],
        "TABLE_ROWS" => vec![json!({"type": "table", "rows": vec![json!([cell(1)]); n]})],
        "TABLE_CELLS" => vec![json!({"type": "table", "rows": [vec![cell(1); n]]})],
        "TABLE_TEXT" => vec![
            json!({"type": "table", "rows": [[cell(4_000)]]}),
            json!({"type": "table", "rows": [[cell(n - 4_000)]]}),
        ],
        "TABLE_COLUMNS" => vec![json!({"type": "table", "rows": [[cell(1)]],
            "column_settings": vec![json!({"align": "right"}); n]})],
        "CHARTS" => vec![chart("c", "s", (1, 1)); n],
        "CHART_TITLE" => vec![chart(&words(n), "s", (1, 1))],
        "CHART_NAME" => vec![chart("c", &words(n), (1, 1))],
        "CHART_SERIES" => vec![chart("c", "s", (n, 1))],
        "CHART_POINTS" => vec![chart("c", "s", (1, n))],
        "TEXT_CUT"
        | "UPDATE_TEXT"
        | "MARKDOWN_TEXT"
        | "RESPONSE_URL_USES"
        | "RESPONSE_URL_MINUTES"
        | "HISTORY_PAGE"
        | "MEMBERS_PAGE" => return None,
        view if sized_view(view, 1).is_some() => return None,
        unknown => panic!("{unknown} has no test at its limit"),
    })
}

/// A view that holds exactly `n` of what a limit counts; none for a limit that is not on views.
fn sized_view(limit: &str, n: usize) -> Option<Value> {
    let divider = json!({"type": "divider"});
    let of = |blocks: Vec<Value>| json!({"type": "modal", "title": plain(1), "submit": plain(1), "blocks": blocks});
    let with = |name: &str, value: Value| {
        let mut view = of(vec![divider.clone()]);
        view[name] = value;
        view
    };
    let input = |label: Value, element: Value| {
        of(vec![
            json!({"type": "input", "label": label, "element": element}),
        ])
    };
    let options = |kind: &str, text: usize, value: usize, count: usize| {
        let option = json!({"text": plain(text), "value": words(value)});
        input(
            plain(1),
            json!({"type": kind, "options": vec![option; count]}),
        )
    };
    Some(match limit {
        "VIEW_BLOCKS" => of(vec![divider; n]),
        "VIEW_TITLE" => with("title", plain(n)),
        "VIEW_BYTES" => {
            let bare = with("more", "".into()).to_string().len();
            with("more", "x".repeat(n.saturating_sub(bare)).into())
        }
        "CALLBACK_ID" => with("callback_id", words(n).into()),
        "PRIVATE_METADATA" => with("private_metadata", words(n).into()),
        "INPUT_LABEL" => input(plain(n), json!({"type": "datepicker"})),
        "INPUT_TEXT" => input(
            plain(1),
            json!({"type": "plain_text_input", "initial_value": words(n)}),
        ),
        "FILES_CHOSEN" => input(plain(1), json!({"type": "file_input", "max_files": n})),
        "RADIO_OPTIONS" => options("radio_buttons", 1, 1, n),
        "SELECT_OPTIONS" => options("static_select", 1, 1, n),
        "OPTION_TEXT" => options("static_select", n, 1, 1),
        "OPTION_VALUE" => options("static_select", 1, n, 1),
        _ => return None,
    })
}

#[test]
fn every_limit_on_views_takes_n_and_refuses_n_plus_1() {
    let on_views = ALL.iter().filter(|it| sized_view(it.name, 1).is_some());
    for limit in on_views {
        let check = |n| super::view::check(&sized_view(limit.name, n).expect("on views"));
        assert!(
            check(limit.max).is_ok(),
            "{}: {:?}",
            limit.name,
            check(limit.max)
        );
        assert!(check(limit.max + 1).is_err(), "{}", limit.name);
    }
}

#[test]
fn a_view_that_asks_has_a_way_to_send_it_off_and_only_what_is_drawn() {
    let check = |view: &Value, expected: &str| {
        let found = super::view::check(view).expect_err("wrong").join("; ");
        assert!(found.contains(expected), "{found}");
    };
    let input = |element: Value| {
        let block = json!({"type": "input", "label": plain(1), "element": element});
        json!({"type": "modal", "title": plain(1), "submit": plain(1), "blocks": [block]})
    };
    let mut view = input(json!({"type": "datepicker"}));
    assert!(super::view::check(&view).is_ok());
    view["submit"].take();
    check(&view, "submit");
    check(
        &input(json!({"type": "datepicker", "initial_date": "soon"})),
        "valid date",
    );
    check(&input(json!({"type": "checkboxes"})), "does not draw");
    check(
        &input(json!({"type": "plain_text_input", "max_length": 0})),
        "between 1 and 3000",
    );
    let option = json!({"text": plain(1), "value": "a"});
    let radio =
        json!({"type": "radio_buttons", "options": [option], "initial_option": {"value": "b"}});
    check(&input(radio), "one of the options");
    let files = |endings: Value| input(json!({"type": "file_input", "filetypes": endings}));
    assert!(super::view::check(&files(json!(["md", "pdf"]))).is_ok());
    check(&files(json!("md")), "list of file endings");
    check(&files(json!([3])), "list of file endings");
    check(
        &json!({"type": "home", "title": plain(1), "blocks": []}),
        "modal",
    );
}

/// A chart of so many series of so many points.
fn chart(title: &str, name: &str, (series, points): (usize, usize)) -> Value {
    let at: Vec<_> = (0..points).map(|n| n.to_string()).collect();
    let data: Vec<_> = at
        .iter()
        .map(|it| json!({"label": it, "value": 1}))
        .collect();
    let named = |n: usize| {
        if series == 1 {
            name.to_owned()
        } else {
            format!("{name}{n}")
        }
    };
    let lines: Vec<_> = (0..series)
        .map(|n| json!({"name": named(n), "data": data}))
        .collect();
    json!({"type": "data_visualization", "title": title, "chart": {
        "type": "line", "series": lines, "axis_config": {"categories": at}}})
}

#[test]
fn every_limit_on_blocks_takes_n_and_refuses_n_plus_1() {
    for limit in ALL {
        let Some(blocks) = sized(limit, limit.max) else {
            continue;
        };
        assert_eq!(
            super::check(&blocks).err(),
            None,
            "{} at {}",
            limit.name,
            limit.max
        );
        let more = sized(limit, limit.max + 1).unwrap();
        assert!(
            super::check(&more).is_err(),
            "{} at {}",
            limit.name,
            limit.max + 1
        );
    }
}

/// What is wrong with one block, without the frame that is the same for all.
#[track_caller]
fn check_block(block: &Value, expected: &[&str]) {
    let problems = super::check(std::slice::from_ref(block))
        .err()
        .unwrap_or_default();
    let bare = |p: &String| {
        p.trim_start_matches("[ERROR] ")
            .replace("json-pointer:/blocks/0", "")
    };
    assert_eq!(
        problems.iter().map(bare).collect::<Vec<_>>(),
        expected,
        "{block}"
    );
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    check_block(&json!({"text": "x"}), &["missing required field: type []"]);
    check_block(
        &json!({"type": "banner"}),
        &["unsupported type: banner [/type]"],
    );
    check_block(
        &json!({"type": "card"}),
        &["the playground does not draw `card` blocks []"],
    );
    check_block(
        &json!({"type": "section"}),
        &["missing required field: text []"],
    );
    check_block(
        &section(&json!("bare")),
        &["must provide an object [/text]"],
    );
    check_block(
        &section(&plain(0)),
        &["must be more than 0 characters [/text/text]"],
    );
    check_block(
        &section(&json!({"type": "html", "text": "x"})),
        &["unsupported type of text [/text/type]"],
    );
    check_block(
        &json!({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}),
        &["unsupported type of text [/text/type]"],
    );
    check_block(&actions(&[]), &["must contain at least 1 item [/elements]"]);
    check_block(
        &actions(&[button("style", "loud".into())]),
        &["must be one of: primary, danger [/elements/0/style]"],
    );
    check_block(
        &actions(&[json!({"type": "overflow"})]),
        &["the playground does not draw `overflow` elements [/elements/0]"],
    );
    let twice = button("action_id", "a".into());
    check_block(
        &actions(&[twice.clone(), twice]),
        &["`action_id` \"a\" already exists in this block [/elements/1/action_id]"],
    );
    check_block(
        &json!({"type": "image", "image_url": "data:,"}),
        &["missing required field: alt_text []"],
    );
}

#[test]
fn rich_text_is_checked_down_to_its_runs() {
    let section = |run: Value| json!({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]});
    check_block(&section(json!({"type": "user", "user_id": "U1"})), &[]);
    check_block(
        &section(json!({"type": "date", "timestamp": 1, "format": "{time}"})),
        &[],
    );
    check_block(
        &section(json!({"type": "text", "text": ""})),
        &["must be more than 0 characters [/elements/0/elements/0/text]"],
    );
    check_block(
        &section(json!({"type": "link", "text": "x"})),
        &["missing required field: url [/elements/0/elements/0]"],
    );
    check_block(
        &section(json!({"type": "blink"})),
        &["unsupported type: blink [/elements/0/elements/0/type]"],
    );
}

#[test]
fn a_block_id_may_be_used_once() {
    let blocks = vec![json!({"type": "divider", "block_id": "a"}); 2];
    let problems = super::check(&blocks).unwrap_err();
    assert_eq!(
        problems,
        ["[ERROR] `block_id` \"a\" already exists [json-pointer:/blocks/1/block_id]"]
    );
}

#[test]
fn ids_that_were_left_out_are_filled_in_and_others_kept() {
    let blocks = [actions(&[
        button("action_id", "mine".into()),
        button("value", "v".into()),
    ])];
    let filled = super::check(&blocks).unwrap();
    assert_eq!(filled[0]["elements"][0]["action_id"], "mine");
    assert_eq!(filled[0]["elements"][1]["action_id"], "~1");
    assert_eq!(filled[0]["block_id"], "~0");
}

#[test]
fn words_are_gathered_from_blocks_without_their_buttons_of_the_side() {
    let blocks =
        [json!({"type": "section", "text": plain(2), "accessory": button("value", "v".into())})];
    assert_eq!(super::words(&blocks), "éé");
}
