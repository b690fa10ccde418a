"""A real worker process for the tests: at the third batch it says so and waits for a word, unless told to go on."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from contempo.core.imports import Change, Finding


def main(waits: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contempo.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from contempo.core.imports import people, register_kind, writing
    from contempo.core.tests.conftest import Somebody
    from contempo.core.tests.imports import staff

    batches = []

    def write(actor: Any, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
        found = staff.write(actor, about_id=about_id, changes=changes)
        batches.append(changes)
        if waits and len(batches) == 3:
            print("working", flush=True)
            sys.stdin.readline()
        return found

    people.register_people(actor_of=Somebody, names=lambda ids: {})
    register_kind(replace(staff.STAFF, write=write))
    writing.BATCH = 3
    call_command("procrastinate", "worker", "--one-shot") if not waits else call_command("procrastinate", "worker")
