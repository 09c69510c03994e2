//! The report as people read it: the verdict, at most three reasons with their sources, one question.

use super::{Coherence, Movement, Report};
use crate::lint::{RuleResult, Severity, SourceRef};
use crate::plan::{Field, Level, Segment};
use crate::render::{Block, Document, Inline};
use crate::text::{counted, series};

/// How many findings are told in full; the rest is named.
const REASONS: usize = 3;

/// How many of the rest are named.
const NAMED: usize = 8;

/// How many of the things that are not answered are named.
const FIRST: usize = 4;

/// How many further segments of a finding are named.
const SEGMENTS: usize = 5;

/// Where a report is read, and so what its reader can type.
#[derive(Debug, Clone, Copy)]
pub enum Surface<'a> {
    /// A conversation with the bot; its command's name, with its slash.
    Conversation(&'a str),
    /// A terminal, beside the plan's file.
    Terminal(Typed<'a>),
}

/// What was typed in a terminal, so that a command that is proposed there works as it stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    /// The plan's file, where another command can read it too.
    pub plan: Option<&'a str>,
    /// What stands behind each command, with a space before it: ` --rules team`.
    pub with: &'a str,
}

impl Surface<'_> {
    pub(super) fn explain(self, rule: &str) -> String {
        match self {
            Self::Conversation(command) => format!("{command} explain {rule}"),
            Self::Terminal(typed) => format!("gtm-advisor explain {rule}{}", typed.with),
        }
    }

    /// How one asks what a rule says of the plan.
    fn one_rule(self, rule: &str) -> String {
        match self {
            Self::Terminal(Typed {
                plan: Some(plan),
                with,
            }) => format!("gtm-advisor check {plan}{with} --rule {rule}"),
            _ => self.explain(rule),
        }
    }

    /// How one asks for every finding in full, where that can be done.
    fn all(self) -> Option<String> {
        match self {
            Self::Terminal(Typed {
                plan: Some(plan),
                with,
            }) => Some(format!("gtm-advisor check {plan}{with} --all")),
            _ => None,
        }
    }

    /// How one asks `question` there.
    pub fn ask(self, question: &str) -> String {
        match self {
            Self::Conversation(command) => format!("{command} ask {question}"),
            Self::Terminal(_) => format!("gtm-advisor ask \"{question}\""),
        }
    }

    /// How one answers a question about a field there.
    pub fn answer(self, field: &Field, segment: Option<&Segment>) -> String {
        let (name, example) = (field.name, field.example());
        match (self, segment) {
            (Self::Conversation(command), None) => format!("{command} set {name} {example}"),
            (Self::Conversation(command), Some(segment)) => {
                format!("{command} set {name} {example} for {segment}")
            }
            (Self::Terminal(_), Some(segment)) => {
                format!("{name} = \"{example}\" under [segment.{segment}]")
            }
            // A plan file says for each value of a segment whose it is, also where there is one.
            (Self::Terminal(_), None) if field.level == Level::Segment => {
                self.answer(field, Some(&Segment::main()))
            }
            (Self::Terminal(_), None) => format!("{name} = \"{example}\""),
        }
    }
}

impl Report {
    /// The report as a document, for people who can do as `surface` says.
    pub fn to_document(&self, surface: Surface<'_>) -> Document {
        let (told, named) = self.told_and_named(by_rule(self.open_findings()));
        let mut blocks = Vec::new();
        for findings in &told {
            blocks.extend(self.finding(findings));
        }
        blocks.extend(others(&named, surface));
        if !self.is_early() {
            blocks.extend(unanswered(&by_rule(self.unanswered())));
        }
        blocks.extend(self.lenience());
        if !self.is_early() {
            blocks.push(Block::Note(vec![Inline::plain(self.arithmetic())]));
            blocks.extend(self.by_part(surface));
        }
        blocks.extend(self.movement.as_ref().and_then(Movement::block));
        blocks.extend(self.question(surface));
        blocks.extend(self.later(surface));
        Document {
            headline: self.verdict.text.clone(),
            blocks,
        }
    }

