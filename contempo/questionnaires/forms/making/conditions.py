"""Conditions in plain words: show it if an earlier answer is such."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.words import N_
from contempo.network.public import place_labels, places_named
from contempo.questionnaires.forms.making.rows import RowForm, Rows
from contempo.questionnaires.queries.making.earlier import Earlier
from contempo.questionnaires.rules.checks.conditions import OPS
from contempo.questionnaires.rules.document import Condition, Kind, Op, Question, Test

OP_LABELS: dict[str, str] = {
    Op.IS: N_("is"),
    Op.IS_NOT: N_("is not"),
    Op.INCLUDES: N_("includes"),
    Op.EXCLUDES: N_("does not include"),
    Op.AT_LEAST: N_("is at least"),
    Op.AT_MOST: N_("is at most"),
    Op.ANSWERED: N_("has an answer"),
    Op.NOT_ANSWERED: N_("has no answer"),
}
_WITHOUT_VALUE = frozenset({Op.ANSWERED, Op.NOT_ANSWERED})


class LenientChoice(forms.ChoiceField):
    """What fitted the question, or the kind, chosen before is no mistake: for the new one it is empty."""

    def to_python(self, value: Any) -> str:
        return value if super().valid_value(value) else ""

    def valid_value(self, value: Any) -> bool:
        return True


class TestForm(RowForm):
    """One test: of which earlier question, what, and against which value."""

    question = forms.ChoiceField(label=gettext_lazy("The answer to"), required=False)
    op = forms.ChoiceField(label=gettext_lazy("What it must be"), required=False)
    value = forms.CharField(label=gettext_lazy("Value"), required=False, max_length=200)

    def __init__(self, data: Mapping[str, Any] | None, *, earlier: Sequence[Earlier], **more: Any) -> None:
        super().__init__(data, **more)
        self.earlier = {one.question.key: one for one in earlier}
        typed = (data or {}).get(self.add_prefix("question"), "")
        gone = [(typed, _("“%(key)s”: no longer among the earlier ones") % {"key": typed})]
        choices = [(one.question.key, one.name) for one in earlier]
        unknown = gone if typed and typed not in self.earlier else []
        self.fields["question"] = forms.ChoiceField(
            label=_("The answer to"), required=False, choices=[("", _("Choose a question")), *choices, *unknown]
        )
        found = self.earlier.get(typed)
        ops = [op for op in Op if found is None or op in OPS[found.question.kind]]
        self.fields["op"] = LenientChoice(
            label=_("What it must be"), required=False, choices=[(op.value, _(OP_LABELS[op])) for op in ops]
        )
        if found is not None:
            self.fields["value"] = _value_field(found.question)
        self.chosen = found
        op = (data or {}).get(self.add_prefix("op"), "")
        self.takes_value = found is not None and (op or ops[0]) not in _WITHOUT_VALUE
        for name in ("question", "op"):
            self.fields[name].widget.attrs["data-refresh"] = "yes"

    def beside(self, language: str) -> str:
        """What a test lacks is told beside the last of its fields that is shown."""
        return "value" if self.takes_value else "op" if self.chosen else "question"

    def has_changed(self) -> bool:
        """A test without a question is none, whatever else its controls say."""
        return bool(self.data.get(self.add_prefix("question")))

    def clean(self) -> dict[str, Any]:
        """What fits the question chosen: after another one was chosen, the first thing that can be asked of it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("op") in _WITHOUT_VALUE:
            cleaned["value"] = ""
        elif self.chosen is not None and self.chosen.question.kind == Kind.MUNICIPALITY and cleaned.get("value"):
            places = places_named(cleaned["value"])
            if len(places) == 1:
                cleaned["value"] = places[0].code
            else:
                self.add_error(
                    "value", _("Write the name of an Italian municipality, with its province: “Samone (TN)”.")
                )
        return cleaned

    def test(self) -> Test:
        """The test as written."""
        found = self.cleaned_data
        ops = [value for value, _label in self.fields["op"].choices]  # type: ignore[attr-defined]
        value = str(found.get("value") or "").strip()
        return Test(
            found["question"], Op(found.get("op") or ops[0]), value.replace(",", ".") if self._number else value
        )

    @property
    def _number(self) -> bool:
        return self.chosen is not None and self.chosen.question.kind == Kind.NUMBER


def _value_field(question: Question) -> forms.Field:
    label = _("Value")
    if question.options and question.kind != Kind.MATRIX:
        choices = [(option.key, option.label.it or option.key) for option in question.options]
        return LenientChoice(label=label, required=False, choices=[("", _("Choose an answer")), *choices])
    if question.kind == Kind.DATE:
        return forms.CharField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))
    hints = {
        Kind.MUNICIPALITY: _("Name of the municipality"),
        Kind.SCALE: _("A number of the scale"),
        Kind.NUMBER: _("A number"),
    }
    return forms.CharField(label=label, required=False, max_length=200, help_text=hints.get(question.kind, ""))


def condition_rows(
    condition: Condition | None, earlier: Sequence[Earlier], data: Mapping[str, Any] | None
) -> Rows[TestForm]:
    """The tests of a condition as rows of a form; municipalities by name."""
    tests = condition.tests if condition else ()
    places = {one.question.key for one in earlier if one.question.kind == Kind.MUNICIPALITY}
    labels = place_labels(test.value for test in tests if test.question in places and test.value)
    kept = [
        {"question": test.question, "op": test.op.value, "value": labels.get(test.value, test.value)} for test in tests
    ]
    return Rows("test", TestForm, kept, data, least=1, earlier=earlier)


def condition_of(rows: Rows[TestForm], any_of: bool, before: Condition | None) -> Condition | None:
    """The condition as written, None without tests; the one there was `before` while a row is wrong: half a condition
    would ask others.
    """
    if not rows.is_valid():
        return before
    tests = tuple(form.test() for form in rows.filled())
    return Condition(tests, any_of) if tests else None
