//! All rules that are in force, checked together at load.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::expr::Ratio;
use super::page::{PageError, Rule};
use crate::ident::RuleSlug;
use crate::text;

/// The pages that come with the program.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The categories in the order in which people read them; others follow by name.
const CATEGORIES: [&str; 9] = [
    "fit",
    "alignment",
    "target",
    "value",
    "pricing",
    "channels",
    "stage",
    "economics",
    "operations",
];

/// Which rules a page may fold or soften.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// Those that are there.
    Present,
    /// Also such as are still to come.
    Awaited,
}

/// The rules in force, immutable after load.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    places: BTreeMap<RuleSlug, usize>,
    /// By place: the rules that each rule softens, and those that fold it, by place.
    softens: Vec<Vec<usize>>,
    folders: Vec<Vec<usize>>,
    /// How many rules of a team's own share their steps.
    own: usize,
    hash: String,
}

impl RuleSet {
    /// The rules that come with the program.
    pub fn built_in() -> Result<Self, Vec<PageError>> {
        Self::load(&built_in_pages())
    }

    /// The rules that come with the program, with these pages in the place of their own.
    pub fn built_in_with(pages: &[(&str, &str)]) -> Result<Self, Vec<PageError>> {
        let mut all = built_in_pages();
        all.retain(|(path, _)| !pages.iter().any(|(replaced, _)| replaced == path));
        let all: Vec<_> = all.into_iter().chain(pages.iter().copied()).collect();
        Self::load(&all)
    }

    /// Loads pages, given as path below `rules/` and text; every bad page is reported.
    pub fn load(pages: &[(&str, &str)]) -> Result<Self, Vec<PageError>> {
        Self::load_named(pages, Naming::Present)
    }

    pub(super) fn load_named(
        pages: &[(&str, &str)],
        naming: Naming,
    ) -> Result<Self, Vec<PageError>> {
        let mut rules = Vec::with_capacity(pages.len());
        let mut errors = Vec::new();
        for (path, text) in pages {
            match Rule::read(path, text) {
                Ok(rule) => rules.push(rule),
                Err(error) => errors.push(error),
            }
        }
        rules.sort_by(|one, two| order(one).cmp(&order(two)));
        let places = rules.iter().enumerate();
        let places: BTreeMap<_, _> = places
            .map(|(place, rule)| (rule.slug.clone(), place))
            .collect();
        if errors.is_empty() {
            errors = relations(&rules, &places, naming);
        }
        if errors.is_empty() {
            Ok(Self::of(rules, hash(pages)))
        } else {
            Err(errors)
        }
    }

    /// All rules, by category and slug.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that may have been meant by a name that is none: near in spelling, else with the
    /// same letters in them, else with a word in common.
    pub fn near(&self, name: &str) -> Vec<&str> {
        let slugs = || self.rules().iter().map(|rule| rule.slug().as_str());
        let near = text::nearest(name, slugs());
        if !near.is_empty() {
            return near;
        }
        let wanted: Vec<_> = name.split('-').filter(|word| word.len() > 2).collect();
        let solid = name.replace('-', "");
        let holds = |slug: &str| solid.len() > 3 && slug.replace('-', "").contains(&solid);
        let shared = |slug: &str| {
            let words = slug.split('-').filter(|word| wanted.contains(word));
            if holds(slug) {
                usize::MAX
            } else {
                words.count()
            }
        };
        let mut sharing: Vec<_> = slugs()
            .map(|slug| (shared(slug), slug))
            .filter(|&(n, _)| n > 0)
            .collect();
        sharing.sort_by_key(|&(n, _)| std::cmp::Reverse(n));
        sharing.into_iter().take(3).map(|(_, slug)| slug).collect()
    }

    /// The rule of that name.
    pub fn get(&self, slug: &str) -> Option<&Rule> {
        self.places
            .get(&RuleSlug::new(slug))
            .map(|place| &self.rules[*place])
    }

