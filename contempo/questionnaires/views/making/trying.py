"""Reading what is tried on a page of a preview: as answers are read, but nothing is asked for and nothing kept."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from contempo.questionnaires.forms.answering.reading import read_page, sentences
from contempo.questionnaires.queries.answering.pages import Typed
from contempo.questionnaires.rules.answers import check_page
from contempo.questionnaires.rules.document import Document

LONGEST = 200_000


def tried(
    request: HttpRequest,
    document: Document,
    number: int | None,
    data: QueryDict,
    kept: Mapping[str, Any],
    *,
    language: str,
    required: bool = False,
) -> Typed:
    """What was typed on the page at place `number`, over the answers `kept` from others."""
    if number is None or not 0 <= number < len(document.pages):
        return Typed(values=kept)
    page = document.pages[number]
    read = read_page(page, data, MultiValueDict(), network_id=request.actor.network_id or 0, drop=pressed(data, "drop"))
    checked = check_page(document, page, read.values, kept, required=required, language=language)
    wrongs = sentences([*read.wrongs, *checked.wrongs]) if required else {}
    values = {**checked.answers, **{key: value for key, value in read.values.items() if key not in checked.answers}}
    return Typed(values=values if wrongs else checked.answers, texts=read.texts, offered=read.offered, wrongs=wrongs)


def pressed(data: QueryDict, what: str) -> str:
    """What a button inside the page names: a group that is to have one more time (`add`), or a time to leave out
    (`drop`); empty when another one, or none, was pressed.
    """
    name, _colon, about = data.get("go", "").partition(":")
    return about if name == what else ""


def carried(data: QueryDict) -> dict[str, Any]:
    """The answers to other pages, carried along in the page itself because they are not kept."""
    text = data.get("answers", "")
    try:
        found = json.loads(text) if 0 < len(text) < LONGEST else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}
