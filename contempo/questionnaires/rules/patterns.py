"""Patterns that a text must have. Whoever writes a questionnaire writes them, so they run on an engine whose time is
linear in the text (that of pydantic, in Rust): no pattern can hang a server.
"""

from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> TypeAdapter[str]:
    return TypeAdapter(Annotated[str, StringConstraints(pattern=f"^(?:{pattern})$")])


def is_pattern(pattern: str) -> bool:
    """Whether `pattern` is a regular expression that can be checked (look-around and back references cannot)."""
    try:
        _compiled(pattern)
    except SchemaError:
        return False
    return True


def fits(pattern: str, text: str) -> bool:
    """Whether the whole of `text` has the pattern. Raises SchemaError for what `is_pattern` refuses."""
    try:
        _compiled(pattern).validate_python(text)
    except ValidationError:
        return False
    return True
