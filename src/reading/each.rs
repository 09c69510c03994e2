//! What a message tells of each of several segments: "close rate: smb 35%, enterprise 18%".
//!
//! For each segment the message is read once more without the words that are of the others. Where all of
//! these readings speak of the same fields, they hold, whatever field it is and whatever order its words
//! stand in.

use std::ops::Range;

use super::clean::Clean;
use super::message::{By, answer_of, asked_for, hear_clean};
use super::mood::Mood;
use super::segments::known;
use super::sentence::{Kind as ElementKind, Sentence};
use super::shares::{IDLE, Mention, Way, led};
use super::talk::Talk;
use super::{Context, Finding};
use crate::plan::{Field, Kind, Level, Segment, Value};

/// The segments that a message names, and the sentences in which it does.
pub(super) struct Named {
    pub(super) sentences: Range<usize>,
    mentions: Vec<Mention>,
    segments: Vec<Segment>,
}

impl Named {
    /// Whether a reading already says something of the same field for each of them.
    pub(super) fn is_told(&self, heard: &[(Mood, Finding)]) -> bool {
        let says = |segment: &Segment, field: &Field| {
            heard
                .iter()
                .any(|(_, it)| it.field.name == field.name && it.segment.as_ref() == Some(segment))
        };
        let main = |it: &Finding| it.segment.as_ref().is_some_and(Segment::is_main);
        !heard.iter().any(|(_, it)| main(it))
            && heard
                .iter()
                .any(|(_, it)| self.segments.iter().all(|segment| says(segment, it.field)))
    }
}

/// More mentions than these are no comparison of a few segments.
const MENTIONS: usize = 6;

/// A message of more letters is read once.
const LONGEST: usize = 800;

const WAYS: [Way; 6] = [
    Way {
        leads: true,
        headed: false,
        named: true,
    },
    Way {
        leads: true,
        headed: false,
        named: false,
    },
    Way {
        leads: true,
        headed: true,
        named: true,
    },
    Way {
        leads: true,
        headed: true,
        named: false,
    },
    Way {
        leads: false,
        headed: false,
        named: true,
    },
    Way {
        leads: false,
        headed: true,
        named: false,
    },
];

/// A message, and what else its readings depend on.
pub(super) struct Telling<'a> {
    pub(super) message: &'a str,
    pub(super) clean: &'a Clean,
    pub(super) sentences: &'a [Sentence<'a>],
    /// The moods of their clauses, sentence by sentence.
    pub(super) moods: &'a [Vec<Mood>],
    pub(super) context: &'a Context<'a>,
    pub(super) talk: &'a Talk,
}

