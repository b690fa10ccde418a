"""Telling people what concerns them, and how they want to hear it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.outbox import queue_mail
from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.people.actions.mails import Button, Line, absolute, letter, stop_headers, stop_path
from contempo.people.models import Notification, NotificationChoice, Person
from contempo.people.rules import DIGEST, Actor, Delivery, Kind, networks, notification_kind, notification_kinds

_TITLE_LENGTH = Notification._meta.get_field("title").max_length or 0


@transaction.atomic
def notify(
    person_ids: Iterable[int],
    *,
    kind: str,
    network_id: int,
    title: str | Promise,
    text: str | Promise,
    url: str,
) -> None:
    """Tell each person once, in the page and as each chose by mail; call it inside the action that did the thing.

    `title` (at most 200 characters) and `text` may be lazy (`gettext_lazy`, `format_lazy`): they are written in each
    person's language. `url` is a path of this site. `kind` must be registered (KeyError).
    """
    known = notification_kind(kind)
    wanted = set(person_ids)
    choices = dict(NotificationChoice.objects.filter(person__in=wanted, kind=kind).values_list("person", "delivery"))
    sender = networks([network_id]).get(network_id)
    told_at = now()
    told = []
    for person in Person.objects.filter(pk__in=wanted, is_active=True).order_by("pk"):
        delivery = choices.get(person.pk, known.default.value)
        with translation.override(person.language):
            notification = Notification(
                person=person,
                network_id=network_id,
                kind=kind,
                title=str(title)[:_TITLE_LENGTH],
                text=str(text),
                url=url,
                at=told_at,
                delivery=delivery,
                mailed_at=told_at if delivery == Delivery.NOW else None,
            )
            if delivery == Delivery.NOW:
                _mail_now(notification, known, sender.name if sender else "Contempo")
        told.append(notification)
    Notification.objects.bulk_create(told)


def _mail_now(notification: Notification, kind: Kind, sender: str) -> None:
    person = notification.person
    stop = absolute(stop_path(person.pk, kind.name))
    why = gettext("You receive this from %(sender)s because you want to hear at once about: %(kind)s.")
    text, html = letter(
        greeting=_greeting(person),
        paragraphs=[notification.title, *filter(None, [notification.text])],
        button=Button(gettext("Open the page"), absolute(notification.url)),
        footer=[why % {"sender": sender, "kind": gettext(kind.label)}],
        links=[_to_choices(), Button(gettext("Stop these e-mails"), stop)],
    )
    queue_mail(
        kind=kind.name,
        to=person.email or "",
        subject=notification.title,
        text=text,
        html=html,
        network_id=notification.network_id,
        person_id=person.pk,
        headers=stop_headers(stop),
    )


def _greeting(person: Person) -> str:
    return gettext("Hello %(name)s,") % {"name": person.get_short_name()}


def _to_choices() -> Button:
    return Button(gettext("Choose what to receive"), absolute(reverse("people:choices")))


@action
def mark_read(actor: Actor, *, notification_id: int) -> str:
    """Mark one notification of the actor as read and return the path it leads to; Refusal when it is not theirs."""
    notification = Notification.objects.filter(pk=notification_id, person=actor.person_id).first()
    if notification is None:
        raise Refusal(N_("This notification is not there any more."))
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=now())
    return notification.url


@action
def mark_all_read(actor: Actor, *, network_id: int) -> int:
    """Mark everything the actor was told in the network by now as read; returns how many were unread."""
    moment = now()
    told = Notification.objects.filter(person=actor.person_id, network_id=network_id, at__lte=moment)
    return told.filter(read_at=None).update(read_at=moment)


@action
def choose_deliveries(actor: Actor, *, choices: dict[str, Delivery]) -> None:
    """Keep how the actor wants to hear each kind of `choices`; unknown kinds are refused."""
    if actor.person_id is None:
        raise NotPermitted(N_("Sign in to choose what to receive."))
    _keep(actor.person_id, choices)


@action
def stop_mails(actor: Actor, *, person_id: int, kind: str) -> None:
    """Write no more mails of `kind` to the person: the notifications stay in the page.

    For whoever holds the signed address, also without signing in. `DIGEST` stops every kind that goes in the summary.
    """
    if not Person.objects.filter(pk=person_id, is_active=True).exists():
        return
    stopped = [kind]
    if kind == DIGEST:
        chosen = dict(NotificationChoice.objects.filter(person=person_id).values_list("kind", "delivery"))
        stopped = [k.name for k in notification_kinds() if chosen.get(k.name, k.default) == Delivery.DIGEST]
    _keep(person_id, dict.fromkeys(stopped, Delivery.NEVER))


def _keep(person_id: int, choices: dict[str, Delivery]) -> None:
    if set(choices) - {kind.name for kind in notification_kinds()}:
        raise Refusal(N_("This kind of notification does not exist."))
    for kind, delivery in sorted(choices.items()):
        NotificationChoice.objects.update_or_create(
            person_id=person_id, kind=kind, defaults={"delivery": Delivery(delivery).value}
        )


@action
def send_digest(actor: Actor, *, person_id: int, until: datetime) -> bool:
    """Put in one mail what the person has not read among what waits for the morning summary, up to `until`.

    Safe to run twice: what was put in a mail is not put in another. Returns whether a mail was queued.
    """
    waiting = list(
        Notification.objects.select_for_update(of=("self",))
        .filter(person=person_id, delivery=Delivery.DIGEST, read_at=None, mailed_at=None, at__lte=until)
        .filter(person__is_active=True)
        .select_related("person")
        .order_by("network_id", "at", "pk")
    )
    if not waiting:
        return False
    _mail_digest(waiting[0].person, waiting)
    Notification.objects.filter(pk__in=[notification.pk for notification in waiting]).update(mailed_at=now())
    return True


def _mail_digest(person: Person, waiting: list[Notification]) -> None:
    count = len(waiting)
    stop = absolute(stop_path(person.pk, DIGEST))
    with translation.override(person.language):
        subject = ngettext("%(count)s piece of news for you", "%(count)s pieces of news for you", count)
        text, html = letter(
            greeting=_greeting(person),
            paragraphs=[gettext("here is what is new and you have not read yet.")],
            lines=[Line(entry.title, entry.text, absolute(entry.url)) for entry in waiting],
            footer=[gettext("You receive this summary because you chose it for some kinds of notification.")],
            links=[_to_choices(), Button(gettext("Stop the summary"), stop)],
        )
    queue_mail(
        kind=DIGEST,
        to=person.email or "",
        subject=subject % {"count": count},
        text=text,
        html=html,
        person_id=person.pk,
        headers=stop_headers(stop),
    )
