"""What the pages of the algorithms say is what the rules do."""

import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

from contempo.agile.rules.clearing import Why, explained, summed
from contempo.agile.rules.clearing.checking import redone
from contempo.agile.rules.clearing.file import read
from contempo.agile.rules.presence import Plan, most_remote, settle

DOCS = Path(__file__).parents[4] / "docs" / "algorithms"
BANK = (DOCS / "bank-of-days.md").read_text(encoding="utf-8")
PRESENCE = (DOCS / "presence.md").read_text(encoding="utf-8")

PEOPLE = re.findall(r"^\| (\w+) \| `(\w{16})` \| (.+) \| (\w+) \|$", BANK, re.MULTILINE)
FILE = re.search(r"```\n(\{.*?\n)```", BANK, re.DOTALL)[1]
WEEK = re.findall(r"^\| (\w+day) \| (\d) \|(.*?)\|(.*?)\|(.*?)\|$", PRESENCE, re.MULTILINE)
MONDAY = date(2027, 3, 1)


def test_the_file_of_the_example_gives_the_result_it_names() -> None:
    bank, claims = read(io.BytesIO(FILE.encode()))
    assert redone(bank, claims).problems == ()


def test_the_table_of_the_example_is_the_file_and_its_result() -> None:
    bank, claims = read(io.BytesIO(FILE.encode()))
    result = redone(bank, claims).result
    rows = {}
    for number, person in enumerate(result.claims.pseudonym.tolist()):
        figures = [getattr(result.claims, name)[number] for name in ("klass", "directorate", "enjoyed", "asked", "cap")]
        figures[1] = list(bank.pools)[figures[1]]
        told = " | ".join(map(str, [*figures, result.days[number]]))
        rows[f"{person:016x}"] = (told, Why(result.why[number]).name.lower())
    assert {name: (figures, why) for _person, name, figures, why in PEOPLE} == rows
    assert len(PEOPLE) == 7


def test_the_sentence_of_the_example_is_the_one_that_is_read() -> None:
    bank, claims = read(io.BytesIO(FILE.encode()))
    result = redone(bank, claims).result
    bruno = [f"{person:016x}" for person in claims.pseudonym.tolist()].index(
        next(name for person, name, *_rest in PEOPLE if person == "Bruno")
    )
    end = summed(result, list(bank.pools)).end_of("d1")
    said = explained(
        Why(result.why[bruno]),
        klass=2,
        enjoyed=0,
        asked=2,
        cap=4,
        awarded=1,
        position=int(result.position[bruno]),
        end=end,
        label=bank.classes[end.klass - 1],
    )
    assert f"*{' '.join(phrase.text % phrase.params for phrase in said)}*" in BANK


def test_the_reasons_have_the_numbers_the_page_gives() -> None:
    told = re.search(r"Reasons: (.*?)\.\n", BANK, re.DOTALL)[1]
    assert [int(number) for number in re.findall(r"\b\d\b", told)] == [why.value for why in Why]


def test_every_part_of_the_first_line_is_explained() -> None:
    header = json.loads(FILE.split("\n")[0])
    known = {"format", "employer", "month", "rows", "columns"}
    assert header.keys() - known == set(re.findall(r"`(\w+)`", re.search(r"\| part .*?\n\n", BANK, re.DOTALL)[0]))


def test_the_minimum_of_presence_is_the_one_of_the_table() -> None:
    rows = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \|$", PRESENCE, re.MULTILINE)
    assert len(rows) == 5
    assert all(most_remote(int(staff), int(percent)) == int(remote) for staff, percent, remote in rows)


def test_the_week_of_the_example_is_settled_as_the_page_says() -> None:
    days = {name: MONDAY + timedelta(days=number) for number, (name, *_rest) in enumerate(WEEK)}
    names = dict(enumerate(("Ada", "Bea", "Cleo"), start=1))
    workers = {name: number for number, name in names.items()}
    plans = [
        Plan(workers[name], 1, days[day], tie=workers[name])
        for day, _room, planned, *_rest in WEEK
        for name in planned.strip().split(", ")
        if name
    ]
    made = settle(
        plans,
        room={days[day]: int(room) for day, room, *_rest in WEEK},
        kept_before={},
        working={worker: list(days.values()) for worker in names},
    )
    called = {day: name for name, day in days.items()}
    for name, _room, _planned, stays, gives in WEEK:
        kept = [names[plan.worker] for plan in made.kept if plan.day == days[name]]
        gone = [
            f"{names[each.plan.worker]}: {', '.join(called[day] for day in each.alternatives)}"
            for each in made.displaced
            if each.plan.day == days[name]
        ]
        assert (", ".join(kept), "; ".join(gone)) == (stays.strip(), gives.strip())
    assert len(WEEK) == 4
    assert len(made.displaced) == 2
