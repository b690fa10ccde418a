"""How message ids are spelled in every language of the interface: a file may come in any of them."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext, override

from contempo.core.imports.kinds import Kind
from contempo.core.imports.tables import Heads
from contempo.core.imports.values import FieldReader


def spellings(message: str) -> Iterable[str]:
    """`message` in each language."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield gettext(message)


def heads_of(kind: Kind) -> Heads:
    """The heads by which the fields of `kind` are known."""
    return Heads(kind.fields, spellings)


def readers_of(kind: Kind) -> dict[str, FieldReader]:
    """For each field of `kind` what reads its cells."""
    return {field.key: FieldReader.of(field, spellings) for field in kind.fields}
