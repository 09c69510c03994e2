//! Time zones: IANA names, and the cities and abbreviations that people say for them.

use std::fmt;
use std::sync::LazyLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

use super::ScheduleError;
use super::gazetteer::{ALSO, SAID};
use crate::text;

/// The zones that come with the program; a server's own may be older, or missing.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The city in each zone's name, bare.
static CITIES: LazyLock<Vec<(String, Zone)>> = LazyLock::new(|| {
    let named = ZONES
        .available()
        .filter_map(|name| Zone::named(name.as_str()));
    let zones = named.filter(|zone| zone.0.contains('/'));
    zones
        .filter_map(|zone| Some((bare(&city(&zone.0)?), zone)))
        .collect()
});

/// A time zone by its IANA name, such as `Europe/Berlin`; it is always one that exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(String);

impl Zone {
    /// The zone of everybody and nobody.
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The zone of this IANA name.
    pub fn named(name: &str) -> Option<Self> {
        let zone = ZONES.get(name).ok()?;
        Some(Self(zone.iana_name()?.to_owned()))
    }

    /// The zone that people's words name: `Berlin`, `Portland, Oregon`, `PST`.
    pub fn read(words: &str) -> Result<Self, ScheduleError> {
        super::named::zone(words)
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Its rules.
    pub fn time_zone(&self) -> TimeZone {
        ZONES.get(&self.0).unwrap_or(TimeZone::UTC)
    }

    /// The zones that `words` may mean: none, one, or those to choose from.
    pub(super) fn meant(words: &str) -> Vec<Self> {
        let wanted = text::fold(words);
        if let Some(names) = said(&wanted) {
            return Self::all(names);
        }
        if let Some(zone) = Self::named(&wanted.replace(' ', "_")).or_else(|| offset(&wanted)) {
            return vec![zone];
        }
        let wanted = bare(&wanted);
        let of_city = CITIES.iter().filter(|(city, _)| *city == wanted);
        distinct(of_city.map(|(_, zone)| zone.clone()).collect())
    }

    /// More zones that lie where `words` say.
    pub(super) fn also(words: &str) -> Vec<Self> {
        let wanted = bare(words);
        let more = ALSO.iter().filter(|(said, _)| said.contains(&&*wanted));
        more.flat_map(|(_, names)| Self::all(names)).collect()
    }

    fn all(names: &[&str]) -> Vec<Self> {
        names.iter().filter_map(|name| Self::named(name)).collect()
    }

    /// Whether both are one zone, be it under two names.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self == other || self.time_zone() == other.time_zone()
    }

    /// Whether words are written as a distance from UTC, be there such a zone or not.
    pub(super) fn is_offset(words: &str) -> bool {
        let rest = behind_utc(words).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with(['+', '-']))
    }

    /// The city or name that comes nearest to words that are none.
    ///
    /// There are 600 cities, so nearly any word is two slips from one; but a first letter is hardly
    /// ever the slip.
    pub(super) fn near(words: &str) -> Option<String> {
        let cities = ZONES.available().filter_map(|name| city(name.as_str()));
        let said = SAID.iter().filter(|(_, names)| names.len() == 1);
        let said = said.flat_map(|(said, _)| said.iter().map(|&name| name.to_owned()));
        let all: Vec<String> = cities.chain(said).collect();
        let initial = |word: &str| word.chars().next().map(|c| c.to_ascii_lowercase());
        let begin_so = all.iter().filter(|name| initial(name) == initial(words));
        let near = text::nearest(words, begin_so.map(String::as_str));
        let is_one = |near: &&str| Self::meant(near).len() == 1;
        near.into_iter().find(is_one).map(str::to_owned)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The database's names for whole hours have the sign the other way round.
        match self.0.strip_prefix("Etc/GMT") {
            Some(rest) if rest.starts_with('-') => write!(f, "UTC+{}", &rest[1..]),
            Some(rest) if rest.starts_with('+') => write!(f, "UTC-{}", &rest[1..]),
            _ => f.write_str(&self.0),
        }
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| format!("there is no time zone `{name}`"))
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}

/// What stands behind `utc` or `gmt`.
fn behind_utc(words: &str) -> Option<&str> {
    words.strip_prefix("utc").or(words.strip_prefix("gmt"))
}

/// `utc+2`: whole hours, which have no summer time. The zones' own names count the other way.
fn offset(words: &str) -> Option<Zone> {
    let rest = behind_utc(words)?;
    let (sign, hours) = match rest.trim().split_at_checked(1)? {
        ("+", hours) => ('-', hours),
        ("-", hours) => ('+', hours),
        _ => return None,
    };
    let hours: u8 = hours.trim().trim_end_matches(":00").parse().ok()?;
    match hours {
        0 => Some(Zone::utc()),
        _ => Zone::named(&format!("Etc/GMT{sign}{hours}")),
    }
}

/// The city in a zone's name.
fn city(name: &str) -> Option<String> {
    name.rsplit('/').next().map(|city| city.replace('_', " "))
}

/// The zones' names of what people say.
fn said(words: &str) -> Option<&'static [&'static str]> {
    let wanted = bare(words);
    let found = SAID.iter().find(|(said, _)| said.contains(&&*wanted));
    found.map(|(_, names)| *names)
}

/// A place's name without what people leave out: `São Paulo`, `St. John's`, `Port-au-Prince`.
pub(super) fn bare(words: &str) -> String {
    let mut bare = String::with_capacity(words.len());
    for letter in words.chars().flat_map(char::to_lowercase) {
        match letter {
            '.' | '\'' | '\u{300}'..='\u{36F}' => {}
            '-' | '_' => bare.push(' '),
            'à'..='å' | 'ā' | 'ă' | 'ą' => bare.push('a'),
            'æ' => bare.push_str("ae"),
            'ç' | 'ć' | 'č' => bare.push('c'),
            'ď' | 'đ' => bare.push('d'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => bare.push('e'),
            'ğ' => bare.push('g'),
            'ì'..='ï' | 'ī' | 'ı' => bare.push('i'),
            'ł' => bare.push('l'),
            'ñ' | 'ń' | 'ň' => bare.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => bare.push('o'),
            'œ' => bare.push_str("oe"),
            'ř' => bare.push('r'),
            'ś' | 'ş' | 'š' | 'ș' => bare.push('s'),
            'ß' => bare.push_str("ss"),
            'ť' | 'ţ' | 'ț' => bare.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => bare.push('u'),
            'ý' | 'ÿ' => bare.push('y'),
            'ź' | 'ż' | 'ž' => bare.push('z'),
            letter => bare.push(letter),
        }
    }
    match bare.strip_prefix("saint ") {
        Some(rest) => format!("st {rest}"),
        None => bare,
    }
}

/// Each zone once: of two names for one, the fuller.
fn distinct(zones: Vec<Zone>) -> Vec<Zone> {
    let rank = |zone: &Zone| (zone.0.matches('/').count(), zone.0.starts_with("Europe/"));
    let mut kept: Vec<Zone> = Vec::new();
    for zone in zones {
        match kept.iter_mut().find(|known| known.is_same(&zone)) {
            Some(known) if rank(known) < rank(&zone) => *known = zone,
            Some(_) => {}
            None => kept.push(zone),
        }
    }
    kept
}
