"""The data set, read back by other programs, says what was answered; and no more where answers are not with name."""

from collections import Counter

import duckdb
import openpyxl
import pandas
import pyreadstat
import pytest

from contempo.core.cells import rearm
from contempo.core.small_cells import LEAST
from contempo.questionnaires.models import Response
from contempo.questionnaires.queries.reading.files.writing import code_book, write_file
from contempo.questionnaires.rules.codebook import FAR, NOT_ANSWERED, NOT_ASKED
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.extracts import FileKind
from contempo.questionnaires.rules.states import Mode
from contempo.questionnaires.tests.reading.surveyed import surveyed


@pytest.fixture
def named(surveys):
    return surveyed(surveys)


def _answers(campaign):
    return {str(each.pk): each for each in Response.objects.filter(campaign=campaign)}


def _written(campaign, kind, tmp_path, part=""):
    path = tmp_path / f"data.{kind.value}"
    write_file(campaign, kind, path, part=part)
    return path


def _label(campaign, key, option):
    question = read(campaign.version.document).question(key).question
    return {one.key: one.label.it for one in question.options}[option]


def test_csv_holds_every_answer_in_words(named, tmp_path):
    frame = pandas.read_csv(
        _written(named, FileKind.CSV, tmp_path), sep=";", decimal=",", encoding="utf-8-sig", dtype={"response": str}
    )
    answers = _answers(named)
    assert len(frame) == len(answers) == 60
    for row in frame.to_dict("records"):
        response = answers[row["response"]]
        given = response.answers
        assert row["q_flexible"] == _label(named, "flexible", given["flexible"])
        assert (None if pandas.isna(row["q_workers"]) else row["q_workers"]) == given.get("workers")
        assert row["u_how"] == int("how" in response.unasked)
        assert (None if pandas.isna(row["q_how__exit"]) else row["q_how__exit"]) == (
            int("exit" in given["how"]) if "how" in given else None
        )
        assert (None if pandas.isna(row["q_notes"]) else rearm(row["q_notes"])) == given.get("notes")
        since = given.get("since")
        assert (None if pandas.isna(row["q_since"]) else row["q_since"]) == (
            since and "/".join(reversed(since.split("-")))
        )


def test_no_text_of_a_csv_is_a_formula(named, tmp_path):
    frame = pandas.read_csv(_written(named, FileKind.CSV, tmp_path), sep=";", dtype=str, encoding="utf-8-sig").fillna(
        ""
    )
    assert "'=1+1" in set(frame["q_notes"])
    assert not [cell for column in frame for cell in frame[column] if cell.startswith("=")]


def test_parquet_holds_every_answer_by_its_key(named, tmp_path):
    path = _written(named, FileKind.PARQUET, tmp_path)
    answers = _answers(named)
    rows = duckdb.sql(
        f"SELECT response, q_flexible, q_rated, q_order__care, q_table__mothers, u_how FROM '{path}'"
    ).fetchall()
    assert len(rows) == len(answers)
    for key, flexible, rated, care, mothers, unasked in rows:
        given = answers[key].answers
        order = given.get("order", [])
        assert flexible == given["flexible"]
        assert rated == given.get("rated")
        assert care == (order.index("care") + 1 if "care" in order else None)
        assert mothers == given.get("table", {}).get("mothers")
        assert unasked == ("how" in answers[key].unasked)


def test_spss_has_labels_and_tells_why_a_value_is_missing(named, tmp_path):
    path = str(_written(named, FileKind.SAV, tmp_path))
    frame, about = pyreadstat.read_sav(path, user_missing=True)
    known, _about = pyreadstat.read_sav(path)
    answers = _answers(named)
    assert about.column_names_to_labels["q_flexible"] == "C’è un orario flessibile?"
    assert about.variable_value_labels["q_flexible"] == {1: "Sì", 2: "No", 3: "Altro", NOT_ANSWERED: "Senza risposta"}
    assert about.variable_value_labels["q_how__entry"][NOT_ASKED] == "Non posta"
    assert about.variable_measure["q_satisfied"] == "ordinal"
    for position, row in enumerate(frame.to_dict("records")):
        response = answers[row["response"]]
        given = response.answers
        assert row["q_flexible"] == ["yes", "no", "other"].index(given["flexible"]) + 1
        assert row["q_workers"] == given.get("workers", NOT_ANSWERED + FAR)
        expected = (
            int("entry" in given["how"]) if "how" in given else NOT_ASKED if "how" in response.unasked else NOT_ANSWERED
        )
        assert row["q_how__entry"] == expected
        assert pandas.isna(known["q_how__entry"][position]) == (expected < 0)
        since = known["q_since"][position]
        assert (None if pandas.isna(since) else str(since)[:10]) == given.get("since")


