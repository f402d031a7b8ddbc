"""Every paper, in both languages and in large print."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import typst

from sisheng.kit.paper import codes, rendering
from sisheng.kit.paper.glyphs import printable
from sisheng.kit.paper.rendering import TEMPLATES, as_data, pdf, render
from sisheng.kit.paper.tests.golden import GOLDEN, text_of
from sisheng.kit.paper.tests.papers import COMMON, PAPERS, acceptance, at, handling, letter, slip

MILLIMETRE = 72 / 25.4
EVERY = [(name, language, large) for name in PAPERS for language in ("zh", "en") for large in (False, True)]
each_paper = pytest.mark.parametrize(("name", "language", "large"), EVERY)


def read(content) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def words_of(content) -> str:
    """Its text without the ends of lines, and the places where one may be, which depend on the width of the page."""
    return re.sub(r"[\s\u200b]+", "", text_of(content))


def sizes_of(content) -> set[float]:
    found = set()

    def look(text, cm, tm, font, size):
        if text.strip():
            found.add(round(size * abs(tm[3] * cm[3]), 1))

    for page in read(content).pages:
        page.extract_text(visitor_text=look)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_it_said_when_somebody_last_read_it(name, language):
    kept = (GOLDEN / f"{name}-{language}.txt").read_text(encoding="utf8")

    assert text_of(pdf(PAPERS[name](language), language=language)) == kept


@each_paper
def test_nothing_is_printed_small(name, language, large):
    sizes = sizes_of(pdf(PAPERS[name](language), language=language, large=large))

    assert min(sizes) == (16 if large else 12)


@each_paper
def test_paper_is_black_on_white(name, language, large):
    content = pdf(PAPERS[name](language), language=language, large=large)
    drawn = b"\n".join(page.get_contents().get_data() for page in read(content).pages)
    colours = set(re.findall(rb"((?:[\d.]+ )+)(?:scn?|SCN?|rg|RG|g|G|k|K)\b", drawn))

    assert colours == {b"0 "}


@pytest.mark.parametrize("name", ["acceptance", "handling", "letter"])
def test_every_page_of_a_sheet_is_counted(name):
    pages = read(pdf(PAPERS[name]("en"), language="en")).pages

    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()
        assert abs(float(page.mediabox.width) - 210 * MILLIMETRE) < 0.1


def test_a_slip_fits_the_roll_and_shouts_its_number():
    content = pdf(slip("zh"), language="zh")
    page = read(content).pages[0]

    assert len(read(content).pages) == 1
    assert abs(float(page.mediabox.width) - 80 * MILLIMETRE) < 0.1
    big = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: big.append(text.strip()) if size >= 36 else None)
    assert "".join(big) == "TS-261122-0007"  # 36 pt are 48 px


def test_a_slip_repeats_what_was_promised_by_when():
    said = words_of(pdf(slip("zh"), language="zh"))

    assert "2026-11-23 14:10 前 告诉您调查进展".replace(" ", "") in said
    assert "2026-11-25 14:10 前 给您最终答复".replace(" ", "") in said
    assert "7K4M2Q" in said
    assert "0000-8866-1188" in said


@pytest.mark.rule("CTR-32")
@pytest.mark.parametrize("name", PAPERS)
def test_every_print_leads_to_the_record(monkeypatch, name):
    drawn = []
    monkeypatch.setattr(rendering.codes, "qr", lambda text: drawn.append(text) or PICTURE)

    content = pdf(PAPERS[name]("zh"), language="zh")

    assert drawn == [COMMON["link"]]
    # the picture is on the paper, the white of its modules with it
    assert b"31.41 59.26" in b"".join(page.get_contents().get_data() for page in read(content).pages) + _forms(content)


PICTURE = codes.qr("x").replace("</svg>", '<path d="M31.41 59.26L1 1L2 2Z" fill="#000"/></svg>')


def _forms(content) -> bytes:
    return b"".join(
        value.get_object().get_data()
        for page in read(content).pages
        for value in page["/Resources"].get("/XObject", {}).values()
    )


@pytest.mark.rule("N-11")
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("is_refusal", [False, True])
@pytest.mark.parametrize(
    ("language", "ways"),
    [
        ("zh", ["协商解决", "消费者协会", "行政部门投诉", "仲裁机构", "人民法院起诉", "第三十九条", "2026-11-01"]),
        ("en", ["settle", "consumerassociation", "authority", "arbitration", "court", "Article39", "1Nov2026"]),
    ],
)
def test_our_last_word_names_the_five_lawful_ways_that_remain(language, ways, is_refusal, large):
    said = words_of(pdf(letter(language, is_refusal=is_refusal), language=language, large=large))

    assert [way for way in ways if way not in said] == []
    assert ("暂不符合条件" in said or "cannotmeetyourrequest" in said) == is_refusal


def test_the_lawyer_of_the_mall_may_word_the_five_ways():
    ways = ("Talk to us.", "Mediation.", "The authorities.", "Arbitration.", "The court of Nanting.")

    said = words_of(pdf(letter("en", lawful_ways=ways), language="en"))

    assert "ThecourtofNanting." in said
    assert "Bringanaction" not in said


def test_what_people_wrote_is_text_whatever_it_looks_like():
    nasty = '#read("/etc/passwd") $x^2$ *b* _i_ `c` #import "@preview/x:1.0.0" <a> @b {printed} \\ // <script>'

    said = words_of(pdf(acceptance("zh", facts=nasty), language="zh"))

    assert re.sub(r"\s+", "", nasty) in said


@pytest.mark.parametrize("way", ["/etc/passwd", "../documents.py", "../../../../../../../../etc/passwd"])
def test_a_template_reads_nothing_outside_its_folder(tmp_path, monkeypatch, way):
    (tmp_path / "spy.typ").write_text(f'#read("{way}")', encoding="utf8")
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)

    with pytest.raises(typst.TypstError):
        render("spy", {}, language="zh", at=at(22, 14))


def test_a_template_fetches_nothing(tmp_path, monkeypatch):
    (tmp_path / "spy.typ").write_text('#import "@preview/cetz:0.3.0"', encoding="utf8")
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)

    with pytest.raises(typst.TypstError):
        render("spy", {}, language="zh", at=at(22, 14))


def test_no_template_imports_a_package_or_asks_for_the_time():
    code = "\n".join(path.read_text(encoding="utf8") for path in TEMPLATES.glob("*.typ"))

    assert not re.search(r"@preview|@local|datetime\.today", code)


@each_paper
def test_the_same_document_is_the_same_file(name, language, large):
    document = PAPERS[name](language)

    assert pdf(document, language=language, large=large) == pdf(document, language=language, large=large)


def test_times_days_and_money_are_worded_in_the_language_of_the_paper():
    values = {"at": at(22, 14, 5), "on": date(2026, 11, 2), "amount": Decimal("1280"), "none": None, "yes": True}

    assert as_data(values, "zh") == {
        "at": "2026-11-22 14:05",
        "on": "2026-11-02",
        "amount": "¥1,280.00",
        "none": None,
        "yes": True,
    }
    assert as_data(values, "en")["at"] == "22 Nov 2026, 14:05"
    assert as_data(values, "en")["amount"] == "CNY 1,280.00"


def test_what_is_no_plain_value_is_not_printed():
    with pytest.raises(TypeError):
        as_data({"what": object()}, "zh")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("林䶮女士", "林䶮女士"),
        ("𠮷野家", "〔U+20BB7〕野家"),
        ("好\U0001f600\U0001f44d", "好〔U+1F600 U+1F44D〕"),
        ("a\u200bb\ufeff\x07c", "abc"),
        ("one\r\ntwo\tthree", "one\ntwo three"),
        ("e\u0301", "é"),
    ],
)
def test_a_character_without_a_shape_is_told_by_its_code(written, printed):
    assert printable(written) == printed


def test_a_paper_with_rare_characters_can_be_archived():
    document = handling("zh", matter="𠮷先生说：😀 \u200d很好 \u0f04", feedback="مرحبا")
    data = as_data(document, "zh") | {"qr": None}

    content = render("handling", data, language="zh", at=at(22, 14), standard="a-3b")

    assert "〔U+20BB7〕先生" in words_of(content)


@pytest.mark.parametrize("name", PAPERS)
def test_papers_can_be_read_aloud(name):
    document = PAPERS[name]("en")
    data = as_data(document, "en") | {"qr": codes.qr(document.link)}
    if name == "slip":
        data["bars"] = codes.bars(document.digits)

    content = render(name, data, language="en", at=at(22, 14), standard="ua-1")  # Typst's own check of PDF/UA-1

    assert read(content).root_object["/MarkInfo"]["/Marked"]


def test_the_templates_are_part_of_the_package():
    assert Path(rendering.__file__).parent in TEMPLATES.parents
    assert (TEMPLATES / "texts.toml").exists()
