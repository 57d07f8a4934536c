//! Collects.
