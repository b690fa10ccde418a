"""Measures of what a plan is made of: partners, acts, documents, activities, indicators, days."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts
from contempo.programmes.rules.audit.measured import Measured, NotMeasured, count, day, known, months_between, words
from contempo.programmes.rules.audit.pattern import Measure
from contempo.programmes.rules.plan.measures import Typology, Unit, target_of
from contempo.programmes.rules.plan.tree import Area


def _kinds(text: str) -> frozenset[str]:
    return frozenset(text.split("+"))


def _partners(facts: Facts) -> Measured:
    return count(len(facts.partners) + sum(each.unnamed_partners or 0 for each in facts.plan.alliances))


def _partners_of(facts: Facts, alliance: str) -> Measured:
    unnamed = known(facts.alliances, alliance).unnamed_partners or 0
    return count(len(facts.members[alliance]) + unnamed)


def _partners_of_kind(facts: Facts, alliance: str, kinds: str) -> Measured:
    return count(len(facts.of_kinds(known(facts.members, alliance), _kinds(kinds))))


def _seats(facts: Facts, kinds: str = "") -> Measured:
    members = [organisation for each in facts.members.values() for organisation in each]
    return count(len(facts.of_kinds(members, _kinds(kinds)) if kinds else members))


def _act(word: str) -> Callable[[Facts, str], Measured]:
    def make(facts: Facts, key: str) -> Measured:
        act = known(facts.acts, key)
        if word == "year":
            return count(act.year)
        if word == "date":
            return day(act.date)
        return words(f"{act.number}/{act.year}" if word == "reference" and act.number else act.number)

    return make


def _times(facts: Facts, *keys: str) -> Measured:
    scope = keys[0] if len(keys) > 1 else None
    if scope is not None:
        known(facts.alliances, scope)
    if (scope, keys[-1]) not in facts.work_named:
        raise NotMeasured(N_("The plan has nothing with the key “%(key)s” there."), key=keys[-1])
    times = facts.work_named[scope, keys[-1]].activity.times
    if times is None:
        raise NotMeasured(N_("The plan does not say this."))
    return count(times)


def _area(facts: Facts, area: str) -> Measured:
    wanted = known({each.value: each for each in Area}, area)
    return count(facts.works_in_area.get(wanted, 0))


def _typology(facts: Facts, typology: str) -> Measured:
    wanted = known({each.value: each for each in Typology}, typology)
    return count(sum(1 for indicator in facts.plan.indicators if indicator.typology == wanted))


def _target(facts: Facts, key: str, alliance: str = "") -> Measured:
    indicator = known(facts.indicators, key)
    targets = {each.alliance: each.target for each in indicator.targets}
    target = target_of(indicator.unit, known(targets, alliance) if alliance else indicator.target)
    if isinstance(target, Decimal):
        return Measured("percent" if indicator.unit is Unit.SHARE else "count", target)
    if isinstance(target, bool):
        return words("sì" if target else "no")
    return words(target or "")


def _category(facts: Facts, key: str) -> Measured:
    return count(len(known({each.key: each.objectives for each in facts.plan.objectives}, key)))


def _document_kind(facts: Facts, kind: str) -> Measured:
    if kind not in {"zone_plan", "time_plan", "other"}:
        raise NotMeasured(N_("The plan has nothing with the key “%(key)s” there."), key=kind)
    return count(sum(1 for document in facts.plan.planning_documents if document.kind == kind))


def _days_of(facts: Facts, alliance: str = "") -> tuple[date | None, date | None]:
    thing = known(facts.alliances, alliance) if alliance else facts.plan
    return thing.starts_on, thing.ends_on


def _months(facts: Facts, *keys: str) -> Measured:
    first, last = _days_of(facts, *keys)
    if first is None or last is None:
        raise NotMeasured(N_("The plan does not say this."))
    return count(months_between(first, last))


def _results(facts: Facts, key: str) -> Measured:
    return count(sum(len(objective.results) for objective in known(facts.alliances, key).objectives))


PARTS: tuple[Measure, ...] = (
    Measure("partners", "partners-declared", _partners),
    Measure(
        "partners.kind.<kinds>",
        "partners-declared",
        lambda facts, kinds: count(len(facts.of_kinds(facts.partners, _kinds(kinds)))),
    ),
    Measure("partners.alliance.<alliance>", "partners-declared", _partners_of),
    Measure("partners.alliance.<alliance>.kind.<kinds>", "partners-declared", _partners_of_kind),
    Measure("seats", "partners-declared", _seats),
    Measure("seats.kind.<kinds>", "partners-declared", _seats),
    Measure("organisations", "count-declared", lambda facts: count(len(facts.plan.organisations))),
    Measure(
        "organisations.kind.<kinds>",
        "count-declared",
        lambda facts, kinds: count(len(facts.of_kinds(facts.organisations, _kinds(kinds)))),
    ),
    Measure("acts", "count-declared", lambda facts: count(len(facts.plan.acts))),
    Measure("acts.<act>.year", "act-declared", _act("year")),
    Measure("acts.<act>.number", "act-declared", _act("number")),
    Measure("acts.<act>.reference", "act-declared", _act("reference")),
    Measure("acts.<act>.date", "act-declared", _act("date")),
    Measure("documents", "count-declared", lambda facts: count(len(facts.plan.planning_documents))),
    Measure("documents.<kind>", "count-declared", _document_kind),
    Measure("purposes", "count-declared", lambda facts: count(len(facts.plan.purposes))),
    Measure("categories", "count-declared", lambda facts: count(len(facts.plan.objectives))),
    Measure(
        "objectives",
        "count-declared",
        lambda facts: count(sum(len(category.objectives) for category in facts.plan.objectives)),
    ),
    Measure("objectives.<category>", "count-declared", _category),
    Measure("alliances", "count-declared", lambda facts: count(len(facts.plan.alliances))),
    Measure("phases.<alliance>", "count-declared", lambda facts, key: count(len(known(facts.alliances, key).phases))),
    Measure(
        "objectives.alliance.<alliance>",
        "count-declared",
        lambda facts, key: count(len(known(facts.alliances, key).objectives)),
    ),
    Measure("results.<alliance>", "count-declared", _results),
    Measure("activities", "count-declared", lambda facts: count(len(facts.works))),
    Measure("activities.area.<area>", "count-declared", _area),
    Measure(
        "activities.alliance.<alliance>",
        "count-declared",
        lambda facts, key: count(len(known(facts.alliances, key).activities)),
    ),
    Measure("activities.times.<activity>", "count-declared", _times),
    Measure("activities.times.<alliance>.<activity>", "count-declared", _times),
    Measure("planned-actions", "count-declared", lambda facts: count(len(facts.plan.planned_actions))),
    Measure("governance", "count-declared", lambda facts: count(len(facts.plan.governance))),
    Measure("periods", "count-declared", lambda facts: count(len(facts.plan.monitoring))),
    Measure("lines", "count-declared", lambda facts: count(len(facts.plan.budget.lines))),
    Measure("sources", "count-declared", lambda facts: count(len(facts.plan.budget.sources))),
    Measure("indicators", "count-declared", lambda facts: count(len(facts.plan.indicators))),
    Measure("indicators.typology.<typology>", "count-declared", _typology),
    Measure("indicators.target.<indicator>", "target-declared", _target),
    Measure("indicators.target.<indicator>.<alliance>", "target-declared", _target),
    Measure("plan.months", "duration-declared", _months),
    Measure("plan.starts_on", "duration-declared", lambda facts: day(facts.plan.starts_on)),
    Measure("plan.ends_on", "duration-declared", lambda facts: day(facts.plan.ends_on)),
    Measure("alliances.<alliance>.months", "duration-declared", _months),
    Measure("alliances.<alliance>.starts_on", "duration-declared", lambda facts, key: day(_days_of(facts, key)[0])),
    Measure("alliances.<alliance>.ends_on", "duration-declared", lambda facts, key: day(_days_of(facts, key)[1])),
)
