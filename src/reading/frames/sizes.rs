//! Words before an item that are no part of it because they say something else: how large its companies are, and
//! that somebody agrees.

use crate::reading::words::english;

/// Words by which somebody agrees before a list.
const ASSENTS: [&str; 5] = ["agreed, ", "agreed: ", "right, ", "yes, ", "ok, "];

/// The sizes of companies, as they stand before their trade.
const SIZES: [&str; 7] = [
    "mid-market ",
    "mid market ",
    "midmarket ",
    "enterprise ",
    "smb ",
    "smbs ",
    "sme ",
];

/// A list without the word that agrees to it: "agreed, franchises and schools".
pub(super) fn without_assent(list: &str) -> &str {
    let rest = ASSENTS.iter().find_map(|it| list.strip_prefix(it));
    rest.unwrap_or(list)
}

/// A trade without the size of its companies: "mid-market logistics". "Enterprise customers" are of no trade.
pub(super) fn without_size(item: &str) -> &str {
    let sized = |it: &&&str| {
        let begins = item.get(..it.len());
        begins.is_some_and(|begins| begins.eq_ignore_ascii_case(it))
    };
    let rest = SIZES
        .iter()
        .find(sized)
        .map(|it| item[it.len()..].trim_start());
    let names_some = |it: &&str| it.len() > 2 && !english().customers.contains(&it.to_lowercase());
    rest.filter(names_some).unwrap_or(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_stands_without_the_size_of_its_companies() {
        assert_eq!(without_size("Mid-market logistics"), "logistics");
        assert_eq!(without_size("enterprise customers"), "enterprise customers");
        assert_eq!(without_size("law firms"), "law firms");
    }

    #[test]
    fn a_list_stands_without_the_word_that_agrees() {
        assert_eq!(without_assent("agreed, franchises"), "franchises");
        assert_eq!(without_assent("franchises"), "franchises");
    }
}
