"""Which organisations and municipalities a text names: for whoever must not publish them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contempo.core.text import normalise
from contempo.network.models import Municipality, Organisation
from contempo.network.rules.organisations import core_of

LONGEST_NAME = 10
MOST_RUNS = 40_000
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class PlaceNamed:
    """A municipality a text names; its cadastral code does not change when provinces do."""

    name: str
    cadastral_code: str


def organisations_mentioned(network_id: int, text: str) -> tuple[str, ...]:
    """The words of `text`, normalised, that name organisations in the registry of a network.

    Every run of up to `LONGEST_NAME` words is looked up (the first `MOST_RUNS` of them), legal forms and articles left
    aside; of a run and a shorter one within it that name the same, the shorter is told. One SQL, none without words.
    """
    runs = _runs(_WORD.findall(normalise(text)))
    if not runs:
        return ()
    names = Organisation.objects.filter(network_id=network_id, core_name__in=set(runs.values()))
    known = set(names.values_list("core_name", flat=True))
    found = {run: core for run, core in runs.items() if core in known}
    return tuple(" ".join(run) for run in found if not _has_shorter(run, found))


def _runs(words: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Each run of words with what distinguishes it as a name."""
    runs: dict[tuple[str, ...], str] = {}
    for at in range(len(words)):
        for end in range(at + 1, min(at + LONGEST_NAME, len(words)) + 1):
            run = tuple(words[at:end])
            if run not in runs:
                runs[run] = core_of(run)
        if len(runs) >= MOST_RUNS:
            break
    return runs


def _has_shorter(run: tuple[str, ...], found: Mapping[tuple[str, ...], str]) -> bool:
    parts = (run[at:end] for at in range(len(run)) for end in range(at + 1, len(run) + 1) if end - at < len(run))
    return any(found.get(part) == found[run] for part in parts)


def places_called(names: Iterable[str]) -> tuple[PlaceNamed, ...]:
    """The municipalities of Italy with one of these names, case and accents left aside. One SQL, none without names."""
    wanted = {normalise(name)[:80] for name in names}
    if not wanted:
        return ()
    rows = Municipality.objects.filter(search_name__in=wanted).order_by("search_name", "istat_code")
    return tuple(PlaceNamed(*row) for row in rows.values_list("name", "cadastral_code"))
