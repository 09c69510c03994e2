//! Starter templates: plan files to begin with, embedded in the program.

use include_dir::{Dir, include_dir};
use std::sync::LazyLock;

/// The files that come with the program.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A starter template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its name, which is that of its file.
    pub name: &'static str,
    /// The plan, as TOML.
    pub text: &'static str,
}

impl Template {
    /// What it is for: the first line of the file, a comment.
    pub fn title(&self) -> &'static str {
        let first = self.text.lines().next().unwrap_or_default();
        first.trim_start_matches(['#', ' '])
    }
}

/// All templates, by name.
pub fn templates() -> &'static [Template] {
    static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
        let files = FILES.files().filter_map(|file| {
            let name = file.path().to_str()?.strip_suffix(".toml")?;
            let text = file.contents_utf8()?;
            Some(Template { name, text })
        });
        let mut templates: Vec<Template> = files.collect();
        templates.sort_by_key(|template| template.name);
        templates
    });
    &TEMPLATES
}
