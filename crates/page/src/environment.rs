//! What pages share: the network, the fonts, the built-in pages.

use std::sync::Arc;
use std::time::Duration;

use fanlight_fetch::limits::REPORT_PATIENCE;
use fanlight_fetch::log::har::to_har;
use fanlight_fetch::{
    Fetcher, NetworkFetcher, NetworkFetcherBuilder, NetworkLog, Profile, Request, Response,
};
use fanlight_text::{FontContext, FontSource};

use crate::built_in::BUILT_IN;
use crate::error::LoadError;

/// What a page is given and does not make itself. Clones are the same environment. Making one costs next to nothing:
/// network threads start and fonts are opened when first needed.
#[derive(Clone)]
pub struct Environment {
    fetcher: Arc<dyn Fetcher>,
    fonts: Arc<FontContext>,
    profile: Arc<Profile>,
}

impl Environment {
    /// The network, and the system's fonts; the bundled fonts alone when pinned.
    pub fn new(pinned_fonts: bool) -> Self {
        Self::with_network(pinned_fonts, |builder| builder)
    }

    /// The same with a network that is made as the caller says.
    pub fn with_network(
        pinned_fonts: bool,
        configure: impl FnOnce(NetworkFetcherBuilder) -> NetworkFetcherBuilder,
    ) -> Self {
        let builder = BUILT_IN.iter().fold(NetworkFetcher::builder(), |builder, page| {
            builder.about_page(page.path, page.mime_type, page.bytes)
        });
        let fetcher = configure(builder).build();
        let profile = Arc::clone(fetcher.profile());
        let source = if pinned_fonts { FontSource::Pinned } else { FontSource::System };
        Environment { fetcher: Arc::new(fetcher), fonts: Arc::new(FontContext::new(source)), profile }
    }

    /// Another fetcher and other fonts, as tests and embedders have them.
    pub fn with(fetcher: Arc<dyn Fetcher>, fonts: Arc<FontContext>) -> Self {
        Environment { fetcher, fonts, profile: Arc::default() }
    }

    /// The same fonts with another fetcher, which may stand before this one's: one that records, or one that replays.
    #[must_use]
    pub fn with_fetcher(self, wrap: impl FnOnce(Arc<dyn Fetcher>) -> Arc<dyn Fetcher>) -> Self {
        Environment { fetcher: wrap(self.fetcher), ..self }
    }

    /// Everything that was asked of the network.
    pub fn network_log(&self) -> NetworkLog {
        self.fetcher.log().clone()
    }

    /// The same as HAR 1.2.
    pub fn har(&self) -> String {
        format!("{:#}\n", to_har(self.fetcher.log()))
    }

    /// What is kept of the user: cookies and the like.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The network.
    pub fn fetcher(&self) -> &dyn Fetcher {
        &*self.fetcher
    }

    /// Waits for reports of violations that are under way, for a moment at most: nobody else does.
    pub fn wait_for_reports(&self) {
        self.fetcher.wait_for_reports(REPORT_PATIENCE);
    }

    /// Fetches one thing and waits for it.
    ///
    /// # Errors
    /// The request failed or took longer than `timeout`.
    pub fn fetch(&self, request: Request, timeout: Duration) -> Result<Response, LoadError> {
        Ok(self.fetcher.fetch(request, timeout)?)
    }

    pub(crate) fn fonts(&self) -> &Arc<FontContext> {
        &self.fonts
    }
}
