"""E-mails: written in the transaction that causes them, sent after it."""

import logging
import re
import smtplib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email
from django.db import transaction

from contempo.core import clock
from contempo.core.jobs import defer, task
from contempo.core.outbox.models import Mail, MailState
from contempo.core.outbox.retries import next_try

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_OUR_HEADERS = frozenset(
    {"auto-submitted", "bcc", "cc", "content-type", "date", "from", "message-id", "mime-version", "reply-to", "sender"}
    | {"subject", "to"}
)


@dataclass(frozen=True)
class KeptMail:
    """An e-mail written but, with no mail server set, not sent. Its text may hold codes and links that sign in."""

    id: int
    at: datetime
    kind: str
    to: str
    subject: str
    text: str
    html: str
    reply_to: str
    headers: dict[str, str]


def queue_mail(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    network_id: int | None = None,
    person_id: int | None = None,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> str:
    """Write one e-mail to one address; it leaves as soon as the open transaction, if any, is committed.

    Returns its Message-ID, by which a reply to it can be recognised.

    `kind` says what it is for ("accession.admitted"); `headers` may add to ours ("List-Unsubscribe"). Without
    `settings.SMTP_URL` it is kept instead of sent. Raises `ValueError` for what could not be a header of an honest
    letter: addresses that are none, line breaks in a header, a header that is ours to write.
    """
    now = clock.now()
    mail = Mail(
        message_id=f"<{uuid.uuid4().hex}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}>",
        kind=kind,
        to=_address(to),
        subject=" ".join(subject.split()),
        text=text,
        html=html,
        reply_to=_address(reply_to) if reply_to else "",
        headers=_headers(headers or {}),
        network_id=network_id,
        person_id=person_id,
        state=MailState.QUEUED if settings.SMTP_URL else MailState.KEPT,
        at=now,
        due_at=now,
    )
    with transaction.atomic(savepoint=False):
        mail.save(force_insert=True)
        if mail.state == MailState.QUEUED:
            defer(send_mail, mail_id=mail.pk)
    return mail.message_id


def kept_mails(*, to: str = "", limit: int = 100) -> tuple[KeptMail, ...]:
    """The last `limit` e-mails kept instead of sent, newest first; only those to one address when `to` is given."""
    rows = Mail.objects.filter(state=MailState.KEPT, **({"to__iexact": to} if to else {})).order_by("-at", "-id")
    return tuple(
        KeptMail(
            id=row.pk,
            at=row.at,
            kind=row.kind,
            to=row.to,
            subject=row.subject,
            text=row.text,
            html=row.html,
            reply_to=row.reply_to,
            headers=row.headers,
        )
        for row in rows[:limit]
    )


def given_up(kind: str, *, since: datetime) -> dict[str, str]:
    """Why the e-mails of `kind` that were given up since an instant could not be sent, by Message-ID. One SQL."""
    rows = Mail.objects.filter(kind=kind, state=MailState.DEAD, finished_at__gte=since)
    return dict(rows.values_list("message_id", "error"))


@task(queue="outbox", retry=False)
def send_mail(mail_id: int) -> None:
    """Send one e-mail, if it is due and nobody else is sending it."""
    send(mail_id)


def send(mail_id: int) -> bool:
    """Try to send one e-mail; False when somebody else is at it or it is not due.

    The row stays locked while the mail server answers, so no two processes send it. If this process dies between the
    server's "accepted" and the note of it, the e-mail leaves again under the same Message-ID, by which mail programs
    recognise the double.
    """
    with transaction.atomic():
        due = Mail.objects.filter(pk=mail_id, state=MailState.QUEUED, due_at__lte=clock.now())
        mail = due.select_for_update(skip_locked=True).first()
        if mail is None:
            return False
        if not settings.SMTP_URL:
            mail.state, mail.finished_at = MailState.KEPT, clock.now()
        else:
            try:
                _message(mail).send()
            except Exception as error:
                logger.exception("mail %s failed", mail_id, extra={"kind": mail.kind})
                _postpone(mail, error)
            else:
                mail.state, mail.finished_at = MailState.SENT, clock.now()
                mail.text = mail.html = mail.error = ""
        mail.save(update_fields=["state", "attempts", "due_at", "finished_at", "error", "text", "html"])
    return True


def _postpone(mail: Mail, error: Exception) -> None:
    now = clock.now()
    mail.attempts += 1
    mail.error = f"{type(error).__name__}: {error}"
    due_at = None if _for_good(error) else next_try(mail.attempts, now)
    if due_at:
        mail.due_at = due_at
        defer(send_mail, at=due_at, mail_id=mail.pk)
    else:
        mail.state, mail.finished_at = MailState.DEAD, now


def _for_good(error: Exception) -> bool:
    """Whether the server refused this letter for ever (5xx), which no repetition will change."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused) and error.smtp_code >= 500


def _message(mail: Mail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={**mail.headers, "Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=_smtp(settings.SMTP_URL),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _smtp(url: str) -> EmailBackend:
    """The mail server of `smtp://user:password@host:port?tls=1` (STARTTLS) or `smtps://…` (TLS from the start)."""
    parts = urlsplit(url)
    at_once = parts.scheme == "smtps"
    return EmailBackend(
        host=parts.hostname,
        port=parts.port or (465 if at_once else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parse_qs(parts.query).get("tls") == ["1"],
        use_ssl=at_once,
        timeout=TIMEOUT_SECONDS,
    )


def _address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(f"{value!r} is not an e-mail address") from None
    return value


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _OUR_HEADERS:
            raise ValueError(f"{name!r} cannot be set from outside")
        if "\r" in value or "\n" in value:
            raise ValueError(f"{name}: a line break in a header")
    return dict(headers)
