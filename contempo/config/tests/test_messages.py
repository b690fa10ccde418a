"""Catalogues: taken from the sources, kept when updated, checked."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from contempo.config import messages

PAGE = """\
<h1>{% translate "Members" %}</h1>
    (the indentation of a page, and its brackets, mean nothing
  {% blocktranslate trimmed count total=total with name=name %}
    {{ total }} member of {{ name }}
  {% plural %}
    {{ total }} members of {{ name }}
  {% endblocktranslate %}
<c-stat :label="_('Seats')" title="{% translate 'Open' context 'state' %}" />
"""
RULES = """\
from contempo.core.words import N_
LABELS = {"a": N_("Not " "yet"), "b": N_("It is %(day)s")}
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two contexts: `first` says something in a page, `second` in its rules and in a test, which does not count."""
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    for name, path, source in (
        ("first", "templates/first/page.html", PAGE),
        ("second", "rules.py", RULES),
        ("second", "tests/test_rules.py", "_('Never shown')"),
    ):
        file = tmp_path / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source)
        (tmp_path / name / "__init__.py").touch()
    return tmp_path


def _translate(context: str, *translations: tuple[str, str]) -> None:
    path = messages.catalogue_path(context, "it")
    text = path.read_text(encoding="utf-8")
    for source, italian in translations:
        text = text.replace(f'"{source}"\nmsgstr ""', f'"{source}"\nmsgstr "{italian}"')
    path.write_text(text, encoding="utf-8")


def test_pages_and_rules_are_read(package: Path) -> None:
    found = {(message.context, message.id) for message in messages.collect("first") if message.id}
    assert found == {
        (None, "Members"),
        (None, "Seats"),
        ("state", "Open"),
        (None, ("%(total)s member of %(name)s", "%(total)s members of %(name)s")),
    }
    assert {message.id for message in messages.collect("second") if message.id} == {"Not yet", "It is %(day)s"}


def test_an_update_keeps_what_is_translated_and_changes_nothing_twice(package: Path) -> None:
    assert len(messages.update()) == 4
    _translate("second", ("Not yet", "Non ancora"))
    assert messages.update() == []
    assert 'msgstr "Non ancora"' in messages.catalogue_path("second", "it").read_text()


def test_a_changed_message_starts_untranslated_and_the_old_one_is_gone(package: Path) -> None:
    messages.update()
    _translate("second", ("Not yet", "Non ancora"))
    (package / "second" / "rules.py").write_text(RULES.replace("yet", "yet!"))
    messages.update()
    text = messages.catalogue_path("second", "it").read_text()
    assert 'msgid "Not yet!"\nmsgstr ""' in text
    assert "Non ancora" not in text
    assert "fuzzy" not in text


def test_english_says_what_the_message_says(package: Path) -> None:
    messages.update()
    text = messages.catalogue_path("first", "en").read_text()
    assert 'msgid "Members"\nmsgstr "Members"' in text
    assert 'msgstr[1] "%(total)s members of %(name)s"' in text
    assert not [problem for problem in messages.problems() if "(en)" in problem]


def test_locations_have_no_line_numbers(package: Path) -> None:
    messages.update()
    assert "#: contempo/second/rules.py\n" in messages.catalogue_path("second", "it").read_text()


def test_a_context_that_says_nothing_has_no_catalogue(package: Path) -> None:
    messages.update()
    (package / "second" / "rules.py").unlink()
    messages.update()
    assert not messages.catalogue_path("second", "it").exists()


def test_what_is_compiled_can_be_read(package: Path) -> None:
    messages.update()
    _translate("first", ("Members", "Soggetti aderenti"))
    assert len(messages.compile_all()) == 4
    assert messages.compile_all() == []
    with messages.catalogue_path("first", "it").with_suffix(".mo").open("rb") as stream:
        assert read_mo(stream)["Members"].string == "Soggetti aderenti"


def test_problems_are_named(package: Path) -> None:
    messages.update()
    _translate("second", ("It is %(day)s", "È %(giorno)s"))
    (package / "first" / "views.py").write_text('_("Not yet")\n_("New")')
    catalogue = messages.catalogue_path("first", "it")
    catalogue.write_text(
        catalogue.read_text() + '\n#, fuzzy\nmsgid "Not yet"\nmsgstr "Mai"\n\nmsgid "Old"\nmsgstr "Vecchio"\n'
    )
    _translate("second", ("Not yet", "Non ancora"))
    problems = messages.problems()
    assert "first (it): untranslated 'Members'" in problems
    assert "first (it): missing 'New'" in problems
    assert "first (it): obsolete 'Old'" in problems
    assert "first (it): fuzzy 'Not yet'" in problems
    assert "second (it): placeholders differ in 'It is %(day)s'" in problems
    assert "second (it): 'Not yet' is translated otherwise in first" in problems


@pytest.mark.parametrize(
    ("one", "many", "agrees"),
    [
        ("%(total)s soggetto di %(name)s", "%(total)s soggetti di %(name)s", True),
        ("Un soggetto di %(name)s", "%(total)s soggetti di %(name)s", True),
        ("Un soggetto", "%(total)s soggetti di %(name)s", False),
        ("%(uno)s soggetto di %(name)s", "%(total)s soggetti di %(name)s", False),
        ("%(total)s soggetto di %(name)s", "I soggetti di %(name)s", False),
    ],
)
def test_each_plural_form_keeps_its_placeholders(one: str, many: str, agrees: bool, package: Path) -> None:
    messages.update()
    catalogue = messages.catalogue_path("first", "it")
    text = (
        catalogue.read_text()
        .replace('msgstr[0] ""', f'msgstr[0] "{one}"')
        .replace('msgstr[1] ""', f'msgstr[1] "{many}"')
    )
    catalogue.write_text(text)
    assert agrees is not any("placeholders differ" in problem for problem in messages.problems())
