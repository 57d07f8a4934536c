//! What a sandbox takes from a document.

use content_security_policy::sandboxing_directive::{SandboxingFlagSet, parse_a_sandboxing_directive};

/// What a sandbox takes from a document.
/// <https://html.spec.whatwg.org/multipage/browsers.html#sandboxing-flag-set>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sandbox {
    flags: SandboxingFlagSet,
}

impl Sandbox {
    /// The sandbox of a `sandbox` attribute or directive.
    /// <https://html.spec.whatwg.org/multipage/browsers.html#parse-a-sandboxing-directive>
    pub fn parse(value: &str) -> Self {
        let tokens: Vec<String> = value.split_ascii_whitespace().map(str::to_ascii_lowercase).collect();
        Sandbox { flags: parse_a_sandboxing_directive(&tokens) }
    }

    /// Both sandboxes together: what any of them takes is taken.
    #[must_use]
    pub fn and(self, other: Sandbox) -> Self {
        Sandbox { flags: self.flags | other.flags }
    }

    /// Whether the document is of no origin but its own.
    pub fn takes_origin(self) -> bool {
        self.flags.contains(SandboxingFlagSet::SANDBOXED_ORIGIN_BROWSING_CONTEXT_FLAG)
    }

    /// Whether its forms cannot be sent.
    pub fn takes_forms(self) -> bool {
        self.flags.contains(SandboxingFlagSet::SANDBOXED_FORMS_BROWSING_CONTEXT_FLAG)
    }

    /// Whether its scripts do not run.
    pub fn takes_scripts(self) -> bool {
        self.flags.contains(SandboxingFlagSet::SANDBOXED_SCRIPTS_BROWSING_CONTEXT_FLAG)
    }
}
