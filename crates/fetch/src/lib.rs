//! URL to response: HTTP, redirects, limits, priorities, the network log.
