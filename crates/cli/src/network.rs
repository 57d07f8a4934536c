//! How the network is used: the one place where arguments become a fetcher.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use etcetera::BaseStrategy;
use fanlight_page::Environment;
use fanlight_page::fetch::{CacheLocation, HostPattern, HostPolicy, Profile, ProxyChoice, ProxyServer};

use crate::output;
use crate::recording::RecordingArgs;

/// What every command takes that uses the network.
#[derive(Clone, Debug, Default, Args)]
pub struct NetworkArgs {
    /// Keep cookies, and which hosts are for https: alone, in a folder; without it each run begins with none
    #[arg(long, value_name = "DIR", help_heading = "Network")]
    pub profile: Option<PathBuf>,
    /// Keep the HTTP cache in a folder, for later runs and other processes; without it, it lasts as long as the process
    #[arg(long, value_name = "DIR", help_heading = "Network", conflicts_with = "no_cache")]
    pub cache_dir: Option<PathBuf>,
    /// Use no HTTP cache
    #[arg(long, help_heading = "Network")]
    pub no_cache: bool,
    /// Go through a proxy, for this machine's own servers too: http://[USER:PASSWORD@]HOST:PORT, https://..., socks5://...,
    /// or socks5h://..., which resolves names; without it http_proxy, https_proxy and all_proxy are obeyed, and no_proxy in
    /// any case
    #[arg(long, value_name = "URL", help_heading = "Network")]
    pub proxy: Option<ProxyServer>,
    /// Ask no hosts but these: example.com, *.example.com for all below it, .example.com for both; may be repeated
    #[arg(long, value_name = "HOST", value_delimiter = ',', help_heading = "Network")]
    pub allow_host: Vec<HostPattern>,
    /// Ask none of these hosts; may be repeated
    #[arg(long, value_name = "HOST", value_delimiter = ',', help_heading = "Network")]
    pub block_host: Vec<HostPattern>,
    /// Ask no private, loopback or link-local addresses, whether URLs or DNS name them: for use on servers
    #[arg(long, help_heading = "Network")]
    pub block_private: bool,
    /// Ask this name server instead of the system's: 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53; may be repeated
    #[arg(long, value_name = "SERVER", value_parser = name_server, help_heading = "Network")]
    pub dns: Vec<SocketAddr>,
    /// What is recorded or replayed.
    #[command(flatten)]
    pub recording: RecordingArgs,
}

impl NetworkArgs {
    /// The network as the arguments have it, and the system's fonts, or the bundled fonts alone when pinned.
    pub fn environment(&self, pinned_fonts: bool) -> Environment {
        let profile = self.profile.as_ref().map_or_else(Profile::in_memory, Profile::in_folder);
        let proxy = self.proxy.clone().map_or(ProxyChoice::Environment, ProxyChoice::Named);
        let hosts = HostPolicy {
            allowed: self.allow_host.clone(),
            blocked: self.block_host.clone(),
            block_private: self.block_private,
        };
        let cache = match (&self.cache_dir, self.no_cache) {
            (_, true) => CacheLocation::Off,
            (Some(folder), false) => CacheLocation::Folder(folder.clone()),
            (None, false) => CacheLocation::Memory,
        };
        Environment::with_network(pinned_fonts, |builder| {
            let builder = builder.profile(Arc::new(profile)).proxy(proxy).hosts(hosts).cache(cache);
            self.dns.iter().fold(builder, |builder, server| builder.name_server(*server))
        })
    }

    /// The same with the user's own profile, where the arguments name no other.
    #[must_use]
    pub fn with_users_profile(&self) -> Self {
        let own = || Some(etcetera::choose_base_strategy().ok()?.data_dir().join("fanlight").join("profile"));
        NetworkArgs { profile: self.profile.clone().or_else(own), ..self.clone() }
    }
}

/// A name server's address, at the port of DNS unless said otherwise.
fn name_server(text: &str) -> Result<SocketAddr, String> {
    const DNS_PORT: u16 = 53;
    let bare =
        || text.trim_matches(['[', ']']).parse::<IpAddr>().map(|address| SocketAddr::new(address, DNS_PORT));
    let example = "give an address such as 192.0.2.53 or [2001:db8::53]:5353";
    text.parse().or_else(|_| bare()).map_err(|_| format!("it is not the address of a name server; {example}"))
}

/// Waits a moment for reports under way, saves the profile, and says what went wrong with its files.
pub fn close(environment: &Environment) {
    environment.wait_for_reports();
    environment.profile().save();
    for problem in environment.profile().take_problems() {
        output::note(format_args!("fanlight: {problem}"));
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::args::{Arguments, Command};

    fn fetch(arguments: &[&str]) -> Result<super::NetworkArgs, String> {
        let all = ["fanlight", "fetch", "http://a/"].iter().chain(arguments);
        match Arguments::try_parse_from(all).map_err(|error| error.to_string())?.command {
            Command::Fetch(fetch) => Ok(fetch.network),
            _ => Err("another command".to_owned()),
        }
    }

    #[test]
    fn nothing_is_recorded_that_is_replayed() {
        assert!(fetch(&["--record", "a.har"]).unwrap().recording.record.is_some());
        assert!(
            fetch(&["--record", "a.har", "--replay", "b.har"]).unwrap_err().contains("cannot be used with")
        );
    }

    #[test]
    fn name_servers_are_addresses_with_or_without_port() {
        let network =
            fetch(&["--dns", "192.0.2.53", "--dns", "[2001:db8::53]:5353", "--dns", "::1"]).unwrap();
        let shown: Vec<String> = network.dns.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["192.0.2.53:53", "[2001:db8::53]:5353", "[::1]:53"]);
        assert!(fetch(&["--dns", "ns.example"]).unwrap_err().contains("give an address such as"));
    }

    #[test]
    fn hosts_are_given_one_by_one_or_with_commas() {
        let network = fetch(&["--allow-host", "a.test,*.b.test", "--allow-host", ".c.test"]).unwrap();
        let shown: Vec<String> = network.allow_host.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["a.test", "*.b.test", ".c.test"]);
    }

    #[test]
    fn what_is_no_host_and_no_proxy_is_told_with_examples() {
        assert!(fetch(&["--block-host", "https://a/"]).unwrap_err().contains("*.example.com"));
        assert!(fetch(&["--proxy", "gopher://a"]).unwrap_err().contains("socks5h://127.0.0.1:9050"));
    }

    #[test]
    fn a_profile_that_is_named_goes_before_the_users_own() {
        let named = fetch(&["--profile", "here"]).unwrap().with_users_profile();
        assert_eq!(named.profile.as_deref(), Some(std::path::Path::new("here")));
        assert!(fetch(&[]).unwrap().profile.is_none(), "commands other than open begin with none");
    }
}
