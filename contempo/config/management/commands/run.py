"""The whole platform, until Ctrl-C."""

from django.core.management.base import BaseCommand

from contempo.config.run import run


class Command(BaseCommand):
    help = "Brings the database up to date and runs the web server and the job worker until Ctrl-C."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        run()
