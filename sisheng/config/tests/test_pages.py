"""From the loop to a thread and back: the bridge to the plain WSGI application."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from sisheng.config.serve.pages import WHOLE, Pages, environ


class Headers:
    def __init__(self, *pairs):
        self.pairs = pairs

    def items(self):
        return self.pairs

    def get(self, name, default=None):
        return dict(self.pairs).get(name, default)

    def __contains__(self, name):
        return name in dict(self.pairs)


@dataclass
class Scope:
    """A request as granian gives it."""

    path: str = "/"
    headers: Headers = field(default_factory=Headers)
    method: str = "GET"
    query_string: str = ""
    scheme: str = "http"
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "10.0.0.7:51000"


class Proto:
    """The other side of the wire: what it was sent."""

    def __init__(self):
        self.status, self.pieces = 0, []

    def response_bytes(self, status, headers, body):
        self.status, self.pieces = status, [body]

    def response_str(self, status, headers, body):
        self.response_bytes(status, headers, body.encode())

    def response_stream(self, status, headers):
        self.status = status
        return self

    async def send_bytes(self, piece):
        self.pieces.append(piece)


def answer(application) -> Proto:
    proto = Proto()
    pages = Pages(application, threads=1)
    pages.start()
    asyncio.run(pages(Scope(), proto))
    return proto


def test_a_path_in_chinese_arrives_as_wsgi_wants_it():
    assert environ(Scope(path="/泊云汇/"), b"")["PATH_INFO"].encode("latin1").decode() == "/泊云汇/"


def test_the_address_of_the_asker_is_kept_without_its_port():
    assert environ(Scope(client="[::1]:51000"), b"")["REMOTE_ADDR"] == "::1"


def test_a_header_with_an_underscore_cannot_pass_for_one_of_the_proxy():
    told = environ(Scope(headers=Headers(("x_forwarded_proto", "https"), ("x-forwarded-for", "10.0.0.7"))), b"")

    assert "HTTP_X_FORWARDED_PROTO" not in told
    assert told["HTTP_X_FORWARDED_FOR"] == "10.0.0.7"


def test_cookies_in_several_lines_are_one():
    told = environ(Scope(headers=Headers(("cookie", "a=1"), ("cookie", "b=2"))), b"")

    assert told["HTTP_COOKIE"] == "a=1; b=2"


def test_an_answer_is_sent_whole():
    def application(told, begin):
        begin("201 Created", [("content-type", "text/plain")])
        return HttpResponse("谢谢")

    assert (answer(application).status, answer(application).pieces) == (201, ["谢谢".encode()])


def test_a_long_answer_goes_out_piece_by_piece_and_is_closed():
    pieces = [b"x" * WHOLE, b"y" * WHOLE, b""]
    response = StreamingHttpResponse(iter(pieces))
    closed = []
    response.close = lambda: closed.append(True)

    def application(told, begin):
        begin("200 OK", [])
        return response

    assert answer(application).pieces == pieces[:2]
    assert closed == [True]


@pytest.mark.parametrize("sentence", ["没有保存", "Nothing was saved"])
def test_when_too_many_wait_the_next_one_is_told_so(monkeypatch, sentence):
    monkeypatch.setattr("sisheng.config.serve.pages.MOST_WAITING", 0)

    proto = answer(lambda told, begin: [])

    assert proto.status == 503
    assert sentence in proto.pieces[0].decode()


def test_an_application_that_breaks_is_answered_for(caplog):
    def application(told, begin):
        raise ValueError("broken")

    assert answer(application).status == 500
    assert "A page could not be answered: /" in caplog.text


def test_of_many_uploads_at_once_the_last_is_told_to_come_back(monkeypatch):
    """They lie in memory until they are answered."""
    monkeypatch.setattr("sisheng.config.serve.pages.MOST_UPLOADS", 0)
    photo = Headers(("content-type", "multipart/form-data; boundary=x"), ("content-length", "5000000"))

    proto = Proto()
    asyncio.run(Pages(lambda told, begin: [], threads=1)(Scope(headers=photo, method="POST"), proto))

    assert proto.status == 503
