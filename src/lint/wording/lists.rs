//! The words that the readings of wording know, as data.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// Words, looked up by the word.
type Words = HashSet<&'static str, BuildHasherDefault<OfWord>>;

/// A list of words.
pub(super) type List = LazyLock<Words>;

/// FNV-1a: for the short words of fixed lists, in which nobody can plant words that collide.
pub(super) struct OfWord(u64);

impl Default for OfWord {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for OfWord {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, word: &[u8]) {
        for letter in word {
            self.0 = (self.0 ^ u64::from(*letter)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

fn list(words: &'static str) -> Words {
    words.split_whitespace().collect()
}

fn all_of(lists: &[&List]) -> Words {
    lists.iter().flat_map(|list| list.iter().copied()).collect()
}

/// Words of which none narrows down who is meant.
pub(super) static NOBODY_LEFT_OUT: List =
    LazyLock::new(|| all_of(&[&ALL, &WHO, &AXES, &COMMON_THINGS, &SMALL]));

/// The same, with sizes and kinds that any company may call its own.
pub(super) static UNSPECIFIC: List = LazyLock::new(|| all_of(&[&NOBODY_LEFT_OUT, &SIZES, &TREND]));

/// Praise, what is praised, and small words.
pub(super) static GENERIC: List = LazyLock::new(|| all_of(&[&PRAISE, &THINGS, &SMALL]));

/// Words that leave nobody out.
pub(super) static ALL: List =
    LazyLock::new(|| list("all any anybody anyone every everybody everyone everywhere whoever"));

/// Of these one is enough to mean everybody.
pub(super) static EVERYBODY: List =
    LazyLock::new(|| list("anybody anyone everybody everyone whoever"));

/// Those who could be meant by "any".
pub(super) static WHO: List = LazyLock::new(|| {
    list(
        "business businesses buyer buyers client clients companies company \
    corporation corporations customer customers employer employers enterprise enterprises firm \
    firms human humans individual individuals organisation organisations organization \
    organizations people person persons team teams user users",
    )
});

/// What "any" could also stand before without narrowing anything.
pub(super) static AXES: List = LazyLock::new(|| {
    list(
        "agnostic area areas branch branches country countries horizontal \
    industries industry international internationally kind kinds location locations market markets region regions sector \
    sectors shape shapes size sizes sort sorts type types vertical verticals world worldwide \
    global globally",
    )
});

/// What everybody has.
pub(super) static COMMON_THINGS: List = LazyLock::new(|| {
    list(
        "account budget card cash computer computers credit data \
    email email-address internet laptop money need needs phone problem smartphone wallet website \
    websites web browser pulse",
    )
});

/// Words for a size alone, which do not say who.
pub(super) static SIZES: List = LazyLock::new(|| {
    list(
        "b2b b2c big consumer consumers corporate large larger \
    mid mid-market mid-size mid-sized midmarket midsize midsized medium medium-sized multinational \
    multinationals scale-up scale-ups scaleup scaleups small smaller smb smbs sme smes start-up \
    start-ups startup startups",
    )
});

/// Words for a kind of company that says nearly as little: any of them may call itself so.
pub(super) static TREND: List = LazyLock::new(|| {
    list(
        "ambitious digital fast-growing growing innovative modern online tech tech-enabled \
    technology technology-driven venture-backed",
    )
});

/// Words that carry no meaning of their own.
pub(super) static SMALL: List = LazyLock::new(|| {
    list(
        "a about also an and are as at be been being but by can could do \
    does doing for from get gets getting give gives giving go has have having help helped helping \
    helps how i in into is it its just let lets like make makes making more most much need needs \
    no not of on or other our ours out over own really so still such than that the their theirs \
    them themselves then there these they this those to too up us use used uses using very want \
    wants way we well what when where which while who will with would you your yours pay pays \
    buy buys owns selling sells sell",
    )
});

/// Praise and promises that every rival makes, word by word.
pub(super) static PRAISE: List = LazyLock::new(|| {
    list(
        "able accelerate accelerates achieve achieves advanced \
    affordable agile ai ai-driven ai-enabled ai-native ai-powered all-in-one amazing automate \
    automated automates automation award-winning awesome beautiful best best-in-class better boost \
    boosts bottom bottom-line brilliant business cheap cheaper clean comprehensive convenient cost \
    costs cost-effective customer-centric cutting cutting-edge data-driven deliver delivers delightful \
    digital easier easiest easily easy easy-to-use edge effective efficiency efficient \
    effortless effortlessly elegant empower empowering empowers end-to-end enhance enhances \
    enterprise-grade excellence excellent exceptional experience fast faster fastest flexible friendly \
    full-featured future-proof game-changer game-changing good great greater grow growth \
    high-performance high-quality holistic improve improved improves improving increase increased \
    increases increasing innovation innovative integrated intelligent intuitive leader leading \
    line lower market-leading maximise maximize modern money nice next-gen next-generation \
    number one number-one one-stop one-stop-shop optimise optimises optimize optimizes outstanding \
    passionate performance powerful premium productive productivity professional profit profits \
    quality quick quicker quickly reduce reduced reduces reducing reliable revenue revolutionary \
    results rich robust roi save saves saving savings scalable scale seamless seamlessly secure \
    service simple simpler simplest simplify simplifies simply smart smarter smooth solid speed \
    state-of-the-art streamline streamlined streamlines streamlining success successful superior \
    support sustainable synergy tailored time top top-notch top-tier transform transforms \
    transformation trusted ultimate unique unlock unlocks unmatched unparalleled unrivalled \
    user-friendly value world-class work workflow workflows",
    )
});

/// Nouns that name a product without saying which.
pub(super) static THINGS: List = LazyLock::new(|| {
    list(
        "app application approach business businesses clients companies \
    company customer customers employees features market offering operations organisation \
    organisations organization organizations partner people platform process processes product \
    products services software solution solutions stack suite system systems team teams \
    technologies technology tool tools toolkit users industry class world",
    )
});

/// The speaker's own words for the speaker.
pub(super) static SELF: List =
    LazyLock::new(|| list("i we us our ours ourselves we're we've we'll we'd i'm i've"));

/// Words for the customer.
pub(super) static CUSTOMER: List = LazyLock::new(|| {
    list(
        "you your yours yourself yourselves you're you'll you've they \
    their theirs them themselves they're customer customers customer's client clients buyer \
    buyers user users",
    )
});

/// Words that say a number.
pub(super) static NUMBERS: List = LazyLock::new(|| {
    list(
        "halve halved twice double doubles doubled triple \
    triples tripled thirds two three four five six seven eight nine ten dozen dozens \
    hundred hundreds thousand thousands million zero",
    )
});

/// Words before a number that names something rather than says how much.
pub(super) static NUMBERED: List = LazyLock::new(|| {
    list(
        "article chapter dynamics gen generation iso level microsoft office part phase section soc \
    stage step tier type version wave web",
    )
});

/// Names that begin with a digit.
pub(super) static NAMES: List =
    LazyLock::new(|| list("1password 2d 2fa 3d 3pl 4g 5g 360-degree 7-eleven"));

/// Words behind which four digits are a year.
pub(super) static TIMES: List = LazyLock::new(|| {
    list(
        "after autumn before calendar during early end fall in late mid since spring summer until \
    winter year fy cy",
    )
});

/// How people manage today without a product: by hand, with what is at hand, or not at all.
pub(super) static STATUS_QUO: List = LazyLock::new(|| {
    list(
        "anything bash binder binders by-hand calendar calendars call calls checklist checklists \
    clipboard clipboards copy-paste csv csvs diary diaries diy do-nothing document documents email \
    emails e-mail e-mails excel existing fax faxes files folders forms google-sheets google-docs \
    guess guessing guesswork gut habit habits hand hand-written handwritten homegrown home-grown \
    home-made homemade ignore ignoring in-house inaction inbox inertia internal internally letter \
    letters mail mails manual manually memory none nobody nothing notebook notebooks notepad notes \
    notion-page overtime own paper papers pen phone post-its postit pdf pdfs powerpoint printed \
    printouts script scripts self-built self-hosted self-made sheet sheets spreadsheet spreadsheets \
    status-quo whatsapp whiteboard whiteboards word worksheet worksheets xls xlsx yourself \
    themselves today",
    )
});

/// The status quo in several words.
pub(super) const STATUS_QUO_PHRASES: &[&str] = &[
    "status quo",
    "as is",
    "as-is",
    "doing without",
    "do without",
    "live with it",
    "living with it",
    "home grown",
    "in house",
    "build it",
    "built it",
    "building it",
    "own tool",
    "own tools",
    "own scripts",
    "no tool",
    "no solution",
    "no software",
    "not doing",
    "don't do",
    "current process",
    "current way",
    "more people",
    "extra staff",
    "shared drive",
];

/// Words behind which a rival or another way is named.
pub(super) static COMPARISONS: List = LazyLock::new(|| {
    list(
        "than unlike versus vs instead without compared rather \
    replaces replacing alternative",
    )
});
