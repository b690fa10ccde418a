"""Taking mail in: the bytes are in the database before anybody is told that they have arrived."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_run_installation
from contempo.helpdesk.models import DeskPolicy, InboundMail, RawMail
from contempo.helpdesk.rules.mail import Envelope, Note, Outcome, Remark, parse, without_token
from contempo.people.public import Actor


@dataclass(frozen=True)
class Received:
    """A message in the database: its number, and whether it was there already."""

    mail_id: int
    known: bool


class NoDesk(Exception):
    """No desk has an address the message was sent to."""


def desks_of(addresses: Iterable[str]) -> dict[str, int]:
    """The networks whose desks have these addresses, tokens for replies left out; by address as given. One SQL."""
    asked = {address: without_token(address) for address in addresses}
    found = dict(
        DeskPolicy.objects.filter(mail_address__in=set(asked.values())).values_list("mail_address", "network_id")
    )
    return {address: found[plain] for address, plain in asked.items() if plain in found}


def only_desk() -> int | None:
    """The network of the only desk that reads mail; None when there are none or several. One SQL."""
    found = list(DeskPolicy.objects.exclude(mail_address="").values_list("network_id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


@action
def receive(
    actor: Actor,
    *,
    raw: bytes,
    sender: str | None = None,
    recipients: tuple[str, ...] = (),
    network_id: int | None = None,
    oversize: bool = False,
) -> tuple[Received, ...]:
    """Keep a message as it came, once for every desk it was sent to; the caller then files each (`placing.place`).

    `sender` and `recipients` are those of the envelope, when there is one. Without any the headers tell the desk, and
    `network_id` is the desk to take when they do not. `oversize` tells that `raw` is only the beginning of a message
    too large to be read. A message that has arrived before is found again and not kept twice. Raises `NoDesk`.
    """
    require(may_run_installation(actor))
    mail = parse(raw, Envelope(sender, recipients))
    desks = desks_of(recipients or mail.recipients)
    networks = dict.fromkeys(desks.values()) or dict.fromkeys(filter(None, [network_id]))
    if not networks:
        raise NoDesk
    remarks = (*mail.remarks, Remark(Note.TOO_BIG)) if oversize else mail.remarks
    row = InboundMail(
        header_id=mail.message_id[:500],
        digest=mail.digest,
        envelope_sender=(mail.envelope_sender or "")[:320],
        sender=mail.sender[:320],
        subject=mail.subject,
        text=mail.text,
        certified=mail.certified,
        received_at=now(),
        notes=[asdict(remark) for remark in remarks],
    )
    return tuple(
        _kept(row, _traced(raw, sender, to), network, to)
        for network in networks
        for to in [next((address for address, its in desks.items() if its == network), "")]
    )


def _traced(raw: bytes, sender: str | None, recipient: str) -> bytes:
    """The message with its envelope written on top, as the last server does (RFC 5321, section 4.4)."""
    lines = [] if sender is None else [f"Return-Path: <{sender}>", f"Delivered-To: {recipient}"]
    return b"".join(" ".join(line.split()).encode("utf-8", "replace") + b"\r\n" for line in lines) + raw


def _kept(row: InboundMail, raw: bytes, network_id: int, recipient: str) -> Received:
    """The row of a message in one network; a copy that comes at the same time waits for the first and finds it."""
    row.pk, row.network_id, row.recipient = None, network_id, recipient[:320]
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Received(InboundMail.objects.get(network_id=network_id, digest=row.digest).pk, known=True)
    RawMail.objects.create(mail=row, data=raw)
    return Received(row.pk, known=False)


def check_not_filed(row: InboundMail | None) -> InboundMail:
    """The row of a message that waits for a person; Refusal when somebody has decided already, or it is not there."""
    if row is None:
        raise Refusal(N_("This e-mail is not there any more."))
    if not row.waiting or row.verdict != Outcome.QUARANTINE:
        raise Refusal(N_("Somebody has decided about this e-mail already."))
    return row
