"""The shell shows what exists, where one is, and the look one chose."""

import pytest

from sisheng.ground.ui.shell import Section, first_and_rest, sections

RAIL = (
    Section("desk", "Desk", "board:home", icon="layout-dashboard", needs="desk.work"),
    Section("contacts", "Contacts", "contacts:index", icon="headset", needs="contacts.log"),
    Section("floor", "Floor", "floor:home", icon="building"),
    Section("audit", "Audit", "contacts:index", icon="search", needs="audit.see"),
)


class At:
    def __init__(self, path, person, mall):
        self.path, self.user, self.mall = path, person, mall


@pytest.fixture
def shown(monkeypatch, mei, riverside):
    monkeypatch.setattr("sisheng.config.rail.RAIL", RAIL)
    return lambda path: {item["section"].name: item["is_here"] for item in sections(At(path, mei, riverside))}


def test_a_section_is_shown_when_its_page_exists_and_the_person_may_use_it(shown):
    assert list(shown("/riverside/desk/")) == ["desk", "contacts"]


@pytest.mark.parametrize(
    ("path", "open_section"),
    [
        ("/riverside/desk/", "desk"),
        ("/riverside/desk/contacts/", "contacts"),
        ("/riverside/desk/duty/check-in/", "desk"),
    ],
)
def test_the_section_that_is_open_is_marked_and_no_other(shown, path, open_section):
    assert [name for name, is_here in shown(path).items() if is_here] == [open_section]


@pytest.mark.parametrize(("how_many", "in_the_bar", "behind_more"), [(3, 3, 0), (5, 5, 0), (6, 4, 2), (10, 4, 6)])
def test_a_phone_shows_five_things_at_most_and_the_others_behind_one_of_them(how_many, in_the_bar, behind_more):
    first, rest = first_and_rest([{"name": str(number)} for number in range(how_many)])

    assert (len(first), len(rest)) == (in_the_bar, behind_more)
    assert [item["name"] for item in first + rest] == [str(number) for number in range(how_many)]


def test_a_choice_of_look_is_kept_and_written_by_the_server(client, db):
    answer = client.post("/ui/theme/", {"theme": "dark", "next": "/login/"})

    assert answer["Location"] == "/login/"
    assert 'data-bs-theme="dark"' in client.get("/login/").text


def test_a_look_that_does_not_exist_is_refused(client, db):
    answer = client.post("/ui/theme/", {"theme": "pink"}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "theme" not in client.cookies


@pytest.mark.parametrize("outside", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_choosing_a_look_never_leads_outside(client, db, outside):
    assert client.post("/ui/theme/", {"theme": "light", "next": outside})["Location"] == "/"


def test_a_forged_cookie_is_no_look(client, db):
    client.cookies["theme"] = '"><script>'

    assert 'data-bs-theme="auto"' in client.get("/login/").text


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_the_page_says_its_language(client, db, language, tag):
    client.cookies["language"] = language

    assert f'<html lang="{tag}"' in client.get("/login/").text


def test_the_living_page_of_parts_is_not_shipped(client, mei):
    client.force_login(mei, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/ui/").status_code == 404
