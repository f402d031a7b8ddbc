"""One port, one command: pages, streams, refusals, and an end that cuts nobody off."""

from __future__ import annotations

import json
import os
import signal
import socket
import time

import httpx
import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from sisheng.ground.act import SYSTEM
from sisheng.ground.events.models import Event
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Post, Staff

STREAM = "/boyun/desk/stream/"
SOON = 8  # seconds; on a quiet machine it is a fifth of one, and whoever is not let go is only killed after ten


@pytest.fixture
def boyun(transactional_db):
    return Mall.objects.create(slug="boyun", name="泊云汇")


@pytest.fixture
def elsewhere(transactional_db):
    return Mall.objects.create(slug="elsewhere", name="别处")


@pytest.fixture
def mei(boyun):
    """Mei, logged in: what her browser sends."""
    mei = Staff.objects.create(code="1008", name="苏禾")
    Post.objects.create(mall=boyun, staff=mei, role="agent")
    session = SessionStore()
    session[SESSION_KEY] = str(mei.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = mei.get_session_auth_hash()
    session.create()
    return {"sessionid": session.session_key}


def tell(act, mall, kind="inquiry.begin", topic="case:3"):
    with transaction.atomic():
        return Event.record(kind, topic, act(SYSTEM), mall_id=mall.pk)


def pokes(lines):
    """The topics of each message of a stream."""
    return (set(json.loads(line.removeprefix("data: "))["topics"]) for line in lines if line.startswith("data: "))


def test_an_open_desk_is_told_of_its_own_mall(serve, boyun, elsewhere, mei, act):
    with serve() as site, httpx.stream("GET", site.address + STREAM, cookies=mei, timeout=30) as stream:
        assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
        tell(act, elsewhere, topic="case:1")
        tell(act, boyun, topic="case:3")

        assert next(pokes(stream.iter_lines())) == {"case:3", "case", "inquiry"}


@pytest.mark.parametrize("how", ["last-event-id", "after"])
def test_a_desk_that_comes_back_is_told_what_it_missed(serve, boyun, mei, act, how):
    known = tell(act, boyun, "contact.log", "contact:1").pk
    tell(act, boyun, "inquiry.begin", "case:3")
    headers, query = ({"Last-Event-ID": str(known)}, "?after=0") if how != "after" else ({}, f"?after={known}")

    with serve() as site:
        address = site.address + STREAM + query
        with httpx.stream("GET", address, cookies=mei, headers=headers, timeout=30) as stream:
            assert next(pokes(stream.iter_lines())) == {"case:3", "case", "inquiry"}


@pytest.mark.django_db(transaction=True)
def test_nobody_listens_without_a_session_or_without_a_post(site, boyun, elsewhere, mei):
    assert site.get(STREAM).status_code == 401
    assert site.get(STREAM, cookies={"sessionid": "made-up"}).status_code == 401
    assert site.get("/elsewhere/desk/stream/", cookies=mei).status_code == 404
    assert site.get("/nowhere/desk/stream/", cookies=mei).status_code == 404


def test_a_page_is_served_with_its_security_policy(site):
    page = site.get("/login/")

    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("is_chunked", [False, True])
def test_four_megabytes_are_refused_at_once_with_a_sentence(site, is_chunked):
    body = b"subject=" + b"x" * 4 * 1024 * 1024
    began = time.monotonic()

    answer = httpx.post(site.address + "/login/", content=iter([body]) if is_chunked else body)

    assert answer.status_code == 413
    assert "没有保存" in answer.text
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize(("megabytes", "status"), [(5, 403), (25, 413)])
def test_a_photo_of_some_megabytes_reaches_the_pages_and_a_film_does_not(site, megabytes, status):
    files = {"upload": ("photo.jpg", b"x" * megabytes * 1024 * 1024)}

    answer = httpx.post(site.address + "/login/", files=files, timeout=30)

    assert answer.status_code == status  # 403: no CSRF token, so the page itself has answered
    assert status != 413 or "21 MB" in answer.text


def test_a_head_without_end_is_refused(site):
    assert site.get("/login/", headers={"X-Long": "x" * 300_000}).status_code == 431


def test_a_stop_lets_streams_go_and_answers_what_is_under_way(serve, mei):
    form = b"code=1008&password=wrong"
    head = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(form)
    with serve() as site, httpx.stream("GET", site.address + STREAM, cookies=mei, timeout=30) as stream:
        port = int(site.address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as slow_browser:
            slow_browser.sendall(head + form[:10])
            time.sleep(0.2)
            began = time.monotonic()
            site.process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            slow_browser.sendall(form[10:])
            assert slow_browser.recv(12) == b"HTTP/1.1 403"  # no CSRF token: the page itself has answered
        list(stream.iter_raw())  # ends
        assert site.process.wait(9) == 0

    assert time.monotonic() - began < SOON


def test_a_terminal_that_tells_everybody_to_stop_is_not_kept_waiting(serve):
    with serve() as site:
        children = _children(site.process.pid)
        began = time.monotonic()
        for process in [site.process.pid, *children, site.process.pid]:
            os.kill(process, signal.SIGINT)
        site.process.wait(9)

    assert time.monotonic() - began < SOON


@pytest.mark.races
def test_nobody_keeps_the_port_when_the_command_is_killed_outright(serve):
    with serve() as site:
        site.process.kill()
        until = time.monotonic() + SOON
        while time.monotonic() < until:
            try:
                site.get("/login/")
            except httpx.TransportError:
                return
            time.sleep(0.05)

    raise AssertionError("Somebody still answers.")


def _children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(word) for word in file.read().split()]


# What the command refuses before it starts


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes several")
def test_several_web_processes_are_refused_on_sqlite():
    with pytest.raises(CommandError, match="Several web processes need PostgreSQL"):
        call_command("serve", "--workers", "2")


@pytest.mark.django_db
def test_a_port_that_is_taken_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} of 127.0.0.1 is taken"):
            call_command("serve", "--port", str(port))


@pytest.mark.django_db
def test_an_unprepared_database_is_named(monkeypatch):
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["0002_more"])

    with pytest.raises(CommandError, match="run `sisheng init` first"):
        call_command("serve", "--port", "0")
