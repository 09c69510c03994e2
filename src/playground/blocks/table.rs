//! Tables.

use serde_json::Value;

use super::checker::Checker;
use super::rich_text;
use crate::playground::limits;

pub(super) fn block(checker: &mut Checker, at: &str, table: &Value) {
    for (at, row) in checker.items(at, table, "rows", limits::TABLE_ROWS) {
        let Some(cells) = row.as_array() else {
            checker.problem(&at, "must be an array");
            continue;
        };
        if cells.len() > limits::TABLE_CELLS.max {
            checker.too_many(&at, limits::TABLE_CELLS);
        }
        for (n, cell) in cells.iter().enumerate() {
            check_cell(checker, &format!("{at}/{n}"), cell);
        }
    }
    if table.get("column_settings").is_some() {
        for (at, column) in checker.items(at, table, "column_settings", limits::TABLE_COLUMNS) {
            check_column(checker, &at, column);
        }
    }
}

fn check_cell(checker: &mut Checker, at: &str, cell: &Value) {
    match cell.get("type").and_then(Value::as_str) {
        Some("raw_text") => {
            if let Some(words) = checker.string(at, cell, "text", (1, usize::MAX)) {
                checker.count_table(at, words.chars().count());
            }
        }
        Some("raw_number") => match cell.get("value").filter(|value| value.is_number()) {
            Some(value) => checker.count_table(at, value.to_string().len()),
            None => checker.problem(&format!("{at}/value"), "must be a number"),
        },
        Some("rich_text") => {
            rich_text::block(checker, at, cell);
            let words = super::words(std::slice::from_ref(cell));
            checker.count_table(at, words.chars().count());
        }
        kind => {
            let kind = kind.unwrap_or("none");
            checker.problem(&format!("{at}/type"), &format!("unsupported type: {kind}"));
        }
    }
}

fn check_column(checker: &mut Checker, at: &str, column: &Value) {
    if let Some(align) = column.get("align")
        && !matches!(align.as_str(), Some("left" | "center" | "right"))
    {
        checker.problem(
            &format!("{at}/align"),
            "must be one of: left, center, right",
        );
    }
}
