"""What is done with the texts that were chosen: codes given to them, or one taken away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 100
"""Texts that one form may name: those of a page, and some."""


class CodesForm(forms.Form):
    """Codes to give, with commas between them; or the number of a code to take away, when `away` is pressed."""

    codes = forms.CharField(
        label=_("Give codes, with commas between them"),
        required=False,
        widget=forms.TextInput({"list": "codes-known", "autocomplete": "off"}),
    )
    take = forms.IntegerField(required=False, min_value=1)
    away = forms.BooleanField(required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.chosen: list[str] = data.getlist("responses")[:MOST] if data is not None else []
        """What the page calls the texts that are chosen."""

    def clean(self) -> dict[str, Any]:
        """What is typed; what is to be taken away has to be chosen."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("away") and not given.get("take"):
            self.add_error("take", _("Choose the code to take away."))
        return given
