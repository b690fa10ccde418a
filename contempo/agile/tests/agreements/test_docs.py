"""What the documentation says of agreements is what the code does."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contempo.agile.rules.agreements import AGREEMENT
from contempo.agile.rules.agreements.keeping import kept_until
from contempo.agile.rules.agreements.notice import notice_of
from contempo.agile.rules.agreements.telling import due_on
from contempo.agile.rules.law import RULES

DOCS = Path(__file__).parents[4] / "docs"
WORKFLOW = (DOCS / "workflows" / "agreement.md").read_text(encoding="utf-8")
TERMS = (DOCS / "algorithms" / "agile-terms.md").read_text(encoding="utf-8")

_DAY = r"(\d{4}-\d\d-\d\d)"
NOTICES = re.findall(rf"^\| {_DAY} \| (\w+) \| (\d+) \| (yes|no) \| (yes|no) \| {_DAY} \|$", TERMS, re.MULTILINE)
TOLD = re.findall(rf"^\| (private|public) \| \w+ \| {_DAY} \| {_DAY} \|$", TERMS, re.MULTILINE)
KEPT = re.findall(rf"^\| {_DAY} \| {_DAY} \| {_DAY} \|$", TERMS, re.MULTILINE)


def table_of_steps() -> str:
    """Every step with the states it leaves and those it is open to, as the documentation shows it."""
    rows = [
        f"| {step.label} | {'; '.join(AGREEMENT.looks[source].label for source in step.sources)} "
        f"| {AGREEMENT.looks[step.target].label} | {'; '.join(sorted(step.who))} |"
        for step in AGREEMENT.transitions
    ]
    return "\n".join(["| Step | From | To | Who |", "|---|---|---|---|", *rows])


def test_the_diagram_is_the_one_the_table_of_steps_gives() -> None:
    assert re.search(r"```mermaid\n(.*?)\n```", WORKFLOW, re.DOTALL)[1] == AGREEMENT.mermaid()


def test_the_steps_are_listed_with_those_who_take_them() -> None:
    assert table_of_steps() in WORKFLOW


@pytest.mark.parametrize(("given", "side", "agreed", "protected", "justified", "last"), NOTICES)
def test_each_notice_ends_on_the_day_it_says(
    given: str, side: str, agreed: str, protected: str, justified: str, last: str
) -> None:
    found = notice_of(
        side=side,
        agreed_days=int(agreed),
        protected=protected == "yes",
        justified=justified == "yes",
        given_on=date.fromisoformat(given),
        starts_on=date(2026, 1, 1),
    )
    assert found.last_day == date.fromisoformat(last)


@pytest.mark.parametrize(("employer", "happened", "due"), TOLD)
def test_each_communication_is_due_on_the_day_it_says(employer: str, happened: str, due: str) -> None:
    found = due_on(date.fromisoformat(happened), public_body=employer == "public")
    assert found == date.fromisoformat(due)


@pytest.mark.parametrize(("signed", "ended", "erased"), KEPT)
def test_each_agreement_is_kept_until_the_day_it_says(signed: str, ended: str, erased: str) -> None:
    signed_at = datetime.combine(date.fromisoformat(signed), datetime.min.time(), UTC).replace(hour=10)
    assert kept_until(signed_at, date.fromisoformat(ended)) == date.fromisoformat(erased)


def test_there_are_examples_of_each() -> None:
    assert (len(NOTICES), len(TOLD), len(KEPT)) == (7, 6, 3)


def test_every_legal_rule_is_listed_with_its_source_and_days() -> None:
    for each in RULES:
        until = f" to {each.until}" if each.until else ""
        assert f"| `{each.key}` | [{each.source}]({each.address}) | {each.since}{until} |" in TERMS
