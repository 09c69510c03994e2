//! What fields hold.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free words.
    Text,
    /// Several free texts.
    List,
    /// An amount of money.
    Money,
    /// An amount of money, normalised to a year.
    MoneyPerYear,
    /// A price with its period kept.
    Price,
    /// A percentage with two decimals.
    Percent,
    /// A whole number, zero or more.
    Count,
    /// A duration in days.
    Days,
    /// A duration in months.
    Months,
    /// A calendar date.
    Date,
    /// A range of whole numbers.
    CountRange,
    /// A range of money a year.
    MoneyRange,
    /// One of the field's choices.
    Choice,
    /// Several of the field's choices.
    Set,
    /// Several prices.
    Prices,
    /// A start date for each of several channels.
    ChannelDates,
    /// Yes or no.
    YesNo,
}

impl Kind {
    /// The word of data for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "list",
            Self::Money => "money",
            Self::MoneyPerYear => "money_per_year",
            Self::Price => "price",
            Self::Percent => "percent",
            Self::Count => "count",
            Self::Days => "days",
            Self::Months => "months",
            Self::Date => "date",
            Self::CountRange => "count_range",
            Self::MoneyRange => "money_range",
            Self::Choice => "choice",
            Self::Set => "set",
            Self::Prices => "prices",
            Self::ChannelDates => "channel_dates",
            Self::YesNo => "yes_no",
        }
    }

    /// What it is, as people say it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "list of texts",
            Self::Money => "money",
            Self::MoneyPerYear => "money a year",
            Self::Price => "price with its period",
            Self::Percent => "percentage",
            Self::Count => "number",
            Self::Days => "days",
            Self::Months => "months",
            Self::Date => "date",
            Self::CountRange => "range of numbers",
            Self::MoneyRange => "range of money a year",
            Self::Choice => "one choice",
            Self::Set => "several choices",
            Self::Prices => "list of prices",
            Self::ChannelDates => "a date for each channel",
            Self::YesNo => "yes or no",
        }
    }
}
