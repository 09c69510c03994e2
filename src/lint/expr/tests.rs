//! The language against CEL itself, against Kleene's law, and against bad input.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use proptest::prelude::*;

use super::*;
use crate::plan::Level;

mod refused;

/// A small catalogue: three numbers, two truths, a choice, a set, money and its like.
struct Fields {
    given: BTreeMap<&'static str, V>,
    readings: Vec<Reading>,
}

impl Fields {
    fn new(given: BTreeMap<&'static str, V>) -> Self {
        let readings = catalogue().into_iter().enumerate();
        let readings = readings.map(|(place, (name, _))| match given.get(name) {
            Some(value) => Reading::Known(value.clone()),
            None => Reading::Unanswered(FieldSet::of(place)),
        });
        let readings = readings.collect();
        Self { given, readings }
    }
}

/// The names of the fields in a set.
fn names(set: FieldSet) -> Vec<&'static str> {
    set.places().map(|place| catalogue()[place].0).collect()
}

fn stages() -> Domain {
    let choices = [("early", "early on"), ("late", "later"), ("done", "done")];
    Domain::new(choices.map(|(slug, label)| (slug, label.to_owned())))
}

fn catalogue() -> Vec<(&'static str, Type)> {
    vec![
        ("n.a", Type::Unit(Unit::Number)),
        ("n.b", Type::Unit(Unit::Number)),
        ("n.c", Type::Unit(Unit::Number)),
        ("b.yes", Type::Bool),
        ("b.no", Type::Bool),
        ("s.stage", Type::Choice(stages())),
        ("s.seen", Type::Set(stages())),
        ("s.more", Type::Set(stages())),
        ("m.acv", Type::Unit(Unit::MoneyPerYear)),
        ("m.cac", Type::Unit(Unit::Money)),
        ("m.price", Type::Price),
        ("m.margin", Type::Unit(Unit::Percent)),
        ("t.cycle", Type::Unit(Unit::Days)),
        ("t.payback", Type::Unit(Unit::Months)),
    ]
}

struct Catalogue;

impl Names for Catalogue {
    fn find(&self, name: &str) -> Option<Meaning> {
        let mut known = catalogue().into_iter().enumerate();
        let found = known.find(|(_, (known, _))| *known == name);
        found.map(|(place, (text, found))| {
            Meaning::Field(
                Name {
                    text,
                    level: Level::Segment,
                    place,
                },
                found,
            )
        })
    }

    fn all(&self) -> Vec<String> {
        catalogue()
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect()
    }
}

impl Source for Fields {
    fn field(&self, name: Name, _: Option<usize>) -> &Reading {
        &self.readings[name.place]
    }

    fn derived(&self, _: &'static str, _: Option<usize>) -> (Cow<'_, Reading>, FieldSet) {
        (Cow::Owned(Reading::NoHistory), FieldSet::default())
    }

    fn how(&self, _: &'static str, _: Option<usize>) -> String {
        String::new()
    }

    fn n_segments(&self) -> usize {
        1
    }

    fn segment_name(&self, _: usize) -> String {
        "main".to_owned()
    }

    fn today(&self) -> Date {
        Date::constant(2026, 3, 1)
    }

    fn has_foreign_money(&self) -> bool {
        let currencies = self.given.values().flat_map(V::currencies).flatten();
        currencies
            .into_iter()
            .any(|currency| currency != crate::plan::Currency::USD)
    }
}

fn checked(text: &str) -> Result<(Node, Type), Mistake> {
    check(&parse(text)?, &Catalogue, None)
}

fn evaluate(text: &str, fields: &Fields) -> Result<V, Box<Gap>> {
    let (node, _) = checked(text).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"));
    let value = Evaluator::new(fields, &[], None, Gate::Open).value(&node);
    value.map(Cow::into_owned)
}

