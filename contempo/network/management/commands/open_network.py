"""Command: open a network and invite its first coordinator."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import override

from contempo.core.verdict import Refusal
from contempo.network.actions.networks import open_network
from contempo.people.public import SYSTEM, NetworkRole, invite
from contempo.web.sentences import sentence


class Command(BaseCommand):
    """`python -m contempo open_network milano --name … --short-name … --email … --coordinator …`"""

    help = "Open a territorial network and invite its first coordinator by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="address of the network: small letters, digits and hyphens")
        parser.add_argument("--name", required=True, help="full name, as in its agreement")
        parser.add_argument("--short-name", required=True, help="name used where there is little room")
        parser.add_argument("--email", required=True, help="e-mail of the agency, shown to the public")
        parser.add_argument("--coordinator", required=True, metavar="EMAIL", help="who receives the invitation")

    def handle(self, *args: object, **options: str) -> None:
        for option in ("email", "coordinator"):
            _check_email(option, options[option])
        try:
            with override(settings.LANGUAGE_CODE), transaction.atomic():
                network = open_network(
                    SYSTEM,
                    slug=options["slug"],
                    name=options["name"],
                    short_name=options["short_name"],
                    contact_email=options["email"],
                )
                invite(SYSTEM, email=options["coordinator"], role=NetworkRole.COORDINATOR, network_id=network.id)
        except Refusal as refusal:
            with override("en"):
                raise CommandError(sentence(refusal)) from refusal
        self.stdout.write(f"{network.name} is open at {settings.SITE_URL}/{network.slug}/")
        self.stdout.write(f"An invitation to coordinate it has been sent to {options['coordinator']}.")


def _check_email(option: str, value: str) -> None:
    try:
        validate_email(value)
    except ValidationError:
        raise CommandError(f"--{option}: “{value}” is not an e-mail address.") from None
