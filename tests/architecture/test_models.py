"""Who may know whom, among tables: a foreign key given as a string escapes the imports, not this."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.architecture.layers import height


def _context(model: type[models.Model]) -> str | None:
    package, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "contempo" else None


def test_relations_point_to_the_same_context_or_down() -> None:
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        here = _context(model)
        for field in model._meta.get_fields():
            if here is None or field.auto_created or not isinstance(field.related_model, type):
                continue
            there = _context(field.related_model)
            if there not in {here, None} and height(there) >= height(here):
                wrong.append(f"{here}.{model.__name__}.{field.name} -> {there}.{field.related_model.__name__}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, interactive=False)
