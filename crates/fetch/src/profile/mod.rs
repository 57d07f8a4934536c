//! What is kept of a user from one run to the next: cookies, and which hosts are for `https:` alone.
//!
//! [`kept`] is the form of the files, [`folder`] how they are read and written so that neither a kill nor a second
//! process loses anything. A profile without a folder lasts as long as the process.

mod folder;
pub(crate) mod kept;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use parking_lot::{MappedMutexGuard, Mutex, MutexGuard};
use url::Url;

use crate::clock::Clock;
use crate::cookies::{Access, CookieStore, Reach, SameSiteContext};
use crate::headers::HeaderList;
use crate::hsts::HstsStore;
use crate::limits::PROFILE_SAVE_DELAY;
use crate::request::{Request, SiteForCookies};
use kept::Kept;

/// What is kept of a user. Making one reads nothing: each file is read when it is first asked for.
#[derive(Default)]
pub struct Profile {
    folder: Option<PathBuf>,
    cookies: Mutex<Table<CookieStore>>,
    hsts: Mutex<Table<HstsStore>>,
    /// What went wrong with the files, for the user.
    problems: Mutex<Vec<String>>,
    /// Whether changes are about to be saved.
    is_save_due: AtomicBool,
    /// Held while files are written.
    saving: Mutex<()>,
    clock: Clock,
}

/// A table and whether its file was read.
#[derive(Default)]
struct Table<T> {
    rows: T,
    is_read: bool,
    /// The file cannot be understood and must not be written over.
    is_read_only: bool,
}

impl Profile {
    /// A profile that is forgotten with the process.
    pub fn in_memory() -> Self {
        Profile::default()
    }

