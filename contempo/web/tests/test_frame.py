"""The frame of every page: navigation, person menu, languages, skip links, footer."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from contempo.web import navigation
from contempo.web.context import page as context_of
from contempo.web.navigation import NavItem
from contempo.web.tests.conftest import Opens


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", [])


def labels(path: str = "/", group: str = "main", network: object = None) -> list[str]:
    request = RequestFactory().get(path)
    request.network = network  # type: ignore[attr-defined]
    return [link.label for link in navigation.links(request, group)]


@pytest.mark.usefixtures("gallery_site")
def test_entries_come_in_order_and_once() -> None:
    navigation._items.clear()
    second, first = NavItem("B", "rows", 20, needs_network=False), NavItem("A", "form", 10, needs_network=False)
    for item in (second, first, second):
        navigation.register(item)
    assert labels() == ["A", "B"]


@pytest.mark.usefixtures("gallery_site")
def test_entries_that_are_not_for_this_reader_or_need_a_network_are_left_out() -> None:
    navigation._items.clear()
    navigation.register(NavItem("Hidden", "rows", 1, needs_network=False, visible=lambda request: False))
    navigation.register(NavItem("Of a network", "rows", 2))
    navigation.register(NavItem("For all", "rows", 3, needs_network=False))
    assert labels() == ["For all"]


@pytest.mark.usefixtures("gallery_site")
def test_the_entry_that_leads_here_is_current_and_home_only_at_home() -> None:
    def current(path: str) -> list[str]:
        request = RequestFactory().get(path)
        request.network = None  # type: ignore[attr-defined]
        return [link.label for link in navigation.links(request, "main") if link.current]

    assert current("/elenco/7/") == ["Soggetti"]
    assert current("/") == ["La rete"]
    assert current("/altrove/") == []


@pytest.mark.parametrize(("wanted", "given"), [("violet", "violet"), ("", "blue"), ('" onclick="', "blue")])
def test_the_accent_is_one_of_the_six(wanted: str, given: str) -> None:
    request = RequestFactory().get("/")
    request.network = SimpleNamespace(accent=wanted, slug="milano")  # type: ignore[attr-defined]
    assert context_of(request)["accent"] == given


def test_the_frame_has_what_the_evaluation_app_and_a_keyboard_look_for(opens: Opens) -> None:
    page = opens("/")
    assert [link["href"] for link in page.select(".skiplinks a")] == ["#main", "#footer"]
    assert page.select_one('[data-element="main-navigation"] [aria-current=page]').get_text() == "La rete"
    assert page.html["lang"] == "it"
    assert page.title.get_text() == "Componenti – Rete di conciliazione di Milano"
    assert len(page.find_all("h1")) == 1
    assert [crumb.get_text(strip=True) for crumb in page.select(".breadcrumbs li")] == [
        "Home",
        "Soggetti",
        "Panificio Fornai",
    ]


def test_the_menu_names_the_person_what_waits_and_for_whom_they_act(opens: Opens) -> None:
    page = opens("/", come="marta")
    menu = page.select_one(".slim-tools .menu")
    assert menu is not None
    assert menu.summary.get_text(" ", strip=True).startswith("Marta Riva · per Comune di Bollate 3")
    assert [button["value"] for button in menu.select("button[name=organisation]")] == ["", "1", "2"]
    assert menu.select_one("button[aria-pressed=true]").get_text(strip=True) == "Me stessa"


def test_the_other_language_is_offered_in_its_own_name(opens: Opens) -> None:
    button = opens("/").select_one("button[name=language]")
    assert button is not None
    assert (button["value"], button["lang"]) == ("en", "en")
    assert "English" in button.get_text()


def test_no_page_carries_inline_script_style_or_handler(opens: Opens) -> None:
    for path in ("/", "/modulo/", "/elenco/", "/figure/"):
        page = opens(path, come="marta")
        assert not page.find_all("style"), path
        assert not page.select("[style]"), path
        assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")], path
        inline = [script for script in page.find_all("script") if not script.get("src")]
        assert all(script["type"] == "application/json" for script in inline), path
