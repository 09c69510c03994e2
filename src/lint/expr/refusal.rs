//! How the checker words what it refuses: what was understood, and what would be right.

use super::Mistake;
use super::conversion::conversion;
use super::functions::Function;
use super::guide::meant_function;
use super::lexer::Span;
use super::node::Quantifier;
use super::syntax::{Binary, Expr, ExprKind};
use super::types::{Domain, Type};
use super::units::Unit;
use crate::plan::{Field, fields};
use crate::text;

/// How many names of one component a refusal lists.
const MOST_LISTED: usize = 40;

/// A word that is none of the choices: the one that was probably meant, else all of them.
pub(super) fn not_a_choice(words: &str, span: &Span, domain: &Domain) -> Mistake {
    let near = text::nearest(words, domain.slugs());
    let hint = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it takes {}", joined(domain.slugs())),
    };
    Mistake::new(span.clone(), format!("no choice `{words}`; {hint}"))
}

/// A function that there is not.
pub(super) fn no_function(name: &str, span: &Span) -> Mistake {
    let near = text::nearest(name, Function::names());
    let hint = match (meant_function(name), near.first()) {
        (Some(meant), _) => meant.to_owned(),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) if name == "not" => "write `!`".to_owned(),
        (None, None) => "`gtm-advisor rules functions` lists them".to_owned(),
    };
    Mistake::new(span.clone(), format!("no function `{name}`; {hint}"))
}

/// A name that nothing has, with what was probably meant.
pub(super) fn no_name(name: &str, span: &Span, known: &[&str]) -> Mistake {
    let hint = if is_choice(name) {
        format!("a choice stands in double quotes: \"{name}\"")
    } else if ["null", "nil", "None", "undefined"].contains(&name) {
        "whether a field is answered says `answered(…)`, such as `!answered(icp.pain)`".to_owned()
    } else if name == "segments" {
        "the plan's segments stand in `any(segments, condition)`, `all`, `count` and `sum` alone; \
         how many there are is `count(segments, true)`"
            .to_owned()
    } else {
        meant(name, known)
    };
    Mistake::new(span.clone(), format!("no name `{name}`; {hint}"))
}

fn is_choice(name: &str) -> bool {
    fields().iter().any(|field| field.choice(name).is_some())
}

/// The name that is near in spelling, else the one of its component that has a word in common,
/// else all that the component has.
fn meant(name: &str, known: &[&str]) -> String {
    if let Some(near) = text::nearest(name, known.iter().copied()).first() {
        return format!("did you mean `{near}`?");
    }
    let Some((component, last)) = name.split_once('.') else {
        let ends_so = |known: &&&str| known.rsplit('.').next() == Some(name);
        return match known.iter().find(ends_so) {
            Some(full) => format!("did you mean `{full}`?"),
            None => "`gtm-advisor fields` lists the names".to_owned(),
        };
    };
    let of_it = || {
        let of_it = known.iter().filter_map(|known| known.split_once('.'));
        of_it.filter_map(|(other, last)| (other == component).then_some(last))
    };
    let shares = |other: &&str| {
        other
            .split('_')
            .any(|word| last.split('_').any(|it| it == word))
    };
    match (of_it().find(shares), of_it().next()) {
        (Some(near), _) => format!("did you mean `{component}.{near}`?"),
        (None, Some(_)) => format!("{component} has {}", joined(of_it().take(MOST_LISTED))),
        (None, None) if component == "params" => {
            format!("it needs a table `[params.{last}]` with unit, default and why")
        }
        (None, None) => {
            let mut components: Vec<_> = fields().iter().map(Field::component).collect();
            components.dedup();
            format!("the plan's parts are {}", joined(components.into_iter()))
        }
    }
}

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// A type that is not the wanted one.
pub(super) fn mismatch(span: &Span, wanted: &Type, found: &Type) -> Mistake {
    let problem = format!("expected {}, this is {}", wanted.words(), found.words());
    Mistake::new(span.clone(), problem)
}

/// Two sides that do not go together, each with its type.
pub(super) struct Sides<'a> {
    pub(super) operator: Binary,
    pub(super) left: (&'a Expr, &'a Type),
    pub(super) right: (&'a Expr, &'a Type),
}

impl Sides<'_> {
    /// Two types that cannot be compared, with what was probably meant.
    pub(super) fn incomparable(&self) -> Mistake {
        self.refused("the left is {one}, the right is {two}: they cannot be compared")
    }

    /// Two sides that this operator takes not.
    pub(super) fn unfit(&self) -> Mistake {
        let sign = self.operator.sign();
        let problem = format!("`{sign}` does not go: the left is {{one}}, the right is {{two}}");
        self.refused(&problem)
    }

    fn refused(&self, problem: &str) -> Mistake {
        let (left, right) = (self.left, self.right);
        let problem = problem
            .replace("{one}", left.1.words())
            .replace("{two}", right.1.words());
        let hint = instead(left, right).or_else(|| instead(right, left));
        let hint = hint.or_else(|| conversion(self));
        let hint = hint.map_or_else(String::new, |hint| format!("; {hint}"));
        let span = left.0.span.start..right.0.span.end;
        Mistake::new(span, format!("{problem}{hint}"))
    }
}

