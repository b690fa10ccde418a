"""Every word people read is translated, into Italian and English."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from contempo.config import messages
from contempo.config.installation import ROOT

# A `.typ` file lays out a document and holds code alone: its words come with the data.
TEMPLATES = sorted(path for path in (ROOT / "contempo").glob("*/templates/**/*.*") if path.suffix != ".typ")
# The same in every language.
NAMES = {"Contempo", "contempo"}
SPOKEN = {"alt", "aria-description", "aria-label", "placeholder", "title"}
SPOKEN_BY_COMPONENTS = SPOKEN | {"action", "change", "heading", "label", "lead", "summary", "text", "unit"}
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
UNSEEN = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.parametrize("context", messages.contexts())
def test_every_message_is_translated(context: str) -> None:
    problems = messages.problems([context])
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_template_says_nothing_untranslated(path: Path) -> None:
    source = UNSEEN.sub("", TRANSLATED.sub("", path.read_text(encoding="utf-8")))
    texts = _said(BeautifulSoup(source, "html.parser")) if path.suffix == ".html" else [source]
    untranslated = [text.strip() for text in texts if set(WORD.findall(text)) - NAMES]
    assert not untranslated


def _said(page: BeautifulSoup) -> Iterator[str]:
    """What a person sees or hears of a page."""
    for element in page.descendants:
        if isinstance(element, Tag):
            spoken = SPOKEN_BY_COMPONENTS if element.name.startswith("c-") else SPOKEN
            if element.name == "c-form":
                spoken = spoken - {"action"}  # there an address, as in HTML
            yield from (str(value) for name, value in element.attrs.items() if name in spoken)
        elif type(element) is NavigableString and element.parent and element.parent.name not in {"script", "style"}:
            yield str(element)
