"""Migrations that begin quickly: what only adds to tables is applied together.

Django draws every model it knows anew after each operation. With a hundred triggers, indexes and constraints in a first
migration that is most of the time of a first start; for such operations once is enough.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from itertools import groupby
from typing import Any

from django.db.migrations import AddConstraint, AddIndex
from django.db.migrations import Migration as Plain
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

_ADDING = (AddIndex, AddConstraint, AddTrigger)


class Migration(Plain):
    """A migration whose neighbouring additions of indexes, constraints and triggers share one state of the models."""

    def apply(self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False) -> ProjectState:
        """As Django does it, the additions in groups."""
        grouped = copy(self)
        setattr(grouped, "operations", list(in_groups(self.operations)))  # noqa: B010 - a class variable to the stubs
        return Plain.apply(grouped, project_state, schema_editor, collect_sql)


def in_groups(operations: Iterable[Operation]) -> Iterator[Operation]:
    """The operations in their order, neighbouring additions as one."""
    for adding, group in groupby(operations, key=lambda operation: isinstance(operation, _ADDING)):
        if adding:
            yield _Together(list(group))
        else:
            yield from group


class _Together(Operation):
    """Several additions: each sees the models as they are once all of them are made."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} additions"
