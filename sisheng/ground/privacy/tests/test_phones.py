"""Numbers as people and spreadsheets write them."""

import pytest

from sisheng.ground.privacy.phones import e164, spoken
from sisheng.ground.refusals import Unusable

TAKEN = {
    "15400000001": "+8615400000001",  # the demo block, which no operator has issued
    "154-0000-0001": "+8615400000001",
    " 154 0000 0001 ": "+8615400000001",
    "１５４０００００００１": "+8615400000001",
    "+86 154 0000 0001": "+8615400000001",
    "008615400000001": "+8615400000001",
    "8615400000001": "+8615400000001",
    "(+86)154.0000.0001": "+8615400000001",
    "19212345678": "+8619212345678",
    "15400000001.0": "+8615400000001",
    "1.5400000001E+10": "+8615400000001",
    "0755-81234567": "+8675581234567",
    "(0755) 8123 4567": "+8675581234567",
    "０２１－１２３４５６７８": "+862112345678",
    "+86 755 8123 4567": "+8675581234567",
    "400-812-3456": "+864008123456",
    "+852 2345 6789": "+85223456789",
    "0085223456789": "+85223456789",
    "+852 9123 4567": "+85291234567",
}  # fmt: skip
REFUSED = [
    *("", " ", "abc", "1", "81234567", "1540000000", "154000000011", "12345678901", "00000000000", "0755", "95588"),
    *("12315", "15400000001 转 6001", "154-0000-0001 ext 5", "15400000001a", "call 15400000001", "'; DROP TABLE"),
    *("nan", "+", "+86", "１５４", "1e400", "9" * 5000, "+85212345678", "15400000001" + " " * 40 + "9", "🍎"),
    *("0755-81234567 ext 5", "0755-81234567转801", "13800138000 x5", "400-FLOWERS", "13800138000 or 13900139000"),
]


@pytest.mark.parametrize("written", TAKEN)
def test_a_number_is_kept_in_one_form(written):
    assert e164(written) == TAKEN[written]


@pytest.mark.parametrize("cell", [15400000001, 15400000001.0])
def test_a_cell_that_a_spreadsheet_made_a_number_is_a_phone_again(cell):
    assert e164(cell) == "+8615400000001"


@pytest.mark.parametrize("written", REFUSED)
def test_what_cannot_be_called_is_refused_with_a_sentence(written):
    with pytest.raises(Unusable) as refusal:
        e164(written)

    assert refusal.value.field == "phone"
    assert len(str(refusal.value)) < 200


def test_a_rounded_number_is_refused_because_nobody_knows_it_any_more():
    with pytest.raises(Unusable, match=r"rounded this number \(1\.54E\+10\)"):
        e164("1.54E+10")


@pytest.mark.parametrize(
    ("phone", "aloud"),
    [
        ("+8615400000001", "154 0000 0001"),
        ("+8675581234567", "0755 8123 4567"),
        ("+864008123456", "400 812 3456"),
        ("+85223456789", "+852 2345 6789"),
        ("?", "?"),
    ],
)
def test_a_number_is_read_aloud_in_groups(phone, aloud):
    assert spoken(phone) == aloud
