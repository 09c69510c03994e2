//! A plan as CSV, for spreadsheets: one row a value.
//!
//! A cell that begins with a sign which spreadsheets run as a formula gets an apostrophe in front;
//! reading takes it off again. Written with commas; read with the semicolons and tabs of spreadsheets, too.

use std::borrow::Cow;

use super::Problem;
use super::cells;
use super::json;
use super::node::{Content, Entry, Node};
use super::rows::{entry, inner, moved, put_into, put_last, words};
use super::write::{Out, baseline, decision, json_text, scenario, threshold, trigger, waiver};
use crate::plan::segment::MOST_SEGMENTS;
use crate::plan::{About, Answer, Item, Plan, Segment, field};

/// The columns.
const COLUMNS: [&str; 9] = [
    "kind",
    "segment",
    "field",
    "value",
    "reason",
    "certainty",
    "validate_by",
    "owner",
    "source",
];

/// Whether a line names columns of this form, in whatever order.
pub(super) fn is_head(line: &str) -> bool {
    let (_, cells) = cells::head(line);
    let is_column = |cell: &&str| COLUMNS.contains(cell);
    cells.iter().all(is_column) && ["field", "value"].iter().all(|it| cells.contains(it))
}

/// The kinds of row whose value is one object in JSON.
const OBJECTS: [&str; 6] = [
    "waiver",
    "threshold",
    "decision",
    "scenario",
    "trigger",
    "baseline",
];

/// One row, by column.
type Row = [String; 9];

/// Writes the whole file.
pub(super) fn write(plan: &Plan) -> String {
    let mut rows: Vec<Row> = vec![COLUMNS.map(str::to_owned)];
    let implied = plan.segments() == [Segment::main()];
    if !implied {
        let names = plan.segments().iter();
        rows.extend(names.map(|segment| row("segment", [segment.as_str(), "", "", ""])));
    }
    rows.extend(values(plan));
    rows.extend(plan.items().iter().filter_map(|it| item(plan, it)));
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| guarded(cell).into_owned());
        writer
            .write_record(cells)
            .expect("all rows have the same columns, and memory takes them");
    }
    let bytes = writer.into_inner().expect("memory takes all of it");
    String::from_utf8(bytes).expect("text in, text out")
}

fn row(kind: &str, [segment, field, value, reason]: [&str; 4]) -> Row {
    let [a, b, c, d] = [String::new(), String::new(), String::new(), String::new()];
    let first = [kind, segment, field, value, reason].map(str::to_owned);
    let [kind, segment, field, value, reason] = first;
    [kind, segment, field, value, reason, a, b, c, d]
}

fn values(plan: &Plan) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut told = Vec::new();
    for (field, segment, answer) in plan.answers() {
        let of = segment.map(Segment::as_str).unwrap_or_default();
        let mut row = match answer {
            Answer::Known(value) => row(
                "value",
                [
                    of,
                    field.name,
                    &value.written_in(field, plan.currency()),
                    "",
                ],
            ),
            Answer::NotApplicable(reason) => row("na", [of, field.name, "", reason]),
        };
        if let Some(about) = plan.about(field, segment) {
            note(&mut row, about);
            told.push(about);
        }
        rows.push(row);
    }
    for about in plan.abouts().filter(|about| !told.contains(about)) {
        let of = about
            .segment
            .as_ref()
            .map(Segment::as_str)
            .unwrap_or_default();
        let mut row = row("about", [of, &about.field, "", ""]);
        note(&mut row, about);
        rows.push(row);
    }
    rows
}

fn note(row: &mut Row, about: &About) {
    row[5] = about
        .certainty
        .map_or_else(String::new, |it| it.as_str().to_owned());
    row[6] = about
        .validate_by
        .map_or_else(String::new, |date| date.to_string());
    row[7] = about.owner.clone().unwrap_or_default();
    row[8] = about.source.clone().unwrap_or_default();
}

