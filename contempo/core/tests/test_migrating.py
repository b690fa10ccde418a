"""First migrations add indexes, constraints and triggers together, and nothing else in another order."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations import AddConstraint, AddIndex
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

from contempo.core import migrating

CONTEXTS = ("people", "network", "norms", "programmes", "helpdesk", "agile", "questionnaires")
UNCHANGED = ("norms", "programmes", "helpdesk")
"""Those whose tables no later migration changes."""


@pytest.mark.parametrize("context", CONTEXTS)
def test_first_migrations_are_quick_ones(context: str) -> None:
    migration = import_module(f"contempo.{context}.migrations.0001_initial").Migration("0001_initial", context)
    assert isinstance(migration, migrating.Migration)


@pytest.mark.django_db
def test_all_that_first_migrations_add_is_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
            " UNION SELECT tgname FROM pg_trigger"
        )
        there = {name for (name,) in cursor.fetchall()}
    missing = []
    for context in UNCHANGED:
        for each in import_module(f"contempo.{context}.migrations.0001_initial").Migration.operations:
            if isinstance(each, AddIndex):
                name = each.index.name
            elif isinstance(each, AddConstraint):
                name = each.constraint.name
            elif isinstance(each, AddTrigger):
                name = f"pgtrigger_{each.trigger.name}"
            else:
                continue
            missing += [] if any(known.startswith(name) for known in there) else [name]
    assert not missing


def test_a_group_of_additions_leaves_the_state_that_they_leave_one_by_one() -> None:
    operations = import_module("contempo.norms.migrations.0001_initial").Migration.operations
    one_by_one, together = ProjectState(), ProjectState()
    for operation in operations:
        operation.state_forwards("norms", one_by_one)
    for operation in migrating.in_groups(operations):
        operation.state_forwards("norms", together)
    assert len(list(migrating.in_groups(operations))) < len(operations)
    assert one_by_one == together