    /// These rules and a team's own, of which none has the name of one of these.
    pub(super) fn joined(&self, own: Self) -> Self {
        let mut rules = self.rules.clone();
        let marked = own.rules.into_iter().map(|rule| Rule {
            is_own: true,
            ..rule
        });
        rules.extend(marked);
        rules.sort_by(|one, two| order(one).cmp(&order(two)));
        Self::of(rules, hash(&[("", &self.hash), ("own", &own.hash)]))
    }

    /// The rules whose outcome or weight a field may change, and no others.
    #[must_use]
    pub fn concerning(&self, field: &str) -> Self {
        let reads = |rule: &&Rule| rule.weighed_by().contains(&field);
        let reading: BTreeSet<&RuleSlug> =
            self.rules.iter().filter(reads).map(Rule::slug).collect();
        let concerned = |rule: &Rule| {
            let is_softened =
                |by: &&Rule| reading.contains(by.slug()) && by.softens.contains(rule.slug());
            let softens = rule.softens.iter().any(|weaker| reading.contains(weaker));
            reading.contains(rule.slug()) || softens || self.rules.iter().any(|by| is_softened(&by))
        };
        let rules = self.rules.iter().filter(|rule| concerned(rule));
        Self {
            // A rule says in a part of the set what it says in the whole.
            own: self.own,
            ..Self::of(rules.cloned().collect(), self.hash.clone())
        }
    }

    /// The rules that look at one segment by itself, and the others. Rules that lower one another stay
    /// together.
    #[must_use]
    pub fn apart(&self) -> (Self, Self) {
        let mut across: Vec<bool> = self.rules.iter().map(|it| it.known.looks_across).collect();
        let mut is_settled = false;
        while !is_settled {
            is_settled = true;
            for (rule, softens) in self.softens.iter().enumerate() {
                for weaker in softens.iter().copied() {
                    is_settled &= across[rule] == across[weaker];
                    let either = across[rule] || across[weaker];
                    (across[rule], across[weaker]) = (either, either);
                }
            }
        }
        let part = |wanted: bool| {
            let rules = self.rules.iter().zip(&across);
            let rules = rules.filter(|(_, across)| **across == wanted);
            Self {
                own: self.own,
                ..Self::of(
                    rules.map(|(rule, _)| rule.clone()).collect(),
                    self.hash.clone(),
                )
            }
        };
        (part(false), part(true))
    }

    /// The fields on which the outcome and the weight of any of the rules may hang.
    pub fn weighed_by(&self) -> BTreeSet<&'static str> {
        let fields = self.rules.iter().flat_map(Rule::weighed_by);
        // What need not be answered yet hangs on the stage.
        fields.chain(["plan.stage"]).collect()
    }

    /// The numbers that stand in conditions and thresholds, each once, as whole ten-thousandths.
    pub fn numbers(&self) -> BTreeSet<i64> {
        let numbers = self.rules.iter().flat_map(Rule::numbers);
        let scaled = numbers.filter_map(|number| number.times(Ratio::whole(10_000)));
        scaled
            .filter_map(|number| i64::try_from(number.rounded().0).ok())
            .collect()
    }

    /// One rule alone, whatever its relations to others are.
    pub(super) fn of_one(rule: Rule) -> Self {
        Self::of(vec![rule], String::new())
    }

    /// The rule that is named as `slug` or as `category/slug`.
    pub fn named(&self, name: &str) -> Option<&Rule> {
        match name.split_once('/') {
            Some((category, slug)) => self.get(slug).filter(|rule| rule.category() == category),
            None => self.get(name),
        }
    }

    /// Whether the name begins with a category, so that a rule is meant and nothing else.
    pub fn names_a_category(&self, name: &str) -> bool {
        let category = name.split_once('/').map(|(category, _)| category);
        category.is_some_and(|wanted| self.rules.iter().any(|rule| rule.category() == wanted))
    }

    /// The rules with what follows from their relations.
    fn of(rules: Vec<Rule>, hash: String) -> Self {
        let places = rules.iter().enumerate();
        let places: BTreeMap<_, _> = places
            .map(|(place, rule)| (rule.slug.clone(), place))
            .collect();
        let softens = rules.iter().map(|rule| {
            let softened = rule.softens.iter().filter_map(|slug| places.get(slug));
            softened.copied().collect()
        });
        let softens = softens.collect();
        let folders = folders(&rules, &places);
        let own = rules.iter().filter(|rule| rule.is_own).count();
        Self {
            rules,
            places,
            softens,
            folders,
            own,
            hash,
        }
    }

    /// The rules whose findings a finding of this rule lowers, by place.
    pub(crate) fn softens(&self, rule: usize) -> &[usize] {
        &self.softens[rule]
    }

    /// The rules that say the same as this rule more strongly, by place and in order.
    pub(crate) fn folders(&self, rule: usize) -> &[usize] {
        &self.folders[rule]
    }

    /// How many of the rules are a team's own.
    pub fn own(&self) -> usize {
        self.own
    }

    /// Changes exactly when a page does.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

