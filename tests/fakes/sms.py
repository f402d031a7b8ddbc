"""A service that sends short messages, as docs/operations.md describes the other side; it knows nothing of our code."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WINDOW = 300  # seconds by which a timestamp may be off


class SmsService:
    """`calls` is everything that came in rightly signed, `delivered` what a phone would have shown.

    `mood` is how it behaves: "well", "down" (503), "mute" (takes it, and its answer is lost), "rejecting" (422),
    "busy" (429).
    """

    def __init__(self, key: str, clock=time.time) -> None:
        self.key, self.clock = key.encode(), clock
        self.mood = "well"
        self.calls: list[dict] = []
        self.refused: list[str] = []
        self.delivered: dict[str, dict] = {}
        self._nonces: set[str] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> SmsService:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/messages"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def take(self, headers, body: bytes) -> tuple[int, dict | None]:
        """The answer to one request; None as its body: the connection breaks off instead."""
        with self._lock:
            if fault := self._fault(headers, body):
                self.refused.append(fault)
                return 401, {"reason": fault}
            if self.mood in {"down", "busy"}:
                return {"down": 503, "busy": 429}[self.mood], {"reason": self.mood}
            asked = json.loads(body)
            assert asked["key"] == headers["Idempotency-Key"]
            self.calls.append(asked | {"idempotency_key": headers["Idempotency-Key"]})
            if self.mood == "rejecting":
                return 422, {"reason": "no such number"}
            self.delivered.setdefault(headers["Idempotency-Key"], asked)  # a repeat is dropped
            number = list(self.delivered).index(headers["Idempotency-Key"]) + 1
            return 200, None if self.mood == "mute" else {"id": f"sms-{number}"}

    def _fault(self, headers, body: bytes) -> str:
        stamp, nonce = headers.get("X-Timestamp", ""), headers.get("X-Nonce", "")
        mine = hmac.new(self.key, stamp.encode() + b"\n" + nonce.encode() + b"\n" + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(headers.get("X-Signature", ""), f"sha256={mine}"):
            return "wrong signature"
        if abs(self.clock() - int(stamp)) > WINDOW:
            return "too old"
        if nonce in self._nonces:
            return "seen before"
        self._nonces.add(nonce)
        return ""

    def _handler(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, told = service.take(self.headers, body)
                if told is None:
                    self.close_connection = True
                    return
                answer = json.dumps(told, ensure_ascii=False).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_words: object) -> None:
                pass

        return Handler
