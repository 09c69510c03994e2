//! `start …`: the guided interview. Its buttons run these commands; people may type them, too.

use super::cursor::Cursor;
use super::entry::{Entry, Takes};
use super::place::tail;
use super::read::number;
use super::set::{field, given};
use super::team::change;
use super::{Given, Intent, ParseError};
use crate::plan::{Field, Segment, Version};

/// A question of the interview: what it asks for.
pub type Subject = (&'static Field, Option<Segment>);

/// What is done about the guided interview.
#[derive(Debug, Clone)]
pub enum Interviewing {
    /// It begins, or goes on where it stopped.
    Start,
    /// The same, and what was skipped is asked once more.
    Again,
    /// A question is answered.
    Answer(&'static Field, Given),
    /// A question is passed over: the one that is asked, where none is named.
    Skip(Option<Subject>),
    /// What a question is asked for.
    Why(Option<Subject>),
    /// An answer is taken back, by the version that it made, and asked for again.
    Back(Version),
    /// It stops, until somebody goes on.
    Stop,
}

impl Interviewing {
    pub(super) fn words(&self) -> String {
        let about = |verb: &str, subject: &Option<Subject>| match subject {
            None => verb.to_owned(),
            Some((field, None)) => format!("{verb} {}", field.name),
            Some((field, Some(segment))) => format!("{verb} {} for {segment}", field.name),
        };
        match self {
            Self::Start => String::new(),
            Self::Again => "again".to_owned(),
            Self::Answer(field, given) => format!("answer {} {}", field.name, given.words()),
            Self::Skip(subject) => about("skip", subject),
            Self::Why(subject) => about("why", subject),
            Self::Back(version) => format!("back {version}"),
            Self::Stop => "stop".to_owned(),
        }
    }
}

pub(super) static INTERVIEW: &[Entry] = &[Entry {
    aliases: &["interview", "begin", "get started"],
    more: &[
        ("start again", "with the questions that were skipped"),
        ("start skip", "passes the question over"),
        ("start why", "says which rules wait for the answer"),
        ("start stop", "ends it until somebody goes on"),
    ],
    takes: Takes::Words,
    ..change(
        "start",
        [
            "start [again|skip|why|stop]",
            "Asks what decides most, one question at a time",
            "start",
        ],
        start,
    )
}];

fn start(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    while cursor.skip_any(&["the", "an", "interview", "over", "with", "me", "us", "now"]) {}
    let Some(first) = cursor.peek().map(|word| word.folded.clone()) else {
        return Ok(Intent::Interview(Interviewing::Start));
    };
    let what = match first.as_str() {
        "again" | "skipped" => Interviewing::Again,
        "stop" | "end" | "quit" => Interviewing::Stop,
        "skip" | "pass" => {
            cursor.skip(1);
            Interviewing::Skip(subject(cursor)?)
        }
        "why" => {
            cursor.skip(1);
            Interviewing::Why(subject(cursor)?)
        }
        "back" => {
            cursor.skip(1);
            let version = cursor.joined(1);
            let version = Version(number(cursor, &version, "a version number")?);
            cursor.skip(1);
            Interviewing::Back(version)
        }
        "answer" => {
            cursor.skip(1);
            return answer(cursor);
        }
        _ => {
            let problem = "The interview is begun by `start`; behind it may stand `again`, `skip`, `why` or `stop`";
            return Err(cursor.error(1, problem));
        }
    };
    if matches!(what, Interviewing::Again | Interviewing::Stop) {
        cursor.skip(1);
    }
    while cursor.skip_any(&["questions", "question", "ones", "interview", "please"]) {}
    cursor.finish("no further words")?;
    Ok(Intent::Interview(what))
}

fn subject(cursor: &mut Cursor<'_>) -> Result<Option<Subject>, ParseError> {
    if cursor.is_done() {
        return Ok(None);
    }
    let field = field(cursor)?;
    cursor.understand(field.name);
    Ok(Some((field, tail(cursor)?)))
}

fn answer(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let field = field(cursor)?;
    cursor.understand(field.name);
    if cursor.is_done() {
        return Err(cursor.error(0, "The answer is missing"));
    }
    let given = given(cursor, field)?;
    Ok(Intent::Interview(Interviewing::Answer(field, given)))
}

#[cfg(test)]
mod tests {
    use crate::intent::parse;

    fn check(words: &str, expected: &str) {
        let read = match parse(words) {
            Ok(intent) => intent.words(),
            Err(error) => format!("! {}", error.problem),
        };
        assert_eq!(read, expected, "{words}");
        if let Ok(intent) = parse(words) {
            let again = parse(&intent.words()).expect("what is written is read");
            assert_eq!(again.words(), intent.words());
        }
    }

    #[test]
    fn the_interview_is_led_by_few_words() {
        check("start", "start");
        check("begin the interview", "start");
        check("start again", "start again");
        check("start with the skipped ones", "start again");
        check("start skip", "start skip");
        check(
            "start skip price for smb",
            "start skip pricing.price for smb",
        );
        check("start why sales motion", "start why sales.motion");
        check("start stop", "start stop");
        check("start back 5", "start back 5");
        check(
            "start answer pricing.price $49/mo for smb",
            "start answer pricing.price $49/mo for smb",
        );
        check("start answer price", "! The answer is missing");
        check(
            "start cooking",
            "! The interview is begun by `start`; behind it may stand `again`, `skip`, `why` or `stop`",
        );
    }
}
