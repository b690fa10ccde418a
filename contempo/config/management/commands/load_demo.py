"""The demo network."""

from django.core.management.base import BaseCommand

from contempo.config import demo


class Command(BaseCommand):
    help = "Loads the demo network; running it again changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        demo.load(lambda line: self.stdout.write(f"    {line}"))
