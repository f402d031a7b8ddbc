"""What a shop sees of us: one page, by a one-time link, without an account."""
