//! What every stage shares.
//!
//! 1. [`units`] and [`geometry`]: CSS px, device px, fixed-point layout units, points, sizes, rectangles.
//! 2. [`stage`]: the stages of the pipeline and their names.
//! 3. [`door`]: [`run`], through which every stage is called, so that it can be timed and dumped.
//! 4. [`observer`]: who is told of it: a stage table, a Chrome trace, a collector for tests.
//! 5. [`dump`]: one tree writer for the text and JSON of every artefact.
//! 6. [`diagnostics`]: what was wrong in web content, with its source position.
//! 7. [`mime`]: which MIME types are JavaScript, for all that load scripts.
//!
//! Nothing here knows a stage's artefact.

pub mod atoms;
pub mod color;
pub mod diagnostics;
pub mod door;
pub mod dump;
pub mod geometry;
pub mod mime;
pub mod observer;
pub mod stage;
pub mod trace;
pub mod units;

pub use atoms::{Atom, LocalName, Namespace, Prefix, QualName};
pub use color::Rgba;
pub use diagnostics::{Diagnostic, DiagnosticSink, Diagnostics, Severity, SourceLocation};
pub use door::{Aside, reused, run, run_in_parts, skipped};
pub use dump::{Dump, DumpFormat, TreeWriter};
pub use geometry::Sides;
pub use observer::{Observer, Silent, StageEvent, StageOutcome};
pub use stage::Stage;
pub use units::{CssPx, DevicePx, LayoutUnit};