fn item(plan: &Plan, item: &Item) -> Option<Row> {
    let object = |kind: &str, name: &str, entries: Vec<(String, Out)>| {
        row(kind, ["", name, &json_text(&Out::Table(entries), 0), ""])
    };
    Some(match item {
        Item::About(_) | Item::Approval(_) => return None,
        Item::Owner(it) => {
            let mut row = row("owner", ["", &it.component, "", ""]);
            row[7].clone_from(&it.owner);
            row
        }
        Item::Waiver(it) => object("waiver", it.rule.as_str(), waiver(it)),
        Item::Threshold(it) => object("threshold", it.rule.as_str(), threshold(it)),
        Item::Decision(it) => object("decision", &it.id, decision(it)),
        Item::Trigger(it) => object("trigger", &it.id, trigger(it)),
        Item::Scenario(it) => object("scenario", &it.name, scenario(it, plan.currency())),
        Item::Baseline(it) => object("baseline", "", baseline(it)),
    })
}

/// Whether a spreadsheet would take the cell for a formula, whatever apostrophes stand before.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}

/// Reads the rows as what the other forms say.
pub(super) fn read(text: &str, base: usize) -> Result<Node, Vec<Problem>> {
    let (delimiter, _) = cells::head(text.trim_start().lines().next().unwrap_or_default());
    if let Some(at) = cells::unclosed(text, delimiter) {
        return Err(vec![cells::cut_at(base + at, "this cell in quotes")]);
    }
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut last = (base, 0);
    for (n, record) in reader.records().enumerate() {
        let record = record.map_err(|error| vec![Problem::new(base, error.to_string())])?;
        let at = record.position().map_or(0, ::csv::Position::byte);
        let at = base + usize::try_from(at).unwrap_or(usize::MAX);
        let cells: Vec<String> = record
            .iter()
            .map(|cell| unguarded(cell).to_owned())
            .collect();
        if n == 0 {
            sheet.head(&cells, at);
        } else {
            sheet.row(&cells, at);
        }
        last = (at, cells.len());
        if sheet.segments.len() > MOST_SEGMENTS {
            // Refused as it is; a row is found by going through all segments.
            break;
        }
    }
    let is_ended = text.ends_with(['\n', '\r']);
    // Such rows are written whole; people who write a few columns name a few.
    if !is_ended && sheet.is_complete() && last.1 < COLUMNS.len() {
        sheet.problems.push(cells::cut_at(last.0, "this row"));
    }
    sheet.finish(base)
}

/// The rows while they are read.
#[derive(Default)]
struct Sheet {
    /// Which column stands where.
    places: Vec<Option<usize>>,
    whole: Vec<Entry>,
    segments: Vec<Entry>,
    rest: Vec<Entry>,
    /// Entries of rows that name no segment and whose fields each segment has.
    unplaced: Vec<(Option<String>, Entry)>,
    problems: Vec<Problem>,
}

impl Sheet {
    /// Whether the first row names every column.
    fn is_complete(&self) -> bool {
        self.places.iter().all(Option::is_some)
    }

    fn head(&mut self, cells: &[String], at: usize) {
        let place = |column: &&str| cells.iter().position(|cell| cell.trim() == *column);
        self.places = COLUMNS.iter().map(place).collect();
        for needed in ["field", "value"] {
            if !cells.iter().any(|cell| cell.trim() == needed) {
                let columns = COLUMNS.join(",");
                let message = format!(
                    "the first row names the columns, and `{needed}` is not among them; write {columns}"
                );
                self.problems.push(Problem::new(at, message));
            }
        }
    }

