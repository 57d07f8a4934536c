//! Bytes to document: encoding detection, the HTML parser, the preload scanner, the serialiser.
