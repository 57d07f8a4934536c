//! `border-image`: how an image is cut in nine, and where the pieces go.
//! <https://drafts.csswg.org/css-backgrounds-3/#border-images>

use fanlight_base::Sides;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};

use crate::display_list::Tiling;
use crate::limits::MAX_BORDER_IMAGE_TILES;

/// How middle pieces fill their place along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceRepeat {
    Stretch,
    Repeat,
    Round,
    Space,
}

/// A piece of the image and where it goes, in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// The part of the image.
    pub(super) source: CssRect,
    /// Where it goes.
    pub(super) dest: CssRect,
    /// How it repeats inside `dest`.
    pub(super) tiling: Option<Tiling>,
}

/// What decides where the pieces go.
#[derive(Clone, Copy, Debug)]
pub(super) struct NineSlice {
    /// The size of the image.
    pub(super) image: CssSize,
    /// How far from each edge of the image it is cut.
    pub(super) slices: Sides<f32>,
    /// Whether the middle is drawn.
    pub(super) fill: bool,
    /// The border image area.
    pub(super) area: CssRect,
    /// How wide the pieces along each edge are drawn.
    pub(super) widths: Sides<f32>,
    /// Along the upper and lower edges.
    pub(super) horizontal: PieceRepeat,
    /// Along the left and right edges.
    pub(super) vertical: PieceRepeat,
}

impl NineSlice {
    /// The pieces that are there to be drawn: corners, edges, middle.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let slices = self.clamped_slices();
        let widths = self.fitted_widths();
        let columns = [
            Span::start(slices.left, widths.left),
            Span::between(
                self.image.width,
                slices.left,
                slices.right,
                self.area.size.width,
                widths.left,
                widths.right,
            ),
            Span::end(self.image.width, slices.right, self.area.size.width, widths.right),
        ];
        let rows = [
            Span::start(slices.top, widths.top),
            Span::between(
                self.image.height,
                slices.top,
                slices.bottom,
                self.area.size.height,
                widths.top,
                widths.bottom,
            ),
            Span::end(self.image.height, slices.bottom, self.area.size.height, widths.bottom),
        ];
        let mut pieces = Vec::with_capacity(9);
        for (row_index, row) in rows.iter().enumerate() {
            for (column_index, column) in columns.iter().enumerate() {
                let is_middle = row_index == 1 && column_index == 1;
                if is_middle && !self.fill || column.is_empty() || row.is_empty() {
                    continue;
                }
                let piece = self.piece(column, row, column_index == 1, row_index == 1);
                // `space` leaves out an edge that has no room for a whole tile.
                if piece.tiling.is_none_or(|tiling| !tiling.tile.is_empty()) {
                    pieces.push(piece);
                }
            }
        }
        pieces
    }

    fn piece(&self, column: &Span, row: &Span, along_x: bool, along_y: bool) -> Piece {
        let source = CssRect::new(
            CssPoint::new(column.source_start, row.source_start),
            CssSize::new(column.source_length, row.source_length),
        );
        let dest = CssRect::new(
            self.area.origin + euclid::vec2(column.dest_start, row.dest_start),
            CssSize::new(column.dest_length, row.dest_length),
        );
        // An edge piece is scaled as the edge's width scales it; the middle as the upper edge and the left edge are, or
        // the opposite ones where those are not there.
        let scale_x = if along_y {
            self.scale_of([(self.widths.top, self.slices.top), (self.widths.bottom, self.slices.bottom)])
        } else {
            row.dest_length / row.source_length
        };
        let scale_y = if along_x {
            self.scale_of([(self.widths.left, self.slices.left), (self.widths.right, self.slices.right)])
        } else {
            column.dest_length / column.source_length
        };
        let x = match along_x {
            true => tile(self.horizontal, dest.origin.x, dest.size.width, source.size.width * scale_x),
            false => Tile::once(dest.origin.x, dest.size.width),
        };
        let y = match along_y {
            true => tile(self.vertical, dest.origin.y, dest.size.height, source.size.height * scale_y),
            false => Tile::once(dest.origin.y, dest.size.height),
        };
        let tiling = (!x.once || !y.once).then(|| Tiling {
            tile: CssRect::new(CssPoint::new(x.start, y.start), CssSize::new(x.length, y.length)),
            spacing: CssSize::new(x.gap, y.gap),
        });
        Piece { source, dest, tiling }
    }

    fn scale_of(&self, candidates: [(f32, f32); 2]) -> f32 {
        candidates
            .into_iter()
            .find(|(width, slice)| *width > 0.0 && *slice > 0.0)
            .map_or(1.0, |(width, slice)| width / slice)
    }

    /// Slices are no larger than the image.
    fn clamped_slices(&self) -> Sides<f32> {
        Sides {
            top: self.slices.top.clamp(0.0, self.image.height),
            right: self.slices.right.clamp(0.0, self.image.width),
            bottom: self.slices.bottom.clamp(0.0, self.image.height),
            left: self.slices.left.clamp(0.0, self.image.width),
        }
    }

    /// Widths that overlap are made smaller by one factor.
    fn fitted_widths(&self) -> Sides<f32> {
        let factor = |length: f32, sum: f32| if sum > length && sum > 0.0 { length / sum } else { 1.0 };
        let factor = factor(self.area.size.width, self.widths.left + self.widths.right)
            .min(factor(self.area.size.height, self.widths.top + self.widths.bottom));
        self.widths.map(|width| width * factor)
    }
}

