"""A sealed period verifies, and nothing in it can be changed unseen."""

import copy
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.programmes.rules import seals

KINDS = ["company", "school", ""]
texts = st.text(max_size=12)
records = st.lists(
    st.tuples(texts, texts, st.booleans(), st.sampled_from(KINDS)), max_size=8, unique_by=lambda record: record[0]
)


def value_of(found, *, share, name="Imprese", **more):
    """A computed value with its records, sealed."""
    digest = seals.RecordsDigest()
    lines = [
        seals.sealed_record(key, label, counted or not share, {"kind": kind}) for key, label, counted, kind in found
    ]
    for line in lines:
        digest.add(**line)
    part, whole = Counter(), Counter()
    for line in lines:
        part[line["facets"]["kind"]] += line["counted"]
        whole[line["facets"]["kind"]] += 1
    sealed = {
        "format": seals.FORMAT,
        "indicator": {"name": name},
        "alliance": "",
        "value": {
            "numerator": str(digest.counted),
            "denominator": str(digest.records) if share else None,
            "yes": None,
            "text": "",
        },
        "breakdown": {"kind": {key: [part[key], whole[key]] for key in whole}},
        "records": {"count": digest.records, "sha256": digest.hexdigest()},
        **more,
    }
    return {"sealed": sealed, "seal": seals.seal_of(sealed), "records": lines}


@st.composite
def documents(draw):
    """A sealed period with a few values, and a correction of the first."""
    values = [
        value_of(draw(records), share=draw(st.booleans()), name=draw(texts)) for _ in range(draw(st.integers(1, 3)))
    ]
    period = {
        "format": seals.FORMAT,
        "title": draw(texts),
        "before": seals.FIRST,
        "measurements": [each["seal"] for each in values],
        "missing": [],
        "corrections": [],
    }
    seal = seals.seal_of(period)
    more = {"corrects": values[0]["seal"], "period_seal": seal, "reason": draw(st.text(min_size=1, max_size=9))}
    correction = value_of(draw(records), share=False, **more)
    return {"period": period, "seal": seal, "measurements": values, "corrections": [correction]}


def changes(content, path=()):
    """Every leaf of a document, by its path."""
    if isinstance(content, dict):
        for key, each in content.items():
            yield from changes(each, (*path, key))
    elif isinstance(content, list):
        for place, each in enumerate(content):
            yield from changes(each, (*path, place))
    else:
        yield path


def changed(document, path):
    """The document with another leaf at `path`."""
    made = copy.deepcopy(document)
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    leaf = holder[path[-1]]
    if isinstance(leaf, bool):
        holder[path[-1]] = not leaf
    elif isinstance(leaf, int):
        holder[path[-1]] = leaf + 1
    elif leaf is None:
        holder[path[-1]] = "1"
    else:
        holder[path[-1]] = f"{leaf}x"
    return made


@given(documents())
def test_what_was_sealed_verifies(document):
    assert seals.verify(document) == ()


@given(documents(), st.data())
def test_any_change_of_any_leaf_breaks_a_seal(document, data):
    path = data.draw(st.sampled_from(sorted(changes(document), key=str)))
    assert seals.verify(changed(document, path)), path


@given(documents(), st.data())
def test_no_record_and_no_value_is_taken_away_or_added_unseen(document, data):
    without = copy.deepcopy(document)
    without["measurements"].pop()
    assert seals.verify(without)
    filled = [place for place, each in enumerate(document["measurements"]) if each["records"]]
    if filled:
        without = copy.deepcopy(document)
        without["measurements"][data.draw(st.sampled_from(filled))]["records"].pop()
        assert seals.verify(without)


@given(documents())
def test_a_value_that_is_withheld_leaves_the_seal_of_the_period_verifiable(document):
    withheld = copy.deepcopy(document)
    withheld["measurements"][0] = {"seal": document["measurements"][0]["seal"], "withheld": True}
    assert seals.verify(withheld) == ()
    withheld["measurements"][0]["seal"] = "0" * 64
    assert seals.verify(withheld)


@given(st.lists(texts, min_size=2, max_size=5))
def test_the_chain_of_periods_breaks_where_one_is_rewritten(titles):
    chain, before = [], seals.FIRST
    for title in titles:
        sealed = {"title": title, "before": before}
        before = seals.seal_of(sealed)
        chain.append((sealed, before))
    assert seals.follows(chain) == ()
    rewritten = {"title": f"{titles[0]}x", "before": seals.FIRST}
    assert seals.follows([(rewritten, seals.seal_of(rewritten)), *chain[1:]])


@given(st.dictionaries(texts, st.one_of(st.integers(), texts, st.booleans(), st.none()), max_size=6))
def test_there_is_one_way_to_write_whatever_the_order_of_the_keys(content):
    turned = dict(reversed(content.items()))
    assert seals.canonical(turned) == seals.canonical(content)


def test_numbers_that_are_not_whole_are_not_sealed_as_numbers():
    with pytest.raises(TypeError):
        seals.canonical({"share": [0.5]})


def test_a_pseudonym_is_always_the_same_and_different_for_every_source_key_and_secret():
    made = {
        seals.pseudonym(secret, source, key)
        for secret in ("a", "b")
        for source in ("helpdesk.questions", "helpdesk.within")
        for key in ("1", "11")
    }
    assert len(made) == 8
    assert seals.pseudonym("a", "helpdesk.questions", "1") in made


def test_what_is_no_file_of_a_period_is_said_to_be_none():
    assert seals.verify({})
    assert seals.verify({"period": {"format": "other"}})
