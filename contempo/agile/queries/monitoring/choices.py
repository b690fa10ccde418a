"""What the figures may be asked for, by whom."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.agile.access import Part
from contempo.agile.models import Unit
from contempo.agile.queries.monitoring.counting import NOT_KNOWN, Narrowed, months_of
from contempo.agile.queries.monitoring.words import period_name
from contempo.agile.rules.monitoring import Period, period_called, periods_with
from contempo.agile.rules.staff import AGE_CLASSES, SEX_LABELS, UnitKind

Choices = tuple[tuple[str, str], ...]

_OLDEST = 99


@dataclass(frozen=True)
class Offer:
    """What a reader may choose from: pairs (value, label). `whole` tells whether they read exact figures.

    Who does not chooses among single months alone, without narrowing them: figures that overlap would tell by
    difference what each of them hides.
    """

    whole: bool
    periods: Choices
    directorates: Choices
    sexes: Choices
    ages: Choices

    @property
    def names(self) -> dict[str, str]:
        """Directorates by their number as text."""
        return dict(self.directorates)


def offered(part: Part) -> Offer:
    """What who has this part may ask for. Two SQL."""
    periods = [each for each in periods_with(months_of(part.employer.pk)) if part.hr or each.length == 1]
    units = Unit.objects.filter(employer=part.employer, kind=UnitKind.DIRECTORATE).order_by("name", "pk")
    return Offer(
        whole=part.hr,
        periods=tuple((each.key, period_name(each)) for each in periods),
        directorates=tuple((str(pk), name) for pk, name in units.values_list("pk", "name")),
        sexes=tuple((key, _(label)) for key, label in SEX_LABELS.items()),
        ages=age_labels(),
    )


def age_labels() -> Choices:
    """The age classes in words, and who is in none."""
    return (*((name, _age(*ages)) for name, ages in AGE_CLASSES.items()), (NOT_KNOWN, _("Age not known")))


def _age(first: int, last: int) -> str:
    if first == 0:
        return _("Up to %(last)s years") % {"last": last}
    if last > _OLDEST:
        return _("%(first)s years and over") % {"first": first}
    return _("%(first)s to %(last)s years") % {"first": first, "last": last}


@dataclass(frozen=True)
class Asked:
    """The figures somebody asks for."""

    period: Period
    narrowed: Narrowed

    @property
    def params(self) -> dict[str, str]:
        """As an address says it."""
        given = {
            "periodo": self.period.key,
            "direzione": str(self.narrowed.directorate_id or ""),
            "sesso": self.narrowed.sex,
            "eta": self.narrowed.age,
        }
        return {name: value for name, value in given.items() if value}


def asked(offer: Offer, periodo: str, direzione: str = "", sesso: str = "", eta: str = "") -> Asked | None:
    """What values of an offer ask for; None when the offer has no such period."""
    period = period_called(periodo)
    if period is None or periodo not in dict(offer.periods):
        return None
    narrowed = Narrowed(int(direzione or 0), sesso, eta) if offer.whole else Narrowed()
    return Asked(period, narrowed)