/// A column or a row of the nine pieces.
#[derive(Clone, Copy, Debug)]
struct Span {
    source_start: f32,
    source_length: f32,
    dest_start: f32,
    dest_length: f32,
}

impl Span {
    fn start(slice: f32, width: f32) -> Self {
        Span { source_start: 0.0, source_length: slice, dest_start: 0.0, dest_length: width }
    }

    fn end(image: f32, slice: f32, area: f32, width: f32) -> Self {
        Span {
            source_start: image - slice,
            source_length: slice,
            dest_start: area - width,
            dest_length: width,
        }
    }

    fn between(image: f32, slice: f32, far_slice: f32, area: f32, width: f32, far_width: f32) -> Self {
        Span {
            source_start: slice,
            source_length: image - slice - far_slice,
            dest_start: width,
            dest_length: area - width - far_width,
        }
    }

    fn is_empty(&self) -> bool {
        // Refuses NaN too.
        !(self.source_length > 0.0 && self.dest_length > 0.0)
    }
}

/// The tiles along one axis.
struct Tile {
    start: f32,
    length: f32,
    gap: f32,
    once: bool,
}

impl Tile {
    fn once(start: f32, length: f32) -> Self {
        Tile { start, length, gap: 0.0, once: true }
    }
}

fn tile(repeat: PieceRepeat, start: f32, length: f32, tile: f32) -> Tile {
    if !(tile > 0.0 && length / tile <= MAX_BORDER_IMAGE_TILES) {
        return Tile::once(start, length);
    }
    match repeat {
        PieceRepeat::Stretch => Tile::once(start, length),
        // A tile stands in the middle.
        PieceRepeat::Repeat => {
            Tile { start: start + (length - tile) / 2.0, length: tile, gap: 0.0, once: false }
        }
        PieceRepeat::Round => {
            let count = (length / tile).round().max(1.0);
            Tile { start, length: length / count, gap: 0.0, once: count == 1.0 }
        }
        PieceRepeat::Space => {
            let count = (length / tile + 1e-4).floor();
            if count < 1.0 {
                return Tile { start, length: 0.0, gap: 0.0, once: false };
            }
            // The space is shared out between and around the tiles.
            let gap = (length - count * tile) / (count + 1.0);
            Tile { start: start + gap, length: tile, gap, once: false }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nine(horizontal: PieceRepeat, fill: bool) -> NineSlice {
        NineSlice {
            image: CssSize::new(30.0, 30.0),
            slices: Sides::all(10.0),
            fill,
            area: CssRect::new(CssPoint::new(5.0, 5.0), CssSize::new(100.0, 60.0)),
            widths: Sides::all(20.0),
            horizontal,
            vertical: PieceRepeat::Stretch,
        }
    }

    #[test]
    fn the_middle_is_drawn_only_with_fill() {
        assert_eq!(nine(PieceRepeat::Stretch, false).pieces().len(), 8);
        assert_eq!(nine(PieceRepeat::Stretch, true).pieces().len(), 9);
    }

    #[test]
    fn corners_keep_to_the_corners() {
        let pieces = nine(PieceRepeat::Stretch, false).pieces();
        let last = pieces.last().unwrap();
        assert_eq!(last.source, CssRect::new(CssPoint::new(20.0, 20.0), CssSize::new(10.0, 10.0)));
        assert_eq!(last.dest, CssRect::new(CssPoint::new(85.0, 45.0), CssSize::new(20.0, 20.0)));
    }

    #[test]
    fn a_repeated_edge_has_a_tile_in_its_middle() {
        let top = nine(PieceRepeat::Repeat, false).pieces()[1];
        let tiling = top.tiling.unwrap();
        assert_eq!((top.dest.origin.x, top.dest.size.width), (25.0, 60.0));
        assert_eq!((tiling.tile.origin.x, tiling.tile.size.width), (45.0, 20.0));
    }

    #[test]
    fn a_rounded_edge_has_whole_tiles() {
        let mut slices = nine(PieceRepeat::Round, false);
        slices.area.size.width = 110.0;
        let tiling = slices.pieces()[1].tiling.unwrap();
        assert_eq!(tiling.tile.size.width, 70.0 / 4.0);
    }

    #[test]
    fn widths_that_overlap_shrink_together() {
        let mut slices = nine(PieceRepeat::Stretch, false);
        slices.area.size = CssSize::new(20.0, 60.0);
        let corner = slices.pieces()[0];
        assert_eq!(corner.dest.size, CssSize::new(10.0, 10.0));
    }
}
