//! Everything that a page refers to, fetched once for each URL and destination.

use std::collections::BTreeMap;

use fanlight_fetch::{Destination, Fetch, FetchError, Fetcher, Request, Response, Url};

use crate::wake::Signal;

/// What of a download is there.
pub(crate) enum Download {
    /// Something is still to come.
    Pending(Fetch),
    /// Everything has come; taken by who asked for it.
    Ready(Box<Response>),
    /// Nothing will come.
    Failed(FetchError),
    /// It came, and was taken.
    Taken,
}

/// What came of a download, told once.
pub(crate) type Arrival = Result<Box<Response>, FetchError>;

/// Names a download: the same URL may be asked for as an image and as a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DownloadKey {
    /// Without its fragment.
    url: Url,
    destination: &'static str,
}

impl DownloadKey {
    pub(crate) fn new(url: &Url, destination: Destination) -> Self {
        let mut url = url.clone();
        url.set_fragment(None);
        DownloadKey { url, destination: destination.name() }
    }
}

/// The downloads of a page.
#[derive(Default)]
pub(crate) struct Downloads {
    all: BTreeMap<DownloadKey, Download>,
    started: usize,
    pending: usize,
}

impl Downloads {
    /// Starts a request unless the same was started before.
    pub(crate) fn start(&mut self, request: Request, fetcher: &dyn Fetcher, signal: &Signal) {
        let key = DownloadKey::new(&request.url, request.destination);
        if self.all.contains_key(&key) {
            if request.render_blocking {
                // It was found ahead of the parser, which has now come to what makes it block.
                fetcher.log().mark_render_blocking(&request.url, request.destination);
            }
            return;
        }
        let fetch = fetcher.start(request);
        fetch.set_waker(signal.raiser());
        self.all.insert(key, Download::Pending(fetch));
        self.started += 1;
        self.pending += 1;
    }

    /// Notices what has come. Returns whether anything has.
    pub(crate) fn poll(&mut self) -> bool {
        if self.pending == 0 {
            return false;
        }
        let mut any = false;
        for download in self.all.values_mut() {
            let Download::Pending(fetch) = download else { continue };
            if !fetch.is_done() {
                continue;
            }
            *download = match fetch.wait(std::time::Duration::ZERO) {
                Some(Ok(response)) => Download::Ready(Box::new(response)),
                Some(Err(error)) => Download::Failed(error),
                None => continue,
            };
            self.pending -= 1;
            any = true;
        }
        any
    }

    /// What came of a download; nothing while it is under way, when it was never started, or when it was told before.
    pub(crate) fn take(&mut self, key: &DownloadKey) -> Option<Arrival> {
        let download = self.all.get_mut(key)?;
        if matches!(download, Download::Pending(_) | Download::Taken) {
            return None;
        }
        match std::mem::replace(download, Download::Taken) {
            Download::Ready(response) => Some(Ok(response)),
            Download::Failed(error) => Some(Err(error)),
            Download::Pending(_) | Download::Taken => None,
        }
    }

    /// How many are under way.
    pub(crate) fn pending(&self) -> usize {
        self.pending
    }

    /// How many were ever started.
    pub(crate) fn started(&self) -> usize {
        self.started
    }

    /// Gives up what is under way.
    pub(crate) fn cancel(&mut self) {
        for download in self.all.values_mut() {
            if let Download::Pending(fetch) = download {
                fetch.cancel();
                *download = Download::Taken;
            }
        }
        self.pending = 0;
    }
}
