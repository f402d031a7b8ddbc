"""Files that somebody gave us: kept as they came, encrypted, and never lost without anybody noticing."""
