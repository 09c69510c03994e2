//! From a page's text to a rule: everything that can be wrong with a page is found here.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::error::Fault;
use super::front::{Front, FrontBand, FrontSet, FrontVariant, LevelWord, Words, inside};
use super::names::{PageNames, names_in, read_of_no_segment, reads_absence, reads_history};
use super::param::Param;
use super::sections::Third;
use super::template::Template;
use super::{Band, Known, Rule, Scope, Variant, front, hidden, never_read, sections, written};
use crate::ident::RuleSlug;
use crate::lint::Severity;
use crate::lint::expr::{self, Names, Node, Params, Type};
use crate::plan::{Currency, Level, ParseContext, field, find_field};

/// The line that opens and closes the front matter.
const FENCE: &str = "+++\n";

/// Checks the page at `path` and compiles it.
pub(super) fn compile(path: &str, text: &str) -> Result<Rule, Fault> {
    let (category, slug) = name(path)?;
    let (front_text, body_start) = split(text)?;
    let front = front::read(front_text, FENCE.len())?;
    let mut page = Page {
        front: front_text,
        names: PageNames::default(),
    };
    let params = page.params(&front)?;
    page.shorthands(&front)?;
    let decision = page.decision(&front)?;
    let fields = names_in(decision.iter());
    let third = third(&front, &decision);
    let body = sections::read(text, body_start, third)?;
    let mut rule = Rule {
        category: category.into(),
        severity: front.severity,
        direction: front.confidence.direction,
        number: front.confidence.number,
        scope: Scope::Segment,
        fields,
        applies: page.truth_if(front.applies.as_ref())?,
        when: page.truth(&front.when)?,
        unless: page.truth_if(front.unless.as_ref())?.map(Into::into),
        escalations: page.escalations(&front)?,
        absent_from: front
            .absent_from
            .as_ref()
            .map(|words| page.stage(words))
            .transpose()?,
        folds: page.slugs(&front.folds)?,
        softens: page.slugs(&front.softens)?,
        bands: front
            .band
            .iter()
            .map(|band| page.band(band))
            .collect::<Result<_, _>>()?,
        pass: page.template(&front.pass)?,
        say: page.variants(&front.say)?,
        fix: page.variants(&front.fix)?,
        slug: RuleSlug::new(slug),
        defaults: params.iter().map(|param| param.value.clone()).collect(),
        params,
        body,
        written: written::of(&front),
        examples_on: page.day(&front)?,
        is_own: false,
        known: Known::default(),
    };
    rule.scope = scope(&front, &rule)?;
    proven(rule, &front)
}

/// The rule with what follows from its page, if it says something and reads all that it declares.
fn proven(rule: Rule, front: &Front) -> Result<Rule, Fault> {
    if rule.say.is_empty() {
        return Err(Fault::new(FENCE.len(), "a page says something: `[[say]]`"));
    }
    never_read::refuse(&rule, front, FENCE.len())?;
    match lost(&rule) {
        None => Ok(Rule {
            known: rule.known(),
            ..rule
        }),
        Some(name) => Err(of_no_segment(name)),
    }
}

/// Which example a page must have beside a finding and a pass.
fn third(front: &Front, decision: &[Node]) -> Third {
    let reads_emptiness = front.absent_from.is_some() || reads_absence(decision);
    if reads_emptiness || reads_history(decision) {
        Third::UnknownOrNotApplicable
    } else {
        Third::Unknown
    }
}

fn of_no_segment(name: &str) -> Fault {
    let problem = format!(
        "a rule about the whole plan reads `{name}` of no segment; write `any(segments, …)`"
    );
    Fault::new(FENCE.len(), problem)
}

/// What decides a rule about the whole plan and is read of a segment without saying of which. A
/// text may name a value of the first: it is told where there is only one.
fn lost(rule: &Rule) -> Option<&'static str> {
    if rule.scope != Scope::Plan {
        return None;
    }
    let decide = rule.applies.iter().chain([&rule.when]);
    let unless = rule.unless.iter().map(|unless| &unless.node);
    let weigh = rule.escalations.iter().map(|(_, node)| node);
    let weigh = weigh.chain(rule.bands.iter().map(|band| &band.inside));
    decide
        .chain(unless)
        .chain(weigh)
        .find_map(read_of_no_segment)
}

