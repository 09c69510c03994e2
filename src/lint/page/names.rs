//! The names that a page's expressions may use: fields, derived values, its own parameters and
//! shorthands.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::lint::expr::{Domain, FieldSet, Meaning, Name, Names, Node, Type, Unit};
use crate::plan::{Field, Kind, Level, field, fields};

/// Values that are derived from fields, by name, with the fields that may decide them.
pub(crate) const DERIVED: [(&str, &[&str]); 6] = [
    (
        "deal_value",
        &[
            "pricing.acv",
            "pricing.price",
            "pricing.per",
            "pricing.seats",
        ],
    ),
    ("today", &[]),
    ("history.answers", &[]),
    ("history.one_person", &[]),
    ("history.kept_answers", &["icp.segment"]),
    ("history.label_before", &["icp.segment"]),
];

/// The names of one page.
#[derive(Debug, Default)]
pub(crate) struct PageNames {
    /// The parameters by short name: place and type.
    pub(crate) params: BTreeMap<String, (usize, Type)>,
    /// The shorthands so far.
    pub(crate) shorthands: BTreeMap<String, (Node, Type)>,
}

impl Names for PageNames {
    fn find(&self, name: &str) -> Option<Meaning> {
        if let Some(param) = name.strip_prefix("params.") {
            let param = self.params.get(param).cloned();
            return param.map(|(place, found)| Meaning::Param(place, found));
        }
        if let Some((node, found)) = self.shorthands.get(name) {
            return Some(Meaning::Shorthand(node.clone(), found.clone()));
        }
        if let Some((derived, _)) = DERIVED.iter().find(|(derived, _)| *derived == name) {
            return Some(Meaning::Derived(derived, derived_type(derived)));
        }
        let field = field(name)?;
        Some(Meaning::Field(named(field), field_type(field)))
    }

    fn all(&self) -> Vec<String> {
        let params = self.params.keys().map(|name| format!("params.{name}"));
        let derived = DERIVED.iter().map(|(name, _)| (*name).to_owned());
        let fields = fields().iter().map(|field| field.name.to_owned());
        let shorthands = self.shorthands.keys().cloned();
        params
            .chain(shorthands)
            .chain(derived)
            .chain(fields)
            .collect()
    }
}

fn derived_type(name: &str) -> Type {
    match name {
        "today" => Type::Date,
        "history.answers" | "history.kept_answers" => Type::Unit(Unit::Number),
        "history.one_person" => Type::Bool,
        "history.label_before" => {
            let label = field("icp.segment").expect("the catalogue names the segment's label");
            field_type(label)
        }
        _ => Type::Unit(Unit::MoneyPerYear),
    }
}

/// The type that a field's values have in expressions.
pub(crate) fn field_type(field: &'static Field) -> Type {
    let domain = || {
        let choices = field.choices.iter();
        Domain::new(choices.map(|choice| (choice.slug, choice.label.to_owned())))
    };
    match field.kind {
        Kind::Text => Type::Text,
        Kind::List => Type::List(Box::new(Type::Text)),
        Kind::Money => Type::Unit(Unit::Money),
        Kind::MoneyPerYear => Type::Unit(Unit::MoneyPerYear),
        Kind::Price => Type::Price,
        Kind::Percent => Type::Unit(Unit::Percent),
        Kind::Count => Type::Unit(Unit::Number),
        Kind::Days => Type::Unit(Unit::Days),
        Kind::Months => Type::Unit(Unit::Months),
        Kind::Date => Type::Date,
        Kind::CountRange => Type::Range(Unit::Number),
        Kind::MoneyRange => Type::Range(Unit::MoneyPerYear),
        Kind::Choice => Type::Choice(domain()),
        Kind::Set => Type::Set(domain()),
        Kind::Prices => Type::List(Box::new(Type::Price)),
        Kind::ChannelDates => Type::Dates(domain()),
        Kind::YesNo => Type::Bool,
    }
}

/// The units of parameters, as pages write them.
pub fn units() -> [&'static str; 6] {
    Unit::ALL.map(Unit::slug)
}

/// The unit that a parameter has which is compared with the field, where there is one.
pub fn unit_words(field: &'static Field) -> Option<&'static str> {
    match field_type(field) {
        Type::Unit(unit) | Type::Range(unit) => Some(unit.slug()),
        Type::Set(_) => Some(field.name),
        Type::Date | Type::Dates(_) => Some(Unit::Months.slug()),
        Type::Price => Some(Unit::MoneyPerYear.slug()),
        Type::List(item) if *item == Type::Price => Some(Unit::MoneyPerYear.slug()),
        Type::Bool | Type::Text | Type::Choice(_) | Type::List(_) => None,
    }
}

/// A condition of a rule that reads the field.
pub fn rule_example(field: &'static Field) -> String {
    let name = field.name;
    let slug = field.choices.first().map_or("", |choice| choice.slug);
    match field_type(field) {
        Type::Bool => format!("!{name}"),
        Type::Unit(_) => format!("{name} < params.least"),
        Type::Price => format!("per_year({name}) < params.least"),
        Type::Date => format!("months_since({name}) > params.most"),
        Type::Text => format!("words({name}) < 5"),
        Type::Choice(_) => format!("{name} == \"{slug}\""),
        Type::Set(_) => format!("\"{slug}\" in {name}"),
        Type::List(item) if *item == Type::Text => format!("size({name}) < 2"),
        Type::List(_) => format!("any({name}, one, per_year(one) < params.least)"),
        Type::Range(_) => format!("high({name}) < params.least"),
        Type::Dates(_) => format!("age({name}, \"{slug}\") < params.least"),
    }
}

/// The fields that expressions may read, in catalogue order.
pub(crate) fn names_in<'a>(nodes: impl Iterator<Item = &'a Node>) -> Vec<&'static str> {
    let mut found = FieldSet::default();
    for node in nodes {
        node.walk(&mut |node| match node {
            Node::Field(name) => found.insert(name.place),
            Node::Filled(names) | Node::Open(names) => {
                found.extend(names.iter().map(|name| name.place).collect());
            }
            Node::Derived(name) | Node::How(name) => {
                let deciding = DERIVED.iter().filter(|(known, _)| known == name);
                found.extend(set_of(
                    deciding.flat_map(|(_, fields)| fields.iter().copied()),
                ));
            }
            _ => {}
        });
    }
    in_order(found)
}