fn fields(given: &[(&'static str, V)]) -> Fields {
    Fields::new(given.iter().cloned().collect())
}

fn amount(number: i128, unit: Unit) -> V {
    V::Quantity(Quantity::new(Ratio::whole(number), unit))
}

fn set(slugs: &[&str]) -> V {
    let places = slugs.iter().filter_map(|slug| stages().place(slug));
    V::Set(places.collect())
}

#[test]
fn units_follow_from_arithmetic() {
    let given = fields(&[
        ("m.acv", amount(1188, Unit::MoneyPerYear)),
        ("m.cac", amount(480, Unit::Money)),
        (
            "m.margin",
            V::Quantity(Quantity::new(
                Ratio::new(1, 4).expect("a quarter"),
                Unit::Percent,
            )),
        ),
        ("t.payback", amount(6, Unit::Months)),
    ]);
    let check = |text: &str| assert_eq!(evaluate(text, &given), Ok(V::Bool(true)), "{text}");
    check("m.cac / m.margin == usd(1920)");
    check("m.acv * m.margin == usd_per_year(297)");
    check("m.acv * t.payback == usd(594)");
    check("m.cac / (m.acv / 11) * 11 > months(53)");
    check("first_year(m.acv) > m.cac && first_year(m.acv) < m.cac / m.margin");
    check("share(m.cac / first_year(m.acv)) > percent(40.4)");
    check("m.acv / m.acv == 1");
}

#[test]
fn what_cannot_be_computed_is_a_gap_with_a_note() {
    let dollars = |number| {
        V::Quantity(Quantity {
            currency: Some(crate::plan::Currency::USD),
            ..Quantity::new(Ratio::whole(number), Unit::Money)
        })
    };
    let euro = crate::plan::Currency::try_from("EUR".to_owned()).ok();
    let euros = V::Quantity(Quantity {
        currency: euro,
        ..Quantity::new(Ratio::whole(9), Unit::MoneyPerYear)
    });
    let given = fields(&[
        ("n.a", V::number(0)),
        ("n.b", V::number(i128::MAX)),
        ("m.cac", dollars(5)),
        ("m.acv", euros),
    ]);
    let note = |text: &str| {
        let gap = evaluate(text, &given).expect_err(text);
        assert!(gap.missing.is_empty(), "{text}");
        gap.notes.into_iter().collect::<Vec<_>>().join("; ")
    };
    assert_eq!(note("1 / n.a > 0"), "it would divide by zero");
    assert_eq!(
        note("n.b * n.b > 0"),
        "a number in it is too large to compute with"
    );
    assert_eq!(
        note("-n.b - n.b < 0"),
        "a number in it is too large to compute with"
    );
    let gap = evaluate("m.cac > first_year(m.acv)", &given).expect_err("two currencies");
    let codes = gap
        .currencies
        .map(|(one, two)| [one, two].map(String::from));
    assert_eq!(codes, Some(["USD".to_owned(), "EUR".to_owned()]));
    assert_eq!(
        evaluate("m.acv < usd_per_year(10)", &given),
        Ok(V::Bool(true))
    );
    assert_eq!(
        evaluate("1 / n.a > 0 || n.a == 0", &given),
        Ok(V::Bool(true))
    );
}

#[test]
fn a_gap_names_all_that_is_missing_and_nothing_that_is_not() {
    let given = fields(&[("n.a", V::number(1)), ("b.no", V::Bool(false))]);
    let missing = |text: &str| evaluate(text, &given).map_err(|gap| names(gap.missing));
    assert_eq!(missing("n.b > n.a || n.c > n.a"), Err(vec!["n.b", "n.c"]));
    assert_eq!(missing("n.b > n.a && b.no"), Ok(V::Bool(false)));
    assert_eq!(missing("n.b > n.a || !b.no"), Ok(V::Bool(true)));
    assert_eq!(missing("n.b > n.a ? b.no : n.a > 5"), Ok(V::Bool(false)));
    assert_eq!(
        missing("any(s.seen, x, x == \"late\")"),
        Err(vec!["s.seen"])
    );
    assert_eq!(missing("answered(n.b)"), Ok(V::Bool(false)));
    assert_eq!(missing("answered(n.a)"), Ok(V::Bool(true)));
}

#[test]
fn one_matching_item_decides_whatever_the_others_are() {
    let given = fields(&[("s.seen", set(&["early", "late"]))]);
    let any = "any(s.seen, x, x == \"late\" || n.a > 1)";
    assert_eq!(evaluate(any, &given), Ok(V::Bool(true)));
    let all = "all(s.seen, x, x == \"late\" && n.a > 1)";
    assert_eq!(evaluate(all, &given), Ok(V::Bool(false)));
    let nested = "count(s.seen, x, any(s.seen, y, x != y))";
    assert_eq!(evaluate(nested, &given), Ok(V::number(2)));
}

#[test]
fn depth_length_and_steps_are_bounded() {
    let deep = format!("{}n.a{} > 1", "(".repeat(500), ")".repeat(500));
    assert!(
        checked(&deep)
            .expect_err("deep")
            .problem
            .starts_with("nested deeper")
    );
    let long = vec!["b.yes"; 600].join(" && ");
    assert!(
        checked(&long)
            .expect_err("long")
            .problem
            .starts_with("an expression has")
    );
    let many = V::Set((0..50).collect());
    let given = fields(&[("s.seen", many), ("b.yes", V::Bool(true))]);
    let endless = "all(s.seen, x, all(s.seen, y, all(s.seen, z, all(s.seen, u, b.yes))))";
    let gap = evaluate(endless, &given).expect_err("no end in sight");
    assert_eq!(
        Vec::from_iter(gap.notes),
        ["it takes more than 20000 steps, the most that a rule has"]
    );
    let row = vec!["b.yes"; 100].join("&&");
    assert!(
        checked(&row)
            .expect_err("row")
            .problem
            .starts_with("nested deeper")
    );
}

/// A random expression, spelled for us and for CEL.
#[derive(Debug, Clone)]
struct Twin {
    ours: String,
    cel: String,
}

impl Twin {
    fn same(words: impl Into<String>) -> Self {
        let ours = words.into();
        let cel = ours.clone();
        Self { ours, cel }
    }

    fn join(left: &Self, sign: &str, right: &Self) -> Self {
        Self {
            ours: format!("({} {sign} {})", left.ours, right.ours),
            cel: format!("({} {sign} {})", left.cel, right.cel),
        }
    }
}

fn numbers() -> impl Strategy<Value = Twin> {
    let leaf = prop_oneof![
        (0_i64..40).prop_map(|n| Twin::same(n.to_string())),
        prop::sample::select(vec!["n.a", "n.b", "n.c", "size(s.seen)", "size(s.more)"])
            .prop_map(Twin::same),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (
                inner.clone(),
                prop::sample::select(vec!["+", "-", "*"]),
                inner.clone()
            )
                .prop_map(|(left, sign, right)| Twin::join(&left, sign, &right)),
            inner.clone().prop_map(|n| Twin {
                ours: format!("-({})", n.ours),
                cel: format!("-({})", n.cel),
            }),
            (select_slug(), inner).prop_map(|(slug, n)| Twin {
                ours: format!("(count(s.seen, x, x != {slug}) + {})", n.ours),
                cel: format!("(size(s.seen.filter(x, x != {slug})) + {})", n.cel),
            }),
        ]
    })
}

