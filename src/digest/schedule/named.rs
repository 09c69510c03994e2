//! The zone that the words name, and the refusal of those that name none.

use super::place::Place;
use super::read::Found;
use super::tokens::tokens;
use super::{Day, Days, ScheduleError, Zone, days};
use crate::text;

/// The zone that words name.
pub(super) fn zone(words: &str) -> Result<Zone, ScheduleError> {
    let folded = text::fold(words);
    let named = tokens(&folded)
        .into_iter()
        .filter(|word| !matches!(*word, "time" | "zone" | "the"));
    let found = Found {
        zone: named.map(str::to_owned).collect(),
        ..Found::default()
    };
    if found.zone.is_empty() {
        return Err(ScheduleError::Empty);
    }
    found.named_zone(&Zone::utc())
}

impl Found {
    /// The zone that the words name; the usual one if they name none.
    pub(super) fn named_zone(&self, usual: &Zone) -> Result<Zone, ScheduleError> {
        if self.zone.is_empty() {
            return Ok(usual.clone());
        }
        let said = self.zone.join(" ");
        let mut place = Place::of(&self.zone);
        if let Place::Unknown = place {
            // `Berlin/London` is no zone's name.
            let parted = self.zone.iter().flat_map(|word| word.split('/'));
            let parted: Vec<_> = parted
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
            place = Place::of(&parted);
        }
        match place {
            Place::Zones(mut zones) if zones.len() == 1 => Ok(zones.remove(0)),
            Place::Zones(zones) => Err(ScheduleError::WhichZone {
                said: text::quote(&said),
                meant: zones.iter().map(|zone| zone.name().to_owned()).collect(),
            }),
            Place::Apart(one, other, zone) => {
                Err(ScheduleError::TwoZones(one, other, zone.name().to_owned()))
            }
            Place::Unknown if Zone::is_offset(&said) => {
                Err(ScheduleError::Offset(text::quote(&said)))
            }
            Place::Unknown => Err(self.unread(&self.beside_zone(&said))),
        }
    }

    /// The words beside those that name a zone after all.
    fn beside_zone(&self, said: &str) -> String {
        let cuts = 1..self.zone.len();
        let beside = cuts.filter_map(|cut| {
            let (before, after) = self.zone.split_at(cut);
            match () {
                () if Place::is_known(after) => Some(before.join(" ")),
                () if Place::is_known(before) => Some(after.join(" ")),
                () => None,
            }
        });
        beside
            .min_by_key(String::len)
            .unwrap_or_else(|| said.to_owned())
    }

    /// The words that no reader takes: the one that is nearly a day, else all of them.
    pub(super) fn unread(&self, said: &str) -> ScheduleError {
        let days = || Day::all().map(Day::name);
        let nearly = |word: &String| Some((word.clone(), *text::nearest(word, days()).first()?));
        let (said, near) = match self.zone.iter().find_map(nearly) {
            Some((word, day)) => (word, Some(day.to_owned())),
            None => (said.to_owned(), Zone::near(said)),
        };
        ScheduleError::Unread {
            said: text::quote(&said),
            read: self.read(),
            near,
        }
    }

    /// What was understood, for an error.
    pub(super) fn read(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.every.map(|every| format!("every {every} weeks")));
        parts.extend(self.nth.iter().map(|nth| nth.name().to_owned()));
        match self.days.len() {
            0..days::WORKING => {
                parts.extend(self.days.iter().map(|day| day.name().to_owned()));
            }
            _ => parts.push(Days::Weekly(self.days.clone()).to_string()),
        }
        parts.extend(self.of_month.map(|day| format!("day {day} of the month")));
        parts.extend(
            self.time
                .map(|said| said.time.strftime("%H:%M").to_string()),
        );
        parts.join(", ")
    }
}
