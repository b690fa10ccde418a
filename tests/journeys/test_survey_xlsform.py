"""A questionnaire leaves as an XLSForm, is changed in a spreadsheet, and comes back as a new version."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.journeys.agile import downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import NEEDS, begins_from_the_library, publishes

IT, EN = "label::Italiano (it)", "label::English (en)"
MORE = "Che cosa proponi per il tuo quartiere?"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_questionnaire_goes_through_a_spreadsheet_and_comes_back(comes: Comes, mode: str) -> None:
    marta = comes("marta")
    begins_from_the_library(marta, NEEDS, f"Bisogni di {mode}, da un foglio di calcolo")
    publishes(marta)
    first = downloads(marta, "XLSForm, per KoboToolbox e ODK")

    brings(marta, b"no workbook at all")
    marta.sees("Non è stato scritto nulla.", "Sistema questo nel foglio di calcolo", "Questo file non si apre")
    marta.looks_at("survey-xlsform-no-workbook", again=False)

    is_told_what_stops_it(marta, changed(first, lambda survey: adds(survey, "text", "proposta", "Lo stesso nome")))
    is_told_what_is_left_out(marta, changed(first, with_two_rows_that_cannot_be_held))
    is_told_that_a_meaning_changes(marta, changed(first, with_another_kind))
    takes_the_right_one(marta, changed(first, lambda survey: adds(survey, "text", "quartiere", MORE)))


def changed(workbook: bytes, change: Callable[[Worksheet], object]) -> bytes:
    """The workbook with another sheet of questions."""
    book = load_workbook(io.BytesIO(workbook))
    change(book["survey"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def adds(survey: Worksheet, kind: str, name: str, words: str, **cells: str) -> int:
    """A row before the end of the last page; its number."""
    place = survey.max_row
    survey.insert_rows(place)
    for column, value in {"type": kind, "name": name, IT: words, EN: "In English", **cells}.items():
        survey.cell(place, columns(survey)[column], value)
    return place


def columns(survey: Worksheet) -> dict[Any, int]:
    """Where the columns are."""
    return {cell.value: cell.column for cell in survey[1]}


def with_two_rows_that_cannot_be_held(survey: Worksheet) -> None:
    """A point on a map, and a choice from a list that is not there."""
    adds(survey, "geopoint", "punto", "Dove?")
    adds(survey, "select_one paesi", "paese", "In quale paese?")


def with_another_kind(survey: Worksheet) -> None:
    """The minutes of a journey asked as a text."""
    row = next(row for row in survey.iter_rows(min_row=2) if row[columns(survey)["name"] - 1].value == "viaggio")
    row[columns(survey)["type"] - 1].value = "text"
    for cell in row:
        if str(survey.cell(1, cell.column).value).startswith(("constraint", "contempo_")):
            cell.value = None


def brings(keeper: Visitor, workbook: bytes) -> None:
    """Send a workbook to be read, from the page of the questionnaire or of the report before."""
    for name in ("Porta una nuova versione da un XLSForm", "Porta un altro file"):
        if keeper.page.get_by_role("main").get_by_role("link", name=name).count():
            keeper.follows(name)
            break
    file = {"name": "questionario.xlsx", "mimeType": _XLSX, "buffer": workbook}
    keeper.page.set_input_files('main input[type="file"]', files=[file])
    keeper.presses("Leggi il file")


def is_told_what_stops_it(keeper: Visitor, workbook: bytes) -> None:
    """A name that is there twice: the sentence says where, and nothing can be taken."""
    brings(keeper, workbook)
    keeper.sees("Sistema questo nel foglio di calcolo", "“proposta” è il nome di più righe", "foglio survey, riga 33")
    assert not keeper.page.get_by_role("main").get_by_role("button", name="Prendi", exact=True).count()
    keeper.looks_at("survey-xlsform-blocked", again=False)


def is_told_what_is_left_out(keeper: Visitor, workbook: bytes) -> None:
    """Rows that cannot be held are named; the others are taken only by who says that this is meant."""
    brings(keeper, workbook)
    keeper.sees("2 righe restano fuori", "foglio survey, riga 33, colonna type", "foglio survey, riga 34, colonna type")
    keeper.sees("L’elenco “paesi” non è nel foglio choices.")
    keeper.presses("Prendi")
    assert keeper.page.locator('main [name="partial"][aria-invalid="true"]').count() == 1
    keeper.looks_at("survey-xlsform-left-out", again=False)


def is_told_that_a_meaning_changes(keeper: Visitor, workbook: bytes) -> None:
    """It may be taken, but the reason why it could not be published is told before."""
    brings(keeper, workbook)
    keeper.sees("Queste modifiche cambiano il significato di una domanda", "è di un altro tipo")
    keeper.looks_at("survey-xlsform-meaning", again=False)


def takes_the_right_one(keeper: Visitor, workbook: bytes) -> None:
    """Read, taken, published: the new version tells what changed."""
    brings(keeper, workbook)
    keeper.sees("Che cosa cambia rispetto alla versione 1", f"La domanda “{MORE}” è nuova.")
    keeper.looks_at("survey-xlsform-right", again=False)
    keeper.presses("Prendi")
    keeper.sees("Versione 2, in scrittura", MORE)
    keeper.follows("Pubblica")
    keeper.sees(f"La domanda “{MORE}” è nuova.")
    keeper.presses("Pubblica la versione")
    assert keeper.page.locator('main [name="note"][aria-invalid="true"]').count() == 1
    keeper.looks_at("survey-publish-no-note", again=False)
    keeper.writes(note="Una domanda in più, chiesta dai quartieri")
    keeper.presses("Pubblica la versione")
    keeper.follows("Versione 2")
    keeper.sees("Che cosa è cambiato dalla versione 1", f"La domanda “{MORE}” è nuova.")
    again = load_workbook(io.BytesIO(downloads(keeper, "XLSForm")))["survey"]
    assert MORE in [cell.value for cell in again["C"]]
