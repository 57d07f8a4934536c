//! Grid containers and items.
//! <https://drafts.csswg.org/css-grid-2/>

use crate::values::combinators::Boxed;
use crate::values::grid::{
    GridAreas, GridAutoFlow, GridLine, GridTemplate, SpecifiedGridTemplate, SpecifiedTrackSize, TrackBreadth,
    TrackSize,
};
use crate::values::{NoneOr, SpaceList};

longhands! {
    /// Grid containers and items.
    group Grid: reset {
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-template-columns>
        "grid-template-columns" grid_template_columns / GridTemplateColumns: Boxed<SpecifiedGridTemplate> = GridTemplate::None, Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-template-rows>
        "grid-template-rows" grid_template_rows / GridTemplateRows: Boxed<SpecifiedGridTemplate> = GridTemplate::None, Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-template-areas>
        "grid-template-areas" grid_template_areas / GridTemplateAreas: Boxed<NoneOr<GridAreas>> = NoneOr::None, Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-auto-columns>
        "grid-auto-columns" grid_auto_columns / GridAutoColumns: SpaceList<SpecifiedTrackSize> =
            SpaceList::one(TrackSize::Breadth(TrackBreadth::Auto)), Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-auto-rows>
        "grid-auto-rows" grid_auto_rows / GridAutoRows: SpaceList<SpecifiedTrackSize> =
            SpaceList::one(TrackSize::Breadth(TrackBreadth::Auto)), Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-auto-flow>
        "grid-auto-flow" grid_auto_flow / GridAutoFlow: GridAutoFlow = GridAutoFlow::ROW, Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-row-start>
        "grid-row-start" grid_row_start / GridRowStart: GridLine = GridLine::default(), Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-row-end>
        "grid-row-end" grid_row_end / GridRowEnd: GridLine = GridLine::default(), Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-column-start>
        "grid-column-start" grid_column_start / GridColumnStart: GridLine = GridLine::default(), Layout;
        /// <https://drafts.csswg.org/css-grid-2/#propdef-grid-column-end>
        "grid-column-end" grid_column_end / GridColumnEnd: GridLine = GridLine::default(), Layout;
    }
}
