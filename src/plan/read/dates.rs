//! A start date for each of several channels: `seo: 2026-01-15, content since March 2026`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{choice, date, words};
use crate::plan::field::{Field, Items};
use crate::plan::{Value, ValueError};
use crate::text;

/// Reads all of an input.
pub(super) fn parse(field: &Field, input: &str, today: Date) -> Result<Value, ValueError> {
    let mut items: Vec<String> = Vec::new();
    for item in words::items(input, Items::Phrases) {
        // "March 1, 2026" has a comma of its own.
        let is_year = item.len() == 4 && item.bytes().all(|b| b.is_ascii_digit());
        match items.last_mut() {
            Some(last) if is_year => {
                last.push(' ');
                last.push_str(&item);
            }
            _ => items.push(item),
        }
    }
    parse_items(field, &items, today)
}

/// Reads items that come separated already.
pub(super) fn parse_items(
    field: &Field,
    items: &[String],
    today: Date,
) -> Result<Value, ValueError> {
    let mut dates = BTreeMap::new();
    if let [only] = items
        && words::is_none(only)
    {
        return Ok(Value::ChannelDates(dates));
    }
    for item in items {
        let (channel, words) = split(field, item)
            .ok_or_else(|| field.refuse(item, "a channel and its start date are needed"))?;
        let slug = choice::parse_one(field, channel)
            .map_err(|error| match error {
                open if open.leaves_open => open,
                error => ValueError {
                    example: format!("{}: {today}", error.example),
                    meanings: Box::default(),
                    ..error
                },
            })?
            .slug;
        let date = date::parse(words, today).map_err(|problem| field.refuse(item, problem))?;
        if dates
            .insert(slug.to_owned(), date)
            .is_some_and(|known| known != date)
        {
            return Err(field.refuse(item, format!("`{slug}` has two dates")));
        }
    }
    Ok(Value::ChannelDates(dates))
}

/// The channel's words and the date's words of one item.
fn split<'a>(field: &Field, item: &'a str) -> Option<(&'a str, &'a str)> {
    for sign in [":", "=", " since ", " from ", " in ", " on "] {
        if let Some((channel, date)) = item.split_once(sign) {
            return Some((channel.trim(), date.trim()));
        }
    }
    // `seo 2026-01-15`: the longest beginning that is a channel.
    let breaks = item.match_indices(' ').map(|(place, _)| place);
    breaks
        .rev()
        .map(|place| (item[..place].trim(), item[place..].trim()))
        .find(|(channel, _)| {
            !text::key(channel).is_empty() && choice::parse_one(field, channel).is_ok()
        })
}
