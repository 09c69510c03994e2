//! Tokens to a tree, by operator strength (a Pratt parser). Depth and length are bounded.

use super::Mistake;
use super::lexer::{self, Span, Token};
use super::syntax::{Binary, Expr, ExprKind, Unary};

/// Longer expressions are refused: a page that needs more wants a name of its own.
const MAX_LENGTH: usize = 2_000;
/// Deeper nesting is refused, so that neither parser nor evaluator can run out of stack.
pub(super) const MAX_DEPTH: usize = 32;

/// Reads one expression that fills all of `text`.
pub(crate) fn parse(text: &str) -> Result<Expr, Mistake> {
    if text.len() > MAX_LENGTH {
        let problem = format!("an expression has at most {MAX_LENGTH} characters");
        return Err(Mistake::new(0..text.len(), problem));
    }
    let mut parser = Parser {
        tokens: lexer::tokens(text)?,
        next: 0,
        depth: 0,
        end: text.len(),
    };
    let expr = parser.ternary()?;
    if let Some((token, span)) = parser.tokens.get(parser.next) {
        let problem = other_spelling(token).unwrap_or_else(|| {
            format!("expected an operator or the end, found {}", written(token))
        });
        return Err(Mistake::new(span.clone(), problem));
    }
    if depth(&expr) > MAX_DEPTH {
        return Err(too_deep(expr.span));
    }
    Ok(expr)
}

fn depth(expr: &Expr) -> usize {
    let below = match &expr.kind {
        ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Bool(_) | ExprKind::Name(_) => 0,
        ExprKind::List(items) | ExprKind::Call(_, _, items) => {
            items.iter().map(depth).max().unwrap_or(0)
        }
        ExprKind::Unary(_, inner) => depth(inner),
        ExprKind::Binary(_, left, right) => depth(left).max(depth(right)),
        ExprKind::If(condition, yes, no) => depth(condition).max(depth(yes)).max(depth(no)),
    };
    below + 1
}

fn too_deep(span: Span) -> Mistake {
    Mistake::new(span, format!("nested deeper than {MAX_DEPTH} levels"))
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    next: usize,
    depth: usize,
    end: usize,
}

