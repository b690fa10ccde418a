"""README and guides say what is so: links and pictures are there, names of commands, variables and buttons exist."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from markdown_it import MarkdownIt
from markdown_it.token import Token

from contempo.config.installation import ROOT
from contempo.core.text import slugify
from tests.pictures import CHOSEN, HEAVIEST

DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted((ROOT / "demo").glob("*.md"))]
ROLES = ("coordinator", "expert", "organisation", "employer", "observer", "person", "operator", "questionnaires")
GUIDES = {"it": [DOCS / f"{role}.md" for role in ROLES], "en": [DOCS / f"{role}.en.md" for role in ROLES]}
READMES = {"it": ROOT / "README.md", "en": ROOT / "README.en.md"}
EVERY_GUIDE = [*GUIDES["it"], *GUIDES["en"]]
ILLUSTRATED = [*(DOCS / f"{role}{end}" for end in (".md", ".en.md") for role in ROLES), *READMES.values()]
MOST_PICTURES = 24

_READ = re.compile(r"""\benviron(?:\.get\(|\[)\s*"(\w+)""")
# Set by this platform for Django, and by every system.
_NOT_OURS = {"DJANGO_SETTINGS_MODULE", "PATH"}


def tokens(page: Path) -> Iterator[Token]:
    """The parts of a page, those inside lines included."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_a_page_leads_to_is_there(page: Path) -> None:
    targets = [str(token.attrGet("href") or token.attrGet("src") or "") for token in tokens(page)]
    lost = []
    for target in filter(None, targets):
        path, _, heading = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = (page.parent / path).resolve() if path else page
        if not there.is_relative_to(ROOT) or not there.exists() or (heading and heading not in headings(there)):
            lost.append(target)
    assert not lost


def headings(page: Path) -> set[str]:
    """The addresses of the headings of a page."""
    lines = page.read_text(encoding="utf-8").splitlines()
    return {slugify(line.lstrip("#")) for line in lines if line.startswith("#")}


def images(page: Path) -> list[Token]:
    return [token for token in tokens(page) if token.type == "image"]


def test_every_guide_has_pictures_and_every_picture_a_guide() -> None:
    shown = {page: {Path(str(image.attrGet("src"))).name for image in images(page)} for page in ILLUSTRATED}
    assert not [name(page) for page, pictures in shown.items() if not 1 <= len(pictures) <= 3]
    kept = {path.name for path in (DOCS / "pictures").iterdir()}
    assert set().union(*shown.values()) == kept == set(CHOSEN)
    assert len(kept) <= MOST_PICTURES


def test_pictures_are_light_and_say_what_they_show() -> None:
    assert not [path.name for path in (DOCS / "pictures").iterdir() if path.stat().st_size > HEAVIEST]
    assert not [
        (name(page), image.attrGet("src")) for page in ILLUSTRATED for image in images(page) if not image.content
    ]


@pytest.mark.parametrize("page", [DOCS / "operator.md", DOCS / "operator.en.md"], ids=name)
def test_operators_read_of_every_variable_and_of_no_other(page: Path) -> None:
    sources = (path for path in (ROOT / "contempo").rglob("*.py") if "tests" not in path.parts)
    read = {variable for path in sources for variable in _READ.findall(path.read_text(encoding="utf-8"))}
    assert set(re.findall(r"^\| `(\w+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE)) == read - _NOT_OURS


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    code = [token.content for token in tokens(page) if token.type in ("code_inline", "fence", "code_block")]
    named = {target for text in code for target in re.findall(r"^make (?:-C \S+ )?([a-z-]+)", text, re.MULTILINE)}
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("language", READMES)
def test_the_sign_ins_are_those_of_the_demo(language: str) -> None:
    cast = tomllib.loads((ROOT / "demo" / "cast.toml").read_text(encoding="utf-8"))
    text = READMES[language].read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\S+@\S+)` \| (.+) \|$", text, re.MULTILINE)
    shown = [(who["email"], who[f"summary_{language}"]) for who in cast["persons"] if who["shown"]]
    assert [(email, summary.replace("’", "'")) for email, summary in rows] == shown
    assert f"`{cast['password']}`" in text


@pytest.mark.parametrize("page", EVERY_GUIDE, ids=name)
def test_guides_sign_in_as_persons_of_the_demo(page: Path) -> None:
    cast = tomllib.loads((ROOT / "demo" / "cast.toml").read_text(encoding="utf-8"))
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`(\w+\.\w+@example\.org)`", text)
    assert set(named) <= {who["email"] for who in cast["persons"]}


@pytest.mark.parametrize(("language", "page"), [(lang, page) for lang, pages in GUIDES.items() for page in pages])
def test_what_is_in_bold_is_written_on_the_pages(language: str, page: Path) -> None:
    """A sentence in bold, with its full stop, begins a paragraph; all other words in bold are of the interface."""
    catalogues = sorted((ROOT / "contempo").glob(f"*/locale/{language}/LC_MESSAGES/django.po"))
    said = {text for path in catalogues for text in translations(path)}
    bold = re.findall(r"\*\*(.+?)\*\*", page.read_text(encoding="utf-8").replace("\n", " "))
    assert [words for words in bold if not words.endswith((".", "?")) and words not in said] == []


def translations(path: Path) -> Iterator[str]:
    """What a catalogue says, each plural for itself."""
    with path.open("rb") as file:
        for message in read_po(file):
            yield from message.string if isinstance(message.string, tuple) else (message.string,)


def test_both_languages_have_the_same_headings() -> None:
    pairs = [*zip(GUIDES["it"], GUIDES["en"], strict=True), (READMES["it"], READMES["en"])]
    levels = {
        page: re.findall(r"^#+(?= )", page.read_text(encoding="utf-8"), re.MULTILINE) for pair in pairs for page in pair
    }
    assert not [name(one) for one, other in pairs if levels[one] != levels[other]]
