"""Reminders of the step that is the organisation's: asked for by the agency, or leaving by themselves."""

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from contempo.core import clock
from contempo.core.outbox import queue_mail
from contempo.network.actions.accession.story import tell_applicant
from contempo.network.models import AccessionRequest, EntryKind, RequestEntry
from contempo.network.rules.accession import State
from contempo.people.public import Actor, letter


def send_reminder(actor: Actor, request: AccessionRequest) -> None:
    """Remind the applicant of a locked request, and note it in its story."""
    request.reminded_at = clock.now()
    request.save(update_fields=["reminded_at"])
    RequestEntry.objects.create(
        request=request, at=request.reminded_at, kind=EntryKind.REMINDER, person_id=actor.person_id
    )
    if request.applicant_id:
        tell_applicant(request, _("One step is left"), _REMINDERS[State(request.state)])
    else:
        _remind_by_mail(request)


_REMINDERS = {
    State.CHANGES_ASKED: _("The agency of %(network)s awaits the changes it asked for."),
    State.ADMITTED: _("The agreement of %(network)s awaits the signature of the legal representative."),
    State.DRAFT: _("The draft of your request to join %(network)s is kept: go on when you like."),
}


def _remind_by_mail(request: AccessionRequest) -> None:
    """Remind who began a draft without an account and left an address."""
    network = request.network
    with override(request.language):
        text, html = letter(
            greeting=gettext("Hello,"),
            paragraphs=[
                gettext("the draft of your request to join %(network)s is kept: go on when you like.")
                % {"network": network.name},
                gettext("The link that opens it is in the last e-mail we sent you."),
            ],
            footer=[gettext("If you no longer wish to join, you need do nothing: this is the only reminder.")],
        )
        queue_mail(
            kind="accession.draft",
            to=request.contact_email,
            subject=gettext("Your request to join %(network)s awaits you") % {"network": network.short_name},
            text=text,
            html=html,
            network_id=network.id,
            reply_to=network.contact_email,
        )
