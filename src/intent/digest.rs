//! `digest …`: on, off, now, a schedule, quiet weeks, skip and snooze.

use super::cursor::Cursor;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::{Help, Intent, ParseError, table};

/// What is asked of the digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DigestRequest {
    /// Post it, at the usual time or as before.
    On,
    /// Post it no more.
    Off,
    /// Show this week's to the channel now.
    Now,
    /// Post it at these times, in people's words.
    When(String),
    /// The same, in a channel that everybody of the workspace reads; without words at the usual time.
    Anyway(String),
    /// Post it in quiet weeks too.
    Always,
    /// Post it when something changed.
    OnChange,
    /// Whether it pings whom it names.
    Pinging(Pinging),
    /// Leave the next one out.
    Skip,
    /// Post none until a day, in people's words.
    Snooze(String),
}

/// What the name of a person does in a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pinging {
    /// It pings that person.
    Pings,
    /// It is read, and nobody is pinged.
    Plain,
}

impl DigestRequest {
    /// Words that read as this request.
    pub(super) fn words(&self) -> String {
        match self {
            Self::On => "on".to_owned(),
            Self::Off => "off".to_owned(),
            Self::Now => "now".to_owned(),
            Self::When(words) => words.clone(),
            Self::Anyway(words) => format!("anyway {words}").trim().to_owned(),
            Self::Always => "quiet always".to_owned(),
            Self::OnChange => "quiet change".to_owned(),
            Self::Pinging(Pinging::Pings) => "names ping".to_owned(),
            Self::Pinging(Pinging::Plain) => "names plain".to_owned(),
            Self::Skip => "skip".to_owned(),
            Self::Snooze(until) => format!("snooze {until}"),
        }
    }
}

/// Reads what follows `digest`; without words its state is asked for.
fn digest(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    scheduled(cursor, "digest")
}

/// Reads what follows the name of something that comes by a schedule.
pub(super) fn scheduled(cursor: &mut Cursor<'_>, name: &'static str) -> Result<Intent, ParseError> {
    let Some(first) = cursor.peek().map(|word| word.folded.clone()) else {
        return Ok(Intent::DigestStatus);
    };
    let request = match first.as_str() {
        "on" | "start" | "enable" | "resume" | "continue" | "unpause" => DigestRequest::On,
        "off" | "stop" | "disable" | "never" => DigestRequest::Off,
        "now" => DigestRequest::Now,
        "skip" => DigestRequest::Skip,
        "help" | "?" => return explained(cursor, name),
        "quiet" => return quiet(cursor, name),
        "names" | "name" | "pings" | "mentions" => return names(cursor, name),
        "always" => DigestRequest::Always,
        "anyway" => {
            cursor.skip(1);
            return Ok(Intent::Digest(DigestRequest::Anyway(rest(cursor))));
        }
        "snooze" | "pause" => return snooze(cursor, name),
        _ => {
            let words = cursor.raw_rest().to_owned();
            let all = cursor.rest().len();
            cursor.skip(all);
            return Ok(Intent::Digest(DigestRequest::When(words)));
        }
    };
    cursor.skip(1);
    if request == DigestRequest::Now && cursor.skip_any(&["--dry-run", "dry-run", "dry"]) {
        cursor.skip_any(&["run"]);
        cursor.finish("no further words")?;
        return Ok(Intent::DigestPreview);
    }
    // `digest on mondays 9am` names a schedule.
    if request == DigestRequest::On && !cursor.is_done() {
        return Ok(Intent::Digest(DigestRequest::When(rest(cursor))));
    }
    while cursor.skip_any(&[
        "the", "next", "one", "digest", "it", "this", "week", "please", "1",
    ]) {}
    if request == DigestRequest::Skip && !cursor.is_done() {
        let problem = format!("`{name} skip` leaves out the next one; for longer it is snoozed");
        let mut error = cursor.error(cursor.rest().len(), problem);
        error.example = format!("{name} snooze {}", weeks(cursor));
        return Err(error);
    }
    cursor.finish("no further words")?;
    Ok(Intent::Digest(request))
}

/// For how long what was to be skipped rests: a week for each.
fn weeks(cursor: &Cursor<'_>) -> String {
    const MOST_WEEKS: u32 = 52;
    const SPELLED: [&str; 4] = ["two", "three", "four", "five"];
    let said = |word: &str| {
        let spelled = SPELLED.iter().position(|known| *known == word);
        let spelled = spelled.and_then(|at| u32::try_from(at + 2).ok());
        word.parse()
            .ok()
            .or(spelled)
            .filter(|count| (2..=MOST_WEEKS).contains(count))
    };
    let count = cursor.rest().iter().find_map(|word| said(&word.folded));
    format!("{} weeks", count.unwrap_or(2))
}

