"""Amounts of euro in forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contempo.core.money import cents_written


class AmountField(forms.CharField):
    """An amount of euro, typed as Italians or as machines do; its value is cents. Empty gives None when it may be."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A telephone shows its number keys; browsers do not offer what was typed elsewhere."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """The cents of what was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return cents_written(text)
        except ValueError as error:
            raise ValidationError(_(str(error))) from None