    /// The findings that are told in full, and those that are named. What comes first is told beside
    /// the weightiest of the others, so that it hides none of them.
    fn told_and_named<'r>(
        &self,
        rules: Vec<Findings<'r>>,
    ) -> (Vec<Findings<'r>>, Vec<Findings<'r>>) {
        let comes_first = |findings: &Findings<'_>| self.first.contains(&findings[0].rule);
        let (mut first, mut others): (Vec<_>, Vec<_>) = rules.into_iter().partition(comes_first);
        let most = if self.tells_all { usize::MAX } else { REASONS };
        let rest = |rules: &mut Vec<Findings<'r>>| rules.split_off(rules.len().min(most));
        let named = [rest(&mut first), rest(&mut others)].concat();
        first.extend(others);
        (first, named)
    }

    /// One rule's findings: the weightiest in full, the segments of the rest by name.
    fn finding(&self, findings: &[&RuleResult]) -> [Block; 2] {
        let finding = findings[0];
        let mut told = vec![
            Inline::strong(format!(
                "{}{}. ",
                severity(finding.severity),
                self.where_it_is(finding)
            )),
            Inline::plain(finding.message.as_ref()),
        ];
        if let Some(fix) = &finding.fix {
            told.push(Inline::plain("\n"));
            told.push(Inline::strong("To change: "));
            told.push(Inline::plain(&fix.text));
        }
        let mut small = vec![Inline::code(finding.rule.as_str())];
        let folded = self.folded_behind(finding);
        if folded > 0 {
            small.push(Inline::plain(format!(
                " · stands for {} with the same cause",
                counted(folded, "weaker finding")
            )));
        }
        if let Some(segments) = also_in(&findings[1..]) {
            small.push(Inline::plain(format!(" · also in {segments}")));
        }
        small.extend(sources(finding));
        if let Some(note) = &finding.note {
            small.push(Inline::plain(format!(" · {note}")));
        }
        [Block::Paragraph(told), Block::Note(small)]
    }

    pub(super) fn where_it_is(&self, finding: &RuleResult) -> String {
        match &finding.segment {
            Some(segment) if self.segments.len() > 1 => format!(" for {segment}"),
            _ => String::new(),
        }
    }

    fn folded_behind(&self, finding: &RuleResult) -> usize {
        self.results
            .iter()
            .filter(|r| {
                r.segment == finding.segment && r.folded_into.as_ref() == Some(&finding.rule)
            })
            .count()
    }

    fn arithmetic(&self) -> String {
        let all = self.coverage.all;
        let coverage = format!(
            "Answered: {} of the {} that the rules here read ({}%).",
            all.have,
            counted(all.of, "field"),
            all.percent()
        );
        let coherence = self.coherence.map_or_else(
            || "No rule is decided yet.".to_owned(),
            |Coherence { rules, weighted }| {
                format!(
                    "Decided: {}, {} fit{} (by weight {} of {}: {}%).",
                    counted(rules.of, "rule"),
                    rules.have,
                    if rules.have == 1 { "s" } else { "" },
                    weighted.have,
                    weighted.of,
                    weighted.percent()
                )
            },
        );
        format!("{coverage} {coherence}")
    }

    /// The answered share of each part of the plan, where there is room for it.
    fn by_part(&self, surface: Surface<'_>) -> Option<Block> {
        let Surface::Terminal(_) = surface else {
            return None;
        };
        let parts = self.coverage.by.iter();
        let parts: Vec<_> = parts
            .map(|(part, share)| format!("{part} {}/{}", share.have, share.of))
            .collect();
        (!parts.is_empty()).then(|| {
            let words = format!("By part: {}.", parts.join(", "));
            Block::Note(vec![Inline::plain(words)])
        })
    }

    /// What would be asked after that, where there is room for it.
    fn later(&self, surface: Surface<'_>) -> Option<Block> {
        let Surface::Terminal(_) = surface else {
            return None;
        };
        let mut words = Vec::new();
        for next in self.next.iter().skip(1) {
            let lead = if words.is_empty() { "Then: " } else { " · " };
            let segment = next.segment.as_ref().filter(|_| self.segments.len() > 1);
            let whose = segment.map_or_else(String::new, |segment| format!(" for {segment}"));
            words.push(Inline::plain(format!("{lead}{} ", next.field.question)));
            words.push(Inline::code(format!("{}{whose}", next.field.name)));
        }
        (!words.is_empty()).then_some(Block::Note(words))
    }

    fn question(&self, surface: Surface<'_>) -> Option<Block> {
        let next = self.next.first()?;
        let segment = next.segment.as_ref().filter(|_| self.segments.len() > 1);
        let answer = match surface {
            Surface::Terminal(_) => surface.answer(next.field, next.segment.as_ref()),
            Surface::Conversation(_) => surface.answer(next.field, segment),
        };
        let whose = segment.map_or_else(String::new, |segment| format!(" for {segment}"));
        Some(Block::Paragraph(vec![
            Inline::plain(format!("Next{whose}: ")),
            Inline::strong(next.field.question),
            Inline::plain(" For example "),
            Inline::code(answer),
        ]))
    }
}

