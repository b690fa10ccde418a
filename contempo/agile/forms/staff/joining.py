"""What is typed on the way into one's own agile work."""

from django import forms
from django.utils.translation import gettext_lazy as _


class JoinForm(forms.Form):
    """The address that the employer knows, and one's name."""

    email = forms.EmailField(
        label=_("Your e-mail at work"),
        help_text=_("The one your organisation has on the staff. We send you a code there, at once."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail."),
            "invalid": _("This is not an e-mail address: it looks like name@example.org."),
        },
    )
    full_name = forms.CharField(
        label=_("Name and surname"),
        max_length=150,
        help_text=_("Who works with you sees you under this name. An account you have already keeps its own."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name and surname.")},
    )


class JoinCodeForm(forms.Form):
    """The code that was mailed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Eight digits: you find them in the e-mail."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the code you find in the e-mail.")},
    )
