//! `digest status`: whether it is posted, when it was and will be, and why one was skipped.

use jiff::Timestamp;

use super::super::case::{Case, button};
use super::super::prose::{capitalised, sentence};
use super::about::About;
use super::week::Week;
use super::{outcome, period};
use crate::digest::{Absence, Quiet, Rest, Setting, Standing};
use crate::ident::{Channel, Person};
use crate::intent::{Mode, Personal};
use crate::render::{Block, Button, Document, Inline, Row};

/// How many changes of a digest are told.
const MOST_CHANGES: usize = 3;

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
    let mut rows = Vec::new();
    if standing.is_on && standing.rests.is_none() {
        rows.extend(keeping(case, about, standing));
    }
    let next = standing.comes().filter(|_| !is_muted(case, about));
    rows.extend(next.map(|next| row("Next", vec![Inline::When(next)])));
    rows.push(row("Last", outcome::last(about, standing.last.as_ref())));
    rows.extend(outcome::before(about, standing).map(|told| row("Before", told)));
    if standing.is_on {
        let (when, quiet) = quiet(about, standing.quiet);
        rows.push(row(when, vec![Inline::plain(quiet)]));
    }
    if let Some((person, at)) = standing.pings.as_ref().filter(|_| standing.is_on) {
        rows.push(row(
            "Names ping, set by",
            taken_back(case, by(person, *at), "digest names plain"),
        ));
    }
    rows.extend(changed(standing));
    rows.push(row("Set by", by(&standing.set_by, standing.set_at)));
    let how = how(about, standing);
    let how = how.map(|rest| format!("`{}`", case.typed(&format!("{} {rest}", about.command()))));
    Document {
        headline: headline(case, about, standing),
        blocks: vec![
            Block::Rows(rows),
            Block::Note(sentence(&format!("Also: {}.", how.join(", ")))),
            Block::Actions(buttons(about, standing)),
        ],
    }
}

fn headline(case: &Case<'_>, about: About, standing: &Standing) -> String {
    let (name, comes, schedule) = (about.name(), about.comes(), &standing.schedule);
    if !standing.is_on {
        return format!("{name} is off; it came {schedule}.");
    }
    if let Some(rest) = standing.rests {
        return format!("{name} rests: {}.", why(rest));
    }
    if is_muted(case, about) {
        return format!("{name} is not posted while I am muted here; otherwise {schedule}.");
    }
    match &standing.left_out {
        Some(it) if it.how == Absence::Snooze => {
            let zone = standing.schedule.zone.time_zone();
            let until = it.until.to_zoned(zone).date();
            format!("{name} rests until {until}; then it {comes} {schedule}.")
        }
        Some(_) => format!("{name} {comes} {schedule}; the next one is skipped."),
        None => format!("{name} {comes} {schedule}."),
    }
}

/// Whether the channel is muted; what goes to one person comes all the same.
fn is_muted(case: &Case<'_>, about: About) -> bool {
    about == About::Channel && case.situation.attention.mode == Mode::Mute
}

/// What keeps it from being posted for now, who wanted that, and what takes it back.
fn keeping(case: &Case<'_>, about: About, standing: &Standing) -> Vec<Row> {
    let mut rows = Vec::new();
    if is_muted(case, about)
        && let Some((person, at)) = &case.situation.attention.set
    {
        rows.push(row(
            "Muted by",
            taken_back(case, by(person, *at), "mode mention"),
        ));
    }
    if let Some(left_out) = &standing.left_out {
        let name = match left_out.how {
            Absence::Skip => "Skipped by",
            Absence::Snooze => "Snoozed by",
        };
        let on = format!("{} on", about.command());
        rows.push(row(
            name,
            taken_back(case, by(&left_out.by, left_out.at), &on),
        ));
    }
    rows
}

