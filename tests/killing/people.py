"""Eight people at their desks, over HTTP: they log contacts, begin inquiries, and send again what got no answer."""

from __future__ import annotations

import random
import re
import threading
import time
import uuid
from dataclasses import dataclass, field

import httpx

PASSWORD = "four-tones-2026"
SHARED_WORDS = ("能寄存自行车吗", "哪里修表", "有没有轮椅", "几点清场")
PATIENCE = 120  # seconds for one form, however often it is sent


@dataclass
class Wish:
    """One form somebody fills in, with its key, and the number they were told."""

    path: str
    body: dict[str, str]
    mark: str  # by which its record is found again
    number: str = ""
    sent: int = 0


@dataclass
class Person(threading.Thread):
    """Somebody who works until told to stop, and finishes the form at hand."""

    address: str
    mall: str
    code: str
    desk: int
    seed: int
    wishes: list[Wish] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(name=f"person-{self.code}", daemon=True)
        self.go = threading.Event()  # while it is set they work
        self.leave = threading.Event()
        self.is_idle = threading.Event()
        self.is_idle.set()
        self.random = random.Random(f"{self.seed}:{self.code}")
        self.http = httpx.Client(base_url=self.address, timeout=30, headers={"Accept-Language": "en"})

    def __hash__(self) -> int:
        return id(self)

    # --- coming ---

    def log_in(self) -> None:
        self.http.get("/login/")
        form = {"username": self.code, "password": PASSWORD}
        answer = self.http.post("/login/", data=form | self._token())
        assert answer.status_code == 302, answer.text[:500]
        answer = self.http.post(
            f"/{self.mall}/desk/duty/check-in/", data={"desk": str(self.desk), "once": _key()} | self._token()
        )
        assert answer.status_code == 302, answer.text[:500]

    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.http.cookies["csrftoken"]}

    # --- working ---

    def run(self) -> None:
        while not self.leave.is_set():
            if not self.go.wait(0.05):
                continue
            self.is_idle.clear()
            try:
                wish = self._next()
                self.wishes.append(wish)
                wish.number = self._insist(wish)
                if self.random.random() < 0.1:
                    self._send_again(self.random.choice(self.wishes))
            except Exception as error:
                self.faults.append(f"{self.code}: {type(error).__name__}: {error}")
            finally:
                self.is_idle.set()
        self.http.close()

    def _next(self) -> Wish:
        mark = f"{self.seed}-{self.code}-{len(self.wishes)}"
        chance = self.random.random()
        if chance < 0.3:
            return self._inquiry(mark)
        body = {"need": "1", "outcome": "answered", "words": "洗手间", "understood_as": mark, "once": _key()}
        if chance < 0.5:
            body |= {"outcome": "unanswered", "words": self.random.choice(SHARED_WORDS)}
        return Wish(f"/{self.mall}/desk/contacts/log/", body, mark)

    def _inquiry(self, mark: str) -> Wish:
        """Every second one arose from a contact that we have just logged."""
        body = {"question": f"{mark} 真皮箱子怎么洗", "pick": "1h", "once": _key()}
        if self.random.random() < 0.5:
            body["phone"] = f"154{self.random.randrange(10**8):08}"
        else:
            body["anonymous_label"] = "蓝衣先生"
        told = {wish.body.get("contact") for wish in self.wishes}
        free = [wish.number for wish in self.wishes if wish.number.startswith("JD-") and wish.number not in told]
        if free and self.random.random() < 0.5:
            body["contact"] = free[-1]
        return Wish(f"/{self.mall}/desk/inquiries/new/", body, mark)

    def _insist(self, wish: Wish) -> str:
        """Send until it is answered, always under the same key."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            wish.sent += 1
            try:
                answer = self.http.post(wish.path, data=wish.body | self._token(), headers=_how(wish))
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            if answer.status_code == 503:  # too busy, come back
                time.sleep(0.5)
                continue
            return _number(answer)
        raise AssertionError(f"{wish.path} was not answered within {PATIENCE} s")

    def _send_again(self, wish: Wish) -> None:
        """A second click, long after the answer."""
        if wish.number and self._insist(wish) != wish.number:
            raise AssertionError(f"{wish.number} was given another number when it was sent again")


def _number(answer: httpx.Response) -> str:
    if answer.status_code == 200:
        return answer.json()["number"]
    found = re.search(r"/((?:ZX|TS)-[\d-]+)/$", answer.headers.get("location", ""))
    if answer.status_code == 302 and found:
        return found[1]
    raise AssertionError(f"{answer.status_code} {answer.text[:300]}")


def _how(wish: Wish) -> dict[str, str]:
    return {"Accept": "application/json"} if wish.path.endswith("/log/") else {}


def _key() -> str:
    return str(uuid.uuid4())
