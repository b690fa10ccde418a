"""The transactional outbox: facts for other contexts and e-mails, told only if what caused them is committed.

Each is first a row, written in the same transaction as its cause, then a job that delivers it; a sweep every minute
finds what a dead worker left behind.
"""

from contempo.core.outbox.delivery import deliver_pending
from contempo.core.outbox.events import listen, publish
from contempo.core.outbox.mail import KeptMail, given_up, kept_mails, queue_mail

__all__ = ["KeptMail", "deliver_pending", "given_up", "kept_mails", "listen", "publish", "queue_mail"]
