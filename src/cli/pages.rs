//! Rule pages of one's own: a page, or a folder of them.

use std::path::{Path, PathBuf};

use super::output::unopened;
use crate::config::Config;
use crate::lint::{LARGEST_OWN, PageError, RuleSet, page_text};

/// The variable that names a server's own rules; the command line honours it, too.
const VARIABLE: &str = "GTM_RULES_DIR";

// Which rules of one's own judge beside those of the program. A comment for the documentation would
// become the help of every command that takes this.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Own {
    /// Rules of your own too: a folder of pages, or a page; may be given several times (else the folder
    /// that `GTM_RULES_DIR` names)
    #[arg(long = "rules", value_name = "FOLDER")]
    folders: Vec<PathBuf>,
}

impl Own {
    /// The rules: what the option names goes before the variable, and an empty one names none.
    pub(super) fn load(&self) -> Result<RuleSet, String> {
        if self.folders.is_empty() {
            return of_variable(of_environment().as_slice());
        }
        rules_with(&self.folders)
    }

    /// How they are named behind a command, with a space before: ` --rules team`. What the variable names
    /// holds there, too.
    pub(super) fn typed(&self) -> String {
        let folders = self.folders.iter();
        let typed = folders.map(|folder| format!(" --rules {}", typed(folder)));
        typed.collect()
    }

    /// The folders alone, with a space before each: ` team`.
    pub(super) fn places(&self) -> String {
        let variable = of_environment().filter(|_| self.folders.is_empty());
        let folders = self.folders.iter().chain(&variable);
        let places = folders.map(|folder| format!(" {}", typed(folder)));
        places.collect()
    }
}

fn of_environment() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty());
    named.map(PathBuf::from)
}

/// A path as a shell takes it.
pub(super) fn typed(path: &Path) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:=@%".contains(c);
    let shown = path.display().to_string();
    if !shown.is_empty() && shown.chars().all(plain) {
        return shown;
    }
    format!("'{}'", shown.replace('\'', r"'\''"))
}

/// A page as it was found.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// `<category>/<slug>.md`.
    pub(super) name: String,
    pub(super) text: String,
    /// Whether it lies in the program's own `rules/`, and so replaces what is built in.
    pub(super) is_the_programs: bool,
}

impl Page {
    pub(super) fn slug(&self) -> &str {
        let name = self.name.trim_end_matches(".md");
        name.rsplit('/').next().unwrap_or_default()
    }
}

/// The line that a page begins with; other Markdown beside pages is left alone.
const FENCE: &str = "+++";

/// The page, or all pages of a folder: those in it are of the category that it is called, those one
/// folder below of theirs.
pub(super) fn below(path: &Path) -> Result<Vec<Page>, String> {
    if !path.is_dir() {
        return Ok(vec![page(path)?]);
    }
    let mut pages = Vec::new();
    for entry in entries(path)? {
        if entry.is_dir() && !is_hidden(&entry) {
            pages.extend(of_category(&entry)?);
        } else if is_markdown(&entry) && begins_as_a_page(&entry) {
            pages.push(page(&entry)?);
        }
    }
    if pages.is_empty() {
        return Err(format!(
            "{}: there is no page in it; a page is <category>/<slug>.md, such as fit/our-rule.md",
            path.display()
        ));
    }
    Ok(pages)
}

/// The pages of a category's folder. One that lies deeper would be left out, so it is named.
fn of_category(folder: &Path) -> Result<Vec<Page>, String> {
    let mut pages = Vec::new();
    for file in entries(folder)? {
        if is_markdown(&file) && (may_be_a_page(&file) || begins_as_a_page(&file)) {
            pages.push(page(&file)?);
        } else if file.is_dir() && !is_hidden(&file) {
            let mut deeper = entries(&file)?.into_iter();
            if let Some(page) = deeper.find(|file| is_markdown(file) && begins_as_a_page(file)) {
                return Err(format!(
                    "{}: lies too deep; a page is <category>/<slug>.md, such as fit/our-rule.md",
                    page.display()
                ));
            }
        }
    }
    Ok(pages)
}

