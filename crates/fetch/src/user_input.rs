//! From what a user typed to a URL.

use std::path::{Path, PathBuf};

use url::Url;

use crate::error::{FetchError, FetchErrorKind};

/// What a user asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserInput {
    /// A URL to fetch.
    Url(Url),
    /// HTML on standard input: `-`.
    StandardInput,
}

/// Understands what a user typed in an address bar or on a command line, relative paths starting in `directory`: a URL
/// (`https://example.com/`), a path (`page.html`), a host (`example.com`, `localhost:8000`) or `-`.
///
/// A file that is there wins over a host of the same name. A host is asked by `https`; one of this machine or given as
/// an address by `http`, as those rarely have certificates.
///
/// # Errors
/// The text is none of these.
pub fn url_from_user_input(input: &str, directory: &Path) -> Result<UserInput, FetchError> {
    let input = input.trim();
    if input == "-" {
        return Ok(UserInput::StandardInput);
    }
    if input.is_empty() {
        let reason = "it is empty".to_owned();
        return Err(FetchError::new("''", FetchErrorKind::InvalidUrl { reason }));
    }
    if looks_like_path(input) || directory.join(path_part(input)).is_file() {
        return file_url(input, directory);
    }
    if has_scheme(input) {
        return Url::parse(input).map(UserInput::Url).map_err(|error| invalid(input, &error));
    }
    if looks_like_host(input) {
        return host_url(input);
    }
    // A path with a mistake in it: the error is then about a file.
    file_url(input, directory)
}

fn invalid(input: &str, error: &url::ParseError) -> FetchError {
    FetchError::new(input, FetchErrorKind::InvalidUrl { reason: error.to_string() })
}

/// The path without query and fragment.
fn path_part(input: &str) -> &str {
    let end = input.find(['?', '#']).unwrap_or(input.len());
    &input[..end]
}

fn looks_like_path(input: &str) -> bool {
    let bytes = input.as_bytes();
    let is_drive = matches!(bytes, [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    is_drive || ["/", "./", "../", "~/"].iter().any(|start| input.starts_with(start))
}

/// Whether what stands before the first colon is a scheme, not a host before its port.
fn has_scheme(input: &str) -> bool {
    let Some((scheme, rest)) = input.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    let port_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let is_port = port_end > 0 && rest[..port_end].bytes().all(|byte| byte.is_ascii_digit());
    is_scheme && !is_port
}

fn looks_like_host(input: &str) -> bool {
    const PAGE_EXTENSIONS: [&str; 7] = [".html", ".htm", ".xhtml", ".xht", ".svg", ".xml", ".txt"];
    let host_end = input.find(['/', '?', '#', ':']).unwrap_or(input.len());
    let host = input[..host_end].to_ascii_lowercase();
    let is_page = PAGE_EXTENSIONS.iter().any(|extension| host.ends_with(extension));
    let is_address = input.starts_with('[') || host == "localhost";
    is_address
        || input[host_end..].starts_with(':')
        || (host.contains('.') && !is_page && !host.contains(' '))
}

fn host_url(input: &str) -> Result<UserInput, FetchError> {
    let plain = Url::parse(&format!("http://{input}")).map_err(|error| invalid(input, &error))?;
    let is_name = matches!(plain.host(), Some(url::Host::Domain(domain)) if domain.contains('.'));
    if !is_name || plain.port().is_some() {
        return Ok(UserInput::Url(plain));
    }
    Url::parse(&format!("https://{input}")).map(UserInput::Url).map_err(|error| invalid(input, &error))
}

/// A path, which may end in a query and a fragment unless there is a file whose name has these characters.
fn file_url(input: &str, directory: &Path) -> Result<UserInput, FetchError> {
    let whole = absolute(input, directory);
    let (path, rest) = if whole.exists() {
        (whole, "")
    } else {
        let path = path_part(input);
        (absolute(path, directory), &input[path.len()..])
    };
    let mut url = Url::from_file_path(&path).map_err(|()| {
        let reason = format!("{} is not an absolute path", path.display());
        FetchError::new(input, FetchErrorKind::InvalidUrl { reason })
    })?;
    let (query, fragment) =
        rest.split_once('#').map_or((rest, None), |(query, fragment)| (query, Some(fragment)));
    url.set_query(query.strip_prefix('?'));
    url.set_fragment(fragment);
    Ok(UserInput::Url(url))
}

fn absolute(path: &str, directory: &Path) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => directory.join(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(input: &str) -> String {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("example.com"), "").unwrap();
        std::fs::write(directory.path().join("page"), "").unwrap();
        match url_from_user_input(input, directory.path()) {
            Ok(UserInput::Url(url)) => url.as_str().replace(&*directory.path().to_string_lossy(), "DIR"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn urls_are_urls() {
        assert_eq!(url("http://Example.org"), "http://example.org/");
        assert_eq!(url("about:blank"), "about:blank");
        assert_eq!(url("data:,x y"), "data:,x y");
        assert_eq!(url(" https://a/ "), "https://a/");
    }

    #[test]
    fn hosts_are_asked_in_the_way_that_will_probably_work() {
        assert_eq!(url("example.org/path?q"), "https://example.org/path?q");
        assert_eq!(url("example.org:8080"), "http://example.org:8080/");
        assert_eq!(url("localhost:8000/a"), "http://localhost:8000/a");
        assert_eq!(url("127.0.0.1"), "http://127.0.0.1/");
        assert_eq!(url("[::1]:80/x"), "http://[::1]/x");
    }

    #[test]
    fn paths_are_files_and_files_win() {
        assert_eq!(url("page.html"), "file://DIR/page.html");
        assert_eq!(url("page"), "file://DIR/page");
        assert_eq!(url("example.com"), "file://DIR/example.com");
        assert_eq!(url("example.com#top"), "file://DIR/example.com#top");
        assert_eq!(url("./a b.html?x=1#y"), "file://DIR/./a%20b.html?x=1#y".replace("/./", "/"));
        assert_eq!(url("/a/b"), "file:///a/b");
        assert_eq!(url("no-such-thing"), "file://DIR/no-such-thing");
    }

    #[test]
    fn a_dash_is_standard_input() {
        assert_eq!(url_from_user_input("-", Path::new("/")), Ok(UserInput::StandardInput));
        assert!(url_from_user_input("", Path::new("/")).unwrap_err().to_string().contains("empty"));
    }
}
