"""Forms of what others may change meanwhile."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contempo.core.verdict import Refusal
from contempo.programmes.rules.editions import Overtaken
from contempo.web.forms import add_refusal


class EditionForm(forms.Form):
    """A form that carries the edition it was opened on. When it was `overtaken`, what was typed stays, `present` tells
    what is there now, and saving again is knowing it.
    """

    edition = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    overtaken = False

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was saved."""
        add_refusal(self, refusal)
        if isinstance(refusal, Overtaken):
            self.overtaken = True
            data = cast(QueryDict, self.data).copy()
            data["edition"] = self.initial["edition"]
            self.data = data

    @property
    def present(self) -> list[tuple[str, str]]:
        """Label and present value of each field that was typed otherwise."""
        differing = (name for name in self.changed_data if name in self.initial and name != "edition")
        return [(str(self[name].label), _written(self[name])) for name in differing]


def _written(field: forms.BoundField) -> str:
    value = field.initial
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if hasattr(field.field, "choices"):
        chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
        return ", ".join(label for key, label in _flat(field.field.choices) if key in chosen) or _("nothing")
    return str(value or "") or _("nothing")


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for key, label in choices:
        group = label if isinstance(label, list | tuple) else [(key, label)]
        yield from ((str(each), str(name)) for each, name in group)
