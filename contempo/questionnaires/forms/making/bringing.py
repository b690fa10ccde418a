"""An XLSForm that was read, carried from its report to the button that takes it: signed, to be what was read."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy

from contempo.questionnaires.rules.document import Document, read, to_json

_SALT = "questionnaires.xlsform"


def sealed(document: Document) -> str:
    """A document as a text that only this installation makes."""
    return signing.dumps(to_json(document), salt=_SALT, compress=True)


def opened_seal(text: str) -> Document | None:
    """The document in a sealed text; None for what was not made here."""
    try:
        return read(signing.loads(text, salt=_SALT))
    except (signing.BadSignature, ValueError):
        return None


class PartialForm(forms.Form):
    """Whether a workbook is to be taken without the rows that cannot be held."""

    use_required_attribute = False

    partial = forms.BooleanField(label=gettext_lazy("Take it without these rows"))

    def __init__(self, data: Any = None, *, partial: bool) -> None:
        super().__init__(data)
        if not partial:
            del self.fields["partial"]