/// Whether a folder is some tool's own, such as `.git`.
fn is_hidden(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|it| it.to_str());
    name.is_some_and(|name| name.starts_with('.'))
}

/// The rules of a server: those of the folder that a setting names beside the built-in ones. What is
/// wrong with one of them is said with its place, and nothing starts without it.
pub(super) fn of_server(config: &Config) -> Result<RuleSet, String> {
    of_variable(config.rules_dir.as_slice())
}

fn of_variable(folder: &[PathBuf]) -> Result<RuleSet, String> {
    let named = |problem| match folder {
        [_, ..] => format!("{VARIABLE}: {problem}"),
        [] => problem,
    };
    rules_with(folder).map_err(named)
}

/// The built-in rules, with those of pages or folders beside them.
fn rules_with(own: &[PathBuf]) -> Result<RuleSet, String> {
    let built_in = RuleSet::built_in().map_err(|errors| unusable(&errors))?;
    if own.is_empty() {
        return Ok(built_in);
    }
    let pages: Result<Vec<_>, _> = own.iter().map(|path| below(path)).collect();
    let pages = pages?.concat();
    let pages: Vec<_> = pages
        .iter()
        .map(|page| (page.name.as_str(), page.text.as_str()))
        .collect();
    let rules = built_in.with_own(&pages);
    rules.map_err(|errors| unusable(&errors))
}

/// Why the rules cannot be used.
pub(super) fn unusable(errors: &[PageError]) -> String {
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    format!("The rules cannot be used:\n{}", errors.join("\n"))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let found = std::fs::read_dir(folder).map_err(|error| unopened(folder, &error))?;
    let found: std::io::Result<Vec<_>> = found.map(|entry| Ok(entry?.path())).collect();
    let mut found = found.map_err(|error| unopened(folder, &error))?;
    found.sort();
    Ok(found)
}

fn is_markdown(file: &Path) -> bool {
    file.extension().is_some_and(|end| end == "md")
}

/// Whether it is called like a rule; a `README.md` is not.
fn may_be_a_page(file: &Path) -> bool {
    let name = file.file_stem().and_then(|it| it.to_str());
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.is_some_and(|name| name.chars().all(letters) && name != "readme")
}

fn begins_as_a_page(file: &Path) -> bool {
    std::fs::read_to_string(file).is_ok_and(|text| text.starts_with(FENCE))
}

fn page(file: &Path) -> Result<Page, String> {
    let shown = file.display();
    let unread = |error: std::io::Error| unopened(file, &error);
    let length = std::fs::metadata(file).map_err(unread)?.len();
    if !is_markdown(file) {
        return Err(format!(
            "{shown}: a rule's page ends in .md, such as fit/our-rule.md"
        ));
    }
    if length > LARGEST_OWN as u64 {
        return Err(format!(
            "{shown}: has {length} bytes; {LARGEST_OWN} are the most"
        ));
    }
    let place = std::path::absolute(file).map_err(unread)?;
    let name = |part: &Path| {
        part.file_name()
            .and_then(|it| it.to_str())
            .map(str::to_owned)
    };
    let folder = place.parent().unwrap_or(Path::new("/"));
    let (Some(category), Some(own)) = (name(folder), name(&place)) else {
        return Err(format!(
            "{shown}: a page lies in the folder of its category, such as fit/our-rule.md"
        ));
    };
    let rules = folder.parent();
    let is_the_programs = rules.is_some_and(|rules| {
        rules.ends_with("rules") && rules.with_file_name("Cargo.toml").is_file()
    });
    Ok(Page {
        name: format!("{category}/{own}"),
        text: page_text(&std::fs::read_to_string(file).map_err(unread)?),
        is_the_programs,
    })
}
