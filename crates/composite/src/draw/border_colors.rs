//! The colours of borders that look carved: `inset`, `outset`, `groove` and `ridge`.

use fanlight_base::Rgba;

/// The colour of the sides in shadow. Nearly black borders would not show it: they are lightened instead.
pub(super) fn shadowed(color: Rgba) -> Rgba {
    if is_very_dark(color) { lighter(color) } else { darker(color) }
}

/// The colour of the sides in the light. Nearly white borders stay as they are.
pub(super) fn lit(color: Rgba) -> Rgba {
    if is_very_dark(color) {
        lighter(lighter(color))
    } else if is_very_light(color) {
        color
    } else {
        lighter(color)
    }
}

fn is_very_dark(color: Rgba) -> bool {
    color.to_u8()[..3].iter().all(|&component| component <= 0x20)
}

fn is_very_light(color: Rgba) -> bool {
    color.to_u8()[..3].iter().all(|&component| component >= 0xeb)
}

/// How much the greatest component changes.
const STEP: f32 = 0.33;

fn lighter(color: Rgba) -> Rgba {
    let most = color.red.max(color.green).max(color.blue);
    if most <= 0.0 {
        return Rgba { alpha: color.alpha, ..Rgba::from_u8(84, 84, 84, 255) };
    }
    scaled(color, (most + STEP).min(1.0) / most)
}

fn darker(color: Rgba) -> Rgba {
    let most = color.red.max(color.green).max(color.blue);
    if most <= 0.0 {
        return color;
    }
    scaled(color, (most - STEP).max(0.0) / most)
}

fn scaled(color: Rgba, factor: f32) -> Rgba {
    // Cut off to 8 bits, as Chromium does, not rounded.
    let component = |value: f32| f32::from((value * factor * 255.99) as u8) / 255.0;
    Rgba {
        red: component(color.red),
        green: component(color.green),
        blue: component(color.blue),
        alpha: color.alpha,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_measured_in_chromium() {
        // The left and the right side of `border: 5px inset`, in Chromium 156.
        for (color, left, right) in [
            ([0, 0, 0], [84, 84, 84], [168, 168, 168]),
            ([0x20, 0x20, 0x20], [0x74, 0x74, 0x74], [0xc8, 0xc8, 0xc8]),
            ([0x28, 0x28, 0x28], [0, 0, 0], [0x7c, 0x7c, 0x7c]),
            ([0x80, 0x80, 0x80], [0x2c, 0x2c, 0x2c], [0xd4, 0xd4, 0xd4]),
            ([0xe8, 0xe8, 0xe8], [0x94, 0x94, 0x94], [0xff, 0xff, 0xff]),
            ([0xf0, 0xf0, 0xf0], [0x9c, 0x9c, 0x9c], [0xf0, 0xf0, 0xf0]),
            ([0xff, 0, 0], [0xab, 0, 0], [0xff, 0, 0]),
            ([0x99, 0x32, 0xcc], [0x5a, 0x1d, 0x78], [0xbf, 0x3e, 0xff]),
        ] {
            let color = Rgba::from_u8(color[0], color[1], color[2], 255);
            assert_eq!(shadowed(color).to_u8()[..3], left, "{color}");
            assert_eq!(lit(color).to_u8()[..3], right, "{color}");
        }
    }
}
