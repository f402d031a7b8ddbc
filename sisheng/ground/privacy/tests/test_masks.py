"""What a list shows of a person."""

import pytest
from django.template import Context, Template

from sisheng.ground.privacy.masks import mask_name, mask_phone
from sisheng.ground.privacy.tests.people import Caller

PHONES = {
    "+8615400000001": "154****0001",
    "15400000001": "154****0001",
    "+8675581234567": "0755****4567",
    "+862112345678": "021****5678",
    "+864008123456": "400****3456",
    "+85223456789": "+852****6789",
    "12": "****",
    "": "",
    None: "",
}
NAMES = {
    "林知夏": "林*",
    "林": "林*",
    "林女士": "林女士",
    "林知夏女士": "林女士",
    "王先生": "王先生",
    "欧阳娜": "欧阳*",
    "欧阳娜老师": "欧阳老师",
    "Ms Lin": "Ms Lin",
    "Mr. John Wang": "Mr. Wang",
    "Alice Cooper": "A*",
    "": "",
    None: "",
}


@pytest.mark.rule("PRV-01")
@pytest.mark.parametrize("phone", PHONES)
def test_a_phone_shows_where_it_belongs_and_its_last_four(phone):
    assert mask_phone(phone) == PHONES[phone]


@pytest.mark.rule("PRV-01")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_shows_the_surname_and_keeps_the_title(name):
    assert mask_name(name) == NAMES[name]


def test_templates_mask():
    page = Template("{% load privacy %}{{ name|mask_name }} {{ phone|mask_phone }} {{ phone|spoken_phone }}")

    assert page.render(Context({"name": "林知夏", "phone": "+8615400000001"})) == "林* 154****0001 154 0000 0001"


def test_one_unreadable_number_does_not_take_the_list_down(mr_wang, ms_lin, key_file):
    key_file.write_text("A" * 43)

    assert len({caller.masked_phone for caller in Caller.objects.all()}) == 1
