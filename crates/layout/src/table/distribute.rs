//! How the width of a table is shared by its columns.
//! <https://drafts.csswg.org/css-tables-3/#width-distribution-algorithm>

use fanlight_base::LayoutUnit;

use super::columns::Column;

/// Adds shares of an amount to sizes, in proportion to weights. What rounding leaves goes to the last one that takes part.
pub(super) fn share(sizes: &mut [LayoutUnit], amount: LayoutUnit, weight: impl Fn(usize) -> f64) {
    let total: f64 = (0..sizes.len()).map(&weight).sum();
    if total <= 0.0 || amount <= LayoutUnit::ZERO {
        return;
    }
    let mut left = amount;
    let mut last = None;
    for (index, size) in sizes.iter_mut().enumerate() {
        let weight = weight(index);
        if weight > 0.0 {
            let part = LayoutUnit::from_raw((f64::from(amount.raw()) * weight / total) as i32).min(left);
            *size += part;
            left -= part;
            last = Some(index);
        }
    }
    if let Some(last) = last {
        sizes[last] += left;
    }
}

fn raw(length: LayoutUnit) -> f64 {
    f64::from(length.raw())
}

/// The widths of columns in the automatic mode. `takes_surplus` says whether columns with a length of their own grow
/// beyond it.
pub(super) fn automatic(columns: &[Column], target: LayoutUnit, takes_surplus: bool) -> Vec<LayoutUnit> {
    // Shares beyond 100% are none.
    let mut percent_left = 1.0_f32;
    let percents: Vec<Option<f32>> = columns
        .iter()
        .map(|column| {
            let percent = column.percent?.min(percent_left).max(0.0);
            percent_left -= percent;
            Some(percent)
        })
        .collect();
    let is_auto = |index: usize| {
        percents[index].is_none() && !columns[index].is_constrained && !columns[index].is_merged
    };
    let min: Vec<LayoutUnit> = columns.iter().map(|column| column.min).collect();
    let with_percent = |index: usize| match percents[index] {
        Some(percent) => columns[index].min.max(target * percent),
        None => columns[index].min,
    };
    let specified = |index: usize| match percents[index] {
        None if columns[index].is_constrained => columns[index].max,
        _ => with_percent(index),
    };
    let max = |index: usize| if is_auto(index) { columns[index].max } else { specified(index) };
    let total = |of: &dyn Fn(usize) -> LayoutUnit| (0..columns.len()).map(of).sum::<LayoutUnit>();
    let growing = |from: &dyn Fn(usize) -> LayoutUnit, to: &dyn Fn(usize) -> LayoutUnit| {
        let mut sizes: Vec<LayoutUnit> = (0..columns.len()).map(from).collect();
        let amount = target - total(from);
        share(&mut sizes, amount, |index| raw(to(index) - from(index)));
        sizes
    };

    let at_min = |index: usize| min[index];
    if target <= total(&at_min) {
        return min;
    }
    if target < total(&with_percent) {
        return growing(&at_min, &with_percent);
    }
    if target < total(&specified) {
        return growing(&with_percent, &specified);
    }
    if target < total(&max) {
        return growing(&specified, &max);
    }
    let mut sizes: Vec<LayoutUnit> = (0..columns.len()).map(max).collect();
    let surplus = target - total(&max);
    let some = |which: &dyn Fn(usize) -> bool| (0..columns.len()).any(which);
    let has_width = |index: usize| columns[index].max > LayoutUnit::ZERO;
    if some(&|index| is_auto(index) && has_width(index)) {
        share(&mut sizes, surplus, |index| if is_auto(index) { raw(columns[index].max) } else { 0.0 });
    } else if takes_surplus && some(&|index| !is_auto(index) && percents[index].is_none() && has_width(index))
    {
        share(&mut sizes, surplus, |index| {
            if !is_auto(index) && percents[index].is_none() { raw(columns[index].max) } else { 0.0 }
        });
    } else if some(&|index| percents[index].is_some_and(|percent| percent > 0.0)) {
        share(&mut sizes, surplus, |index| percents[index].map_or(0.0, f64::from));
    } else if some(&is_auto) {
        share(&mut sizes, surplus, |index| if is_auto(index) { 1.0 } else { 0.0 });
    } else if takes_surplus {
        share(&mut sizes, surplus, |_| 1.0);
    }
    sizes
}