fn folders(rules: &[Rule], places: &BTreeMap<RuleSlug, usize>) -> Vec<Vec<usize>> {
    let mut folders = vec![Vec::new(); rules.len()];
    for (place, rule) in rules.iter().enumerate() {
        for weaker in rule.folds.iter().filter_map(|slug| places.get(slug)) {
            folders[*weaker].push(place);
        }
    }
    folders
}

fn built_in_pages() -> Vec<(&'static str, &'static str)> {
    let files = PAGES.dirs().flat_map(Dir::files);
    let pages = files.filter(|file| file.path().extension().is_some_and(|end| end == "md"));
    pages
        .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
        .collect()
}

fn order(rule: &Rule) -> (usize, &str, &str) {
    let known = CATEGORIES
        .iter()
        .position(|category| *category == rule.category());
    let place = known.unwrap_or(CATEGORIES.len());
    (place, &rule.category, rule.slug.as_str())
}

fn hash(pages: &[(&str, &str)]) -> String {
    let mut sorted = pages.to_vec();
    sorted.sort_unstable();
    let mut digest = Sha256::new();
    for (path, text) in sorted {
        for part in [path, text] {
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
    }
    hex::encode(&digest.finalize()[..8])
}

/// Slugs are unique, relations name rules that exist, and no two rules fold each other.
fn relations(rules: &[Rule], places: &BTreeMap<RuleSlug, usize>, naming: Naming) -> Vec<PageError> {
    let mut errors = Vec::new();
    let mut seen = BTreeSet::new();
    for rule in rules {
        let mut refuse = |message: String| {
            errors.push(PageError {
                path: format!("{}/{}.md", rule.category, rule.slug),
                line: 1,
                column: 1,
                message,
            });
        };
        if !seen.insert(&rule.slug) {
            refuse(format!("another page is called `{}` too", rule.slug));
        }
        for other in rule.folds.iter().chain(&rule.softens) {
            if naming == Naming::Present && !places.contains_key(other) {
                refuse(format!(
                    "`folds` or `softens` names `{other}`, which no page has"
                ));
            }
        }
        if let Some(way) = circle(rule, rules, places) {
            refuse(format!(
                "`{}` folds itself by way of `{way}`; of two rules that say the same let only the stronger fold the other",
                rule.slug
            ));
        }
    }
    errors
}

/// The rule that a rule folds and by way of which it folds itself.
fn circle<'r>(
    rule: &'r Rule,
    rules: &[Rule],
    places: &BTreeMap<RuleSlug, usize>,
) -> Option<&'r RuleSlug> {
    let leads_back = |next: &&RuleSlug| {
        let there = places.get(*next);
        **next == rule.slug
            || there.is_some_and(|place| reaches(&rule.slug, &rules[*place], rules, places))
    };
    rule.folds.iter().find(leads_back)
}

fn reaches(
    goal: &RuleSlug,
    from: &Rule,
    rules: &[Rule],
    places: &BTreeMap<RuleSlug, usize>,
) -> bool {
    let mut open: Vec<&RuleSlug> = from.folds.iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(slug) = open.pop() {
        if slug == goal {
            return true;
        }
        if seen.insert(slug)
            && let Some(place) = places.get(slug)
        {
            open.extend(&rules[*place].folds);
        }
    }
    false
}
