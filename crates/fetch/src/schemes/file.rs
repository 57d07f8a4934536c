//! `file:` URLs. The Fetch standard leaves them to the user agent; this does what Chromium does on regular files and
//! refuses everything else, pipes and devices included, because reading those may never end.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use bytes::Bytes;
use url::Url;

use super::{local_head, local_response};
use crate::error::{FetchError, FetchErrorKind};
use crate::exchange::{Fetch, Responder};
use crate::headers::SuppliedType;
use crate::limits::{INLINE_FILE_BYTES, Limits, MAX_CHUNK_BYTES};
use crate::log::EntryWriter;
use crate::mime_sniff::{self, RESOURCE_HEADER_BYTES, SniffContext};
use crate::mime_type::MimeType;
use crate::policy;
use crate::request::{Destination, Request};
use crate::response::{Protocol, Sizes, Timing};

/// Reads a file: a small one at once, a greater one on a thread of its own, piece by piece.
pub(crate) fn start(request: &Request, limits: &Limits, entry: EntryWriter) -> Fetch {
    let started = Instant::now();
    let opened = open(&request.url, limits);
    match opened {
        Ok(file) if file.length > INLINE_FILE_BYTES => {
            let (fetch, responder) = Fetch::pair(request.url.as_str());
            responder.expect(&request.integrity);
            let (url, destination, limit) = (request.url.clone(), request.destination, limits.decoded_bytes);
            let thread = std::thread::Builder::new().name("fanlight-file".to_owned());
            let spawned =
                thread.spawn(move || stream(&url, destination, file, limit, started, &responder, entry));
            match spawned {
                Ok(_detached) => fetch,
                Err(error) => Fetch::failed(read_error(&request.url, Path::new(request.url.path()), &error)),
            }
        }
        opened => {
            let answer = opened.and_then(|file| file.read_all(&request.url, limits.decoded_bytes)).map(
                |(path, body)| {
                    let mime_type = mime_type(&path, &body, request.destination);
                    let mut response = local_response(&request.url, Protocol::File, mime_type, body);
                    response.timing = timing(started);
                    response
                },
            );
            let answer = answer.and_then(|response| policy::admit(request, response));
            entry.settle(&answer);
            match answer {
                Ok(response) => Fetch::answered(response),
                Err(error) => Fetch::failed(error),
            }
        }
    }
}

struct OpenFile {
    path: PathBuf,
    file: File,
    /// In bytes, as the file system says; files that are made up while reading say 0.
    length: u64,
}

impl OpenFile {
    fn read_all(self, url: &Url, limit: u64) -> Result<(PathBuf, Bytes), FetchError> {
        let mut body = Vec::with_capacity(usize::try_from(self.length.min(limit)).unwrap_or(0));
        self.file
            .take(limit.saturating_add(1))
            .read_to_end(&mut body)
            .map_err(|error| read_error(url, &self.path, &error))?;
        if body.len() as u64 > limit {
            return Err(too_large(url, limit));
        }
        Ok((self.path, Bytes::from(body)))
    }
}

fn open(url: &Url, limits: &Limits) -> Result<OpenFile, FetchError> {
    let path = url.to_file_path().map_err(|()| {
        let reason = "a file: URL names a path on this machine, as file:///home/me/page.html does".to_owned();
        FetchError::new(url, FetchErrorKind::InvalidUrl { reason })
    })?;
    let metadata = std::fs::metadata(&path).map_err(|error| read_error(url, &path, &error))?;
    if let Some(what) = not_a_file(&metadata) {
        let kind = FetchErrorKind::NotAFile {
            path: path.display().to_string(),
            what,
            hint: index_hint(&path, &metadata),
        };
        return Err(FetchError::new(url, kind));
    }
    if metadata.len() > limits.decoded_bytes {
        return Err(too_large(url, limits.decoded_bytes));
    }
    let file = File::open(&path).map_err(|error| read_error(url, &path, &error))?;
    Ok(OpenFile { path, file, length: metadata.len() })
}

fn not_a_file(metadata: &Metadata) -> Option<&'static str> {
    if metadata.is_dir() {
        Some("a directory")
    } else if metadata.is_file() {
        None
    } else {
        Some("a pipe, socket or device")
    }
}

fn index_hint(path: &Path, metadata: &Metadata) -> Option<String> {
    if !metadata.is_dir() {
        return None;
    }
    let index = ["index.html", "index.htm", "index.xhtml"]
        .map(|name| path.join(name))
        .into_iter()
        .find(|path| path.is_file());
    Some(match index {
        Some(index) => format!("did you mean {}?", index.display()),
        None => "name a file in it".to_owned(),
    })
}

