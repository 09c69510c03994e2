//! What outlives a restart: one JSON line an update, written anew and shorter at each start.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::model::Update;
use super::workspace::Workspace;

/// An open journal. Its lines are short and reach the page cache only, so writing one within a
/// request costs less than handing it to another thread.
#[derive(Debug)]
pub(super) struct Journal {
    file: File,
}

const NAME: &str = "workspace.jsonl";

impl Journal {
    /// Reads a folder's journal, makes it short, and opens it for appending.
    pub(super) fn open(folder: &Path) -> io::Result<(Self, Workspace)> {
        fs::create_dir_all(folder)?;
        let path = folder.join(NAME);
        let mut workspace = Workspace::default();
        for update in read(&path)? {
            workspace.apply(&update);
        }
        rewrite(&path, &workspace)?;
        let file = OpenOptions::new().append(true).open(&path)?;
        Ok((Self { file }, workspace))
    }

    /// Keeps one update.
    pub(super) fn append(&mut self, update: &Update) -> io::Result<()> {
        self.file.write_all(line(update)?.as_bytes())
    }
}

/// The updates of a journal. A last line without its end was cut by a crash and is dropped; any
/// other line that can't be read is an error, since skipping it would lose messages silently.
fn read(path: &Path) -> io::Result<Vec<Update>> {
    let text = match fs::read_to_string(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        text => text?,
    };
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .lines()
        .map(|line| serde_json::from_str(line).map_err(io::Error::from))
        .collect()
}

fn rewrite(path: &Path, workspace: &Workspace) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    for update in workspace.snapshot() {
        file.write_all(line(&update)?.as_bytes())?;
    }
    file.sync_all()?;
    fs::rename(fresh, path)
}

fn line(update: &Update) -> io::Result<String> {
    Ok(serde_json::to_string(update)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playground::model::Message;

    fn post(ts: &str, text: &str) -> Update {
        Update::Message {
            channel: "C1".into(),
            message: Message::plain(ts, "U1", text),
        }
    }

    #[test]
    fn a_restart_keeps_the_latest_of_each_and_a_cut_line_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(folder.path()).unwrap();
        for update in [
            post("1.000001", "first"),
            post("1.000001", "edited"),
            post("1.000002", "x"),
        ] {
            journal.append(&update).unwrap();
        }
        journal
            .file
            .write_all(br#"{"type":"message","chan"#)
            .unwrap();

        let (_, workspace) = Journal::open(folder.path()).unwrap();

        let texts: Vec<_> = workspace.messages("C1").map(|m| m.text.as_str()).collect();
        assert_eq!(texts, ["edited", "x"]);
        let kept = fs::read_to_string(folder.path().join(NAME)).unwrap();
        assert_eq!(kept.lines().count(), 2, "the journal was made short");
    }

    #[test]
    fn a_damaged_line_in_the_middle_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "{}\n").unwrap();
        assert!(Journal::open(folder.path()).is_err());
    }
}
