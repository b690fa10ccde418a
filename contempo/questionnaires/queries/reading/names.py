"""How values that are no options are called: attributes of units, channels, municipalities, organisations."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import ateco
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.core.words import N_
from contempo.network.public import kind_names, organisation_names, place_labels, size_names
from contempo.questionnaires.rules.document import Kind, Words
from contempo.questionnaires.rules.piping import in_language
from contempo.questionnaires.rules.states import CHANNEL_LABELS

ATTRIBUTE_LABELS: dict[str, str] = {
    "kind": N_("Kind"),
    "size": N_("Size class"),
    "sector": N_("Sector"),
    "municipality": N_("Municipality"),
    "stratum": N_("Group"),
    "directorate": N_("Directorate"),
}
"""Attributes of units, in the order they are offered."""

CHANNEL = "channel"


def language() -> str:
    """The language of the reader, as documents know it."""
    return "en" if (get_language() or "it").startswith("en") else "it"


def say(words: Words) -> str:
    """A text of a questionnaire in the language of the reader."""
    return in_language(words, language())


def attribute_label(name: str) -> str:
    """How an attribute, or the channel, is called."""
    return _("Channel") if name == CHANNEL else _(ATTRIBUTE_LABELS.get(name, name))


def attribute_names(name: str, values: Iterable[str]) -> dict[str, str]:
    """How the values of an attribute, or channels, are called. One SQL for municipalities."""
    wanted = {value for value in values if value}
    found = {value: value for value in wanted}
    named: Callable[[Iterable[str]], Mapping[str, str]] | None = _NAMED.get(name)
    return {**found, **named(wanted)} if named else found


def _channels(values: Iterable[str]) -> dict[str, str]:
    return {value: _(CHANNEL_LABELS[value]) for value in values if value in CHANNEL_LABELS}


def _sectors(values: Iterable[str]) -> dict[str, str]:
    return {value: f"{value} {title}" for value in values if (title := _sector(value))}


@lru_cache(maxsize=2000)
def _sector(code: str) -> str:
    """What ATECO 2025 calls an activity; its titles are in Italian alone."""
    try:
        found = ateco.lookup(code, edition="2025")
    except (KeyError, ValueError):
        return ""
    return str(found.title).capitalize() if found else ""


_NAMED: dict[str, Callable[[Iterable[str]], Mapping[str, str]]] = {
    "kind": kind_names,
    "size": size_names,
    "municipality": place_labels,
    "sector": _sectors,
    CHANNEL: _channels,
}


def answer_names(kind: Kind, values: Iterable[Any]) -> dict[Any, str]:
    """How the municipalities or organisations that answers give are called. One SQL, none for nothing."""
    wanted = {value for value in values if value is not None}
    if not wanted:
        return {}
    if kind == Kind.MUNICIPALITY:
        return dict(place_labels(str(value) for value in wanted))
    return dict(organisation_names(int(value) for value in wanted)) if kind == Kind.ORGANISATION else {}