fn read_error(url: &Url, path: &Path, error: &std::io::Error) -> FetchError {
    let shown = path.display().to_string();
    let kind = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            FetchErrorKind::FileNotFound { path: shown, hint: missing_hint(path) }
        }
        ErrorKind::PermissionDenied => FetchErrorKind::FilePermission { path: shown },
        _ => FetchErrorKind::FileRead { path: shown, reason: error.to_string() },
    };
    FetchError::new(url, kind)
}

/// Names the first part of a path that is not there.
fn missing_hint(path: &Path) -> Option<String> {
    let parent = path.parent()?;
    if parent.is_dir() {
        return Some("check the spelling".to_owned());
    }
    let missing = parent.ancestors().take_while(|ancestor| !ancestor.exists()).last().unwrap_or(parent);
    Some(format!("there is no folder {} either", missing.display()))
}

fn too_large(url: &Url, limit: u64) -> FetchError {
    FetchError::new(url, FetchErrorKind::BodyTooLarge { limit, which: "of the file" })
}

fn stream(
    url: &Url,
    destination: Destination,
    mut opened: OpenFile,
    limit: u64,
    started: Instant,
    responder: &Responder,
    entry: EntryWriter,
) {
    let mut received = 0;
    loop {
        // The first piece is long enough to sniff the MIME type from.
        let mut chunk = Vec::with_capacity(MAX_CHUNK_BYTES);
        let read = opened.file.by_ref().take(MAX_CHUNK_BYTES as u64).read_to_end(&mut chunk);
        let failure = match read {
            Err(error) => Some(read_error(url, &opened.path, &error)),
            Ok(_) if responder.is_cancelled() => Some(FetchError::new(url, FetchErrorKind::Cancelled)),
            Ok(count) if received + count as u64 > limit => Some(too_large(url, limit)),
            Ok(_) => None,
        };
        if let Some(error) = failure {
            entry.fail(&error);
            responder.fail(error);
            return;
        }
        if received == 0 {
            let head = local_head(url, Protocol::File, mime_type(&opened.path, &chunk, destination));
            entry.local_head(&head);
            responder.head(head);
        }
        if chunk.is_empty() {
            break;
        }
        received += chunk.len() as u64;
        responder.chunk(Bytes::from(chunk));
    }
    let (timing, sizes) = (timing(started), Sizes { encoded: received, decoded: received });
    if let Err(kind) = responder.verify() {
        let error = FetchError::new(url, kind);
        entry.fail(&error);
        return responder.fail(error);
    }
    entry.finish(timing, sizes);
    responder.end(timing, sizes);
}

fn timing(started: Instant) -> Timing {
    let total = started.elapsed().as_secs_f64() * 1e3;
    Timing { download: total, total, ..Timing::default() }
}

/// The type that the name's extension stands for, corrected by the bytes.
fn mime_type(path: &Path, body: &[u8], destination: Destination) -> MimeType {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let by_name = extension.as_deref().and_then(essence_of_extension).map(MimeType::from_essence);
    let context = SniffContext::for_destination(destination);
    let header = &body[..body.len().min(RESOURCE_HEADER_BYTES)];
    mime_sniff::computed_mime_type(
        &SuppliedType { mime_type: by_name, check_for_apache_bug: false, no_sniff: false },
        context,
        header,
    )
}

/// As Chromium has them, for what a page can be made of.
fn essence_of_extension(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "html" | "htm" | "shtml" | "shtm" => "text/html",
        "xhtml" | "xht" | "xhtm" => "application/xhtml+xml",
        "xml" | "xsl" | "xbl" | "xslt" => "text/xml",
        "svg" | "svgz" => "image/svg+xml",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" | "text" => "text/plain",
        "csv" => "text/csv",
        "vtt" => "text/vtt",
        "png" => "image/png",
        "apng" => "image/apng",
        "jpg" | "jpeg" | "jfif" | "pjpeg" | "pjp" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "jxl" => "image/jxl",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        "tif" | "tiff" => "image/tiff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "ttc" | "otc" => "font/collection",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "m4a" => "audio/x-m4a",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        "gz" | "tgz" => "application/gzip",
        "rss" => "application/rss+xml",
        "mht" | "mhtml" => "multipart/related",
        "eml" => "message/rfc822",
        _ => return None,
    })
}