impl Parser {
    fn ternary(&mut self) -> Result<Expr, Mistake> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_deep(self.place()));
        }
        let condition = self.operators(0)?;
        let expr = if self.take("?") {
            let yes = self.ternary()?;
            self.expect(":")?;
            let no = self.ternary()?;
            let span = condition.span.start..no.span.end;
            let kind = ExprKind::If(Box::new(condition), Box::new(yes), Box::new(no));
            Expr { kind, span }
        } else {
            condition
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn operators(&mut self, weakest: u8) -> Result<Expr, Mistake> {
        let mut left = self.unary()?;
        let mut compared = false;
        while let Some(operator) = self.operator().filter(|o| o.strength() > weakest) {
            let place = self.place();
            self.next += 1;
            if operator.compares() && compared {
                let problem = "comparisons do not chain; join two with `&&`";
                return Err(Mistake::new(place, problem));
            }
            compared = operator.compares();
            let right = self.operators(operator.strength())?;
            let span = left.span.start..right.span.end;
            let kind = ExprKind::Binary(operator, Box::new(left), Box::new(right));
            left = Expr { kind, span };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expr, Mistake> {
        let start = self.place().start;
        let mut signs = Vec::new();
        loop {
            if self.take("!") {
                signs.push(Unary::Not);
            } else if self.take("-") {
                signs.push(Unary::Minus);
            } else {
                break;
            }
            if signs.len() > MAX_DEPTH {
                return Err(too_deep(self.place()));
            }
        }
        let mut expr = self.primary()?;
        for sign in signs.into_iter().rev() {
            let span = start..expr.span.end;
            let kind = ExprKind::Unary(sign, Box::new(expr));
            expr = Expr { kind, span };
        }
        Ok(expr)
    }

    fn primary(&mut self) -> Result<Expr, Mistake> {
        let Some((token, span)) = self.tokens.get(self.next).cloned() else {
            return Err(Mistake::new(self.place(), "the expression ends too early"));
        };
        self.next += 1;
        match token {
            Token::Number(digits) => Ok(Expr {
                kind: ExprKind::Number(digits),
                span,
            }),
            Token::Text(words) => Ok(Expr {
                kind: ExprKind::Text(words),
                span,
            }),
            Token::Name(name) => self.name(name, span),
            Token::Sign("(") => {
                let inner = self.ternary()?;
                let end = self.expect(")")?.end;
                let span = span.start..end;
                Ok(Expr { span, ..inner })
            }
            Token::Sign("[") => {
                let (items, end) = self.items("]")?;
                let span = span.start..end;
                let kind = ExprKind::List(items);
                Ok(Expr { kind, span })
            }
            Token::Sign(_) => Err(Mistake::new(
                span,
                format!("expected a value, found {}", written(&token)),
            )),
        }
    }

    fn name(&mut self, first: String, span: Span) -> Result<Expr, Mistake> {
        if first == "true" || first == "false" {
            let kind = ExprKind::Bool(first == "true");
            return Ok(Expr { kind, span });
        }
        if first == "not" && !matches!(self.tokens.get(self.next), Some((Token::Sign(_), _))) {
            return Err(Mistake::new(span, "`not` is written `!`"));
        }
        if self.take("(") {
            let (arguments, end) = self.items(")")?;
            let whole = span.start..end;
            let kind = ExprKind::Call(first, span, arguments);
            return Ok(Expr { kind, span: whole });
        }
        let (mut path, mut whole) = (first, span);
        while self.take(".") {
            match self.tokens.get(self.next).cloned() {
                Some((Token::Name(part), place)) => {
                    self.next += 1;
                    path = format!("{path}.{part}");
                    whole.end = place.end;
                }
                _ => return Err(Mistake::new(self.place(), "expected a name after `.`")),
            }
        }
        let kind = ExprKind::Name(path);
        Ok(Expr { kind, span: whole })
    }

    /// The items up to `close`, and where `close` ends.
    fn items(&mut self, close: &'static str) -> Result<(Vec<Expr>, usize), Mistake> {
        let mut items = Vec::new();
        loop {
            let place = self.place();
            if self.take(close) {
                return Ok((items, place.end));
            }
            if !items.is_empty() {
                self.expect(",")?;
            }
            items.push(self.ternary()?);
        }
    }

    fn operator(&self) -> Option<Binary> {
        Some(match &self.tokens.get(self.next)?.0 {
            Token::Name(name) if name == "in" => Binary::In,
            Token::Sign(sign) => match *sign {
                "||" => Binary::Or,
                "&&" => Binary::And,
                "==" => Binary::Equal,
                "!=" => Binary::Unequal,
                "<" => Binary::Less,
                "<=" => Binary::LessOrEqual,
                ">" => Binary::Greater,
                ">=" => Binary::GreaterOrEqual,
                "+" => Binary::Plus,
                "-" => Binary::Minus,
                "*" => Binary::Times,
                "/" => Binary::Over,
                _ => return None,
            },
            _ => return None,
        })
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.next), Some((Token::Sign(s), _)) if *s == sign);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &'static str) -> Result<Span, Mistake> {
        let place = self.place();
        if self.take(sign) {
            return Ok(place);
        }
        let found = self.tokens.get(self.next).map(|(token, _)| token);
        let problem = found.and_then(other_spelling).unwrap_or_else(|| {
            let found = found.map_or_else(|| "the end".to_owned(), written);
            format!("expected `{sign}`, found {found}")
        });
        Err(Mistake::new(place, problem))
    }

    fn place(&self) -> Span {
        self.tokens
            .get(self.next)
            .map_or(self.end..self.end, |(_, span)| span.clone())
    }
}

/// How this language writes what other languages, or people, write like that.
fn other_spelling(token: &Token) -> Option<String> {
    let name = match token {
        Token::Name(name) => name,
        Token::Sign("%") => return Some("a percentage is written `percent(25)`".to_owned()),
        _ => return None,
    };
    let sign = match name.to_ascii_lowercase().as_str() {
        "and" => "&&",
        "or" => "||",
        "is" => "==",
        "contains" | "includes" | "has" => {
            let example = "a set is asked the other way round: `\"seo\" in marketing.channels`";
            return Some(example.to_owned());
        }
        _ => return None,
    };
    Some(format!("`{name}` is written `{sign}`"))
}

fn written(token: &Token) -> String {
    match token {
        Token::Number(word) | Token::Name(word) => format!("`{word}`"),
        Token::Text(word) => format!("\"{word}\""),
        Token::Sign("=") => "`=` (a comparison is `==`)".to_owned(),
        Token::Sign(sign) => format!("`{sign}`"),
    }
}
