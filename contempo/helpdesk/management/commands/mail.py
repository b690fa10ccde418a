"""Command: mail for the desk, listened for, fetched, or read from files."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from contempo.helpdesk.actions.mail.polling import MailboxTrouble
from contempo.helpdesk.actions.mail.receiving import NoDesk, only_desk
from contempo.helpdesk.actions.mail.taking import fetch_mail, network_called, take_in
from contempo.helpdesk.management.listener import listen, place_of
from contempo.helpdesk.queries.mail import outcomes
from contempo.helpdesk.rules.mail import MAX_BYTES
from contempo.people.public import SYSTEM

DEFAULT_PLACE = "smtp://127.0.0.1:2525"


class Command(BaseCommand):
    """`python -m contempo mail listen | ingest FILE… | poll`"""

    help = "Take in mail for the desk: listen for it, fetch it from a mailbox, or read it from files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True, metavar="listen | ingest | poll")
        listening = ways.add_parser("listen", help="be a mail server (SMTP or LMTP) for the addresses of the desks")
        listening.add_argument(
            "address", nargs="?", help=f"where, such as lmtp://127.0.0.1:2424; else MAIL_LISTEN, else {DEFAULT_PLACE}"
        )
        reading = ways.add_parser("ingest", help="read messages from files")
        reading.add_argument("files", nargs="+", type=Path, metavar="FILE.eml")
        reading.add_argument("--network", default="", help="network of messages that name no desk")
        ways.add_parser("poll", help="fetch the unread mail of the mailbox named by IMAP_URL")

    def handle(self, *args: object, **options: object) -> None:
        {"listen": self._listen, "ingest": self._ingest, "poll": self._poll}[str(options["way"])](options)

    def _listen(self, options: dict[str, object]) -> None:
        try:
            place = place_of(str(options["address"] or settings.MAIL_LISTEN or DEFAULT_PLACE))
            self.stdout.write(f"Listening for {place.protocol.upper()} on {place.host}:{place.port}")
            listen(place)
        except (ValueError, OSError) as problem:
            raise CommandError(str(problem)) from None

    def _ingest(self, options: dict[str, object]) -> None:
        slug = str(options["network"])
        network_id = network_called(slug) if slug else only_desk()
        if slug and network_id is None:
            raise CommandError(f"There is no network {slug}.")
        refused = [line for file in options["files"] for line in self._read(file, network_id)]  # type: ignore[attr-defined]
        if refused:
            raise CommandError("\n".join(refused))

    def _read(self, file: Path, network_id: int | None) -> Iterator[str]:
        """Take in one file; gives what went wrong with it."""
        try:
            size = file.stat().st_size
            if size > MAX_BYTES:
                raise CommandError(f"larger than {MAX_BYTES >> 20} MB")
            taken = take_in(SYSTEM, raw=file.read_bytes(), network_id=network_id)
        except NoDesk:
            yield f"{file}: no desk has an address this message was sent to"
        except (OSError, CommandError) as problem:
            yield f"{file}: {problem}"
        else:
            for line in outcomes([one.mail_id for one in taken]):
                self.stdout.write(f"{file}: {line}")

    def _poll(self, options: dict[str, object]) -> None:
        if not settings.IMAP_URL:
            raise CommandError("IMAP_URL names no mailbox.")
        try:
            self.stdout.write(f"Taken in: {fetch_mail(SYSTEM, url=settings.IMAP_URL)}")
        except (MailboxTrouble, ValueError) as problem:
            raise CommandError(str(problem)) from None
