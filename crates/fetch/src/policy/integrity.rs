//! Whether bytes are those that the page expects.
//! <https://www.w3.org/TR/SRI/>

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::error::FetchErrorKind;

/// Padding may be there or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The hash functions, the strongest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Algorithm {
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    const ALL: [Algorithm; 3] = [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512];

    const fn name(self) -> &'static str {
        match self {
            Algorithm::Sha256 => "sha256",
            Algorithm::Sha384 => "sha384",
            Algorithm::Sha512 => "sha512",
        }
    }
}

/// What an `integrity` attribute says: hashes by the strongest function in it, any of which will do.
/// <https://www.w3.org/TR/SRI/#get-the-strongest-metadata>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integrity {
    algorithm: Algorithm,
    /// A hash that cannot be read is there too, empty: it matches nothing.
    hashes: Vec<Vec<u8>>,
}

impl Integrity {
    /// None where the text has no hash by a known function, so that anything goes.
    /// <https://www.w3.org/TR/SRI/#parse-metadata>
    pub fn parse(metadata: &str) -> Option<Self> {
        let mut strongest: Option<Integrity> = None;
        for item in metadata.split_ascii_whitespace() {
            // Options after a question mark are for later versions.
            let expression = item.split_once('?').map_or(item, |(expression, _)| expression);
            let Some((name, value)) = expression.split_once('-') else { continue };
            let known =
                Algorithm::ALL.into_iter().find(|algorithm| name.eq_ignore_ascii_case(algorithm.name()));
            let Some(algorithm) = known else { continue };
            // Both alphabets are in use.
            let value = value.replace('-', "+").replace('_', "/");
            let hash = BASE64.decode(value).unwrap_or_default();
            match &mut strongest {
                Some(integrity) if integrity.algorithm == algorithm => integrity.hashes.push(hash),
                Some(integrity) if integrity.algorithm > algorithm => {}
                _ => strongest = Some(Integrity { algorithm, hashes: vec![hash] }),
            }
        }
        strongest
    }

    /// Begins to look at bytes.
    pub fn verifier(self) -> Verifier {
        let hasher = match self.algorithm {
            Algorithm::Sha256 => Hasher::Sha256(Sha256::new()),
            Algorithm::Sha384 => Hasher::Sha384(Sha384::new()),
            Algorithm::Sha512 => Hasher::Sha512(Sha512::new()),
        };
        Verifier { integrity: self, hasher }
    }

    /// # Errors
    /// The bytes are not those that are expected.
    pub fn check(self, bytes: &[u8]) -> Result<(), FetchErrorKind> {
        let mut verifier = self.verifier();
        verifier.update(bytes);
        verifier.finish()
    }
}

/// Looks at bytes as they come.
pub struct Verifier {
    integrity: Integrity,
    hasher: Hasher,
}

enum Hasher {
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Verifier {
    /// More bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.hasher {
            Hasher::Sha256(hasher) => hasher.update(bytes),
            Hasher::Sha384(hasher) => hasher.update(bytes),
            Hasher::Sha512(hasher) => hasher.update(bytes),
        }
    }

    /// All bytes were there.
    /// <https://www.w3.org/TR/SRI/#does-response-match-metadatalist>
    ///
    /// # Errors
    /// They are not those that are expected.
    pub fn finish(self) -> Result<(), FetchErrorKind> {
        let hash = match self.hasher {
            Hasher::Sha256(hasher) => hasher.finalize().to_vec(),
            Hasher::Sha384(hasher) => hasher.finalize().to_vec(),
            Hasher::Sha512(hasher) => hasher.finalize().to_vec(),
        };
        if self.integrity.hashes.contains(&hash) {
            return Ok(());
        }
        let name = self.integrity.algorithm.name();
        let is = format!("{name}-{}", BASE64.encode(&hash));
        let expected: Vec<String> = self
            .integrity
            .hashes
            .iter()
            .map(
                |hash| if hash.is_empty() { "one that is no base64".to_owned() } else { BASE64.encode(hash) },
            )
            .collect();
        let reason = format!(
            "its bytes are not those that the integrity attribute expects: their hash is {is}, expected was {}",
            expected.join(" or ")
        );
        Err(FetchErrorKind::Blocked { reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of "alert('Hello, world.');", from the specification.
    const SHA384: &str = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
    const SHA512: &str =
        "sha512-Q2bFTOhEALkN8hOms2FKTDLy7eugP2zFZ1T8LCvX42Fp3WoNr3bjZSAHeOsHrbV1Fu9/A0EzCinRE7Af1ofPrw==";
    const TEXT: &[u8] = b"alert('Hello, world.');";

    fn allows(metadata: &str, bytes: &[u8]) -> bool {
        Integrity::parse(metadata).is_none_or(|integrity| integrity.check(bytes).is_ok())
    }

    #[test]
    fn the_specifications_examples_hold() {
        for metadata in [SHA384, SHA512, &format!("{SHA384} {SHA512}"), &format!(" {SHA512}?x \n{SHA384}")] {
            assert!(allows(metadata, TEXT), "{metadata}");
            assert!(!allows(metadata, b"alert('Hello');"), "{metadata}");
        }
    }

    #[test]
    fn any_hash_by_the_strongest_function_will_do() {
        let wrong = "sha512-AAAA";
        assert!(allows(&format!("{wrong} {SHA512}"), TEXT));
        assert!(!allows(&format!("{SHA384} {wrong}"), TEXT), "the weaker one is not asked");
        assert!(!allows("sha512-!!!!", TEXT));
    }

    #[test]
    fn what_says_nothing_known_allows_everything() {
        for metadata in ["", " ", "md5-AAAA", "nonsense", "sha1-AAAA sha224-BBBB"] {
            assert!(Integrity::parse(metadata).is_none(), "{metadata}");
        }
    }

    #[test]
    fn case_padding_and_alphabet_do_not_matter() {
        let url_safe = SHA512.replace('+', "-").replace('/', "_").replace("sha512_", "sha512-");
        assert!(allows(&url_safe, TEXT));
        assert!(allows(SHA512.trim_end_matches('='), TEXT));
        assert!(allows(&SHA384.replace("sha", "SHA"), TEXT));
    }

    #[test]
    fn a_mismatch_says_what_the_hash_is() {
        let error = Integrity::parse("sha256-AAAA").unwrap().check(b"").unwrap_err().to_string();
        assert!(error.contains("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), "{error}");
    }
}
