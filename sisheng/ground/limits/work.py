"""A small piece of work for the asker's machine, in ALTCHA's form: cheap for a person, dear for who sends thousands.

The work is made for one once-key. A solution therefore serves one act, however often its form is sent, and nothing
has to be remembered about it (ADR 32).
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from altcha import create_challenge_v1, verify_solution_v1
from altcha.v1 import ChallengeOptions, Payload
from django.utils.crypto import constant_time_compare, salted_hmac

MOST = 50_000  # tries at most, half of them on average: half a second on an old phone
LASTS = timedelta(hours=4)  # a complaint may take long to write
LONGEST = 2000


def challenge(once: str, at: datetime) -> dict[str, Any]:
    """What has to be solved before the form with this once-key is sent."""
    options = ChallengeOptions(max_number=MOST, hmac_key=_key(), expires=at + LASTS, params={"once": once})
    return create_challenge_v1(options).to_dict()


def is_solved(solution: str, once: str, at: datetime) -> bool:
    """Whether this solves a challenge of ours for that once-key, in time. Nobody's words are lost over it: whoever
    has not solved it takes the slow way."""
    told = _read(solution)
    if told is None or not once:
        return False
    _nonce, expires, params = told.parse_salt()
    in_time = expires is not None and at <= datetime.fromtimestamp(expires, UTC)
    for_this = constant_time_compare("".join(params.get("once", ())), once)
    return in_time and for_this and verify_solution_v1(told, _key(), check_expires=False)[0]


def _read(solution: str) -> Payload | None:
    if not solution or len(solution) > LONGEST:
        return None
    try:
        told = json.loads(base64.b64decode(solution, validate=True))
        payload = Payload.from_dict(told)
    except (binascii.Error, ValueError, TypeError, KeyError):
        return None
    words = (payload.algorithm, payload.challenge, payload.salt, payload.signature)
    return payload if all(isinstance(word, str) for word in words) and isinstance(payload.number, int) else None


def _key() -> str:
    return salted_hmac("sisheng.limits.work", "key", algorithm="sha256").hexdigest()
