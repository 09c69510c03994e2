//! Time zones: IANA names, and the cities and abbreviations that people say for them.

use std::fmt;
use std::sync::LazyLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

use crate::text;

/// The zones that come with the program; a server's own may be older, or missing.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

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
        if let Some((_, names)) = SAID.iter().find(|(said, _)| said.contains(&&*wanted)) {
            return names.iter().filter_map(|name| Self::named(name)).collect();
        }
        if let Some(zone) = Self::named(&wanted.replace(' ', "_")).or_else(|| offset(&wanted)) {
            return vec![zone];
        }
        let city = |name: &str| name.rsplit('/').next().map(|c| c.replace('_', " "));
        let names = ZONES.available().map(|name| name.as_str().to_owned());
        let of_city = names.filter(|name| {
            name.contains('/') && city(name).is_some_and(|c| c.eq_ignore_ascii_case(&wanted))
        });
        of_city.filter_map(|name| Self::named(&name)).collect()
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
        let city = |name: &str| name.rsplit('/').next().map(|c| c.replace('_', " "));
        let cities: Vec<String> = ZONES
            .available()
            .filter_map(|name| city(name.as_str()))
            .collect();
        let said = SAID.iter().flat_map(|(said, _)| said.iter().copied());
        let all = cities.iter().map(String::as_str).chain(said);
        let initial = |word: &str| word.chars().next().map(|c| c.to_ascii_lowercase());
        text::nearest(words, all.filter(|name| initial(name) == initial(words)))
            .first()
            .map(|&near| near.to_owned())
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

/// What people say that is no zone's city: abbreviations, countries with one zone, other cities.
/// Words that mean several zones list them, so that one can be chosen.
#[rustfmt::skip]
const SAID: &[(&[&str], &[&str])] = &[
    (&["utc", "gmt", "z", "zulu"], &["UTC"]),
    (&["et", "est", "edt", "eastern", "eastern time", "us eastern", "nyc", "ny", "boston", "washington dc", "dc", "miami", "atlanta", "philadelphia"], &["America/New_York"]),
    (&["ct", "cdt", "central", "central time", "us central", "austin", "dallas", "houston", "minneapolis", "st louis", "nashville"], &["America/Chicago"]),
    (&["mt", "mdt", "mountain", "mountain time", "us mountain", "salt lake city"], &["America/Denver"]),
    (&["pt", "pst", "pdt", "pacific", "pacific time", "us pacific", "sf", "san francisco", "bay area", "la", "seattle", "san diego", "palo alto", "las vegas"], &["America/Los_Angeles"]),
    (&["portland"], &["America/Los_Angeles", "America/New_York"]),
    (&["washington"], &["America/New_York", "America/Los_Angeles"]),
    (&["san jose"], &["America/Los_Angeles", "America/Costa_Rica"]),
    (&["cambridge"], &["Europe/London", "America/New_York"]),
    (&["birmingham"], &["Europe/London", "America/Chicago"]),
    (&["georgia"], &["America/New_York", "Asia/Tbilisi"]),
    (&["amt"], &["America/Manaus", "Asia/Yerevan"]),
    (&["cst"], &["America/Chicago", "Asia/Shanghai"]),
    (&["mst"], &["America/Denver", "America/Phoenix"]),
    (&["ist"], &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    (&["ast"], &["America/Halifax", "Asia/Riyadh"]),
    (&["cet", "cest", "central european time"], &["Europe/Brussels"]),
    (&["eet", "eest"], &["Europe/Helsinki"]),
    (&["wet", "west", "portugal"], &["Europe/Lisbon"]),
    (&["bst", "uk", "britain", "england", "united kingdom", "manchester", "edinburgh", "oxford"], &["Europe/London"]),
    (&["ireland"], &["Europe/Dublin"]),
    (&["germany", "munich", "münchen", "hamburg", "cologne", "köln", "frankfurt", "stuttgart", "leipzig", "düsseldorf"], &["Europe/Berlin"]),
    (&["france", "lyon", "marseille", "toulouse", "bordeaux"], &["Europe/Paris"]),
    (&["spain", "barcelona", "valencia"], &["Europe/Madrid"]),
    (&["italy", "milan", "milano", "turin"], &["Europe/Rome"]),
    (&["switzerland", "geneva", "zürich", "basel", "bern"], &["Europe/Zurich"]),
    (&["austria", "wien"], &["Europe/Vienna"]),
    (&["netherlands", "rotterdam", "the hague", "eindhoven"], &["Europe/Amsterdam"]),
    (&["belgium", "antwerp", "ghent"], &["Europe/Brussels"]),
    (&["poland", "krakow", "kraków", "wroclaw"], &["Europe/Warsaw"]),
    (&["sweden", "gothenburg"], &["Europe/Stockholm"]),
    (&["denmark"], &["Europe/Copenhagen"]),
    (&["norway"], &["Europe/Oslo"]),
    (&["finland"], &["Europe/Helsinki"]),
    (&["greece"], &["Europe/Athens"]),
    (&["turkey"], &["Europe/Istanbul"]),
    (&["india", "mumbai", "bangalore", "bengaluru", "delhi", "new delhi", "hyderabad", "chennai", "pune", "calcutta"], &["Asia/Kolkata"]),
    (&["israel", "tel aviv", "haifa"], &["Asia/Jerusalem"]),
    (&["china", "beijing", "shenzhen", "guangzhou"], &["Asia/Shanghai"]),
    (&["japan", "jst", "osaka", "kyoto"], &["Asia/Tokyo"]),
    (&["korea", "south korea", "kst"], &["Asia/Seoul"]),
    (&["sgt", "singapore"], &["Asia/Singapore"]),
    (&["msk"], &["Europe/Moscow"]),
    (&["pkt", "pakistan"], &["Asia/Karachi"]),
    (&["ict", "thailand"], &["Asia/Bangkok"]),
    (&["wib"], &["Asia/Jakarta"]),
    (&["pht", "philippines"], &["Asia/Manila"]),
    (&["myt", "malaysia"], &["Asia/Kuala_Lumpur"]),
    (&["hst", "hawaii"], &["Pacific/Honolulu"]),
    (&["akst", "akdt", "alaska"], &["America/Anchorage"]),
    (&["hkt"], &["Asia/Hong_Kong"]),
    (&["uae", "abu dhabi", "gst"], &["Asia/Dubai"]),
    (&["aest", "aedt", "canberra"], &["Australia/Sydney"]),
    (&["new zealand", "nzst", "nzdt", "wellington"], &["Pacific/Auckland"]),
    (&["brazil", "brt", "rio", "rio de janeiro"], &["America/Sao_Paulo"]),
    (&["argentina", "buenos aires"], &["America/Argentina/Buenos_Aires"]),
    (&["montreal", "ottawa", "quebec"], &["America/Toronto"]),
    (&["calgary"], &["America/Edmonton"]),
    (&["south africa", "cape town", "sast"], &["Africa/Johannesburg"]),
    (&["kenya"], &["Africa/Nairobi"]),
    (&["nigeria"], &["Africa/Lagos"]),
    (&["egypt"], &["Africa/Cairo"]),
];
