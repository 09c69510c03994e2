//! A plan that comes as a file, shared in the message that asks for it.

use jiff::civil::Date;

use super::super::act::said;
use super::super::case::{Case, private};
use super::super::prose::{counted, cut, stopped};
use super::super::{SharedText, Turn};
use super::{Text, offered, read, unreadable};
use crate::documents::Unreadable;
use crate::plan::{FileError, FileFormat, Plan};
use crate::render::Document;

/// How much of a file's name is shown.
const NAME: usize = 60;

/// Shows what the shared plan would change.
pub(super) fn turn(case: &Case<'_>, files: &[SharedText]) -> Turn {
    let [one] = files else {
        return private(several(case, files.len()));
    };
    let name = cut(&one.file.name, NAME);
    let words = match &one.text {
        Ok(words) => words,
        Err(why) => {
            return private(said(
                "Nothing was imported.",
                &stopped(&not_taken(case, one, *why)),
            ));
        }
    };
    match understood(&one.file.name, words, case.today()) {
        Ok((text, plan)) => offered(case, text, &plan),
        Err(error) => private(unreadable(case, &error, &name)),
    }
}

/// The plan in a file. What its name promises is tried first, and told where nothing can be read.
pub(in crate::advisor) fn understood(
    name: &str,
    words: &str,
    today: Date,
) -> Result<(Text, Plan), FileError> {
    let words = words.trim_start_matches('\u{FEFF}');
    let Some(format) = FileFormat::of_name(name) else {
        return super::understood(words, today);
    };
    let promised = read(words, format, today);
    match promised {
        Ok(file) => Ok(Text::of(words.to_owned(), format, file)),
        Err(error) => super::understood(words, today).map_err(|_| error),
    }
}

/// Why a file is no plan, in a sentence without its stop.
pub(in crate::advisor) fn not_taken(case: &Case<'_>, one: &SharedText, why: Unreadable) -> String {
    let name = cut(&one.file.name, NAME);
    let words = match why {
        Unreadable::Empty
        | Unreadable::TooLarge
        | Unreadable::NotAllowed
        | Unreadable::NotFetched => why.to_string(),
        _ => format!(
            "it is no text in UTF-8; I take TOML, JSON, CSV and Markdown, as `{}` writes them",
            case.typed("export")
        ),
    };
    format!("I could not take {name}: {words}")
}

fn several(case: &Case<'_>, n: usize) -> Document {
    let n = counted(n, "file");
    said(
        &format!("Nothing was imported: there are {n}, and I take one plan at a time."),
        &format!(
            "Share one of them with the word `import`, or paste it behind `{}`.",
            case.typed("import")
        ),
    )
}
