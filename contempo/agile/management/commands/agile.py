"""Command: the bank of days, cleared again from its public file. It needs no database."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, override

from contempo.agile.rules.clearing import Phrase, Result, Why, summed
from contempo.agile.rules.clearing.checking import redone
from contempo.agile.rules.clearing.claims import COLUMNS
from contempo.agile.rules.clearing.file import NAMES, Bank, WrongFile, read
from contempo.agile.rules.clearing.hashes import result_hash


class Command(BaseCommand):
    """`agile recompute FILE [--csv OUT]`"""

    help = "Clear the bank of days of a month again, from its public file. See docs/algorithms/bank-of-days.md."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="recompute")
        recompute = commands.add_parser("recompute", help="make the result again and compare it with the published one")
        recompute.add_argument("file", help="the file of a clearing")
        recompute.add_argument(
            "--csv", dest="out", metavar="OUT", help="write what each person was awarded, and why, to this file"
        )

    def handle(self, *args: object, **options: Any) -> None:
        with override("en"):
            self._recompute(**options)

    def _recompute(self, file: str, out: str | None, **options: Any) -> None:
        try:
            with Path(file).open("rb") as stream:
                bank, claims = read(stream)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except WrongFile as wrong:
            raise CommandError(f"{file}:{wrong.line}: {_said(wrong.phrase)}") from None
        made = redone(bank, claims)
        if made.result is not None:
            self._tell(bank, made.result)
            if out:
                self._write(out, bank, made.result)
        if not made.same_code:
            self.stdout.write("The code here is not the one that cleared it; the results are compared all the same.")
        if made.problems:
            raise CommandError(" ".join(map(_said, made.problems)))
        self.stdout.write("The result is the one that was published.")

    def _tell(self, bank: Bank, result: Result) -> None:
        summary = summed(result, list(bank.pools))
        self.stdout.write(f"{bank.employer}, {bank.month}, clearing {bank.number}")
        self.stdout.write(f"{summary.persons} persons asked for {summary.asked} days: {summary.awarded} awarded.")
        for line in summary.lines:
            reached = (
                "everybody had all within the cap"
                if line.reached is None
                else (f"everybody reached {line.reached}, then {line.winners} of {line.candidates}")
            )
            self.stdout.write(
                f"  {line.directorate}, class {line.klass} ({bank.classes[line.klass - 1]}): {line.persons} persons, "
                f"{line.asked} asked, {line.awarded} awarded ({line.shared} shared); {reached}"
            )
        self.stdout.write(f"Hash of the input:  {bank.input_hash}")
        self.stdout.write(f"Hash of the result: {result_hash(result)}")

    def _write(self, out: str, bank: Bank, result: Result) -> None:
        """One row a person, as the file has them, then days, days of each pool, reason and position in the draw."""
        keys = list(bank.pools)
        columns = [getattr(result.claims, name).tolist() for name in COLUMNS]
        columns[0] = [f"{person:016x}" for person in columns[0]]
        columns[2] = [keys[number] for number in columns[2]]
        columns += [each.tolist() for each in (result.days, result.own, result.shared)]
        columns += [[Why(code).name.lower() for code in result.why.tolist()], result.position.tolist()]
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow([*NAMES, "awarded", "own", "shared", "reason", "position"])
                writer.writerows(zip(*columns, strict=True))
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}") from None


def _said(phrase: Phrase) -> str:
    text = gettext(phrase.text)
    return text % phrase.params if phrase.params else text
