"""Who is in an alliance: each partner once, the lead not among them."""

from collections.abc import Iterator

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import shortened
from contempo.programmes.rules.findings import Finding, Severity


def partners_twice(facts: Facts) -> Iterator[Finding]:
    """Partners that an alliance names more than once."""
    for outer, alliance in enumerate(facts.plan.alliances):
        seen: set[str] = set()
        for inner, partner in enumerate(alliance.partners):
            if partner.organisation in seen:
                name = facts.name(partner.organisation)
                yield Finding(
                    "partner-twice",
                    Severity.ERROR,
                    place_of(alliance.name, name),
                    f"alliances[{outer}].partners[{inner}]",
                    N_("The alliance names this partner more than once."),
                    declared=shortened(name),
                )
            seen.add(partner.organisation)


def leads_among_partners(facts: Facts) -> Iterator[Finding]:
    """Leads that are also among the partners of their alliance."""
    for outer, alliance in enumerate(facts.plan.alliances):
        for inner, partner in enumerate(alliance.partners):
            if partner.organisation == alliance.lead:
                name = facts.name(alliance.lead)
                yield Finding(
                    "lead-partner",
                    Severity.ERROR,
                    place_of(alliance.name, name),
                    f"alliances[{outer}].partners[{inner}]",
                    N_("The lead is also named among the partners: it would count twice."),
                    declared=shortened(name),
                )
                break
