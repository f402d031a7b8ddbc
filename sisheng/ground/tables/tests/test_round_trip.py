"""Whatever people have in a table, a text file of it gives the same cells back."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sisheng.ground.tables import Field, read_table
from sisheng.ground.tables.leftovers import is_leftover
from sisheng.ground.tables.tests.files import csv_text

FIELDS = tuple(Field(key, key, (title,)) for key, title in (("a", "名称"), ("b", "编号"), ("c", "备注说明")))
HEADER = ["名称", "编号", "备注说明"]

# Every character but surrogates, which are none, and NUL, which no table has.
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
spelled = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "gbk"])


@st.composite
def tables(draw):
    encoding = draw(spelled)
    cell = anything
    if encoding == "gbk":
        cell = st.text(st.sampled_from("一行远箱包喆龘€聙 ,;\t\"'=\r\nAz09"), max_size=20)
    rows = draw(st.lists(st.lists(cell, min_size=3, max_size=3), max_size=8))
    return encoding, draw(st.sampled_from(",;\t")), draw(st.sampled_from(["\r\n", "\n"])), rows


@given(tables())
@settings(max_examples=300, deadline=None)
def test_a_table_written_to_a_text_file_is_read_back_the_same(table):
    encoding, delimiter, line_end, rows = table
    written = csv_text([HEADER, *rows], delimiter, line_end)
    try:
        content = written.encode(encoding)
    except UnicodeEncodeError:
        return  # gbk has no euro sign in Python's table
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(content)
        with read_table(path, FIELDS) as found:
            cells = [list(row.cells.values()) for row in found.rows()]

    blank_or_no_record = [r for r in rows if all(not c.strip() for c in r) or is_leftover(r) or r == HEADER]
    assert cells == [row for row in rows if row not in blank_or_no_record]
