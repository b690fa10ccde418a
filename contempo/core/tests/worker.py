"""A real worker process for the tests, with a listener that does its work and then waits for a word before it ends."""

import os
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class WorkBegun:
    """Something for the listener to work on."""

    name: str


def work(event: WorkBegun) -> None:
    """Write something, say so on standard output, and go on only when a line comes in."""
    from django.contrib.auth.models import Group

    Group.objects.create(name=event.name)
    print("working", flush=True)
    sys.stdin.readline()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contempo.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from contempo.core.outbox import listen

    listen(WorkBegun, work)
    call_command("procrastinate", "worker")
