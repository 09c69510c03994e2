//! Currencies: the codes in use, and how people write them.

use std::sync::LazyLock;

use super::draft::{Answer, Plan};
use super::field::Field;
use super::{Currency, Segment, Value};
use crate::text;

/// The ISO 4217 codes of the currencies in use.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL \
    BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD \
    FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS \
    KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD \
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX \
    USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// The currencies that are called dollar and written with a bare `$` where they are used.
const DOLLARS: &str = "USD CAD AUD NZD SGD HKD TWD";

/// How a spelling names a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// This currency and no other.
    Is(Currency),
    /// A dollar of one country or another: `$`, `dollars`, `bucks`.
    Dollar,
    /// The hundredth of a dollar or euro.
    Cent,
    /// The hundredth of this currency.
    CentOf(Currency),
    /// Several currencies share the spelling; these are two of them.
    Several(&'static str, &'static str),
}

/// Spellings that need no word boundary after them, longest first.
const SIGNS: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("ca$", "CAD"),
    ("au$", "AUD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("nt$", "TWD"),
    ("r$", "BRL"),
    ("c$", "CAD"),
    ("a$", "AUD"),
    ("s$", "SGD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₫", "VND"),
    ("₦", "NGN"),
    ("zł", "PLN"),
];

/// Words for a currency.
const WORDS: &[(&str, &str)] = &[
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("quid", "GBP"),
    ("rupees", "INR"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("zloty", "PLN"),
    ("franken", "CHF"),
];

impl Currency {
    /// The currency of an ISO 4217 code in use, in any case.
    pub fn of_code(code: &str) -> Option<Self> {
        static SORTED: LazyLock<Vec<&str>> = LazyLock::new(|| {
            let mut codes: Vec<&str> = CODES.split_ascii_whitespace().collect();
            codes.sort_unstable();
            codes
        });
        // Most words that are tried are no code by their length.
        let upper = (code.len() == 3).then(|| code.to_ascii_uppercase())?;
        SORTED.binary_search(&upper.as_str()).ok()?;
        Self::try_from(upper).ok()
    }

    /// The currency that people mean by a code, sign or word; `$` is the US dollar here.
    pub fn of_words(words: &str) -> Option<Self> {
        let folded = text::fold(words);
        match take(&folded)? {
            (Mark::Is(currency), "") => Some(currency),
            (Mark::Dollar, "") => Some(Self::USD),
            _ => None,
        }
    }

    /// Whether a bare `$` means this currency to those who use it.
    pub(super) fn is_dollar(self) -> bool {
        let code = String::from(self);
        DOLLARS.split_whitespace().any(|dollar| dollar == code)
    }

    /// What stands before an amount: a sign where one is unmistakable, else the code and a space.
    pub(super) fn write_prefix(self, out: &mut String) {
        let code = self.as_str();
        match code {
            "USD" => out.push('$'),
            "EUR" => out.push('€'),
            "GBP" => out.push('£'),
            "INR" => out.push('₹'),
            // As a word before an amount, "try" is an invitation and not the lira.
            "TRY" => out.push('₺'),
            _ => {
                out.push_str(code);
                out.push(' ');
            }
        }
    }
}

/// An amount of a plan by where it stands, with its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InCurrency<'a> {
    /// The field.
    pub field: &'static Field,
    /// The segment, where it has to be named.
    pub segment: Option<&'a Segment>,
    /// The currency of its first amount.
    pub currency: Currency,
}

impl Value {
    /// The currency of the first amount in it.
    pub fn currency(&self) -> Option<Currency> {
        match self {
            Self::Money(money) | Self::MoneyPerYear(money) => Some(money.currency),
            Self::Price(price) => Some(price.amount.currency),
            Self::Prices(prices) => prices.first().map(|price| price.amount.currency),
            Self::MoneyRange(range) => range.low.or(range.high).map(|money| money.currency),
            _ => None,
        }
    }
}

impl Plan {
    /// The amounts of the plan in the order of the catalogue, with their currencies.
    pub fn currencies(&self) -> impl Iterator<Item = InCurrency<'_>> {
        let has_several = self.segments().len() > 1;
        self.answers()
            .filter_map(move |(field, segment, answer)| match answer {
                Answer::Known(value) => Some(InCurrency {
                    field,
                    segment: segment.filter(|_| has_several),
                    currency: value.currency()?,
                }),
                Answer::NotApplicable(_) => None,
            })
    }
}

/// `ACV is in USD, price in EUR`: the first amount in each currency, if there are two.
pub fn in_two_currencies(amounts: &[InCurrency<'_>]) -> Option<String> {
    const NAMED: usize = 3;
    let mut first: Vec<&InCurrency<'_>> = Vec::new();
    for amount in amounts {
        if !first.iter().any(|known| known.currency == amount.currency) {
            first.push(amount);
        }
    }
    let named = first.iter().take(NAMED).enumerate().map(|(n, amount)| {
        let of = amount
            .segment
            .map_or_else(String::new, |it| format!(" for {it}"));
        let verb = if n == 0 { " is" } else { "" };
        let code = String::from(amount.currency);
        format!("{}{of}{verb} in {code}", amount.field.label())
    });
    let named: Vec<String> = named.collect();
    (first.len() > 1).then(|| named.join(", "))
}

/// The currency that folded words begin with, and what follows it.
pub(super) fn take(folded: &str) -> Option<(Mark, &str)> {
    let first = folded.chars().next()?;
    if first == ' ' || first.is_ascii_digit() {
        return None;
    }
    let end = folded
        .find(|letter: char| !letter.is_alphabetic())
        .unwrap_or(folded.len());
    let (word, rest) = folded.split_at(end);
    // A sign with letters has a dollar behind them, but for one.
    let may_be_sign = word.is_empty() || rest.starts_with('$') || first == 'z';
    if may_be_sign && let Some(found) = take_sign(folded) {
        return Some(found);
    }
    let mark = match word {
        "dollar" | "dollars" | "buck" | "bucks" => Mark::Dollar,
        "cent" | "cents" => Mark::Cent,
        "eurocent" | "eurocents" => Mark::CentOf(Currency::of_code("EUR")?),
        "pence" | "penny" | "p" => Mark::CentOf(Currency::of_code("GBP")?),
        "kr" | "kroner" | "kronor" => Mark::Several("SEK", "NOK"),
        "" => return None,
        word => match WORDS.iter().find(|&&(known, _)| known == word) {
            Some((_, code)) => Mark::Is(Currency::of_code(code)?),
            None => Mark::Is(Currency::of_code(word)?),
        },
    };
    Some((mark, rest))
}

/// The same for a sign alone.
fn take_sign(folded: &str) -> Option<(Mark, &str)> {
    for (sign, code) in SIGNS {
        if let Some(rest) = folded.strip_prefix(sign) {
            return Some((Mark::Is(Currency::of_code(code)?), rest));
        }
    }
    for (sign, mark) in [
        ("$", Mark::Dollar),
        ("¢", Mark::Cent),
        ("¥", Mark::Several("JPY", "CNY")),
    ] {
        if let Some(rest) = folded.strip_prefix(sign) {
            return Some((mark, rest));
        }
    }
    None
}
