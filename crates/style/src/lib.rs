//! Document and stylesheets to computed styles.
