"""Web and worker are killed outright while people write: nothing is lost, doubled or half made.

`rounds.py` plays, `site.py` is what is killed, `people.py` who writes, `found.py` what must be true afterwards. Used by
tests/spine (short) and by `bin/deep kill` (long).
"""
