"""The bench measures what it says and tells it in the shape that was agreed."""

import json
import os
import subprocess
import sys

from bench.limits import (
    BARE,
    BARE_WORST,
    CROSS_TABLE,
    CROWD,
    EXPORT,
    FREQUENCY,
    LIMITS,
    OF_FLOOR,
    STATEMENTS,
    SURVEY_BOARD,
    WHOLE,
    WHOLE_REPORT,
    WRITING,
)
from contempo.config.installation import ROOT

PAGES = {
    "home",
    "member list",
    "filter by kind",
    "filter by municipality",
    "list search, rare",
    "list search, common",
    "list search, none",
    "site search, rare",
    "site search, common",
    "site search, none",
    "organisation",
    "growth",
    "agency queue",
    "registry",
}


DESK_PAGES = {
    "list, to be taken",
    "list, overdue",
    "list, all",
    "list by topic",
    "list by topic, place, pauses",
    "search, rare",
    "search, common",
    "search, none",
    "catalogue search, rare",
    "catalogue search, common",
    "catalogue search, none",
    "question",
    "question, to who asked",
    "figures, one month",
    "figures, all time",
}
DEEDS = {"submission", "mail, a question", "mail, a reply"}


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)


def test_the_network_bench_prints_one_object() -> None:
    done = bench("network", "--rows", "500", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["bench"], said["rows"]) == ("network", 500)
    assert {result["name"] for result in said["results"]} == PAGES
    for result in said["results"]:
        assert result.keys() == {"name", "p50_ms", "p95_ms", "statements", "floor_ms", "ratio"}
        assert 0 < result["p50_ms"] <= result["p95_ms"]
        assert 0 < result["statements"] <= 10
        assert result["floor_ms"] > 0
        assert result["ratio"] > 0


def test_the_helpdesk_bench_opens_every_page_within_its_statements() -> None:
    done = bench("helpdesk", "--rows", "500", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["bench"], said["rows"]) == ("helpdesk", 500)
    assert {result["name"] for result in said["results"]} == DESK_PAGES | DEEDS
    for result in said["results"]:
        assert result.keys() == {"name", "p50_ms", "p95_ms", "statements", "floor_ms", "ratio"}
        assert result["statements"] > 0
        assert result["statements"] <= STATEMENTS or result["name"] in WRITING
    assert DEEDS == WRITING


def test_the_bench_of_plans_opens_every_page_within_its_statements() -> None:
    done = bench("programmes", "--rows", "500", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["bench"], said["rows"]) == ("programmes", 500)
    names = {result["name"] for result in said["results"]}
    for result in said["results"]:
        assert result.keys() == {"name", "p50_ms", "p95_ms", "statements", "floor_ms", "ratio"}
        assert 0 < result["statements"] <= STATEMENTS
    assert LIMITS.keys() - {CROWD} <= names | DESK_PAGES


def test_the_bench_of_agile_work_measures_all_that_is_held_to_its_floor() -> None:
    done = bench("agile", "--rows", "500", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["bench"], said["rows"]) == ("agile", 500)
    assert said["memory_mb"] > 0
    assert {BARE, BARE_WORST, WHOLE} <= OF_FLOOR.keys() & {result["name"] for result in said["results"]}
    for result in said["results"]:
        assert result.keys() == {"name", "p50_ms", "p95_ms", "statements", "floor_ms", "ratio"}
        assert 0 < result["p50_ms"] <= result["p95_ms"]
        assert result["floor_ms"] > 0


def test_the_bench_of_questionnaires_counts_on_responses_and_loses_none_of_a_crowd() -> None:
    done = bench("questionnaires", "--rows", "500", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["bench"], said["rows"]) == ("questionnaires", 500)
    assert said["memory_mb"] > 0
    results = {result["name"]: result for result in said["results"]}
    assert results.keys() == {SURVEY_BOARD, FREQUENCY, CROSS_TABLE, WHOLE_REPORT, EXPORT, CROWD}
    for result in results.values():
        assert 0 < result["p50_ms"] <= result["p95_ms"]
        assert 0 < result["statements"] <= STATEMENTS or result["name"] == CROWD


def test_too_few_rows_are_refused_in_one_sentence() -> None:
    done = bench("network", "--rows", "12")
    assert done.returncode == 2
    assert "at least 500" in done.stderr
