//! Charts of lines, bars and areas; pies are not drawn.

use serde_json::Value;

use super::checker::Checker;
use crate::playground::limits;

pub(super) fn block(checker: &mut Checker, at: &str, block: &Value) {
    checker.string(at, block, "title", (1, limits::CHART_TITLE.max));
    let at = format!("{at}/chart");
    let Some(chart) = block.get("chart") else {
        return checker.missing(&at, "chart");
    };
    match chart.get("type").and_then(Value::as_str) {
        Some("line" | "bar" | "area") => {}
        kind => {
            let kind = kind.unwrap_or("none");
            return checker.problem(&format!("{at}/type"), &format!("unsupported type: {kind}"));
        }
    }
    let axis = &chart["axis_config"];
    let categories = axis["categories"].as_array().cloned().unwrap_or_default();
    if categories.is_empty() || categories.len() > limits::CHART_POINTS.max {
        checker.problem(
            &format!("{at}/axis_config/categories"),
            "must have 1 to 20 items",
        );
    }
    let mut names = std::collections::BTreeSet::new();
    for (at, series) in checker.items(&at, chart, "series", limits::CHART_SERIES) {
        if let Some(name) = checker.string(&at, series, "name", (1, limits::CHART_NAME.max))
            && !names.insert(name.to_owned())
        {
            checker.problem(&format!("{at}/name"), "must be unique");
        }
        let points = series["data"].as_array().cloned().unwrap_or_default();
        let labels: Vec<_> = points.iter().map(|it| it["label"].clone()).collect();
        if labels != categories {
            checker.problem(&format!("{at}/data"), "must cover the axis' categories");
        }
        if !points.iter().all(|it| it["value"].is_number()) {
            checker.problem(&format!("{at}/data"), "must have numbers as values");
        }
    }
}
