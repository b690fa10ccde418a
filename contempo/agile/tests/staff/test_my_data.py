"""Everything that is held about a worker."""

import json

import pytest

from contempo.agile.models import Share, WorkActivity, Worker
from contempo.agile.queries.staff.held import HELD, personal_data
from contempo.agile.tests.conftest import Comune, words
from contempo.people.queries import personal_data as of_person


def test_every_table_that_names_workers_is_on_the_page(comune: Comune) -> None:
    """A new table about workers must be told of, or be named here with why it is not."""
    told = {held.model for held in HELD}
    told_otherwise = {"WorkerEvent"}  # kept versions of the same rows
    pointing = {
        relation.related_model.__name__
        for relation in Worker._meta.get_fields(include_hidden=True)
        if getattr(relation, "one_to_many", False) and not hasattr(relation.related_model, "pgh_tracked_model")
    }
    assert pointing - told_otherwise <= {model.__name__ for model in told}


def test_the_worker_reads_it_and_downloads_the_same(comune: Comune) -> None:
    anna = comune.it.anna
    activity = WorkActivity.objects.create(
        employer=anna.employer,
        unit=anna.unit,
        directorate=anna.directorate,
        code="1",
        title="Certificati",
        since="2026-01-01",
    )
    Share.objects.create(worker=anna, activity=activity, percent=60)
    page = words(comune.see("miei-dati/", "anna"))
    for part in ("000103", "anna.rossetti@example.org", "1991", "Anagrafe", "Certificati", "60"):
        assert part in page, part
    answer = comune.get("miei-dati/scarica/", "anna")
    (employment,) = json.loads(answer.content)["employments"]
    assert employment["staff"][0]["number"] == "000103"
    assert employment["shares"] == [{"activity_title": "Certificati", "percent": 60}]
    assert {held.key for held in HELD} < set(employment)
    assert answer["Cache-Control"] == "no-store"


def test_it_is_in_the_download_of_the_person_too(comune: Comune) -> None:
    held = of_person(comune.it.people["anna"].pk)["agile"]
    assert held["employments"][0]["employer"] == "Comune di Milano"
    assert of_person(comune.world.sara.pk)["agile"] == {"employments": []}


def test_nobody_else_reads_it(comune: Comune) -> None:
    assert comune.get("miei-dati/", "paolo").status_code == 403
    held = personal_data(comune.it.people["bruno"].pk)["employments"]
    assert isinstance(held, list)
    assert [row["number"] for row in held[0]["staff"]] == ["000104"]


@pytest.mark.parametrize(
    ("km", "means", "field"),
    [("12,5", "", "means"), ("", "train", "km"), ("boh", "train", "km"), ("-1", "train", "km"), ("1,25", "car", "km")],
)
def test_half_an_answer_on_the_way_to_work_is_refused_and_kept(comune: Comune, km: str, means: str, field: str) -> None:
    answer = comune.post("miei-dati/", "anna", km=km, means=means)
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["km"].value() == km


def test_the_way_to_work_is_declared_and_taken_back(comune: Comune) -> None:
    assert comune.post("miei-dati/", "anna", km="12,5", means="train").status_code == 302
    anna = Worker.objects.get(pk=comune.it.anna.pk)
    assert (str(anna.commute_km), anna.commute_means) == ("12.5", "train")
    assert 'value="12,5"' in str(comune.see("miei-dati/", "anna"))
    comune.post("miei-dati/", "anna", km="", means="")
    anna.refresh_from_db()
    assert (anna.commute_km, anna.commute_means) == (None, "")
