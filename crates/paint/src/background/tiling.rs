//! Where the tiles of a background image lie, one axis at a time.
//! <https://drafts.csswg.org/css-backgrounds-3/#the-background-repeat>
//!
//! The positioning area comes in twice, as layout has it and snapped to pixels, because Chromium resolves some things
//! against the one and some against the other; each use says which.

/// How tiles fill one axis. <https://drafts.csswg.org/css-backgrounds-3/#typedef-repeat-style>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AxisRepeat {
    Repeat,
    Space,
    Round,
    NoRepeat,
}

/// The extent of the background positioning area along one axis, in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AxisArea {
    /// As layout has it.
    pub(crate) start: f32,
    /// As layout has it.
    pub(crate) length: f32,
    /// Its start on a whole px.
    pub(crate) snapped_start: f32,
    /// From one whole px to another.
    pub(crate) snapped_length: f32,
}

/// The tiles along one axis, in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AxisTiles {
    /// The start of one tile; with `repeats`, others lie before and after it.
    pub(crate) start: f32,
    /// The length of a tile.
    pub(crate) length: f32,
    /// From one tile's end to the next one's start.
    pub(crate) gap: f32,
    /// Whether there is more than one.
    pub(crate) repeats: bool,
}

/// The number of whole tiles that an axis holds under `round`, and the length that a tile then has.
pub(crate) fn rounded_tile(area: AxisArea, tile: f32) -> f32 {
    if area.snapped_length <= 0.0 || tile <= 0.0 {
        return tile;
    }
    area.snapped_length / (area.snapped_length / tile).round().max(1.0)
}

/// Places tiles of length `tile` along an axis. `position` resolves `background-position` against the space that is
/// left over. `None` when there is nothing to draw.
pub(crate) fn place(
    area: AxisArea,
    tile: f32,
    repeat: AxisRepeat,
    position: impl Fn(f32) -> f32,
) -> Option<AxisTiles> {
    // Also refuses NaN.
    if !(tile > 0.0 && tile.is_finite()) {
        return None;
    }
    match repeat {
        AxisRepeat::Repeat | AxisRepeat::Round => {
            // The phase comes from the unsnapped area, so that positions of large backgrounds stay accurate.
            let start = area.snapped_start + position(area.length - tile);
            Some(AxisTiles { start, length: tile, gap: 0.0, repeats: true })
        }
        AxisRepeat::Space => {
            let count = (area.snapped_length / tile + 1e-4).floor();
            if count < 2.0 {
                return place(area, tile, AxisRepeat::NoRepeat, position);
            }
            let gap = ((area.snapped_length - count * tile) / (count - 1.0)).max(0.0);
            Some(AxisTiles { start: area.snapped_start, length: tile, gap, repeats: true })
        }
        AxisRepeat::NoRepeat => {
            let offset = position(area.length - tile);
            // A tile that begins inside the area begins on a whole px; one that begins before it keeps its fraction.
            let start = if offset > 0.0 {
                (area.start + offset + 0.5).floor()
            } else {
                area.snapped_start + position(area.snapped_length - tile)
            };
            Some(AxisTiles { start, length: tile, gap: 0.0, repeats: false })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: AxisArea =
        AxisArea { start: 10.0, length: 100.0, snapped_start: 10.0, snapped_length: 100.0 };

    #[test]
    fn repeating_tiles_are_anchored_at_the_position() {
        let tiles = place(AREA, 30.0, AxisRepeat::Repeat, |left| left * 0.5).unwrap();
        assert_eq!(tiles, AxisTiles { start: 45.0, length: 30.0, gap: 0.0, repeats: true });
    }

    #[test]
    fn space_puts_the_remainder_between_tiles() {
        let tiles = place(AREA, 30.0, AxisRepeat::Space, |_| 7.0).unwrap();
        assert_eq!((tiles.start, tiles.gap), (10.0, 5.0));
    }

    #[test]
    fn space_with_room_for_one_tile_takes_the_position() {
        let tiles = place(AREA, 60.0, AxisRepeat::Space, |left| left).unwrap();
        assert_eq!((tiles.start, tiles.repeats), (50.0, false));
    }

    #[test]
    fn round_stretches_to_a_whole_number_of_tiles() {
        assert_eq!(rounded_tile(AREA, 30.0), 100.0 / 3.0);
        assert_eq!(rounded_tile(AREA, 45.0), 50.0);
        assert_eq!(rounded_tile(AREA, 400.0), 100.0);
    }

    #[test]
    fn a_single_tile_begins_on_a_whole_pixel() {
        let area = AxisArea { start: 10.25, ..AREA };
        assert_eq!(place(area, 30.0, AxisRepeat::NoRepeat, |_| 5.5).unwrap().start, 16.0);
        assert_eq!(place(area, 30.0, AxisRepeat::NoRepeat, |_| -5.5).unwrap().start, 4.5);
    }

    #[test]
    fn an_empty_tile_draws_nothing() {
        assert_eq!(place(AREA, 0.0, AxisRepeat::Repeat, |_| 0.0), None);
        assert_eq!(place(AREA, f32::NAN, AxisRepeat::Repeat, |_| 0.0), None);
    }
}
