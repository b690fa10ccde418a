"""What people think of agile work, as far as somebody asks them."""

from django.utils.translation import gettext as _

from contempo.agile.queries.monitoring import words
from contempo.agile.queries.monitoring.choices import Asked
from contempo.agile.queries.monitoring.shown import Shown
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.monitoring import Share
from contempo.agile.rules.opinions import TOPIC_LABELS, Opinion, OpinionScope, Topic, opinion_source
from contempo.core.small_cells import is_small


def opinions(opened: OpenedEmployer, asked: Asked, *, exact: bool) -> tuple[Shown, ...]:
    """Each topic, measured or not. The SQL of the sources."""
    employer, narrowed = opened.employer, asked.narrowed
    scope = OpinionScope(
        network_id=employer.network_id,
        organisation_id=employer.organisation_id,
        employer_id=employer.pk,
        since=asked.period.since,
        until=asked.period.until,
        directorate_id=narrowed.directorate_id or None,
        sex=narrowed.sex,
        age=narrowed.age,
    )
    return tuple(_shown(topic, scope, exact=exact) for topic in Topic)


def _shown(topic: Topic, scope: OpinionScope, *, exact: bool) -> Shown:
    label = _(TOPIC_LABELS[topic])
    source = opinion_source(topic)
    if source is None:
        return Shown(topic, label, "", _("not measured yet: no questionnaire asks about it"))
    found: Opinion | None = source.read(scope)
    if found is None:
        return Shown(topic, label, "", _("not measured yet"))
    share = Share(found.favourable, found.answers)
    if not exact and any(is_small(part) for part in (found.favourable, found.answers - found.favourable)):
        return Shown(topic, label, "", _("not told: too few people"), hidden=True)
    if share.percent is None:
        return Shown(topic, label, "", _("nobody has answered"), share=share)
    meaning = f"{words.of_all(share)} ({_(source.name)})"
    url = found.url if exact else ""
    return Shown(topic, label, words.share_text(share), meaning, url=url, number=share.numerator, share=share)