impl Telling<'_> {
    /// The segments that are named, if there are several.
    pub(super) fn named(&self) -> Option<Named> {
        let mentions = self.mentions();
        let mut segments: Vec<Segment> = Vec::new();
        for mention in &mentions {
            if !segments.contains(&mention.segment) {
                segments.push(mention.segment.clone());
            }
        }
        let (first, last) = (mentions.first()?.sentence, mentions.last()?.sentence);
        let compares =
            segments.len() > 1 && mentions.len() <= MENTIONS && self.clean.text.len() <= LONGEST;
        compares.then_some(Named {
            sentences: first..last + 1,
            mentions,
            segments,
        })
    }

    /// What the message tells of each of its segments, if it tells them apart.
    pub(super) fn read(&self, named: &Named, by: By) -> Option<Vec<(Mood, Finding)>> {
        let trails = self.trails(&named.mentions);
        let ways = WAYS.iter().filter(|way| way.leads != trails);
        let ways = ways.chain(WAYS.iter().filter(|way| way.leads == trails));
        let ways = ways.filter(|way| !way.headed || named.sentences.start > 0);
        let ways: Vec<Way> = ways.copied().collect();
        let read = |by: By, ways: &[Way]| {
            let mut apart = Vec::new();
            for way in ways {
                if apart.contains(&way.leads) {
                    continue;
                }
                match self.read_in(*way, by, named) {
                    Outcome::Differs(all) => return Some(all),
                    Outcome::NothingInCommon => apart.push(way.leads),
                    Outcome::NotOfAll => {}
                }
            }
            None
        };
        let orderly = ways.iter().filter(|way| way.leads != trails).count();
        let hinted = || {
            if by == By::Hints {
                read(by, &ways[..orderly])
            } else {
                None
            }
        };
        let mut all = read(By::Patterns, &ways).or_else(hinted)?;
        let mut moods = self.moods[named.sentences.clone()].iter().flatten();
        // "Let's assume smb is plg and enterprise is field": neither is so by itself.
        if moods.all(|mood| *mood == Mood::Supposed) {
            for (mood, _) in &mut all {
                *mood = Mood::Supposed;
            }
        }
        Some(all)
    }

    /// What is said of the other segments where one was told a choice: "for SMB seo, for enterprise events".
    pub(super) fn more(&self, named: &Named, heard: &[(Mood, Finding)]) -> Vec<(Mood, Finding)> {
        let says = |segment: &Segment, field: &Field| {
            let mut of_field = heard.iter().filter(|(_, it)| it.field == field);
            of_field.any(|(_, it)| {
                it.segment
                    .as_ref()
                    .is_none_or(|it| it == segment || it.is_main())
            })
        };
        let chosen = heard.iter().find(|(mood, it)| {
            let of_one = |it: &Segment| named.segments.contains(it);
            *mood == Mood::Said
                && matches!(it.field.kind, Kind::Set | Kind::Choice)
                && it.segment.as_ref().is_some_and(of_one)
                && !named.segments.iter().all(|segment| says(segment, it.field))
        });
        let Some((_, chosen)) = chosen else {
            return Vec::new();
        };
        let left = named.segments.iter().filter(|it| !says(it, chosen.field));
        let left: Vec<&Segment> = left.collect();
        let trails = self.trails(&named.mentions);
        let mut ways = WAYS
            .iter()
            .filter(|way| way.leads != trails && !way.named && !way.headed);
        let more = ways.find_map(|way| {
            let values = left.iter().map(|segment| {
                self.value_of(*way, named, segment, (chosen.field, Some(&chosen.value)))
            });
            values.collect::<Option<Vec<Finding>>>()
        });
        more.into_iter()
            .flatten()
            .map(|it| (Mood::Said, it))
            .collect()
    }

    /// Whether nothing stands behind the last segment of a sentence: "4% for smb, 1% for enterprise".
    fn trails(&self, mentions: &[Mention]) -> bool {
        mentions.last().is_some_and(|last| {
            let elements = &self.sentences[last.sentence].elements;
            let behind = &elements[last.element + 1..];
            let one = mentions
                .first()
                .is_some_and(|first| first.sentence == last.sentence);
            one && behind.iter().all(|it| it.kind == ElementKind::Sign)
        })
    }

    fn mentions(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for (at, sentence) in self.sentences.iter().enumerate() {
            for (element, it) in sentence.elements.iter().enumerate() {
                if let Some(segment) = known(it, self.context.plan) {
                    mentions.push(Mention {
                        segment,
                        sentence: at,
                        element,
                    });
                }
            }
        }
        mentions
    }

    /// The readings of all segments in one way, if they speak of the same.
    fn read_in(&self, way: Way, by: By, named: &Named) -> Outcome {
        let (mentions, segments) = (&named.mentions, &named.segments);
        let mut readings: Vec<Vec<(Mood, Finding)>> = Vec::new();
        for segment in segments {
            let reading = self.read_of(way, by, (mentions, segment));
            // What names its segment is no value alone, so that nothing can be completed by it.
            if reading.is_empty() && way.named {
                return Outcome::NotOfAll;
            }
            readings.push(reading);
        }
        let first = readings.iter().find(|it| !it.is_empty());
        let mut all: Vec<(Mood, Finding)> = Vec::new();
        for (_, first) in first.into_iter().flatten() {
            let of_field = readings.iter().filter_map(|reading| {
                let mut of_field = reading.iter();
                of_field.find(|(_, it)| it.field.name == first.field.name)
            });
            let of_field: Vec<_> = of_field.cloned().collect();
            if of_field.len() == readings.len() && differ(&of_field) {
                all.extend(of_field);
            }
        }
        if all.is_empty() && !way.named {
            all = self.completed(way, named, &readings).unwrap_or_default();
        }
        match all.is_empty() {
            false => Outcome::Differs(all),
            true if way.named => Outcome::NothingInCommon,
            true => Outcome::NotOfAll,
        }
    }

    /// Readings of which one names the field, and the others say their value alone.
    fn completed(
        &self,
        way: Way,
        named: &Named,
        readings: &[Vec<(Mood, Finding)>],
    ) -> Option<Vec<(Mood, Finding)>> {
        let said = readings.iter().flatten().next();
        let field = match said {
            Some((_, it)) => it.field,
            None => self.head(way, named)?,
        };
        if field.level != Level::Segment || field.name == "icp.segment" {
            return None;
        }
        let mut all = Vec::new();
        for (segment, reading) in named.segments.iter().zip(readings) {
            let own = reading.iter().find(|(_, it)| it.field.name == field.name);
            let it = match own {
                Some(own) => own.clone(),
                None => (
                    Mood::Said,
                    self.value_of(way, named, segment, (field, said.map(|(_, it)| &it.value)))?,
                ),
            };
            all.push(it);
        }
        differ(&all).then_some(all)
    }

    /// The field that the words before the first segment name.
    fn head(&self, way: Way, named: &Named) -> Option<&'static Field> {
        let first = named.mentions.first()?;
        let elements = &self.sentences[first.sentence].elements;
        let start = led(elements, first.element);
        let span = self.span(first.sentence);
        let head = span.start..elements.get(start).map_or(span.end, |it| it.at.start);
        let mut view = Clean::default();
        if way.headed {
            view.take(self.clean, self.span(first.sentence - 1));
        } else {
            view.take(self.clean, head);
        }
        asked_for(self.message, &view, self.context)
    }

    /// The value of a field that the words of one segment are.
    fn value_of(
        &self,
        way: Way,
        named: &Named,
        segment: &Segment,
        (field, other): (&'static Field, Option<&Value>),
    ) -> Option<Finding> {
        let parts = self.parts(
            Way {
                headed: false,
                ..way
            },
            &named.mentions,
            segment,
        );
        let part = parts
            .into_iter()
            .rev()
            .find(|part| !self.clean.text[part.clone()].trim_matches(IDLE).is_empty())?;
        let part = self.said(part);
        let worded = matches!(field.kind, Kind::Text | Kind::List);
        let first = self.clean.text[part.clone()]
            .split([' ', ','])
            .next()
            .unwrap_or_default();
        if worded && OTHERWISE.contains(&first) {
            return None;
        }
        let mut view = Clean::default();
        view.take(self.clean, part);
        let mut finding = answer_of(self.message, &view, self.context, (field, other))?;
        self.place(&mut finding, segment);
        Some(finding)
    }

    fn place(&self, it: &mut Finding, segment: &Segment) {
        it.segment = Some(segment.clone());
        let replaced = self.context.replaced(it.field, Some(segment));
        it.replaces = replaced.filter(|old| *old != it.value);
    }

    /// What is said of one segment.
    fn read_of(
        &self,
        way: Way,
        by: By,
        (mentions, segment): (&[Mention], &Segment),
    ) -> Vec<(Mood, Finding)> {
        let parts = self.parts(way, mentions, segment);
        let mut view = Clean::default();
        for part in parts {
            view.take(self.clean, part);
        }
        let heard = hear_clean(self.message, &view, self.context, self.talk, by);
        let mut findings = heard.findings;
        findings.retain(|(mood, it)| {
            let states = matches!(mood, Mood::Said | Mood::Supposed);
            states && it.field.level == Level::Segment && it.field.name != "icp.segment"
        });
        for (_, it) in &mut findings {
            self.place(it, segment);
        }
        findings
    }
}

