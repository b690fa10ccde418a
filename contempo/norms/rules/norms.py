"""What a norm is, between which days it holds, and what may replace it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from contempo.core.text import normalise, slugify
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.core.workflow import Look

MIN_REASON, MAX_REASON = 10, 2000
MAX_SLUG = 80
MAX_SORT_KEY = 220
MOST_WORDS = 8


class NormKind(StrEnum):
    """Kinds of norm, from the highest source down."""

    EU_ACT = "eu_act"
    LAW = "law"
    DECREE_LAW = "decree_law"
    LEGISLATIVE_DECREE = "legislative_decree"
    PRESIDENTIAL_DECREE = "presidential_decree"
    MINISTERIAL_DECREE = "ministerial_decree"
    REGIONAL_ACT = "regional_act"
    MUNICIPAL_ACT = "municipal_act"
    CONTRACT = "contract"
    LOCAL_CONTRACT = "local_contract"
    CIRCULAR = "circular"
    RULING = "ruling"
    OTHER = "other"


KIND_LABELS: dict[str, str] = {
    NormKind.EU_ACT: N_("Act of the European Union"),
    NormKind.LAW: N_("Law"),
    NormKind.DECREE_LAW: N_("Decree-law"),
    NormKind.LEGISLATIVE_DECREE: N_("Legislative decree"),
    NormKind.PRESIDENTIAL_DECREE: N_("Decree of the President of the Republic"),
    NormKind.MINISTERIAL_DECREE: N_("Ministerial decree"),
    NormKind.REGIONAL_ACT: N_("Act of the region"),
    NormKind.MUNICIPAL_ACT: N_("Act of a municipality"),
    NormKind.CONTRACT: N_("National collective contract (CCNL)"),
    NormKind.LOCAL_CONTRACT: N_("Company or territorial agreement"),
    NormKind.CIRCULAR: N_("Circular"),
    NormKind.RULING: N_("Ruling"),
    NormKind.OTHER: N_("Other act"),
}


class Standing(StrEnum):
    """Whether a norm holds on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"
    REPLACED = "replaced"


LOOKS: dict[str, Look] = {
    Standing.IN_FORCE: Look(N_("In force"), "success", "it-check-circle"),
    Standing.NOT_YET: Look(N_("Not yet in force"), "info", "it-clock"),
    Standing.ENDED: Look(N_("In force no longer"), "danger", "it-close-circle"),
    Standing.REPLACED: Look(N_("Replaced"), "warning", "it-refresh"),
}

STANDING_LABELS: dict[str, str] = {standing: look.label for standing, look in LOOKS.items()}

SUBSTANCE = frozenset(
    {"kind", "title", "article", "number", "day", "amended_on", "valid_from", "valid_to", "replaced_by_id"}
)
"""What a norm is and says. When one of these changes, whoever cites the norm must look again; the wording of our own
summary, the address of the text or the day of a check are not its substance."""


def standing(*, valid_from: date, valid_to: date | None, replaced: bool, on: date) -> Standing:
    """Whether a norm that holds in `[valid_from, valid_to)` does so on a day.

    One that ended is `REPLACED` when its successor is known, else `ENDED`. One whose successor is known but whose last
    day has not come is still in force.
    """
    if on < valid_from:
        return Standing.NOT_YET
    if valid_to is None or on < valid_to:
        return Standing.IN_FORCE
    return Standing.REPLACED if replaced else Standing.ENDED


def has_ended(valid_to: date | None, *, on: date) -> bool:
    """Whether the first day on which a norm holds no longer has come."""
    return valid_to is not None and valid_to <= on


def check_validity(valid_from: date, valid_to: date | None, *, field: str = "valid_to") -> None:
    """Refuse a norm that would end before it began: it holds for one day at least."""
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal(
            N_("The norm is in force from %(day)s: its end must come later."), field=field, day=f"{valid_from:%d/%m/%Y}"
        )


@dataclass(frozen=True)
class Link:
    """A norm as far as replacing goes."""

    id: int
    network_id: int


def check_replacement(norm: Link, successor: Link, following: Mapping[int, int | None]) -> None:
    """Refuse `successor` in place of `norm` when it belongs to another network, is the norm itself or leads back to it.

    `following` maps each norm of the network to the one that replaced it, None for the last of a chain.
    """
    if successor.network_id != norm.network_id:
        raise Refusal(N_("The norm that replaces it must be in the registry of this network."), field="successor")
    if successor.id == norm.id:
        raise Refusal(N_("A norm cannot replace itself: choose another."), field="successor")
    step: int | None = successor.id
    passed: set[int] = set()
    while step is not None and step not in passed:
        passed.add(step)
        step = following.get(step)
        if step == norm.id:
            raise Refusal(
                N_("The norm you chose was itself replaced by this one: the two would replace each other."),
                field="successor",
            )


def check_reason(reason: str) -> str:
    """The reason of an ending, without spaces around it; Refusal when it says too little."""
    text = reason.strip()
    if len(text) < MIN_REASON:
        raise Refusal(
            N_("Write why, in at least %(count)s characters: whoever cites the norm will read it."),
            field="reason",
            count=MIN_REASON,
        )
    return text


def text_address(value: str) -> str:
    """The address where the official text is published, as it was written; Refusal unless it is an https one."""
    address = value.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme != "https" or not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) or re.search(r"\s", address):
        raise Refusal(N_("Write the whole address of the text: it begins with https://"), field="url")
    return address


def norm_slug(wanted: str) -> str:
    """The address of a norm within its network: as `wanted`, canonical. Refusal when nothing is left of it."""
    slug = slugify(wanted)[:MAX_SLUG].strip("-")
    if not slug:
        raise Refusal(N_("The short title needs at least one letter or digit."), field="short_title")
    return slug


def label_of(short_title: str, article: str) -> str:
    """How a norm is called in one line: "Legge 104/1992, art. 33"."""
    return f"{short_title}, {article}" if article else short_title


def sort_key(label: str) -> str:
    """What norms are put in order by: the label normalised, with numbers that count, so that 9 comes before 33."""
    return re.sub(r"\d+", lambda number: number[0].zfill(6), normalise(label))[:MAX_SORT_KEY]


def search_words(*parts: str) -> str:
    """The words a norm is found by, each after a space; what dots hold together ("d.lgs.") is there in one, too."""
    text = normalise(" ".join(parts))
    joined = (re.sub(r"[\W_]+", "", piece) for piece in text.split() if re.search(r"\w\.\w", piece))
    return "".join(f" {word}" for word in dict.fromkeys([*_words(text), *joined]))


def wanted_words(text: str) -> list[str]:
    """The words somebody looks for, at most eight, as `search_words` writes them."""
    return _words(normalise(text))[:MOST_WORDS]


def check_past(day: date | None, *, today: date, field: str) -> None:
    """Refuse a day still to come where only what has happened can be told."""
    if day is not None and day > today:
        raise Refusal(N_("This day has not come yet: write today or an earlier one."), field=field)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)
