"""The same thing twice: organisations, activities, actions, objectives, indicators, documents and acts."""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import shortened
from contempo.programmes.rules.findings import Finding, Severity

_DOTS = re.compile(r"(?<=\b[a-z])\.\s*(?=[a-z]\b)")
_WORD = re.compile(r"[a-z0-9]+")
_LEGAL = frozenset(
    """a arl srl srls spa sas snc scs scarl soc societa coop cooperativa cooperative sociale sociali onlus aps odv ets
    ass assoc associazione l""".split()
)


@dataclass(frozen=True)
class _Named:
    """Something that should be there once: `sameness` is equal for two that are the same."""

    sameness: Hashable
    text: str
    place: str
    path: str


def same_name(name: str) -> str:
    """What is left of the name of an organisation without its legal form, spaces and points: equal for two spellings.

    “Zero 5 – Laboratorio di Utopie Metropolitane” and “Zero5 Laboratorio di Utopie Metropolitane Coop Soc.” are the
    same. A name that is nothing but a legal form is kept whole.
    """
    words = _WORD.findall(_DOTS.sub("", normalise(name)))
    return "".join(word for word in words if word not in _LEGAL) or "".join(words)


def organisations(facts: Facts) -> Iterator[Finding]:
    """One organisation under two keys."""
    yield from _twice(
        "organisation-twice",
        N_("This seems to be the same organisation as “%(other)s”, under another key."),
        (
            _Named(same_name(each.name), each.name, place_of(each.name), f"organisations[{number}]")
            for number, each in enumerate(facts.plan.organisations)
        ),
    )


def activities(facts: Facts) -> Iterator[Finding]:
    """Activities of one alliance, or of one area of the plan, with the same title."""
    yield from _twice(
        "activity-twice",
        N_("Another activity has the same title: “%(other)s”."),
        (
            _Named(
                (
                    work.alliance.key if work.alliance else "",
                    work.activity.area,
                    work.activity.phase,
                    normalise(work.activity.title),
                ),
                work.activity.title,
                work.place,
                work.path,
            )
            for work in facts.works
        ),
    )


def planned_actions(facts: Facts) -> Iterator[Finding]:
    """Planned actions with the same title."""
    yield from _twice(
        "action-twice",
        N_("Another planned action has the same title: “%(other)s”."),
        (
            _Named(normalise(each.title), each.title, place_of(each.title), f"planned_actions[{number}]")
            for number, each in enumerate(facts.plan.planned_actions)
        ),
    )


def objectives(facts: Facts) -> Iterator[Finding]:
    """Objectives of the plan, or of one alliance, with the same text."""
    said = N_("Another objective has the same text: “%(other)s”.")
    yield from _twice(
        "objective-twice",
        said,
        (
            _Named(
                normalise(each.text),
                each.text,
                place_of(category.title, each.text),
                f"objectives[{outer}].objectives[{n}]",
            )
            for outer, category in enumerate(facts.plan.objectives)
            for n, each in enumerate(category.objectives)
        ),
    )
    for outer, alliance in enumerate(facts.plan.alliances):
        yield from _twice(
            "objective-twice",
            said,
            (
                _Named(
                    normalise(each.text),
                    each.text,
                    place_of(alliance.name, each.text),
                    f"alliances[{outer}].objectives[{number}]",
                )
                for number, each in enumerate(alliance.objectives)
            ),
        )


def indicators(facts: Facts) -> Iterator[Finding]:
    """Indicators of one typology with the same name."""
    yield from _twice(
        "indicator-twice",
        N_("Another indicator of the same typology has the same name: “%(other)s”."),
        (
            _Named((each.typology, normalise(each.name)), each.name, place_of(each.name), f"indicators[{number}]")
            for number, each in enumerate(facts.plan.indicators)
        ),
    )


def documents(facts: Facts) -> Iterator[Finding]:
    """Planning documents of one organisation with the same title."""
    yield from _twice(
        "document-twice",
        N_("Another planning document has the same title: “%(other)s”."),
        (
            _Named(
                (each.organisation, normalise(each.title)), each.title, place_of(each.title), f"planning_documents[{n}]"
            )
            for n, each in enumerate(facts.plan.planning_documents)
        ),
    )


def acts(facts: Facts) -> Iterator[Finding]:
    """One act, by kind, number and year, under two keys."""
    yield from _twice(
        "act-twice",
        N_("The same act is already there, under another key: “%(other)s”."),
        (
            _Named(
                (normalise(each.kind), normalise(each.number), each.year, normalise(each.body)),
                f"{each.kind} {each.number}/{each.year}",
                place_of(f"{each.kind} {each.number}/{each.year}"),
                f"acts[{number}]",
            )
            for number, each in enumerate(facts.plan.acts)
            if each.number
        ),
    )


def _twice(rule: str, said: str, things: Iterable[_Named]) -> Iterator[Finding]:
    first: dict[Hashable, _Named] = {}
    for thing in things:
        earlier = first.setdefault(thing.sameness, thing)
        if earlier is not thing:
            yield Finding(
                rule,
                Severity.WARNING,
                thing.place,
                thing.path,
                said,
                declared=shortened(thing.text),
                computed=shortened(earlier.text),
                params={"other": shortened(earlier.text)},
            )
