"""What holds for every file of the checkout."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from contempo.config.installation import ROOT

LONGEST = 400
PLACES = ("contempo", "tests", "bench", "demo", "docs", "requirements", ".ci")
TEXTS = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".js",
    ".mjs",
    ".scss",
    ".po",
    ".json",
    ".toml",
    ".yml",
    ".yaml",
    ".csv",
    ".lock",
}
BUILT = {"dist", "__pycache__"}
# Whoever has the checkout has it elsewhere: no home folder of whoever wrote it, no mirror of a package registry.
HOME_FOLDER = re.compile(r"(?<![\w.])/(?:home|root|Users)/\w+")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")


def _texts() -> Iterator[Path]:
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.is_file() and path.suffix in TEXTS and BUILT.isdisjoint(path.parts):
                yield path
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXTS)


def test_no_module_is_longer_than_a_person_reads() -> None:
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in _texts() if path.suffix == ".py"}
    long = [
        f"{path}: {lines}" for path, lines in lengths.items() if lines > LONGEST and path.parent.name != "migrations"
    ]
    assert not long, "\n".join(long)


def test_nothing_is_left_for_later() -> None:
    found = [str(path) for path in _texts() if UNFINISHED.search(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


def test_nothing_names_the_place_it_was_written_in() -> None:
    found = [str(path) for path in _texts() if HOME_FOLDER.search(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


def test_lock_files_name_no_registry() -> None:
    python = [line for path in (ROOT / "requirements").glob("*.lock") for line in path.read_text().splitlines()]
    assert not [line for line in python if "://" in line or line.startswith("-")]
    node = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert not [name for name, package in node.items() if "resolved" in package]
