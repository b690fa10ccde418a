"""The shape of what a person says about a file."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.imports.csv_file import UTF8, WINDOWS
from contempo.core.imports.kinds import Field, FieldKind, Kind, Missing
from contempo.core.imports.models import ImportRun
from contempo.core.imports.rules import MOST_BYTES
from contempo.core.imports.tables import Layout
from contempo.web.forms import Upload

ENDS = "ends_missing"
_HINTS = {
    FieldKind.DATE: _("A date: 31/12/2026."),
    FieldKind.DECIMAL: _("A number: 36,5."),
    FieldKind.INTEGER: _("A whole number."),
    FieldKind.EMAIL: _("An e-mail address."),
    FieldKind.BOOLEAN: _("Yes or no."),
    FieldKind.CODE: _("A code: the zeros it begins with are kept."),
}


class FileForm(forms.Form):
    """A table of rows to import."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A table in CSV or XLSX. The first row holds the names of the columns. At most 20 MB."),
        widget=Upload({"accept": ".csv,.txt,.xlsx"}, max_bytes=MOST_BYTES),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )


class LayoutForm(forms.Form):
    """How the file is to be read, where what was found out is wrong."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    encoding = forms.ChoiceField(
        label=_("Accented letters are written as"), choices=((UTF8, "UTF-8"), (WINDOWS, "Windows-1252"))
    )
    separator = forms.ChoiceField(
        label=_("Columns are parted by"), choices=((";", _("semicolon ;")), (",", _("comma ,")), ("\t", _("tab")))
    )

    def __init__(self, data: Any = None, *, run: ImportRun) -> None:
        initial = {"sheet": run.sheet, "encoding": run.encoding, "separator": run.separator}
        super().__init__(data, initial=initial, prefix="layout")
        if run.sheet:
            self.fields = {"sheet": self.fields["sheet"]}
            self.fields["sheet"].choices = [(name, name) for name in run.sheets]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]

    def layout(self) -> Layout:
        """How to read the file."""
        return Layout(**self.cleaned_data)


FEW = 20
"""Fields that are all looked at."""


class ColumnsForm(forms.Form):
    """For each field the column that holds it."""

    def __init__(self, data: Any = None, *, kind: Kind, run: ImportRun, columns: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.kind = kind
        for field in kind.fields:
            self.fields[field.key] = forms.ChoiceField(
                label=gettext(field.label),
                help_text=" ".join(_hints(field)),
                required=field.required,
                choices=[("", gettext("The file does not have it")), *columns],
                initial=str(run.mapping.get(field.key, "")),
                error_messages={
                    "required": _("Choose the column that holds it: it is needed."),
                    "invalid_choice": _("The file has no such column."),
                },
            )
        if kind.missing is Missing.END:
            label = gettext(kind.missing_label) if kind.missing_label else gettext("End what the file leaves out")
            self.fields[ENDS] = forms.BooleanField(label=label, required=False, initial=run.ends_missing)

    def clean(self) -> dict[str, Any]:
        """No column holds two fields."""
        cleaned: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for field in self.kind.fields:
            column = cleaned.get(field.key)
            if column and taken.setdefault(column, field.key) != field.key:
                other = gettext(self.kind.field(taken[column]).label)
                self.add_error(field.key, gettext("This column is already chosen for “%(other)s”.") % {"other": other})
        return cleaned

    def first_fields(self) -> list[forms.BoundField]:
        """Those to look at: needed, found in the file, wrong; all of them when they are few."""
        found = [one for one in self if one.field.required or one.value() or one.errors or one.name == ENDS]
        return found if len(self.fields) > FEW else list(self)

    def other_fields(self) -> list[forms.BoundField]:
        """Those that the file does not seem to have."""
        first = {one.name for one in self.first_fields()}
        return [one for one in self if one.name not in first]

    def mapping(self) -> dict[str, int]:
        """The column of each field that has one."""
        chosen = {field.key: self.cleaned_data[field.key] for field in self.kind.fields}
        return {key: int(column) for key, column in chosen.items() if column}


def _hints(field: Field) -> Iterable[str]:
    if field.help:
        yield gettext(field.help)
    if field.kind is FieldKind.CHOICE:
        words = ", ".join(gettext(choice.label) for choice in field.choices)
        yield gettext("One of: %(words)s.") % {"words": words}
    elif field.kind in _HINTS and not field.help:
        yield str(_HINTS[field.kind])
