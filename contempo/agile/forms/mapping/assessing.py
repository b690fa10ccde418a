"""The questions about an activity."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.forms.mapping.seen import SeenForm
from contempo.agile.queries.mapping.activity import Questions
from contempo.agile.queries.mapping.criteria import CriterionShown
from contempo.agile.rules.mapping import MET_LABELS, Answer, Met
from contempo.core.choices import choices


class _Reason(forms.CharField):
    """A reason that is not called optional, because it may be needed: whether it is follows from the answer."""

    def validate(self, value: str) -> None:
        """Nothing alone is wrong; the form looks at it beside the answer."""


class AssessForm(SeenForm):
    """For each criterion whether it is met, and the reason; the rule says which reasons are needed."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note on the whole assessment"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: QueryDict | None = None, *, questions: Questions) -> None:
        initial: dict[str, object] = {"version": questions.version, "seen": str(questions.seen)}
        for key, answer in questions.before.items():
            initial |= {f"met_{key}": answer.met.value, f"reason_{key}": answer.reason}
        super().__init__(data, initial=initial)
        self.questions = questions
        for number, (key, criterion) in enumerate(questions.criteria, start=1):
            self.fields[f"met_{key}"] = forms.ChoiceField(
                label=f"{number}. {criterion.text}",
                help_text=criterion.help,
                choices=choices(MET_LABELS),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose yes, in part or no.")},
            )
            self.fields[f"reason_{key}"] = _Reason(
                label=_("Reason for criterion %(number)s") % {"number": number},
                help_text=_("Needed unless the answer is yes."),
                max_length=1_000,
                widget=forms.Textarea({"rows": 2}),
            )

    def groups(self) -> Iterator[tuple[CriterionShown, BoundField, BoundField]]:
        """Each criterion with its two fields."""
        for key, criterion in self.questions.criteria:
            yield criterion, self[f"met_{key}"], self[f"reason_{key}"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for key, _criterion in self.questions.criteria:
            partly = said.get(f"met_{key}") in (Met.PARTLY, Met.NO)
            if partly and not said.get(f"reason_{key}") and f"reason_{key}" not in self.errors:
                self.add_error(f"reason_{key}", _("Say why: who works here will read it."))
        return said

    def answers(self) -> dict[str, Answer]:
        """What was answered, when it is valid."""
        said = self.cleaned_data
        return {
            key: Answer(Met(said[f"met_{key}"]), said[f"reason_{key}"]) for key, _criterion in self.questions.criteria
        }
