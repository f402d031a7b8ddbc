"""The secret of a site that was given none: made once, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in that file; made on first use. Two processes that start together end with the same one."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text(encoding="ascii").strip()