/// What a message tells of segments in one way to read it.
enum Outcome {
    /// Values of one field, not the same of all.
    Differs(Vec<(Mood, Finding)>),
    /// Something of each, and no field of all, or the same.
    NothingInCommon,
    /// Nothing of some.
    NotOfAll,
}

/// Whether not all segments are told the same.
fn differ(all: &[(Mood, Finding)]) -> bool {
    let mut values = all.iter().map(|(_, it)| &it.value);
    let first = values.next();
    values.any(|it| Some(it) != first)
}

/// Words with which something else is said, and no value of the field before.
const OTHERWISE: &[&str] = &[
    "we", "they", "i", "there", "that's", "this", "but", "don't", "do", "not", "no",
];

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn a_second_segment_may_say_its_choice_alone() {
        check(
            "for SMB \u{2192} seo + content, for enterprise \u{2192} events",
            &[
                "marketing.channels @smb: content, SEO",
                "marketing.channels @enterprise: events",
            ],
        );
    }

    #[test]
    fn the_words_before_the_first_segment_are_of_all() {
        check(
            "Current NRR - smb 88%, enterprise 117%",
            &["metrics.nrr @smb: 88%", "metrics.nrr @enterprise: 117%"],
        );
        check(
            "GM by segment:\n- smb 87%\n- enterprise 69%",
            &[
                "economics.gross_margin @smb: 87%",
                "economics.gross_margin @enterprise: 69%",
            ],
        );
    }

    #[test]
    fn a_segment_that_only_says_its_value_is_of_the_same_field() {
        check(
            "in smb our sales process is demo, quote, signature. enterprise: intro, pilot, legal, signature",
            &[
                "sales.process @smb: demo; quote; signature",
                "sales.process @enterprise: intro; pilot; legal; signature",
            ],
        );
        check(
            "smb is sold with 2 meetings per deal, enterprise with 9",
            &["sales.meetings @smb: 2", "sales.meetings @enterprise: 9"],
        );
    }

    #[test]
    fn nothing_is_told_of_the_segment_behind_it() {
        for swapped in [
            "payback 7 smb, 16 ent (months)",
            "75k acv enterprise, 6.5k smb",
        ] {
            let read = crate::reading::testing::read(swapped);
            let mut wrong = read.proposals.iter().map(crate::reading::testing::value);
            let of_other = |it: &String| it.contains("@smb: 16") || it.contains("@smb: $75");
            assert!(!wrong.any(|it| of_other(&it)), "{:?}", read.proposals);
        }
    }

    #[test]
    fn what_is_the_same_for_all_or_of_another_matter_is_not_told_apart() {
        check("smb and enterprise both like us", &[]);
        check(
            "smb churn is 4% a month. enterprise is hard to sell to",
            &["metrics.churn @smb: 4% a month"],
        );
    }
}