/// What to write in place of `literal` beside `other`.
fn instead((literal, of): (&Expr, &Type), (other, wanted): (&Expr, &Type)) -> Option<String> {
    let name = match &other.kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    };
    match (wanted, &literal.kind) {
        (Type::Unit(Unit::Months), ExprKind::Number(_)) if is_one_by_another(other) => {
            Some("money by money a year is a time: a year of it is `months(12)`".to_owned())
        }
        (Type::Unit(unit), ExprKind::Number(digits)) if *of == Type::Unit(Unit::Number) => {
            quantity(*unit, Some(digits))
        }
        (Type::Unit(Unit::Number), ExprKind::Text(_)) => {
            Some("a number stands without quotes".to_owned())
        }
        (Type::Unit(unit), ExprKind::Text(_)) => quantity(*unit, None),
        (Type::Set(_) | Type::List(_), ExprKind::Text(words)) => {
            name.map(|name| format!("write `\"{words}\" in {name}`"))
        }
        (Type::Choice(_), ExprKind::Text(words)) => {
            name.map(|name| format!("write `{name} == \"{words}\"` or `{name} in [\"{words}\"]`"))
        }
        (Type::Bool, ExprKind::Text(_)) => name.map(|name| format!("write `{name}` or `!{name}`")),
        (Type::Date, ExprKind::Text(_)) => {
            name.map(|name| format!("ask for its age: `months_since({name})`"))
        }
        _ => None,
    }
}

/// Whether a quantity is divided by something that is no written number.
fn is_one_by_another(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Binary(Binary::Over, _, by) => !matches!(by.kind, ExprKind::Number(_)),
        _ => false,
    }
}

/// How a bare number becomes a quantity of `unit`.
fn quantity(unit: Unit, digits: Option<&str>) -> Option<String> {
    let function = unit.function()?;
    let digits = digits.map_or_else(|| unit.example().to_owned(), |digits| in_unit(unit, digits));
    let unit = unit.slug();
    Some(format!(
        "make it a parameter with `unit = \"{unit}\"`, or write `{function}({digits})`"
    ))
}

/// `0.25` of a percentage is 25.
fn in_unit(unit: Unit, digits: &str) -> String {
    let hundredths = digits.strip_prefix("0.").filter(|it| it.len() <= 2);
    match hundredths.and_then(|it| format!("{it:0<2}").parse::<u8>().ok()) {
        Some(percent) if unit == Unit::Percent => percent.to_string(),
        _ => digits.to_owned(),
    }
}

/// An operator that the type has not, with those that it has.
pub(super) fn without_operator(expr: &Expr, sign: &str, found: &Type, span: Span) -> Mistake {
    let name = match &expr.kind {
        ExprKind::Name(name) => name,
        _ => "it",
    };
    let hint = match found {
        Type::Choice(domain) => {
            let two: Vec<_> = domain
                .slugs()
                .take(2)
                .map(|it| format!("\"{it}\""))
                .collect();
            format!("; write `{name} in [{}]`", two.join(", "))
        }
        Type::Set(_) | Type::List(_) => format!("; write `size({name}) {sign} 2`"),
        _ => String::new(),
    };
    let words = found.words();
    Mistake::new(span, format!("`{sign}` does not go with {words}{hint}"))
}

/// `any`, `all`, `count` or `sum` with something else than what they take.
pub(super) fn one_of_many(quantifier: Quantifier, whole: &Span) -> Mistake {
    let problem = match quantifier {
        Quantifier::Any => "write `any(set, item, condition)` or `any(segments, condition)`",
        Quantifier::All => "write `all(set, item, condition)` or `all(segments, condition)`",
        Quantifier::Count => {
            "write `count(set, item, condition)` or `count(segments, condition)`; how many items a \
             set has is `size(set)`"
        }
        Quantifier::Sum => "write `sum(segments, quantity)`",
    };
    Mistake::new(whole.clone(), problem)
}

/// `any(segments, s, s.sales.motion == "plg")`: a segment needs no name of its own.
pub(super) fn no_name_for_a_segment(item: &Expr, whole: &Span) -> Mistake {
    let problem = format!(
        "a segment needs no name: leave `{item}` out, and write its fields as they are, such as \
         `any(segments, sales.motion == \"plg\")`"
    );
    Mistake::new(whole.clone(), problem)
}
