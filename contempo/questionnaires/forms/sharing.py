"""What is typed about a good practice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.questionnaires.rules.practices import LONGEST_TEXT, LONGEST_TITLE


class PracticeForm(forms.Form):
    """A good practice in words others can read; `asks` tells whether an address may be written to."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, help_text=_("What is done, in one line."))
    text = forms.CharField(
        label=_("What is done"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("For whom, how, with what result. Take out what could tell of a single person."),
    )
    topic = forms.ChoiceField(label=_("Type of need"), required=False)
    email = forms.EmailField(
        label=_("Whom to ask for consent"),
        required=False,
        help_text=_("This address gets the text, and a link with which to agree or not."),
        error_messages={"invalid": _("This is not an e-mail address: it looks like name@example.org.")},
    )

    def __init__(self, *args: Any, topics: list[tuple[str, str]], asks: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].choices = [("", _("None of these")), *topics]  # type: ignore[attr-defined]
        if not asks:
            del self.fields["email"]

    def said(self) -> dict[str, str]:
        """What the form holds, as the actions take it."""
        return {name: self.cleaned_data.get(name, "") for name in ("title", "text", "topic", "email")}
