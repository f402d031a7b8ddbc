"""Catalogues that were compiled a moment ago are read, also where an older one has been read already."""

from __future__ import annotations

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.utils import translation

from conftest import read_catalogues_anew


def _write(folder, words):
    catalogue = Catalog(locale="zh_Hans")
    catalogue.add("a sentence of this test", words)
    out = BytesIO()
    write_mo(out, catalogue)
    place = folder / "zh_Hans" / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    (place / "django.mo").write_bytes(out.getvalue())


def _said():
    with translation.override("zh-hans"):
        return translation.gettext("a sentence of this test")


def test_the_first_run_after_new_words_speaks_them(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    _write(tmp_path, "旧")
    read_catalogues_anew()
    assert _said() == "旧"

    _write(tmp_path, "新")
    read_catalogues_anew()

    assert _said() == "新"
