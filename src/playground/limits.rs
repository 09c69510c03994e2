//! Slack's limits as data: what, where, how much, and the reference section that says so.

/// The largest size that Slack takes in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The constant's own name, for tests and listings.
    pub name: &'static str,
    /// Where it applies.
    pub place: &'static str,
    /// The largest size taken; one more is refused (or cut, for `TEXT_CUT`).
    pub max: usize,
    /// The section of the Slack platform reference.
    pub section: &'static str,
}

macro_rules! limits {
    ($($name:ident = $max:literal, $place:literal, $section:literal;)*) => {
        $(
            #[doc = $place]
            pub const $name: Limit =
                Limit { name: stringify!($name), place: $place, max: $max, section: $section };
        )*
        /// Every limit on a message, in reading order.
        pub const ALL: &[Limit] = &[$($name),*];
    };
}

limits! {
    MESSAGE_BLOCKS = 50, "blocks in a message", "0";
    TEXT_CUT = 40_000, "characters of `text` kept by chat.postMessage; the rest is cut", "0";
    UPDATE_TEXT = 4_000, "characters of `text` taken by chat.update", "0";
    MARKDOWN_TEXT = 12_000, "characters of `markdown_text`", "0";
    MARKDOWN_BLOCKS = 12_000, "characters of all markdown blocks of a message together", "0, 6.1";
    BLOCK_ID = 255, "characters of a `block_id`", "0";
    ACTION_ID = 255, "characters of an `action_id`", "0";
    HEADER_TEXT = 150, "characters of a header", "0, 6.1";
    SECTION_TEXT = 3_000, "characters of a section's text", "0, 6.1";
    SECTION_FIELDS = 10, "fields of a section", "0, 6.1";
    SECTION_FIELD = 2_000, "characters of a section's field", "0, 6.1";
    CONTEXT_ELEMENTS = 10, "elements of a context block", "6.1";
    CONTEXT_TEXT = 3_000, "characters of a context block's text", "6.2";
    ACTIONS_ELEMENTS = 25, "elements of an actions block", "6.1";
    IMAGE_URL = 3_000, "characters of an image's URL", "6.1";
    IMAGE_ALT = 2_000, "characters of an image's alternative text", "6.1";
    IMAGE_TITLE = 2_000, "characters of an image's title", "6.1";
    BUTTON_TEXT = 75, "characters on a button", "0, 6.2";
    BUTTON_VALUE = 2_000, "characters of a button's value", "0, 6.2";
    BUTTON_URL = 3_000, "characters of a button's URL", "0, 6.2";
    BUTTON_LABEL = 75, "characters of a button's accessibility label", "6.2";
    CONFIRM_TITLE = 100, "characters of a confirmation's title", "6.2";
    CONFIRM_TEXT = 300, "characters of a confirmation's text", "6.2";
    CONFIRM_YES = 30, "characters of a confirmation's confirm button", "6.2";
    CONFIRM_NO = 30, "characters of a confirmation's deny button", "6.2";
    LIST_INDENT = 8, "indent of a rich text list", "6.1";
    TABLE_ROWS = 100, "rows of a table", "6.1";
    TABLE_CELLS = 20, "cells of a table's row", "6.1";
    TABLE_TEXT = 10_000, "characters of all cells of all tables of a message", "6.1";
    TABLE_COLUMNS = 20, "column settings of a table", "6.1";
    CHARTS = 2, "charts in a message", "6.1";
    CHART_TITLE = 50, "characters of a chart's title", "6.1";
    CHART_SERIES = 12, "series of a chart", "6.1";
    CHART_NAME = 20, "characters of a series' name", "6.1";
    CHART_POINTS = 20, "points of a series", "6.1";
    VIEW_BLOCKS = 100, "blocks in a view", "0";
    VIEW_TITLE = 24, "characters of a view's title and of its two buttons", "0";
    VIEW_BYTES = 250_000, "bytes of a view", "0";
    CALLBACK_ID = 255, "characters of a `callback_id`", "0";
    PRIVATE_METADATA = 3_000, "characters of `private_metadata`", "0";
    INPUT_LABEL = 2_000, "characters of what an input is called, and of its hint", "6.1";
    INPUT_TEXT = 3_000, "characters of a text input", "6.2";
    RADIO_OPTIONS = 10, "options of radio buttons", "6.2";
    SELECT_OPTIONS = 100, "options of a select", "6.2";
    OPTION_TEXT = 75, "characters of an option", "6.2";
    OPTION_VALUE = 150, "characters of an option's value", "6.2";
    FILES_CHOSEN = 10, "files of a file input", "6.2";
    RESPONSE_URL_USES = 5, "posts to a `response_url`", "0, 4.6";
    RESPONSE_URL_MINUTES = 30, "minutes that a `response_url` lives", "0, 4.6";
    HISTORY_PAGE = 999, "messages of a conversations.history page", "7.3";
    MEMBERS_PAGE = 1_000, "items of a page of members or channels", "7.1";
}

/// Messages of a history page when the caller names no limit (7.3).
pub const HISTORY_DEFAULT: usize = 100;
/// Messages of a history page for apps sold outside the Marketplace, also the default there (7.4).
pub const HISTORY_LIMITED: usize = 15;

/// How often a method may be called by an app in a workspace (7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// 50 calls a minute.
    Three,
    /// 100 calls a minute.
    Four,
    /// As Tier 3, or once a minute under the limits of 7.4.
    History,
    /// A method's own number of calls a minute ("several hundred").
    Special(usize),
}

impl Tier {
    /// Calls that one minute takes.
    pub fn per_minute(self, history: History) -> usize {
        match (self, history) {
            (Self::History, History::Limited) => 1,
            (Self::Three | Self::History, _) => 50,
            (Self::Four, _) => 100,
            (Self::Special(calls), _) => calls,
        }
    }
}

/// Which of Slack's two sets of history limits applies to the app (7.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum History {
    /// An internal or Marketplace app: Tier 3.
    #[default]
    Internal,
    /// An app sold outside the Marketplace: one request a minute, 15 messages a page.
    Limited,
}
