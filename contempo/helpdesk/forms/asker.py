"""What the person who asked may say on the page of the question."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.core import files
from contempo.helpdesk.forms.asking import TextField
from contempo.web.forms import Documents, DocumentsField

MAX_COMMENT = 1000
STARS = [
    ("5", _("5 – it settled everything")),
    ("4", _("4 – it helped a lot")),
    ("3", _("3 – it helped in part")),
    ("2", _("2 – it helped little")),
    ("1", _("1 – it did not help")),
]


_ASKED_FOR = {"details": _("Your details"), "reopen": _("What would you still like to know?")}


class SayForm(forms.Form):
    """Something more: an addition, the details awaited, a further question, as `may` tells."""

    text = TextField(label=_("What would you like to add?"), widget=forms.Textarea({"rows": 5}))
    documents = DocumentsField(
        label=_("Attachments"),
        required=False,
        widget=Documents(max_bytes=files.MAX_BYTES),
        help_text=_("At most 5 files of 10 MB: PDF, pictures, text documents and tables."),
    )

    def __init__(self, *args: Any, may: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "say", **kwargs})
        for step, label in _ASKED_FOR.items():
            if step in may:
                self.fields["text"].label = label


class RateForm(forms.Form):
    """How useful the answer was."""

    stars = forms.ChoiceField(
        label=_("How useful was the answer?"),
        choices=STARS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose from 1 to 5."), "invalid_choice": _("Choose from 1 to 5.")},
    )
    comment = forms.CharField(
        label=_("Would you like to tell us why?"),
        max_length=MAX_COMMENT,
        required=False,
        help_text=_("Only those who run the desk read it."),
        widget=forms.Textarea({"rows": 3}),
    )


class WithdrawForm(forms.Form):
    """Why a question is taken back, if one likes to tell."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        required=False,
        help_text=_("You need not tell. It helps us to do better."),
        widget=forms.Textarea({"rows": 3}),
    )


class ConsentForm(forms.Form):
    """Whether an anonymised version may be published."""

    consent = forms.BooleanField(
        label=_("You may publish an anonymised version of question and answer"), required=False
    )