    /// A profile in a folder, which is made when there is something to save. Several processes may use it at a time.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Profile { folder: Some(folder.into()), ..Profile::default() }
    }

    /// The same with another clock than the system's.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Profile { clock, ..self }
    }

    /// In ms since 1970.
    fn now(&self) -> i64 {
        let since = self.clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    /// The cookies.
    pub fn cookies(&self) -> MappedMutexGuard<'_, CookieStore> {
        self.table(&self.cookies)
    }

    /// The hosts that are for `https:` alone.
    pub fn hsts(&self) -> MappedMutexGuard<'_, HstsStore> {
        self.table(&self.hsts)
    }

    fn table<'a, T: Kept>(&self, table: &'a Mutex<Table<T>>) -> MappedMutexGuard<'a, T> {
        let mut table = table.lock();
        if !table.is_read {
            table.is_read = true;
            if let Some(folder) = &self.folder {
                let read = folder::read(folder, &mut table.rows, self.now());
                table.is_read_only = read.is_read_only;
                self.problems.lock().extend(read.problem);
            }
        }
        MutexGuard::map(table, |table| &mut table.rows)
    }

    /// What `document.cookie` gives a script of a document.
    /// <https://html.spec.whatwg.org/multipage/dom.html#dom-document-cookie>
    pub fn document_cookie(&self, document: &Url, site: &SiteForCookies) -> String {
        self.cookies().cookie_string(script_access(document, site, self.now())).unwrap_or_default()
    }

    /// What a script of a document does when it sets `document.cookie`.
    ///
    /// # Errors
    /// The cookie is not kept.
    pub fn set_document_cookie(
        &self,
        document: &Url,
        site: &SiteForCookies,
        text: &str,
    ) -> Result<(), crate::cookies::Rejection> {
        // Texts of cookies are bytes; a script's are UTF-8.
        let bytes: String = text.bytes().map(char::from).collect();
        self.cookies().receive(&bytes, script_access(document, site, self.now()))
    }

    /// The value of a request's `Cookie` field.
    pub(crate) fn cookie_field(&self, request: &Request, url_list: &[Url]) -> Option<String> {
        let context = SameSiteContext::of(request, url_list);
        self.cookies().cookie_string(Access {
            url: &request.url,
            reach: Reach::Http,
            context,
            now: self.now(),
        })
    }

    /// The `https:` URL that is asked instead of an `http:` one.
    pub(crate) fn upgraded(&self, url: &Url) -> Option<Url> {
        if url.scheme() == "http" { self.hsts().upgraded(url, self.now()) } else { None }
    }

    /// Reads what an answer of the network says. Gives the cookies that are not kept, by name, and why.
    pub(crate) fn receive(
        self: &Arc<Self>,
        request: &Request,
        url_list: &[Url],
        headers: &HeaderList,
    ) -> Vec<(String, crate::cookies::Rejection)> {
        let mut rejected = Vec::new();
        if request.url.scheme() == "https" && headers.contains("strict-transport-security") {
            self.hsts().receive(&request.url, headers, self.now());
        }
        if headers.contains("set-cookie") && request.includes_credentials(url_list) {
            let context = SameSiteContext::of(request, url_list);
            let access = Access { url: &request.url, reach: Reach::Http, context, now: self.now() };
            let mut cookies = self.cookies();
            for field in headers.get_all("set-cookie") {
                if let Err(rejection) = cookies.receive(field, access) {
                    let name = field.split(['=', ';']).next().unwrap_or_default().trim();
                    rejected.push((name.to_owned(), rejection));
                }
            }
        }
        self.save_soon();
        rejected
    }

    /// Saves what has changed, a little later, with what changes until then. Called on the network's threads.
    fn save_soon(self: &Arc<Self>) {
        if self.folder.is_none() || !self.has_changes() || self.is_save_due.swap(true, Ordering::SeqCst) {
            return;
        }
        // When the fetcher goes away first, it saves; it must not wait for this.
        let profile = Arc::downgrade(self);
        tokio::spawn(async move {
            tokio::time::sleep(PROFILE_SAVE_DELAY).await;
            let Some(profile) = profile.upgrade() else { return };
            profile.is_save_due.store(false, Ordering::SeqCst);
            // A pool that is shutting down does not run it; then the fetcher saves.
            drop(tokio::task::spawn_blocking(move || profile.save()));
        });
    }

    fn has_changes(&self) -> bool {
        !self.cookies.lock().rows.changes().is_empty() || !self.hsts.lock().rows.changes().is_empty()
    }

    /// Writes what has changed into the folder, together with what other processes have written there since. Without a
    /// folder and without changes nothing is done. What goes wrong is a problem; nothing is lost by it.
    pub fn save(&self) {
        let Some(folder) = &self.folder else { return };
        let _saving = self.saving.lock();
        if !self.has_changes() {
            return;
        }
        let saved = folder::locked(folder, || {
            self.save_table(folder, &self.cookies)?;
            self.save_table(folder, &self.hsts)
        });
        if let Err(problem) = saved {
            self.note(problem);
        }
    }

    fn save_table<T: Kept>(&self, folder: &std::path::Path, table: &Mutex<Table<T>>) -> Result<(), String> {
        let mut locked = table.lock();
        if locked.rows.changes().is_empty() || locked.is_read_only {
            return Ok(());
        }
        let read = folder::read(folder, &mut locked.rows, self.now());
        self.problems.lock().extend(read.problem);
        if read.is_read_only {
            locked.is_read_only = true;
            return Ok(());
        }
        let text = locked.rows.file_text();
        let changes = std::mem::take(locked.rows.changes());
        drop(locked);
        folder::write(folder, T::FILE_NAME, &text)
            .inspect_err(|_| table.lock().rows.changes().extend(changes))
    }

    fn note(&self, problem: String) {
        let mut problems = self.problems.lock();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// What went wrong with the files since this was last asked, in words for the user.
    pub fn take_problems(&self) -> Vec<String> {
        std::mem::take(&mut self.problems.lock())
    }
}

fn script_access<'a>(document: &'a Url, site: &SiteForCookies, now: i64) -> Access<'a> {
    let context =
        if site.is_same_site(document) { SameSiteContext::SameSite } else { SameSiteContext::CrossSite };
    Access { url: document, reach: Reach::Script, context, now }
}
