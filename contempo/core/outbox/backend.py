"""Django's e-mail backend: what Django and its applications send goes through the outbox too."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from contempo.core.outbox.mail import queue_mail


class OutboxBackend(BaseEmailBackend):
    """Puts each message into the outbox, once for each recipient: nobody sees who else received it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue `email_messages` and return their number. Raises `ValueError` for one with attachments."""
        with transaction.atomic():
            for message in email_messages:
                if message.attachments:
                    raise ValueError("The outbox carries text, not attachments: send a link.")
                html = [part.content for part in getattr(message, "alternatives", ()) if part.mimetype == "text/html"]
                for recipient in message.recipients():
                    queue_mail(
                        kind="account",
                        to=parseaddr(recipient)[1],
                        subject=str(message.subject),
                        text=str(message.body),
                        html=str(html[0]) if html else "",
                        reply_to=parseaddr(message.reply_to[0])[1] if message.reply_to else "",
                    )
        return len(email_messages)
