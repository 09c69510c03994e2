//! Maps of plans of every size.

use std::fmt::Write;

use super::*;
use crate::plan::{self, FileFormat, Plan};
use crate::render;

pub(super) fn plan_of(toml: &str) -> Plan {
    let today = jiff::civil::date(2026, 3, 4);
    let file = plan::read_file(toml, FileFormat::Toml, today);
    file.expect("tests write plans that can be read")
}

/// A plan whose segments have these values: name, ACV, deals, sales, marketing, care.
pub(super) fn plan_with(rows: &[[&str; 6]]) -> Plan {
    const FIELDS: [&str; 5] = [
        "pricing.acv",
        "sales.deals_per_year",
        "sales.motion",
        "marketing.motion",
        "cs.model",
    ];
    let mut toml = String::new();
    for [name, values @ ..] in rows {
        let _ = writeln!(toml, "[segment.{name}]");
        for (field, value) in FIELDS
            .iter()
            .zip(values)
            .filter(|(_, value)| !value.is_empty())
        {
            let _ = writeln!(toml, "{field} = '{value}'");
        }
    }
    plan_of(&toml)
}

pub(super) const THREE: [[&str; 6]; 3] = [
    ["self-serve", "$588", "1,700", "plg", "inbound", "community"],
    [
        "mid-market",
        "$24k",
        "60",
        "inside_two_stage",
        "prospecting",
        "segment",
    ],
    ["enterprise", "$150k", "8", "field", "inbound", "accounts"],
];

pub(super) fn eight() -> Vec<[&'static str; 6]> {
    let mut rows = THREE.to_vec();
    rows.extend([
        ["solo", "$588", "1,700", "plg", "inbound", "help_desk"],
        [
            "agencies",
            "$640",
            "1,500",
            "inside_one_stage",
            "inbound",
            "help_desk",
        ],
        ["partners", "$30k", "20", "partner", "", "volume"],
        [
            "strategic",
            "$3M",
            "1",
            "named_accounts",
            "targeting",
            "accounts",
        ],
        [
            "new-region",
            "$12k",
            "",
            "inside_one_stage",
            "prospecting",
            "",
        ],
    ]);
    rows
}

fn shown(rows: &[[&str; 6]]) -> String {
    let map = Map::new(&plan_with(rows));
    let document = document(&map, |words| format!("/gtm {words}"));
    render::text(&document, &|person| person.as_str().to_owned())
}

#[test]
fn a_map_reads_well_at_every_size() {
    insta::assert_snapshot!("one_segment", shown(&THREE[1..2]));
    insta::assert_snapshot!("three_segments", shown(&THREE));
    insta::assert_snapshot!("eight_segments", shown(&eight()));
    insta::assert_snapshot!("no_segment", shown(&[["main", "", "", "", "", ""]]));
}

#[test]
fn the_grid_stays_narrow_and_loses_no_segment() {
    let names: Vec<String> = (0..50).map(|n| format!("segment-{n}")).collect();
    let rows: Vec<_> = names
        .iter()
        .map(|name| [name.as_str(), "$12k", "40", "field", "inbound", "volume"])
        .collect();
    let map = Map::new(&plan_with(&rows));
    let grid = grid(&map);
    for line in grid.lines() {
        assert!(line.chars().count() <= 52, "{line}");
    }
    let field: String = grid.lines().skip(1).take(9).collect();
    for mark in &map.segments {
        let n = field
            .chars()
            .filter(|&letter| letter == mark.letter)
            .count();
        assert_eq!(n, 1, "{}", mark.letter);
    }
}

#[test]
fn what_lies_beyond_the_axes_stands_at_their_end() {
    let map = Map::new(&plan_with(&[["main", "$9", "0", "plg", "", ""]]));
    let spot = map.segments[0].spot().expect("both numbers are known");
    assert!(spot.is_beyond && spot.acv.abs() < 1e-9 && spot.deals.abs() < 1e-9);
    assert!(words::line(&map.segments[0]).contains("beyond the axes"));
}

#[test]
fn a_partners_segment_stands_beside_the_sales_ladder() {
    let map = Map::new(&plan_with(&[[
        "main",
        "$30k",
        "20",
        "partner",
        "prospecting",
        "",
    ]]));
    assert_eq!(map.segments[0].stands[0], Stand::Aside);
    assert_eq!(map.segments[0].distance(), None);
}

#[test]
fn another_currency_says_how_it_is_held_against_the_bands() {
    let map = Map::new(&plan_of(
        "plan.currency = 'EUR'\n[segment.main]\npricing.acv = '12k'\nsales.deals_per_year = 40\n",
    ));
    assert!(grid(&map).contains("€10k"), "{}", grid(&map));
    assert!(alternative(&map).contains("EUR is held against them one to one"));
}