/// The widths of columns in the fixed mode. <https://drafts.csswg.org/css2/#fixed-table-layout>
pub(super) fn fixed(columns: &[Column], target: LayoutUnit) -> Vec<LayoutUnit> {
    let is_auto = |column: &Column| column.percent.is_none() && !column.is_constrained;
    let mut sizes: Vec<LayoutUnit> = columns
        .iter()
        .map(|column| match column.percent {
            Some(percent) => target * percent + column.percent_edges,
            None if column.is_constrained => column.max,
            None => LayoutUnit::ZERO,
        })
        .collect();
    let used: LayoutUnit = sizes.iter().sum();
    if used > target {
        // Shares shrink to what lengths leave over.
        let lengths: LayoutUnit = columns
            .iter()
            .zip(&sizes)
            .filter(|(column, _)| column.percent.is_none())
            .map(|(_, &size)| size)
            .sum();
        let room = (target - lengths).clamp_negative_to_zero();
        let shares: LayoutUnit = used - lengths;
        for (column, size) in columns.iter().zip(&mut sizes).filter(|(column, _)| column.percent.is_some()) {
            *size = size.mul_div(room, shares).max(column.min);
        }
        return sizes;
    }
    let surplus = target - used;
    if columns.iter().any(is_auto) {
        share(&mut sizes, surplus, |index| if is_auto(&columns[index]) { 1.0 } else { 0.0 });
    } else if columns.iter().any(|column| column.is_constrained && column.max > LayoutUnit::ZERO) {
        share(&mut sizes, surplus, |index| match columns[index].percent {
            None => raw(columns[index].max),
            Some(_) => 0.0,
        });
    } else if columns.iter().any(|column| column.percent.is_some_and(|percent| percent > 0.0)) {
        share(&mut sizes, surplus, |index| columns[index].percent.map_or(0.0, f64::from));
    } else {
        share(&mut sizes, surplus, |_| 1.0);
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn px(px: i32) -> LayoutUnit {
        LayoutUnit::from_px(px)
    }

    fn auto(min: i32, max: i32) -> Column {
        Column { min: px(min), max: px(max), ..Column::default() }
    }

    fn widths(columns: &[Column], target: i32) -> Vec<i32> {
        automatic(columns, px(target), true).into_iter().map(LayoutUnit::round).collect()
    }

    #[test]
    fn columns_grow_from_their_minimum_towards_their_maximum() {
        let columns = [auto(10, 110), auto(10, 60)];
        assert_eq!(widths(&columns, 5), [10, 10]);
        assert_eq!(widths(&columns, 95), [60, 35]);
        assert_eq!(widths(&columns, 170), [110, 60]);
        assert_eq!(widths(&columns, 340), [220, 120]);
    }

    #[test]
    fn lengths_stay_while_automatic_columns_take_the_surplus() {
        let fixed = Column { is_constrained: true, ..auto(10, 50) };
        assert_eq!(widths(&[fixed, auto(10, 50)], 200), [50, 150]);
        assert_eq!(widths(&[fixed, fixed], 200), [100, 100]);
    }

    #[test]
    fn shares_refer_to_all_columns_together() {
        let half = Column { percent: Some(0.5), ..auto(10, 20) };
        assert_eq!(widths(&[half, auto(10, 20), auto(10, 40)], 240), [120, 40, 80]);
        let all = Column { percent: Some(0.8), ..auto(10, 20) };
        assert_eq!(widths(&[all, all], 100), [80, 20], "no more than 100% together");
    }

    #[test]
    fn fixed_layout_shares_the_rest_equally() {
        let given = Column { is_constrained: true, ..auto(0, 60) };
        assert_eq!(fixed(&[given, auto(5, 90), auto(5, 10)], px(160)), [px(60), px(50), px(50)]);
    }

    #[test]
    fn nothing_is_lost_to_rounding() {
        let columns = [auto(1, 10), auto(1, 10), auto(1, 10)];
        let total: LayoutUnit = automatic(&columns, px(100), true).iter().sum();
        assert_eq!(total, px(100));
    }
}
