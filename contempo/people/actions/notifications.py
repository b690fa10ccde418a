"""Telling people what concerns them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import translation

from contempo.core.clock import now
from contempo.people.models import Notification, NotificationChoice, Person
from contempo.people.rules import notification_kind


@transaction.atomic
def notify(person_ids: Iterable[int], *, kind: str, network_id: int, title: str, text: str, url: str) -> None:
    """Tell each person once, in the page and as each chose by mail, in the same transaction as what happened.

    `title` (at most 200 characters) and `text` may be lazy (`gettext_lazy`, `format_lazy`): they are written in each
    person's language. `url` is a path of this site. `kind` must be registered (KeyError).
    """
    default = notification_kind(kind).default
    wanted = set(person_ids)
    choices = dict(NotificationChoice.objects.filter(person__in=wanted, kind=kind).values_list("person", "delivery"))
    told = []
    for person in Person.objects.filter(pk__in=wanted, is_active=True).order_by("pk"):
        with translation.override(person.language):
            told.append(
                Notification(
                    person=person,
                    network_id=network_id,
                    kind=kind,
                    title=str(title)[:200],
                    text=str(text),
                    url=url,
                    at=now(),
                    delivery=choices.get(person.pk, default),
                )
            )
    Notification.objects.bulk_create(told)
