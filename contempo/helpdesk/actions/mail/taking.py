"""The way of every message, however it comes: kept, acknowledged, filed."""

import logging

from contempo.core.verdict import require
from contempo.helpdesk.access import may_run_installation
from contempo.helpdesk.actions.mail.placing import hold, left_behind, place
from contempo.helpdesk.actions.mail.polling import Fetched, mailbox_of, poll
from contempo.helpdesk.actions.mail.receiving import NoDesk, Received, only_desk, receive
from contempo.network.public import open_networks
from contempo.people.public import Actor

logger = logging.getLogger(__name__)


def take_in(
    actor: Actor,
    *,
    raw: bytes,
    sender: str | None = None,
    recipients: tuple[str, ...] = (),
    network_id: int | None = None,
    oversize: bool = False,
) -> tuple[Received, ...]:
    """Keep a message and file it. Once this returns the message is committed, filed or not; it raises otherwise.

    What cannot be filed at once is filed later (`file_left_behind`). Raises `NoDesk` when it is for no desk.
    """
    taken = receive(actor, raw=raw, sender=sender, recipients=recipients, network_id=network_id, oversize=oversize)
    for one in taken:
        try:
            place(actor, mail_id=one.mail_id)
        except Exception:
            logger.exception("mail %s is kept, but could not be filed yet", one.mail_id)
    return taken


def file_left_behind(actor: Actor) -> int:
    """File what a process that stopped has left; what fails again waits for a person. Tells how many there were."""
    require(may_run_installation(actor))
    numbers = left_behind()
    for mail_id in numbers:
        try:
            place(actor, mail_id=mail_id)
        except Exception:
            logger.exception("mail %s cannot be filed", mail_id)
            hold(actor, mail_id=mail_id)
    return len(numbers)


def fetch_mail(actor: Actor, *, url: str) -> int:
    """Take in the unread mail of the mailbox at `url`; tells how many messages. Raises `MailboxTrouble`.

    A message that names no desk is of the mailbox's own (`?network=`), or of the only desk there is; failing both it
    stays unread. So does one that could not be kept: the others do not wait for it.
    """
    mailbox = mailbox_of(url)
    network_id = network_called(mailbox.network) if mailbox.network else only_desk()

    def keep(fetched: Fetched) -> bool:
        try:
            take_in(actor, raw=fetched.raw, network_id=network_id, oversize=fetched.oversize)
        except NoDesk:
            logger.warning("mail in %s is for no desk", mailbox.folder)
            return False
        except Exception:
            logger.exception("mail in %s could not be kept", mailbox.folder)
            return False
        return True

    return poll(actor, mailbox=mailbox, keep=keep)


def network_called(slug: str) -> int | None:
    """The network with this slug."""
    return next((network.id for network in open_networks() if network.slug == slug), None)
