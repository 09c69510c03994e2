//! What the map says in words: its legend, and the text for those who cannot see it.

use super::grid::grouped;
use super::ladder::{LADDERS, STEPS, Stand, TOLERANCE};
use super::placed::{Map, Mark};
use crate::plan::Currency;

/// What of the map is whose.
pub(super) const OURS: &str = "The pairing of the ladders is the source's; the numbers of the axes and the twelve steps are ours";

/// The legend's line of a segment, without its letter.
pub(super) fn line(mark: &Mark) -> String {
    format!("{}: {}", mark.segment, numbers(mark))
}

/// Price and deals, or what is missing.
pub(super) fn numbers(mark: &Mark) -> String {
    let acv = mark.acv.map(|acv| format!("{acv} a year"));
    let deals = mark.deals.map(|deals| {
        let noun = if deals == 1 { "deal" } else { "deals" };
        format!("{} {noun} a year", grouped(deals))
    });
    let beyond = mark.spot().is_some_and(|spot| spot.is_beyond);
    let known: Vec<String> = acv.into_iter().chain(deals).collect();
    match (mark.missing(), known.is_empty(), beyond) {
        (None, _, true) => format!("{}; beyond the axes, drawn at their end", known.join(", ")),
        (None, _, false) => known.join(", "),
        (Some(missing), true, _) => missing.to_owned(),
        (Some(missing), false, _) => format!("{}; {missing}", known.join(", ")),
    }
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
    let apart = match mark.farthest() {
        Some((other, apart)) if apart > TOLERANCE => format!(
            "; {} is {apart} of {STEPS} steps from sales, more than the usual {TOLERANCE}",
            LADDERS[other].name
        ),
        _ => String::new(),
    };
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
