"""What is typed about the agile work plan."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.actions.monitoring.plans import Written
from contempo.agile.rules.workplan import ACTION_STATE_LABELS, SECTION_LABELS, ActionState
from contempo.core.choices import choices
from contempo.web.forms import DateInput

_NO_DAY = _("Write the day in full, for instance 27/03/2022.")
_NO_YEAR = _("Write the year with four digits: 2027.")


class PlanForm(forms.Form):
    """Title and years of a plan."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Write how the plan is called.")}
    )
    first_year = forms.IntegerField(
        label=_("First year"),
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"invalid": _NO_YEAR, "required": _NO_YEAR},
    )
    last_year = forms.IntegerField(
        label=_("Last year"),
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"invalid": _NO_YEAR, "required": _NO_YEAR},
        help_text=_("Public bodies plan three years ahead, each year anew."),
    )


class SectionForm(forms.Form):
    """The text of a section."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("An empty line begins a new paragraph."),
    )


class AdoptForm(forms.Form):
    """By which act a plan was adopted."""

    adopted_on = forms.DateField(
        label=_("Day of the act"), widget=DateInput(), error_messages={"invalid": _NO_DAY, "required": _NO_DAY}
    )
    act = forms.CharField(
        label=_("Act"),
        max_length=200,
        help_text=_("For instance: resolution of the Giunta 580 of 25 May 2021."),
        error_messages={"required": _("Write which act adopted the plan.")},
    )


class ActionForm(forms.Form):
    """An action of a plan; `units` are those that may answer for it."""

    section = forms.ChoiceField(label=_("Section"), choices=choices(SECTION_LABELS))
    title = forms.CharField(
        label=_("Action"), max_length=300, error_messages={"required": _("Write what is to be done, in a line.")}
    )
    unit_id = forms.TypedChoiceField(label=_("Responsible unit"), required=False, coerce=int, empty_value=None)
    responsible = forms.CharField(
        label=_("Responsible, in words"),
        required=False,
        max_length=200,
        help_text=_("The office or role, when it is no unit of this employer."),
    )
    due_on = forms.DateField(
        label=_("To be done by"), required=False, widget=DateInput(), error_messages={"invalid": _NO_DAY}
    )
    indicator = forms.CharField(
        label=_("Indicator"), required=False, max_length=300, help_text=_("What shows that the action works.")
    )
    baseline = forms.CharField(label=_("At the start"), required=False, max_length=100)
    target = forms.CharField(label=_("Target"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=choices(ACTION_STATE_LABELS), initial=ActionState.PLANNED.value)
    value = forms.CharField(label=_("Value today"), required=False, max_length=100)
    note = forms.CharField(label=_("Note"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [("", _("None")), *units]  # type: ignore[attr-defined]

    def written(self) -> Written:
        """What was typed, when it is valid."""
        return Written(**self.cleaned_data)


class ProgressForm(forms.Form):
    """How far an action of an adopted plan is."""

    state = forms.ChoiceField(label=_("State"), choices=choices(ACTION_STATE_LABELS))
    value = forms.CharField(label=_("Value today"), required=False, max_length=100)
    note = forms.CharField(label=_("Note"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3}))
