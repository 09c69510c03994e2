//! Names, types, units and choices, checked once at load; what passes is a [`Node`].

use super::Mistake;
use super::functions::Function;
use super::lexer::Span;
use super::literal::{is_literal, known_at_load, number, text};
use super::node::{Meaning, Names, Node, Quantifier};
use super::parts::Parts;
use super::refusal::{
    Sides, mismatch, no_function, no_name, no_name_for_a_segment, one_of_many, without_operator,
};
use super::syntax::{Binary, Expr, ExprKind, Unary};
use super::types::Type;
use super::units::{Unit, combine};
use super::value::V;

/// Checks `expr`; `wanted` types literals that have no type of their own, and what is found must be
/// of that type.
pub(crate) fn check(
    expr: &Expr,
    names: &dyn Names,
    wanted: Option<&Type>,
) -> Result<(Node, Type), Mistake> {
    let mut checker = Checker {
        names,
        items: Vec::new(),
        parts: Parts::default(),
    };
    let (node, found) = checker.check(expr, wanted)?;
    match wanted {
        Some(wanted) if *wanted != found => Err(mismatch(&expr.span, wanted, &found)),
        _ => Ok((node, found)),
    }
}

struct Checker<'a> {
    names: &'a dyn Names,
    items: Vec<(String, Type)>,
    /// How many parts the shorthands so far have, each counted where it is used.
    parts: Parts,
}

type Typed = (Node, Type);
type Checked = Result<Typed, Mistake>;

