"""Values, targets and forecasts as people read them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contempo.core.money import decimals_of
from contempo.programmes.rules.plan.measures import Unit, target_of
from contempo.programmes.rules.values import Against, Value

NOT_MEASURED = "–"


def number_text(number: Decimal) -> str:
    """`1.234`, `12,5`: as many decimals as it has, two at most."""
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return number_format(rounded, decimals_of(rounded), force_grouping=True)


def percent_text(percent: Decimal) -> str:
    """`20,18 %`."""
    return _("%(number)s %%") % {"number": number_text(percent)}


def value_text(unit: Unit, value: Value | None) -> str:
    """A value in words: `7`, `42,5 % (17 of 40)`, `yes`, a text; "not measured yet" for none."""
    if value is None:
        return _("not measured yet")
    if unit is Unit.YES_NO:
        return _("yes") if value.yes else _("no")
    if unit is Unit.TEXT:
        return value.text
    if unit is Unit.SHARE and value.percent is not None:
        words = {
            "share": percent_text(value.percent),
            "part": number_text(value.numerator or Decimal(0)),
            "whole": number_text(value.denominator or Decimal(0)),
        }
        return _("%(share)s (%(part)s of %(whole)s)") % words
    return number_text(value.numerator or Decimal(0))


def short_text(unit: Unit, value: Value | None) -> str:
    """As `value_text`, a share without what it is made of; a dash for none."""
    if value is None:
        return NOT_MEASURED
    return percent_text(value.percent) if unit is Unit.SHARE and value.percent is not None else value_text(unit, value)


def target_text(unit: Unit, text: str) -> str:
    """A target in words; "none" when nothing was promised."""
    wanted = target_of(unit, text)
    if wanted is None:
        return _("none")
    if isinstance(wanted, bool):
        return _("yes") if wanted else _("no")
    if isinstance(wanted, Decimal):
        return percent_text(wanted) if unit is Unit.SHARE else number_text(wanted)
    return wanted


def against_text(unit: Unit, target: str, value: Value | None, found: Against) -> str:
    """How far a value is from its target, in words."""
    if not target.strip():
        return _("No target")
    if value is None:
        return _("Not measured yet")
    if found.reached is None:
        return _("To be judged by reading it")
    if found.percent is None:
        return _("Reached") if found.reached else _("Not reached")
    share = percent_text(found.percent.quantize(Decimal("0.1"), ROUND_HALF_UP))
    if found.reached:
        return _("Reached (%(share)s of the target)") % {"share": share}
    return _("%(share)s of the target") % {"share": share}


def forecast_text(unit: Unit, number: Decimal | None) -> str:
    """Where it will stand at the end, roughly: whole numbers, or one decimal for shares; empty for no forecast."""
    if number is None:
        return ""
    if unit is Unit.SHARE:
        return percent_text(number.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return number_text(number.quantize(Decimal(1), ROUND_HALF_UP))
