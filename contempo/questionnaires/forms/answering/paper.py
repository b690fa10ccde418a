"""The head of a paper form: its number, and the invitation it answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.questionnaires.queries.answering.paper import Called, invitations_called
from contempo.questionnaires.queries.opened import OpenedCampaign

_SEVERAL = _("Several invitations are called so: choose the one on the form.")


class PaperForm(forms.Form):
    """Number of the form, and its invitation by the code printed on it or by the name of the unit."""

    paper = forms.CharField(
        label=_("Number of the form"), max_length=30, help_text=_("As written on it: each number is entered once.")
    )
    invitation = forms.CharField(
        label=_("Invitation"),
        required=False,
        max_length=120,
        help_text=_("The code printed on the form, or the name of who was invited. Empty for a form without one."),
    )

    def __init__(self, data: Any, *, opened: OpenedCampaign, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.opened = opened
        if corrects:
            self.fields["invitation"].help_text = _(
                "Empty where it was right, or there was none. Another one: its code, or the name of who was invited."
            )
        self.fields["paper"].widget.attrs["autocomplete"] = "off"
        self.fields["invitation"].widget.attrs["autocomplete"] = "off"
        self.called: tuple[Called, ...] = ()
        typed = str(self.data.get("invitation", "")).strip() if self.is_bound else ""
        if typed:
            self.called = invitations_called(opened, typed)
        if len(self.called) > 1:
            self.fields["which"] = forms.ChoiceField(
                label=_("Which invitation"),
                choices=[(str(one.id), one.name) for one in self.called],
                widget=forms.RadioSelect,
                error_messages={"required": _SEVERAL, "invalid_choice": _SEVERAL},
            )

    def clean_invitation(self) -> str:
        typed: str = self.cleaned_data["invitation"]
        if typed and not self.called:
            raise forms.ValidationError(_("No invitation of this campaign is called so."))
        return typed

    @property
    def invitation_id(self) -> int | None:
        """The number of the invitation meant, None for a form without one."""
        if not self.cleaned_data.get("invitation"):
            return None
        return int(self.cleaned_data["which"]) if "which" in self.fields else self.called[0].id
