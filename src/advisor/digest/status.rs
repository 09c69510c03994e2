//! `digest status`: whether it is posted, when it was and will be, and why one was skipped.

use super::super::case::{Case, button};
use super::super::prose::{capitalised, counted, sentence};
use super::about::About;
use crate::digest::{Last, Outcome, Quiet, Rest, Standing};
use crate::ident::Channel;
use crate::intent::Personal;
use crate::render::{Block, Button, Document, Inline, Row};

/// How the channel's digest stands.
pub(in super::super) fn channel(case: &Case<'_>) -> Document {
    document(case, About::Channel)
}

/// How one of the things stands that come by a schedule.
pub(super) fn document(case: &Case<'_>, about: About) -> Document {
    match &case.situation.digest {
        Some(standing) => stands(case, about, standing),
        None => never_set(case, about),
    }
}

fn never_set(case: &Case<'_>, about: About) -> Document {
    let command = about.command();
    let headline = match about {
        About::Channel => "No digest is posted here; nobody has switched it on.".to_owned(),
        other @ About::Personal(_) => {
            format!("{} is off; you have not switched it on.", other.name())
        }
    };
    Document {
        headline,
        blocks: vec![
            Block::Paragraph(vec![
                Inline::plain("To get one each Monday at nine: "),
                case.code(&format!("{command} on")),
                Inline::plain(", or say when: "),
                case.code(&format!("{command} fridays 4pm Berlin")),
            ]),
            Block::Actions(vec![
                button("Switch it on", format!("{command} on")),
                button("Preview", about.shows()),
            ]),
        ],
    }
}

fn stands(case: &Case<'_>, about: About, standing: &Standing) -> Document {
    let (name, command) = (about.name(), about.command());
    let headline = if let Some(rest) = standing.rests.filter(|_| standing.is_on) {
        format!("{name} rests: {}.", why(rest))
    } else if standing.is_on {
        format!("{name} {} {}.", about.comes(), standing.schedule)
    } else {
        format!("{name} is off; it came {}.", standing.schedule)
    };
    let mut rows = Vec::new();
    rows.extend(
        standing
            .next
            .map(|next| row("Next", vec![Inline::When(next)])),
    );
    rows.push(row("Last", last(standing.last.as_ref())));
    if standing.is_on {
        let (when, quiet) = quiet(about, standing.quiet);
        rows.push(row(when, vec![Inline::plain(quiet)]));
    }
    rows.push(row(
        if standing.is_on {
            "Set by"
        } else {
            "Switched off by"
        },
        vec![
            Inline::Person(standing.set_by.clone()),
            Inline::plain(", "),
            Inline::When(standing.set_at),
        ],
    ));
    let how = match (about, standing.quiet, standing.is_on) {
        (_, _, false) => ["on", "fridays 4pm Berlin", "now"],
        (About::Personal(Personal::Nudge), _, true) => {
            ["fridays 4pm Berlin", "snooze 2 weeks", "off"]
        }
        (_, Quiet::Change, true) => ["fridays 4pm Berlin", "quiet always", "off"],
        (_, Quiet::Always, true) => ["fridays 4pm Berlin", "quiet change", "off"],
    };
    let how = how.map(|rest| format!("`{}`", case.typed(&format!("{command} {rest}"))));
    let how = format!("Also: {}.", how.join(", "));
    Document {
        headline,
        blocks: vec![
            Block::Rows(rows),
            Block::Note(sentence(&how)),
            Block::Actions(buttons(about, standing)),
        ],
    }
}

/// What happens when there is nothing to tell.
fn quiet(about: About, quiet: Quiet) -> (&'static str, &'static str) {
    match (about, quiet) {
        (About::Personal(Personal::Nudge), _) => ("When nothing is overdue", "it does not come"),
        (_, Quiet::Change) => (
            "When nothing changed",
            "it does not come, but for a sign of life after four weeks",
        ),
        (_, Quiet::Always) => ("When nothing changed", "it comes all the same"),
    }
}

fn buttons(about: About, standing: &Standing) -> Vec<Button> {
    let command = about.command();
    let switch = if standing.is_on && standing.rests.is_none() {
        button("Switch it off", format!("{command} off"))
    } else {
        button("Switch it on", format!("{command} on"))
    };
    vec![button("Preview", about.shows()), switch]
}

/// Why a digest rests.
fn why(rest: Rest) -> &'static str {
    match rest {
        Rest::NoChannel => "I could not post here, since the channel was archived or I was removed",
        Rest::NoToken => "I was removed from the workspace for a while",
        Rest::NoPlan => "the channel's plan is gone",
    }
}

/// What whoever set a digest reads when its channel can't be written to any more.
pub fn rests(standing: &Standing, channel: &Channel, command: &str) -> Document {
    Document {
        headline: "A digest that you set rests now.".to_owned(),
        blocks: vec![
            Block::Paragraph(vec![
                Inline::plain("It was posted in "),
                Inline::Channel {
                    label: "a channel".to_owned(),
                    channel: channel.clone(),
                },
                Inline::plain(format!(
                    " {}. The channel was archived, or I was removed from it, so I stopped.",
                    standing.schedule
                )),
            ]),
            Block::Note(sentence(&format!(
                "If the channel comes back: invite me, then type `{command} digest on` there. What was missed is not made up for."
            ))),
        ],
    }
}

fn last(last: Option<&Last>) -> Vec<Inline> {
    let Some(Last {
        period,
        outcome,
        passed_over,
        ..
    }) = last
    else {
        return vec![Inline::plain("none yet")];
    };
    let what = match outcome {
        Outcome::Posted => "posted",
        Outcome::Quiet => "not posted: nothing had changed",
        Outcome::Missed => "not posted: I was away for more than 12 hours",
        Outcome::NoPlan => "not posted: there was no plan",
        Outcome::Unknown => {
            "outcome unknown: the answer was lost, and I may not look whether it arrived. It is not sent twice"
        }
        Outcome::Refused => "not posted: Slack did not take it",
        Outcome::TooLate => "not posted: Slack did not take it within 12 hours",
        Outcome::Withdrawn => "not posted: it was switched off or muted before it went out",
        Outcome::Muted => "not posted: I was muted here",
    };
    let mut words = vec![
        Inline::When(*period),
        Inline::plain(", "),
        Inline::plain(what),
    ];
    if *passed_over > 0 {
        let more = counted(*passed_over, "more period");
        words.push(Inline::plain(format!(", nor were {more} after it")));
    }
    words
}

fn row(name: &str, value: Vec<Inline>) -> Row {
    Row {
        name: capitalised(name),
        value,
    }
}
