"""An XLSForm that was read, carried from its report to the button that takes it: signed, to be what was read."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import TypeAdapter

from contempo.questionnaires.rules.document import read, to_json
from contempo.questionnaires.rules.xlsform.reading import ReadForm
from contempo.questionnaires.rules.xlsform.sheets import Finding, told

_SALT = "questionnaires.xlsform"
_FINDINGS = TypeAdapter(tuple[Finding, ...])


def sealed(found: ReadForm) -> str:
    """What was read of a workbook as a text that only this installation makes, with what is not taken in the words of
    the reader; empty when nothing can be taken.
    """
    if found.document is None:
        return ""
    said = tuple(replace(finding, text=told(finding, _), params={}) for finding in found.findings)
    findings = _FINDINGS.dump_python(said, mode="json")
    return signing.dumps([to_json(found.document), findings], salt=_SALT, compress=True)


def opened_seal(text: str) -> ReadForm | None:
    """What was read, out of a sealed text; None for what was not made here."""
    try:
        document, findings = signing.loads(text, salt=_SALT)
        return ReadForm(read(document), _FINDINGS.validate_python(findings))
    except (signing.BadSignature, ValueError):
        return None


class PartialForm(forms.Form):
    """Whether a workbook is to be taken without the rows that cannot be held."""

    use_required_attribute = False

    partial = forms.BooleanField(
        label=gettext_lazy("Take it without these rows"),
        error_messages={"required": gettext_lazy("Say that you want it without these rows, or mend them in the file.")},
    )

    def __init__(self, data: Any = None, *, partial: bool) -> None:
        super().__init__(data)
        if not partial:
            del self.fields["partial"]
