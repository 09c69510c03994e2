//! A workspace's own rules: pages in force, pages set aside, and what becomes of them together.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ident::Person;
use crate::lint::{PageError, RuleSet};

/// A page of a rule, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPage {
    /// `<category>/<rule>`.
    pub name: String,
    /// Changes exactly when its name or its text does.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Who gave it.
    pub by: Person,
    /// When it came to where it stands.
    pub at: Timestamp,
}

/// A page's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// The page's id.
    pub id: String,
    /// The text.
    pub text: String,
}

/// The pages of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OwnPages {
    /// Those that judge every plan of the workspace; one for each rule, sorted by name.
    pub in_force: Vec<OwnPage>,
    /// Those that were shown, or were in force before, the newest last; [`OwnPages::MOST_ASIDE`] at
    /// most.
    pub aside: Vec<OwnPage>,
}

/// A page that is to be in force and cannot be, because the program has changed under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedPage {
    /// Its name.
    pub name: String,
    /// Why, with its place.
    pub problem: String,
}

/// The rules that judge the plans of a workspace.
#[derive(Debug, Default)]
pub struct InForce {
    /// The rules.
    pub rules: RuleSet,
    /// The pages that are left out, each told wherever the plan is checked.
    pub unused: Vec<UnusedPage>,
}

impl OwnPage {
    /// The rule's name.
    pub fn slug(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    /// The page's path, as faults name it.
    pub fn path(&self) -> String {
        path_of(&self.name)
    }
}

/// The path of a page of that name.
pub(super) fn path_of(name: &str) -> String {
    format!("{name}.md")
}

/// The id of a page: short enough to stand in a button.
pub(super) fn id_of(name: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    for part in [name, text] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hex::encode(&hash.finalize()[..6])
}

impl OwnPages {
    /// So many pages are kept that are not in force.
    pub const MOST_ASIDE: usize = 20;

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.in_force.is_empty() && self.aside.is_empty()
    }

    /// Changes exactly when a page comes into force or goes out of it.
    pub fn state(&self) -> String {
        let mut hash = Sha256::new();
        for page in &self.in_force {
            hash.update(&page.id);
            hash.update([0]);
        }
        hex::encode(&hash.finalize()[..4])
    }

    /// The page in force of that rule.
    pub fn of_rule(&self, slug: &str) -> Option<&OwnPage> {
        self.in_force.iter().find(|page| page.slug() == slug)
    }

    /// The newest page of that rule that is not in force, else the one that is.
    pub fn newest_of(&self, slug: &str) -> Option<&OwnPage> {
        let mut newest_first = self.aside.iter().rev();
        let aside = newest_first.find(|page| page.slug() == slug);
        aside.or_else(|| self.of_rule(slug))
    }

    /// The page of that id, in force or not.
    pub fn page(&self, id: &str) -> Option<&OwnPage> {
        self.in_force
            .iter()
            .chain(&self.aside)
            .find(|page| page.id == id)
    }

    /// The pages with one more that is not in force. The oldest such goes where there are too many;
    /// its id comes back.
    #[must_use]
    pub fn with_aside(&self, page: OwnPage) -> (Self, Option<String>) {
        let mut after = self.clone();
        after.aside.retain(|it| it.id != page.id);
        after.aside.push(page);
        let is_full = after.aside.len() > Self::MOST_ASIDE;
        let gone = is_full.then(|| after.aside.remove(0).id);
        let gone = gone.filter(|id| after.page(id).is_none());
        (after, gone)
    }

    /// The pages with this one in force; one of the same rule is set aside.
    #[must_use]
    pub fn with(&self, page: OwnPage) -> (Self, Option<String>) {
        let (mut after, gone) = self.without(page.slug(), page.at);
        after.aside.retain(|it| it.id != page.id);
        after.in_force.push(page);
        after.in_force.sort_by(|one, two| one.name.cmp(&two.name));
        (after, gone)
    }

