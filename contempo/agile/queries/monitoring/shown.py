"""One figure as a page or a file shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.agile.queries.monitoring import words
from contempo.agile.rules.monitoring import FIGURE_LABELS, Figure, Share, Sums, made


@dataclass(frozen=True)
class Shown:
    """A figure. `value` is empty when it is not known, or not told (`hidden`); zero is `0`.

    `url` opens its records: as many as `number`, or with that sum. A share has `number` as its numerator.
    """

    key: str
    label: str
    value: str
    meaning: str = ""
    change: str = ""
    url: str = ""
    hidden: bool = False
    number: int | None = None
    share: Share | None = None


def figure_text(figure: Figure, number: int) -> str:
    """A figure in its unit."""
    if figure is Figure.METRES:
        return words.km_text(number)
    return words.kg_text(number) if figure is Figure.GRAMS else words.count_text(number)


def shown_figures(
    now: Sums | None,
    before: Sums | None,
    *,
    earlier: str,
    hidden: frozenset[Figure],
    hidden_before: frozenset[Figure],
    meanings: Mapping[Figure, str],
    url: Callable[[str], str],
) -> dict[Figure, Shown]:
    """Every figure of a period, None when nothing was measured; `before` is the period called `earlier`."""
    return {
        each: _shown(
            each,
            None if now is None else made(each, now),
            None if before is None or each in hidden_before else made(each, before),
            earlier=earlier,
            hidden=each in hidden,
            meaning=meanings.get(each, ""),
            url=url(each.value),
        )
        for each in Figure
    }


def _shown(
    figure: Figure, now: int | None, before: int | None, *, earlier: str, hidden: bool, meaning: str, url: str
) -> Shown:
    label = _(FIGURE_LABELS[figure])
    if now is None:
        return Shown(figure, label, "", _("not measured yet"))
    if hidden:
        return Shown(figure, label, "", _("not told: too few people"), hidden=True)
    change = ""
    if before is not None:
        counts = figure not in (Figure.METRES, Figure.GRAMS)
        change = (
            words.change_text(now, before, earlier)
            if counts
            else words.before_text(figure_text(figure, before), earlier)
        )
    return Shown(figure, label, figure_text(figure, now), meaning, change, url if now else "", number=now)