#[test]
fn the_picture_is_the_same_each_time_and_stays_markup() {
    for rows in [THREE[..1].to_vec(), THREE.to_vec(), eight()] {
        let map = Map::new(&plan_with(&rows));
        for theme in [Theme::Light, Theme::Dark] {
            let (picture, drawing) = (png(&map, theme), svg(&map, theme));
            assert!(picture.starts_with(b"\x89PNG") && picture.len() < 400_000);
            assert_eq!(picture, png(&map, theme));
            assert_eq!(drawing, svg(&map, theme));
            assert!(drawing.contains("axes and steps of the ladders: ours"));
            for mark in &map.segments {
                let letter = format!(">{}</text>", mark.letter);
                assert!(drawing.contains(&letter), "{}", mark.segment);
            }
            assert_eq!(drawing.matches("<desc").count(), 1);
        }
    }
}

#[test]
fn no_mark_covers_another_and_none_leaves_the_field() {
    let mut taken = Vec::new();
    for _ in 0..20 {
        let place = symbol::settled((200.0, 200.0), &taken, (100.0, 100.0), (600.0, 500.0));
        let apart = |other: &(f32, f32)| (place.0 - other.0).hypot(place.1 - other.1);
        assert!(
            taken
                .iter()
                .all(|other| apart(other) >= symbol::RADIUS * 2.0)
        );
        assert!((100.0..=600.0).contains(&place.0) && (100.0..=500.0).contains(&place.1));
        taken.push(place);
    }
}

#[test]
fn two_marks_of_one_colour_have_another_shape_or_letter() {
    let colours = theme::MARKS;
    let mut seen = std::collections::BTreeSet::new();
    for n in 0..35 {
        let shape = format!("{:?}", symbol::symbol(n, 'A', (0.0, 0.0), colours[0]));
        assert!(seen.insert(shape), "mark {n} looks like one before it");
    }
}

/// Segments that lie close to where a band ends, on both sides of it.
fn at_the_bounds() -> Map {
    const NEAR: [&str; 5] = ["$9.9k", "$10k", "$10.2k", "$99k", "$101k"];
    let names: Vec<String> = (0..15).map(|n| format!("segment-{n}")).collect();
    let rows: Vec<_> = names
        .iter()
        .zip(NEAR.iter().cycle())
        .map(|(name, acv)| [name.as_str(), acv, "40", "field", "inbound", "volume"])
        .collect();
    Map::new(&plan_with(&rows))
}

/// Where an upright dashed line stands.
fn dashed(shape: &scene::Shape) -> Option<f32> {
    match shape {
        scene::Shape::Line {
            from,
            stroke: scene::Stroke::Dashed,
            ..
        } => Some(from.0),
        _ => None,
    }
}

#[test]
fn no_mark_crosses_the_line_of_a_band() {
    let map = at_the_bounds();
    let scene = layout::scene(&map, Theme::Light);
    let reach = |shape: &scene::Shape| match shape {
        scene::Shape::Disc { center, radius, .. } if *radius > 5.0 => {
            Some((center.1, center.0 - radius, center.0 + radius))
        }
        scene::Shape::Area { points, .. } => {
            let x = || points.iter().map(|point| point.0);
            Some((
                points[0].1,
                x().fold(f32::MAX, f32::min),
                x().fold(0.0, f32::max),
            ))
        }
        _ => None,
    };
    // Below the field are the ladders, whose marks stand on rungs.
    let marks: Vec<_> = scene.shapes.iter().filter_map(reach).collect();
    let field: Vec<_> = marks.iter().filter(|(y, ..)| *y < 440.0).collect();
    assert_eq!(field.len(), map.segments.len());
    let bounds: Vec<f32> = scene.shapes.iter().filter_map(dashed).collect();
    assert_eq!(bounds.len(), 2);
    for (_, left, right) in field {
        for line in &bounds {
            assert!(!(*left..=*right).contains(line), "{left} to {right}");
        }
    }
}

#[test]
fn no_letter_of_the_grid_stands_in_another_band() {
    let map = at_the_bounds();
    let grid = grid(&map);
    let rows: Vec<&str> = grid.lines().skip(1).take(9).collect();
    for mark in &map.segments {
        let row = rows.iter().find(|row| row.contains(mark.letter));
        let (before, _) = row.and_then(|row| row.split_once(mark.letter)).unwrap();
        let acv = mark.acv.unwrap().ten_thousandths / 10_000;
        // Of the 7 columns before the field none is a line.
        let column = before.chars().count() - 7;
        let band = usize::from(column > 18) + usize::from(column > 27);
        let expected = usize::from(acv >= 10_000) + usize::from(acv >= 100_000);
        assert_eq!(band, expected, "{} at {column} in\n{grid}", mark.letter);
        assert!(![18, 27].contains(&column), "{} on a line", mark.letter);
    }
}

/// On a phone it is all that tells why the plan is shown.
#[test]
fn what_is_said_of_a_segment_stands_in_the_picture_whole() {
    let rows = [["main", "$6k", "140", "field", "", "help_desk"]];
    let map = Map::new(&plan_with(&rows));
    let mut said = String::new();
    for shape in layout::scene(&map, Theme::Light).shapes {
        if let scene::Shape::Words { at, words, .. } = shape {
            assert!(at.0 < 580.0 && !words.contains('…'), "{words}");
            said.push_str(&words);
            said.push(' ');
        }
    }
    let remark = "customer success is 6 of 12 steps from sales, more than the usual 4";
    assert!(said.contains(remark), "{said}");
}
