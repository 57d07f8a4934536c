//! Colour sources that differ from place to place: gradients and images.

pub mod color_space;
pub mod gradient;
pub mod image;

pub use gradient::GradientShader;
pub use image::ImageShader;
