"""A form that takes several files at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import ngettext

from sisheng.ground.files.kinds import ACCEPT


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to so many files; what each contains is looked at when it is taken (taking.py)."""

    def __init__(self, *, most: int, accept: str = ACCEPT, **options: Any) -> None:
        super().__init__(widget=SeveralFiles({"accept": accept}), **options)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [super(FilesField, self).clean(file, initial) for file in data or []]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most:
            raise forms.ValidationError(
                ngettext("%(most)s file at most.", "%(most)s files at most.", self.most), params={"most": self.most}
            )
        return files