impl Checker<'_> {
    fn check(&mut self, expr: &Expr, hint: Option<&Type>) -> Checked {
        match &expr.kind {
            ExprKind::Number(digits) => number(digits, &expr.span),
            ExprKind::Text(words) => text(words, &expr.span, hint),
            ExprKind::Bool(truth) => Ok((Node::Constant(V::Bool(*truth)), Type::Bool)),
            ExprKind::Name(name) => self.name(name, &expr.span),
            ExprKind::List(items) => self.list(items, &expr.span, hint),
            ExprKind::Unary(sign, inner) => self.unary(*sign, inner),
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right),
            ExprKind::If(condition, yes, no) => self.choose(condition, yes, no),
            ExprKind::Call(name, place, arguments) => self.call(name, place, arguments, &expr.span),
        }
    }

    fn bool(&mut self, expr: &Expr) -> Result<Node, Mistake> {
        let (node, found) = self.check(expr, Some(&Type::Bool))?;
        if found == Type::Bool {
            return Ok(node);
        }
        Err(mismatch(&expr.span, &Type::Bool, &found))
    }

    fn name(&mut self, name: &str, span: &Span) -> Checked {
        let bound = self.items.iter().rev().position(|(item, _)| item == name);
        if let Some(up) = bound {
            let (_, found) = &self.items[self.items.len() - 1 - up];
            return Ok((Node::Item(up), found.clone()));
        }
        match self.names.find(name) {
            Some(Meaning::Field(name, found)) => Ok((Node::Field(name), found)),
            Some(Meaning::Derived(name, found)) => Ok((Node::Derived(name), found)),
            Some(Meaning::Param(place, found)) => Ok((Node::Param(place), found)),
            Some(Meaning::Shorthand(node, found)) => {
                self.parts.take(&node, span)?;
                Ok((node, found))
            }
            None => Err(self.unknown_name(name, span)),
        }
    }

    fn unknown_name(&self, name: &str, span: &Span) -> Mistake {
        let all = self.names.all();
        let bound = self.items.iter().map(|(item, _)| item.as_str());
        let known: Vec<_> = all.iter().map(String::as_str).chain(bound).collect();
        no_name(name, span, &known)
    }

    fn list(&mut self, items: &[Expr], span: &Span, hint: Option<&Type>) -> Checked {
        let mut nodes = Vec::new();
        let mut item_type = hint.and_then(Type::item);
        for item in items {
            let (node, found) = self.check(item, item_type.as_ref())?;
            match &item_type {
                Some(wanted) if *wanted != found => {
                    return Err(mismatch(&item.span, wanted, &found));
                }
                _ => item_type = Some(found),
            }
            let Node::Constant(value) = node else {
                let problem = "a list holds literals only";
                return Err(Mistake::new(item.span.clone(), problem));
            };
            nodes.push(value);
        }
        if let Some(Type::Set(domain)) = hint {
            let places = nodes.into_iter().filter_map(|value| match value {
                V::Choice(place) => Some(place),
                _ => None,
            });
            let set = V::Set(places.collect());
            return Ok((Node::Constant(set), Type::Set(domain.clone())));
        }
        let item_type = item_type
            .ok_or_else(|| Mistake::new(span.clone(), "an empty list has no type here"))?;
        let found = Type::List(Box::new(item_type));
        Ok((Node::Constant(V::List(nodes.into())), found))
    }

    fn unary(&mut self, sign: Unary, inner: &Expr) -> Checked {
        if sign == Unary::Not {
            return Ok((Node::Not(Box::new(self.bool(inner)?)), Type::Bool));
        }
        let (node, found) = self.check(inner, None)?;
        match found {
            Type::Unit(_) => Ok((Node::Negated(Box::new(node)), found)),
            other => {
                let problem = format!("`-` takes a quantity, this is {}", other.words());
                Err(Mistake::new(inner.span.clone(), problem))
            }
        }
    }

    fn binary(&mut self, operator: Binary, left: &Expr, right: &Expr) -> Checked {
        match operator {
            Binary::And | Binary::Or => {
                let (left, right) = (self.bool(left)?, self.bool(right)?);
                Ok((Node::join(operator, left, right), Type::Bool))
            }
            Binary::In => self.contains(left, right),
            Binary::Plus | Binary::Minus | Binary::Times | Binary::Over => {
                self.arithmetic(operator, left, right)
            }
            _ => self.comparison(operator, left, right),
        }
    }

    fn arithmetic(&mut self, operator: Binary, left: &Expr, right: &Expr) -> Checked {
        let (left_node, left_type) = self.check(left, None)?;
        let (right_node, right_type) = self.check(right, None)?;
        let found = match (operator, &left_type, &right_type) {
            (_, Type::Unit(one), Type::Unit(two)) => {
                combine(operator, *one, *two).map(|(unit, _)| Type::Unit(unit))
            }
            (Binary::Minus, Type::Date, Type::Date) => Some(Type::Unit(Unit::Days)),
            _ => None,
        };
        let Some(found) = found else {
            let sides = Sides {
                operator,
                left: (left, &left_type),
                right: (right, &right_type),
            };
            return Err(sides.unfit());
        };
        let node = Node::Binary(operator, Box::new(left_node), Box::new(right_node));
        Ok((node, found))
    }

    fn comparison(&mut self, operator: Binary, left: &Expr, right: &Expr) -> Checked {
        let ((left_node, left_type), (right_node, right_type)) = self.pair(left, right)?;
        if left_type != right_type {
            let sides = Sides {
                operator,
                left: (left, &left_type),
                right: (right, &right_type),
            };
            return Err(sides.incomparable());
        }
        let ordering = !matches!(operator, Binary::Equal | Binary::Unequal);
        let allowed = if ordering {
            left_type.is_ordered()
        } else {
            left_type.is_comparable()
        };
        if !allowed {
            let span = left.span.start..right.span.end;
            return Err(without_operator(left, operator.sign(), &left_type, span));
        }
        let node = Node::Binary(operator, Box::new(left_node), Box::new(right_node));
        Ok((node, Type::Bool))
    }

    fn contains(&mut self, left: &Expr, right: &Expr) -> Checked {
        let ((left_node, left_type), (right_node, right_type)) = if is_literal(right) {
            let left = self.check(left, None)?;
            let hint = match &left.1 {
                Type::Choice(domain) | Type::Set(domain) => Type::Set(domain.clone()),
                list @ Type::List(_) => list.clone(),
                other => Type::List(Box::new(other.clone())),
            };
            (left, self.check(right, Some(&hint))?)
        } else {
            let right = self.check(right, None)?;
            (self.check(left, right.1.item().as_ref())?, right)
        };
        if right_type.item().as_ref() != Some(&left_type) {
            let sides = Sides {
                operator: Binary::In,
                left: (left, &left_type),
                right: (right, &right_type),
            };
            return Err(sides.unfit());
        }
        let node = Node::Binary(Binary::In, Box::new(left_node), Box::new(right_node));
        Ok((node, Type::Bool))
    }

    /// Checks two sides of which either may give the other its type.
    fn pair(&mut self, left: &Expr, right: &Expr) -> Result<(Typed, Typed), Mistake> {
        if is_literal(left) && !is_literal(right) {
            let right = self.check(right, None)?;
            return Ok((self.check(left, Some(&right.1))?, right));
        }
        let left = self.check(left, None)?;
        let right = self.check(right, Some(&left.1))?;
        Ok((left, right))
    }

    fn choose(&mut self, condition: &Expr, yes: &Expr, no: &Expr) -> Checked {
        let condition = self.bool(condition)?;
        let ((yes_node, yes_type), (no_node, no_type)) = self.pair(yes, no)?;
        if yes_type != no_type {
            return Err(mismatch(&no.span, &yes_type, &no_type));
        }
        Ok((Node::choice(condition, yes_node, no_node), yes_type))
    }

    fn call(&mut self, name: &str, place: &Span, arguments: &[Expr], whole: &Span) -> Checked {
        match (name, arguments) {
            ("answered" | "has", [field]) => self.answered(field),
            ("how", [derived]) => match self.check(derived, None)? {
                (Node::Derived(name), _) => Ok((Node::How(name), Type::Text)),
                _ => Err(Mistake::new(
                    derived.span.clone(),
                    "`how` takes the name of a derived value",
                )),
            },
            ("first_known", [first, second]) => self.first_known(first, second),
            ("filled", [component]) => self.filled(component),
            ("open", [_, ..]) => self.open(arguments),
            ("twin", [_, ..]) => {
                let parts = arguments.iter().map(|part| Ok(self.check(part, None)?.0));
                let parts = parts.collect::<Result<_, Mistake>>()?;
                Ok((Node::Twin(parts), Type::Text))
            }
            ("any", _) => self.over(Quantifier::Any, arguments, whole),
            ("all", _) => self.over(Quantifier::All, arguments, whole),
            ("count", _) => self.over(Quantifier::Count, arguments, whole),
            ("sum", _) => self.over(Quantifier::Sum, arguments, whole),
            _ => self.function(name, place, arguments, whole),
        }
    }

    fn answered(&mut self, field: &Expr) -> Checked {
        if let ExprKind::Text(name) = &field.kind {
            let problem = format!("a field stands without quotes: `answered({name})`");
            return Err(Mistake::new(field.span.clone(), problem));
        }
        match self.check(field, None)? {
            (node @ (Node::Field(_) | Node::Derived(_)), _) => {
                Ok((Node::Answered(Box::new(node)), Type::Bool))
            }
            _ => Err(Mistake::new(
                field.span.clone(),
                "`answered` takes the name of a field",
            )),
        }
    }

    /// `filled("icp")`: all fields of a component.
    fn filled(&mut self, component: &Expr) -> Checked {
        let ExprKind::Text(name) = &component.kind else {
            let problem = "`filled` takes a component of the plan, such as \"icp\"";
            return Err(Mistake::new(component.span.clone(), problem));
        };
        let known = self.names.all();
        let of_it = known.iter().filter(|field| {
            let part = field.split_once('.').map(|(component, _)| component);
            part == Some(name.as_str())
        });
        let fields: Vec<_> = of_it
            .filter_map(|field| match self.names.find(field) {
                Some(Meaning::Field(field, _)) => Some(field),
                _ => None,
            })
            .collect();
        if fields.is_empty() {
            let problem = format!("no component `{name}` in the plan");
            return Err(Mistake::new(component.span.clone(), problem));
        }
        Ok((Node::Filled(fields), Type::Unit(Unit::Number)))
    }

    fn open(&mut self, given: &[Expr]) -> Checked {
        let fields = given.iter().map(|given| match self.check(given, None)? {
            (Node::Field(name), _) => Ok(name),
            _ => Err(Mistake::new(
                given.span.clone(),
                "`open` takes names of fields",
            )),
        });
        let fields = fields.collect::<Result<_, Mistake>>()?;
        Ok((Node::Open(fields), Type::Text))
    }

    fn first_known(&mut self, first: &Expr, second: &Expr) -> Checked {
        let ((one, one_type), (two, two_type)) = self.pair(first, second)?;
        if one_type != two_type {
            return Err(mismatch(&second.span, &one_type, &two_type));
        }
        Ok((Node::FirstKnown(Box::new(one), Box::new(two)), one_type))
    }

    fn function(&mut self, name: &str, place: &Span, given: &[Expr], whole: &Span) -> Checked {
        let Some(function) = Function::named(name) else {
            return Err(no_function(name, place));
        };
        let (mut nodes, mut types) = (Vec::new(), Vec::new());
        for argument in given {
            let hint = types.first().map(Function::hint);
            let (node, found) = self.check(argument, hint.as_ref())?;
            nodes.push(node);
            types.push(found);
        }
        let found = function
            .result(&types)
            .map_err(|problem| Mistake::new(whole.clone(), format!("`{name}` {problem}")))?;
        Ok((known_at_load(function, nodes), found))
    }

    fn over(&mut self, quantifier: Quantifier, given: &[Expr], whole: &Span) -> Checked {
        let of_segments = |first: &Expr| first.kind == ExprKind::Name("segments".to_owned());
        match given {
            [first, body] if of_segments(first) => {
                let (body, result) = self.body(quantifier, body)?;
                Ok((Node::OverSegments(quantifier, Box::new(body)), result))
            }
            [first, item, _] if of_segments(first) => Err(no_name_for_a_segment(item, whole)),
            [set, item, body] if quantifier != Quantifier::Sum => {
                let (set_node, set_type) = self.check(set, None)?;
                let (Some(item_type), ExprKind::Name(name)) = (set_type.item(), &item.kind) else {
                    let problem = "the first must be a set or list, the second a name for its item";
                    return Err(Mistake::new(whole.clone(), problem));
                };
                self.items.push((name.clone(), item_type));
                let body = self.body(quantifier, body);
                self.items.pop();
                let (body, result) = body?;
                let node = Node::Over(quantifier, Box::new(set_node), Box::new(body));
                Ok((node, result))
            }
            [only] => {
                // What is wrong in it comes first: `any(a in b)` of two sets says how that is asked.
                self.check(only, None)?;
                Err(one_of_many(quantifier, whole))
            }
            _ => Err(one_of_many(quantifier, whole)),
        }
    }

    fn body(&mut self, quantifier: Quantifier, body: &Expr) -> Checked {
        match quantifier {
            Quantifier::Any | Quantifier::All => Ok((self.bool(body)?, Type::Bool)),
            Quantifier::Count => Ok((self.bool(body)?, Type::Unit(Unit::Number))),
            Quantifier::Sum => match self.check(body, None)? {
                (node, found @ Type::Unit(_)) => Ok((node, found)),
                (_, other) => {
                    let problem = format!("`sum` adds quantities, this is {}", other.words());
                    Err(Mistake::new(body.span.clone(), problem))
                }
            },
        }
    }
}