/// What somebody did, and the words that take it back.
fn taken_back(case: &Case<'_>, mut told: Vec<Inline>, words: &str) -> Vec<Inline> {
    let words = case.code(words);
    told.extend([Inline::plain("; "), words, Inline::plain(" takes it back")]);
    told
}

/// What was changed about it beside when it comes, the newest first.
fn changed(standing: &Standing) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut rest: Vec<_> = standing.changes.iter().rev().collect();
    if !standing.is_on
        && let Some(place) = rest.iter().position(|it| it.to == Setting::Off)
    {
        let off = rest.remove(place);
        rows.push(row("Switched off by", by(&off.by, off.at)));
    }
    // Whose names ping stands above already.
    rest.retain(|it| {
        let pings = standing.pings.as_ref().filter(|_| standing.is_on);
        it.to != Setting::Pings || pings.is_none_or(|(_, at)| *at != it.at)
    });
    let mut told = Vec::new();
    for change in rest.into_iter().take(MOST_CHANGES) {
        if !told.is_empty() {
            told.push(Inline::plain(" · "));
        }
        told.extend(by(&change.by, change.at));
        told.push(Inline::plain(format!(": {}", done(change.to))));
    }
    if !told.is_empty() {
        rows.push(row("Changed", told));
    }
    rows
}

/// What somebody did.
fn done(to: Setting) -> &'static str {
    match to {
        Setting::Off => "switched off",
        Setting::Always => "it comes also when nothing changed",
        Setting::OnChange => "it comes when something changed",
        Setting::Pings => "it pings whom it names",
        Setting::Plain => "it pings nobody",
    }
}

fn by(person: &Person, at: Timestamp) -> Vec<Inline> {
    vec![
        Inline::Person(person.clone()),
        Inline::plain(", "),
        Inline::When(at),
    ]
}

fn how(about: About, standing: &Standing) -> [&'static str; 3] {
    match (about, standing.quiet, standing.is_on) {
        (_, _, false) => ["on", "fridays 4pm Berlin", "now"],
        (About::Personal(Personal::Nudge), _, true) => {
            ["fridays 4pm Berlin", "snooze 2 weeks", "off"]
        }
        (_, Quiet::Change, true) => ["fridays 4pm Berlin", "quiet always", "off"],
        (_, Quiet::Always, true) => ["fridays 4pm Berlin", "quiet change", "off"],
    }
}

/// Whether what a preview shows would be posted at the next period, as things stand; if not, why not.
pub(super) fn foretold(case: &Case<'_>, week: &Week<'_>) -> Vec<Inline> {
    let not = |why: &str| vec![Inline::plain(format!("This would not be posted: {why}"))];
    let Some(standing) = &case.situation.digest else {
        let mut told = not("nobody has switched the digest on here; ");
        told.extend([case.code("digest on"), Inline::plain(" does.")]);
        return told;
    };
    if !standing.is_on {
        return not("the digest is off.");
    }
    if let Some(rest) = standing.rests {
        return not(&format!("the digest rests, since {}.", why(rest)));
    }
    let Some(next) = standing.next else {
        return not("its schedule has no further day.");
    };
    let told = match period::kept_back(case, About::Channel, standing, next) {
        Some(kept) => outcome::foretold(&kept),
        None if period::is_kept_quiet(week, standing, next) => not("nothing has changed."),
        None if week.is_quiet() && standing.quiet == Quiet::Change => vec![Inline::plain(
            "Nothing has changed, and this would be posted as a sign of life.",
        )],
        None => vec![Inline::plain("This is how it would be posted.")],
    };
    let upcoming = standing.comes().filter(|_| !is_muted(case, About::Channel));
    let then = upcoming.map(|next| [Inline::plain(" Next: "), Inline::When(next)]);
    told.into_iter().chain(then.into_iter().flatten()).collect()
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

fn row(name: &str, value: Vec<Inline>) -> Row {
    Row {
        name: capitalised(name),
        value,
    }
}
