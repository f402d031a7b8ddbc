"""The copy of a picture that is shown: the right way up, and without what it tells besides what is to be seen.

A telephone writes into each photo where it was taken, when and by whom. The original keeps that, as evidence; nobody
sees it by looking. The copy is drawn anew, so that nothing else that was hidden in the file comes along.
"""

from __future__ import annotations

import threading
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from sisheng.ground.files.kinds import PICTURES
from sisheng.ground.refusals import Unusable

MOST_PIXELS = 64_000_000  # more than telephones take; a small file can claim to be as large as a house
LONGEST_SIDE = 2560
COPY_TYPE = "image/jpeg"

_one_at_a_time = threading.Lock()  # a large picture takes some hundred megabytes while it is opened


def cleaned(data: bytes, kind: str) -> bytes:
    """A JPEG of it. Raises Unusable for a picture that is damaged, or too large to be opened."""
    with _one_at_a_time:
        try:
            with Image.open(BytesIO(data), formats=[PICTURES[kind]]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _too_large()
                return _drawn_anew(picture)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _too_large() from None
        except (Unusable, MemoryError):
            raise
        except Exception:  # whatever a broken or hostile picture makes the library say
            raise Unusable(
                _("This picture is damaged and cannot be opened. Take it again, or send it as PDF."), field="file"
            ) from None


def _drawn_anew(picture: Image.Image) -> bytes:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before turning: less to turn
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    canvas = Image.new("RGB", upright.size, "white")  # a new picture: comments and profiles are not copied
    canvas.paste(upright, mask=upright.getchannel("A"))
    out = BytesIO()
    canvas.save(out, "JPEG", quality=85)
    return out.getvalue()


def _too_large() -> Unusable:
    return Unusable(
        _("This picture has more than %(most)d million pixels and is not opened. Send a smaller one.")
        % {"most": MOST_PIXELS // 1_000_000},
        field="file",
    )
