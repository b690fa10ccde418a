"""The form that invites."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.people.rules import ROLE_LABELS, ROLE_MEANINGS, Role


class InviteForm(forms.Form):
    """An address and the role offered to it, among those the actor may give."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Of the person you invite: only whoever reads this mailbox can accept."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(role.value, f"{gettext(ROLE_LABELS[role])}. {gettext(ROLE_MEANINGS[role])}") for role in roles]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=offered, widget=forms.RadioSelect)
