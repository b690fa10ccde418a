"""Rows that are added, moved, taken out and pasted inside a form: options, rows of a table, tests of a condition.

Fields are named `<prefix>-<n>-<field>`; the order of the numbers is the order of the rows. All of it works by sending
the form, so no script is needed; rows left empty are no rows.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from django.utils.translation import ngettext

from contempo.questionnaires.forms.making.saying import SayingForm

F = TypeVar("F", bound="RowForm")
MOST_ROWS = 400


class RowForm(SayingForm):
    """One row. An empty one is right; `blank` tells it from the others."""

    at = 0
    last = False

    @property
    def blank(self) -> bool:
        """Whether nothing was typed in it."""
        return not self.has_changed()

    @property
    def keeps(self) -> bool:
        """Whether something of it can be kept."""
        return not self.errors

    def beside(self, language: str) -> str:
        """The field beside which a sentence of it is told: by default its text in that language."""
        return language


class Rows(Generic[F]):
    """The rows of one kind in a form: as kept (`kept`, dictionaries of values) or as typed (`data`).

    `said` is what is told of all of them, `left` the lines pasted for which there was no room.
    """

    def __init__(
        self,
        prefix: str,
        form: type[F],
        kept: Iterable[Mapping[str, Any]],
        data: Mapping[str, Any] | None,
        *,
        least: int = 2,
        **shared: Any,
    ) -> None:
        self.prefix, self.form, self.shared = prefix, form, shared
        self.bound = data is not None
        self.values = _typed(prefix, data) if data is not None else [_as_typed(one) for one in kept]
        self.focus: int | None = None
        self.least = least
        self.said: list[str] = []
        self.left = ""
        self._forms: list[F] = []

    @property
    def forms(self) -> list[F]:
        """A form for each row, and a blank one to type in next: `least` where there is none yet."""
        if not self._forms:
            spare = self.least if not self.values else 1 if any(self.values[-1].values()) else 0
            self._forms = [self._form(number, row) for number, row in enumerate([*self.values, *([{}] * spare)])]
        return self._forms

    def _form(self, number: int, row: Mapping[str, str]) -> F:
        prefix = f"{self.prefix}-{number}"
        typed = {f"{prefix}-{name}": value for name, value in row.items()}
        form = self.form(typed, prefix=prefix, empty_permitted=True, use_required_attribute=False, **self.shared)
        form.at, form.last = number, number >= len(self.values) - 1
        if number == self.focus:
            first = next(field for field in form.fields.values() if not field.widget.is_hidden)
            first.widget.attrs["autofocus"] = True
        return form

    def tell(self, at: int | None, language: str, text: str) -> None:
        """Tell a sentence of the row that gave the `at`-th thing kept, beside its field; without a place, of all."""
        kept = self.right()
        if at is None or at >= len(kept):
            self.said.append(text)
        else:
            kept[at].say(kept[at].beside(language), text)

    def filled(self) -> list[F]:
        """The rows in which something was typed."""
        return [form for form in self.forms if not form.blank]

    def right(self) -> list[F]:
        """Those of which something can be kept."""
        return [form for form in self.filled() if form.keeps]

    def is_valid(self) -> bool:
        """Whether every row is right."""
        return not self.left and not any(form.errors for form in self.forms)

    def do(self, what: str) -> bool:
        """Do what a button asks, `up-2`, `down-2`, `drop-2` or `add`; whether it is one of these."""
        name, _dash, at = what.partition("-")
        self._forms = []
        if name == "add":
            self.values.append({})
            typed = (number for number, row in enumerate(self.values, start=1) if any(row.values()))
            self.focus = max(typed, default=0)
            return True
        number = int(at) if at.isdecimal() else -1
        if name not in ("up", "down", "drop") or not 0 <= number < len(self.values):
            return False
        row = self.values.pop(number)
        if name != "drop":
            self.focus = min(max(number + (-1 if name == "up" else 1), 0), len(self.values))
            self.values.insert(self.focus, row)
        else:
            self.focus = min(number, max(len(self.values) - 1, 0))
        return True

    def paste(self, text: str) -> None:
        """Add a line of `text` each at the end, after taking out rows left empty there; lines whose Italian words are
        there already are left out. What finds no room stays in the field it was pasted into.
        """
        self._forms = []
        there = {row.get("it", "").strip() for row in self.values}
        while self.values and not any(self.values[-1].values()):
            self.values.pop()
        lines = [(it, en) for it, en in pasted(text) if it not in there]
        room = max(MOST_ROWS - len(self.values), 0)
        self.focus = len(self.values)
        self.values.extend(_as_typed({"it": it, "en": en}) for it, en in lines[:room])
        self.left = "\n".join(f"{it} | {en}" if en else it for it, en in lines[room:])

    @property
    def left_said(self) -> str:
        """Why lines stayed where they were pasted; empty for none."""
        number = len(self.left.splitlines())
        said = ngettext(
            "%(number)s line found no room: at most %(most)s rows fit.",
            "%(number)s lines found no room: at most %(most)s rows fit.",
            number,
        )
        return said % {"number": number, "most": MOST_ROWS} if number else ""


def _typed(prefix: str, data: Mapping[str, Any]) -> list[dict[str, str]]:
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(\w+)")
    rows: dict[int, dict[str, str]] = {}
    for name in data:
        if found := pattern.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = data[name]
    return [rows[number] for number in sorted(rows)][:MOST_ROWS]


def _as_typed(row: Mapping[str, Any]) -> dict[str, str]:
    """Values as a browser sends them: what is empty or not ticked is not sent."""
    kept = {name: value for name, value in row.items() if value not in (None, False, "")}
    return {name: "on" if value is True else str(value) for name, value in kept.items()}


def pasted(text: str) -> list[tuple[str, str]]:
    """Lines of a list as pairs (Italian, English): one a line, the English after a tabulation or “|”, without the
    marks lists begin with; empty lines and what is there twice are left out.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        first, _cut, second = re.sub(r"^\s*(?:[-–•*·]|\d{1,3}[.)])\s+", "", line).replace("\t", "|").partition("|")
        if first.strip():
            found.setdefault(first.strip(), second.strip())
    return list(found.items())
