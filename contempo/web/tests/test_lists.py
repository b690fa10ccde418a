"""Lists: an exact count, filters as chips, order from a short list of columns, pages that never fail."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from contempo.web.lists import ListPage, build, paginate
from contempo.web.tests.conftest import Opens
from contempo.web.tests.gallery import COLUMNS, SampleFilters, to_row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hundred_rows")]
ROWS = ContentType.objects.filter(app_label__in=["web", "core"], model__startswith="soggetto")


def page_of(query: str, **options: object) -> ListPage:
    params = QueryDict(query)
    return build(SampleFilters(params, ROWS), columns=COLUMNS, to_row=to_row, sort="name", **options)  # type: ignore[arg-type]


def names(page: ListPage) -> list[str]:
    return [row.name for row in page.rows]


def test_the_count_is_exact_and_the_first_page_full() -> None:
    page = page_of("")
    assert (page.total, page.pages, len(page.rows), page.first, page.last) == (160, 7, 25, 1, 25)


def test_the_last_page_holds_the_rest() -> None:
    page = page_of("pagina=7")
    assert (len(page.rows), page.first, page.last, page.next_url) == (10, 151, 160, "")


@pytest.mark.parametrize(("asked", "given"), [("99", 7), ("0", 1), ("-3", 1), ("due", 1), ("²", 1), ("9" * 30, 1)])
def test_a_page_that_is_not_there_gives_the_nearest(asked: str, given: int) -> None:
    assert page_of(f"pagina={asked}").page == given


def test_no_row_is_on_two_pages_nor_missing() -> None:
    seen = [name for number in range(1, 8) for name in names(page_of(f"ordina=app&pagina={number}"))]
    assert len(seen) == len(set(seen)) == 160


def test_the_order_is_the_readers_among_the_columns_that_allow_it() -> None:
    assert names(page_of("ordina=-name"))[0] == "soggetto 159"
    assert page_of("ordina=state").sort == "name"
    assert page_of("ordina=pk__password").sort == "name"


def test_the_head_of_the_ordered_column_says_how_and_turns_it_round() -> None:
    heads = {head.column.key: head for head in page_of("ordina=number&app_label=web").headers}
    assert heads["number"].order == "ascending"
    assert heads["number"].url == "?ordina=-number&app_label=web" or "ordina=-number" in heads["number"].url
    assert heads["name"].order == ""
    assert heads["state"].url == ""


def test_filters_narrow_the_count_and_are_named_in_words() -> None:
    page = page_of("q=soggetto 01&app_label=core")
    assert page.total == 5
    assert [(chip.label, chip.value) for chip in page.chips] == [("Nome", "soggetto 01"), ("Applicazione", "Nucleo")]


def test_a_chip_lifts_its_filter_alone_and_goes_back_to_the_first_page() -> None:
    chip = page_of("q=soggetto&app_label=web&pagina=2&ordina=-name").chips[1]
    assert QueryDict(chip.url[1:]).dict() == {"q": "soggetto", "ordina": "-name"}


def test_one_of_several_choices_can_be_lifted() -> None:
    chips = page_of("model=company&model=school").chips
    assert [chip.value for chip in chips] == ["Impresa", "Scuola"]
    assert QueryDict(chips[0].url[1:]).getlist("model") == ["school"]


def test_a_filter_value_that_does_not_exist_is_no_filter_and_is_told() -> None:
    page = page_of("app_label=nothing")
    assert (page.total, page.chips) == (160, ())
    assert page.filter_form is not None
    assert page.filter_form.errors


def test_links_of_pages_keep_filters_and_order() -> None:
    page = page_of("q=soggetto&ordina=-name&pagina=3")
    assert QueryDict(page.next_url[1:]).dict() == {"q": "soggetto", "ordina": "-name", "pagina": "4"}
    assert [link.number for link in page.page_links] == [1, 2, 3, 4, 0, 7]
    assert "pagina" not in QueryDict(page.page_links[0].url[1:])


def test_downloads_keep_filters_and_order_and_forget_the_page() -> None:
    url, _name = page_of("q=soggetto&ordina=-name&pagina=3").exports[0]
    assert QueryDict(url[1:]).dict() == {"q": "soggetto", "ordina": "-name", "formato": "csv"}


def test_two_statements_however_many_rows(django_assert_num_queries: object) -> None:
    with CaptureQueriesContext(connection) as few:
        page_of("q=soggetto 01")
    with CaptureQueriesContext(connection) as many:
        page_of("")
    assert len(few) == len(many) == 2


def test_a_known_count_is_not_counted_again() -> None:
    with CaptureQueriesContext(connection) as statements:
        assert page_of("", total=160).total == 160
    assert len(statements) == 1


def test_a_list_without_filters() -> None:
    page = paginate(ROWS, params=QueryDict("ordina=-name"), columns=COLUMNS, to_row=to_row, sort="name", per_page=10)
    assert (page.pages, page.chips, page.filter_form) == (16, (), None)


def test_the_page_shows_rows_heads_count_and_chips(opens: Opens) -> None:
    page = opens("/elenco/", q="soggetto 01", ordina="-name")
    assert page.select_one(".list-count strong").get_text(strip=True) == "10 soggetti"
    assert len(page.select("table.rows tbody tr")) == 10
    assert page.select_one("th[aria-sort=descending]").get_text(strip=True) == "Denominazione"
    assert page.select_one("tbody th a")["href"] == "/modulo/"
    assert [cell["data-label"] for cell in page.select("tbody tr:first-child td")] == [
        "Applicazione",
        "Stato",
        "Numero",
        "Dal giorno",
    ]


def test_nothing_found_offers_to_lift_the_filters(opens: Opens) -> None:
    page = opens("/elenco/", q="zzz")
    assert page.select_one(".empty-title").get_text() == "Nessun risultato con questi filtri"
    assert page.select_one(".empty a")["href"] == "?"


def test_an_empty_list_teaches_what_will_be_here(opens: Opens) -> None:
    ContentType.objects.all().delete()
    page = opens("/elenco/")
    assert page.select_one(".empty-title").get_text() == "La rete sta nascendo"
    assert not page.select(".list-exports")
