//! Words of plain English that the reader tells moods, clauses and lists by; they stand in
//! `words.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::phrases::Phrases;
use super::quick::{Glance, Quick};

/// A set of words or phrases.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Set {
    set: HashSet<String, Quick>,
    glance: Glance,
}

impl From<Vec<String>> for Set {
    fn from(list: Vec<String>) -> Self {
        let mut glance = Glance::default();
        for word in &list {
            glance.add(word);
        }
        let set = list.into_iter().collect();
        Self { set, glance }
    }
}

impl Set {
    /// Whether the word or phrase is one of them.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.glance.may_have(word) && self.set.contains(word)
    }
}

/// All words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Words that may stand between a cue and its value and say nothing.
    pub(super) fillers: Set,
    /// Words that people shorten, in full.
    pub(super) spelled: HashMap<String, String, Quick>,
    /// Words behind a noun with `'s` by which it is no genitive.
    pub(super) article: Set,
    /// What happens to people and things that are counted for another reason: "12 customers hit".
    pub(super) befalling: Set,
    /// Words that may stand between a number and the cue behind it.
    pub(super) behind: Set,
    /// Words behind a segment that say something of it.
    pub(super) telling: Set,
    /// Phrases that replace what was said before them.
    pub(super) correcting: Phrases,
    /// Words that put a plan off to no date.
    pub(super) someday: Phrases,
    /// Words that part two clauses.
    pub(super) breaks: Set,
    /// Words that begin a clause after a comma or an "and".
    pub(super) starters: Set,
    /// Words that end with a dot inside a sentence.
    pub(super) shortened: Set,
    /// Words that a question begins with.
    pub(super) asking: Set,
    /// Phrases that open a supposition.
    pub(super) supposing: Phrases,
    /// Phrases by which something is believed and not known, by themselves and beside a figure or a choice.
    pub(super) assuming: Phrases,
    pub(super) unproven: Phrases,
    /// Nobody, and who did not; and what is done by who finds a figure out.
    pub(super) no_one: Phrases,
    pub(super) found_out: Set,
    /// What may stand behind that where it is what was said before.
    pub(super) found_object: Set,
    /// Phrases by which a sentence states nothing of ours today, whatever its words speak for.
    pub(super) barring: Phrases,
    /// Words that negate their clause.
    pub(super) negating: Phrases,
    /// Words after which somebody else's words follow.
    pub(super) reporting: Set,
    /// Words that speak of somebody else's business.
    pub(super) others: Phrases,
    /// Words that put a clause into the past.
    pub(super) past: Phrases,
    /// When something happened that still holds.
    pub(super) recently: Phrases,
    /// Verbs by which what happened settles what holds now.
    pub(super) settling: Phrases,
    /// Marks that nothing of it is meant.
    pub(super) sarcasm: Phrases,
    /// The same as small pictures.
    pub(super) sarcastic_emoji: Vec<String>,
    /// Words of an exclamation that opens a sentence before a comma.
    pub(super) opening: Set,
    /// Verbs of a third person, behind a name: "Acme charges".
    pub(super) verbs: Set,
    /// Nouns that are ours where nobody is named.
    pub(super) ours: Set,
    /// Nouns that make something else of the noun behind them: "billing cycle".
    pub(super) foreign: Set,
    /// Nouns for those who are not we: "the incumbent".
    pub(super) strangers: Set,
    /// Products that are somebody else's.
    pub(super) vendors: Set,
    /// Choices that say too little to answer a field by themselves.
    pub(super) weak: Set,
    /// Words that may follow a list of choices without making another noun of it.
    pub(super) following: Set,
    /// Words by which something is not one of what is told.
    pub(super) out: Set,
    /// Words before an item of a list that are no part of it.
    pub(super) leading: Set,
    /// Words that end a short item.
    pub(super) ends: Set,
    /// Nouns behind "it" that make a department of it.
    pub(super) staff: Set,
    /// Objects that name nobody.
    pub(super) nobody: Set,
    /// Words by which a role is known.
    pub(super) roles: Set,
    /// Beginnings of a message that agrees.
    pub(super) agreeing: Phrases,
    /// Beginnings of a message that refuses.
    pub(super) refusing: Phrases,
    /// Words by which a message proposes what it says.
    pub(super) proposing: Phrases,
    /// Words by which a message settles what was argued.
    pub(super) deciding: Phrases,
    /// Words by which a message turns down what was proposed.
    pub(super) objecting: Phrases,
    /// Words by which a message puts a matter off.
    pub(super) parking: Phrases,
    pub(super) retracting: Phrases,
    pub(super) conceding: Phrases,
    /// Words by which a message tells what a trial of numbers came to.
    pub(super) computing: Phrases,
    /// Words by which a message takes what somebody said.
    pub(super) taking: Phrases,
    /// Nouns for many companies of a kind.
    pub(super) groups: Set,
    /// Fields of business that are no plural.
    pub(super) industries: Set,
    /// Words for those who buy from us.
    pub(super) customers: Set,
    /// Words before a colon that head the speaker's own words.
    pub(super) heads: Set,
    /// Words before a cue that only describe it.
    pub(super) adjectives: Set,
    /// Words that may stand before a number whose cue is behind it.
    pub(super) counting: Set,
    /// Words by which a clause speaks of the speaker's own plan.
    pub(super) speakers: Set,
    /// Words behind "what", "how" or "who" by which they ask nothing: "what we can win is".
    pub(super) relating: Set,
    /// Words with which a remark begins behind the items of a list.
    pub(super) remarking: Set,
    /// Words with which no text of a field begins.
    pub(super) unsaid: Set,
    /// Words that are no part of somebody's name or role.
    pub(super) unnamed: Set,
    /// Words that say of which kind a category is, and not which one.
    pub(super) kinds: Set,
    /// Numbers in words.
    pub(super) tallies: Set,
    /// Words that may stand before a choice and only describe it.
    pub(super) describing: Set,
    /// What companies have several of that are no people: "groups with 5-30 clinics".
    pub(super) sites: Set,
    /// Our own papers and people, who are no others: "the list says".
    pub(super) records: Set,
    /// Words by which an answer is somebody's view.
    pub(super) views: Phrases,
    /// Words of an agreement that settles something.
    pub(super) firm: Phrases,
    /// Words that ask somebody for what was.
    pub(super) asked_then: Phrases,
    /// Where that was elsewhere.
    pub(super) last_place: Phrases,
    /// What something is called that is believed and not known; and what else, as a label.
    pub(super) guesses: Phrases,
    pub(super) bets: Set,
    /// Words by which a message owns that what was said is one.
    pub(super) owning: Phrases,
    /// Words between which a stretch stands: what is done, and what leads from one thing to the next.
    pub(super) around: Set,
}

/// The words.
pub(super) fn english() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        toml::from_str(include_str!("words.toml")).expect("a test reads the file")
    });
    &WORDS
}
