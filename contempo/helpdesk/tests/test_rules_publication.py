"""Whoever reads everything that is published, and subtracts, finds no small count."""

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from contempo.core.small_cells import LEAST, is_small
from contempo.helpdesk.rules.publication import TOTAL, may_tell_percentile, published, published_part, whole
from contempo.helpdesk.tests.subtraction import Reader

TOPICS, CAPACITIES, KEPT = "ABCD", "xyz", ("yes", "no", "")
questions = st.lists(
    st.tuples(st.sampled_from(TOPICS), st.sampled_from(CAPACITIES), st.sampled_from(KEPT)), max_size=60
)


def counts_of(rows):
    """The counts of questions, each a topic, a capacity and whether the promise was kept."""
    found = {TOTAL: Counter({"all": len(rows)}) if rows else Counter()}
    for place, measure in enumerate(("topic", "capacity", "within")):
        found[measure] = Counter(row[place] for row in rows)
    return found


def parts_of(rows, place):
    return {key: counts_of([row for row in rows if row[place] == key]) for key in {row[place] for row in rows}}


@given(questions)
def test_nothing_small_is_told_of_a_set_nor_of_any_part_of_it(rows):
    told = [published(counts_of(rows))]
    told += [published_part(parts_of(rows, 0), "topic", topic) for topic in TOPICS]
    told += [published_part(parts_of(rows, 1), "capacity", capacity) for capacity in CAPACITIES]
    for page in told:
        assert not is_small(page.total or 0)
        assert not any(is_small(count) for keys in page.counts.values() for count in keys.values())


@given(questions)
def test_who_subtracts_all_that_is_told_finds_nothing_that_is_not(rows):
    """Every page anybody may open: the whole set, each topic, each capacity. Unknowns: the cells of the cube."""
    reader = Reader(product(TOPICS, CAPACITIES, KEPT))
    pages = [((None, None), published(counts_of(rows)))]
    pages += [((0, topic), published_part(parts_of(rows, 0), "topic", topic)) for topic in TOPICS]
    pages += [((1, capacity), published_part(parts_of(rows, 1), "capacity", capacity)) for capacity in CAPACITIES]
    secrets = []
    for (place, chosen), page in pages:
        here = [cell for cell in reader.cells if place is None or cell[place] == chosen]
        if page.total is not None:
            reader.told(here, page.total)
        elif any(row[place] == chosen if place is not None else True for row in rows):
            secrets.append(here)
        for column, (measure, keys) in enumerate({"topic": TOPICS, "capacity": CAPACITIES, "within": KEPT}.items()):
            if column == place:
                continue
            for key in keys:
                cells = [cell for cell in here if cell[column] == key]
                count = page.count(measure, key)
                if count is not None:
                    reader.told(cells, count)
                elif any(row in cells for row in rows):
                    secrets.append(cells)
    assert not [cells for cells in secrets if reader.knows(cells)]


@given(questions)
def test_from_whichever_side_a_table_is_opened_the_same_cells_are_hidden(rows):
    by_topic, by_capacity = parts_of(rows, 0), parts_of(rows, 1)
    for topic, capacity in product(by_topic, by_capacity):
        one = published_part(by_topic, "topic", topic).count("capacity", capacity)
        other = published_part(by_capacity, "capacity", capacity).count("topic", topic)
        assert one == other


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_small_count_that_is_named_may_still_be_any_of_four(yes, no, unknown):
    page = published({TOTAL: {"all": yes + no + unknown}, "within": {"yes": yes, "no": no, "": unknown}})
    for key in page.few.values():
        hidden = page.hidden["within"]
        rest = page.total - sum(page.counts["within"].values())
        other = next(each for each in hidden if each != key)
        assert {few for few in range(1, LEAST) if rest - few >= LEAST} == set(range(1, LEAST)), (key, other)


def test_which_count_is_small_is_said_where_that_tells_no_more():
    counts = {TOTAL: {"all": 100}, "within": {"yes": 96, "no": 4}}
    assert published(counts).few == {"within": "no"}
    assert published({TOTAL: {"all": 6}, "within": {"yes": 5, "no": 1}}).few == {}, "five at least leave one at most"


def test_a_set_that_is_small_itself_is_not_told_at_all():
    page = published(counts_of([("A", "x", "yes")] * (LEAST - 1)))
    assert page.total is None
    assert page.count("topic", "B") is None


def test_no_question_is_zero_questions():
    page = published(counts_of([]))
    assert (page.total, page.count("topic", "A")) == (0, 0)


def test_who_may_read_everything_reads_everything():
    page = whole(counts_of([("A", "x", "yes")]))
    assert (page.total, page.count("topic", "A"), page.count("topic", "B")) == (1, 1, 0)


def test_a_part_never_seen_is_zero_and_a_small_one_is_not_told():
    rows = [("A", "x", "yes")] * 20 + [("B", "y", "no")] * 3 + [("C", "y", "no")] * 9
    parts = parts_of(rows, 0)
    assert published_part(parts, "topic", "D").total == 0
    assert published_part(parts, "topic", "B").total is None
    assert published_part(parts, "topic", "C").total is None, "from the whole and A the sum of B and C is known"
    assert published_part(parts, "topic", "A").total == 20


def test_a_percentile_is_told_when_five_times_lie_on_each_side_of_it():
    assert next(number for number in range(60) if may_tell_percentile(number, 50)) == 10
    assert next(number for number in range(60) if may_tell_percentile(number, 90)) == 50
    assert not may_tell_percentile(None, 50)