fn select_slug() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["\"early\"", "\"late\"", "\"done\""])
}

fn truths() -> impl Strategy<Value = Twin> {
    let order = prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let leaf = prop_oneof![
        prop::sample::select(vec!["true", "false", "b.yes", "b.no"]).prop_map(Twin::same),
        (numbers(), order, numbers())
            .prop_map(|(left, sign, right)| Twin::join(&left, sign, &right)),
        (select_slug(), prop::sample::select(vec!["==", "!="]))
            .prop_map(|(slug, sign)| Twin::same(format!("(s.stage {sign} {slug})"))),
        select_slug().prop_map(|slug| Twin::same(format!("({slug} in s.seen)"))),
        (select_slug(), select_slug())
            .prop_map(|(one, two)| Twin::same(format!("(s.stage in [{one}, {two}])"))),
        prop::sample::select(vec![("any", "exists"), ("all", "all")]).prop_map(|(ours, cel)| {
            Twin {
                ours: format!("{ours}(s.seen, x, x in s.more)"),
                cel: format!("s.seen.{cel}(x, x in s.more)"),
            }
        }),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (
                inner.clone(),
                prop::sample::select(vec!["&&", "||", "==", "!="]),
                inner.clone()
            )
                .prop_map(|(left, sign, right)| Twin::join(&left, sign, &right)),
            inner.clone().prop_map(|truth| Twin {
                ours: format!("!({})", truth.ours),
                cel: format!("!({})", truth.cel),
            }),
            (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| Twin {
                ours: format!("({} ? {} : {})", a.ours, b.ours, c.ours),
                cel: format!("({} ? {} : {})", a.cel, b.cel, c.cel),
            }),
        ]
    })
}

