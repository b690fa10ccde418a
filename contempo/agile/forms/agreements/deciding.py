"""Forms of the steps of an agreement: decision, signature, withdrawal, evaluation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.actions.agreements.story import MOST_TEXT
from contempo.agile.queries.agreements.page import Ending
from contempo.agile.rules.agreements.evaluation import MARK_LABELS
from contempo.core.choices import choices
from contempo.web.templatetags.web import on_day

CHANGES, REFUSE = "changes", "refuse"


class DecisionForm(forms.Form):
    """What is asked of the worker, or why the agreement is refused."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(CHANGES, _("Ask for changes")), (REFUSE, _("Refuse the agreement"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    text = forms.CharField(
        label=_("Reason"),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("The worker reads it."),
        error_messages={"required": _("Say why, or what is to be changed: the worker reads it.")},
    )


class SignForm(forms.Form):
    """The statement the worker agrees to."""

    agreed = forms.BooleanField(error_messages={"required": _("To sign, confirm the statement.")})

    def __init__(self, data: Mapping[str, Any] | None, *, statement: str) -> None:
        super().__init__(data)
        self.fields["agreed"].label = statement


class WithdrawForm(forms.Form):
    """With notice or for a justified reason, each with the last day on which the agreement then holds."""

    way = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you withdraw.")},
    )
    reason = forms.CharField(
        label=_("Justified reason"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Only if you withdraw for a justified reason. The other side reads it."),
    )
    sure = forms.BooleanField(
        label=_("I have read until when the agreement holds"),
        error_messages={"required": _("Confirm that you have read until when the agreement holds.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, ending: Ending) -> None:
        super().__init__(data)
        self.ending = ending
        ways = []
        if ending.with_notice is not None:
            text = _("With %(days)s days of notice: it holds until %(day)s included")
            ways.append(
                ("notice", text % {"days": ending.with_notice.days, "day": on_day(ending.with_notice.last_day)})
            )
        text = _("At once, for a justified reason: it holds until %(day)s included")
        ways.append(("reason", text % {"day": on_day(ending.at_once.last_day)}))
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ways
        if len(ways) == 1:
            field.initial = "reason"

    @property
    def justified(self) -> bool:
        return bool(self.cleaned_data["way"] == "reason")

    @property
    def expected(self) -> date:
        """The last day that was shown for the way chosen."""
        if not self.justified and self.ending.with_notice is not None:
            return self.ending.with_notice.last_day
        return self.ending.at_once.last_day


class EvaluationForm(forms.Form):
    """A mark for each objective, and a note."""

    def __init__(self, data: Mapping[str, Any] | None, *, objectives: Sequence[str]) -> None:
        super().__init__(data)
        self.objectives = tuple(objectives)
        for place, text in enumerate(self.objectives):
            self.fields[f"mark_{place}"] = forms.ChoiceField(
                label=text,
                choices=choices(MARK_LABELS),
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether it was reached.")},
            )
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=MOST_TEXT,
            widget=forms.Textarea({"rows": 4}),
            help_text=_("What went well, what to do differently."),
        )

    @property
    def marks(self) -> list[str]:
        return [self.cleaned_data[f"mark_{place}"] for place in range(len(self.objectives))]
