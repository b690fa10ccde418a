"""Writing responses and aggregates of a past survey from the rows of a file, in batches, and taking them back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from contempo.core.action import action
from contempo.core.clock import ROME
from contempo.core.imports import Change, Finding
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_bring_past
from contempo.questionnaires.actions.past.meaning import organisation_meant, place_meant
from contempo.questionnaires.models import Aggregate, Campaign, Coding, Practice, Response
from contempo.questionnaires.rules.asking import asked
from contempo.questionnaires.rules.document import Document, Kind, read
from contempo.questionnaires.rules.past import about
from contempo.questionnaires.rules.past import aggregates as rules
from contempo.questionnaires.rules.past.cells import to_answers
from contempo.questionnaires.rules.states import Channel, Origin, ResponseState

ERASED = N_("The personal data of this survey are erased: no more can be brought.")
IN_USE = N_("Somebody has sorted this answer or found a good practice in it: it was left as it is.")
_NOON = time(12)
_FIELDS = ("answers", "unasked", "attributes", "completed_at")


@action
def write_responses(actor: Actor, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
    """Write responses of the past survey `about_id` as their rows say. Those that something hangs on are not undone."""
    campaign = _locked(actor, about_id, Origin.IMPORTED)
    numbers = [str((change.after or change.before or {})[about.NUMBER]) for change in changes]
    rows = Response.objects.filter(campaign=campaign, channel=Channel.IMPORTED.value, paper__in=numbers)
    present = {row.paper: row for row in rows}
    findings = _remove(present, [change for change in changes if change.after is None])
    document = read(campaign.version.document)
    new: list[Response] = []
    changed: list[Response] = []
    for change in changes:
        if change.after is None:
            continue
        try:
            filled = _filled(campaign, document, present.get(str(change.after[about.NUMBER])), change.after)
        except Refusal as refusal:
            findings.append(Finding(change.line, refusal.reason, refusal.field or "", refusal.params))
            continue
        (changed if filled.paper in present else new).append(filled)
    Response.objects.bulk_create(new)
    Response.objects.bulk_update(changed, _FIELDS)
    return findings


@action
def write_aggregates(actor: Actor, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
    """Write aggregates of the past survey `about_id` as their rows say; questions and answers that its questionnaire
    knows are kept by their keys.
    """
    campaign = _locked(actor, about_id, Origin.AGGREGATES)
    document = read(campaign.version.document)
    rows = []
    for change in changes:
        values = change.after or change.before or {}
        question = rules.question_meant(document, str(values["question"]))
        option = rules.option_meant(document, question, str(values["option"]))
        group = "" if values["group"] == rules.EVERYBODY else str(values["group"])
        if change.after is None:
            Aggregate.objects.filter(campaign=campaign, question=question, group=group, option=option).delete()
            continue
        rows.append(
            Aggregate(
                campaign=campaign,
                question=question,
                group=group,
                option=option,
                count=int(str(values["count"])),
                base=int(str(values["base"])),
                source=str(values["source"] or ""),
            )
        )
    Aggregate.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["campaign", "question", "group", "option"],
        update_fields=["count", "base", "source"],
    )
    return []


def _locked(actor: Actor, campaign_id: int, origin: Origin) -> Campaign:
    """The past survey, so that nothing of it is erased meanwhile."""
    require(may_bring_past(actor))
    rows = Campaign.objects.select_for_update(no_key=True, of=("self",)).select_related("version")
    campaign = rows.filter(pk=campaign_id, network_id=actor.network_id, origin=origin.value).first()
    if campaign is None:
        raise Refusal(N_("This survey is no longer here."))
    if campaign.erased_at is not None:
        raise Refusal(ERASED)
    return campaign


def _remove(present: Mapping[str, Response], changes: Sequence[Change]) -> list[Finding]:
    lines = {str(change.before[about.NUMBER]): change.line for change in changes if change.before is not None}
    rows = {present[number].pk: number for number in lines if number in present}
    used = set(Coding.objects.filter(response__in=rows).values_list("response", flat=True))
    used |= set(Practice.objects.filter(response__in=rows).values_list("response", flat=True))
    Response.objects.filter(pk__in=rows.keys() - used).delete()
    return [Finding(lines[rows[pk]], IN_USE, about.NUMBER) for pk in used]


def _filled(campaign: Campaign, document: Document, row: Response | None, values: Mapping[str, Any]) -> Response:
    """A response as a row of the file says it. What a condition would not have asked, and is empty, was not asked."""
    if row is None:
        row = Response(
            campaign=campaign,
            version=campaign.version,
            channel=Channel.IMPORTED.value,
            state=ResponseState.COMPLETED.value,
            paper=str(values[about.NUMBER]),
        )
    row.answers = to_answers(document, _meant(campaign.network_id, document, values))
    row.unasked = [key for key in asked(document, row.answers).unasked if key not in row.answers]
    attributes = {name: values[key] for key, name in about.ATTRIBUTES.items() if values.get(key)}
    if values.get(about.MUNICIPALITY):
        attributes["municipality"] = place_meant(str(values[about.MUNICIPALITY]))[0]
    row.attributes = attributes
    completed = values.get(about.COMPLETED)
    timed = isinstance(completed, date) and not campaign.anonymous
    row.completed_at = datetime.combine(completed, _NOON, tzinfo=ROME) if timed else None
    return row


def _meant(network_id: int, document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with municipalities and organisations by their codes and numbers."""
    meant = dict(values)
    for placed in document.questions():
        key, kind = placed.question.key, placed.question.kind
        if meant.get(key) is None:
            continue
        if kind == Kind.MUNICIPALITY:
            meant[key] = place_meant(str(meant[key]))[0]
        elif kind == Kind.ORGANISATION:
            meant[key] = organisation_meant(network_id, str(meant[key]))
    return meant
