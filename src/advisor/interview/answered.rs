//! What somebody answers: by a button, to the bot, or in the thread.

use super::super::case::{Case, button, private};
use super::super::permission::{Permission, may};
use super::super::prose::cut;
use super::super::set::{self, Around};
use super::super::{PlaceKind, Said, Turn, place, read, refusal};
use super::words::{Wish, wish};
use super::{About, Answered, Interview};
use super::{ended, led, told};
use crate::ident::Person;
use crate::intent::{self, Given, Intent, Interviewing, Mode};
use crate::plan::{self, Answer, Field, Kind, Segment, Value, ValueError};
use crate::reading::{self, Reading};
use crate::render::Button;

/// How many further values of one message are offered.
const MOST_OFFERED: usize = 3;

/// A button of a question was pressed.
pub(super) fn pressed(case: &Case<'_>, field: &'static Field, given: &Given) -> Turn {
    let Some(interview) = case.situation.attention.interview.clone() else {
        return private(told::no_interview(case));
    };
    match set::read(case, field, given, Around::SET) {
        Ok((segment, value)) => {
            let given = Gives {
                about: About::new(field, segment.as_ref()),
                new: Answer::Known(value),
                others: Vec::new(),
            };
            give(case, interview, given)
        }
        Err(refusal) => private(refusal),
    }
}

/// Words to the bot where it asks; nothing where they are no answer but a command, a question, or a
/// statement about something else.
pub(in crate::advisor) fn said(case: &Case<'_>, words: &str) -> Option<Turn> {
    if rests_here(case) && wish(words).is_some() {
        return Some(private(told::no_interview(case)));
    }
    let interview = here(case)?;
    let asked = interview.asked.clone()?;
    let about = meant(case, &interview)?;
    let (field, _) = about.place(&case.plan)?;
    let wish = wish(words);
    if wish.is_none() && (words.trim().is_empty() || is_command(case, words, field)) {
        return None;
    }
    if wish == Some(Wish::Why) {
        return Some(led::why(case, None));
    }
    if let Some(refused) = refused(case) {
        return Some(refused);
    }
    match wish {
        Some(Wish::Skip) => Some(led::skip(case, None)),
        Some(Wish::Stop) => Some(led::stop(case)),
        Some(Wish::NotApplicable("")) => Some(private(told::no_reason(case, &asked.about))),
        Some(Wish::NotApplicable(reason)) => {
            let new = Answer::NotApplicable(reason.to_owned());
            let given = Gives {
                about: asked.about,
                new,
                others: Vec::new(),
            };
            Some(give(case, interview, given))
        }
        Some(Wish::Why) | None => typed(case, interview, words),
    }
}

/// What somebody says in a thread of the interview without addressing the bot. Words of one's own
/// may be said to anybody there, so that only a value that can be read counts.
pub(in crate::advisor) fn overheard(case: &Case<'_>, words: &str) -> Option<Turn> {
    let interview = here(case)?;
    let asked = interview.asked.clone()?;
    let (field, segment) = asked.about.place(&case.plan)?;
    let is_answer = takes_unaddressed(field, words)
        && case.plan.answer(field, segment).is_none()
        && refused(case).is_none()
        && meant(case, &interview) == Some(asked.about.clone());
    if !is_answer || case.situation.attention.mode == Mode::Mute {
        return None;
    }
    let (value, _) = value_of(case, field, words).ok()?;
    let given = Gives {
        about: asked.about.clone(),
        new: Answer::Known(value),
        others: Vec::new(),
    };
    Some(give(case, interview, given))
}

/// Whether words that nobody addressed to the bot may answer a question about this field.
pub fn takes_unaddressed(field: &Field, words: &str) -> bool {
    !is_free(field) && !words.trim_end().ends_with('?') && wish(words).is_none()
}

/// The interview that asks where this was said.
fn here(case: &Case<'_>) -> Option<Interview> {
    let place = &case.inbound.place;
    let asks = |it: &Interview| match place.kind {
        PlaceKind::Direct => it.asked.is_some(),
        PlaceKind::Channel => it.asks_in(place.thread.as_ref()),
    };
    let is_said = matches!(
        case.inbound.said,
        Said::Mention { .. } | Said::Direct { .. } | Said::Overheard { .. }
    );
    let interview = case.situation.attention.interview.as_ref();
    interview.filter(|it| is_said && asks(it)).cloned()
}

/// Whether this was said in a thread of an interview that rests.
fn rests_here(case: &Case<'_>) -> bool {
    let interview = case.situation.attention.interview.as_ref();
    let root = case.inbound.place.thread.as_ref();
    interview.is_some_and(|it| {
        it.asked.is_none() && root.is_some_and(|it_is| it.threads.contains(it_is))
    })
}

/// What is said to somebody who may not change the plan.
fn refused(case: &Case<'_>) -> Option<Turn> {
    let begins = Intent::Interview(Interviewing::Start);
    match may(&case.situation.actor, &begins) {
        Permission::Allowed => None,
        Permission::Refused(reason) => Some(private(refusal::not_allowed(case, reason, &begins))),
    }
}

