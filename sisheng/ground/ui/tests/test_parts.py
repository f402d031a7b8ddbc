"""The parts that pages are made of say what they show, also to those who do not see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django import forms
from django.template import engines
from django.utils import timezone, translation

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=timezone.get_fixed_timezone(0))  # 14:00 in Shanghai


@dataclass
class Clock:
    is_state: str
    due_at: datetime | None = None
    met_at: datetime | None = None
    label: str = "给方案"
    soon_at: datetime = NOW
    now_at: datetime = NOW

    def state(self, at):
        return self.is_state


class CallForm(forms.Form):
    name = forms.CharField(label="Name")
    phone = forms.RegexField(r"^1\d{10}$", label="Phone", help_text="Only for the call back.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    agrees = forms.BooleanField(label="May we call", required=False)


def drawn(source: str, **context) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context)


def words(html: str) -> str:
    return "".join(engines["django"].from_string("{{ html|striptags }}").render({"html": html}).split("\n"))


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (Clock("ok", NOW + timedelta(hours=2, minutes=10)), "剩 2:10，应于 2026-11-22 16:10 前 给方案"),
        (Clock("soon", NOW + timedelta(minutes=20)), "剩 20 分，应于 2026-11-22 14:20 前 给方案"),
        (Clock("now", NOW + timedelta(minutes=4)), "剩 4 分，应于 2026-11-22 14:04 前 给方案"),
        (Clock("over", NOW - timedelta(minutes=12)), "逾期 12 分，应于 2026-11-22 13:48 前 给方案"),
        (Clock("paused"), "已暂停"),
        (Clock("met", NOW, met_at=NOW - timedelta(minutes=3)), "按时 13:57，应于 2026-11-22 14:00 前 给方案"),
        (Clock("late", NOW, met_at=NOW + timedelta(minutes=8)), "晚 8 分，应于 2026-11-22 14:00 前 给方案"),
        (Clock("cancelled", NOW), "已取消，应于 2026-11-22 14:00 前 给方案"),
    ],
    ids=lambda value: getattr(value, "is_state", ""),
)
def test_a_deadline_is_a_shape_a_word_and_a_number(clock, said):
    with translation.override("zh-hans"):
        chip = drawn("{% deadline clock now %}", clock=clock, now=NOW)

    assert words(chip) == said
    assert f'class="chip deadline is-{clock.is_state}"' in chip
    assert "#shape-" in chip
    assert ("data-due=" in chip) == (clock.is_state in {"ok", "soon", "now", "over"})


def test_a_form_names_its_faults_and_leads_to_them():
    form = CallForm({"name": "林女士", "phone": "138"})

    with translation.override("zh-hans"):
        html = drawn("{% form_errors form %}{% for each in form %}{% field each %}{% endfor %}", form=form)

    assert "还差 1 处" in html
    assert '<a href="#id_phone">Phone</a>' in html
    assert 'value="林女士"' in html
    assert html.count("autofocus") == 1
    phone = html[html.index('id="id_phone"') - 400 : html.index('id="id_phone"') + 400]
    assert 'aria-invalid="true"' in phone
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in phone
    assert 'id="id_phone_error"' in html
    assert 'id="id_phone_helptext"' in html


def test_a_field_ties_its_label_and_takes_the_attributes_it_is_given():
    html = drawn('{% field form.phone inputmode="tel" autocomplete="off" %}', form=CallForm())

    assert '<label class="form-label" for="id_phone">Phone' in html
    assert 'inputmode="tel"' in html
    assert 'class="form-control"' in html
    assert "autofocus" not in html


def test_what_may_be_left_out_says_so_and_a_box_stands_in_its_label():
    with translation.override("en"):
        html = drawn("{% field form.note %}{% field form.agrees %}", form=CallForm())

    assert "(optional)" in html
    assert '<label class="form-check"><input type="checkbox"' in html.replace("\n", "")


def test_each_form_has_a_key_of_its_own():
    keys = {drawn("{% once_field %}") for _each in range(3)}

    assert len(keys) == 3
    assert all('type="hidden" name="once"' in key for key in keys)


def test_an_icon_says_nothing_by_itself():
    assert 'aria-hidden="true"' in drawn('{% icon "search" %}')
    assert "icons.svg#search" in drawn('{% icon "search" %}')
