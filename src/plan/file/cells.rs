//! What lies below the rows of a CSV: which sign parts the cells, and whether the file is whole.

use super::Problem;

/// The signs that spreadsheets put between cells: which one depends on the language they speak.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// The cells of a first line that names columns, and the sign between them.
pub(super) fn head(line: &str) -> (char, Vec<&str>) {
    let cells = |sign: char| -> Vec<&str> {
        let cells = line.trim_start_matches('\u{feff}').split(sign);
        cells.map(|cell| cell.trim().trim_matches('"')).collect()
    };
    let splits = DELIMITERS.map(|sign| (sign, cells(sign)));
    // A comma wins where no sign parts anything: one column, or no table at all.
    let most = splits.iter().map(|(_, cells)| cells.len()).max();
    let found = splits
        .into_iter()
        .find(|(_, cells)| Some(cells.len()) == most);
    found.unwrap_or_default()
}

/// Where a cell in quotes begins that is never closed.
pub(super) fn unclosed(text: &str, delimiter: char) -> Option<usize> {
    let mut begin = None;
    let mut is_fresh = true;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match (begin, sign) {
            // Two quotes within quotes are one.
            (Some(_), '"') if signs.peek().is_some_and(|(_, next)| *next == '"') => {
                signs.next();
            }
            (Some(_), '"') => begin = None,
            (Some(_), _) => {}
            (None, '"') if is_fresh => begin = Some(at),
            (None, _) => is_fresh = sign == delimiter || sign == '\n' || sign == '\r',
        }
        if begin.is_some() {
            is_fresh = false;
        }
    }
    begin
}

/// What is wrong with a table that somebody has cut.
pub(super) fn cut_at(at: usize, what: &str) -> Problem {
    Problem::new(
        at,
        format!("the file ends within {what}; it seems to be cut"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::file::tests::today;
    use crate::plan::{FileFormat, read_file, write_file};

    /// A plan whose texts hold all that parts cells and rows.
    const PLAN: &str = "kind,segment,field,value,reason,certainty,validate_by,owner,source\n\
         value,smb,icp.pain,\"a, b; c\td \"\"e\"\"\nf\",,guess,,@ana,\n\
         value,smb,icp.buyer,\"CFO; \"\"a, b\"\"\",,,,,\n\
         waiver,,plg-acv-high,\"{\"\"rule\"\": \"\"plg-acv-high\"\", \"\"reason\"\": \"\"a; b\"\"}\",,,,,\n";

    #[test]
    fn the_sign_between_cells_is_the_one_of_the_first_row() {
        let plan = read_file(PLAN, FileFormat::Csv, today()).expect("a plan");
        let written = write_file(&plan, FileFormat::Csv);
        let mut reader = ::csv::Reader::from_reader(written.as_bytes());
        for sign in [b',', b';', b'\t'] {
            let mut other = ::csv::WriterBuilder::new()
                .delimiter(sign)
                .from_writer(Vec::new());
            other
                .write_record(reader.headers().expect("a head"))
                .expect("room");
            let mut rows = ::csv::Reader::from_reader(written.as_bytes());
            for row in rows.records() {
                other.write_record(&row.expect("a row")).expect("room");
            }
            let text = other.into_inner().expect("room");
            let text = String::from_utf8(text).expect("text");
            assert_eq!(FileFormat::of_text(&text), FileFormat::Csv, "{text}");
            let read = read_file(&text, FileFormat::Csv, today()).expect(&text);
            assert_eq!(
                write_file(&read, FileFormat::Toml),
                write_file(&plan, FileFormat::Toml)
            );
        }
        assert_eq!(head("field").0, ',');
    }

    #[test]
    fn of_a_table_with_too_many_segments_no_more_is_read() {
        let rows = (0..200).map(|n| format!("s{n},sales.motion,plg\n"));
        let rows: String = rows.collect();
        let text = format!("segment,field,value\n{rows}s1,no.field,x\n");
        let error = read_file(&text, FileFormat::Csv, today()).expect_err("too many");
        let told = error.to_string();
        assert!(
            told.starts_with("line 102, column 1: a plan has 100 segments at most"),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
    }

    #[test]
    fn a_table_that_was_cut_within_a_row_is_refused_with_its_place() {
        let refused = |text: &str| match read_file(text, FileFormat::Csv, today()) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        };
        for (end, expected) in [
            (
                "d \"\"e",
                "line 2, column 20: the file ends within this cell in quotes",
            ),
            (
                "f\",,gue",
                "line 2, column 1: the file ends within this row; it seems to be cut",
            ),
            (
                "plg-acv-high,\"{\"\"rule",
                "this cell in quotes; it seems to be cut",
            ),
        ] {
            let at = PLAN.find(end).expect(end) + end.len();
            let told = refused(&PLAN[..at]);
            assert!(told.contains(expected), "{told}");
        }
        // A quote within a cell is a sign like others, and a few columns are as good as all.
        for whole in [
            "field,value\nicp.pain,5\" disks\n",
            "field,value,reason\nsales.motion,plg",
        ] {
            assert_eq!(refused(whole), "", "{whole}");
        }
    }
}
