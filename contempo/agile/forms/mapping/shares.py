"""How the time of a worker is shared out."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.forms.mapping.seen import SeenForm
from contempo.agile.queries.mapping.workers import SharesTyped

_WRONG = {
    "invalid": _("Write a whole number of per cents: 40."),
    "min_value": _("A share is between 0 and 100 per cent."),
    "max_value": _("A share is between 0 and 100 per cent."),
}


def _percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": "3"}),
        error_messages=_WRONG,
    )


def _written(shares: dict[int, int]) -> str:
    return ";".join(f"{key}={percent}" for key, percent in sorted(shares.items()))


class SharesForm(SeenForm):
    """A share for each activity of the worker's units, and for one more by its code."""

    code = forms.CharField(
        label=_("Code of another activity"),
        required=False,
        max_length=40,
        help_text=_("For an activity of another unit. The list of activities shows the codes."),
    )
    code_percent = _percent(_("Share in it, in per cent"))

    def __init__(self, data: QueryDict | None = None, *, typed: SharesTyped) -> None:
        initial: dict[str, object] = {"seen": _written(typed.shares)}
        initial |= {f"share_{key}": percent for key, percent in typed.shares.items()}
        super().__init__(data, initial=initial)
        self.typed = typed
        for key, title, unit in typed.activities:
            self.fields[f"share_{key}"] = _percent(title)
            self.fields[f"share_{key}"].help_text = unit

    def rows(self) -> Iterator[BoundField]:
        """The field of each activity."""
        return (self[f"share_{key}"] for key, _title, _unit in self.typed.activities)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("code") and said.get("code_percent") is None and "code_percent" not in self.errors:
            self.add_error("code_percent", _("Write the share in this activity."))
        if said.get("code_percent") and not said.get("code"):
            self.add_error("code", _("Write the code of the activity."))
        return said

    def shares(self, coded: int | None) -> dict[int, int]:
        """The shares as typed, when they are valid; `coded` is the activity of the code."""
        said = self.cleaned_data
        shares = {key: said[f"share_{key}"] or 0 for key, _title, _unit in self.typed.activities}
        return {**shares, coded: said["code_percent"] or 0} if coded else shares

    def opened_on(self) -> dict[int, int]:
        """The shares the form was opened on; what nobody wrote is none of them."""
        pairs = (each.partition("=") for each in self.cleaned_data["seen"].split(";") if each)
        return {int(key): int(percent) for key, _sign, percent in pairs if key.isdecimal() and percent.isdecimal()}
