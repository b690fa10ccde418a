"""A campaign beside the aggregates of an earlier wave: each as it is, nothing computed of the two together."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contempo.questionnaires.models import Aggregate, Campaign
from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.reading.telling import Row, Table, hundredths, shares_and_count
from contempo.questionnaires.queries.reading.wording import NOT_TOLD, percent, whole
from contempo.questionnaires.queries.tables import Tables, frequency
from contempo.questionnaires.rules.tables import Spec, Variable
from contempo.web.charts import Chart, Series

Beside = tuple[Variable, Chart, Table]


def beside_aggregates(
    wave: Campaign, later: Tables, labels: Labels, section: str, names: tuple[str, str]
) -> Iterator[Beside]:
    """The questions of a page of which `wave` left figures of everybody: what was found then, what is answered now."""
    found: dict[str, dict[str, Aggregate]] = {}
    for one in Aggregate.objects.filter(campaign=wave, group=""):
        found.setdefault(one.question, {})[one.option] = one
    for offer in later.book.offers.values():
        then = found.get(offer.variable.key)
        if then and offer.placed and offer.placed.page.key == section and not offer.part:
            yield _beside(offer.variable, then, later, labels, names)


def _beside(
    variable: Variable, then: dict[str, Aggregate], later: Tables, labels: Labels, names: tuple[str, str]
) -> Beside:
    now = {one.key: one for one in frequency(later, Spec(variable)).categories}
    keys = list(dict.fromkeys([*now, *then]))
    called = {key: key for key in keys} | labels.values(variable, list(now))
    rows = tuple(Row(called[key], (_then(then.get(key)), shares_and_count(now.get(key)))) for key in keys)
    shares = [then[key].count / then[key].base if key in then and then[key].base else None for key in keys]
    chart = Chart(
        id=f"found-{variable.code.replace('.', '-')}",
        title=labels.variable(variable),
        kind="bar",
        categories=tuple(called[key] for key in keys),
        series=(
            Series(names[0], tuple(hundredths(share) for share in shares)),
            Series(names[1], tuple(hundredths(now[key].share) if key in now else None for key in keys)),
        ),
        unit="%",
        category=_("Answer"),
    )
    return variable, chart, Table((_("Answer"), *names), rows)


def _then(one: Aggregate | None) -> str:
    """`30,0 % (60 of 200)`, as it was found."""
    if one is None or not one.base:
        return NOT_TOLD
    told = {"share": percent(one.count / one.base), "count": whole(one.count), "base": whole(one.base)}
    return _("%(share)s (%(count)s of %(base)s)") % told
