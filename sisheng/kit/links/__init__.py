"""One-time links: somebody without a log-in does one thing about one case, once."""
