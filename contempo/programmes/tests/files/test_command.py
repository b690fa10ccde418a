"""Plans at the command line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contempo.network.tests.factories import NetworkFactory
from contempo.programmes.models import Plan
from contempo.programmes.rules.plan.reading import read_plan

GOOD = """format: contempo-plan/1
key: piano
title: Piano
network_name: Rete di Prova
starts_on: 2014-01-01
ends_on: 2016-12-31
"""
BAD = GOOD.replace("2016-12-31", "mai") + "declared:\n  - {key: d, place: p. 1, value: tanto}\n"


def run(*words: str) -> tuple[str, str, int]:
    """What `contempo plan …` writes, what it complains of, and its exit code."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("plan", *words, stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return out.getvalue(), err.getvalue(), code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "piano.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_plan_is_loaded_into_the_network_it_names_and_exported_again(file: Path) -> None:
    NetworkFactory(slug="prova", name="Rete di prova")
    NetworkFactory(slug="altra")
    assert run("load", str(file)) == ("Piano: loaded, draft.\n", "", 0)
    exported, _err, _code = run("export", "prova/piano")
    assert exported.startswith("format: contempo-plan/1\n# ")
    assert read_plan(exported, filename="x") == read_plan(GOOD, filename="x")


@pytest.mark.django_db
def test_where_the_file_names_no_network_of_here_it_has_to_be_said(file: Path) -> None:
    NetworkFactory(slug="uno")
    NetworkFactory(slug="due")
    with pytest.raises(CommandError, match="Networks here: "):
        run("load", str(file))
    assert run("load", str(file), "--network", "due")[2] == 0
    assert Plan.objects.get().network.slug == "due"


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["load", "check"])
def test_a_wrong_file_tells_every_problem_with_its_line_and_writes_nothing(file: Path, what: str) -> None:
    NetworkFactory(slug="prova")
    file.write_text(BAD, encoding="utf-8")
    out, err, code = run(what, str(file))
    assert (out, code) == ("", 2)
    assert err.splitlines() == [
        f"{file}:6: ends_on: found “mai”, expected a day, as 2014-06-30 or 30/06/2014",
        f"{file}:8: declared[0].value: found “tanto”, expected a number, as 1.234,56 or 1234.56",
        "2 problems: nothing is read from this file.",
    ]
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_the_check_lists_findings_with_their_line_and_fails_on_errors(file: Path) -> None:
    assert run("check", str(file)) == ("0 findings.\n", "", 0)
    figures = "  - {key: a, place: p. 1, value: '3', quantity: Q}\n  - {key: b, place: p. 2, value: '4', quantity: Q}\n"
    file.write_text(f"{GOOD}declared:\n{figures}", encoding="utf-8")
    out, _err, code = run("check", str(file))
    assert code == 1
    assert f"{file}:9: error: declared[1]: p. 2: " in out


@pytest.mark.django_db
def test_the_check_answers_programs_too(file: Path) -> None:
    assert json.loads(run("check", str(file), "--json")[0]) == {"file": str(file), "problems": [], "findings": []}
    file.write_text(BAD, encoding="utf-8")
    out, _err, code = run("check", str(file), "--json")
    assert code == 2
    assert [(each["line"], each["path"]) for each in json.loads(out)["problems"]] == [
        (6, "ends_on"),
        (8, "declared[0].value"),
    ]


@pytest.mark.django_db
def test_what_is_not_there_is_said(file: Path) -> None:
    NetworkFactory(slug="prova")
    with pytest.raises(CommandError, match="There is no plan “nessuno” in “prova”"):
        run("export", "prova/nessuno")
    with pytest.raises(CommandError, match="There is no network “altra”"):
        run("load", str(file), "--network", "altra")
    with pytest.raises(CommandError, match="No such file"):
        run("check", f"{file}.manca")
