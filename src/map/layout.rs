//! The picture of a map: where everything stands.

use super::font::{fitted, width, wrapped};
use super::grid::{short, sign};
use super::ladder::{LADDERS, Ladder, STEPS, Stand};
use super::placed::{ACV, BANDS, DEALS, Map, Mark, band};
use super::scene::{Anchor, Point, Scene, Shape, Stroke, Style, Weight};
use super::symbol::{RADIUS, WIDEST, settled, symbol};
use super::theme::{Palette, Theme};
use super::words::{alternative, currency_note, known, remarks};
use crate::text::grouped;

/// Narrow for its letters: on a phone the picture is 300 points wide, and they are read there.
const WIDTH: f32 = 580.0;
const LEFT: f32 = 88.0;
const RIGHT: f32 = 528.0;
const TOP: f32 = 128.0;
const BOTTOM: f32 = 430.0;
const FIRST_LADDER: f32 = 526.0;
const LADDER: f32 = 112.0;
const LEGEND: f32 = FIRST_LADDER + 3.0 * LADDER;
const LEGEND_LINE: f32 = 36.0;

/// The most segments in the legend.
const MOST_LINES: usize = 12;

/// The most marks side by side on a rung.
const MOST_ON_RUNG: usize = 3;

/// The picture.
pub(super) fn scene(map: &Map, theme: Theme) -> Scene {
    let mut drawing = Drawing {
        palette: theme.palette(),
        shapes: Vec::new(),
    };
    drawing.heading();
    drawing.field(map);
    drawing.marks(map);
    for (place, ladder) in LADDERS.iter().enumerate() {
        drawing.ladder(map, ladder, place);
    }
    let end = drawing.legend(map);
    let height = drawing.footer(map, end);
    Scene {
        width: WIDTH,
        height,
        title: "Deals × ACV map".to_owned(),
        description: alternative(map),
        background: drawing.palette.ground,
        shapes: drawing.shapes,
    }
}

struct Drawing {
    palette: Palette,
    shapes: Vec<Shape>,
}

const fn style(size: f32, weight: Weight, anchor: Anchor) -> Style {
    Style {
        size,
        weight,
        anchor,
    }
}

const TITLE: Style = style(30.0, Weight::Bold, Anchor::Start);
const NAME: Style = style(22.0, Weight::Bold, Anchor::Start);
const PLAIN: Style = style(22.0, Weight::Regular, Anchor::Start);
const SMALL: Style = style(19.0, Weight::Regular, Anchor::Start);

/// The same, standing on its middle or its end.
fn at(anchor: Anchor, style: Style) -> Style {
    Style { anchor, ..style }
}

/// A share of the way from one place to another.
fn between(from: f32, to: f32, share: f32) -> f32 {
    from + (to - from) * share
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a place on a drawing needs no more digits than a float has"
)]
fn spot(mark: &Mark) -> Option<(Point, usize)> {
    let spot = mark.spot()?;
    let point = (
        between(LEFT, RIGHT, spot.acv as f32),
        between(BOTTOM, TOP, spot.deals as f32),
    );
    Some((point, spot.band()))
}

/// Where a band begins and ends in the field.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a place on a drawing needs no more digits than a float has"
)]
fn edges(place: usize) -> (f32, f32) {
    let (from, to) = band(place);
    (
        between(LEFT, RIGHT, from as f32),
        between(LEFT, RIGHT, to as f32),
    )
}

