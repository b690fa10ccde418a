"""No write escapes the history, and the history can be read by people."""

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from contempo.core.action import action
from contempo.core.audit import Change, forget, history, request_context


def _rename_with_bare_sql(shop, name):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_shop SET name = %s WHERE id = %s", [name, shop.pk])


@pytest.fixture
def bakery(specimens):
    return specimens.Shop.objects.create(name="Da Ivo", kind="food")


def test_insertion_update_and_deletion_are_kept_newest_first(bakery):
    key = bakery.pk
    bakery.name = "Forno Ivo"
    bakery.save()
    bakery.delete()
    bakery.pk = key
    removed, renamed, made = history(bakery)
    assert [entry.operation for entry in (removed, renamed, made)] == ["delete", "update", "insert"]
    assert renamed.changes == (Change("name", "nome", "Da Ivo", "Forno Ivo"),)
    assert Change("kind", "tipo", "", "Alimentari") in made.changes
    assert Change("name", "nome", "Forno Ivo", "") in removed.changes
    assert made.subject == "negozio"


def test_bare_sql_and_bulk_writes_are_seen(specimens, bakery):
    _rename_with_bare_sql(bakery, "Forno")
    specimens.Shop.objects.update(kind="books")
    books = specimens.Shop.objects.bulk_create([specimens.Shop(name=f"Libreria {n}", kind="books") for n in range(3)])
    moved, renamed, _ = history(bakery)
    assert moved.changes == (Change("kind", "tipo", "Alimentari", "Libreria"),)
    assert renamed.changes == (Change("name", "nome", "Da Ivo", "Forno"),)
    assert [len(history(book)) for book in books] == [1, 1, 1]


def test_a_write_outside_any_action_has_no_author(bakery):
    (made,) = history(bakery)
    assert (made.person_id, made.acting_for, made.action) == (None, None, "")


def test_a_write_in_an_action_tells_who_for_whom_when_and_in_which_action(specimens, marta, at):
    moment = at("2026-11-27T18:00")
    with request_context("r-1"):
        shop = open_shop(marta, model=specimens.Shop, name="Da Ivo")
    (made,) = history(shop)
    assert (made.person_id, made.acting_for, made.at) == (7, 42, moment)
    assert made.action == "core.tests.test_audit.open_shop"
    kept = specimens.Shop.pgh_event_model.objects.get().pgh_context.metadata
    assert (kept["network"], kept["request"]) == (1, "r-1")


def test_an_action_within_an_action_belongs_to_the_outer_one(specimens, marta):
    shop = open_shop_with_shelf(marta, model=specimens.Shop)
    assert {entry.action for entry in history(shop, related=["shelves"])} == {
        "core.tests.test_audit.open_shop_with_shelf"
    }


def test_the_author_of_one_action_is_not_that_of_the_next_write(specimens, marta):
    shop = open_shop(marta, model=specimens.Shop, name="Da Ivo")
    _rename_with_bare_sql(shop, "Forno")
    renamed, made = history(shop)
    assert (renamed.person_id, made.person_id) == (None, 7)


def test_values_are_shown_as_people_read_them(specimens, bakery):
    bakery.keeper = Group.objects.create(name="Famiglia Ivo")
    bakery.open, bakery.rent_cents, bakery.since, bakery.tags = False, 123456, "2026-11-27", ["pane", "dolci"]
    bakery.save()
    with translation.override("it"):
        changes = {change.field: (change.before, change.after) for change in history(bakery)[0].changes}
    assert changes == {
        "keeper": ("", "Famiglia Ivo"),
        "open": ("sì", "no"),
        "rent_cents": ("", "123.456"),
        "since": ("", "27 novembre 2026"),
        "tags": ("", "pane, dolci"),
    }


def test_what_a_foreign_key_pointed_to_may_be_gone(specimens, bakery):
    gone = Group.objects.create(name="Famiglia Ivo")
    bakery.keeper = gone
    bakery.save()
    bakery.keeper = None
    bakery.save()
    number = gone.pk
    gone.delete()
    with translation.override("it"):
        assert history(bakery)[0].changes == (Change("keeper", "gestione", f"non c’è più (numero {number})", ""),)


def test_excluded_fields_are_not_kept_and_leave_no_entry(specimens, bakery):
    specimens.Shop.objects.update(secret="1234")
    (made,) = history(bakery)
    assert all(change.field != "secret" for change in made.changes)
    assert not any(field.name == "secret" for field in specimens.Shop.pgh_event_model._meta.fields)


def test_a_save_that_changes_nothing_leaves_no_entry(bakery):
    bakery.save()
    assert len(history(bakery)) == 1


def test_rows_that_belong_to_the_thing_are_shown_with_it_also_when_gone(specimens, bakery):
    shelf = specimens.Shelf.objects.create(shop=bakery, label="Pane")
    other = specimens.Shop.objects.create(name="Altro", kind="food")
    specimens.Shelf.objects.create(shop=other, label="Vino")
    shelf.delete()
    told = [(entry.subject, entry.operation) for entry in history(bakery, related=["shelves"])]
    assert sorted(told) == [("negozio", "insert"), ("scaffale", "delete"), ("scaffale", "insert")]


def test_history_cannot_be_rewritten(specimens, bakery):
    events = specimens.Shop.pgh_event_model.objects
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        events.update(name="Mai esistito")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        events.all().delete()


def test_what_the_law_wants_forgotten_is_forgotten_and_only_that(specimens, bakery):
    bakery.name, bakery.since = "Forno", "2026-11-27"
    bakery.save()
    other = specimens.Shop.objects.create(name="Altro", kind="food")
    forget(specimens.Shop, [bakery.pk], fields=["name", "since"])
    assert {(event.name, event.since) for event in specimens.Shop.pgh_event_model.objects.filter(pgh_obj=bakery)} == {
        ("", None)
    }
    assert history(other)[0].changes[0].after == "Altro"


@pytest.mark.parametrize("length", [2, 60])
def test_a_long_history_takes_no_more_statements_than_a_short_one(specimens, bakery, budget, length):
    for number in range(length):
        bakery.name, bakery.keeper = f"Forno {number}", Group.objects.create(name=f"Gestione {number}")
        bakery.save()
        specimens.Shelf.objects.create(shop=bakery, label=f"Scaffale {number}")
    with budget("history with related rows"):
        assert len(history(bakery, limit=200, related=["shelves"])) == 2 * length + 1


def test_only_the_last_writes_are_shown_each_compared_with_the_one_before(bakery):
    for number in range(5):
        _rename_with_bare_sql(bakery, f"Forno {number}")
    last, before = history(bakery, limit=2)
    assert last.changes == (Change("name", "nome", "Forno 3", "Forno 4"),)
    assert before.changes == (Change("name", "nome", "Forno 2", "Forno 3"),)


@action
def open_shop(actor, *, model, name):
    return model.objects.create(name=name, kind="food")


@action
def open_shop_with_shelf(actor, *, model):
    shop = open_shop(actor, model=model, name="Da Ivo")
    shop.shelves.create(label="Pane")
    return shop
