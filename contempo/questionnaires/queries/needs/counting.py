"""Needs counted in the answers themselves: one statement, whatever the number of campaigns and answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from contempo.questionnaires.models import Campaign, Response, Version
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.needs import Counted, asked_needs, place_question

# What counts: completed, and counted for a unit unless it speaks for none (rules.coverage.in_figures). An answer
# without a time, of an anonymous campaign or an imported one, is of the moment its campaign closed.
_NAMED = """
SELECT DISTINCT response.id, tagged.tag,
    coalesce(nullif(response.answers ->> placed.key, ''), response.attributes ->> 'municipality', '') AS place
FROM questionnaires_response AS response
JOIN questionnaires_campaign AS campaign ON campaign.id = response.campaign_id
JOIN unnest(%(place_versions)s::bigint[], %(place_keys)s::text[]) AS placed (version_id, key)
    ON placed.version_id = response.version_id
JOIN (
    SELECT DISTINCT version_id, path
    FROM unnest(%(versions)s::bigint[], %(paths)s::text[]) AS every (version_id, path)
) AS asked ON asked.version_id = response.version_id
CROSS JOIN LATERAL jsonb_path_query(response.answers, asked.path::jsonpath) AS chosen
JOIN unnest(%(versions)s::bigint[], %(paths)s::text[], %(options)s::text[], %(tags)s::text[])
    AS tagged (version_id, path, option, tag)
    ON tagged.version_id = asked.version_id AND tagged.path = asked.path AND tagged.option = chosen #>> '{}'
WHERE response.campaign_id = ANY(%(campaigns)s) AND response.state = 'completed'
    AND coalesce(response.completed_at, campaign.closed_at, campaign.closes_at) >= %(begin)s
    AND coalesce(response.completed_at, campaign.closed_at, campaign.closes_at) < %(end)s
    AND (
        NOT EXISTS (SELECT FROM questionnaires_coverage WHERE response_id = response.id)
        OR EXISTS (SELECT FROM questionnaires_coverage WHERE response_id = response.id AND state = 'counted')
    )
"""


@dataclass(frozen=True)
class Tagged:
    """Campaigns whose questionnaires ask about needs, with what their answers are read by."""

    campaigns: tuple[Campaign, ...]
    values: Mapping[str, list[Any]]

    def only(self, campaigns: Iterable[Campaign]) -> "Tagged":
        """The same of some of its campaigns."""
        kept = tuple(campaigns)
        return Tagged(kept, {**self.values, "campaigns": [one.pk for one in kept]})

    @property
    def types(self) -> frozenset[str]:
        """Every type of need they ask about."""
        return frozenset(self.values["tags"])


def tagged(campaigns: Iterable[Campaign]) -> Tagged:
    """Those of `campaigns` that ask about needs. One SQL, none for no campaign."""
    found = list(campaigns)
    values: dict[str, list[Any]] = {
        name: [] for name in ("versions", "paths", "options", "tags", "place_versions", "place_keys", "campaigns")
    }
    asking = set()
    forms = {campaign.questionnaire_id for campaign in found}
    for version in Version.objects.filter(questionnaire__in=forms).order_by("pk") if forms else ():
        document = read(version.document)
        if not (questions := asked_needs(document)):
            continue
        asking.add(version.questionnaire_id)
        values["place_versions"].append(version.pk)
        values["place_keys"].append(place_question(document))
        for question in questions:
            for option, tag in question.tags:
                values["versions"].append(version.pk)
                values["paths"].append(question.path)
                values["options"].append(option)
                values["tags"].append(tag)
    kept = tuple(campaign for campaign in found if campaign.questionnaire_id in asking)
    values["campaigns"] = [campaign.pk for campaign in kept]
    return Tagged(kept, values)


def counted(asked: Tagged, begin: datetime, end: datetime) -> Counted:
    """How many answers from `begin` to `end` (excluded) name each type of need in each municipality. One SQL."""
    if not asked.campaigns:
        return Counted({}, {}, 0)
    sql = f"""
    SELECT tag, place, count(DISTINCT id) FROM ({_NAMED}) AS named GROUP BY GROUPING SETS ((tag, place), (place), ())
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {**asked.values, "begin": begin, "end": end})
        rows = cursor.fetchall()
    return Counted(
        {(tag, place): count for tag, place, count in rows if tag is not None},
        {place: count for tag, place, count in rows if tag is None and place is not None},
        next(count for tag, place, count in rows if tag is None and place is None),
    )


def naming(asked: Tagged, begin: datetime, end: datetime, *, tags: Iterable[str] = (), place: str | None = None) -> Any:
    """The responses that are behind `counted`, those of some types or a municipality when given: a lazy queryset."""
    wanted = list(tags)
    conditions = [*(["tag = ANY(%(wanted)s)"] if wanted else []), *(["place = %(place)s"] if place is not None else [])]
    where = " AND ".join(["true", *conditions])
    values = {**asked.values, "begin": begin, "end": end, "wanted": wanted, "place": place}
    sql, ordered = _positional(f"SELECT id FROM ({_NAMED}) AS named WHERE {where}", values)
    return Response.objects.filter(pk__in=RawSQL(sql, ordered))


def _positional(sql: str, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """A statement with its values in a row, as expressions of Django take them."""
    ordered: list[Any] = []

    class _Each(dict[str, str]):
        def __missing__(self, name: str) -> str:
            ordered.append(values[name])
            return "%s"

    return sql % _Each(), ordered
