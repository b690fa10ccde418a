"""What is typed about an activity."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.programmes.actions.activities import Written
from contempo.programmes.forms.editions import EditionForm
from contempo.web.forms import DateInput

_NO_DAY = _("Write the day in full, for instance 27/03/2022.")
_NO_COUNT = _("Write how many times, with digits: 12.")


class ActivityForm(EditionForm):
    """What is written of an activity; `organisations` are those to choose from."""

    title = forms.CharField(
        label=_("Title"), max_length=300, error_messages={"required": _("Write what is to be done, in a line.")}
    )
    text = forms.CharField(
        label=_("Text"), required=False, max_length=20_000, strip=True, widget=forms.Textarea({"rows": 6})
    )
    starts_on = forms.DateField(
        label=_("First day"), required=False, widget=DateInput(), error_messages={"invalid": _NO_DAY}
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput(),
        error_messages={"invalid": _NO_DAY},
        help_text=_("The day itself is included."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=300)
    times = forms.IntegerField(
        label=_("Times planned"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("How often it is to take place, when it is more than once."),
        error_messages={
            "invalid": _NO_COUNT,
            "min_value": _("An activity takes place at least once."),
            "max_value": _("This is too often to be true."),
        },
    )
    responsible = forms.TypedMultipleChoiceField(
        label=_("Responsible"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The organisations that answer for it."),
    )

    def __init__(self, *args: Any, organisations: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = organisations  # type: ignore[attr-defined]

    def written(self) -> Written:
        """What was typed, when it is valid."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "edition"}
        return Written(**{**said, "responsible": tuple(said["responsible"])})
