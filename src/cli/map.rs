//! `gtm-advisor map`: a plan file's segments on the deals × ACV map, as text or as a picture.

use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;

use super::output::{print, refuse};
use crate::map::{self, Map, Theme};
use crate::plan::find_field;
use crate::render;

/// The ground of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Ground {
    /// Dark words on light ground
    Light,
    /// Light words on dark ground
    Dark,
}

/// Prints the map of the plan in `file`, or writes it as a picture.
pub(super) fn run(file: &Path, out: Option<&Path>, ground: Ground) -> ExitCode {
    let today = jiff::Zoned::now().date();
    let plan = match super::check::read(file, today) {
        Ok(plan) => plan,
        Err(problem) => return refuse(problem),
    };
    let map = Map::new(&plan);
    let Some(out) = out else {
        let document = map::document(&map, in_the_file);
        print(render::text(&document, &|person| {
            person.as_str().to_owned()
        }));
        return ExitCode::SUCCESS;
    };
    match picture(&map, out, ground) {
        Ok(bytes) => match std::fs::write(out, bytes) {
            Ok(()) => {
                print(map::alternative(&map));
                ExitCode::SUCCESS
            }
            Err(error) => refuse(unwritten(out, &error)),
        },
        Err(problem) => refuse(problem),
    }
}

/// Why the picture can't be written.
fn unwritten(out: &Path, error: &std::io::Error) -> String {
    let name = out.display();
    let problem = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "this user may not write there".to_owned(),
        _ => error.to_string(),
    };
    format!("{name}: cannot be written: {problem}")
}

/// What one writes into the plan's file for a command such as `set deals 40 for smb`.
fn in_the_file(words: &str) -> String {
    let bare = words.strip_prefix("set ").unwrap_or(words);
    let (bare, segment) = match bare.split_once(" for ") {
        Some((bare, segment)) => (bare, format!(" under [segment.{segment}]")),
        None => (bare, String::new()),
    };
    match bare.split_once(' ') {
        Some((name, value)) => {
            let name = find_field(name).map_or(name, |field| field.name);
            format!("{name} = \"{value}\"{segment}")
        }
        None => words.to_owned(),
    }
}

/// The picture in the format that the file's name says.
fn picture(map: &Map, out: &Path, ground: Ground) -> Result<Vec<u8>, String> {
    let theme = match ground {
        Ground::Light => Theme::Light,
        Ground::Dark => Theme::Dark,
    };
    match out.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => Ok(map::svg(map, theme).into_bytes()),
        Some("png") => Ok(map::png(map, theme)),
        _ => Err(format!(
            "{}: a picture ends in .svg or .png, for example map.png",
            out.display()
        )),
    }
}
