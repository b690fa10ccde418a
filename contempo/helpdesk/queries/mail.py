"""Mail that waits for a coordinator, and mail that was set aside: its list, and one message of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.verdict import require
from contempo.core.workflow import Look
from contempo.helpdesk.access import may_coordinate, visible_mail
from contempo.helpdesk.models import InboundMail, RawMail
from contempo.helpdesk.rules.mail import (
    NOTE_LABELS,
    OUTCOME_LABELS,
    REASON_LABELS,
    Outcome,
    Remark,
    parse,
)
from contempo.helpdesk.rules.mail.decisions import DECISION_LABELS
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row

WAITING, DECIDED, ASIDE = "da-decidere", "decise", "da-parte"
_LOOKS = {
    WAITING: Look(str(OUTCOME_LABELS[Outcome.QUARANTINE]), "warning", "it-clock"),
    DECIDED: Look("", "success", "it-check"),
    ASIDE: Look("", "neutral", "it-minus-circle"),
}
_FILED = (Outcome.NEW_QUESTION, Outcome.JOINED)


@dataclass(frozen=True)
class MailRow:
    """A message in the list; `state` says what became of it, `reason` why it waited."""

    id: int
    subject: str
    sender: str
    received_at: datetime
    state: Look
    reason: str
    url: str


COLUMNS = (
    Column("subject", _("Subject")),
    Column("sender", _("Sender"), sort="sender"),
    Column("received_at", _("Received"), sort="received_at"),
    Column("state", _("What became of it")),
    Column("reason", _("Why it waits")),
)


@dataclass(frozen=True)
class Enclosed:
    """A file in a message, by its name and size in bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class MailCard:
    """One message as a coordinator decides by it. `remarks` are sentences; `question` is the number it belongs to,
    empty for none."""

    id: int
    subject: str
    sender: str
    sender_name: str
    recipients: str
    received_at: datetime
    text: str
    full_text: str
    certified: bool
    state: Look
    reason: str
    remarks: tuple[str, ...]
    files: tuple[Enclosed, ...]
    waiting: bool
    question: str
    decision: str
    decision_reason: str
    decided_by: str
    decided_at: datetime | None


class _Filters(django_filters.FilterSet):
    """What the list may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Sender or subject"), method="find")
    stato = django_filters.ChoiceFilter(
        label=_("What became of it"),
        empty_label=_("Waits for a decision"),
        choices=[(DECIDED, _("Decided")), (ASIDE, _("Set aside by itself"))],
        method="as_it_is",
    )
    motivo = django_filters.ChoiceFilter(
        label=_("Why it waits"), empty_label=_("Any"), choices=choices(REASON_LABELS), field_name="reason"
    )

    class Meta:
        model = InboundMail
        fields: tuple[str, ...] = ()

    def find(self, rows: QuerySet[InboundMail], name: str, text: str) -> QuerySet[InboundMail]:
        """By a piece of the sender or of the subject."""
        return rows.filter(Q(sender__icontains=text.strip()) | Q(subject__icontains=text.strip()))

    def as_it_is(self, rows: QuerySet[InboundMail], name: str, value: str) -> QuerySet[InboundMail]:
        """The shelf is chosen before the filters."""
        return rows


def mail_list(actor: Actor, *, network: str, params: QueryDict) -> ListPage:
    """Mail that waits in the actor's network, or that was decided or set aside. Two SQL. Raises NotPermitted."""
    filters = _filters(actor, params)
    return build(filters, columns=COLUMNS, to_row=lambda row: _row(row, network), sort="-received_at")


def every_mail(actor: Actor, *, network: str, params: QueryDict) -> Iterator[MailRow]:
    """The same rows, for a file."""
    filters = _filters(actor, params)
    return every_row(filters, columns=COLUMNS, to_row=lambda row: _row(row, network), sort="-received_at")


