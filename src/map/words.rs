//! What the map says in words: its legend, and the text for those who cannot see it.

use super::ladder::{LADDERS, STEPS, Stand, TOLERANCE};
use super::placed::{Map, Mark};
use crate::plan::Currency;
use crate::text::grouped;

/// What of the map is whose.
pub(super) const OURS: &str = "The pairing of the ladders is the source's; the numbers of the axes and the twelve steps are ours";

/// The legend's line of a segment, without its letter.
pub(super) fn line(mark: &Mark) -> String {
    match mark.name() {
        Some(name) => format!("{name}: {}", numbers(mark)),
        None => numbers(mark),
    }
}

/// Price and deals, or what is missing.
pub(super) fn numbers(mark: &Mark) -> String {
    let known = known(mark).join(", ");
    match (place(mark), known.is_empty()) {
        (None, _) => known,
        (Some(place), true) => place.to_owned(),
        (Some(place), false) => format!("{known}; {place}"),
    }
}

/// Price and deals, as far as they are known.
pub(super) fn known(mark: &Mark) -> Vec<String> {
    let acv = mark.acv.map(|acv| format!("{acv} a year"));
    let deals = mark.deals.map(|deals| {
        let noun = if deals == 1 { "deal" } else { "deals" };
        format!("{} {noun} a year", grouped(u128::from(deals)))
    });
    acv.into_iter().chain(deals).collect()
}

/// What is to be said of its place: why it is not on the map, or not where its numbers are.
fn place(mark: &Mark) -> Option<&'static str> {
    let is_beyond = mark.spot().is_some_and(|spot| spot.is_beyond);
    let beyond = is_beyond.then_some("beyond the axes, drawn at their end");
    mark.missing().or(beyond)
}

/// What the picture says below a segment's numbers.
pub(super) fn remarks(mark: &Mark) -> Vec<String> {
    let place = place(mark).map(str::to_owned);
    place.into_iter().chain(apart(mark)).collect()
}

/// How far its ladders lie apart, where that is more than usual.
fn apart(mark: &Mark) -> Option<String> {
    let (other, apart) = mark.farthest().filter(|(_, apart)| *apart > TOLERANCE)?;
    let name = LADDERS[other].name;
    Some(format!(
        "{name} is {apart} of {STEPS} steps from sales, more than the usual {TOLERANCE}"
    ))
}

/// Where a segment stands on the ladders, and whether they lie far apart.
pub(super) fn ladders(mark: &Mark) -> String {
    let stands: Vec<_> = LADDERS
        .iter()
        .zip(mark.stands)
        .filter(|(_, stand)| *stand != Stand::Unknown)
        .map(|(ladder, stand)| format!("{}: {}", ladder.name, ladder.words(stand)))
        .collect();
    if stands.is_empty() {
        return "on no ladder yet".to_owned();
    }
    let apart = apart(mark).map_or_else(String::new, |words| format!("; {words}"));
    format!("{}{apart}", stands.join(" · "))
}

/// The text for those who cannot see the picture.
pub(super) fn alternative(map: &Map) -> String {
    let mut sentences = vec![
        "Map of deals a year against first-year ACV, with the ladders of sales, marketing and customer success.".to_owned(),
    ];
    for mark in &map.segments {
        sentences.push(format!(
            "{} {}; {}.",
            mark.letter,
            line(mark),
            ladders(mark)
        ));
    }
    sentences.push(format!("{OURS}."));
    if let Some(rate) = currency_note(map) {
        sentences.push(format!("{rate}."));
    }
    sentences.join(" ")
}

/// What is said where an amount is not in US dollars, in which the bands stand.
pub(super) fn currency_note(map: &Map) -> Option<String> {
    let mut foreign: Vec<String> = map
        .segments
        .iter()
        .filter_map(|mark| mark.acv)
        .map(|acv| acv.currency)
        .filter(|currency| *currency != Currency::USD)
        .map(String::from)
        .collect();
    foreign.sort();
    foreign.dedup();
    (!foreign.is_empty()).then(|| {
        format!(
            "The bands are in US dollars; {} is held against them one to one",
            foreign.join(" and ")
        )
    })
}
