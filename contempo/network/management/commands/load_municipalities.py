"""`python -m contempo load_municipalities`."""

from django.core.management.base import BaseCommand

from contempo.network.actions.reference import load_municipalities
from contempo.people.public import SYSTEM


class Command(BaseCommand):
    help = "Load the municipalities of Italy; running it again brings them up to date."

    def handle(self, *args: object, **options: object) -> None:
        count = load_municipalities(SYSTEM)
        self.stdout.write(f"{count} municipalities.")
