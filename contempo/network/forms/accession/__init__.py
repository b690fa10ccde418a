"""The wizard by which an organisation asks to join: its four steps, and what they say together."""

from contempo.network.forms.accession.answers import Problem, Reading, form_of, typed_values
from contempo.network.forms.accession.signing import SignatureForm, SignedCopyForm, WithdrawalForm
from contempo.network.forms.accession.steps import STEP_FORMS, LinkForm

__all__ = [
    "STEP_FORMS",
    "LinkForm",
    "Problem",
    "Reading",
    "SignatureForm",
    "SignedCopyForm",
    "WithdrawalForm",
    "form_of",
    "typed_values",
]
