//! Choices in a row: where a list begins and ends, and whether all of it is known.

use std::collections::BTreeSet;

use super::lexicon::Role;
use super::numbers::Clause;
use super::sentence::{Element, Kind as ElementKind};
use super::words::english;
use crate::plan::{Field, Kind};

/// Consecutive choices of one field.
pub(super) struct List {
    pub(super) slugs: BTreeSet<&'static str>,
    pub(super) several: Option<&'static [&'static str]>,
    pub(super) first: usize,
    pub(super) last: usize,
    /// Whether none of its words says enough by itself.
    pub(super) weak: bool,
}

/// Words before an item of a list that are no part of it.
const LEADING: &[&str] = &[
    "a", "an", "the", "our", "some", "in", "on", "by", "via", "through", "adding", "with", "more",
];

/// So many words may lead to the next item.
const LED: usize = 4;

/// The name of an item has at most so many words.
const ITEM: usize = 2;

impl Clause<'_> {
    /// The choices of that field that stand in a row from `at` on.
    pub(super) fn list(&self, field: &'static Field, at: usize) -> Option<List> {
        let mut list = List {
            slugs: BTreeSet::new(),
            several: None,
            first: at,
            last: at,
            weak: true,
        };
        let mut next = at;
        while let Some(element) = self.element(next) {
            if !list.take(field, element) {
                break;
            }
            list.last = next;
            next += 1;
            while self.range.contains(&next) && is_joint(&self.elements[next]) {
                next += 1;
            }
            if next == list.last + 1 {
                break;
            }
            next = self.next_item(field, next);
        }
        (!list.slugs.is_empty() || list.several.is_some()).then_some(list)
    }

    /// Where the next item of a list begins, behind words that only lead to it: "direct, off the AWS
    /// marketplace".
    fn next_item(&self, field: &Field, from: usize) -> usize {
        let leads = |it: &Element<'_>| {
            it.is_one_of(LEADING)
                || (it.kind == ElementKind::Word
                    && !english().negating.contains(it.text)
                    && !english().starters.contains(it.text))
        };
        let bare = (from..self.range.end)
            .find(|&at| !self.elements[at].is_one_of(LEADING))
            .unwrap_or(from);
        if field.kind != Kind::Set {
            return bare;
        }
        let words = (from..self.range.end).take_while(|&at| leads(&self.elements[at]));
        let next = from + words.count();
        let known = self
            .element(next)
            .is_some_and(|it| candidates(it).any(|other| other.name == field.name));
        if known && next - from <= LED {
            next
        } else {
            bare
        }
    }

    /// Where reading goes on behind a choice of which nothing says what it answers: the rest of its
    /// list is no list of its own.
    pub(super) fn behind_unread(&self, at: usize) -> usize {
        let lists = candidates(&self.elements[at]).filter_map(|field| self.list(field, at));
        let last = lists.map(|list| list.last).max();
        last.map_or(at, |last| last) + 1
    }

    /// Whether channels are routes by which customers buy: "they can buy through resellers".
    pub(super) fn is_of_route(&self, list: &List) -> bool {
        let shared = ["resellers", "marketplaces", "integrations"];
        let trades = |word: &str| {
            matches!(
                word,
                "buy" | "buys" | "bought" | "purchase" | "sell" | "sells" | "selling" | "sold"
            )
        };
        list.slugs.iter().all(|slug| shared.contains(slug))
            && (self.range.start..list.first)
                .any(|at| self.elements[at].text.split(' ').any(trades))
    }

    /// The item that a list goes on with and that is no known choice: "SEO, podcasts and billboards".
    pub(super) fn goes_on_unknown(&self, field: &Field, list: &List) -> Option<String> {
        if field.kind != Kind::Set || !self.element(list.last + 1).is_some_and(is_joint) {
            return None;
        }
        let next = (list.last + 1..self.range.end)
            .find(|&at| !is_joint(&self.elements[at]) && !self.elements[at].is_one_of(LEADING))?;
        let ends = |at: usize| {
            self.element(at).is_none_or(|it| {
                it.is_sign(&[",", ".", ")", ";"]) || matches!(it.text, "and" | "plus" | "or" | "+")
            })
        };
        if self.elements[next].is_one_of(&["where", "what", "how", "whatever"]) {
            return Some(self.span(next, (next + ITEM).min(self.range.end - 1)));
        }
        let end = (next + 1..=next + ITEM).find(|&at| ends(at))?;
        let unknown = |it: &Element<'_>| {
            it.kind == ElementKind::Word
                && !it.is_filler()
                && !english().starters.contains(it.text)
                && !english().following.contains(it.text)
        };
        let all = self.elements[next..end].iter().all(unknown);
        all.then(|| self.span(next, end - 1))
    }
}

impl List {
    /// Takes an element in, if it is a choice of the field.
    pub(super) fn take(&mut self, field: &'static Field, element: &Element<'_>) -> bool {
        let mut taken = false;
        for role in element.roles() {
            match role {
                Role::Choice(it, choice) if it.name == field.name => {
                    self.slugs.insert(choice.slug);
                    taken = true;
                }
                Role::Several(it, slugs) if it.name == field.name => {
                    self.several = Some(slugs);
                    taken = true;
                }
                _ => {}
            }
        }
        let singular = element.text.strip_suffix('s').unwrap_or(element.text);
        self.weak &=
            !taken || english().weak.contains(element.text) || english().weak.contains(singular);
        taken
    }
}

/// The fields of which an element may be a choice.
pub(super) fn candidates(element: &Element<'_>) -> impl Iterator<Item = &'static Field> + use<> {
    element.roles().iter().filter_map(|role| match role {
        Role::Choice(field, _) | Role::Several(field, _) => Some(*field),
        _ => None,
    })
}

/// Whether an element joins two choices of a list.
fn is_joint(element: &Element<'_>) -> bool {
    element.is_sign(&[",", ";", "+", "&", "/"]) || matches!(element.text, "and" | "plus" | "or")
}
