"""One invitation: where it stands, its story, and what may be done with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from contempo.core.workflow import Look
from contempo.questionnaires.access import code_of, may_see_link, visible_invitations, whos
from contempo.questionnaires.models import Invitation
from contempo.questionnaires.queries.invitations.listing import called
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.states import CHANNEL_LABELS, INVITATION, CampaignState
from contempo.web.timeline import Entry

NOTED = ("bounce", "refuse", "exclude")


@dataclass(frozen=True)
class InvitationPage:
    """What the page of an invitation shows. `link` is empty for who may not have it; `steps` are what may be noted."""

    invitation: Invitation
    name: str
    look: Look
    channel: str
    link: str
    entries: tuple[Entry, ...]
    steps: tuple[tuple[str, str], ...]
    may_change: bool
    may_replace: bool
    waits: bool
    replaced_by: str
    replaces: tuple[tuple[str, str], ...]


def invitation_page(opened: OpenedCampaign, number: int) -> InvitationPage | None:
    """An invitation the reader follows; None when there is none of this number. Four SQL."""
    rows = Invitation.objects.select_related("target", "delegate__organisation", "municipality", "replaced_by")
    invitation = visible_invitations(opened.part, rows).filter(pk=number).first()
    if invitation is None:
        return None
    running = opened.campaign.state != CampaignState.CLOSED
    steps = INVITATION.available(invitation.state, whos(opened.part)) if running else ()
    names = [step.name for step in steps]
    former = Invitation.objects.filter(replaced_by=invitation).order_by("pk")
    by = invitation.replaced_by
    return InvitationPage(
        invitation=invitation,
        name=called(invitation),
        look=INVITATION.looks[invitation.state],
        channel=_(CHANNEL_LABELS[invitation.channel]),
        link=link_of(opened, invitation),
        entries=tuple(sorted(_entries(opened, invitation), key=lambda entry: entry.at, reverse=True)),
        steps=tuple((step.name, _(step.label)) for step in steps if step.name in NOTED),
        may_change=running and invitation.state not in ("completed", "replaced"),
        may_replace="replace" in names,
        waits=invitation.asked_at is not None,
        replaced_by=opened.url("invitation", invitation=by.pk) if by else "",
        replaces=tuple((one.name or one.email, opened.url("invitation", invitation=one.pk)) for one in former),
    )


def link_of(opened: OpenedCampaign, invitation: Invitation) -> str:
    """The whole address by which an invitation is answered; empty for who may not have it."""
    if not may_see_link(opened.part, invitation):
        return ""
    return answer_link(opened.campaign.network.slug, invitation)


def answer_link(network: str, invitation: Invitation) -> str:
    """The whole address by which an invitation is answered."""
    return f"{settings.SITE_URL}/{network}/r/{code_of(invitation)}/"


def _entries(opened: OpenedCampaign, invitation: Invitation) -> Iterator[Entry]:
    for sending in invitation.sendings.all():
        if sending.reminder:
            title = _("Reminder %(number)s sent") % {"number": sending.reminder}
        else:
            title = _("Invitation sent")
        yield Entry(at=sending.at, title=title, text=sending.address if opened.part.keeps else "", icon="it-mail")
        if sending.bounced_at:
            yield Entry(
                at=sending.bounced_at,
                title=_("The letter came back"),
                text=sending.why,
                tone="danger",
                icon="it-close-circle",
            )
    if invitation.changed_at and invitation.state not in ("prepared", "sent", "bounced"):
        yield _now(invitation, invitation.changed_at)


def _now(invitation: Invitation, at: datetime) -> Entry:
    look = INVITATION.looks[invitation.state]
    reason = _(invitation.reason) if invitation.reason else ""
    return Entry(at=at, title=_(look.label), text=reason, tone=look.tone, icon=look.icon)