fn rest(cursor: &mut Cursor<'_>) -> String {
    let words = cursor.raw_rest().to_owned();
    let all = cursor.rest().len();
    cursor.skip(all);
    words
}

/// `digest help` is `help digest`.
fn explained(cursor: &mut Cursor<'_>, name: &str) -> Result<Intent, ParseError> {
    cursor.skip(1);
    cursor.finish("no further words")?;
    let entry = table().iter().find(|entry| entry.name == name);
    Ok(Intent::Help(entry.map_or(Help::All, Help::One)))
}

fn quiet(cursor: &mut Cursor<'_>, name: &str) -> Result<Intent, ParseError> {
    cursor.skip(1);
    let request = if cursor.skip_any(&["always", "yes", "post"]) {
        DigestRequest::Always
    } else if cursor.skip_any(&["change", "changes", "no", "off"]) {
        DigestRequest::OnChange
    } else {
        let problem =
            "When nothing changed it comes all the same (`always`), or it does not (`change`)";
        let mut error = cursor.error(1, problem);
        error.example = format!("{name} quiet always");
        return Err(error);
    };
    cursor.finish("no further words")?;
    Ok(Intent::Digest(request))
}

fn names(cursor: &mut Cursor<'_>, name: &str) -> Result<Intent, ParseError> {
    cursor.skip(1);
    let pinging = if cursor.skip_any(&["ping", "pings", "pinged", "on", "yes", "mention"]) {
        Pinging::Pings
    } else if cursor.skip_any(&["plain", "off", "no", "quiet", "silent", "unpinged"]) {
        Pinging::Plain
    } else {
        let problem = "The names in a digest ping (`ping`), or they do not (`plain`)";
        let mut error = cursor.error(1, problem);
        error.example = format!("{name} names plain");
        return Err(error);
    };
    cursor.finish("no further words")?;
    Ok(Intent::Digest(DigestRequest::Pinging(pinging)))
}

fn snooze(cursor: &mut Cursor<'_>, name: &str) -> Result<Intent, ParseError> {
    cursor.skip(1);
    while cursor.skip_any(&["until", "till", "for", "to"]) {}
    if cursor.is_done() {
        let problem = format!("`{name} snooze` needs a day until which it rests, or for how long");
        let mut error = cursor.error(0, &problem);
        error.example = format!("{name} snooze 2 weeks");
        return Err(error);
    }
    Ok(Intent::Digest(DigestRequest::Snooze(rest(cursor))))
}

/// Reads `digest status`.
fn status(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::DigestStatus)
}

/// Reads `digest preview`.
fn preview(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::DigestPreview)
}

/// `digest`, for the table of commands.
pub(super) const DIGEST: Entry = Entry {
    name: "digest",
    aliases: &[],
    usage: "digest on|off|now|skip|<when>",
    help: "Posts once a week what changed and what does not add up",
    example: "digest mondays 9am Berlin",
    more: &[
        ("digest on", "each Monday at nine, in your time zone"),
        ("digest now", "this week's, for the channel"),
        ("digest quiet always", "also when nothing changed"),
        ("digest skip", "leaves the next one out"),
        ("digest snooze 2 weeks", "rests for so long; or until a day"),
        (
            "digest names ping",
            "whom it names is pinged; `plain` ends that",
        ),
        (
            "digest sundays 2:30am Berlin",
            "by the clock there; a time that it skips comes later, of one that it repeats the first counts",
        ),
    ],
    reply: ReplyKind::Change,
    reads: Reads::Plan,
    takes: Takes::Words,
    read: digest,
};

/// `digest status`, for the table of commands.
pub(super) const STATUS: Entry = Entry {
    name: "digest status",
    aliases: &["digest settings"],
    usage: "digest status",
    help: "Says when the digest comes next, and what became of the last",
    example: "digest status",
    more: &[],
    reply: ReplyKind::Reading,
    reads: Reads::Plan,
    takes: Takes::Nothing,
    read: status,
};

/// `digest preview`, for the table of commands.
pub(super) const PREVIEW: Entry = Entry {
    name: "digest preview",
    aliases: &["digest dry-run"],
    usage: "digest preview",
    help: "Shows you the digest as it would be posted now",
    example: "digest preview",
    more: &[],
    reply: ReplyKind::Reading,
    reads: Reads::Plan,
    takes: Takes::Nothing,
    read: preview,
};

/// `digest all`, for the table of commands.
pub(super) const ALL_OF_IT: Entry = Entry {
    name: "digest all",
    aliases: &["digest details", "digest full"],
    usage: "digest all",
    help: "Shows all that the last digest had to tell, and what has come since",
    example: "digest all",
    more: &[],
    reply: ReplyKind::Reading,
    reads: Reads::Plan,
    takes: Takes::Nothing,
    read: all,
};

/// Reads `digest all`.
fn all(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::DigestAll)
}
