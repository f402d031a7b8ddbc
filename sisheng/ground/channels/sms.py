"""Short messages: posted to whoever sends them, signed. The other side is described in docs/operations.md."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass

import httpx

from sisheng.ground.channels.gateway import Outgoing, Rejected, Unreachable

TIMEOUT = 10.0  # seconds for each step
LONGEST_ANSWER = 64 * 1024
# The message itself is at fault. Every other no is about the service or our settings, and those can be mended.
PERMANENT = {400, 410, 413, 422}


@dataclass(frozen=True)
class Sms:
    """One address that takes short messages, and the key under which we sign what we post there."""

    url: str
    key: str
    timeout: float = TIMEOUT

    def send(self, message: Outgoing) -> str:
        """Returns the id under which the service keeps it."""
        told = {"key": message.key, "to": message.to, "text": message.text, "language": message.language}
        body = json.dumps(told, ensure_ascii=False).encode()
        try:
            answer = httpx.post(
                self.url, content=body, headers=self._headers(message, body), timeout=self.timeout,
                follow_redirects=False,
            )  # fmt: skip
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable(type(error).__name__) from None
        if answer.is_success:
            return _id_in(answer)
        raise (Rejected if answer.status_code in PERMANENT else Unreachable)(_said(answer))

    def _headers(self, message: Outgoing, body: bytes) -> dict[str, str]:
        timestamp, nonce = str(int(message.at.timestamp())), secrets.token_hex(16)
        signed = b"\n".join([timestamp.encode(), nonce.encode(), body])
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
            "Idempotency-Key": message.key,
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": "sha256=" + hmac.new(self.key.encode(), signed, hashlib.sha256).hexdigest(),
        }


def _id_in(answer: httpx.Response) -> str:
    """A yes without an id is a yes."""
    return str(_told(answer).get("id", ""))[:80]


def _said(answer: httpx.Response) -> str:
    return f"{answer.status_code} {str(_told(answer).get('reason', ''))[:200]}".strip()


def _told(answer: httpx.Response) -> dict[str, object]:
    if len(answer.content) > LONGEST_ANSWER:
        return {}
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