fn name(path: &str) -> Result<(&str, &str), Fault> {
    let parts = path
        .strip_suffix(".md")
        .and_then(|path| path.split_once('/'));
    let plain = |word: &str| {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !word.is_empty() && word.chars().all(letters)
    };
    parts
        .filter(|(category, slug)| plain(category) && plain(slug))
        .ok_or_else(|| Fault::new(0, "a page is `<category>/<slug>.md`, in a-z, 0-9 and `-`"))
}

/// The front matter, and the byte at which the body begins; nothing in either is hidden.
fn split(text: &str) -> Result<(&str, usize), Fault> {
    let rest = text
        .strip_prefix(FENCE)
        .ok_or_else(|| Fault::new(0, "a page begins with a line `+++`"))?;
    let end = rest
        .find("\n+++\n")
        .ok_or_else(|| Fault::new(text.len(), "the front matter ends with a line `+++`"))?;
    let body_start = FENCE.len() + end + "\n+++\n".len();
    let front = &rest[..=end];
    hidden::refuse(text, front, FENCE.len())?;
    Ok((front, body_start))
}

/// What the rule speaks about: what the page says, else what it reads. One that asks all segments
/// together and reads no single one is about the plan, and finds once.
fn scope(front: &Front, rule: &Rule) -> Result<Scope, Fault> {
    let of_segments = rule
        .fields
        .iter()
        .filter_map(|name| field(name))
        .any(|field| field.level == Level::Segment);
    let of_one = || {
        rule.expressions()
            .any(|it| read_of_no_segment(it).is_some())
    };
    match &front.level {
        Some(word) if *word.get_ref() == LevelWord::Plan => Ok(Scope::Plan),
        Some(word) if !of_segments => {
            let at = FENCE.len() + word.span().start;
            Err(Fault::new(at, "the rule reads no field of a segment"))
        }
        Some(_) => Ok(Scope::Segment),
        None if of_segments && of_one() => Ok(Scope::Segment),
        None => Ok(Scope::Plan),
    }
}

/// A page while it is compiled.
struct Page<'a> {
    front: &'a str,
    names: PageNames,
}

