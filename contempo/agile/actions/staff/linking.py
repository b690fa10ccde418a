"""Linking the rows of the staff to persons: invitations by mail, and whoever says "this is me"."""

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from contempo.agile.access import claimable_workers, may_run_installation
from contempo.agile.actions.staff.standing import GONE_EMPLOYER, begin, begin_with_worker
from contempo.agile.events import InvitationsAsked
from contempo.agile.models import Employer, Worker
from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish, queue_mail
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor, Button, letter, verified_addresses

BATCH = 200
"""Letters written in one transaction."""

NOBODY_TO_INVITE = N_("Nobody is left to invite: who has an e-mail address is linked, or was invited already.")
NOT_YOURS = N_("No open row of the staff has an address you have verified. Human resources can put the right one in.")


def to_invite(employer_id: int) -> QuerySet[Worker]:
    """Who works at the employer, has an address, is not linked and was never invited."""
    rows = Worker.objects.filter(employer_id=employer_id, present=True, person=None, invitation_asked_at=None)
    return rows.exclude(email="")


@action
def ask_invitations(actor: Actor, *, employer_id: int) -> int:
    """Have everybody invited who is not linked yet and was not invited; how many they are. The letters go out later.

    Refusal when nobody is left.
    """
    employer, _part = begin(actor, employer_id)
    asked = to_invite(employer.pk).update(invitation_asked_at=clock.now())
    if not asked:
        raise Refusal(NOBODY_TO_INVITE)
    publish(InvitationsAsked(employer_id=employer.pk), network_id=employer.network_id)
    return asked


@action
def invite_worker(actor: Actor, *, worker_id: int) -> Worker:
    """Invite one worker, or invite them again."""
    worker = begin_with_worker(actor, worker_id)
    if worker.person_id is not None:
        raise Refusal(N_("This worker is linked to a person already."))
    if not worker.email:
        raise Refusal(N_("Write the e-mail address of this worker first."))
    worker.invitation_asked_at = clock.now()
    worker.save(update_fields=["invitation_asked_at"])
    _send([worker])
    return worker


@action
def send_invitations(actor: Actor, *, employer_id: int) -> int:
    """Mail the next invitations that were asked for; how many. While there were any, what follows is asked for too."""
    require(may_run_installation(actor))
    waiting = Worker.objects.filter(employer_id=employer_id, person=None, invitation_asked_at__isnull=False)
    waiting = waiting.filter(Q(invited_at=None) | Q(invited_at__lt=F("invitation_asked_at"))).exclude(email="")
    rows = list(waiting.select_for_update(no_key=True, skip_locked=True).order_by("pk")[:BATCH])
    if rows:
        _send(rows)
        publish(InvitationsAsked(employer_id=employer_id), network_id=rows[0].employer.network_id)
    return len(rows)


@action
def claim_worker(actor: Actor, *, employer_id: int, worker_id: int | None = None) -> Worker:
    """Link the row that bears a verified address of the actor; `worker_id` names it where there are several.

    Refusal when there is none. Done already: nothing happens.
    """
    employer = Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()
    if employer is None or employer.network_id != actor.network_id:
        raise Refusal(GONE_EMPLOYER)
    if actor.person_id is not None:
        mine = Worker.objects.filter(employer=employer, person_id=actor.person_id).first()
        if mine is not None:
            return mine
    rows = claimable_workers(actor, Worker.objects.filter(employer=employer), verified_addresses(actor.person_id))
    if worker_id is not None:
        rows = rows.filter(pk=worker_id)
    if (worker := rows.order_by("number").first()) is None:
        raise Refusal(NOT_YOURS)
    worker.person_id = actor.person_id
    worker.save(update_fields=["person"])
    return worker


def _send(workers: list[Worker]) -> None:
    """One letter to each, and the moment it was written."""
    now = clock.now()
    employer = Employer.objects.select_related("network", "organisation").get(pk=workers[0].employer_id)
    with translation.override("it"):
        for worker in workers:
            worker.invited_at = now
            _mail(employer, worker)
    Worker.objects.bulk_update(workers, ["invited_at"])


def _mail(employer: Employer, worker: Worker) -> None:
    facts = {"employer": employer.organisation.name, "number": worker.number, "email": worker.email}
    path = reverse("agile:join", args=[employer.network.slug, employer.organisation.slug])
    text, html = letter(
        greeting=gettext("Hello,"),
        paragraphs=[
            gettext("%(employer)s runs agile work on Contempo: you plan your days there, and see what is held on you.")
            % facts,
            gettext(
                "You are on the staff with number %(number)s. To enter you write a code that we mail you: no password."
            )
            % facts,
        ],
        button=Button(gettext("Come in"), f"{settings.SITE_URL}{path}"),
        footer=[gettext("This message is for %(email)s. If it is not for you, ignore it: nothing happens.") % facts],
    )
    queue_mail(
        kind="agile.invitation",
        to=worker.email,
        subject=gettext("Your agile work at %(employer)s") % facts,
        text=text,
        html=html,
        network_id=employer.network_id,
    )