/// The findings of one rule.
type Findings<'r> = Vec<&'r RuleResult>;

/// The findings of one rule stand together, where the weightiest of them stood.
fn by_rule(open: Vec<&RuleResult>) -> Vec<Findings<'_>> {
    let mut rules: Vec<Vec<&RuleResult>> = Vec::new();
    for finding in open {
        match rules.iter_mut().find(|known| known[0].rule == finding.rule) {
            Some(known) => known.push(finding),
            None => rules.push(vec![finding]),
        }
    }
    rules
}

/// `smb, mid and 4 more`.
fn also_in(findings: &[&RuleResult]) -> Option<String> {
    let segments: Vec<_> = findings
        .iter()
        .filter_map(|finding| Some(finding.segment.as_ref()?.as_str()))
        .collect();
    let (shown, rest) = segments.split_at(segments.len().min(SEGMENTS));
    match (shown, rest.len()) {
        ([], _) => None,
        (shown, 0) => Some(shown.join(", ")),
        (shown, more) => Some(format!("{} and {more} more", shown.join(", "))),
    }
}

/// The rules that are not told in full.
fn others(rules: &[Vec<&RuleResult>], surface: Surface<'_>) -> Option<Block> {
    let first = rules.first()?[0].rule.as_str();
    let mut words = vec![Inline::plain(format!(
        "And {}: ",
        counted(rules.len(), "more rule")
    ))];
    for (n, findings) in rules.iter().take(NAMED).enumerate() {
        if n > 0 {
            words.push(Inline::plain(", "));
        }
        words.push(Inline::code(findings[0].rule.as_str()));
        if findings.len() > 1 {
            words.push(Inline::plain(format!(" in {} segments", findings.len())));
        }
    }
    if rules.len() > NAMED {
        words.push(Inline::plain(format!(" and {} more", rules.len() - NAMED)));
    }
    let which = if rules.len() == 1 { "it" } else { "one" };
    words.push(Inline::plain(format!(". Ask for {which} with ")));
    words.push(Inline::code(surface.one_rule(first)));
    if let Some(all) = surface.all().filter(|_| rules.len() > 1) {
        words.push(Inline::plain(", for all with "));
        words.push(Inline::code(all));
    }
    words.push(Inline::plain("."));
    Some(Block::Note(words))
}

/// What the rules ask for and nobody has answered, in one line: the first of it.
fn unanswered(rules: &[Vec<&RuleResult>]) -> Option<Block> {
    let mut labels: Vec<String> = Vec::new();
    for findings in rules {
        let fields = findings[0].missing.each();
        labels.extend(
            fields
                .map(Field::label)
                .find(|label| !labels.contains(label)),
        );
    }
    labels.truncate(FIRST);
    if labels.is_empty() {
        return None;
    }
    Some(Block::Paragraph(vec![
        Inline::strong("Worth answering soon: "),
        Inline::plain(format!("{}.", series(&labels, "and"))),
    ]))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    }
}

/// A source by its title, with a link where it stands in public.
pub fn cited(source: &SourceRef) -> Inline {
    let label = source.label();
    match &source.url {
        Some(url) => Inline::Link {
            label,
            url: url.clone(),
        },
        None => Inline::plain(label),
    }
}

fn sources(finding: &RuleResult) -> Vec<Inline> {
    let mut words = Vec::new();
    for (n, source) in finding.sources.iter().enumerate() {
        words.push(Inline::plain(if n == 0 { " · Source: " } else { ", " }));
        words.push(cited(source));
    }
    words.push(Inline::plain(format!(
        " · Confidence: {}",
        finding.confidence.as_str()
    )));
    words
}
