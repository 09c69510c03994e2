//! A drawing as SVG.

use std::fmt::Write;

use super::scene::{Anchor, Color, DASH, Point, Scene, Shape, Stroke, Style, Weight};

/// The drawing as an SVG file, with title and description for those who cannot see it.
pub(super) fn svg(scene: &Scene) -> String {
    let mut out = String::new();
    let (width, height) = (scene.width, scene.height);
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title description" font-family="Noto Sans, Helvetica, Arial, sans-serif">"#
    );
    let _ = writeln!(
        out,
        r#"<title id="title">{}</title>"#,
        escaped(&scene.title)
    );
    let description = escaped(&scene.description);
    let _ = writeln!(out, r#"<desc id="description">{description}</desc>"#);
    let background = hex(scene.background);
    let _ = writeln!(
        out,
        r#"<rect width="100%" height="100%" fill="{background}"/>"#
    );
    for shape in &scene.shapes {
        out.push_str(&element(shape));
        out.push('\n');
    }
    out.push_str("</svg>\n");
    out
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Area { points, fill, edge } => {
            let points: Vec<_> = points
                .iter()
                .map(|(x, y)| format!("{x:.1},{y:.1}"))
                .collect();
            let points = points.join(" ");
            format!(r#"<polygon points="{points}" {}/>"#, filled(*fill, *edge))
        }
        Shape::Disc {
            center: (x, y),
            radius,
            fill,
            edge,
        } => format!(
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" {}/>"#,
            filled(*fill, *edge)
        ),
        Shape::Line {
            from,
            to,
            color,
            stroke,
        } => line(*from, *to, *color, *stroke),
        Shape::Words {
            at: (x, y),
            words,
            color,
            style,
        } => format!(
            r#"<text x="{x:.1}" y="{y:.1}" fill="{}" {}>{}</text>"#,
            hex(*color),
            set(*style),
            escaped(words)
        ),
    }
}

fn line((x1, y1): Point, (x2, y2): Point, color: Color, stroke: Stroke) -> String {
    let dash = match stroke {
        Stroke::Dashed => format!(r#" stroke-dasharray="{} {}""#, DASH[0], DASH[1]),
        Stroke::Thin | Stroke::Thick => String::new(),
    };
    format!(
        r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{}" stroke-width="{}"{dash}/>"#,
        hex(color),
        stroke.width()
    )
}

fn filled(fill: Color, edge: Color) -> String {
    let width = Stroke::Thin.width();
    let (fill, edge) = (hex(fill), hex(edge));
    format!(r#"fill="{fill}" stroke="{edge}" stroke-width="{width}""#)
}

fn set(style: Style) -> String {
    let anchor = match style.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let weight = match style.weight {
        Weight::Regular => "normal",
        Weight::Bold => "bold",
    };
    format!(
        r#"font-size="{}" font-weight="{weight}" text-anchor="{anchor}""#,
        style.size
    )
}

fn hex(Color(red, green, blue): Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Words that cannot become markup.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
