"""What is typed of contacts, delegates and what was heard of an invitation."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.questionnaires.actions.invitations.contacts import Contact
from contempo.questionnaires.actions.invitations.delegates import MOST_TOKENS

_NO_ADDRESS = _("This is not an e-mail address: it looks like name@example.org.")
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]


class ContactForm(forms.Form):
    """The contact of an invitation, corrected or replaced."""

    name = forms.CharField(label=_("Contact"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, error_messages={"invalid": _NO_ADDRESS})
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)
    other = forms.ChoiceField(
        label=_("What changed"),
        widget=forms.RadioSelect,
        choices=[
            ("no", _("The address or the name: it is the same person")),
            ("yes", _("The person: somebody else answers from now on")),
        ],
        initial="no",
        error_messages={"required": _("Say what changed.")},
    )
    write = forms.BooleanField(label=_("Send the invitation to this address now"), required=False)

    def clean(self) -> dict[str, Any]:
        """A letter needs an address."""
        said = super().clean() or self.cleaned_data
        if said.get("write") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write the address to send the invitation to."))
        return dict(said)

    def contact(self) -> Contact:
        """What was typed, for the action."""
        said = self.cleaned_data
        return Contact(said["name"], said["email"], said["language"])


class DelegateForm(forms.Form):
    """An organisation that hands invitations on, among those found by name."""

    organisation = forms.TypedChoiceField(
        label=_("Organisation"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the organisation."), "invalid_choice": _("Choose the organisation.")},
    )
    channel = forms.ChoiceField(
        label=_("How it hands on"),
        widget=forms.RadioSelect,
        choices=[
            ("delegate", _("To its own members: a union category, an association")),
            ("municipality", _("To the organisations on its territory: a municipality")),
        ],
        initial="delegate",
    )
    email = forms.EmailField(
        label=_("E-mail of who hands on"),
        required=False,
        help_text=_("It is told when the list is handed over."),
        error_messages={"invalid": _NO_ADDRESS},
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, found: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["organisation"]).choices = found


class DelegateEditForm(forms.Form):
    """The address and the note of a delegate."""

    email = forms.EmailField(label=_("E-mail of who hands on"), required=False, error_messages={"invalid": _NO_ADDRESS})
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))


class TokensForm(forms.Form):
    """How many bare links a delegate gets."""

    count = forms.IntegerField(
        label=_("How many links"),
        min_value=1,
        max_value=MOST_TOKENS,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={
            key: _("Write a number from 1 to 5000.") for key in ("required", "invalid", "min_value", "max_value")
        },
    )


class GiveForm(forms.Form):
    """Which of the units that nobody invited yet a delegate gets."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(
        self, *args: Any, places: Sequence[tuple[str, str]], kinds: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["municipality"]).choices = [("", _("Any")), *places]
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", _("Any")), *kinds]


class NoteForm(forms.Form):
    """What was heard of an invitation."""

    reason = forms.CharField(label=_("What you heard"), required=False, max_length=1000)
