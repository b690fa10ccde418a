"""Forms of the money: a revision with its rows, its decision, what a report is to show."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.programmes.forms.amounts import AmountField
from contempo.programmes.queries.money.choosing import Offers
from contempo.programmes.queries.money.reports import BY, FILTERS, Asked
from contempo.programmes.rules.reports import DIMENSION_NAMES
from contempo.programmes.rules.revisions import Change

ROWS, MOST_ROWS, MORE = 4, 60, 4
"""Rows a form begins with, has at most, and gets more."""


class RevisionForm(forms.Form):
    """A revision: title, reason, act, and rows of line, source, partner and amount.

    `choices` holds those of `line`, `source` and `partner`; a row without line, source and amount is left out.
    """

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    reason = forms.CharField(
        label=gettext_lazy("Why the budget is to be revised"), widget=forms.Textarea({"rows": 4}), max_length=4000
    )
    act = forms.CharField(
        label=gettext_lazy("Act by which funds come or go"),
        help_text=gettext_lazy(
            "Only if a source gets more or less than it had: the steering group then decides. Leave it empty when "
            "money only moves between lines."
        ),
        max_length=300,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, choices: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.rows = _rows(data, len(self.initial.get("changes", ())))
        for number in range(self.rows):
            self._add_row(number, choices)
        for number, change in enumerate(self.initial.get("changes", ())):
            for name, value in change.items():
                self.initial[f"{name}_{number}"] = value

    def _add_row(self, number: int, choices: Mapping[str, Any]) -> None:
        row = {"row": number + 1}
        for name, label, nothing in (
            ("line", _("Line, row %(row)s"), _("Choose a line")),
            ("source", _("Source of funds, row %(row)s"), _("Choose a source")),
            ("partner", _("Set aside for, row %(row)s"), _("Nobody in particular")),
        ):
            self.fields[f"{name}_{number}"] = forms.ChoiceField(
                label=label % row, choices=[("", nothing), *choices[name]], required=False
            )
        self.fields[f"amount_{number}"] = AmountField(
            label=_("More or less, row %(row)s") % row, required=False, signed=True
        )

    def clean(self) -> dict[str, Any]:
        """A row is written whole or not at all."""
        data: dict[str, Any] = super().clean() or {}
        for number in range(self.rows):
            line, source = data.get(f"line_{number}"), data.get(f"source_{number}")
            amount = data.get(f"amount_{number}")
            if f"amount_{number}" in self.errors or not (line or source or amount is not None):
                continue
            for name, value, text in (
                ("line", line, _("Choose the line.")),
                ("source", source, _("Choose the source.")),
                ("amount", amount, _("Write how much: +100 adds, -100 takes away.")),
            ):
                if value in (None, "") or value == 0:
                    self.add_error(f"{name}_{number}", text)
        return data

    @property
    def changes(self) -> tuple[Change, ...]:
        """The rows that are written whole, as changes."""
        return tuple(change for change in map(self._change, range(self.rows)) if change)

    def _change(self, number: int) -> Change | None:
        data = getattr(self, "cleaned_data", {})
        line, source, partner = (data.get(f"{name}_{number}") for name in ("line", "source", "partner"))
        amount = data.get(f"amount_{number}")
        if not (line and source and amount):
            return None
        return Change(int(line), int(source), int(partner) if partner else None, amount)

    @property
    def told(self) -> dict[str, Any]:
        """What the actions take."""
        return {**{name: self.cleaned_data[name] for name in ("title", "reason", "act")}, "changes": self.changes}

    @property
    def row_fields(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The fields of each row, with the number of the row."""
        for number in range(self.rows):
            yield number + 1, [self[f"{name}_{number}"] for name in ("line", "source", "partner", "amount")]


def _rows(data: Mapping[str, Any] | None, known: int) -> int:
    asked = str((data or {}).get("rows", ""))
    rows = int(asked) if asked.isdecimal() and len(asked) < 4 else max(ROWS, known)
    return min(rows + (MORE if data and "more" in data else 0), MOST_ROWS)


class DecisionForm(forms.Form):
    """Why a revision is approved or refused."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Needed to refuse. It stays with the revision."),
        widget=forms.Textarea({"rows": 3}),
        max_length=4000,
        required=False,
    )


class ReportForm(forms.Form):
    """What a report is divided by, and the one thing it may be narrowed to."""

    per = forms.ChoiceField(
        label=gettext_lazy("Divide by"),
        choices=[(name, DIMENSION_NAMES[dimension]) for name, dimension in BY.items()],
        required=False,
    )

    def __init__(self, data: Mapping[str, Any], offered: Offers) -> None:
        super().__init__({"per": Asked.by, **{name: value for name, value in data.items() if value}})
        per: Any = self.fields["per"]
        per.choices = [(name, _(DIMENSION_NAMES[dimension])) for name, dimension in BY.items()]
        for name, label in (
            ("soggetto", _("Partner")),
            ("alleanza", _("Alliance")),
            ("voce", _("Line")),
            ("fonte", _("Source of funds")),
            ("periodo", _("Paid in")),
        ):
            choices: Sequence[Any] = [("", _("All")), *offered[FILTERS[name].value]]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        """One filter at most: two at once are for the list of expenses."""
        data: dict[str, Any] = super().clean() or {}
        chosen = [name for name in FILTERS if data.get(name)]
        if len(chosen) > 1:
            self.add_error(
                chosen[-1], _("A report is narrowed by one thing: use the list of expenses for several at once.")
            )
        return data

    @property
    def asked(self) -> Asked:
        """The report asked for; only of a valid form."""
        data = self.cleaned_data
        narrowed = next((name for name in FILTERS if data.get(name)), "")
        return Asked(data.get("per") or Asked.by, narrowed, data.get(narrowed, "") if narrowed else "")
