"""What a shop is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.ground.files.fields import FilesField

MOST_FILES = 3
FILES = "image/*,application/pdf"


class Statement(forms.Form):
    text = forms.CharField(
        label=_("What happened, as you saw it"), max_length=4000, required=False, widget=forms.Textarea({"rows": 8})
    )
    papers = FilesField(label=_("Photos or papers"), most=MOST_FILES, accept=FILES, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not told.get("text", "").strip() and not told.get("papers"):
            self.add_error("text", _("Please write a few sentences, or add your statement as a photo or PDF."))
        return told
