"""Which files are taken: by what they contain, never by what they are called."""

from __future__ import annotations

import filetype
from django.utils.translation import gettext as _

from sisheng.ground.refusals import Unusable

# what the contents say: the ending under which it is handed out
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/x-wav": "wav",
    "audio/amr": "amr",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}  # of which a clean copy can be made
ACCEPT = ",".join(ENDINGS)  # for the file chooser; phones turn their own formats into one of these


def type_of(data: bytes) -> str:
    """Raises Unusable for what is none of these: HTML or SVG that is called .jpg, an archive, a program."""
    found = filetype.guess(data[:8192])
    if found is None or found.mime not in ENDINGS:
        raise Unusable(
            _(
                "Files of this kind are not taken, whatever they are called. Send a photo (JPEG, PNG, WebP, HEIC), a "
                "PDF, a sound (MP3, M4A, WAV, AMR) or a video (MP4, MOV)."
            ),
            field="file",
        )
    return str(found.mime)
