"""Fields that forms of agreements share."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.rules.agreements.terms import MOST_BANDS, MOST_TEXT

_BAND = re.compile(r"^\s*(\d{1,2})[:.](\d{2})\s*(?:-|–|—|/|a|alle|to)\s*(\d{1,2})[:.](\d{2})\s*$", re.IGNORECASE)


class Words(forms.CharField):
    """Some lines of text."""

    def __init__(self, rows: int = 5, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(max_length=MOST_TEXT, widget=forms.Textarea({"rows": rows}), **options)


class BandsField(forms.CharField):
    """Contact bands, one a line: `09:30-12:30`. Its value is a list of pairs of clock times."""

    default_error_messages = {"band": _("Write each band as two times, for instance from 09:30 to 12:30.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("Contact bands"))
        options.setdefault("help_text", _("In which hours you can be reached, one band a line: 09:30-12:30."))
        super().__init__(max_length=200, widget=forms.Textarea({"rows": MOST_BANDS}), **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "\n".join(f"{start}-{end}" for start, end in value)
        return value

    def clean(self, value: Any) -> list[list[str]]:
        text = super().clean(value)
        bands = []
        for line in filter(str.strip, re.split(r"[\n;]", text)):
            found = _BAND.match(line)
            if found is None:
                raise forms.ValidationError(self.error_messages["band"], code="band")
            one, two, three, four = found.groups()
            bands.append([f"{int(one):02}:{two}", f"{int(three):02}:{four}"])
        return bands
