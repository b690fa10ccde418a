"""Measures of the budget: totals, parts and shares of its cells, co-financing, the reward."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts
from contempo.programmes.rules.audit.measured import Measured, NotMeasured, amount, known, mean_of, share_of_cents
from contempo.programmes.rules.audit.pattern import Measure
from contempo.programmes.rules.plan.tree import SourceKind

COFINANCING = (SourceKind.OWN_RESOURCES, SourceKind.IN_KIND, SourceKind.COFINANCING)


def _line(facts: Facts, key: str) -> frozenset[str]:
    known(facts.alliance_of, key)
    return frozenset({key})


def _source(facts: Facts, key: str) -> frozenset[str]:
    known(facts.kind_of, key)
    return frozenset({key})


def _lines_of(facts: Facts, alliance: str) -> frozenset[str]:
    known(facts.alliances, alliance)
    return facts.lines_of(alliance)


def _kind(name: str) -> SourceKind:
    return known({kind.value: kind for kind in SourceKind}, name)


def _of_act(facts: Facts, act: str) -> frozenset[str]:
    known(facts.acts, act)
    return frozenset(source.key for source in facts.plan.budget.sources if source.act == act)


_WHERE: Mapping[str, tuple[str, Callable[..., int]]] = {
    "line.<line>": ("money-row", lambda facts, line: facts.money(lines=_line(facts, line))),
    "source.<source>": ("money-column", lambda facts, source: facts.money(sources=_source(facts, source))),
    "cell.<line>.<source>": (
        "money-cell",
        lambda facts, line, source: facts.money(lines=_line(facts, line), sources=_source(facts, source)),
    ),
    "kind.<kind>": ("money-kind", lambda facts, kind: facts.money(sources=facts.sources_of(_kind(kind)))),
    "act.<act>": ("money-part", lambda facts, act: facts.money(sources=_of_act(facts, act))),
    "alliances": ("money-part", lambda facts: facts.money(lines=facts.alliance_lines)),
    "plan": ("money-part", lambda facts: facts.money(lines=facts.lines_of(None))),
    "alliance.<alliance>": ("money-part", lambda facts, alliance: facts.money(lines=_lines_of(facts, alliance))),
    "alliance.<alliance>.source.<source>": (
        "money-part",
        lambda facts, alliance, source: facts.money(lines=_lines_of(facts, alliance), sources=_source(facts, source)),
    ),
    "alliance.<alliance>.kind.<kind>": (
        "money-part",
        lambda facts, alliance, kind: facts.money(
            lines=_lines_of(facts, alliance), sources=facts.sources_of(_kind(kind))
        ),
    ),
}
"""Parts of the budget: what follows `budget.` and `budget.share.`."""

_PARTS: Mapping[str, Callable[..., frozenset[str] | None]] = {
    "": lambda facts: None,
    "line.<line>": _line,
    "alliance.<alliance>": _lines_of,
    "alliances": lambda facts: facts.alliance_lines,
    "plan": lambda facts: facts.lines_of(None),
}
"""Lines whose co-financing is asked for: what follows `cofinancing.` and `cofinancing.share.`."""


def _amount(part: Callable[..., int]) -> Callable[..., Measured]:
    return lambda facts, *keys: amount(part(facts, *keys))


def _of_total(part: Callable[..., int]) -> Callable[..., Measured]:
    return lambda facts, *keys: share_of_cents(part(facts, *keys), facts.total)


def _cofinanced(lines: Callable[..., frozenset[str] | None]) -> Callable[..., Measured]:
    return lambda facts, *keys: amount(facts.money(lines=lines(facts, *keys), sources=facts.sources_of(*COFINANCING)))


def _cofinanced_share(lines: Callable[..., frozenset[str] | None]) -> Callable[..., Measured]:
    return lambda facts, *keys: _kinds_share(facts, lines(facts, *keys), COFINANCING)


def _kinds_share(facts: Facts, lines: frozenset[str] | None, kinds: tuple[SourceKind, ...]) -> Measured:
    return share_of_cents(facts.money(lines=lines, sources=facts.sources_of(*kinds)), facts.money(lines=lines))


def _mean_of_alliances(facts: Facts, kinds: tuple[SourceKind, ...]) -> Measured:
    each = (_kinds_share(facts, facts.lines_of(key), kinds) for key in facts.alliances if facts.lines_of(key))
    return mean_of(share.share for share in each if share.share is not None)


def _share_of_alliances(facts: Facts, kinds: tuple[SourceKind, ...]) -> Measured:
    found = _kinds_share(facts, facts.alliance_lines, kinds)
    return replace(found, shares=_mean_of_alliances(facts, kinds).shares)


def _reward(facts: Facts) -> Measured:
    if facts.plan.reward is None:
        raise NotMeasured(N_("The plan does not say this."))
    return amount(facts.plan.reward.amount)


MONEY: tuple[Measure, ...] = (
    Measure("budget.total", "money-total", lambda facts: amount(facts.total)),
    *(Measure(f"budget.{where}", rule, _amount(part)) for where, (rule, part) in _WHERE.items()),
    *(Measure(f"budget.share.{where}", "share", _of_total(part)) for where, (_rule, part) in _WHERE.items()),
    Measure(
        "budget.alliance.<alliance>.share.kind.<kind>",
        "share",
        lambda facts, alliance, kind: _kinds_share(facts, _lines_of(facts, alliance), (_kind(kind),)),
    ),
    Measure(
        "budget.alliances.share.kind.<kind>",
        "share",
        lambda facts, kind: _share_of_alliances(facts, (_kind(kind),)),
    ),
    Measure(
        "budget.alliances.mean.kind.<kind>", "share", lambda facts, kind: _mean_of_alliances(facts, (_kind(kind),))
    ),
    *(
        Measure("cofinancing" + (f".{where}" if where else ".total"), "money-kind", _cofinanced(lines))
        for where, lines in _PARTS.items()
    ),
    *(
        Measure("cofinancing.share" + (f".{where}" if where else ""), "share", _cofinanced_share(lines))
        for where, lines in _PARTS.items()
        if where != "alliances"
    ),
    Measure("cofinancing.share.alliances", "share", lambda facts: _share_of_alliances(facts, COFINANCING)),
    Measure("cofinancing.mean.alliances", "share", lambda facts: _mean_of_alliances(facts, COFINANCING)),
    Measure("reward.amount", "reward-amount", _reward),
)
