"""People find what is there and what they may see, whatever way they write it."""

from dataclasses import replace

import pytest

from contempo.core.search import Document, find, find_like, put, put_many, remove
from contempo.core.search.finding import CANDIDATES, PAGE_SIZE
from contempo.core.search.models import SearchDocument

pytestmark = pytest.mark.django_db

NIDO = Document(1, "service", "nido", "Asilo nido “L’Albero”", "Accoglie bambine e bambini da tre mesi.", "/n/", True)
COMUNE = Document(1, "organisation", "comune", "Comune di Milano", "Capofila della rete, in piazza.", "/c/", True)
COOP = Document(
    1, "organisation", "coop", "Il Melograno", "Cooperativa sociale, attività di cura a Milano", "/m/", True
)
LAVORO = Document(1, "news", "agile", "Il lavoro agile in azienda", "Perché conviene, e come si comincia.", "/l/", True)
VERBALE = Document(1, "news", "verbale", "Verbale della cabina di regia", "Riservato ai membri.", "/v/", False)
BERGAMO = Document(2, "organisation", "bergamo", "Comune di Bergamo", "Rete di Bergamo.", "/b/", True)


@pytest.fixture(autouse=True)
def archive() -> None:
    put_many([NIDO, COMUNE, COOP, LAVORO, VERBALE, BERGAMO])


def _keys(text, **changes):
    return [hit.key for hit in find(**{"network_id": 1, "text": text, "public_only": True, **changes}).items]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("albero", ["nido"]),
        ("L'ALBERO", ["nido"]),
        ("attivita", ["coop"]),
        ("perche", ["agile"]),
        ("bambino", ["nido"]),
        ("cooperative sociali", ["coop"]),
        ("cooperat", ["coop"]),
        ("cabina", []),
        ("zebra", []),
        ("", []),
        ("di", []),
        ("?!", []),
        ("  '  ", []),
    ],
)
def test_accents_capitals_apostrophes_and_endings_do_not_matter(typed, found):
    assert _keys(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("smart working", "agile"), ("telelavoro", "agile"), ("nidi", "nido"), ("asili", "nido"), ("coop", "coop")],
)
def test_other_words_for_the_same_thing_find_it(typed, found):
    assert found in _keys(typed)


def test_every_word_has_to_be_there():
    assert _keys("cooperativa milano") == ["coop"]
    assert _keys("cooperativa zebra") == []


def test_who_has_it_in_the_title_comes_first():
    assert _keys("milano") == ["comune", "coop"]


@pytest.mark.parametrize("typed", ["m", "me", "melo", "melogra", "melograno"])
def test_a_word_is_found_while_it_is_being_typed_from_two_letters_on(typed):
    assert ("coop" in _keys(typed)) == (len(typed) > 1)


def test_each_network_finds_its_own_and_the_whole_house_finds_all():
    assert _keys("comune", network_id=2) == ["bergamo"]
    assert sorted(_keys("comune", network_id=None)) == ["bergamo", "comune"]


def test_what_is_not_public_is_found_by_members_only():
    assert _keys("verbale") == []
    assert _keys("verbale", public_only=False) == ["verbale"]


def test_kinds_can_be_chosen():
    assert _keys("milano", kinds=["organisation"]) == ["comune", "coop"]
    assert _keys("milano", kinds=["news"]) == []
    assert _keys("milano", kinds=[]) == []
    assert _keys("milano", kinds=["x' | '~public", "\\"]) == []


def test_a_hit_says_what_and_where_and_why():
    (hit,) = find(network_id=1, text="attivita", public_only=True).items
    assert (hit.kind, hit.title, hit.url) == ("organisation", "Il Melograno", "/m/")
    assert ("attività", True) in hit.excerpt


def test_put_again_brings_up_to_date_and_removed_is_gone():
    put(network_id=1, kind="service", key="nido", title="Chiuso", body="", url="/x/", public=True)
    assert _keys("albero") == []
    assert _keys("chiuso") == ["nido"]
    remove(kind="service", key="nido")
    assert _keys("chiuso") == []


def test_put_again_the_same_writes_nothing():
    before = SearchDocument.objects.extra(select={"version": "xmin::text"}).values_list("version", flat=True)
    versions = list(before.order_by("id"))
    put_many([NIDO, COMUNE])
    assert list(before.order_by("id")) == versions


def test_of_doubles_the_last_one_counts():
    put_many([NIDO, replace(NIDO, title="Micronido")])
    assert SearchDocument.objects.get(kind="service", key="nido").title == "Micronido"


