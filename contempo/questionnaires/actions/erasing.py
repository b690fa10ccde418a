"""Erasing personal data of campaigns that kept them as long as they may. Safe to run twice. See `rules.keeping`."""

from uuid import UUID

from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from contempo.core import audit, clock, files
from contempo.core.action import action
from contempo.core.verdict import require
from contempo.people.public import Actor
from contempo.questionnaires.access import may_run_installation
from contempo.questionnaires.models import (
    AnswerFile,
    Campaign,
    Coverage,
    Delegate,
    Invitation,
    Practice,
    Response,
    Sending,
    Target,
    Version,
)
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.keeping import is_over, keys_to_erase, names_people
from contempo.questionnaires.rules.states import CampaignState, CoverageState, Mode, ResponseState, UnitKind

ERASED = "erased:"
"""What the keys of units begin with whose names were erased."""


def campaigns_to_erase() -> list[int]:
    """The campaigns whose personal data are to go today, those that waited longest first. One SQL."""
    rows = Campaign.objects.filter(erased_at=None, state=CampaignState.CLOSED.value, keep_until__lt=clock.today())
    return list(rows.order_by("keep_until", "pk").values_list("pk", flat=True))


@action
def erase_campaign(actor: Actor, *, campaign_id: int) -> bool:
    """Erase what names people in a campaign; False when it is done already, or not yet to be done.

    All in one transaction: a campaign is never half erased.
    """
    require(may_run_installation(actor))
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if campaign.erased_at is not None or not is_over(CampaignState(campaign.state), campaign.keep_until, clock.today()):
        return False
    people = names_people(UnitKind(campaign.unit_kind))
    _erase_answers(campaign, people)
    if people or campaign.mode != Mode.IDENTIFIED:
        _unlink(campaign, people)
    _erase_contacts(campaign)
    campaign.erased_at = clock.now()
    campaign.save(update_fields=["erased_at"])
    return True


def _erase_answers(campaign: Campaign, people: bool) -> None:
    """Answers that name people, the files among them, and what else a response knows of who gave it."""
    responses = Response.objects.filter(campaign=campaign)
    for version in Version.objects.filter(pk__in=responses.order_by().values("version").distinct()):
        keys = list(keys_to_erase(read(version.document), people=people))
        if not keys:
            continue
        attached = AnswerFile.objects.filter(response__campaign=campaign, response__version=version, key__in=keys)
        owners = list(attached.values_list("pk", "file_id"))
        attached.delete()
        discard_files([file for _pk, file in owners])
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT, {"keys": keys, "campaign": campaign.pk, "version": version.pk})
    named = responses.filter(~Q(confirm_to="") | ~Q(paper=""))
    named.update(confirm_to="", paper="")


def discard_files(keys: list[UUID]) -> None:
    """Discard the stored files with these keys, and what was kept of them. One SQL without any."""
    found = files.Attachment.objects.filter(pk__in=keys)
    for attachment in found:
        files.discard(attachment.key, owner_kind=attachment.owner_kind, owner_id=attachment.owner_id)
        audit.forget(files.Attachment, [attachment.key], fields=("name", "uploaded_by"))


def _unlink(campaign: Campaign, people: bool) -> None:
    """Which response is whose is no longer known. What did not count before does not count afterwards."""
    speaks = Coverage.objects.filter(response=OuterRef("pk"))
    completed = Response.objects.filter(campaign=campaign, state=ResponseState.COMPLETED.value)
    doubled = completed.filter(Exists(speaks), ~Exists(speaks.filter(state=CoverageState.COUNTED.value)))
    doubled.update(state=ResponseState.EXCLUDED.value)
    Coverage.objects.filter(response__campaign=campaign).delete()
    Response.objects.filter(campaign=campaign, invitation__isnull=False).update(invitation=None)
    if people:
        nameless = Concat(Value(ERASED), Cast("pk", CharField()))
        Target.objects.filter(campaign=campaign).update(name="", search_name="", key=nameless)


def _erase_contacts(campaign: Campaign) -> None:
    Sending.objects.filter(invitation__campaign=campaign).delete()
    invitations = Invitation.objects.filter(campaign=campaign).filter(~Q(name="") | ~Q(email="") | ~Q(reason=""))
    invitations.update(name="", email="", search_name="", reason="")
    Target.objects.filter(campaign=campaign).filter(~Q(contact="") | ~Q(email="")).update(contact="", email="")
    practices = list(Practice.objects.filter(campaign=campaign).exclude(email="").values_list("pk", flat=True))
    Practice.objects.filter(pk__in=practices).update(email="")
    audit.forget(Practice, practices, fields=("email",))
    delegates = list(Delegate.objects.filter(campaign=campaign).exclude(email="").values_list("pk", flat=True))
    Delegate.objects.filter(pk__in=delegates).update(email="")
    audit.forget(Delegate, delegates, fields=("email",))


_WITHOUT = """
UPDATE questionnaires_response SET answers = answers - %(keys)s::text[]
WHERE campaign_id = %(campaign)s AND version_id = %(version)s AND answers ?| %(keys)s::text[]
"""
