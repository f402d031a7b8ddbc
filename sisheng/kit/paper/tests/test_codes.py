"""What scanners read."""

from __future__ import annotations

import re

from sisheng.kit.paper import codes


def test_digits_become_bars_that_a_scanner_knows():
    # by hand: START C (105), 26, 11, 22, 00, 07; 105 + 26 + 2·11 + 3·22 + 4·0 + 5·7 = 254; 254 mod 103 = 48
    start, stop = "211232", "2331112"
    symbols = ["321221", "231212", "223112", "212222", "122312", "313121"]

    drawn = "".join(str(width) for width in codes.bars("2611220007"))

    assert drawn == start + "".join(symbols) + stop


def test_every_symbol_is_eleven_modules_wide_and_none_is_there_twice():
    assert len(set(codes.WIDTHS)) == codes.CHECK
    assert {sum(map(int, widths)) for widths in codes.WIDTHS} == {11}


def test_a_qr_code_has_free_space_around_it_and_is_black_alone():
    picture = codes.qr("https://desk.example/p/TS-261122-0007")
    size = int(re.search(r'viewBox="0 0 (\d+) \1"|width="(\d+)"', picture)[2])
    columns = [int(x) for x in re.findall(r"M(\d+) ", picture)]

    assert size == 29 + 2 * 4  # version 3
    assert min(columns) == 4
    assert set(re.findall(r"#\w+", picture)) == {"#000"}
