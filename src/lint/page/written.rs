//! What a rule goes by as its page writes it, for those who ask what it checks exactly.

use std::sync::Arc;

use super::front::{Front, Words};

/// Key and expression of all that decides and weighs, in the order in which it is asked.
pub(super) fn of(front: &Front) -> Arc<[(String, String)]> {
    let mut shorthands: Vec<_> = front.shorthands.iter().collect();
    shorthands.sort_by_key(|(_, words)| words.span().start);
    let shorthands = shorthands
        .into_iter()
        .map(|(name, words)| (format!("let.{name}"), on_one_line(words)));
    let conditions = [
        ("applies", front.applies.as_ref()),
        ("when", Some(&front.when)),
        ("unless", front.unless.as_ref()),
        ("error_when", front.error_when.as_ref()),
        ("warning_when", front.warning_when.as_ref()),
        ("advice_when", front.advice_when.as_ref()),
        ("absent_from", front.absent_from.as_ref()),
    ];
    let conditions = conditions
        .into_iter()
        .filter_map(|(key, words)| Some((key.to_owned(), on_one_line(words?))));
    let bands = front.band.iter().map(|band| {
        let measured = on_one_line(&band.value);
        let (boundary, share) = (band.boundary.get_ref(), band.share.get_ref());
        let within = format!("{measured} within params.{share} of params.{boundary}");
        ("band".to_owned(), within)
    });
    shorthands.chain(conditions).chain(bands).collect()
}

fn on_one_line(words: &Words) -> String {
    let words: Vec<_> = words.get_ref().split_whitespace().collect();
    words.join(" ")
}
