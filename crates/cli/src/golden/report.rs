//! The report of what differed: images and an HTML page where expected, actual and difference can be flipped, without
//! scripts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fanlight_page::{Picture, escape_html};

use super::compare::pixel_difference;
use super::{Difference, Outcome, TestResult};
use crate::exit::Failure;
use crate::output;

const HEAD: &str = "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n<title>Golden tests</title>\n<style>\n\
body { margin: 24px; font: 15px/1.5 sans-serif; color: #22303c; background: #fbfaf7 }\n\
section { margin: 0 0 32px; padding: 12px 16px; background: #fff; border-left: 4px solid #b03a2e }\n\
h2 { margin: 0; font-size: 17px } p { margin: 4px 0 8px; font-family: monospace; white-space: pre-wrap }\n\
.views img { display: none; border: 1px solid #c5ccd3; background: #eee }\n\
input.e:checked ~ img.e, input.a:checked ~ img.a, input.d:checked ~ img.d { display: block; margin-top: 8px }\n\
</style>\n<h1>Golden tests that differ</h1>\n";

/// Writes the report of all that differed; nothing, and no file, when nothing did.
///
/// # Errors
/// A file cannot be written.
pub fn write(folder: &Path, results: &[TestResult]) -> Result<Option<PathBuf>, Failure> {
    let mut html = HEAD.to_owned();
    let mut any = false;
    for (index, result) in results.iter().enumerate() {
        let Outcome::Differs(difference) = &result.outcome else { continue };
        if !any {
            std::fs::create_dir_all(folder)
                .map_err(|source| Failure::Write { path: folder.to_owned(), source })?;
            any = true;
        }
        section(folder, index, &result.name, difference, &mut html)?;
    }
    if !any {
        return Ok(None);
    }
    let path = folder.join("index.html");
    output::file(&path, html.as_bytes())?;
    Ok(Some(path))
}

fn section(
    folder: &Path,
    index: usize,
    name: &str,
    difference: &Difference,
    html: &mut String,
) -> Result<(), Failure> {
    // Writing to a String cannot fail.
    let _ = write!(
        html,
        "<section>\n<h2>{}</h2>\n<p>{}</p>\n",
        escape_html(name),
        escape_html(&difference.message)
    );
    if let Some(pictures) = &difference.pictures {
        html.push_str("<div class=views>\n");
        let mut views = vec![("a", "actual", pictures.actual.clone())];
        if let Some(expected) = &pictures.expected {
            views.insert(0, ("e", "expected", expected.clone()));
            views.push(("d", "difference", difference_picture(expected, &pictures.actual)));
        }
        for (class, word, _) in &views {
            let checked = if *class == "a" { " checked" } else { "" };
            let _ = writeln!(
                html,
                "<input type=radio class={class} name=v{index} id={class}{index}{checked}>\
                 <label for={class}{index}>{word}</label>"
            );
        }
        let stem: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        for (class, word, picture) in views {
            let file = format!("{stem}.{word}.png");
            output::file(&folder.join(&file), &picture.to_png()?)?;
            let _ = writeln!(html, "<img class={class} alt={word} src=\"{file}\">");
        }
        html.push_str("</div>\n");
    }
    html.push_str("</section>\n");
    Ok(())
}

/// White where both are the same, darker the more they differ, as large as both together.
fn difference_picture(expected: &Picture, actual: &Picture) -> Picture {
    let (width, height) = (expected.width().max(actual.width()), expected.height().max(actual.height()));
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for y in 0..height {
        for x in 0..width {
            let difference = match (expected.pixel(x, y), actual.pixel(x, y)) {
                (Some(expected), Some(actual)) => pixel_difference(&expected, &actual),
                _ => 255,
            };
            // A difference of one must be seen.
            let level = if difference == 0 { 255 } else { 200 - (u16::from(difference) * 200 / 255) as u8 };
            pixels.push([level, level, level, 255]);
        }
    }
    Picture::from_pixels(width, height, pixels).expect("one was made for each place")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_shows_also_what_only_one_picture_has() {
        let small = Picture::from_pixels(1, 1, vec![[9, 9, 9, 255]]).unwrap();
        let large = Picture::from_pixels(2, 1, vec![[9, 9, 9, 255], [0, 0, 0, 255]]).unwrap();
        let difference = difference_picture(&small, &large);
        assert_eq!(difference.pixel(0, 0), Some([255, 255, 255, 255]));
        assert_eq!(difference.pixel(1, 0), Some([0, 0, 0, 255]));
    }
}
