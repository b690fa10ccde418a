"""What is typed about a unit."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.actions.staff.units import UnitWritten
from contempo.agile.rules.staff import UNIT_KIND_LABELS
from contempo.core.choices import choices
from contempo.web.forms import DateInput

NO_DAY = _("Write the day in full, for instance 27/03/2026.")


class UnitForm(forms.Form):
    """A unit as it is, and the day since when; `above` are the units it may be part of."""

    name = forms.CharField(
        label=_("Name of the unit"), max_length=200, error_messages={"required": _("Write the name of the unit.")}
    )
    code = forms.CharField(
        label=_("Unit code"),
        max_length=40,
        help_text=_("The code the organisation uses. Files find the unit by it."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Write the code of the unit.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of unit"),
        choices=choices(UNIT_KIND_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of unit it is.")},
    )
    parent = forms.ChoiceField(
        label=_("Part of"),
        required=False,
        help_text=_("Empty for a directorate."),
        error_messages={"invalid_choice": _("Choose a unit of the list.")},
    )
    day = forms.DateField(
        label=_("It has been so since"),
        widget=DateInput(),
        help_text=_("Until the day before, the history keeps what it was."),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )

    def __init__(self, *args: Any, above: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["parent"]).choices = [("", _("No unit: it stands by itself")), *above]

    @property
    def day_said(self) -> date:
        """The day, when it is valid."""
        day: date = self.cleaned_data["day"]
        return day

    def written(self) -> UnitWritten:
        """What was typed, when it is valid."""
        said = self.cleaned_data
        parent = int(said["parent"]) if said["parent"] else None
        return UnitWritten(code=said["code"], kind=said["kind"], name=said["name"], parent_id=parent)


class EndUnitForm(forms.Form):
    """The last day of a unit; empty while it goes on."""

    last = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput(),
        help_text=_("The day itself is included. Leave it empty when the unit goes on."),
        error_messages={"invalid": NO_DAY},
    )


class HeadForm(forms.Form):
    """Who heads a unit; `workers` are those who work in it."""

    worker = forms.TypedChoiceField(
        label=_("Headed by"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Only those who work in this very unit can head it."),
        error_messages={"invalid_choice": _("Choose somebody of the list.")},
    )
    day = forms.DateField(
        label=_("It has been so since"), widget=DateInput(), error_messages={"required": NO_DAY, "invalid": NO_DAY}
    )

    def __init__(self, *args: Any, workers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["worker"]).choices = [("", _("Nobody")), *workers]
