//! Finds what differs.

use fanlight_base::Stage;
use fanlight_page::Picture;

use super::header::Tolerance;

/// The first difference of two dumps, for people; nothing when they are the same.
pub fn texts(stage: Stage, expected: &Option<String>, actual: &str) -> Option<String> {
    let Some(expected) = expected else {
        return Some(format!("there is no golden dump of {stage}; `fanlight test --update` writes it"));
    };
    // A checkout may have changed the ends of lines.
    let (mut expected_lines, mut actual_lines) = (expected.lines(), actual.lines());
    for number in 1.. {
        match (expected_lines.next(), actual_lines.next()) {
            (None, None) => return None,
            (expected, actual) if expected != actual => {
                let shown = |line: Option<&str>| {
                    line.map_or("the end".to_owned(), |line| format!("'{}'", line.trim()))
                };
                return Some(format!(
                    "{stage} differs first, in line {number}: expected {}, got {}",
                    shown(expected),
                    shown(actual)
                ));
            }
            _ => {}
        }
    }
    None
}

/// How two pictures differ, for people; nothing when they are the same within the tolerance.
pub fn pictures(expected: Option<&Picture>, actual: &Picture, tolerance: Tolerance) -> Option<String> {
    let Some(expected) = expected else {
        return Some("there is no golden image; `fanlight test --update` writes it".to_owned());
    };
    let (expected_size, actual_size) = (size(expected), size(actual));
    if expected_size != actual_size {
        return Some(format!(
            "the picture is {}x{} and should be {}x{}",
            actual_size.0, actual_size.1, expected_size.0, expected_size.1
        ));
    }
    let mut greatest = 0;
    let mut count = 0u32;
    let mut first = None;
    for (index, (expected, actual)) in expected.pixels().iter().zip(actual.pixels()).enumerate() {
        let difference = pixel_difference(expected, actual);
        greatest = greatest.max(difference);
        if difference > tolerance.channel {
            count += 1;
            first.get_or_insert((index as u32 % actual_size.0, index as u32 / actual_size.0));
        }
    }
    let (x, y) = first.filter(|_| count > tolerance.pixels)?;
    Some(format!("composite differs first, in {count} pixels by at most {greatest}, the first at {x},{y}"))
}

/// The greatest difference of a channel.
pub fn pixel_difference(one: &[u8; 4], other: &[u8; 4]) -> u8 {
    one.iter().zip(other).map(|(one, other)| one.abs_diff(*other)).max().unwrap_or(0)
}

fn size(picture: &Picture) -> (u32, u32) {
    (picture.width(), picture.height())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(pixels: &[[u8; 4]]) -> Picture {
        Picture::from_pixels(pixels.len() as u32, 1, pixels.to_vec()).unwrap()
    }

    #[test]
    fn the_first_line_that_differs_is_named() {
        let difference = |expected: &str, actual| texts(Stage::Layout, &Some(expected.to_owned()), actual);
        assert_eq!(difference("a\nb\n", "a\r\nb"), None);
        let message = difference("a\n  b\nc", "a\nx\nc").unwrap();
        assert!(
            message.contains("layout") && message.contains("line 2") && message.contains("'b'"),
            "{message}"
        );
        assert!(difference("a\nb", "a").unwrap().contains("got the end"));
        assert!(texts(Stage::Dom, &None, "a").unwrap().contains("--update"));
    }

    #[test]
    fn pictures_may_be_apart_as_far_as_the_tolerance_says() {
        let one = picture(&[[0, 0, 0, 255], [10, 10, 10, 255]]);
        let other = picture(&[[0, 3, 0, 255], [10, 10, 90, 255]]);
        let compare = |channel, pixels| pictures(Some(&one), &other, Tolerance { channel, pixels });
        assert!(compare(0, 0).unwrap().contains("2 pixels by at most 80, the first at 0,0"));
        assert!(compare(3, 0).unwrap().contains("1 pixels"));
        assert_eq!(compare(3, 1), None);
        assert_eq!(compare(80, 0), None);
        assert!(pictures(None, &one, Tolerance::default()).is_some());
        let smaller = picture(&[[0, 0, 0, 255]]);
        assert!(
            pictures(Some(&one), &smaller, Tolerance { channel: 255, pixels: 9 }).unwrap().contains("2x1")
        );
    }
}
