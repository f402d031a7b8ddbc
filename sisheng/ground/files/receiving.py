"""How an upload comes in: into memory only, so that nothing readable ever lies on the disk, and never without end."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

TOGETHER = 3  # files of the largest size in one request


class IntoMemory(FileUploadHandler):
    """Keeps what may be kept. Of a larger file only its size is known, and whoever takes it refuses it in words."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._held = 0  # bytes of all files of this request

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file, self._size = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > settings.LARGEST_FILE or self._held + self._size > TOGETHER * settings.LARGEST_FILE:
            self._file, self._size = BytesIO(), max(self._size, settings.LARGEST_FILE + 1)
        else:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self._held += self._file.tell()
        self._file.seek(0)
        return UploadedFile(
            file=self._file, name=self.file_name, content_type=self.content_type, size=max(file_size, self._size),
            charset=self.charset, content_type_extra=self.content_type_extra,
        )  # fmt: skip
