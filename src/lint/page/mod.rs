//! A rule is one page: its documentation, its thresholds, its expressions and its tests.
//!
//! `rules/README.md` describes the format for authors. A page is checked as a whole at load; what
//! comes out is a [`Rule`] that can only be run.

mod compile;
mod error;
mod front;
mod guide;
mod hidden;
mod loose;
mod names;
mod never_read;
mod param;
mod sections;
mod template;
mod told;
mod unread;
mod written;

pub(crate) use error::Fault;
pub use error::PageError;
pub use guide::{KeyLine, NameLine};
pub use param::{Param, Range};
pub use sections::Example;
pub use told::Told;

pub use names::{rule_example, unit_words, units};

pub(super) use guide::{KEYS, NAMES};
pub(crate) use loose::Loose;
use names::{asks_which_segment, looks_across, names_in};
pub(crate) use names::{in_order, set_of};
pub(crate) use sections::HEADINGS;

use std::sync::Arc;

use jiff::civil::Date;

use super::expr::{Evaluator, FieldSet, Guarded, Node, Ratio, V};
use super::{Confidence, Severity, SourceRef};
use crate::ident::RuleSlug;
use template::Template;

/// What a rule speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The whole plan; its results have no segment.
    Plan,
    /// Each segment.
    Segment,
}

/// One rule, ready to run.
#[derive(Debug, Clone)]
pub struct Rule {
    pub(crate) slug: RuleSlug,
    pub(crate) category: Arc<str>,
    pub(crate) severity: Severity,
    pub(crate) direction: Confidence,
    pub(crate) number: Confidence,
    pub(crate) scope: Scope,
    pub(crate) fields: Vec<&'static str>,
    pub(crate) params: Vec<Param>,
    /// The parameters' own values, by place.
    pub(crate) defaults: Vec<V>,
    pub(crate) applies: Option<Node>,
    pub(crate) when: Node,
    pub(crate) unless: Option<Guarded>,
    pub(crate) escalations: Vec<(Severity, Node)>,
    pub(crate) absent_from: Option<usize>,
    pub(crate) folds: Vec<RuleSlug>,
    pub(crate) softens: Vec<RuleSlug>,
    pub(crate) bands: Vec<Band>,
    pub(crate) pass: Template,
    pub(crate) say: Vec<Variant>,
    pub(crate) fix: Vec<Variant>,
    pub(crate) body: sections::Body,
    /// What it goes by, as its page writes it: key and expression.
    pub(crate) written: Arc<[(String, String)]>,
    /// The day on which its examples are tried, where the page names one.
    pub(crate) examples_on: Option<Date>,
    /// Whether it is a team's own, beside those that come with the program.
    pub(crate) is_own: bool,
    /// What is made of the page once, so that no check has to.
    pub(crate) known: Known,
}

/// What follows from a page and is asked in every check.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    /// The fields that it may read for its decision, its weight or its words: segments that are the
    /// same in them are judged alike. `None` where it asks which segment it is.
    pub(crate) reads: Option<FieldSet>,
    /// Whether what it says of one segment may hang on another.
    pub(crate) looks_across: bool,
    /// Whether a threshold of it is money.
    pub(crate) asks_money: bool,
}

/// A soft band: on the wrong side, but near the boundary, a finding is only advice.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    /// The place of the parameter that is the boundary.
    pub(crate) boundary: usize,
    /// Whether this boundary counts here and the value is near enough to it.
    pub(crate) inside: Node,
    /// The place of the parameter that is the band's share of the boundary.
    pub(crate) share: usize,
}

/// One wording or one fix, with its condition.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) when: Option<Node>,
    pub(crate) text: Template,
    pub(crate) set: Vec<(&'static str, String)>,
}

impl Variant {
    /// The text, if this variant is meant and everything in it has a value.
    pub(crate) fn fill<'a>(&'a self, evaluator: &mut Evaluator<'a>) -> Option<String> {
        let meant = match &self.when {
            Some(node) => evaluator.truth(node) == Ok(true),
            None => true,
        };
        if meant {
            self.text.fill(evaluator).ok()
        } else {
            None
        }
    }
}

impl Rule {
    /// Checks the page at `path` (`fit/field-acv-low.md`).
    pub(crate) fn read(path: &str, text: &str) -> Result<Self, PageError> {
        compile::compile(path, text).map_err(|fault| fault.placed(path, text))
    }

    /// The rule's name, fixed for good.
    pub fn slug(&self) -> &RuleSlug {
        &self.slug
    }

    /// Whether it is a team's own, beside those that come with the program.
    pub fn is_own(&self) -> bool {
        self.is_own
    }

    /// The folder of its page.
    pub fn category(&self) -> &str {
        &self.category
    }

