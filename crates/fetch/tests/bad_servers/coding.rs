//! Bodies that are not compressed as they say, and bombs.

use std::io::Write;

use fanlight_fetch::{FetchErrorKind, Limits, NetworkFetcher};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use super::support::script::Scripted;
use super::support::{get, response};
use super::{error, patient};

const CODINGS: [&str; 4] = ["gzip", "deflate", "br", "zstd"];

fn encode(coding: &str, bytes: &[u8]) -> Vec<u8> {
    match coding {
        "gzip" => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        "deflate" => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        "br" => {
            let mut encoded = Vec::new();
            brotli::CompressorWriter::new(&mut encoded, 4096, 5, 22).write_all(bytes).unwrap();
            encoded
        }
        _ => zstd::encode_all(bytes, 3).unwrap(),
    }
}

fn serving(coding: &str, body: &[u8]) -> Scripted {
    Scripted::answering(response(
        "200 OK",
        &[("Content-Encoding", coding), ("Content-Type", "text/html")],
        body,
    ))
}

/// Text that does not compress to nothing.
fn text() -> Vec<u8> {
    (0_u32..20_000)
        .flat_map(|number| (number.wrapping_mul(2_654_435_761) % 1000).to_string().into_bytes())
        .collect()
}

#[test]
fn every_coding_is_undone() {
    for coding in CODINGS {
        let response = get(&patient(), serving(coding, &encode(coding, &text())).url()).unwrap();
        assert_eq!(response.body, text(), "{coding}");
    }
}

#[test]
fn a_body_that_is_cut_off_is_as_long_as_it_is() {
    for coding in CODINGS {
        let encoded = encode(coding, &text());
        let response = get(&patient(), serving(coding, &encoded[..encoded.len() / 2]).url());
        let body = response.unwrap_or_else(|error| panic!("{coding}: {error}")).body;
        assert!(text().starts_with(&body) && body.len() < text().len(), "{coding}: {}", body.len());
    }
}

#[test]
fn a_body_that_is_not_coded_as_said_is_refused_by_name() {
    for coding in CODINGS {
        let error = error(serving(coding, &[0xff; 64]).url());
        assert!(
            matches!(&error.kind, FetchErrorKind::Decoding { coding: named, .. } if named == coding),
            "{error}"
        );
        assert!(error.to_string().contains("the server is set up wrongly"), "{error}");
    }
}

#[test]
fn a_body_that_is_corrupt_is_refused_or_as_long_as_it_is_right() {
    for coding in CODINGS {
        let mut encoded = encode(coding, &text());
        let middle = encoded.len() / 2;
        for byte in &mut encoded[middle..middle + 64] {
            *byte ^= 0x5a;
        }
        match get(&patient(), serving(coding, &encoded).url()) {
            Err(error) => assert_eq!(error.kind.name(), "decoding", "{coding}: {error}"),
            Ok(response) => assert_ne!(response.body, text(), "{coding}"),
        }
    }
}

#[test]
fn a_small_body_becomes_a_huge_one() {
    // A tenth of that is no bomb whatever its ratio.
    let zeros = vec![0; 32 << 20];
    for coding in CODINGS {
        let bomb = encode(coding, &zeros);
        let error = error(serving(coding, &bomb).url());
        assert!(matches!(error.kind, FetchErrorKind::DecompressionBomb { ratio: 100 }), "{coding}: {error}");
        assert!(
            error.to_string().contains("more than 100-fold when decompressed; limits are there"),
            "{error}"
        );
        let small = encode(coding, &zeros[..4 << 20]);
        assert!((4 << 20) / small.len() > 100, "{coding} compresses zeros");
        assert_eq!(get(&patient(), serving(coding, &small).url()).unwrap().body.len(), 4 << 20, "{coding}");
    }
}

#[test]
fn a_bomb_within_a_bomb_is_one() {
    let bomb = encode("gzip", &encode("gzip", &vec![0; 64 << 20]));
    let error = error(serving("gzip, gzip", &bomb).url());
    assert!(matches!(error.kind, FetchErrorKind::DecompressionBomb { .. }), "{error}");
}

#[test]
fn what_a_body_may_become_is_limited_whatever_its_ratio() {
    let limits = Limits { decoded_bytes: 1 << 20, ..Limits::default() };
    let server = serving("gzip", &encode("gzip", &vec![0; 2 << 20]));
    let error = get(&NetworkFetcher::builder().limits(limits).build(), server.url()).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::BodyTooLarge { limit: 0x10_0000, .. }), "{error}");
}
