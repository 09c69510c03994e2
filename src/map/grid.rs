//! The map as text in a fixed-width face, narrow enough for a telephone.

use std::ops::RangeInclusive;

use super::ladder::{LADDERS, Ladder, STEPS};
use super::placed::{ACV, DEALS, Map, Mark};
use crate::text::grouped;

/// The columns of one step of a ladder, and a third of those of a power of ten.
const STEP: usize = 3;

/// The columns of the field.
const WIDTH: usize = STEP * STEPS as usize + 1;

/// The rows of one power of ten.
const DECADE: usize = 2;

/// The rows of the field.
const HEIGHT: usize = DECADE * 4 + 1;

/// The columns left of it.
const LEFT: usize = 7;

/// The most rows of letters above a ladder.
const MOST_ROWS: usize = 4;

/// The columns at which a band of the framework ends.
const ENDS: [usize; 2] = [STEP * 6, STEP * 9];

/// The map and its ladders; no line is longer than 52 columns.
pub(super) fn grid(map: &Map) -> String {
    let mut lines = vec!["deals a year          (axis numbers: ours)".to_owned()];
    lines.extend(field(map));
    lines.extend(acv_axis(map));
    for ladder in &LADDERS {
        lines.push(String::new());
        lines.extend(ladder_lines(map, ladder));
    }
    let lines: Vec<_> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

fn field(map: &Map) -> Vec<String> {
    let cells = cells(map);
    let ticks: Vec<u64> = DEALS.ticks().rev().collect();
    let rows = cells.iter().enumerate().map(|(row, cells)| {
        let tick = ticks.get(row / DECADE).filter(|_| row % DECADE == 0);
        let label = tick.map_or_else(String::new, |tick| grouped(u128::from(*tick)));
        let words: String = cells.iter().collect();
        format!("{label:>6}|{words}")
    });
    rows.collect()
}

/// The field's letters, top row first. Where two would cover one another, the second moves.
fn cells(map: &Map) -> Vec<Vec<char>> {
    let mut empty = vec![' '; WIDTH];
    for end in ENDS {
        empty[end] = ':';
    }
    let mut cells = vec![empty; HEIGHT];
    for mark in &map.segments {
        let Some(spot) = mark.spot() else { continue };
        let row = HEIGHT - 1 - along(spot.deals, HEIGHT - 1);
        let inside = columns(spot.band());
        let column = along(spot.acv, WIDTH - 1).clamp(*inside.start(), *inside.end());
        let place = free(&cells, (row, column), &inside);
        if let Some((row, column)) = place.or_else(|| free(&cells, (row, column), &(0..=WIDTH - 1)))
        {
            cells[row][column] = mark.letter;
        }
    }
    cells
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share from 0 to 1 of a few dozen columns"
)]
fn along(share: f64, last: usize) -> usize {
    (share * last as f64).round() as usize
}

/// The columns between the lines of a band.
fn columns(band: usize) -> RangeInclusive<usize> {
    let from = band.checked_sub(1).map_or(0, |before| ENDS[before] + 1);
    from..=ENDS.get(band).map_or(WIDTH - 1, |end| end - 1)
}

/// The nearest free cell in these columns: along the row first, then on the rows beside it.
fn free(
    cells: &[Vec<char>],
    (row, column): (usize, usize),
    inside: &RangeInclusive<usize>,
) -> Option<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = (0..HEIGHT)
        .flat_map(|row| inside.clone().map(move |column| (row, column)))
        .collect();
    all.sort_by_key(|&(r, c)| (r.abs_diff(row) * 8 + c.abs_diff(column), r, c));
    all.into_iter()
        .find(|&(row, column)| matches!(cells[row][column], ' ' | ':'))
}

fn acv_axis(map: &Map) -> [String; 2] {
    let ruler: String = (0..WIDTH)
        .map(|column| if column % (STEP * 3) == 0 { '+' } else { '-' })
        .collect();
    let mut labels = vec![' '; LEFT + WIDTH + 4];
    let prefix = sign(map);
    for (n, tick) in ACV.ticks().enumerate() {
        let label = format!("{prefix}{}", short(tick));
        let middle = LEFT + n * STEP * 3;
        write_at(&mut labels, middle - label.chars().count() / 2, &label);
    }
    let labels: String = labels.into_iter().collect();
    [
        format!("{:LEFT$}{ruler}", ""),
        format!("{} ACV", labels.trim_end()),
    ]
}

/// The currency's sign where it is one sign, as the axis has no room for more.
pub(super) fn sign(map: &Map) -> &'static str {
    match String::from(map.currency).as_str() {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "INR" => "₹",
        _ => "",
    }
}

/// `100`, `1k`, `1M`.
pub(super) fn short(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        1_000..1_000_000 => format!("{}k", number / 1_000),
        _ => format!("{}M", number / 1_000_000),
    }
}

/// The letters above the ruler, the ruler, and the rungs' names below it.
fn ladder_lines(map: &Map, ladder: &Ladder) -> Vec<String> {
    let place = LADDERS
        .iter()
        .position(|it| it.name == ladder.name)
        .unwrap_or_default();
    let mut letters: Vec<Vec<char>> = Vec::new();
    for mark in &map.segments {
        let Some(step) = mark.steps()[place] else {
            continue;
        };
        put(&mut letters, mark, usize::from(step) * STEP);
    }
    let mut lines = vec![format!("{}:", ladder.name)];
    let rows = letters
        .iter()
        .rev()
        .map(|row| row.iter().collect::<String>());
    lines.extend(rows.map(|row| format!("{:LEFT$}{row}", "")));
    let mut ruler = ['-'; WIDTH];
    let mut names = vec![' '; LEFT + WIDTH + 4];
    for rung in ladder.rungs {
        let column = usize::from(rung.step) * STEP;
        ruler[column] = '+';
        let length = rung.short.chars().count();
        let start = (LEFT + column)
            .saturating_sub(length / 2)
            .min(names.len() - length);
        write_at(&mut names, start, rung.short);
    }
    lines.push(format!("{:LEFT$}{}", "", ruler.iter().collect::<String>()));
    lines.push(names.into_iter().collect());
    lines
}

/// Puts a letter into the lowest row in which its rung has room; what finds none is a `+`.
fn put(rows: &mut Vec<Vec<char>>, mark: &Mark, column: usize) {
    let room = column..(column + STEP).min(WIDTH);
    for row in rows.iter_mut() {
        if let Some(free) = room.clone().find(|&it| row[it] == ' ') {
            row[free] = mark.letter;
            return;
        }
    }
    if let Some(last) = rows.get_mut(MOST_ROWS - 1) {
        last[room.end - 1] = '+';
        return;
    }
    let mut row = vec![' '; WIDTH];
    row[column] = mark.letter;
    rows.push(row);
}

fn write_at(line: &mut [char], start: usize, words: &str) {
    for (n, letter) in words.chars().enumerate() {
        if let Some(cell) = line.get_mut(start + n) {
            *cell = letter;
        }
    }
}