def _filters(actor: Actor, params: QueryDict) -> _Filters:
    require(may_coordinate(actor))
    rows = visible_mail(actor, InboundMail.objects.defer("text"))
    shelf = params.get("stato", "")
    if shelf == DECIDED:
        rows = rows.filter(verdict=Outcome.QUARANTINE, waiting=False)
    elif shelf == ASIDE:
        rows = rows.exclude(verdict__in=[*_FILED, ""]).exclude(verdict=Outcome.QUARANTINE)
    else:
        rows = rows.filter(waiting=True)
    return _Filters(params, rows)


def _row(row: InboundMail, network: str) -> MailRow:
    return MailRow(
        id=row.pk,
        subject=row.subject or gettext("(without subject)"),
        sender=row.sender,
        received_at=row.received_at,
        state=_look(row),
        reason=gettext(REASON_LABELS[row.reason]) if row.reason else "",
        url=reverse("helpdesk:mail", kwargs={"network": network, "mail_id": row.pk}),
    )


def _look(row: InboundMail) -> Look:
    if row.waiting:
        return _LOOKS[WAITING]
    look = _LOOKS[DECIDED if row.decision else ASIDE]
    label = DECISION_LABELS[row.decision] if row.decision else OUTCOME_LABELS.get(row.verdict, "")
    return Look(label, look.tone, look.icon)


def mail_card(actor: Actor, mail_id: int) -> MailCard | None:
    """One message of the actor's network with what is in it, read anew from its bytes. Two SQL. Raises NotPermitted."""
    require(may_coordinate(actor))
    row = visible_mail(actor, InboundMail.objects.select_related("raw", "question", "decided_by")).filter(pk=mail_id)
    found = row.first()
    if found is None:
        return None
    mail = parse(bytes(found.raw.data))
    return MailCard(
        id=found.pk,
        subject=found.subject or gettext("(without subject)"),
        sender=found.sender,
        sender_name=mail.sender_name,
        recipients=", ".join(mail.recipients[:10]),
        received_at=found.received_at,
        text=mail.text,
        full_text="" if mail.full_text == mail.text else mail.full_text,
        certified=found.certified,
        state=_look(found),
        reason=gettext(REASON_LABELS[found.reason]) if found.reason else "",
        remarks=tuple(_sentence(Remark(**each)) for each in found.notes),
        files=tuple(Enclosed(each.name, len(each.content)) for each in mail.attachments),
        waiting=found.waiting,
        question=str(found.question.number) if found.question else "",
        decision=gettext(DECISION_LABELS[found.decision]) if found.decision else "",
        decision_reason=found.decision_reason,
        decided_by=str(found.decided_by) if found.decided_by else "",
        decided_at=found.decided_at,
    )


def _sentence(remark: Remark) -> str:
    return gettext(NOTE_LABELS[remark.note]) % {"name": remark.name, "count": remark.count}


def mail_bytes(actor: Actor, mail_id: int) -> bytes | None:
    """A message as it came, for whoever wants to look at it with a mail program. One SQL. Raises NotPermitted."""
    require(may_coordinate(actor))
    mails = visible_mail(actor, InboundMail.objects.filter(pk=mail_id))
    data = RawMail.objects.filter(mail__in=mails).values_list("data", flat=True).first()
    return None if data is None else bytes(data)


def outcomes(mail_ids: Iterable[int]) -> list[str]:
    """What became of messages, in the language in use, for the terminal of an operator. One SQL."""
    rows = InboundMail.objects.filter(pk__in=list(mail_ids)).select_related("question", "network").order_by("pk")
    return [
        " · ".join(
            filter(
                None,
                [
                    row.network.slug if row.network else "",
                    gettext(OUTCOME_LABELS[row.verdict]) if row.verdict else gettext("To be filed"),
                    gettext(REASON_LABELS[row.reason]) if row.reason else "",
                    f"#{row.question.number}" if row.question else "",
                ],
            )
        )
        for row in rows
    ]
