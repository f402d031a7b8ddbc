"""A kept file goes out: whole or not at all, never run by a browser, never kept by one."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from sisheng.ground.files.models import KeptFile


def send(file: KeptFile, *, copy: bool = False) -> StreamingHttpResponse:
    """The clean copy to look at, or the original. Raises Unreadable before a byte of a file that was altered."""
    file.must_be_whole()
    size, kind = (file.copy_size, file.copy_type) if copy else (file.size, file.type)
    called = f"{file.about.replace('/', '-')}.{'jpg' if copy else file.ending}"
    response = StreamingHttpResponse(file.pieces(copy=copy), content_type=kind)
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = content_disposition_header(not copy, called) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
