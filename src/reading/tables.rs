//! A table in a message as lines: a cell below "enterprise" beside "churn" becomes "churn enterprise: 0.4%".
//!
//! Only tables that name segments are read; other code is no plan's.

use std::ops::Range;

use super::clean::Clean;
use crate::plan;

/// A table has at most so many rows.
const ROWS: usize = 12;

/// Whether words are the name of a segment and nothing else.
fn is_segment(words: &str) -> bool {
    let choices = plan::field("icp.segment").map_or(&[][..], |field| field.choices);
    choices.iter().any(|choice| {
        let own = [choice.slug, choice.label].into_iter();
        let mut names = own.chain(choice.synonyms.iter().copied());
        names.any(|name| name.eq_ignore_ascii_case(words))
    })
}

/// Whether a block of code is a table of segments, and no program.
pub(super) fn is_table(code: &str) -> bool {
    let words = code.split(|c: char| c.is_whitespace() || c == '|' || c == ',');
    let named = words.filter(|word| is_segment(word)).count();
    let rows = code.trim().lines().count();
    (2..=ROWS).contains(&rows) && named > 1
}

/// Whether a line of code is a row of such a table: "`smb  900`".
pub(super) fn is_row(code: &str) -> bool {
    let mut words = code.split_whitespace();
    let named = words.next().is_some_and(is_segment);
    let counts = words
        .next()
        .is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()));
    named && counts && words.count() < 3
}

/// The cells of a line.
fn cells(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = line.start;
    for part in text[line.clone()].split('|') {
        let from = start + (part.len() - part.trim_start().len());
        cells.push(from..from + part.trim().len());
        start += part.len() + 1;
    }
    let is_empty = |cell: Option<&Range<usize>>| cell.is_some_and(Range::is_empty);
    if is_empty(cells.last()) {
        cells.pop();
    }
    if cells.len() > 1 && is_empty(cells.first()) {
        cells.remove(0);
    }
    cells
}

/// A row of dashes below the head of a table.
fn is_rule(text: &str, cells: &[Range<usize>]) -> bool {
    cells
        .iter()
        .all(|cell| text[cell.clone()].chars().all(|c| matches!(c, '-' | ':')))
}

impl Clean {
    /// With each cell of a table of segments as a line of its own.
    pub(super) fn tabled(self) -> Self {
        if !self.text.contains('|') {
            return self;
        }
        let lines = self.lines();
        let mut tabled = Self::default();
        let mut at = 0;
        while at < lines.len() {
            let rows = lines[at..]
                .iter()
                .take_while(|line| self.text[(*line).clone()].contains('|'));
            let rows: Vec<Vec<Range<usize>>> = rows.map(|line| cells(&self.text, line)).collect();
            let (taken, table) = (rows.len().max(1), self.table(&rows));
            match table {
                Some(table) => {
                    for line in table {
                        for part in line {
                            part.write(&self, &mut tabled);
                        }
                    }
                }
                None => {
                    for line in &lines[at..at + taken] {
                        let end = (line.end + 1).min(self.text.len());
                        tabled.take(&self, line.start..end);
                    }
                }
            }
            at += taken;
        }
        tabled
    }

    /// The lines that a table becomes, if it is one of segments.
    fn table(&self, rows: &[Vec<Range<usize>>]) -> Option<Vec<Vec<Part>>> {
        let named = |cell: &Range<usize>| is_segment(&self.text[cell.clone()]);
        let holds = |cell: &Range<usize>| self.text[cell.clone()].split([' ', ',']).any(is_segment);
        let rows: Vec<&Vec<Range<usize>>> = rows
            .iter()
            .filter(|row| !is_rule(&self.text, row))
            .collect();
        let first = rows.first()?;
        let mut lines = Vec::new();
        if first.iter().any(named)
            && !first
                .first()
                .is_some_and(|cell| named(cell) && first.len() > 1 && !named(&first[1]))
        {
            for row in &rows[1..] {
                for back in 1..=first.len().min(row.len().saturating_sub(1)) {
                    let (head, cell) = (&first[first.len() - back], &row[row.len() - back]);
                    if named(head) {
                        lines.push(line(Some(&row[0]), Some(head), cell));
                    }
                }
            }
            // The columns stand from right to left so far.
            return (!lines.is_empty()).then_some(lines);
        }
        let head = (!first.iter().any(holds)).then_some(*first);
        for row in rows.iter().skip(usize::from(head.is_some())) {
            let label = row.first().filter(|cell| holds(cell))?;
            for back in 1..row.len() {
                let cell = &row[row.len() - back];
                let title = head.and_then(|head| head.get(head.len().checked_sub(back)?));
                lines.push(if named(label) {
                    line(title, Some(label), cell)
                } else {
                    line(Some(label), title, cell)
                });
            }
        }
        (lines.len() > 1).then_some(lines)
    }
}

/// A part of a line that a table becomes.
enum Part {
    /// Words where they stand.
    Own(Range<usize>),
    /// Words of another row, told at a place of this one.
    Told(Range<usize>, Range<usize>),
    /// A sign, told at a place.
    Sign(&'static str, Range<usize>),
}

impl Part {
    fn write(self, clean: &Clean, into: &mut Clean) {
        match self {
            Self::Own(words) => into.take(clean, words),
            Self::Told(words, at) => into.push_str(&clean.text[words], clean.origin(at)),
            Self::Sign(sign, at) => into.push_str(sign, clean.origin(at)),
        }
    }
}

/// "Label head: cell" as a line.
fn line(
    label: Option<&Range<usize>>,
    head: Option<&Range<usize>>,
    cell: &Range<usize>,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for words in [label, head]
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
    {
        // What stands behind the cell, or far before it, is told at the cell.
        parts.push(Part::Told(words.clone(), cell.clone()));
        parts.push(Part::Sign(" ", cell.clone()));
    }
    parts.pop();
    parts.push(Part::Sign(": ", cell.clone()));
    parts.push(Part::Own(cell.clone()));
    parts.push(Part::Sign("\n", cell.clone()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, expected: &str) {
        assert_eq!(Clean::new(message).text.trim(), expected, "{message}");
    }

    #[test]
    fn each_cell_is_told_with_its_row_and_its_column() {
        check(
            "```\n        SMB    ENT\nCAC     $640   $21k\n```",
            "cac ent: $21k\ncac smb: $640",
        );
        check(
            "bands:\n| segment | their revenue |\n|---|---|\n| SMB | \u{a3}1m |\n| enterprise | \u{a3}8m |",
            "bands:\ntheir revenue smb: \u{a3}1m\ntheir revenue enterprise: \u{a3}8m",
        );
        check(
            "```\nlogo churn\nsmb   3.1%\nent   0.4%\n```",
            "logo churn\nsmb: 3.1%\nent: 0.4%",
        );
        check("leads:\n`smb  900`\n`ent  25`", "leads:\nsmb 900 \nent 25");
    }

    #[test]
    fn a_program_and_a_table_of_nothing_are_left_alone() {
        check("```\nlet smb = 3;\n```", "");
        check("a | b\nc | d", "a | b\nc | d");
    }
}
