"""The forms of the profile."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.people.rules import DELIVERY_LABELS, Delivery


class ProfileForm(forms.Form):
    """Name and language."""

    full_name = forms.CharField(
        label=_("Name and surname"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language of pages and e-mails"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class ChoicesForm(forms.Form):
    """How to hear each kind of notification: one field per kind, named after it with dots as dashes."""

    def __init__(self, *args: Any, kinds: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.name.replace(".", "-"): kind.name for kind in kinds}
        for field, kind in zip(self.kinds, kinds, strict=True):
            self.fields[field] = forms.ChoiceField(
                label=kind.label, choices=choices(DELIVERY_LABELS), initial=kind.delivery, widget=forms.RadioSelect
            )

    @property
    def deliveries(self) -> dict[str, Delivery]:
        """What was chosen, by the name of the kind."""
        return {self.kinds[field]: Delivery(chosen) for field, chosen in self.cleaned_data.items()}


class CloseForm(forms.Form):
    """The deliberate tick that closes an account."""

    sure = forms.BooleanField(
        label=_("I understand: my name and my address are erased, and this cannot be undone"),
        error_messages={"required": _("Tick this box if you really want to close the account.")},
    )
