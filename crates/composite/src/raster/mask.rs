//! How much of each pixel is covered.

use super::PixelRect;

/// Coverage of pixels at a place, in absolute device coordinates; 0 is none, 255 is all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    rect: PixelRect,
    coverage: Vec<u8>,
}

impl Mask {
    pub fn filled(rect: PixelRect, value: u8) -> Self {
        Mask { rect, coverage: vec![value; rect.area()] }
    }

    /// From coverage that is there already, row by row.
    pub fn from_coverage(rect: PixelRect, coverage: Vec<u8>) -> Self {
        debug_assert_eq!(coverage.len(), rect.area());
        Mask { rect, coverage }
    }

    pub fn rect(&self) -> PixelRect {
        self.rect
    }

    pub fn coverage(&self) -> &[u8] {
        &self.coverage
    }

    pub fn coverage_mut(&mut self) -> &mut [u8] {
        &mut self.coverage
    }

    /// A part of a row; the part must be inside.
    pub fn row(&self, y: i32, left: i32, right: i32) -> &[u8] {
        let start = (y - self.rect.top) as usize * self.rect.width();
        &self.coverage[start + (left - self.rect.left) as usize..start + (right - self.rect.left) as usize]
    }

    /// A part of a row, to change; the part must be inside.
    pub fn row_mut(&mut self, y: i32, left: i32, right: i32) -> &mut [u8] {
        let start = (y - self.rect.top) as usize * self.rect.width();
        &mut self.coverage
            [start + (left - self.rect.left) as usize..start + (right - self.rect.left) as usize]
    }

    /// What is covered by both; nothing outside `other`.
    pub fn multiply(&mut self, other: &Mask) {
        let rect = self.rect;
        let both = rect.intersection(&other.rect);
        for y in rect.top..rect.bottom {
            let row = self.row_mut(y, rect.left, rect.right);
            if y < both.top || y >= both.bottom {
                row.fill(0);
                continue;
            }
            let (start, end) = ((both.left - rect.left) as usize, (both.right - rect.left) as usize);
            row[..start].fill(0);
            row[end..].fill(0);
            for (here, there) in row[start..end].iter_mut().zip(other.row(y, both.left, both.right)) {
                *here = super::blend::multiply(*here, *there);
            }
        }
    }
}
