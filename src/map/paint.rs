//! A drawing as PNG.

use tiny_skia::{FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, StrokeDash, Transform};

use super::font::{self, Pen};
use super::scene::{Color, DASH, Point, Scene, Shape, Stroke};

/// Pixels of the picture for each unit of the drawing: sharp on a telephone.
const SCALE: f32 = 1.75;

/// The drawing as the bytes of a PNG file.
pub(super) fn png(scene: &Scene) -> Vec<u8> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a drawing is a few thousand pixels wide and high"
    )]
    let pixels = |length: f32| (length * SCALE).ceil().max(1.0) as u32;
    let pixmap = Pixmap::new(pixels(scene.width), pixels(scene.height));
    let mut canvas = Canvas {
        pixmap: pixmap.expect("a picture of a bounded size"),
    };
    let Color(red, green, blue) = scene.background;
    canvas
        .pixmap
        .fill(tiny_skia::Color::from_rgba8(red, green, blue, 255));
    for shape in &scene.shapes {
        canvas.draw(shape);
    }
    canvas.pixmap.encode_png().expect("memory takes every byte")
}

struct Canvas {
    pixmap: Pixmap,
}

impl Canvas {
    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Area { points, fill, edge } => self.both(polygon(points), *fill, *edge),
            Shape::Disc {
                center: (x, y),
                radius,
                fill,
                edge,
            } => self.both(PathBuilder::from_circle(*x, *y, *radius), *fill, *edge),
            Shape::Line {
                from,
                to,
                color,
                stroke,
            } => self.line(polygon_open(*from, *to), *color, *stroke),
            Shape::Words {
                at: (x, y),
                words,
                color,
                style,
            } => {
                let mut letters = Letters(PathBuilder::new());
                let start = font::start(words, *style, *x);
                font::outline(words, *style, (start, *y), &mut letters);
                self.fill(letters.0.finish(), *color);
            }
        }
    }

    fn both(&mut self, path: Option<Path>, fill: Color, edge: Color) {
        self.fill(path.clone(), fill);
        self.line(path, edge, Stroke::Thin);
    }

    fn fill(&mut self, path: Option<Path>, color: Color) {
        if let Some(path) = path {
            let scale = Transform::from_scale(SCALE, SCALE);
            self.pixmap
                .fill_path(&path, &paint(color), FillRule::Winding, scale, None);
        }
    }

    fn line(&mut self, path: Option<Path>, color: Color, stroke: Stroke) {
        let dash = (stroke == Stroke::Dashed).then(|| StrokeDash::new(DASH.to_vec(), 0.0));
        let stroke = tiny_skia::Stroke {
            width: stroke.width(),
            line_cap: LineCap::Butt,
            dash: dash.flatten(),
            ..tiny_skia::Stroke::default()
        };
        if let Some(path) = path {
            let scale = Transform::from_scale(SCALE, SCALE);
            self.pixmap
                .stroke_path(&path, &paint(color), &stroke, scale, None);
        }
    }
}

fn paint(Color(red, green, blue): Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint.anti_alias = true;
    paint
}

fn polygon(points: &[Point]) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for point in rest {
        path.line_to(point.0, point.1);
    }
    path.close();
    path.finish()
}

fn polygon_open(from: Point, to: Point) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    path.finish()
}

struct Letters(PathBuilder);

impl Pen for Letters {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, by: Point, to: Point) {
        self.0.quad_to(by.0, by.1, to.0, to.1);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