impl Page<'_> {
    fn params(&mut self, front: &Front) -> Result<Vec<Param>, Fault> {
        let mut params = Vec::new();
        if front.params.len() > Params::MOST {
            let problem = format!("a page has {} parameters at most", Params::MOST);
            return Err(Fault::new(FENCE.len(), problem));
        }
        for (place, (name, written)) in front.params.iter().enumerate() {
            let param = Param::check(name.get_ref(), written, self.front, FENCE.len())?;
            let found = (place, param.type_of());
            self.names.params.insert(param.name.clone(), found);
            params.push(param);
        }
        Ok(params)
    }

    /// In the order in which they are written, so that one may use those before it.
    fn shorthands(&mut self, front: &Front) -> Result<(), Fault> {
        let mut written: Vec<_> = front.shorthands.iter().collect();
        written.sort_by_key(|(_, words)| words.span().start);
        for (name, words) in written {
            if self.names.find(name).is_some() {
                let problem = format!("`{name}` is the name of something else already");
                return Err(self.fault(words, problem));
            }
            let compiled = self.expression(words, None)?;
            self.names.shorthands.insert(name.clone(), compiled);
        }
        Ok(())
    }

    /// The expressions that decide, for the list of fields that the rule reads.
    fn decision(&self, front: &Front) -> Result<Vec<Node>, Fault> {
        let written = [
            front.applies.as_ref(),
            Some(&front.when),
            front.unless.as_ref(),
        ];
        written
            .into_iter()
            .flatten()
            .map(|words| self.truth(words))
            .collect()
    }

    fn escalations(&self, front: &Front) -> Result<Vec<(Severity, Node)>, Fault> {
        let written = [
            (Severity::Error, &front.error_when),
            (Severity::Warning, &front.warning_when),
            (Severity::Advice, &front.advice_when),
        ];
        let given = written
            .into_iter()
            .filter_map(|(severity, words)| words.as_ref().map(|words| (severity, words)));
        given
            .map(|(severity, words)| Ok((severity, self.truth(words)?)))
            .collect()
    }

    /// The place of a stage in the order of stages.
    fn stage(&self, words: &Words) -> Result<usize, Fault> {
        let stages = field("plan.stage").map_or(&[][..], |field| field.choices);
        let place = stages
            .iter()
            .position(|stage| stage.slug == words.get_ref());
        place.ok_or_else(|| self.fault(words, format!("no stage `{}`", words.get_ref())))
    }

    fn slugs(&self, written: &[Words]) -> Result<Vec<RuleSlug>, Fault> {
        let mut slugs = BTreeSet::new();
        for words in written {
            if !slugs.insert(RuleSlug::new(words.get_ref())) {
                return Err(self.fault(words, format!("`{}` stands twice", words.get_ref())));
            }
        }
        Ok(slugs.into_iter().collect())
    }

    fn band(&self, band: &FrontBand) -> Result<Band, Fault> {
        for param in [&band.boundary, &band.share] {
            let name = param.get_ref();
            if !self.names.params.contains_key(name) {
                return Err(self.fault(param, format!("no parameter `{name}`")));
            }
        }
        self.expression(&band.value, None)?;
        let (measured, boundary) = (band.value.get_ref(), band.boundary.get_ref());
        let share = band.share.get_ref();
        if let Some(when) = &band.when {
            self.expression(when, Some(&Type::Bool))?;
        }
        let when = band.when.as_ref().map_or("true", |when| when.get_ref());
        let inside = format!(
            "({when}) && larger(({measured}) - params.{boundary}, params.{boundary} - ({measured})) \
             <= params.{share} * params.{boundary}"
        );
        let inside = self
            .compiled(&inside, Some(&Type::Bool))
            .map_err(|mistake| self.fault(&band.boundary, mistake.problem))?;
        Ok(Band {
            boundary: self.names.params[boundary].0,
            inside: inside.0,
            share: self.names.params[share].0,
        })
    }

    fn variants(&self, written: &[FrontVariant]) -> Result<Vec<Variant>, Fault> {
        let compiled = written.iter().map(|variant| {
            Ok(Variant {
                when: self.truth_if(variant.when.as_ref())?,
                text: self.template(&variant.text)?,
                set: variant
                    .set
                    .iter()
                    .map(|set| self.set(set))
                    .collect::<Result<_, _>>()?,
            })
        });
        compiled.collect()
    }

    fn set(&self, set: &FrontSet) -> Result<(&'static str, String), Fault> {
        let name = set.field.get_ref();
        let Some(field) = field(name) else {
            let near = find_field(name).map_or_else(
                |near| near.first().map(|field| field.name),
                |field| Some(field.name),
            );
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(self.fault(&set.field, format!("no field `{name}`{hint}")));
        };
        let context = ParseContext {
            currency: Currency::USD,
            today: Date::constant(2000, 1, 1),
        };
        let value = set.value.get_ref();
        match field.parse(value, &context) {
            Ok(_) => Ok((field.name, value.clone())),
            Err(error) => Err(self.fault(&set.value, error.to_string())),
        }
    }

    /// The day on which the examples are tried.
    fn day(&self, front: &Front) -> Result<Option<Date>, Fault> {
        let read = |words: &Words| {
            words.get_ref().parse().map_err(|_| {
                let given = words.get_ref();
                let problem =
                    format!("`{given}` is no date; write it like `today = \"2026-03-04\"`");
                self.fault(words, problem)
            })
        };
        front.today.as_ref().map(read).transpose()
    }

    fn template(&self, words: &Words) -> Result<Template, Fault> {
        let start = inside(words, self.front, FENCE.len());
        if words.get_ref().trim().is_empty() {
            return Err(Fault::new(
                start,
                "this text is empty, and people would read nothing",
            ));
        }
        Template::read(words.get_ref(), start, &self.names)
    }

    fn truth(&self, words: &Words) -> Result<Node, Fault> {
        self.expression(words, Some(&Type::Bool))
            .map(|(node, _)| node)
    }

    fn truth_if(&self, words: Option<&Words>) -> Result<Option<Node>, Fault> {
        words.map(|words| self.truth(words)).transpose()
    }

    fn expression(&self, words: &Words, wanted: Option<&Type>) -> Result<(Node, Type), Fault> {
        self.compiled(words.get_ref(), wanted).map_err(|mistake| {
            let start = inside(words, self.front, FENCE.len());
            Fault::new(start + mistake.span.start, mistake.problem)
        })
    }

    fn compiled(&self, text: &str, wanted: Option<&Type>) -> Result<(Node, Type), expr::Mistake> {
        expr::check(&expr::parse(text)?, &self.names, wanted)
    }

    fn fault(&self, words: &Words, problem: String) -> Fault {
        Fault::new(inside(words, self.front, FENCE.len()), problem)
    }
}
