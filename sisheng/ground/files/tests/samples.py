"""Files as people send them."""

from __future__ import annotations

import struct
import wave
import zlib
from io import BytesIO

from PIL import Image

GPS, MODEL, ORIENTATION = 0x8825, 0x0110, 0x0112


def photo(size=(80, 40), *, format="JPEG", orientation=1, colour="teal"):
    """A photo as a telephone takes it: with the place and the telephone written into it."""
    image = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[MODEL] = "A telephone"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 14.0, 9.5), 3: "E", 4: (121.0, 29.0, 4.25)})
    out = BytesIO()
    image.save(out, format, exif=exif, **({"comment": b"taken by somebody"} if format == "JPEG" else {}))
    return out.getvalue()


def place_in(data):
    with Image.open(BytesIO(data)) as image:
        return dict(image.getexif().get_ifd(GPS))


def colossal_png(width=100_000, height=100_000):
    """Some hundred bytes that claim to be a picture of ten thousand million pixels."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def sound():
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * 800)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 64
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
