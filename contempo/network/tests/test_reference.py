"""The municipalities of Italy: loaded once, brought up to date without a trace of the running again."""

from pathlib import Path

import pytest
from django.core.management import call_command

from contempo.network.actions.reference import load_municipalities
from contempo.network.models import Municipality
from contempo.network.queries.municipalities import places_named, suggest_places
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db


def test_the_file_that_comes_along_is_loaded_whole_and_again(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_municipalities")
    call_command("load_municipalities")
    assert capsys.readouterr().out.splitlines() == ["7894 municipalities."] * 2
    assert Municipality.objects.count() == 7894
    milano = Municipality.objects.get(istat_code="015146")
    assert (str(milano), milano.search_name, milano.region) == ("Milano (MI)", "milano", "Lombardia")
    assert round(milano.latitude) == 45


def test_a_later_file_changes_names_and_removes_nothing(tmp_path: Path) -> None:
    Municipality.objects.create(istat_code="999999", name="Che fu", search_name="che fu", province="MI", region="x")
    source = tmp_path / "later.csv"
    head = "istat_code,name,province,region,cadastral_code,lat,lon"
    source.write_text(f"{head}\n015146,Milàno,MI,Lombardia,F205,45.46,9.19\n001002,Airasca,TO,Piemonte,A109,,\n")
    load_municipalities(SYSTEM, source=source)
    assert dict(Municipality.objects.values_list("istat_code", "search_name")) == {
        "015146": "milano",
        "001002": "airasca",
        "999999": "che fu",
    }
    assert Municipality.objects.get(istat_code="001002").latitude is None


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("milano", ["Milano (MI)"]),
        ("  Samone ", ["Samone (TN)", "Samone (TO)"]),
        ("samone (to)", ["Samone (TO)"]),
        ("samone(TN)", ["Samone (TN)"]),
        ("015146", ["Milano (MI)"]),
        ("albiano d ivrea", ["Albiano d'Ivrea (TO)"]),
        ("ALBIANO D’IVREA", ["Albiano d'Ivrea (TO)"]),
        ("Mil", []),
        ("", []),
    ],
)
def test_a_municipality_is_found_by_its_name_however_written(written: str, labels: list[str]) -> None:
    for code, name, province in (
        ("015146", "Milano", "MI"),
        ("001235", "Samone", "TO"),
        ("022165", "Samone", "TN"),
        ("001004", "Albiano d'Ivrea", "TO"),
    ):
        search_name = {"Albiano d'Ivrea": "albiano d ivrea"}.get(name, name.lower())
        Municipality.objects.create(
            istat_code=code, name=name, search_name=search_name, province=province, region="Una"
        )
    assert [place.label for place in places_named(written)] == labels


def test_names_that_begin_so_are_suggested_few_at_a_time() -> None:
    for number in range(20):
        Municipality.objects.create(
            istat_code=f"{number:06}",
            name=f"San {number:02}",
            search_name=f"san {number:02}",
            province="MI",
            region="x",
        )
    assert [place.name for place in suggest_places("san 0", limit=3)] == ["San 00", "San 01", "San 02"]
    assert suggest_places("  ") == ()
