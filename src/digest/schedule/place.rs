//! A place of several words: `Berlin, Germany`, `Portland, Oregon, USA`.

use super::Zone;
use super::gazetteer::{CODES, CONTINENTS};

/// A place with more words than this is none.
const MOST_WORDS: usize = 8;

/// A place has at most a city, a state and a country.
const MOST_PARTS: usize = 3;

/// What words that may name a place come to.
pub(super) enum Place {
    /// They name none.
    Unknown,
    /// A zone, or those to choose from.
    Zones(Vec<Zone>),
    /// Two places that have no zone in common.
    Apart(String, String, Zone),
}

/// One of the names in words.
struct Part {
    said: String,
    zones: Vec<Zone>,
    continent: Option<&'static str>,
}

impl Place {
    /// What these words name.
    pub(super) fn of(words: &[String]) -> Self {
        let whole = Zone::meant(&words.join(" "));
        if !whole.is_empty() {
            return Self::Zones(whole);
        }
        let Some(parts) = parted(words, MOST_PARTS).filter(|_| words.len() <= MOST_WORDS) else {
            return Self::Unknown;
        };
        let (first, others) = parts.split_first().expect("words have a part");
        let common = first
            .zones
            .iter()
            .filter(|zone| others.iter().all(|part| part.has(zone)));
        let common: Vec<Zone> = common.cloned().collect();
        if !common.is_empty() {
            return Self::Zones(common);
        }
        let differs = |part: &&Part| !first.zones.iter().any(|zone| part.has(zone));
        let other = others.iter().find(differs).unwrap_or(&others[0]);
        Self::Apart(
            first.said.clone(),
            other.said.clone(),
            first.zones[0].clone(),
        )
    }

    /// Whether the words name a zone, or several to choose from.
    pub(super) fn is_known(words: &[String]) -> bool {
        matches!(Self::of(words), Self::Zones(_))
    }
}

impl Part {
    /// What words name; behind a city also what is nothing alone.
    fn named(words: &[String], is_behind: bool) -> Option<Self> {
        let said = words.join(" ");
        let mut part = Self {
            zones: Zone::meant(&said),
            continent: None,
            said,
        };
        part.zones.extend(Zone::also(&part.said));
        if is_behind {
            let codes = CODES
                .iter()
                .filter(|(codes, _)| codes.contains(&&*part.said));
            for (_, name) in codes {
                part.zones.extend(Zone::meant(name));
                part.zones.extend(Zone::also(name));
            }
            part.continent = CONTINENTS.into_iter().find(|name| *name == part.said);
        }
        (!part.zones.is_empty() || part.continent.is_some()).then_some(part)
    }

    fn has(&self, zone: &Zone) -> bool {
        let continent = zone.name().split_once('/').map(|(continent, _)| continent);
        let lies_there = self.continent.zip(continent);
        lies_there.is_some_and(|(wanted, is)| wanted.eq_ignore_ascii_case(is))
            || self.zones.iter().any(|known| known.is_same(zone))
    }
}

/// The words parted into names, the first as long as can be; all of them are names.
fn parted(words: &[String], most: usize) -> Option<Vec<Part>> {
    parted_behind(words, most, false)
}

fn parted_behind(words: &[String], most: usize, is_behind: bool) -> Option<Vec<Part>> {
    if words.is_empty() {
        return Some(Vec::new());
    }
    if most == 0 {
        return None;
    }
    (1..=words.len()).rev().find_map(|cut| {
        let part = Part::named(&words[..cut], is_behind)?;
        let mut parts = vec![part];
        parts.extend(parted_behind(&words[cut..], most - 1, true)?);
        Some(parts)
    })
}
