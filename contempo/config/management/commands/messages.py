"""Translation catalogues: update from the sources, compile, check."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contempo.config import messages


class Command(BaseCommand):
    help = "Updates the translation catalogues from the sources and compiles them."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("context", nargs="*", help="default: every context")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--compile", action="store_true", help="only compile what changed")
        what.add_argument("--check", action="store_true", help="fail on anything missing, untranslated or outdated")

    def handle(self, *args: object, **options: Any) -> None:
        only: list[str] = options["context"]
        if unknown := set(only) - set(messages.contexts()):
            raise CommandError(f"No such context: {', '.join(sorted(unknown))}.")
        if options["check"]:
            if problems := messages.problems(only):
                raise CommandError("\n".join(problems))
            return
        if not options["compile"]:
            for path in messages.update(only):
                self.stdout.write(f"updated {path.relative_to(messages.PACKAGE.parent)}")
        messages.compile_all()
