"""What of the rates is told to whom: of people, who does not keep the campaign reads no small groups."""

from collections.abc import Mapping

from contempo.core.small_cells import hidden_together
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.rates import Outcome, UnitCount
from contempo.questionnaires.rules.states import UnitKind


def tells_small_groups(opened: OpenedCampaign) -> bool:
    """Whether the reader may know how many of a few answered: who keeps the campaign, and everybody where those asked
    are organisations.
    """
    return opened.part.keeps or opened.campaign.unit_kind == UnitKind.ORGANISATION


def merged_outcomes(
    opened: OpenedCampaign, found: Mapping[str, Outcome]
) -> tuple[Mapping[str, Outcome], Outcome | None]:
    """The outcomes told one by one, and the others taken together; None when all are told."""
    if tells_small_groups(opened):
        return found, None
    parts = {
        value: (out.complete, out.partial, out.refusal, out.unknown, out.not_eligible, out.passed_on)
        for value, out in found.items()
    }
    hidden = hidden_together(parts)
    told = {value: out for value, out in found.items() if value not in hidden}
    return told, sum((found[value] for value in hidden), Outcome()) if hidden else None


def merged_units(
    opened: OpenedCampaign, found: Mapping[str, UnitCount]
) -> tuple[Mapping[str, UnitCount], UnitCount | None]:
    """The counts of units told one by one, and the others taken together; None when all are told."""
    if tells_small_groups(opened):
        return found, None
    hidden = hidden_together({value: (each.covered, each.missing, each.left_out) for value, each in found.items()})
    told = {value: each for value, each in found.items() if value not in hidden}
    return told, sum((found[value] for value in hidden), UnitCount()) if hidden else None
