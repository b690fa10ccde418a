"""What is said of a survey of the past, and of the columns of its table."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.questionnaires.actions.past.beginning import Past
from contempo.questionnaires.rules.past.guessing import CHOICES, USE_LABELS, Column, Use
from contempo.questionnaires.rules.states import (
    MODE_LABELS,
    PURPOSE_LABELS,
    UNIT_KIND_LABELS,
    Mode,
    Origin,
    Purpose,
)
from contempo.web.forms import DateInput, Upload

_NO_DAY = dict.fromkeys(("required", "invalid"), _("Write the day in full, for instance 27/03/2022."))
MOST_BYTES = 20 * 1024 * 1024


class PastForm(forms.Form):
    """A survey of the past."""

    title = forms.CharField(label=_("Title"), max_length=160, error_messages={"required": _("Write a title.")})
    purpose = forms.ChoiceField(label=_("Purpose"), choices=choices(PURPOSE_LABELS))
    since = forms.DateField(label=_("First day"), widget=DateInput(), error_messages=_NO_DAY)
    last = forms.DateField(label=_("Last day"), widget=DateInput(), error_messages=_NO_DAY)
    origin = forms.ChoiceField(
        label=_("What is left of it"),
        choices=[
            (Origin.IMPORTED.value, _("Single responses, one a row of a table")),
            (Origin.AGGREGATES.value, _("Only aggregates: how many gave which answer")),
        ],
        widget=forms.RadioSelect,
    )
    version_id = forms.TypedChoiceField(
        label=_("Questionnaire it asked"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("One of the network, to compare the years; else it is made of the columns of the table."),
    )
    file = forms.FileField(
        label=_("Its table"),
        required=False,
        widget=Upload(max_bytes=MOST_BYTES),
        help_text=_("CSV or XLSX. Needed only to make the questionnaire of its columns."),
    )
    unit_kind = forms.ChoiceField(label=_("What is counted"), choices=choices(UNIT_KIND_LABELS))
    mode = forms.ChoiceField(
        label=_("What was promised to who answered"),
        choices=choices(MODE_LABELS),
        help_text=_("Without a name, no small figures are told."),
    )
    results_public = forms.BooleanField(label=_("Everybody may read the results"), required=False)

    def __init__(self, *args: Any, versions: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["version_id"]
        field.choices = [("", _("None of these")), *versions]

    def past(self) -> Past:
        """What the form says."""
        said = self.cleaned_data
        return Past(
            title=said["title"],
            since=said["since"],
            last=said["last"],
            origin=Origin(said["origin"]),
            mode=Mode(said["mode"]),
            unit_kind=said["unit_kind"],
            purpose=Purpose(said["purpose"]),
            version_id=said["version_id"],
            results_public=said["results_public"],
        )


class PastColumnsForm(forms.Form):
    """What each column of a table is: its use, the words of its question, its answers one a line."""

    def __init__(self, *args: Any, columns: Sequence[Column], **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = columns
        for column in columns:
            name = f"c{column.number}"
            self.fields[f"{name}_use"] = forms.ChoiceField(
                label=_("What it is"), choices=choices(USE_LABELS), initial=column.use.value
            )
            self.fields[f"{name}_label"] = forms.CharField(
                label=_("Words of the question"), max_length=1_000, required=False, initial=column.label
            )
            if column.options or column.use in CHOICES:
                self.fields[f"{name}_options"] = forms.CharField(
                    label=_("Answers"),
                    required=False,
                    widget=forms.Textarea({"rows": min(8, len(column.options) + 1)}),
                    initial="\n".join(f"{value} = {label}" for value, label in column.options),
                    help_text=_("One a line: what the table holds = how it reads. For degrees from the least."),
                )

    def rows(self) -> list[tuple[Column, list[Any]]]:
        """Each column with its fields, for the page."""
        return [
            (column, [self[name] for name in self.fields if name.startswith(f"c{column.number}_")])
            for column in self.columns
        ]

    def told(self) -> list[Column]:
        """The columns as the person says they are."""
        said = self.cleaned_data
        return [
            Column(
                column.number,
                column.head,
                Use(said[f"c{column.number}_use"]),
                said[f"c{column.number}_label"] or column.head,
                _options(said.get(f"c{column.number}_options", "")),
            )
            for column in self.columns
        ]


def _options(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for line in filter(str.strip, text.splitlines()):
        value, _equals, label = line.partition("=")
        found.append((value.strip(), label.strip() or value.strip()))
    return tuple(found)
