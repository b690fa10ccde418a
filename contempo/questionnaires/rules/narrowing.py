"""Filters as addresses write them: `q.flexible:yes`, `a.size:small`, `q.workers:10..49`. Pure."""

from collections.abc import Iterable
from contextlib import suppress

from contempo.core.verdict import Refusal
from contempo.questionnaires.rules.tables import Book, Filter, read_filter

_TO = ".."


def parsed(tokens: Iterable[str], known: Book) -> tuple[Filter, ...]:
    """The filters of `tokens`: several answers of one question are taken together, any of them will do.

    Raises Refusal for a question or an answer that the questionnaire does not have.
    """
    kept: dict[str, dict[str, object]] = {}
    for token in tokens:
        code, _colon, value = token.partition(":")
        low, to, high = value.partition(_TO)
        if to:
            kept[f"{code}{_TO}"] = {"variable": code, **_bound("least", low), **_bound("most", high)}
            continue
        one = kept.setdefault(code, {"variable": code, "values": []})
        values = one["values"]
        if isinstance(values, list) and value not in values:
            values.append(value)
    return tuple(read_filter(one, known) for one in kept.values())


def understood(tokens: Iterable[str], known: Book) -> tuple[Filter, ...]:
    """As `parsed`, without the tokens that say nothing here: of a question that is gone, of another wave."""
    found = []
    for token in tokens:
        with suppress(Refusal):
            parsed([token], known)
            found.append(token)
    return parsed(found, known)


def tokens(filters: Iterable[Filter]) -> list[str]:
    """What `parsed` reads."""
    found = []
    for one in filters:
        code = one.variable.code
        if one.values:
            found += [f"{code}:{value}" for value in one.values]
        else:
            found.append(f"{code}:{_number(one.least)}{_TO}{_number(one.most)}")
    return found


def token(code: str, value: str) -> str:
    """One answer of one question."""
    return f"{code}:{value}"


def span(code: str, least: float, most: float) -> str:
    """Numbers from `least` to `most`, both included."""
    return f"{code}:{_number(least)}{_TO}{_number(most)}"


def _bound(name: str, text: str) -> dict[str, object]:
    """An end as a number; one that is none stays a text, which is refused."""
    if not text:
        return {}
    try:
        return {name: float(text)}
    except ValueError:
        return {name: text}


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)
