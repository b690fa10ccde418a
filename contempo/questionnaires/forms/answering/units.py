"""For which units somebody answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.questionnaires.queries.answering.units import Unit


@dataclass(frozen=True)
class Picked:
    """Numbers of units: `own` only where the invitation names none."""

    own: int | None
    others: tuple[int, ...]


class UnitsForm(forms.Form):
    """Words to search units by, and the units ticked: those named before, and those found."""

    words = forms.CharField(label=_("Search by name"), required=False, max_length=100)

    def __init__(self, data: Any, *, own: Unit | None, named: Sequence[Unit]) -> None:
        super().__init__(data)
        self.own, self.named = own, tuple(named)
        self.found: tuple[Unit, ...] | None = None
        self.ticked = set(self._numbers("others")) if self.is_bound else {one.id for one in named}

    def picked(self) -> Picked:
        """What was ticked."""
        own = next(iter(self._numbers("own")), self.own.id if self.own else None)
        return Picked(own, tuple(one for one in self._numbers("others") if one != own))

    def show(self, found: Sequence[Unit]) -> None:
        """Show what was found, without what is named already."""
        known = {one.id for one in self.named} | ({self.own.id} if self.own else set())
        self.found = tuple(one for one in found if one.id not in known)

    def _numbers(self, name: str) -> list[int]:
        data: Any = self.data
        return [int(one) for one in data.getlist(name) if one.isdecimal() and len(one) < 18] if self.is_bound else []
