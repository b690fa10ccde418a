"""The responses and aggregates of past surveys beside the files that bring them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from contempo.core.clock import ROME
from contempo.core.imports import About, Finding, Row, Values
from contempo.core.imports.kinds import Identity, Value
from contempo.core.verdict import Verdict, because
from contempo.core.words import N_
from contempo.network.public import organisation_names, place_labels
from contempo.people.public import Actor
from contempo.questionnaires.access import may_bring_past
from contempo.questionnaires.models import Aggregate, Campaign, Response
from contempo.questionnaires.rules.document import Document, Kind, read
from contempo.questionnaires.rules.past import about
from contempo.questionnaires.rules.past.aggregates import EVERYBODY, labels, same_base
from contempo.questionnaires.rules.past.cells import to_cells
from contempo.questionnaires.rules.states import Channel


def about_past(actor: Actor, campaign_id: int) -> About | None:
    """A past survey as the pages of its imports name it."""
    rows = Campaign.objects.filter(network_id=actor.network_id, pk=campaign_id).select_related("network")
    if (campaign := rows.first()) is None:
        return None
    url = reverse("questionnaires:past_one", args=[campaign.network.slug, campaign.number])
    return About(campaign.title, url)


def may_load_past(actor: Actor, campaign_id: int) -> Verdict:
    """May `actor` bring data of this past survey? Who coordinates its network, as long as they are not erased."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None or (campaign.network_id != actor.network_id and not actor.is_system):
        return because(N_("This survey is no longer here."))
    if campaign.erased_at is not None:
        return because(N_("The personal data of this survey are erased: no more can be brought."))
    return may_bring_past(actor)


def responses_in_files(campaign_id: int, identities: Sequence[Identity] | None) -> Iterator[Values]:
    """The imported responses of a campaign in file shape: all, or those of some numbers, locked. Four SQL at most."""
    rows = Response.objects.filter(campaign_id=campaign_id, channel=Channel.IMPORTED.value)
    if identities is not None:
        rows = rows.filter(paper__in=[str(identity[0]) for identity in identities]).select_for_update(of=("self",))
    found = list(rows.select_related("version").order_by("paper"))
    documents = {one.version_id: one.version for one in found}
    read_as = {pk: read(version.document) for pk, version in documents.items()}
    places, names = _named(found, read_as)
    for one in found:
        yield {
            about.NUMBER: one.paper,
            about.COMPLETED: one.completed_at.astimezone(ROME).date() if one.completed_at else None,
            **{key: one.attributes.get(name) or None for key, name in about.ATTRIBUTES.items()},
            about.MUNICIPALITY: places.get(one.attributes.get("municipality", "")),
            **_told(read_as[one.version_id], one.answers, places, names),
        }


def check_responses(_campaign_id: int, rows: Sequence[Row]) -> Iterator[Finding]:
    """Rows that answer nothing: no column was said to be an answer, or all of theirs are empty."""
    for row in rows:
        if all(value in (None, "") for key, value in row.values.items() if key not in about.ABOUT_WHO):
            yield Finding(row.line, N_("No answer in this row: choose which columns are answers."), about.NUMBER)


def _named(found: Iterable[Response], documents: Mapping[int, Document]) -> tuple[dict[str, str], dict[int, str]]:
    """The labels of the municipalities, and the names of the organisations, that responses speak of. Two SQL."""
    codes: set[str] = set()
    numbers: set[int] = set()
    for one in found:
        codes.add(str(one.attributes.get("municipality", "")))
        for placed in documents[one.version_id].questions():
            answer = one.answers.get(placed.question.key)
            if placed.question.kind == Kind.MUNICIPALITY and isinstance(answer, str):
                codes.add(answer)
            elif placed.question.kind == Kind.ORGANISATION and isinstance(answer, int):
                numbers.add(answer)
    return place_labels(codes - {""}), organisation_names(numbers) if numbers else {}


def _told(
    document: Document, answers: Mapping[str, Any], places: Mapping[str, str], names: Mapping[int, str]
) -> dict[str, Any]:
    cells = to_cells(document, answers)
    for placed in document.questions():
        key, kind = placed.question.key, placed.question.kind
        if cells.get(key) is not None and kind in (Kind.MUNICIPALITY, Kind.ORGANISATION):
            known: Mapping[Any, str] = places if kind == Kind.MUNICIPALITY else names
            cells[key] = known.get(cells[key], str(cells[key]))
    return cells


def aggregates_in_files(campaign_id: int, identities: Sequence[Identity] | None) -> Iterator[Values]:
    """The aggregates of a campaign in file shape: all, or those of some identities, locked. Two SQL."""
    campaign = Campaign.objects.select_related("version").get(pk=campaign_id)
    known = labels(read(campaign.version.document))
    rows = Aggregate.objects.filter(campaign=campaign)
    if identities is not None:
        rows = rows.select_for_update(of=("self",))
    wanted = None if identities is None else set(identities)
    for one in rows.order_by("question", "group", "option"):
        question, options = known.get(one.question, (one.question, {}))
        values: dict[str, Value] = {
            "question": question,
            "group": one.group or EVERYBODY,
            "option": options.get(one.option, one.option),
            "count": one.count,
            "base": one.base,
            "source": one.source or None,
        }
        if wanted is None or (values["question"], values["group"], values["option"]) in wanted:
            yield values


def check_aggregates(_campaign_id: int, rows: Sequence[Row]) -> Iterator[Finding]:
    """Counts larger than their base, and bases of one question and group that differ."""
    told = [(row.line, row.values["question"], row.values["group"], _number(row, "base")) for row in rows]
    for row in rows:
        count, base = _number(row, "count"), _number(row, "base")
        if count > base:
            reason = N_("More answers than were asked: %(count)s of %(base)s.")
            yield Finding(row.line, reason, "count", {"count": count, "base": base})
    reason = N_("Another row of this question and group says %(base)s were asked.")
    for line, base in same_base((line, str(question), str(group), base) for line, question, group, base in told):
        yield Finding(line, reason, "base", {"base": base})


def _number(row: Row, field: str) -> int:
    return int(str(row.values[field] or 0))
