//! A trend as Slack draws it: a `data_visualization` block of lines.

use serde::Serialize;

use super::kit::Mrkdwn;
use super::mrkdwn::{cut, escape, length};
use crate::render::{Trend, TrendLine, one_line};

/// Slack's limits for a chart.
mod limit {
    /// Characters of the title.
    pub(super) const TITLE: usize = 47;
    /// Characters of a series' name, and of what we put on the axis.
    pub(super) const NAME: usize = 19;
    /// Points of a series.
    pub(super) const POINTS: usize = 20;
    /// Series of a chart; six are safe, whichever of Slack's pages is right.
    pub(super) const SERIES: usize = 6;
}

/// A chart's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    title: String,
    #[serde(rename = "chart")]
    drawn: Lines,
    /// The same as numbers, for where it is refused.
    #[serde(skip)]
    words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "line")]
struct Lines {
    series: Vec<Series>,
    axis_config: Axis,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Series {
    name: String,
    data: Vec<Point>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Point {
    label: String,
    value: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Axis {
    categories: Vec<String>,
}

impl Chart {
    /// A chart of the figures that are known at every point; `None` where there is none, where the
    /// points can't be told apart, or where there are too many.
    pub fn new(trend: &Trend) -> Option<Self> {
        let categories: Vec<_> = trend.at.iter().map(|it| name(it)).collect();
        let unique: std::collections::BTreeSet<_> = categories.iter().collect();
        let fits = (2..=limit::POINTS).contains(&categories.len())
            && unique.len() == categories.len()
            && categories.iter().all(|it| !it.is_empty());
        if !fits {
            return None;
        }
        let series = trend.lines.iter().filter_map(|it| series(it, &categories));
        let mut series: Vec<_> = series.take(limit::SERIES).collect();
        series.dedup_by(|one, other| one.name == other.name);
        let title = cut(&one_line(&trend.title), limit::TITLE);
        (!series.is_empty() && !title.is_empty()).then(|| Self {
            title,
            drawn: Lines {
                series,
                axis_config: Axis { categories },
            },
            words: trend.words(),
        })
    }

    /// The figures as numbers.
    pub(super) fn words(&self) -> Option<Mrkdwn> {
        Mrkdwn::field(cut(&escape(&self.words), super::kit::limit::FIELD))
    }
}

fn name(words: &str) -> String {
    let line = one_line(words);
    if length(&line) <= limit::NAME {
        line
    } else {
        cut(&line, limit::NAME)
    }
}

fn series(line: &TrendLine, categories: &[String]) -> Option<Series> {
    let values: Option<Vec<i64>> = line.values.iter().copied().collect();
    let values = values.filter(|values| values.len() == categories.len())?;
    let data = categories.iter().zip(values).map(|(label, value)| Point {
        label: label.clone(),
        value,
    });
    Some(Series {
        name: name(&line.name),
        data: data.collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::slack::kit::Block;

    fn trend(values: &[Option<i64>]) -> Trend {
        Trend {
            title: "How the plan moves".to_owned(),
            at: (1..=values.len()).map(|n| format!("{n} Mar")).collect(),
            lines: vec![
                TrendLine {
                    name: "Open findings".to_owned(),
                    values: values.to_vec(),
                },
                TrendLine {
                    name: "Answered %".to_owned(),
                    values: vec![Some(7); values.len()],
                },
            ],
        }
    }

    #[test]
    fn a_chart_has_slacks_shape() {
        let chart = Chart::new(&trend(&[Some(3), Some(1)])).map(Block::DataVisualization);
        let point = |label: &str, value: i64| json!({"label": label, "value": value});
        assert_eq!(
            json!(chart),
            json!({
                "type": "data_visualization",
                "title": "How the plan moves",
                "chart": {
                    "type": "line",
                    "series": [
                        {"name": "Open findings", "data": [point("1 Mar", 3), point("2 Mar", 1)]},
                        {"name": "Answered %", "data": [point("1 Mar", 7), point("2 Mar", 7)]},
                    ],
                    "axis_config": {"categories": ["1 Mar", "2 Mar"]},
                },
            })
        );
    }

    #[test]
    fn a_line_with_a_gap_is_left_out_and_one_point_is_no_line() {
        let chart = Chart::new(&trend(&[None, Some(1)])).map(|it| it.drawn.series.len());
        assert_eq!(chart, Some(1));
        assert_eq!(Chart::new(&trend(&[Some(1)])), None);
        assert_eq!(Chart::new(&trend(&[Some(1); 21])), None);
        let words = trend(&[None, Some(1)]).words();
        assert_eq!(
            words,
            "How the plan moves (1 Mar to 2 Mar). Open findings: –, 1 · Answered %: 7, 7"
        );
    }
}