def test_pages_follow_one_another_and_end():
    put_many(Document(1, "news", str(n), f"Girotondo {n}", "", "/", True) for n in range(PAGE_SIZE + 5))
    first, second, third = (find(network_id=1, text="girotondo", public_only=True, page=n) for n in (1, 2, 3))
    assert (first.total, first.total_is_more, first.pages) == (PAGE_SIZE + 5, False, 2)
    assert (len(first.items), len(second.items), len(third.items)) == (PAGE_SIZE, 5, 0)
    assert third.total == PAGE_SIZE + 5
    assert not {hit.key for hit in first.items} & {hit.key for hit in second.items}


def test_a_word_too_common_to_be_counted_says_that_there_is_more_and_still_ranks_titles_first():
    put_many(Document(1, "news", str(n), f"Notizia {n}", "Girotondo.", "/", True) for n in range(CANDIDATES + 5))
    put(network_id=1, kind="news", key="best", title="Girotondo", body="", url="/", public=True)
    results = find(network_id=1, text="girotondo", public_only=True)
    assert (results.total, results.total_is_more) == (CANDIDATES, True)
    assert results.items[0].key == "best"
    assert find(network_id=1, text="girotondo", public_only=True, page=10_000).items == ()


def test_a_text_may_hold_anything():
    put(
        network_id=1,
        kind="news",
        key="odd",
        title="Nul\x00la",
        body="\x00" + "pagliaccio " * 20_000,
        url="/",
        public=True,
    )
    assert _keys("pagliaccio") == ["odd"]


@pytest.mark.parametrize("rows", [1, 400])
def test_finding_and_putting_take_one_statement_however_much_there_is(budget, rows):
    documents = [Document(1, "news", str(n), f"Girotondo {n}", "Girotondo.", "/", True) for n in range(rows)]
    with budget("put"):
        put_many(documents)
    with budget("find"):
        find(network_id=1, text="girotondo nido mila", public_only=True)


FERIE = Document(
    1,
    "entry",
    "1:en",
    "Taking parental leave by the hour",
    "Parents may be absent by the hour.",
    "/e/",
    True,
    "en",
    ("topic:hourly_leave", "norm:3"),
)
SCHEDA = Document(
    1,
    "entry",
    "1:it",
    "Il congedo a ore",
    "I genitori possono assentarsi a ore.",
    "/e/",
    True,
    "it",
    ("topic:hourly_leave",),
)


@pytest.mark.parametrize("typed", ["parent", "parents absent", "hourly leave", "leaving", "congedo parentale hour"])
def test_a_text_in_english_is_found_by_its_own_endings_and_synonyms(typed):
    put_many([FERIE, SCHEDA])
    assert "1:en" in _keys(typed)
    assert _keys(typed, language="en") == ["1:en"]


def test_a_search_may_be_limited_to_one_language():
    put_many([FERIE, SCHEDA])
    assert _keys("ore", language="it") == ["1:it"]
    assert _keys("ore", language="en") == []
    assert _keys("albero", language="it") == ["nido"]


def test_stop_words_of_english_alone_find_nothing():
    put_many([FERIE])
    assert _keys("the of") == []
    assert _keys("of", language="en") == []


def test_a_search_may_be_limited_to_what_has_every_tag():
    put_many([FERIE, SCHEDA])
    assert _keys("hour", tags=["norm:3"]) == ["1:en"]
    assert _keys("congedo", tags=["topic:hourly_leave"]) == ["1:it"]
    assert _keys("congedo", tags=["topic:hourly_leave", "norm:3"]) == []
    assert _keys("congedo", tags=["x' | '~public", "\\"]) == []


def test_a_tag_is_made_of_letters_and_digits():
    with pytest.raises(ValueError, match="not a tag"):
        put_many([replace(SCHEDA, tags=("two words",))])


def _like(text, **changes):
    asked = {"network_id": 1, "text": text, "public_only": True, **changes}
    return [hit.key for hit in find_like(**asked)]


def test_what_is_like_a_long_text_shares_several_of_its_words():
    put_many([FERIE, SCHEDA])
    long = "Buongiorno, sono una mamma e i genitori come me vorrebbero assentarsi qualche volta dal lavoro. " * 20
    assert _like(long)[0] == "1:it"
    assert _like(long, kinds=["organisation"]) == []
    assert _like("we are parents and would like to be absent from work some hours", language="en") == ["1:en"]


def test_one_word_of_the_body_is_not_enough_unless_it_is_the_only_one():
    assert _like("Vorrei sapere qualcosa della piazza per favore") == []
    assert _like("milano") == ["comune", "coop"]
    assert _like("di e con ?!") == []
    assert _like("") == []


@pytest.mark.parametrize("words", [2, 500])
def test_what_is_like_a_text_takes_one_statement_however_long_it_is(budget, words):
    with budget("find"):
        _like("girotondo nido albero " * words)
