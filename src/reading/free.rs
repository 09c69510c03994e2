//! Texts and lists, where the words around them leave no doubt: "label: words", "our buyer is …".

use super::Found;
use super::clean::Clean;
use super::leads::{lead, says_nothing};
use super::lexicon::{Role, Side};
use super::mood::Mood;
use super::places::is_place;
use super::sentence::{Element, Kind as ElementKind, Sentence};
use super::words::english;
use crate::plan::{self, Field, Kind, ParseContext};

/// A sentence, and what the readers of free words need beside it.
pub(super) struct Free<'a> {
    pub(super) clean: &'a Clean,
    pub(super) message: &'a str,
    pub(super) sentence: &'a Sentence<'a>,
    pub(super) moods: &'a [Mood],
    pub(super) context: ParseContext,
}

/// What an item of a list names.
enum Item {
    /// A place.
    Place,
    /// Somebody who decides.
    Buyer,
    /// What its list is of.
    Own,
}

impl Free<'_> {
    pub(super) fn elements(&self) -> &[Element<'_>] {
        &self.sentence.elements
    }

    /// Everything that free words say.
    pub(super) fn read(&self) -> Vec<Found> {
        let labelled = self.labelled();
        let mut found = Vec::new();
        // A label's words go on to the next one.
        let free = labelled
            .first()
            .map_or(self.elements().len(), |it| it.elements.start);
        for (index, clause) in self.sentence.clauses.iter().enumerate() {
            let clause = clause.start..clause.end.min(free);
            if clause.is_empty() {
                continue;
            }
            let idle = self.moods[index].is_idle();
            let read = self.led(clause);
            found.extend(read.into_iter().filter(|it| !idle || self.excludes(it)));
        }
        if labelled.is_empty() {
            found.extend(self.deciding_roles());
            found.extend(self.using_people());
            found.extend(self.handing_over());
            found.extend(self.left_out());
        }
        found.extend(labelled);
        found.extend(self.employees());
        found
    }

    /// Whether the words deny by themselves, and nothing else makes them idle: "we don't sell to
    /// agencies".
    fn excludes(&self, found: &Found) -> bool {
        let start = found.elements.start;
        let opens = self.elements()[..start].iter().all(Element::is_filler);
        let sure = !self.sentence.is_question
            && !self.elements().iter().any(|it| {
                it.text.split(' ').any(|word| {
                    matches!(
                        word,
                        "if" | "yet" | "unless" | "anymore" | "enough" | "only" | "just"
                    )
                })
            });
        found.field.name == "icp.exclusions" && opens && sure
    }

    /// `label: words` at the beginning of the sentence, and behind a comma in it.
    fn labelled(&self) -> Vec<Found> {
        let labels: Vec<(usize, usize, &'static Field)> = (0..self.elements().len())
            .filter(|&at| at == 0 || self.elements()[at - 1].is_sign(&[",", "/"]))
            .filter_map(|at| self.label(at))
            .collect();
        let found = labels
            .iter()
            .enumerate()
            .map(|(place, &(at, from, field))| {
                let next = labels.get(place + 1).map(|next| next.0 - 1);
                self.labelled_words(field, at, from..next.unwrap_or(self.elements().len()))
            });
        found.flatten().collect()
    }

    /// A label that begins there: where, where its words begin, and of which field it is.
    fn label(&self, at: usize) -> Option<(usize, usize, &'static Field)> {
        let elements = self.elements();
        let skip = usize::from(
            elements[at].is_one_of(&["our", "the", "their", "main", "icp", "economic", "-"]),
        );
        let label = elements.get(at + skip)?;
        elements
            .get(at + skip + 1)
            .filter(|it| it.is_sign(&[":", "="]))?;
        let field = label.roles().iter().find_map(|role| match role {
            Role::Name(field) if matches!(field.kind, Kind::Text | Kind::List) => Some(*field),
            _ => None,
        })?;
        (field.name != "plan.currency").then_some((at + skip, at + skip + 2, field))
    }

    fn labelled_words(
        &self,
        field: &'static Field,
        label: usize,
        words: std::ops::Range<usize>,
    ) -> Option<Found> {
        let ours = matches!(self.moods.first(), Some(Mood::Said))
            || field.name == "icp.exclusions"
            || field.name == "positioning.compared_to";
        let typed = self.typed(words.clone()).filter(|_| ours)?;
        if field.kind == Kind::Text && says_nothing(typed) {
            return None;
        }
        Some(Found {
            field,
            value: field.parse(typed, &self.context).ok()?,
            elements: label..words.end,
            holder: None,
        })
    }

    /// What stands behind phrases such as "our buyer is".
    fn led(&self, clause: std::ops::Range<usize>) -> Vec<Found> {
        let mut found = Vec::new();
        let text = &self.clean.text;
        let mut at = clause.start;
        while at < clause.end {
            let start = self.elements()[at].at.start;
            let begins = self.elements()[clause.start..at]
                .iter()
                .all(Element::is_filler);
            let words = &text[start..self.elements()[clause.end - 1].at.end];
            let opening = lead(words, start, begins)
                .and_then(|(opening, end)| Some((plan::field(opening.field)?, opening.short, end)));
            let Some((field, short, end)) = opening else {
                at += 1;
                continue;
            };
            let silent = |it: &Element<'_>| it.is_one_of(&["is", "are"]) || it.is_sign(&[":"]);
            let mut behind = self.elements().iter().enumerate();
            let from = behind.find(|(_, it)| it.at.start >= end && !silent(it));
            let from = from.map(|(from, _)| from);
            let Some(from) = from else { break };
            let (read, next) = if short {
                self.items(field, at, from)
            } else {
                (self.text(field, at, from), self.elements().len())
            };
            let done = !read.is_empty();
            found.extend(read);
            at = if done { next.max(at + 1) } else { at + 1 };
        }
        found
    }

    /// All words to the end of the sentence.
    fn text(&self, field: &'static Field, lead: usize, from: usize) -> Vec<Found> {
        let end = self.text_end(from);
        let words = self
            .typed(from..end)
            .filter(|words| words.split_whitespace().count() >= 2 && !says_nothing(words));
        let value = words.and_then(|words| field.parse(words, &self.context).ok());
        let found = value.map(|value| Found {
            field,
            value,
            elements: lead..end,
            holder: None,
        });
        found.into_iter().collect()
    }

    /// A list of a few words each.
    fn items(&self, field: &'static Field, lead: usize, from: usize) -> (Vec<Found>, usize) {
        let (items, end) = self.short_items(field, from);
        let is_industry = field.name == "icp.industry";
        let (mut kept, mut buyers, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let mut last = from;
        for (range, words) in items {
            let end = range.end;
            let group = match self.sort(field, &range, &words) {
                Some(Item::Place) => &mut places,
                Some(Item::Buyer) => &mut buyers,
                Some(Item::Own) => &mut kept,
                None => continue,
            };
            group.push(words);
            last = end;
        }
        let until = last.max(from + 1).min(self.elements().len());
        let mut found = Vec::new();
        let mut push = |name: &str, items: Vec<String>, until: usize| {
            if let Some(field) = plan::field(name).filter(|_| !items.is_empty())
                && let Ok(value) = self.list_value(field, &items)
            {
                found.push(Found {
                    field,
                    value,
                    elements: lead..until,
                    holder: None,
                });
            }
        };
        push(field.name, kept, until);
        push("icp.buyer", buyers, until);
        let mut last_place = until;
        if is_industry || field.name == "icp.buyer" {
            let (behind, end) = self.places(end);
            last_place = if behind.is_empty() {
                until
            } else {
                end.max(until)
            };
            places.extend(behind);
        }
        push("icp.geography", places, last_place);
        (found, end)
    }

    /// What an item names; `None` if it says nothing, or is for another reader.
    fn sort(&self, field: &Field, range: &std::ops::Range<usize>, words: &str) -> Option<Item> {
        let folded = words.to_lowercase();
        let is_industry = field.name == "icp.industry";
        let size = self.elements()[range.clone()]
            .iter()
            .any(|it| it.choice_of("icp.segment").is_some());
        let is_place = is_place(&folded);
        if english().nobody.contains(&folded) || (is_industry && size && range.len() == 1) {
            return None;
        }
        if !is_industry {
            return (field.name != "icp.geography" || is_place).then_some(Item::Own);
        }
        let is_role = folded
            .split([' ', '-'])
            .any(|word| english().roles.contains(word));
        match (is_place, is_role) {
            (true, _) => Some(Item::Place),
            (false, true) => Some(Item::Buyer),
            (false, false) => is_group(&folded).then_some(Item::Own),
        }
    }

    fn list_value(&self, field: &Field, items: &[String]) -> Result<plan::Value, plan::ValueError> {
        match field.kind {
            Kind::Text => field.parse(&items.join(", "), &self.context),
            _ => field.parse_items(items, &self.context),
        }
    }

    /// The items from an element on, each with its elements, and where they end.
    pub(super) fn short_items(
        &self,
        field: &Field,
        from: usize,
    ) -> (Vec<(std::ops::Range<usize>, String)>, usize) {
        let elements = self.elements();
        let mut items = Vec::new();
        let mut start = from;
        let mut at = from;
        let mut closed = false;
        while at <= elements.len() {
            let element = elements.get(at);
            let joint = element.is_some_and(|it| {
                it.is_sign(&[",", ";", "&", "+", "/"]) || matches!(it.text, "and" | "or" | "plus")
            });
            let hyphen = element.is_some_and(|it| it.is_sign(&["-", "'", "."]) && !it.spaced);
            let ends = element.is_none_or(|it| {
                let first = it.text.split(' ').next().unwrap_or_default();
                (it.kind == ElementKind::Sign && !hyphen)
                    || it.is_number()
                    || (english().ends.contains(first) && !(at == start && first == "with"))
                    || english().breaks.contains(first)
                    || (first == "of" && field.name == "icp.industry")
            });
            if joint || ends {
                if start < at {
                    items.extend(self.item(start..at));
                }
                if !joint || closed {
                    return (items, at);
                }
                let mut next = at + 1;
                while elements.get(next).is_some_and(|it| it.text == "and") {
                    next += 1;
                }
                if self.begins_other(next) {
                    return (items, at);
                }
                closed = element.is_some_and(|it| it.text == "and");
                (start, at) = (next, next);
                continue;
            }
            at += 1;
        }
        (items, at)
    }

    /// Whether something new begins behind a comma.
    fn begins_other(&self, at: usize) -> bool {
        let Some(element) = self.elements().get(at) else {
            return true;
        };
        let first = element.text.split(' ').next().unwrap_or_default();
        let named = element
            .roles()
            .iter()
            .any(|role| matches!(role, Role::Name(_) | Role::Cue(_, Side::Around)))
            && !element
                .roles()
                .iter()
                .any(|role| matches!(role, Role::Choice(..)));
        english().starters.contains(first) && first != "the" || named || element.is_number()
    }

    fn item(&self, range: std::ops::Range<usize>) -> Option<(std::ops::Range<usize>, String)> {
        let mut range = range;
        let leading = [
            "with",
            "to",
            "the",
            "a",
            "an",
            "our",
            "mostly",
            "mainly",
            "only",
            "other",
            "any",
            "all",
            "usually",
            "typically",
            "both",
            "some",
            "now",
            "just",
            "always",
            "probably",
            "like",
            "those",
            "these",
        ];
        while self
            .elements()
            .get(range.start)
            .is_some_and(|it| leading.contains(&it.text))
            && range.len() > 1
        {
            range.start += 1;
        }
        let words = self.typed(range.clone())?;
        (words.split_whitespace().count() <= 6).then(|| (range, words.to_owned()))
    }

    /// The words of some elements as they were typed.
    pub(super) fn typed(&self, range: std::ops::Range<usize>) -> Option<&str> {
        let elements = self.elements().get(range)?;
        let (first, last) = (elements.first()?, elements.last()?);
        let origin = self.clean.origin(first.at.start..last.at.end);
        let words = self
            .message
            .get(origin)?
            .trim()
            .trim_matches(['"', '*', '_', '\u{201C}', '\u{201D}']);
        (!words.is_empty()).then_some(words)
    }
}

/// Whether the words can name a group of companies: a plural, or a field of business.
fn is_group(folded: &str) -> bool {
    let last = folded.rsplit(' ').next().unwrap_or_default();
    english().industries.contains(last)
        || (last.ends_with('s') && !last.ends_with("ss") && last.len() > 3)
        || last == "smes"
}
