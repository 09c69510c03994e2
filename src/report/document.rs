//! The report as people read it: the verdict, at most three reasons with their sources, one question.

use super::{Coherence, Report, counted};
use crate::lint::{RuleResult, Severity};
use crate::render::{Block, Document, Inline};

/// How many findings are told in full; the rest is named.
const REASONS: usize = 3;

impl Report {
    /// The report as a document; `command` is the command's name with its slash.
    pub fn to_document(&self, command: &str) -> Document {
        let open = self.open_findings();
        let mut blocks = Vec::new();
        for finding in open.iter().take(REASONS) {
            blocks.extend(self.finding(finding));
        }
        blocks.extend(self.others(&open, command));
        blocks.push(Block::Note(vec![Inline::plain(self.arithmetic())]));
        blocks.extend(self.question(command));
        Document {
            headline: self.verdict.text.clone(),
            blocks,
        }
    }

    fn finding(&self, finding: &RuleResult) -> [Block; 2] {
        let mut told = vec![
            Inline::strong(format!("{}. ", severity(finding.severity))),
            Inline::plain(self.where_it_is(finding)),
            Inline::plain(&finding.message),
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
        small.extend(sources(finding));
        if let Some(note) = &finding.note {
            small.push(Inline::plain(format!(" · {note}")));
        }
        [Block::Paragraph(told), Block::Note(small)]
    }

    fn where_it_is(&self, finding: &RuleResult) -> String {
        match &finding.segment {
            Some(segment) if self.segments.len() > 1 => format!("In {}: ", segment.as_str()),
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

    fn others(&self, open: &[&RuleResult], command: &str) -> Option<Block> {
        let rest = open.get(REASONS..).filter(|rest| !rest.is_empty())?;
        let mut words = vec![Inline::plain(format!(
            "And {}: ",
            counted(rest.len(), "weaker or later finding")
        ))];
        let mut rules: Vec<(&str, usize)> = Vec::new();
        for finding in rest {
            let slug = finding.rule.as_str();
            match rules.iter_mut().find(|(known, _)| *known == slug) {
                Some((_, segments)) => *segments += 1,
                None => rules.push((slug, 1)),
            }
        }
        for (n, &(slug, segments)) in rules.iter().take(8).enumerate() {
            if n > 0 {
                words.push(Inline::plain(", "));
            }
            words.push(Inline::code(slug));
            if segments > 1 {
                words.push(Inline::plain(format!(" in {segments} segments")));
            }
        }
        if rules.len() > 8 {
            let more = counted(rules.len() - 8, "more rule");
            words.push(Inline::plain(format!(" and {more}")));
        }
        words.push(Inline::plain(". Ask for one with "));
        words.push(Inline::code(format!("{command} explain {}", rest[0].rule)));
        words.push(Inline::plain("."));
        Some(Block::Note(words))
    }

    fn arithmetic(&self) -> String {
        let all = self.coverage.all;
        let coverage = format!(
            "Answered: {} of the {} that the rules here read ({} %).",
            all.have,
            counted(all.of, "field"),
            all.percent()
        );
        let coherence = self.coherence.map_or_else(
            || "No rule is decided yet.".to_owned(),
            |Coherence { rules, weighted }| {
                format!(
                    "Fits: {} of the {} that could be decided (weighted {} of {}: {} %).",
                    rules.have,
                    counted(rules.of, "rule"),
                    weighted.have,
                    weighted.of,
                    weighted.percent()
                )
            },
        );
        format!("{coverage} {coherence}")
    }

    fn question(&self, command: &str) -> Option<Block> {
        let next = self.next.first()?;
        let segment = match &next.segment {
            Some(segment) if self.segments.len() > 1 => format!(" for {}", segment.as_str()),
            _ => String::new(),
        };
        let answer = format!(
            "{command} set {} {}{segment}",
            next.field.name,
            next.field.example()
        );
        Some(Block::Paragraph(vec![
            Inline::strong("Next: "),
            Inline::plain(format!("{} For example ", next.field.question)),
            Inline::code(answer),
        ]))
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    }
}

fn sources(finding: &RuleResult) -> Vec<Inline> {
    let mut words = Vec::new();
    for (n, source) in finding.sources.iter().enumerate() {
        words.push(Inline::plain(if n == 0 { " · Source: " } else { ", " }));
        let label = format!("{}#{}", source.id, source.section);
        words.push(match &source.url {
            Some(url) => Inline::Link {
                label,
                url: url.clone(),
            },
            None => Inline::plain(label),
        });
    }
    words.push(Inline::plain(format!(
        " · Confidence: {}",
        finding.confidence.as_str()
    )));
    words
}
