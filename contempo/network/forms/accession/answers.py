"""What the four steps say together: forms made again from what was typed, and the application they amount to."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from contempo.network.forms.accession.steps import STEP_FORMS
from contempo.network.forms.fields import MunicipalityForm
from contempo.network.rules.accession import STEP_LABELS, Step
from contempo.network.rules.application import Application

Answers = Mapping[str, Mapping[str, Any]]

_FIELDS = {field.name for field in fields(Application)}
_LISTS = {field.name for field in fields(Application) if str(field.type).startswith("tuple")}
# What a choice between municipalities of one name adds to the first step.
_BESIDES = ("municipality_choice",)


@dataclass(frozen=True)
class Problem:
    """What is missing or wrong in a step; `anchor` is the id of the control, empty for the step as a whole."""

    step: Step
    text: str
    anchor: str = ""


def typed_values(step: Step, data: QueryDict) -> dict[str, Any]:
    """What was typed in a step, as typed: a list for fields of many values, no files."""
    values: dict[str, Any] = {}
    for name, field in STEP_FORMS[step].base_fields.items():
        if isinstance(field, forms.MultipleChoiceField):
            values[name] = [_storable(value) for value in data.getlist(name)]
        elif name in _FIELDS:
            values[name] = _storable(data.get(name, ""))
    values |= {name: _storable(data[name]) for name in _BESIDES if name in data}
    return values


def _storable(value: object) -> str:
    # PostgreSQL keeps every character but this one.
    return str(value).replace("\x00", "")


def form_of(step: Step, values: Mapping[str, Any]) -> forms.Form:
    """The form of a step with `values` as they were typed."""
    data = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in values.items()})
    return STEP_FORMS[step](data)


class Reading:
    """The answers of a draft, read step by step. One SQL or two, for the municipality."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.forms = {step: form_of(step, answers[step]) for step in Step if step in answers}

    def done(self, step: Step) -> bool:
        """Whether a step was filled in and nothing in it is to be mended."""
        return step in self.forms and self.forms[step].is_valid()

    @property
    def first_open(self) -> Step | None:
        """The first step still to be done; None when all are."""
        return next((step for step in Step if not self.done(step)), None)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that keeps the request from being sent, in the order of the steps."""
        found: list[Problem] = []
        for step in Step:
            if step not in self.forms:
                found.append(Problem(step, str(_("Step “%(step)s”: still to be filled in.") % {"step": _label(step)})))
            else:
                found += self._problems_in(step)
        return tuple(found)

    def _problems_in(self, step: Step) -> list[Problem]:
        form = self.forms[step]
        return [
            Problem(step, f"{form.fields[name].label}: {text}", form[name].id_for_label or form[name].auto_id)
            for name, texts in form.errors.items()
            for text in texts
        ]

    @property
    def tax_code(self) -> str:
        """The tax code in canonical form, empty while it is missing or wrong."""
        return str(self._checked(Step.ORGANISATION).get("tax_code", ""))

    @property
    def place(self) -> str:
        """The municipality as people read it: its name with the province, or what was typed."""
        form = self.forms.get(Step.ORGANISATION)
        if form is None:
            return ""
        form.is_valid()
        named = form.place if isinstance(form, MunicipalityForm) else None
        return named.label if named else str(form.data.get("municipality", ""))

    def application(self) -> Application:
        """The application: checked values where a field is right, what was typed where it is not.

        Fit for `submit` only without `problems`.
        """
        values: dict[str, Any] = {"name": "", "kind": "", "tax_code": "", "municipality": ""}
        for step, form in self.forms.items():
            checked = self._checked(step)
            for name in form.fields.keys() & _FIELDS:
                typed = self._answers[step].get(name, [] if name in _LISTS else "")
                value = checked.get(name, typed)
                values[name] = tuple(value) if name in _LISTS else value
        return Application(**values)

    def _checked(self, step: Step) -> Mapping[str, Any]:
        form = self.forms.get(step)
        if form is None:
            return {}
        form.is_valid()
        return form.cleaned_data


def _label(step: Step) -> str:
    return str(_(STEP_LABELS[step]))
