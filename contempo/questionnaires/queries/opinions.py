"""What the people of an organisation think, read from its questionnaires by the name of the question."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from contempo.core.clock import ROME
from contempo.core.small_cells import is_small
from contempo.questionnaires.models import Campaign, Version
from contempo.questionnaires.queries.reading.results import SECTION
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.measures import measured
from contempo.questionnaires.rules.states import CampaignState, Mode, Origin

_COUNT = """
SELECT campaign.id, count(*) FILTER (WHERE named.favourable), count(*)
FROM questionnaires_response AS response
JOIN questionnaires_campaign AS campaign ON campaign.id = response.campaign_id
JOIN unnest(%(versions)s::bigint[], %(questions)s::text[], %(values)s::text[], %(favourable)s::boolean[])
    AS named (version_id, question, value, favourable)
    ON named.version_id = response.version_id AND response.answers ->> named.question = named.value
WHERE response.campaign_id = ANY(%(campaigns)s) AND response.state = 'completed'
    AND coalesce(response.completed_at, campaign.closed_at, campaign.closes_at) >= %(begin)s
    AND coalesce(response.completed_at, campaign.closed_at, campaign.closes_at) < %(end)s
    AND (
        NOT EXISTS (SELECT FROM questionnaires_coverage WHERE response_id = response.id)
        OR EXISTS (SELECT FROM questionnaires_coverage WHERE response_id = response.id AND state = 'counted')
    )
GROUP BY campaign.id
"""


@dataclass(frozen=True)
class Opinions:
    """`favourable` of `answers`; `path` is the page of their results when all are of one campaign, empty otherwise."""

    favourable: int
    answers: int
    path: str = ""


def opinions(organisation_id: int, measure: str, since: date, until: date) -> Opinions | None:
    """What people of an organisation answered from `since` to `until` (excluded) to the question read as `measure`.

    None when nobody was asked in that time, and where answers are without a name and so few that they would tell who
    gave them. Answers of an anonymous campaign are read once it is closed, as of that day. Three SQL at most.
    """
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=ROME) for day in (since, until))
    campaigns = _campaigns(organisation_id, begin, end)
    values = _values(campaigns, measure)
    if not values["versions"]:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {**values, "campaigns": list(campaigns), "begin": begin, "end": end})
        rows = cursor.fetchall()
    favourable, answers = sum(row[1] for row in rows), sum(row[2] for row in rows)
    without_name = any(campaigns[row[0]].mode != Mode.IDENTIFIED for row in rows)
    if without_name and (is_small(favourable) or is_small(answers - favourable)):
        return None
    return Opinions(favourable, answers, _path(campaigns[rows[0][0]], measure) if len(rows) == 1 else "")


def _path(campaign: Campaign, measure: str) -> str:
    """The question among the results of a campaign; the results, when the version asked now has it no more."""
    results = f"/{campaign.network.slug}/questionari/{campaign.number}/risultati/"
    named = measured(read(campaign.version.document), measure)
    return results if named is None else f"{results}?{SECTION}={named.page}#q-q-{named.question}"


def _campaigns(organisation_id: int, begin: datetime, end: datetime) -> dict[int, Campaign]:
    """The campaigns an organisation ran among its people then, as far as they may be read already."""
    closed = Q(state=CampaignState.CLOSED.value)
    rows = Campaign.objects.filter(organisation_id=organisation_id, opens_at__lt=end, closes_at__gte=begin)
    rows = rows.filter(closed | (Q(state=CampaignState.OPEN.value) & ~Q(mode=Mode.ANONYMOUS.value)))
    return {one.pk: one for one in rows.exclude(origin=Origin.AGGREGATES.value).select_related("network", "version")}


def _values(campaigns: dict[int, Campaign], measure: str) -> dict[str, list[object]]:
    values: dict[str, list[object]] = {"versions": [], "questions": [], "values": [], "favourable": []}
    forms = {one.questionnaire_id for one in campaigns.values()}
    for version in Version.objects.filter(questionnaire__in=forms) if forms else ():
        if (named := measured(read(version.document), measure)) is None:
            continue
        for value in named.scores:
            values["versions"].append(version.pk)
            values["questions"].append(named.question)
            values["values"].append(value)
            values["favourable"].append(value in named.favourable)
    return values
