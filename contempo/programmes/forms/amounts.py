"""Amounts of euro in forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contempo.core.money import cents_written


class AmountField(forms.CharField):
    """An amount of euro, typed as Italians or as machines do; its value is cents. Empty gives None when it may be.

    A `signed` one may be taken away too: `-1.234,56`.
    """

    def __init__(self, *, signed: bool = False, **kwargs: Any) -> None:
        self.signed = signed
        super().__init__(max_length=30, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A telephone shows its number keys, which have no sign; browsers do not offer what was typed elsewhere."""
        keys = "text" if self.signed else "decimal"
        return {**super().widget_attrs(widget), "inputmode": keys, "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """The cents of what was typed; the sentence of core.money for what is not an amount."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return cents_written(text)
        except ValueError as error:
            raise ValidationError(_(str(error)), "invalid") from None
