"""The figures of the desk for contexts that count them, each with the list behind it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.core.small_cells import is_small
from contempo.helpdesk.queries.figures.addresses import DEFLECTED, MISSES, links
from contempo.helpdesk.queries.figures.counting import Counted, counted
from contempo.helpdesk.queries.figures.reading import share_of
from contempo.helpdesk.rules.figures import Period, Share, percentile
from contempo.helpdesk.rules.publication import may_tell_percentile, published, whole

COUNT, SHARE, MINUTES = "count", "share", "minutes"


@dataclass(frozen=True)
class DeskFigure:
    """A figure of the desk. `unit` says what it is: a count, a share with numerator and denominator, minutes.

    `value` is the count, the numerator or the minutes; None when nothing is known, which is not zero. `denominator` is
    that of a share, for minutes how many answers they are taken from, for a count None. `url` opens the list behind it
    for who may read the questions: as long as `value` says, for minutes as `denominator` does. `tellable` says whether
    it may be told by itself to who may not (docs/algorithms/small-cells.md).
    """

    key: str
    label: str
    unit: str
    value: float | None
    denominator: int | None
    url: str
    tellable: bool

    @property
    def share(self) -> Share | None:
        """The share with its interval; None for another unit, and without observations."""
        if self.unit != SHARE or self.value is None or not self.denominator:
            return None
        return Share(int(self.value), self.denominator)


def figures(
    network_id: int, *, network: str, since: str, until: str, filters: Mapping[str, str] | None = None
) -> tuple[DeskFigure, ...]:
    """The figures of the months `since` to `until` (`YYYY-MM`, both included) in the network with the slug `network`.

    `filters` narrows the questions by topic, capacity, municipality (ISTAT code), sector or channel, empty for what was
    not told. Whole: it is for the caller to tell others only what is `tellable`. Three SQL at most.
    """
    period, narrowed = Period(since, until), dict(filters or {})
    now, _before = counted(network_id, period, narrowed)
    address = links(network, period, narrowed)
    found = [_count("received", _("questions received"), now.total, address())]
    found += [
        _share(now, measure, label, address(**wanted), of_all=of_all)
        for measure, label, wanted, of_all in (
            ("within", _("answered within the promise"), {"entro": "si"}, False),
            ("paused", _("with a pause for details"), {"pausa": "si"}, True),
            ("reopened", _("asked again after the answer"), {"riaperta": "si"}, True),
            ("satisfied", _("satisfied, of those who rated"), {"voto": "4-5"}, False),
        )
    ]
    found += [
        _time(now, percent, label, address(risposta="si"))
        for percent, label in ((50, _("median time to the answer")), (90, _("nine answers in ten came within")))
    ]
    found.append(
        _count("deflected", _("answered by the catalogue"), sum(now.deflected.values()), address(to=DEFLECTED))
    )
    if now.misses is not None:
        found.append(_count("misses", _("searches without result"), now.misses, address(to=MISSES)))
    return tuple(found)


def _count(key: str, label: str, count: int, url: str) -> DeskFigure:
    return DeskFigure(key, label, COUNT, count, None, url, not is_small(count))


def _share(now: Counted, measure: str, label: str, url: str, *, of_all: bool) -> DeskFigure:
    share = share_of(whole(now.counts), measure, of_all=of_all) or Share(0, 0)
    tellable = share_of(published(now.counts), measure, of_all=of_all) is not None
    value = share.numerator if share.denominator else None
    return DeskFigure(measure, label, SHARE, value, share.denominator, url, tellable)


def _time(now: Counted, percent: int, label: str, url: str) -> DeskFigure:
    minutes = percentile(now.minutes, percent)
    answers = sum(now.minutes.values())
    return DeskFigure(f"p{percent}", label, MINUTES, minutes, answers, url, may_tell_percentile(answers, percent))
