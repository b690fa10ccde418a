"""Fields that several forms of the context share: checked codes, and the municipality typed by name."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.network.queries.municipalities import Place, places_named, suggest_places
from contempo.web.sentences import sentence


class CheckedField(forms.CharField):
    """Text that `check` turns into its canonical form; the sentence of its refusal stands beside the field."""

    def __init__(self, *, check: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check = check

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text in self.empty_values:
            return ""
        try:
            return self.check(text)
        except Refusal as refusal:
            raise ValidationError(sentence(refusal)) from None


def postcode(value: str) -> str:
    """An Italian postcode: five digits. Raises `Refusal`."""
    digits = "".join(value.split())
    if not re.fullmatch(r"[0-9]*", digits):
        raise Refusal(N_("The postcode has only digits: “20121”, for instance."))
    if len(digits) != 5:
        raise Refusal(N_("The postcode has %(count)s digits: they must be 5."), count=len(digits))
    return digits


_SEVERAL = _("Several municipalities have this name: choose yours.")
_ALIKE = _("No Italian municipality has exactly this name: choose one of these, or write it again.")


class MunicipalityInput(forms.TextInput):
    """A text control that proposes names while one types; without JavaScript the name is simply written.

    `suggestions` is the address that answers with `<option>`s; a form sets it with `MunicipalityForm.suggest_from`.
    """

    template_name = "network/forms/municipality.html"
    suggestions = ""

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = self.suggestions
        return context


class MunicipalityField(forms.CharField):
    """A municipality written by name; `clean` gives its ISTAT code, or "" when it is optional and empty.

    It works in a `MunicipalityForm`, which lets one be chosen when several have this name.
    """

    widget = MunicipalityInput
    default_error_messages = {"unknown": _("No Italian municipality has this name: check how it is spelt.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 90)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")


class MunicipalityForm(forms.Form):
    """A form with a `municipality` written by name.

    When the name alone does not tell which one is meant, the form shows the possible ones as a choice in
    `municipality_choice`; `cleaned_data` holds only `municipality`, the ISTAT code, and `place` its name too.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: Place | None = None
        self._places: tuple[Place, ...] = ()
        self._alike: tuple[Place, ...] = ()
        if self.is_bound:
            self._offer_choice()

    def suggest_from(self, url: str) -> None:
        """Let names be proposed while one types, by the page at `url`."""
        self.fields["municipality"].widget.suggestions = url

    def _typed(self, field: str) -> str:
        return str(self.data.get(self.add_prefix(field), "")).strip()

    def _offer_choice(self) -> None:
        typed = self._typed("municipality")
        self._places = places_named(typed)
        if not self._places:
            self._alike = suggest_places(typed, limit=6)
        if len(self._places) == 1 or not (offered := self._places or self._alike):
            return
        ask = _SEVERAL if self._places else _ALIKE
        self.fields["municipality_choice"] = forms.ChoiceField(
            label=_("Which municipality"),
            choices=[(place.code, place.label) for place in offered],
            widget=forms.RadioSelect,
            error_messages={"required": ask, "invalid_choice": ask},
        )
        self.order_fields(self._order_with_choice())

    def _order_with_choice(self) -> list[str]:
        names = [name for name in self.fields if name != "municipality_choice"]
        after = names.index("municipality") + 1
        return [*names[:after], "municipality_choice", *names[after:]]

    def clean(self) -> dict[str, Any]:
        """Turn the name, or the choice, into an ISTAT code."""
        cleaned = self.cleaned_data
        chosen = cleaned.pop("municipality_choice", "")
        if not cleaned.get("municipality"):
            return cleaned
        meant = {place.code: place for place in self._places or self._alike}
        self.place = self._places[0] if len(self._places) == 1 else meant.get(chosen)
        if self.place:
            cleaned["municipality"] = self.place.code
        elif not meant:
            unknown = self.fields["municipality"].error_messages["unknown"]
            self.add_error("municipality", ValidationError(unknown, code="unknown"))
        else:
            # The choice says what is missing; without it the name alone is worth nothing.
            del cleaned["municipality"]
        return cleaned
