"""What customers are asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class Progress(forms.Form):
    number = forms.CharField(label=_("Number"), max_length=40)
    code = forms.CharField(label=_("Code"), max_length=20)
