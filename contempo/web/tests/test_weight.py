"""Pages stay light: what a first visit and a later page bring, compressed as the server sends it."""

import gzip
import re
from pathlib import Path

import brotli
import pytest

from contempo.web.tests.conftest import Opens

DIST = Path(__file__).parents[1] / "static" / "dist"
FIRST_VISIT = 300 * 1024
LATER_PAGE = 30 * 1024
HEADERS = 700  # of one answer


def sent(name: str) -> int:
    """Bytes of a built file on its way; fonts are compressed already."""
    content = (DIST / name).read_bytes()
    return len(content if name.endswith(".woff2") else brotli.compress(content)) + HEADERS


def page(soup: object) -> int:
    return len(gzip.compress(str(soup).encode(), 6)) + HEADERS


def test_a_first_visit_with_fonts_icons_and_what_is_brought_ahead(opens: Opens) -> None:
    latin = [f"fonts/titillium-web-latin-{weight}-normal.woff2" for weight in (400, 600, 700)]
    files = ["app.css", "app.js", "sprite.svg", "favicon.svg", *latin, "chart.js", "map.js", "map.css"]
    assert page(opens("/")) + sum(map(sent, files)) <= FIRST_VISIT


@pytest.mark.usefixtures("hundred_rows")
@pytest.mark.parametrize("path", ["/", "/modulo/", "/elenco/", "/figure/", "/mille/"])
def test_a_later_page(opens: Opens, path: str) -> None:
    assert page(opens(path)) <= LATER_PAGE


def test_every_icon_named_in_the_sources_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'id="(it-[a-z-]+)"', (DIST / "sprite.svg").read_text()))
    root = Path(__file__).parents[2]
    sources = [*root.glob("*/templates/**/*.html"), *root.glob("*/**/*.py")]
    named = {
        icon
        for path in sources
        for icon in re.findall(r"""(?:name=|icon=|, )["'](it-[a-z-]+)["']""", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= sprite
