"""How a campaign asked: whom, when, how, and what is known of who answered."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contempo.questionnaires.models import CampaignTally
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.names import CHANNEL, attribute_names
from contempo.questionnaires.queries.reading.wording import whole
from contempo.questionnaires.queries.tables import Tables
from contempo.questionnaires.rules.states import MODE_LABELS, ORIGIN_LABELS, UNIT_KIND_LABELS, Origin
from contempo.web.templatetags.web import on_day


def method(opened: OpenedCampaign, tables: Tables) -> Iterator[tuple[str, str]]:
    """Pairs of label and value. One SQL."""
    campaign = opened.campaign
    yield (
        _("Questionnaire"),
        _("%(title)s, version %(number)s")
        % {
            "title": campaign.questionnaire.title,
            "number": campaign.version.number,
        },
    )
    yield _("Who asks these questions"), str(campaign.organisation or campaign.network)
    yield (
        _("When"),
        _("from %(since)s to %(until)s")
        % {
            "since": on_day(campaign.opens_at),
            "until": on_day(campaign.closed_at or campaign.closes_at),
        },
    )
    yield _("What is counted"), _(UNIT_KIND_LABELS[campaign.unit_kind])
    units = tables.units
    yield _("Population"), _("not known") if units is None else whole(units)
    yield _("Responses that count"), whole(tables.responses)
    if told := _channels(campaign.pk):
        yield _("Channels"), told
    yield _("What we know of who answers"), _(MODE_LABELS[campaign.mode])
    if campaign.origin != Origin.HERE:
        yield _("Where the data come from"), _(ORIGIN_LABELS[campaign.origin])
    if tables.strata and tables.may_weigh:
        yield (
            _("Groups of the population"),
            ", ".join(f"{name or _('not known')} ({whole(count)})" for name, count in sorted(tables.strata.items())),
        )


def _channels(campaign_id: int) -> str:
    kept = CampaignTally.objects.filter(campaign_id=campaign_id, facet="response", measure="responses", count__gt=0)
    counts = {
        key.partition("|")[0]: count for key, count in kept.values_list("key", "count") if key.endswith("|completed")
    }
    names = attribute_names(CHANNEL, counts)
    return ", ".join(f"{names[one]} ({whole(count)})" for one, count in sorted(counts.items()))
