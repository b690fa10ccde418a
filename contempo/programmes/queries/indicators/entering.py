"""What somebody may enter for an indicator: for which periods, for whom, divided how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from contempo.network.public import KINDS, SIZES
from contempo.people.public import Actor
from contempo.programmes.access import may_enter_values, works_for
from contempo.programmes.models import Alliance, Indicator, MonitoringPeriod
from contempo.programmes.queries.indicators.page import entered_words
from contempo.programmes.queries.indicators.words import target_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.periods import PeriodState
from contempo.programmes.rules.plan.measures import DIMENSION_LABELS, Dimension, Method, Unit
from contempo.programmes.rules.values import dimensions_of

SEXES = ("women", "men")

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asking:
    """A division that may be entered: its known keys with their words; none where anything may be written."""

    dimension: Dimension
    label: str
    words: Choices


@dataclass(frozen=True)
class Entering:
    """The form of a value, for one reader. `closed` are the keys of the periods where it would be a correction."""

    indicator: Indicator
    unit: Unit
    computed: bool
    periods: Choices
    closed: frozenset[str]
    alliances: Choices
    divisions: tuple[Asking, ...]
    target: str
    once_each: bool

    @property
    def first_period(self) -> str:
        """The period most likely meant: the first that is open, else the last closed one."""
        still_open = [key for key, _label in self.periods if key not in self.closed]
        return next(iter(still_open), self.periods[-1][0] if self.periods else "")


def entering(actor: Actor, opened: OpenedPlan, key: str, *, today: date) -> Entering | None:
    """What `actor` may enter for an indicator; None when there is none, or nothing `actor` may enter. Three SQL."""
    indicator = Indicator.objects.filter(plan=opened.plan, key=key).first()
    alliances = _alliances(actor, opened)
    if indicator is None or not alliances:
        return None
    computed = bool(indicator.source)
    periods = MonitoringPeriod.objects.filter(plan=opened.plan, since__lte=today).exclude(state=PeriodState.CLOSING)
    known = [each for each in periods.order_by("position") if each.state == PeriodState.CLOSED or not computed]
    closed = frozenset(each.key for each in known if each.state == PeriodState.CLOSED)
    return Entering(
        indicator=indicator,
        unit=Unit(indicator.unit),
        computed=computed,
        periods=tuple((each.key, _period_label(each)) for each in known),
        closed=closed,
        alliances=alliances,
        divisions=() if computed else tuple(_asking(each) for each in dimensions_of(indicator.by)),
        target=target_text(Unit(indicator.unit), indicator.target),
        once_each=not computed and indicator.method == Method.DISTINCT,
    )


def _period_label(period: MonitoringPeriod) -> str:
    if period.state == PeriodState.CLOSED:
        return _("%(period)s (closed: a correction)") % {"period": period.title}
    return period.title


def _alliances(actor: Actor, opened: OpenedPlan) -> Choices:
    found = Alliance.objects.filter(plan=opened.plan).order_by("position")
    if may_enter_values(actor, opened.plan, frozenset()):
        return (("", _("The whole plan")), *found.values_list("key", "name"))
    mine = works_for(actor)
    return tuple(found.filter(lead_id__in=mine).values_list("key", "name")) if mine else ()


def _asking(dimension: Dimension) -> Asking:
    keys: Sequence[str] = {Dimension.KIND: KINDS, Dimension.SIZE: SIZES, Dimension.SEX: SEXES}.get(dimension, ())
    words = entered_words(dimension, set(keys))
    return Asking(dimension, _(DIMENSION_LABELS[dimension]), tuple((key, words[key]) for key in keys))
