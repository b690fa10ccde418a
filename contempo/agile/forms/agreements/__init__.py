"""Forms of agreements, and of what belongs to them."""

from contempo.agile.forms.agreements.deciding import DecisionForm, EvaluationForm, SignForm, WithdrawForm
from contempo.agile.forms.agreements.keeping import GroundForm, NoticeForm, ToldForm, WordsForm
from contempo.agile.forms.agreements.steps import STEP_FORMS, StepForm

__all__ = [
    "STEP_FORMS",
    "DecisionForm",
    "EvaluationForm",
    "GroundForm",
    "NoticeForm",
    "SignForm",
    "StepForm",
    "ToldForm",
    "WithdrawForm",
    "WordsForm",
]
