"""Forms that know what they were opened on."""

from typing import cast

from django import forms
from django.http import QueryDict

from contempo.core.verdict import Refusal
from contempo.web.forms import add_refusal


class SeenForm(forms.Form):
    """A form that carries, in hidden fields, what was there when it was opened. Once refused it carries what is there
    now: sending it again is knowing it.
    """

    seen = forms.CharField(required=False, max_length=10_000, widget=forms.HiddenInput)

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was saved; what was typed stays."""
        add_refusal(self, refusal)
        data = cast(QueryDict, self.data).copy()
        for field in self.hidden_fields():
            data[field.name] = self.initial[field.name]
        self.data = data