def test_the_rows_of_a_group_that_repeats_have_a_table_of_their_own(named, tmp_path):
    rows = duckdb.sql(f"SELECT row, response FROM '{_written(named, FileKind.PARQUET, tmp_path)}'").fetchall()
    number = {response: row for row, response in rows}
    path = _written(named, FileKind.PARQUET, tmp_path, part="services")
    found = Counter(duckdb.sql(f"SELECT row, q_service, q_users::INTEGER FROM '{path}'").fetchall())
    told = Counter(
        (number[key], service.get("service"), service.get("users"))
        for key, response in _answers(named).items()
        for service in response.answers.get("services", [])
    )
    assert found == told


def test_the_workbook_has_responses_groups_and_code_book(named, tmp_path):
    book = openpyxl.load_workbook(_written(named, FileKind.XLSX, tmp_path))
    assert book.sheetnames == ["Risposte", "Servizi", "Libro dei codici"]
    head, *rows = list(book["Risposte"].values)
    answers = _answers(named)
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        assert cells["q_flexible"] == _label(named, "flexible", answers[cells["response"]].answers["flexible"])
        assert cells["q_workers"] == answers[cells["response"]].answers.get("workers")
    assert not [cell for line in book["Risposte"].iter_rows() for cell in line if cell.data_type == "f"]


def test_every_column_of_the_file_is_in_the_code_book(named, tmp_path):
    frame = pandas.read_csv(_written(named, FileKind.CSV, tmp_path), sep=";", encoding="utf-8-sig")
    book = [line.decode("utf-8-sig").split(";")[:2] for line in code_book(named)]
    described = {name for table, name in book if table not in ("services", "Table", "Tabella")}
    assert set(frame.columns) == described


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.ANONYMOUS])
def test_where_answers_are_not_with_name_the_data_set_names_nobody(surveys, tmp_path, mode):
    campaign = surveyed(surveys, mode=mode)
    path = _written(campaign, FileKind.PARQUET, tmp_path)
    columns = {row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}
    assert not columns & {"response", "unit", "day", "serial", "id", "q_notes", "q_parent", "q_proof", "o_flexible"}
    attributes = [name for name in ("a_kind", "a_size", "a_stratum", "a_municipality") if name in columns]
    if attributes:
        told = ", ".join(attributes)
        sharing = duckdb.sql(f"SELECT count(*) FROM '{path}' GROUP BY {told}").fetchall()
        assert min(count for (count,) in sharing) >= LEAST
    for column in ("q_workers", "q_since", "q_place", "channel"):
        sharing = duckdb.sql(f"SELECT count(*) FROM '{path}' WHERE {column} IS NOT NULL GROUP BY {column}").fetchall()
        assert min((count for (count,) in sharing), default=LEAST) >= LEAST


def test_a_coarse_data_set_keeps_counts_and_means(surveys, tmp_path):
    campaign = surveyed(surveys, mode=Mode.CONFIDENTIAL)
    path = _written(campaign, FileKind.PARQUET, tmp_path)
    given = [each.answers for each in Response.objects.filter(campaign=campaign)]
    counts = dict(duckdb.sql(f"SELECT q_flexible, count(*) FROM '{path}' GROUP BY 1").fetchall())
    assert counts == Counter(one["flexible"] for one in given)
    ((total,),) = duckdb.sql(f"SELECT sum(q_workers) FROM '{path}'").fetchall()
    assert total == pytest.approx(sum(one.get("workers", 0) for one in given))


def test_rows_that_name_nobody_stand_in_another_order_each_time(surveys, tmp_path):
    campaign = surveyed(surveys, mode=Mode.CONFIDENTIAL)
    seen = set()
    for _time in range(3):
        path = _written(campaign, FileKind.PARQUET, tmp_path)
        seen.add(
            tuple(duckdb.sql(f"SELECT q_rated, q_satisfied, q_needs__nursery FROM '{path}' ORDER BY row").fetchall())
        )
    assert len(seen) == 3


def test_the_weights_stand_for_the_population(named, tmp_path):
    path = _written(named, FileKind.PARQUET, tmp_path)
    rows = duckdb.sql(f"SELECT a_stratum, count(*), min(weight), sum(weight) FROM '{path}' GROUP BY 1").fetchall()
    units = Counter(named.targets.values_list("stratum", flat=True))
    for stratum, count, weight, whole in rows:
        assert weight == pytest.approx(units[stratum] / count)
        assert whole == pytest.approx(units[stratum])
