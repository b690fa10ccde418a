"""Certified mail (PEC): envelopes opened, receipts and anomalies told apart.

Source: RFC 6109 and the technical rules of the decree of 2 November 2005. A provider delivers a message inside an
envelope of transport (`X-Trasporto: posta-certificata`, the original as postacert.eml); it answers with receipts
(`X-Ricevuta`); what comes to a certified box from ordinary mail travels in an envelope of anomaly
(`X-Trasporto: errore`), for which no provider vouches. The provider's signature is not verified here: an envelope gives
its sender no more credit than ordinary mail has.
"""

from collections.abc import Iterator

from contempo.helpdesk.rules.mail import headers
from contempo.helpdesk.rules.mail.parts import Part

TRANSPORT = "posta-certificata"
ANOMALY = "errore"

FAILURES = frozenset({"non-accettazione", "errore-consegna", "preavviso-errore-consegna", "rilevazione-virus"})
"""Receipts that say the message has not arrived, or may not have."""


def receipt(part: Part) -> str:
    """The kind of receipt a message is (`accettazione`, `avvenuta-consegna`, …); "" for none."""
    return _value(part, "x-ricevuta")


def transport(part: Part) -> str:
    """`TRANSPORT`, `ANOMALY`, or "" for a message that is no envelope."""
    value = _value(part, "x-trasporto")
    return value if value in (TRANSPORT, ANOMALY) else ""


def original(part: Part) -> bytes | None:
    """The message an envelope holds: the part named postacert.eml, or the only attached message; None for none."""
    attached = [held for held in _outer_parts(part) if _is_message(held)]
    named = [held for held in attached if held.file_name.strip().lower() == "postacert.eml"]
    chosen = (named or attached)[:1]
    return chosen[0].content() if chosen else None


def referred(part: Part) -> tuple[str, ...]:
    """The message a receipt tells of (`X-Riferimento-Message-ID`)."""
    return headers.message_ids(part.head, "x-riferimento-message-id")


def vouched_sender(part: Part) -> str:
    """The sender an envelope names outside: its Reply-To, which providers set to the sender of the original; or ""."""
    return next(iter(headers.addresses(part.head, "reply-to")), "")


def _value(part: Part, name: str) -> str:
    return headers.first(part.head, name).strip().lower()


def _is_message(part: Part) -> bool:
    return part.type == "message/rfc822" or part.file_name.strip().lower() == "postacert.eml"


def _outer_parts(part: Part) -> Iterator[Part]:
    yield part
    for held in part.parts:
        yield from _outer_parts(held)