#[derive(Debug, Clone)]
struct Given {
    numbers: [i64; 3],
    truths: [bool; 2],
    stage: &'static str,
    sets: [Vec<&'static str>; 2],
}

fn given() -> impl Strategy<Value = Given> {
    let slugs = || prop::sample::subsequence(vec!["early", "late", "done"], 0..=3);
    let stage = prop::sample::select(vec!["early", "late", "done"]);
    (
        prop::array::uniform3(0_i64..40),
        any::<[bool; 2]>(),
        stage,
        slugs(),
        slugs(),
    )
        .prop_map(|(numbers, truths, stage, one, two)| Given {
            numbers,
            truths,
            stage,
            sets: [one, two],
        })
}

fn ours(given: &Given) -> Fields {
    let [a, b, c] = given.numbers.map(|n| V::number(n.into()));
    let [yes, no] = given.truths.map(V::Bool);
    fields(&[
        ("n.a", a),
        ("n.b", b),
        ("n.c", c),
        ("b.yes", yes),
        ("b.no", no),
        (
            "s.stage",
            V::Choice(stages().place(given.stage).expect("a stage")),
        ),
        ("s.seen", set(&given.sets[0])),
        ("s.more", set(&given.sets[1])),
    ])
}

fn cel_says(text: &str, given: &Given) -> bool {
    let program = cel::Program::compile(text).unwrap_or_else(|e| panic!("{text}: {e}"));
    let mut context = cel::Context::default();
    let [one, two, three] = given.numbers;
    let [yes, no] = given.truths;
    // CEL tells signed from unsigned numbers; `From` keeps them signed, serde would not.
    let numbers = HashMap::from([("a", one), ("b", two), ("c", three)]);
    let truths = HashMap::from([("yes", yes), ("no", no)]);
    let [seen, more] = given.sets.clone();
    let words = serde_json::json!({ "stage": given.stage, "seen": seen, "more": more });
    context.add_variable_from_value("n", numbers);
    context.add_variable_from_value("b", truths);
    context.add_variable("s", words).expect("words");
    match program.execute(&context) {
        Ok(cel::Value::Bool(truth)) => truth,
        other => panic!("{text}: {other:?}"),
    }
}

proptest! {
    #[test]
    fn with_everything_known_we_agree_with_cel(twin in truths(), given in given()) {
        let expected = cel_says(&twin.cel, &given);
        prop_assert_eq!(evaluate(&twin.ours, &ours(&given)), Ok(V::Bool(expected)));
    }

    #[test]
    fn filling_in_a_field_never_flips_an_answer(
        twin in truths(), given in given(), hidden in any::<u16>(), still_hidden in any::<u16>(),
    ) {
        let full = ours(&given);
        let keep = |mask: u16| {
            let kept = full.given.iter().enumerate().filter(|(place, _)| mask & (1 << place) == 0);
            Fields::new(kept.map(|(_, (name, value))| (*name, value.clone())).collect())
        };
        let less = evaluate(&twin.ours, &keep(hidden));
        let more = evaluate(&twin.ours, &keep(hidden & still_hidden));
        match (less, more) {
            (Ok(before), after) => prop_assert_eq!(Ok(before), after),
            (Err(before), Err(after)) => {
                let answered = keep(hidden & still_hidden);
                prop_assert!(!before.missing.is_empty() && !after.missing.is_empty());
                prop_assert!(names(after.missing).iter().all(|name| !answered.given.contains_key(name)));
            }
            (Err(before), Ok(_)) => prop_assert!(!before.missing.is_empty()),
        }
    }

    #[test]
    fn neither_parser_nor_checker_panics(text in "[a-z0-9.()\\[\\]!?:&|<>=+*/,'\" -]{0,80}|\\PC{0,60}") {
        if let Err(mistake) = checked(&text) {
            prop_assert!(text.get(mistake.span).is_some());
        }
    }

    #[test]
    fn whatever_passes_the_checker_can_be_evaluated(twin in truths(), cut in 0_usize..80) {
        let text: String = twin.ours.chars().take(cut).collect();
        if let Ok((node, _)) = checked(&text) {
            let empty = fields(&[]);
            let _ = Evaluator::new(&empty, &[], None, Gate::Open).value(&node);
        }
    }
}