/// What an expression reads of a segment outside `any(segments, …)` and its like, where no segment
/// is meant.
pub(crate) fn read_of_no_segment(node: &Node) -> Option<&'static str> {
    let of_segment = |names: &[Name]| {
        let mut names = names.iter();
        let found = names.find(|name| name.level == Level::Segment);
        found.map(|name| name.text)
    };
    match node {
        Node::OverSegments(..) => None,
        Node::Field(name) => of_segment(&[*name]),
        Node::Filled(names) | Node::Open(names) => of_segment(names),
        Node::Derived(name) | Node::How(name) => {
            let mut derived = DERIVED.iter();
            derived
                .any(|(known, fields)| known == name && !fields.is_empty())
                .then_some(*name)
        }
        node => {
            let mut found = None;
            node.each_below(&mut |below| {
                found = found.or_else(|| read_of_no_segment(below));
            });
            found
        }
    }
}

/// Whether an expression asks which of the segments it is about: what an earlier one holds, or what
/// was there before.
pub(crate) fn asks_which_segment(node: &Node) -> bool {
    let mut found = false;
    node.walk(&mut |node| {
        found |= match node {
            Node::Twin(_) => true,
            Node::Derived(name) | Node::How(name) => name.starts_with("history."),
            _ => false,
        };
    });
    found
}

/// Whether an expression looks at other segments than the one that it is asked of.
pub(crate) fn looks_across(node: &Node) -> bool {
    let mut found = false;
    node.walk(&mut |node| found |= matches!(node, Node::OverSegments(..) | Node::Twin(_)));
    found
}

/// Whether expressions read that something is not answered.
pub(crate) fn reads_absence(nodes: &[Node]) -> bool {
    let mut found = false;
    for node in nodes {
        node.walk(&mut |node| found |= matches!(node, Node::Answered(_) | Node::Filled(_)));
    }
    found
}

/// Whether expressions read what only a history tells.
pub(crate) fn reads_history(nodes: &[Node]) -> bool {
    let mut found = false;
    for node in nodes {
        node.walk(&mut |node| {
            found |= matches!(node, Node::Derived(name) if name.starts_with("history."));
        });
    }
    found
}

/// The field's name with its place in the catalogue.
fn named(field: &'static Field) -> Name {
    Name {
        text: field.name,
        level: field.level,
        place: place(field.name),
    }
}

/// The place of a field that the catalogue has.
fn place(name: &str) -> usize {
    static PLACES: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
        let names = fields().iter().map(|field| field.name);
        names
            .enumerate()
            .map(|(place, name)| (name, place))
            .collect()
    });
    *PLACES.get(name).expect("the catalogue has the field")
}

/// The set of these fields of the catalogue.
pub(crate) fn set_of(names: impl IntoIterator<Item = &'static str>) -> FieldSet {
    names.into_iter().map(place).collect()
}

/// The names of the fields, in catalogue order.
pub(crate) fn in_order(fields_in_it: FieldSet) -> Vec<&'static str> {
    let catalogue = fields();
    let mut names = Vec::with_capacity(fields_in_it.len());
    names.extend(fields_in_it.places().map(|place| catalogue[place].name));
    names
}

#[test]
fn every_field_has_a_place_in_a_set() {
    assert!(fields().len() <= crate::lint::expr::MOST_FIELDS);
    for field in fields() {
        assert!(field.choices.len() <= crate::lint::expr::MOST_CHOICES);
    }
}

#[test]
fn what_is_shown_as_a_condition_compiles() {
    use crate::lint::expr::{check, parse};

    for field in fields() {
        let written = rule_example(field);
        let mut names = PageNames::default();
        let unit = unit_words(field);
        let unit = Unit::ALL
            .into_iter()
            .find(|known| Some(known.slug()) == unit);
        if let Some(unit) = unit {
            for name in ["least", "most"] {
                let of_unit = (0, Type::Unit(unit));
                names.params.insert(name.to_owned(), of_unit);
            }
        }
        let parsed = parse(&written).expect(&written);
        let checked = check(&parsed, &names, Some(&Type::Bool));
        assert!(checked.is_ok(), "{written}: {checked:?}");
    }
}
