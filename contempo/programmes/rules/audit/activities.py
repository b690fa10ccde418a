"""Who is responsible for what."""

from collections.abc import Iterator

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import names_written
from contempo.programmes.rules.findings import Finding, Severity


def without_responsible(facts: Facts) -> Iterator[Finding]:
    """Activities nobody is responsible for."""
    for work in facts.works:
        if not work.activity.responsible and work.activity.state != "cancelled":
            yield Finding(
                "activity-responsible",
                Severity.WARNING,
                work.place,
                f"{work.path}.responsible",
                N_("Nobody is named as responsible for this activity."),
            )


def responsible_strangers(facts: Facts) -> Iterator[Finding]:
    """Activities of an alliance whose responsible is neither its lead nor one of its partners."""
    members = {key: frozenset(names) for key, names in facts.members.items()}
    for work in facts.works:
        if work.alliance is None:
            continue
        strangers = [name for name in work.activity.responsible if name not in members[work.alliance.key]]
        if strangers:
            yield Finding(
                "responsible-partner",
                Severity.WARNING,
                work.place,
                f"{work.path}.responsible",
                N_("The responsible is neither the lead nor a partner of “%(alliance)s”."),
                declared=names_written([facts.name(name) for name in strangers]),
                params={"alliance": work.alliance.name},
            )


def actions_without_responsible(facts: Facts) -> Iterator[Finding]:
    """Planned actions nobody is responsible for."""
    for number, action in enumerate(facts.plan.planned_actions):
        if not action.responsible:
            yield Finding(
                "action-responsible",
                Severity.NOTE,
                place_of(action.title),
                f"planned_actions[{number}].responsible",
                N_("Nobody is named as responsible for this planned action."),
            )
