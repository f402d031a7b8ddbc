"""Settings come from the environment. A bad value is refused with a sentence before anything starts."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The value of a variable, or the contents of the file that NAME_FILE points at."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE points at a file that cannot be read: {error}") from None
    return os.environ.get(name, default)


def yes(name: str, *, default: bool = False) -> bool:
    value = text(name, "yes" if default else "no").strip().lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not “{value}”.")


def whole(name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.") from None
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name} must lie between {least} and {most}, not {number}.")
    return number


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origin(name: str) -> str:
    """Where a site is reached: https://help.example.com, without a path; empty where nothing is said."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or value != f"{parts.scheme}://{parts.netloc}"):
        raise ImproperlyConfigured(f"{name} must look like https://help.example.com, not “{value}”.")
    return value


def database(name: str, default: str) -> dict[str, object]:
    """A database from an address: sqlite:///file.sqlite3 or postgres://user:password@host:port/name.
    Several hosts (a,b) with several ports make a failover address for PostgreSQL."""
    address = text(name, default)
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)
        if not path.strip("/") or path.startswith("/:memory:"):
            raise ImproperlyConfigured(
                f"{name} must name a file, such as sqlite:////var/lib/sisheng/desk.sqlite3; "
                "a database in memory cannot be shared by the web and the worker."
            )
        return _sqlite(path if path.startswith("//") is False else path[1:])
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(name, address)
    raise ImproperlyConfigured(f"{name} must begin with sqlite:/// or postgres://, not “{parts.scheme}”.")


def _sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "sisheng.ground.sqlite",
        "NAME": path,
        # Each thread keeps its connection: to open one costs as much as a small page.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what the screen has acknowledged survives a power cut.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
            ),
        },
        "TEST": {"NAME": f"{path}.test"},
    }


def _postgres(name: str, address: str) -> dict[str, object]:
    netloc, _, rest = address.partition("://")[2].partition("/")
    who, _, where = netloc.rpartition("@")
    user, _, password = who.partition(":")
    hosts = [host.rpartition(":") if ":" in host else (host, "", "5432") for host in where.split(",")]
    if not where or not rest:
        raise ImproperlyConfigured(f"{name} must look like postgres://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(rest.partition("?")[0]),
        "USER": unquote(user),
        "PASSWORD": unquote(password),
        "HOST": ",".join(host for host, _, _ in hosts),
        "PORT": ",".join(port for _, _, port in hosts),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"target_session_attrs": "read-write"} if len(hosts) > 1 else {},
    }
