"""Norms are added, changed, ended and replaced, and whoever cites them is told, once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from contempo.core.search import find
from contempo.core.testing import published
from contempo.core.verdict import Refusal
from contempo.norms.actions import add_norm, change_norm, end_norm, replace_norm, restore_norm, tell_endings
from contempo.norms.events import NormChanged, NormEnded
from contempo.norms.jobs import tell_of_ended_norms
from contempo.norms.models import Norm
from contempo.norms.tests.factories import LONG_AGO, NormFactory, record
from contempo.people.public import SYSTEM
from contempo.people.tests.racing import at_once

pytestmark = pytest.mark.django_db

WHY = "Abrogata dal decreto 105 del 2022."
TODAY, TOMORROW, YESTERDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 19)


@pytest.fixture(autouse=True)
def _day(at):
    at("2026-11-20T10:00")


@pytest.fixture
def marta(world):
    return world.actor(world.marta)


@pytest.fixture
def norm(world):
    return NormFactory(network=world.milano)


def changed() -> list[int]:
    return [event.norm_id for event in published(NormChanged)]


def ended() -> list[int]:
    return [event.norm_id for event in published(NormEnded)]


def test_a_new_norm_has_its_address_and_is_found(world, marta):
    norm = add_norm(marta, record=record())
    assert norm.slug == "legge-104-1992-art-33"
    hits = find(network_id=world.milano.id, text="permesso chi assiste", public_only=True).items
    assert [(hit.kind, hit.url) for hit in hits] == [("norm", "norme/legge-104-1992-art-33/")]
    assert changed() == ended() == []


def test_the_same_norm_is_not_entered_twice(world, marta):
    add_norm(marta, record=record())
    with pytest.raises(Refusal) as refused:
        add_norm(marta, record=record(article="Art. 33"))
    assert refused.value.field == "short_title"
    add_norm(world.actor(world.davide, world.bergamo), record=record())
    assert Norm.objects.count() == 2


def test_a_further_wording_of_an_article_has_an_address_of_its_own(marta):
    add_norm(marta, record=record())
    norm = add_norm(marta, record=record(valid_from=date(2022, 8, 13)))
    assert norm.slug == "legge-104-1992-art-33-2022-08-13"
    with pytest.raises(Refusal) as refused:
        change_norm(marta, norm_id=norm.id, changes={"valid_from": LONG_AGO})
    assert refused.value.field == "short_title"


def test_a_hidden_norm_is_not_found_by_the_public(world, marta):
    add_norm(marta, record=record(published=False))
    assert not find(network_id=world.milano.id, text="permesso", public_only=True).items


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "http://www.normattiva.it/"}, "url"),
        ({"checked_on": TOMORROW}, "checked_on"),
        ({"day": TOMORROW}, "day"),
        ({"amended_on": TOMORROW}, "amended_on"),
        ({"short_title": "…", "article": ""}, "short_title"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_changes_nothing(marta, wrong, field):
    with pytest.raises(Refusal) as refused:
        add_norm(marta, record=record(**wrong))
    assert refused.value.field == field
    assert not Norm.objects.exists()


def test_fields_that_no_form_may_reach_are_guarded(marta, norm):
    with pytest.raises(ValueError, match="valid_to"):
        change_norm(marta, norm_id=norm.id, changes={"valid_to": TODAY})


@pytest.mark.parametrize(
    "changes", [{"amended_on": TODAY}, {"article": "art. 34"}, {"valid_from": date(1993, 1, 1)}, {"number": "105"}]
)
def test_a_change_of_substance_is_told(marta, norm, changes):
    change_norm(marta, norm_id=norm.id, changes=changes)
    assert changed() == [norm.id]


@pytest.mark.parametrize(
    "changes",
    [{"summary_it": "Detto meglio."}, {"url": "https://www.gazzettaufficiale.it/x"}, {"checked_on": TODAY}, {}],
)
def test_other_words_or_another_address_are_not(marta, norm, changes):
    change_norm(marta, norm_id=norm.id, changes=changes)
    assert changed() == ended() == []


def test_the_address_stays_when_the_title_changes(marta, norm):
    change_norm(marta, norm_id=norm.id, changes={"short_title": "Legge nuova"})
    assert Norm.objects.get(id=norm.id).slug == norm.slug


def test_a_norm_that_ends_is_told_at_once(marta, norm):
    end_norm(marta, norm_id=norm.id, valid_to=TODAY, reason=WHY)
    norm.refresh_from_db()
    assert (norm.valid_to, norm.end_reason, norm.replaced_by) == (TODAY, WHY, None)
    assert (ended(), changed()) == ([norm.id], [])


def test_saying_it_again_tells_nothing_more(marta, norm):
    for _time in range(2):
        end_norm(marta, norm_id=norm.id, valid_to=TODAY, reason=WHY)
    assert (ended(), changed()) == ([norm.id], [])


def test_an_end_to_come_is_a_change_now_and_an_end_on_its_day(marta, norm, at):
    end_norm(marta, norm_id=norm.id, valid_to=TOMORROW, reason=WHY)
    assert (changed(), ended()) == ([norm.id], [])
    assert tell_endings(SYSTEM, on=TODAY) == 0
    assert tell_endings(SYSTEM, on=TOMORROW) == 1
    assert ended() == [norm.id]


def test_an_end_passed_while_nobody_asked_is_told_once_however_often_one_asks(world, marta, at):
    norms = [NormFactory(network=network) for network in (world.milano, world.milano, world.bergamo)]
    Norm.objects.update(valid_to=date(2026, 12, 31))
    at("2027-03-05T08:00")
    for _time in range(3):
        tell_of_ended_norms(timestamp=1_804_233_600)
    assert sorted(ended()) == sorted(norm.id for norm in norms)


def test_the_day_of_the_job_is_that_of_italy(marta, norm):
    end_norm(marta, norm_id=norm.id, valid_to=TOMORROW, reason=WHY)
    late_evening_of_the_day_before, past_midnight = 1_795_211_400, 1_795_216_200
    tell_of_ended_norms(timestamp=late_evening_of_the_day_before)
    assert ended() == []
    tell_of_ended_norms(timestamp=past_midnight)
    assert ended() == [norm.id]


def test_what_had_ended_when_it_was_entered_is_not_told(world):
    NormFactory(network=world.milano, valid_to=YESTERDAY)
    assert tell_endings(SYSTEM, on=TODAY) == 0


def test_a_reason_is_asked_for(marta, norm):
    with pytest.raises(Refusal) as refused:
        end_norm(marta, norm_id=norm.id, valid_to=TODAY, reason="no")
    assert refused.value.field == "reason"
    assert Norm.objects.get(id=norm.id).valid_to is None


def test_a_norm_cannot_end_before_it_began(marta, norm):
    with pytest.raises(Refusal) as refused:
        end_norm(marta, norm_id=norm.id, valid_to=LONG_AGO, reason=WHY)
    assert refused.value.field == "valid_to"


def test_an_end_entered_by_mistake_is_taken_back_and_a_later_one_told_again(marta, norm):
    end_norm(marta, norm_id=norm.id, valid_to=YESTERDAY, reason=WHY)
    restore_norm(marta, norm_id=norm.id, reason="Era un’altra legge.")
    norm.refresh_from_db()
    assert (norm.valid_to, norm.end_told, norm.end_reason) == (None, False, "Era un’altra legge.")
    assert changed() == [norm.id]
    end_norm(marta, norm_id=norm.id, valid_to=TODAY, reason=WHY)
    assert ended() == [norm.id, norm.id]


def test_without_an_end_there_is_nothing_to_take_back(marta, norm):
    with pytest.raises(Refusal):
        restore_norm(marta, norm_id=norm.id, reason="Era un’altra legge.")


def replace(marta, norm, successor, valid_to=TODAY):
    replace_norm(marta, norm_id=norm.id, successor_id=successor.id, valid_to=valid_to, reason=WHY)


def test_another_norm_takes_its_place(world, marta, norm):
    successor = NormFactory(network=world.milano)
    replace(marta, norm, successor)
    norm.refresh_from_db()
    assert (norm.replaced_by, norm.valid_to) == (successor, TODAY)
    assert ended() == [norm.id]


def test_two_norms_do_not_replace_each_other(world, marta, norm):
    successor = NormFactory(network=world.milano)
    replace(marta, norm, successor)
    with pytest.raises(Refusal) as refused:
        replace(marta, successor, norm)
    assert refused.value.field == "successor"
    assert Norm.objects.get(id=successor.id).valid_to is None


def test_a_norm_of_another_network_replaces_nothing(world, marta, norm):
    with pytest.raises(Refusal):
        replace(marta, norm, NormFactory(network=world.bergamo))


def test_the_norms_of_another_network_cannot_be_touched(world, marta):
    theirs = NormFactory(network=world.bergamo)
    with pytest.raises(Refusal):
        change_norm(marta, norm_id=theirs.id, changes={"number": "1"})


def test_nor_does_the_database_let_a_norm_of_another_network_replace_one(world, norm):
    theirs = NormFactory(network=world.bergamo)
    with pytest.raises(IntegrityError, match="norm_same_network"), transaction.atomic():
        Norm.objects.filter(id=norm.id).update(replaced_by=theirs, valid_to=TODAY)


@pytest.mark.parametrize(
    "impossible",
    [{"valid_to": LONG_AGO}, {"url": "http://example.org"}, {"end_told": True}],
)
def test_nor_what_no_norm_can_be(norm, impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        Norm.objects.filter(id=norm.id).update(**impossible)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_would_close_a_circle_at_the_same_instant_one_is_refused(world, marta):
    ring = NormFactory.create_batch(4, network=world.milano)
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    refused = at_once(*(lambda pair=pair: replace(marta, *pair) for pair in pairs))
    assert len([each for each in refused if each]) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_norm_at_the_same_instant_one_is_told_it_is_there(world, marta):
    refused = at_once(*[lambda: add_norm(marta, record=record())] * 2)
    assert sorted(each.field for each in refused if each) == ["short_title"]
    assert Norm.objects.count() == 1
