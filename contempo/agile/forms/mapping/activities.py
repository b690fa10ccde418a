"""What is typed about an activity."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.web.forms import DateInput

_NO_DAY = _("Write the day in full, for instance 27/03/2026.")


class ActivityForm(forms.Form):
    """What is written of an activity; `units` are those to choose from."""

    title = forms.CharField(
        label=_("What is done"),
        max_length=200,
        help_text=_("In the words of everybody: other units that do the same should find themselves in it."),
        error_messages={"required": _("Write what is done, in a line.")},
    )
    unit = forms.ChoiceField(
        label=_("Unit"), error_messages={"required": _("Choose the unit."), "invalid_choice": _("Choose the unit.")}
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=5_000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = [("", _("Choose…"))] if len(units) > 1 else []
        cast(forms.ChoiceField, self.fields["unit"]).choices = [*blank, *units]

    def written(self) -> dict[str, Any]:
        """What was typed, when it is valid, as actions take it."""
        said = dict(self.cleaned_data)
        unit_id = int(said.pop("unit"))
        return {**said, "unit_id": unit_id}


class NewActivityForm(ActivityForm):
    """The same for a new one, with its first day."""

    since = forms.DateField(
        label=_("First day"),
        required=False,
        widget=DateInput(),
        help_text=_("When nothing is written: today."),
        error_messages={"invalid": _NO_DAY},
    )


class EndForm(forms.Form):
    """The last day of an activity."""

    last_day = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        help_text=_("The day itself is included."),
        error_messages={"invalid": _NO_DAY, "required": _NO_DAY},
    )
