"""What a person says of the units of a campaign."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

NONE = "none"
"""What is chosen when no answer is to count."""


class SettleForm(forms.Form):
    """Which answer counts for a unit, and why."""

    keep = forms.ChoiceField(
        label=_("Which answer counts"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer that counts, or none.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence for who reads the figures later."),
        error_messages={"required": _("Say why: who reads the figures later will ask.")},
    )
    leave_in = forms.BooleanField(
        label=_("Leave all answers in the results"),
        required=False,
        help_text=_("Else an answer that counts for no unit is left out: a unit would have answered twice."),
    )

    def __init__(self, *args: Any, claims: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = (NONE, _("None of them: nobody has answered for this unit"))
        cast(forms.ChoiceField, self.fields["keep"]).choices = [*claims, none]

    @property
    def kept(self) -> int | None:
        """The coverage that counts, None for none."""
        chosen = self.cleaned_data["keep"]
        return None if chosen == NONE else int(chosen)


class OthersForm(forms.Form):
    """The units an answer speaks for too."""

    others = forms.MultipleChoiceField(
        label=_("Units it speaks for too"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one unit."),
            "invalid_choice": _("One of these units is no longer offered: look for it again."),
        },
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["others"]).choices = list(units)