    /// How much a finding weighs before escalation, band and softening.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// How sure the source is of the direction and of the number.
    pub fn confidence(&self) -> (Confidence, Confidence) {
        (self.direction, self.number)
    }

    /// Whether it speaks about the plan or about each segment.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The heading of its page.
    pub fn title(&self) -> &str {
        &self.body.title
    }

    /// The sections of its page in order: heading and Markdown text.
    pub fn sections(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let texts = self.body.sections.iter().map(String::as_str);
        HEADINGS.into_iter().zip(texts)
    }

    /// The fields that its decision may read, in catalogue order.
    pub fn fields(&self) -> &[&'static str] {
        &self.fields
    }

    /// The fields that its decision or its weight may read, in catalogue order.
    pub(crate) fn weighed_by(&self) -> Vec<&'static str> {
        let unless = self.unless.iter().map(|unless| &unless.node);
        let conditions = self.applies.iter().chain([&self.when]).chain(unless);
        let escalations = self.escalations.iter().map(|(_, node)| node);
        let bands = self.bands.iter().map(|band| &band.inside);
        names_in(conditions.chain(escalations).chain(bands))
    }

    /// All its expressions: those that decide, those that weigh and those that its words hold.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Node> {
        let unless = self.unless.iter().map(|unless| &unless.node);
        let decide = self.applies.iter().chain([&self.when]).chain(unless);
        let weigh = self.escalations.iter().map(|(_, node)| node);
        let variants = || self.say.iter().chain(&self.fix);
        let meant = variants().filter_map(|variant| variant.when.as_ref());
        let told = variants().map(|variant| &variant.text).chain([&self.pass]);
        decide
            .chain(weigh)
            .chain(meant)
            .chain(told.flat_map(Template::values))
    }

    /// What it goes by, as its page writes it: key and expression, whom it concerns first.
    pub fn written(&self) -> &[(String, String)] {
        &self.written
    }

    /// The day on which its examples are tried, where the page names one.
    pub fn examples_on(&self) -> Option<Date> {
        self.examples_on
    }

    /// Whether another day can change what it says of the same plan.
    pub fn looks_at_today(&self) -> bool {
        let unless = self.unless.iter().map(|unless| &unless.node);
        let decide = self.applies.iter().chain([&self.when]).chain(unless);
        let weigh = self.escalations.iter().map(|(_, node)| node);
        let mut nodes = decide.chain(weigh);
        nodes.any(Node::looks_at_today)
    }

    /// The first number of a text of it that stands there by itself: nobody's, and told to everybody.
    pub(crate) fn loose(&self) -> Option<&Loose> {
        let variants = self.say.iter().chain(&self.fix);
        let texts = variants.map(|variant| &variant.text).chain([&self.pass]);
        let heading = self.body.loose.as_ref();
        let loose = texts.filter_map(Template::loose).chain(heading);
        loose.min_by_key(|it| it.at)
    }

    /// What follows from its page.
    pub(super) fn known(&self) -> Known {
        let bands = self.bands.iter().map(|band| &band.inside);
        let nodes: Vec<&Node> = self.expressions().chain(bands).collect();
        let asks_which = nodes.iter().any(|node| asks_which_segment(node));
        let looks_across = nodes.iter().any(|node| looks_across(node));
        Known {
            looks_across: looks_across || self.scope == Scope::Plan,
            reads: (!asks_which).then(|| set_of(names_in(nodes.into_iter()))),
            asks_money: self.params.iter().any(Param::is_money),
        }
    }

    /// The numbers that stand in its conditions and thresholds, as its units count them.
    pub(crate) fn numbers(&self) -> Vec<Ratio> {
        let mut numbers = Vec::new();
        let mut take = |value: &V| {
            if let V::Quantity(quantity) = value {
                numbers.push(quantity.amount);
            }
        };
        self.defaults.iter().for_each(&mut take);
        let unless = self.unless.iter().map(|unless| &unless.node);
        let conditions = self.applies.iter().chain([&self.when]).chain(unless);
        let escalations = self.escalations.iter().map(|(_, node)| node);
        for node in conditions.chain(escalations) {
            node.walk(&mut |node| {
                if let Node::Constant(value) = node {
                    take(value);
                }
            });
        }
        numbers
    }

    /// Its thresholds.
    pub fn params(&self) -> &[Param] {
        &self.params
    }

    /// Where it comes from.
    pub fn sources(&self) -> &[SourceRef] {
        &self.body.sources
    }

    /// Its examples, which are its tests.
    pub fn examples(&self) -> &[Example] {
        &self.body.examples
    }

    /// The rules that say the same more weakly.
    pub fn folds(&self) -> &[RuleSlug] {
        &self.folds
    }
}
