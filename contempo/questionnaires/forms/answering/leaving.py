"""Passing a questionnaire on, declining it, having a copy."""

from django import forms
from django.utils.translation import gettext_lazy as _

_NO_ADDRESS = _("This is not an e-mail address: it looks like name@example.org.")


class HandOnForm(forms.Form):
    """To whom the questionnaire goes."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=160,
        error_messages={"required": _("Write who should answer: name and surname.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We write there at once, with a link of their own."),
        max_length=254,
        error_messages={"required": _("Write their e-mail address."), "invalid": _NO_ADDRESS},
    )
    with_answers = forms.BooleanField(
        label=_("Leave them the answers written so far"),
        required=False,
        help_text=_("They will read them and can change them. Otherwise they begin anew."),
    )

    def __init__(self, *args: object, has_answers: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not has_answers:
            del self.fields["with_answers"]


class DeclineForm(forms.Form):
    """Why somebody does not want to answer, if they like to say it."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1000,
        help_text=_("Who keeps the questionnaire reads it. Leave it empty if you prefer."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CopyForm(forms.Form):
    """Where the confirmation goes."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write the address the confirmation goes to."), "invalid": _NO_ADDRESS},
    )