fn is_free(field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::List)
}

/// Whether the words are for somebody else than the question. An answer in words of one's own may
/// begin like a command or a question.
fn is_command(case: &Case<'_>, words: &str, field: &Field) -> bool {
    match intent::parse(words) {
        Ok(Intent::Ask(question)) => !is_free(field) || question.trim_end().ends_with('?'),
        Ok(_) => true,
        Err(error) => {
            refusal::is_command(&error)
                && !is_free(field)
                && field.parse(words, &case.context()).is_err()
        }
    }
}

/// Which question the words are for: what somebody else says before they can have read the question
/// answers the one before.
fn meant(case: &Case<'_>, interview: &Interview) -> Option<About> {
    let asked = interview.asked.as_ref()?;
    let by: &Person = &case.situation.actor.person;
    let is_too_soon = case.inbound.at < asked.at + Interview::READING;
    let last = interview.last.as_ref();
    let crossed = last.filter(|last| is_too_soon && last.by != *by);
    Some(crossed.map_or_else(|| asked.about.clone(), |last| last.about.clone()))
}

fn typed(case: &Case<'_>, interview: Interview, words: &str) -> Option<Turn> {
    let asked = interview.asked.as_ref()?.about.clone();
    let about = meant(case, &interview)?;
    let (field, _) = about.place(&case.plan)?;
    match value_of(case, field, words) {
        Ok((value, others)) if about == asked => {
            let given = Gives {
                about,
                new: Answer::Known(value),
                others,
            };
            Some(give(case, interview, given))
        }
        Ok((value, _)) => {
            // Two have answered at once: the first one's answer stands, nothing is asked anew.
            let new = Answer::Known(value);
            let is_same = case.plan.answer(field, about.segment.as_ref()) == Some(&new);
            let document = if is_same {
                told::settled(case, &about)
            } else {
                told::taken(case, &about, &new)
            };
            Some(led::shown(case, interview, document))
        }
        Err(error) => {
            let reading = reading::read_message(words, &read::context(case));
            let is_about_others = !reading.is_empty();
            (!is_about_others).then(|| private(told::not_a_value(case, &about, &error)))
        }
    }
}

/// The value in the words, said shortly or in a sentence, and buttons for what else they say.
fn value_of(
    case: &Case<'_>,
    field: &'static Field,
    words: &str,
) -> Result<(Value, Vec<Button>), ValueError> {
    if is_free(field) {
        return Ok((field.parse(words, &case.context())?, Vec::new()));
    }
    let reading = reading::read_message(words, &read::context(case));
    match field.parse(words, &case.context()) {
        Ok(value) => Ok((value, Vec::new())),
        Err(error) => {
            let mut found = reading.proposals.iter().filter(|it| it.field == field);
            match (found.next(), found.next()) {
                (Some(one), None) => Ok((one.value.clone(), others(case, field, &reading))),
                _ => Err(error),
            }
        }
    }
}

fn others(case: &Case<'_>, asked: &Field, reading: &Reading) -> Vec<Button> {
    let found = reading.proposals.iter().filter(|it| it.field != asked);
    let buttons = found.filter_map(|it| {
        let shown = it.value.display(it.field);
        let is_read = it.field.parse(&shown, &case.context()).ok()? == it.value;
        let segment = case.for_segment(it.segment.as_ref());
        let words = format!("set {} {shown}{segment}", it.field.name);
        let label = cut(&format!("{}: {shown}", it.field.label()), 30);
        is_read.then(|| button(label, words))
    });
    buttons.take(MOST_OFFERED).collect()
}

/// What somebody gives as their answer.
struct Gives {
    about: About,
    new: Answer,
    /// Buttons for what else the words say.
    others: Vec<Button>,
}

/// Writes the answer, unless the plan has one by now, and asks the next question.
fn give(case: &Case<'_>, mut interview: Interview, given: Gives) -> Turn {
    let Gives { about, new, others } = given;
    let Some((field, segment)) = about.place(&case.plan) else {
        return private(told::no_interview(case));
    };
    let segment: Option<&Segment> = segment;
    match case.plan.answer(field, segment) {
        Some(old) if *old == new => {
            return led::go_on(case, interview, told::settled(case, &about));
        }
        Some(_) => return led::go_on(case, interview, told::taken(case, &about, &new)),
        None => {}
    }
    let changes = plan::set_answer(&case.plan, field, segment, Some(new), &case.author());
    let after = match place::applied(case, &changes) {
        Ok(after) => after,
        Err(refusal) => return private(refusal),
    };
    interview.answered += 1;
    interview.skipped.retain(|it| *it != about);
    interview.last = Some(Answered {
        about: about.clone(),
        by: case.situation.actor.person.clone(),
    });
    let mut happened = told::answered(case, &after, &changes);
    happened.blocks.extend(told::also(others));
    let next = led::ask_next(case, &mut interview, &after, &changes);
    let document = match next {
        Some(question) => told::below(case, happened, &question),
        None => ended::below(case, &interview, happened, (&after, &changes)),
    };
    let mut turn = led::shown(case, interview, document);
    turn.changes = changes;
    turn
}