    /// The pages with the one of that rule set aside.
    #[must_use]
    pub fn without(&self, slug: &str, at: Timestamp) -> (Self, Option<String>) {
        let Some(page) = self.of_rule(slug).cloned() else {
            return (self.clone(), None);
        };
        let mut after = self.clone();
        after.in_force.retain(|it| it.slug() != slug);
        after.with_aside(OwnPage { at, ..page })
    }
}

impl InForce {
    /// The rules with a workspace's own pages beside them. A page that cannot be used is left out and
    /// named: the others judge on.
    pub fn of(rules: &RuleSet, pages: &[(OwnPage, Option<String>)]) -> Self {
        let mut unused = Vec::new();
        let mut used = Vec::new();
        for (page, text) in pages {
            match text {
                Some(text) => used.push((page.path(), text.as_str())),
                None => unused.push(UnusedPage {
                    name: page.name.clone(),
                    problem: "its text is not kept".to_owned(),
                }),
            }
        }
        loop {
            let given: Vec<_> = used
                .iter()
                .map(|(path, text)| (path.as_str(), *text))
                .collect();
            match rules.with_own_one_by_one(&given) {
                Ok(rules) => return Self { rules, unused },
                Err(errors) => drop_bad(&mut used, &mut unused, &errors),
            }
        }
    }
}

/// Takes out what is wrong; where no page is named, all of them.
fn drop_bad(used: &mut Vec<(String, &str)>, unused: &mut Vec<UnusedPage>, errors: &[PageError]) {
    let named = |path: &str| errors.iter().find(|error| error.path == path);
    let names_any = used.iter().any(|(path, _)| named(path).is_some());
    used.retain(|(path, _)| {
        let error = named(path).or(errors.first().filter(|_| !names_any));
        let Some(error) = error else {
            return true;
        };
        unused.push(UnusedPage {
            name: path.trim_end_matches(".md").to_owned(),
            problem: error.to_string(),
        });
        false
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::NEW_PAGE;

    fn page(n: usize) -> OwnPage {
        OwnPage {
            name: format!("fit/our-{n:02}"),
            id: format!("{n:012x}"),
            title: "Title".to_owned(),
            by: Person::new("U1"),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_newest_pages_are_kept_aside_and_what_is_in_force_always() {
        let mut pages = OwnPages::default();
        for n in 0..OwnPages::MOST_ASIDE {
            let (after, gone) = pages.with_aside(page(n));
            assert_eq!(gone, None);
            pages = after;
        }
        let (pages, gone) = pages.with(page(0));
        assert_eq!(
            (pages.in_force.len(), pages.aside.len(), gone),
            (1, 19, None)
        );
        let (pages, gone) = pages.with_aside(page(50));
        assert_eq!(gone, None);
        let (pages, gone) = pages.with_aside(page(51));
        assert_eq!(gone.as_deref(), Some("000000000001"));
        assert_eq!(pages.of_rule("our-00"), Some(&page(0)));
        // Taken out of force it is the newest of those aside, and can come back.
        let (out, _) = pages.without("our-00", Timestamp::UNIX_EPOCH);
        assert_eq!((out.in_force.len(), out.aside.last()), (0, Some(&page(0))));
        assert_ne!(out.state(), pages.state());
        let (back, _) = out.with(page(0));
        assert_eq!(back.state(), pages.state());
    }

    #[test]
    fn a_page_that_no_longer_compiles_is_named_and_the_others_judge_on() {
        let base = RuleSet::built_in().expect("the rules load");
        let bad = NEW_PAGE.replace("deal_value", "deal_valeu");
        let given = [
            (page(1), Some(NEW_PAGE.to_owned())),
            (page(2), Some(bad)),
            (page(3), None),
        ];
        let found = InForce::of(&base, &given);
        assert_eq!(found.rules.own(), 1);
        let told: Vec<_> = found.unused.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(told, ["fit/our-03", "fit/our-02"]);
        assert!(
            found.unused[1]
                .problem
                .starts_with("fit/our-02.md:5:9: no name `deal_valeu`"),
            "{:?}",
            found.unused
        );
    }
}
