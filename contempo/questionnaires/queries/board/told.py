"""Rates in words: what each is, of how many, and the list behind it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.questionnaires.access import may_follow, may_keep
from contempo.questionnaires.queries.board.words import number_text, percent_text
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.rates import Group, Outcome, Ratio, UnitCount


@dataclass(frozen=True)
class Rate:
    """A rate in words: `of` tells its numerator and denominator, `url` opens the records of the numerator."""

    label: str
    value: str
    of: str
    formula: str
    url: str = ""


def by_invitation(opened: OpenedCampaign, out: Outcome) -> tuple[Rate, ...]:
    """RR1 and RR2 of invitations; nothing where there is no case."""
    if not out.cases:
        return ()
    url = f"{opened.url('behind')}?esito={Group.COMPLETE}" if may_follow(opened.part) else ""
    return (
        Rate(
            _("response rate (RR1)"),
            percent_text(out.rr1),
            _of(out.rr1),
            _("Answers in full, out of all invitations: those of which nothing is known too."),
            url,
        ),
        Rate(
            _("with half answers (RR2)"),
            percent_text(out.rr2),
            _of(out.rr2),
            _("As RR1, with the half answers that are of use."),
        ),
    )


def by_unit(opened: OpenedCampaign, units: UnitCount) -> tuple[Rate, ...]:
    """The rate of covered units; nothing where there are none."""
    if not units.eligible:
        return ()
    url = f"{opened.url('coverage')}?stato=coperte" if may_keep(opened.part) else ""
    formula = _("Units an answer speaks for, out of those concerned.")
    return (Rate(_("of units covered"), percent_text(units.rate), _of(units.rate), formula, url),)


def _of(ratio: Ratio) -> str:
    return _("%(some)s of %(all)s") % {"some": number_text(ratio.numerator), "all": number_text(ratio.denominator)}