    fn row(&mut self, cells: &[String], at: usize) {
        let cell = |column: usize| {
            let place = self.places.get(column).copied().flatten();
            place
                .and_then(|place| cells.get(place))
                .cloned()
                .unwrap_or_default()
        };
        let row: Row = std::array::from_fn(cell);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let [kind, segment, name, value, reason, ..] = &row;
        match kind.trim() {
            "segment" => drop(self.place_for(segment, at)),
            "" | "value" => self.put(segment, None, entry(name, words(value, at), at)),
            "na" => self.put(segment, Some("na"), entry(name, words(reason, at), at)),
            "about" => {}
            "owner" => {
                let owner = entry(name, words(&row[7], at), at);
                put_into(&mut self.rest, "owner", owner, at);
                return;
            }
            object if OBJECTS.contains(&object) => {
                self.object(object, name, value, at);
                return;
            }
            other => {
                let message =
                    format!("there is no kind of row `{other}`; the usual one is `value`");
                self.problems.push(Problem::new(at, message));
                return;
            }
        }
        self.note(&row, at);
    }

    /// What the row says about its value.
    fn note(&mut self, row: &Row, at: usize) {
        let keys = ["certainty", "validate_by", "owner", "source"]
            .into_iter()
            .zip(&row[5..]);
        let said = keys.filter(|(_, cell)| !cell.trim().is_empty());
        let said: Vec<Entry> = said
            .map(|(key, cell)| entry(key, words(cell, at), at))
            .collect();
        if !said.is_empty() {
            let about = Node {
                at,
                content: Content::Table(said),
            };
            self.put(&row[1], Some("about"), entry(&row[2], about, at));
        }
    }

    /// A row whose value is an object.
    fn object(&mut self, kind: &str, name: &str, value: &str, at: usize) {
        match json::read(value, 0) {
            Err(problems) => {
                let problems = problems.into_iter();
                self.problems
                    .extend(problems.map(|problem| Problem::new(at, problem.message)));
            }
            Ok(node) => {
                let node = moved(node, at);
                match kind {
                    "baseline" => self.rest.push(entry(kind, node, at)),
                    "scenario" => put_into(&mut self.rest, kind, entry(name, node, at), at),
                    list => put_last(&mut self.rest, list, node),
                }
            }
        }
    }

    /// The entries of a segment, or of the whole plan where none is named.
    fn place_for(&mut self, segment: &str, at: usize) -> &mut Vec<Entry> {
        if segment.trim().is_empty() {
            return &mut self.whole;
        }
        inner(&mut self.segments, segment.trim(), at)
    }

    fn put(&mut self, segment: &str, head: Option<&str>, entry: Entry) {
        let is_of_segment =
            field(&entry.key).is_some_and(|it| it.level == crate::plan::Level::Segment);
        if segment.trim().is_empty() && is_of_segment {
            // Which one is known behind the last row.
            self.unplaced.push((head.map(str::to_owned), entry));
            return;
        }
        let at = entry.at;
        let level = self.place_for(segment, at);
        match head {
            Some(head) => put_into(level, head, entry, at),
            None => level.push(entry),
        }
    }

    /// A field of a segment in a row that names none belongs to the only one there is.
    fn place(&mut self) {
        let names: Vec<String> = self.segments.iter().map(|it| it.key.clone()).collect();
        let only = match names.as_slice() {
            [] => Some("main"),
            [only] => Some(only.as_str()),
            _ => None,
        };
        for (head, entry) in std::mem::take(&mut self.unplaced) {
            if let Some(only) = only {
                self.put(only, head.as_deref(), entry);
                continue;
            }
            let message = format!(
                "`{}` is held for each segment; say in the row for which: {}",
                entry.key,
                names.join(", ")
            );
            self.problems.push(Problem::new(entry.at, message));
        }
    }

    fn finish(mut self, base: usize) -> Result<Node, Vec<Problem>> {
        self.place();
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let mut entries = self.whole;
        if !self.segments.is_empty() {
            let content = Content::Table(self.segments);
            entries.push(entry("segment", Node { at: base, content }, base));
        }
        entries.extend(self.rest);
        let content = Content::Table(entries);
        Ok(Node { at: base, content })
    }
}