/// From where to where a mark's middle stands so that the mark crosses no line of its band.
fn inside(place: usize) -> (f32, f32) {
    let (from, to) = edges(place);
    let low = if place == 0 { from } else { from + WIDEST };
    let high = if to < RIGHT { to - WIDEST } else { to };
    (low, high)
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen at most")]
fn small(count: usize) -> f32 {
    count as f32
}

impl Drawing {
    fn words(&mut self, at: Point, words: impl Into<String>, style: Style) {
        let color = self.palette.ink;
        let words = words.into();
        self.shapes.push(Shape::Words {
            at,
            words,
            color,
            style,
        });
    }

    fn aside(&mut self, at: Point, words: impl Into<String>, style: Style) {
        let color = self.palette.soft;
        let words = words.into();
        self.shapes.push(Shape::Words {
            at,
            words,
            color,
            style,
        });
    }

    fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        let color = match stroke {
            Stroke::Thin => self.palette.faint,
            Stroke::Thick | Stroke::Dashed => self.palette.bound,
        };
        self.shapes.push(Shape::Line {
            from,
            to,
            color,
            stroke,
        });
    }

    fn heading(&mut self) {
        self.words((36.0, 48.0), "Deals × ACV map", TITLE);
        self.aside((36.0, 76.0), "axes and steps of the ladders: ours", SMALL);
        self.aside((36.0, TOP - 16.0), "deals a year", SMALL);
    }

    fn field(&mut self, map: &Map) {
        let count = small(DEALS.ticks().count() - 1);
        for (n, tick) in DEALS.ticks().enumerate() {
            let y = between(BOTTOM, TOP, small(n) / count);
            self.line((LEFT, y), (RIGHT, y), Stroke::Thin);
            let label = at(Anchor::End, SMALL);
            self.aside((LEFT - 12.0, y + 6.0), grouped(u128::from(tick)), label);
        }
        let count = small(ACV.ticks().count() - 1);
        for (n, tick) in ACV.ticks().enumerate() {
            let x = between(LEFT, RIGHT, small(n) / count);
            self.line((x, TOP), (x, BOTTOM), Stroke::Thin);
            let label = format!("{}{}", sign(map), short(tick));
            self.aside((x, BOTTOM + 34.0), label, at(Anchor::Middle, SMALL));
        }
        for (place, name) in BANDS.into_iter().enumerate() {
            let (from, to) = edges(place);
            if to < RIGHT {
                self.line((to, TOP - 8.0), (to, BOTTOM), Stroke::Dashed);
            }
            // The first begins left of what the axis shows.
            let middle = if place == 0 { 0.75 } else { 0.5 };
            let x = between(from, to, middle);
            self.aside((x, TOP + 22.0), name, at(Anchor::Middle, SMALL));
        }
        let middle = (between(LEFT, RIGHT, 0.5), BOTTOM + 60.0);
        self.aside(middle, "first-year ACV", at(Anchor::Middle, SMALL));
    }

    /// The segments in the field. One that would cover another moves aside, with a line to its
    /// place.
    fn marks(&mut self, map: &Map) {
        let mut taken: Vec<Point> = Vec::new();
        let mut on_top = Vec::new();
        for (n, mark) in map.segments.iter().enumerate() {
            let Some((wanted, band)) = spot(mark) else {
                continue;
            };
            let (low, high) = inside(band);
            let within = (wanted.0.clamp(low, high), wanted.1);
            let place = settled(within, &taken, (low, TOP), (high, BOTTOM));
            taken.push(place);
            if place != wanted {
                self.line(wanted, place, Stroke::Thick);
                self.shapes.push(Shape::Disc {
                    center: wanted,
                    radius: 4.0,
                    fill: self.palette.ink,
                    edge: self.palette.ground,
                });
            }
            on_top.extend(symbol(n, mark.letter, place, self.palette.ground));
        }
        self.shapes.extend(on_top);
    }

    fn ladder(&mut self, map: &Map, ladder: &'static Ladder, place: usize) {
        let top = FIRST_LADDER + small(place) * LADDER;
        let track = top + 38.0;
        self.words((36.0, top), ladder.name, NAME);
        self.line((LEFT, track), (RIGHT, track), Stroke::Thick);
        for (n, rung) in ladder.rungs.iter().enumerate() {
            let x = between(LEFT, RIGHT, f32::from(rung.step) / f32::from(STEPS));
            self.line((x, track - 8.0), (x, track + 8.0), Stroke::Thick);
            let label = at(Anchor::Middle, SMALL);
            self.aside((x, track + 36.0), rung.short, label);
            let on: Vec<usize> = map
                .segments
                .iter()
                .enumerate()
                .filter(|(_, mark)| mark.stands[place] == Stand::Rung(n))
                .map(|(n, _)| n)
                .collect();
            self.rung(map, &on, (x, track));
        }
    }

    /// The segments on one rung, side by side.
    fn rung(&mut self, map: &Map, on: &[usize], (x, y): Point) {
        let shown = on.len().min(MOST_ON_RUNG);
        let step = RADIUS * 2.0 + 3.0;
        let half = (small(shown) - 1.0) / 2.0 * step;
        // The outer rungs spread inwards.
        let middle = x.clamp(LEFT + half - RADIUS, RIGHT - half + RADIUS);
        for (n, &segment) in on.iter().take(shown).enumerate() {
            let center = (middle - half + small(n) * step, y);
            let letter = map.segments[segment].letter;
            self.shapes
                .extend(symbol(segment, letter, center, self.palette.ground));
        }
        if let Some(more) = on.len().checked_sub(shown).filter(|&more| more > 0) {
            let label = at(Anchor::Middle, SMALL);
            self.words((middle, y - RADIUS - 6.0), format!("+{more} more"), label);
        }
    }

    /// The legend; returns where it ends.
    fn legend(&mut self, map: &Map) -> f32 {
        let mut y = LEGEND + 16.0;
        let room = WIDTH - 84.0 - 28.0;
        for (n, mark) in map.segments.iter().take(MOST_LINES).enumerate() {
            let ground = self.palette.ground;
            self.shapes
                .extend(symbol(n, mark.letter, (52.0, y - 7.0), ground));
            let name = fitted(mark.name().unwrap_or("The plan"), NAME, room);
            let after = 84.0 + width(&name, NAME) + 14.0;
            self.words((84.0, y), name, NAME);
            let numbers = known(mark).join(", ");
            let beside = after + width(&numbers, PLAIN) <= 84.0 + room;
            let start = if beside { after } else { 84.0 };
            if !beside {
                y += LEGEND_LINE - 8.0;
            }
            self.words((start, y), fitted(&numbers, PLAIN, room), PLAIN);
            y += LEGEND_LINE;
            // Cut, a remark would lose what it is about.
            let remarks = remarks(mark);
            for line in remarks.iter().flat_map(|it| wrapped(it, SMALL, room)) {
                self.aside((84.0, y - 8.0), line, SMALL);
                y += LEGEND_LINE - 8.0;
            }
        }
        if let Some(more) = map
            .segments
            .len()
            .checked_sub(MOST_LINES)
            .filter(|&n| n > 0)
        {
            self.aside((84.0, y), format!("and {more} more segments"), SMALL);
            y += LEGEND_LINE;
        }
        y
    }

    /// Whose numbers these are; returns the picture's height.
    fn footer(&mut self, map: &Map, end: f32) -> f32 {
        let mut lines = vec![
            "Order and pairing of the ladders: thescienceofrevenue.com/gtm-model".to_owned(),
            "Dashed lines: approximate bounds of self-serve, inside and field sales".to_owned(),
        ];
        lines.extend(currency_note(map));
        let mut y = end + 10.0;
        for line in lines
            .iter()
            .flat_map(|words| wrapped(words, SMALL, WIDTH - 72.0))
        {
            self.aside((36.0, y), line, SMALL);
            y += 27.0;
        }
        y + 8.0
    }
}
