"""What the documentation says of the clock is what the code does."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from contempo.core.calendar import calendar_of
from contempo.core.clock import ROME
from contempo.helpdesk.rules.clock import Move, Policy, due_at, pauses_of
from contempo.helpdesk.rules.escalation import Level
from contempo.helpdesk.rules.questions import State

DOCS = Path(__file__).parents[3] / "docs"
CLOCK = (DOCS / "algorithms" / "desk-clock.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| (received \d{4}.*?) \| (.+?) \| (.+?) \|$", CLOCK, re.MULTILINE)
WORDS = {"received": State.OPEN, "details asked": State.AWAITING_DETAILS, "details given": State.OPEN}
SEEN = datetime(2028, 1, 1, tzinfo=ROME)


def read(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def moves_of(story: str) -> list[Move]:
    """The moves an example tells: "received 2026-11-16 10:00, details asked 2026-11-16 15:00"."""
    told = (line.rsplit(" ", 2) for line in story.split(", "))
    return [Move(WORDS[what], read(f"{day} {hour}")) for what, day, hour in told]


def test_the_clock_has_its_examples():
    assert len(EXAMPLES) == 12


@pytest.mark.parametrize(("story", "elapsed", "working"), EXAMPLES)
def test_each_example_of_the_clock_is_right(story, elapsed, working):
    moves = moves_of(story)
    seen = moves[-1].at if moves[-1].state == State.AWAITING_DETAILS else SEEN
    due = due_at(moves[0].at, Policy(), pauses_of(moves, Policy(), seen), calendar_of("Milano", "MI"))
    told = [moment.astimezone(ROME).strftime("%Y-%m-%d %H:%M") for moment in (due.elapsed_at, due.working_at)]
    assert told == [elapsed, working]


def test_the_numbers_of_the_policy_are_those_of_the_code():
    policy = Policy()
    assert f"**{policy.elapsed_hours} hours**" in CLOCK
    assert f"**{policy.pause_days} days**" in CLOCK
    assert f"The first **{policy.max_pauses}** pauses" in CLOCK


def test_the_levels_of_escalation_are_those_of_the_code():
    assert re.findall(r"^\| (\d+) % ", CLOCK, re.MULTILINE) == [str(int(level)) for level in Level if level]
