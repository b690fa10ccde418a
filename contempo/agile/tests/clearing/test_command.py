"""`contempo agile recompute`: for whoever has the file and nothing else."""

import csv
import os
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contempo.agile.rules.clearing import checking
from contempo.agile.rules.clearing.file import read, written
from contempo.agile.tests.clearing.test_file import file_of
from contempo.agile.tests.clearing.worlds import Person

ROOT = Path(__file__).parents[4]
PERSONS = (
    Person(1, asked=2),
    Person(2, asked=2),
    Person(3, klass=2, directorate=1, asked=4, cap=3),
    Person(4, klass=3, directorate=2, asked=1),
)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "bank.jsonl"
    path.write_bytes(file_of(PERSONS))
    return path


def recompute(*arguments: object) -> str:
    out = StringIO()
    call_command("agile", "recompute", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_result_is_made_again_and_told(published: Path) -> None:
    said = recompute(published)
    assert "Comune di Esempio, 2027-03, clearing 1" in said
    assert "4 persons asked for 9 days: 5 awarded." in said
    assert "  d1, class 1 (Salute): 2 persons, 4 asked, 4 awarded (1 shared); everybody had all within the cap" in said
    assert "  d2, class 2 (Cura): 1 persons, 4 asked, 0 awarded (0 shared); everybody reached 0, then 0 of 1" in said
    assert said.endswith("The result is the one that was published.\n")


def test_the_rows_are_written_as_a_table(published: Path, tmp_path: Path) -> None:
    recompute(published, "--csv", tmp_path / "out.csv")
    header, *rows = csv.reader((tmp_path / "out.csv").open(encoding="utf-8", newline=""))
    assert header[-5:] == ["awarded", "own", "shared", "reason", "position"]
    assert rows[2] == ["0000000000000003", "2", "d2", "0", "4", "3", "0", "0", "0", "0", "level", "0"]
    assert rows[3] == ["0000000000000004", "3", "d3", "0", "1", "31", "0", "1", "1", "0", "full", "0"]


def test_another_result_than_the_published_one_ends_with_a_sentence(published: Path) -> None:
    bank, claims = read(published.open("rb"))
    published.write_bytes(written(replace(bank, result_hash="0" * 64), claims))
    with pytest.raises(CommandError, match=r"^The result is another than the one that was published\.$") as caught:
        recompute(published)
    assert caught.value.returncode == 1


def test_a_seed_that_does_not_fit_its_hash_ends_with_a_sentence(published: Path) -> None:
    bank, claims = read(published.open("rb"))
    published.write_bytes(written(replace(bank, seed="0" * 64), claims))
    with pytest.raises(CommandError, match="The seed is not the one whose hash was published"):
        recompute(published)


def test_a_wrong_row_is_told_with_its_line(published: Path) -> None:
    published.write_bytes(published.read_bytes().replace(b'"d3"', b'"d4"', 2).replace(b'"d4":2', b'"d3":2'))
    with pytest.raises(CommandError, match=r"bank\.jsonl:5: The directorate “d4” has no pool\."):
        recompute(published)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        recompute(tmp_path / "none")


def test_other_code_with_the_same_result_is_no_failure(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "code_hash", lambda: "0" * 64)
    said = recompute(published)
    assert "The code here is not the one that cleared it" in said
    assert "The result is the one that was published." in said


def test_no_database_is_started_for_it(published: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "contempo", "agile", "recompute", str(published)],
        cwd=ROOT,
        env={**told, "CONTEMPO_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (home / "database").exists()
