"""What is typed about a worker, by human resources and by themself."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from contempo.agile.actions.staff.workers import WorkerWritten
from contempo.agile.forms.staff.units import NO_DAY
from contempo.agile.rules.commuting import MEANS_LABELS
from contempo.agile.rules.staff import CONTRACT_LABELS
from contempo.agile.rules.structure_staff import SEX_WORDS
from contempo.core.choices import choices
from contempo.web.forms import DateInput

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


class WorkerForm(forms.Form):
    """Somebody of the staff; `units` are those to choose from. With `dated` it asks since when a change holds."""

    number = forms.CharField(
        label=_("Staff number"),
        max_length=40,
        help_text=_("No names here: who is linked shows the name they chose."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the staff number.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The invitation goes here. Who has shown this address to be theirs can enter."),
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"invalid": _("This is not an e-mail address: it looks like name@example.org.")},
    )
    unit = forms.ChoiceField(
        label=_("Unit"), error_messages={"required": _("Choose the unit."), "invalid_choice": _("Choose the unit.")}
    )
    contract = forms.ChoiceField(
        label=_("Contract"),
        choices=choices(CONTRACT_LABELS),
        error_messages={"required": _("Choose the contract.")},
    )
    category = forms.CharField(
        label=_("Category"),
        max_length=40,
        required=False,
        help_text=_("As in the rules of the month: the days may depend on it."),
    )
    part_time_percent = forms.IntegerField(
        label=_("Working time, in per cent"),
        min_value=1,
        max_value=100,
        initial=100,
        help_text=_("100 is full time."),
        widget=forms.TextInput(_NUMBER),
        error_messages={
            "required": _("Write a number from 1 to 100."),
            "invalid": _("Write a number from 1 to 100."),
            "min_value": _("Write a number from 1 to 100."),
            "max_value": _("Write a number from 1 to 100."),
        },
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays worked"),
        coerce=int,
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        initial=["0", "1", "2", "3", "4"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one weekday.")},
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=choices(SEX_WORDS),
        initial="x",
        help_text=_("For the figures by sex, which never tell of single persons."),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        help_text=_("For the figures by age, which never tell of single persons."),
        widget=forms.TextInput(_NUMBER),
        error_messages={"invalid": _("Write the year with four digits.")},
    )
    since = forms.DateField(
        label=_("First day of the employment"),
        widget=DateInput(),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )
    last = forms.DateField(
        label=_("Last day of the employment"),
        required=False,
        widget=DateInput(),
        help_text=_("The day itself is included. Leave it empty when there is no end."),
        error_messages={"invalid": NO_DAY},
    )
    heads_unit = forms.BooleanField(label=_("Heads the unit"), required=False)
    safety_representative = forms.BooleanField(
        label=_("Safety representative"),
        required=False,
        help_text=_("Receives the safety notice for the workers (RLS)."),
    )
    day = forms.DateField(
        label=_("The changes hold since"),
        widget=DateInput(),
        help_text=_("Unit, contract and working time are kept in the history as they were until the day before."),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], dated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["unit"]).choices = [("", _("Choose…")), *units]
        if not dated:
            del self.fields["day"]

    @property
    def day_said(self) -> date:
        """The day since when, when it is valid."""
        day: date = self.cleaned_data["day"]
        return day

    def written(self) -> WorkerWritten:
        """What was typed, when it is valid."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("day", "unit", "weekdays")}
        unit, weekdays = int(self.cleaned_data["unit"]), tuple(self.cleaned_data["weekdays"])
        return WorkerWritten(unit_id=unit, weekdays=weekdays, **said)


class CommutingForm(forms.Form):
    """How far, and how: both or none."""

    km = forms.DecimalField(
        label=_("Kilometres from home to work, one way"),
        required=False,
        min_value=0,
        max_value=500,
        max_digits=5,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write a number, for instance 12,5."),
            "max_digits": _("Write at most one decimal, for instance 12,5."),
            "max_decimal_places": _("Write at most one decimal, for instance 12,5."),
            "min_value": _("Kilometres cannot be less than zero."),
            "max_value": _("Write at most 500 kilometres."),
        },
    )
    means = forms.ChoiceField(
        label=_("How you mostly go"),
        required=False,
        choices=[("", _("I prefer not to say")), *choices(MEANS_LABELS)],
        error_messages={"invalid_choice": _("Choose a means of the list.")},
    )
