"""Beginning a survey of the past: when it was, what it asked, and what its table's columns are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.files import File

from contempo.core import files
from contempo.core.action import action
from contempo.core.clock import ROME, now
from contempo.core.imports import bringing
from contempo.core.imports.keeping import is_table
from contempo.core.imports.kinds import kind_called
from contempo.core.imports.models import ImportMapping, ImportRun
from contempo.core.imports.rules import MOST_BYTES
from contempo.core.imports.tables import signature
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_bring_past
from contempo.questionnaires.actions.holding import hold_campaign, next_number
from contempo.questionnaires.actions.making.numbers import next_number as next_questionnaire
from contempo.questionnaires.models import Campaign, Questionnaire, Version
from contempo.questionnaires.rules.digest import digest_of
from contempo.questionnaires.rules.document import Document, to_json
from contempo.questionnaires.rules.past.guessing import Column, made
from contempo.questionnaires.rules.states import CampaignState, Mode, Origin, Purpose, VersionState

OWNER = "questionnaires.past"
"""Whose the table is while a person says what its columns are: the campaign's."""

FROM_PAST = "past"
"""The `origin` of a questionnaire made of a table, or for aggregates alone."""


@dataclass(frozen=True)
class Past:
    """What is said of a survey of the past. `last` is its last day; `version_id` a published version it asked, None
    when its questionnaire is still to be made of its columns.
    """

    title: str
    since: date
    last: date
    origin: Origin
    mode: Mode
    unit_kind: str
    purpose: Purpose = Purpose.OTHER
    version_id: int | None = None
    results_public: bool = False


@action
def begin_past(actor: Actor, *, past: Past, upload: "File[bytes] | None" = None) -> Campaign:
    """Note a survey of the past. It is closed, ready for its data; one whose questionnaire is to be made of the table
    `upload` waits in preparation until its columns are told.

    Raises `Refusal` beside `last`, `version_id` or `file`.
    """
    require(may_bring_past(actor))
    network_id = actor.network_id
    if network_id is None:
        raise Refusal(N_("A survey belongs to a network."))
    if past.last < past.since:
        raise Refusal(N_("It cannot end before it begins."), field="last")
    if past.last >= now().astimezone(ROME).date():
        raise Refusal(N_("A survey of the past has ended: its last day is before today."), field="last")
    to_make = past.version_id is None and past.origin == Origin.IMPORTED
    if to_make and upload is None:
        raise Refusal(N_("Bring its table, or choose the questionnaire it asked."), field="file")
    version = _new_version(network_id, past, draft=to_make) if past.version_id is None else _chosen(past, network_id)
    closed_at = datetime.combine(past.last + timedelta(days=1), time(), tzinfo=ROME) - timedelta(minutes=1)
    campaign = Campaign.objects.create(
        network_id=network_id,
        number=next_number(network_id),
        questionnaire=version.questionnaire,
        version=version,
        title=past.title,
        mode=past.mode.value,
        origin=past.origin.value,
        state=(CampaignState.DRAFT if to_make else CampaignState.CLOSED).value,
        opens_at=datetime.combine(past.since, time(), tzinfo=ROME),
        closes_at=closed_at,
        unit_kind=past.unit_kind,
        editable=False,
        results_public=past.results_public,
        created_at=now(),
        opened_at=datetime.combine(past.since, time(), tzinfo=ROME),
        closed_at=closed_at,
    )
    if to_make and upload is not None:
        _keep(actor, campaign, upload)
    return campaign


@action
def tell_columns(actor: Actor, *, campaign_id: int, columns: Sequence[Column], heads: Sequence[str]) -> ImportRun:
    """Make the questionnaire of a table as `columns` say, publish it, and begin the import of the table with them.

    Raises `Refusal` when the questionnaire would not do, or was made already.
    """
    campaign = hold_campaign(actor, campaign_id)
    require(may_bring_past(actor))
    version = Version.objects.select_for_update().get(pk=campaign.version_id)
    if version.state != VersionState.DRAFT or campaign.origin != Origin.IMPORTED:
        raise Refusal(N_("The questionnaire of this survey is made already."))
    found = made(columns)
    _publish(actor, version, found.document)
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED.value)
    kind = kind_called(f"{OWNER}-{campaign.pk}")
    if kind is None:
        raise Refusal(N_("This survey is no longer here."))
    ImportMapping.objects.update_or_create(
        kind=kind.key,
        about_id=campaign.pk,
        signature=signature(heads),
        defaults={"heads": list(heads), "mapping": found.mapping, "used_at": now()},
    )
    for attachment in files.attachments_of(OWNER, campaign.pk):
        with attachment.path.open("rb") as content:
            upload = File(content, name=attachment.name)
            run = bringing.bring_file(actor, kind=kind, about_id=campaign.pk, upload=upload)
        files.discard_all(owner_kind=OWNER, owner_id=campaign.pk)
        return run
    raise Refusal(N_("The table is no longer here: bring it again."))


def _keep(actor: Actor, campaign: Campaign, upload: "File[bytes]") -> None:
    attachment = files.accept(
        upload,
        network_id=campaign.network_id,
        owner_kind=OWNER,
        owner_id=campaign.pk,
        purpose="import",
        person_id=actor.person_id,
        most_bytes=MOST_BYTES,
    )
    if not is_table(attachment):
        raise Refusal(N_("“%(name)s” is no table: bring a CSV or an XLSX file."), field="file", name=attachment.name)


def _chosen(past: Past, network_id: int) -> Version:
    rows = Version.objects.filter(questionnaire__network_id=network_id, questionnaire__organisation=None)
    version = (
        rows.filter(pk=past.version_id, state=VersionState.PUBLISHED.value).select_related("questionnaire").first()
    )
    if version is None:
        raise Refusal(N_("Choose a published version of a questionnaire."), field="version_id")
    return version


def _new_version(network_id: int, past: Past, *, draft: bool) -> Version:
    """A questionnaire of its own: to be made of a table, or without questions for aggregates alone."""
    questionnaire = Questionnaire.objects.create(
        network_id=network_id,
        number=next_questionnaire(network_id),
        title=past.title,
        purpose=past.purpose.value,
        origin=FROM_PAST,
        created_at=now(),
    )
    version = Version(questionnaire=questionnaire, number=1, document=to_json(Document()), changed_at=now())
    if not draft:
        version.state, version.digest = VersionState.PUBLISHED.value, digest_of(Document())
        version.published_at = now()
    version.save()
    return version


def _publish(actor: Actor, version: Version, document: Document) -> None:
    version.document, version.digest = to_json(document), digest_of(document)
    version.state, version.changed_at, version.published_at = VersionState.PUBLISHED.value, now(), now()
    version.published_by_id = actor.person_id
    version.save()
