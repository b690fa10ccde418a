"""The steps of the wizard. Nothing is required here: what an agreement lacks is told by the rules, all at once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.forms.agreements.fields import BandsField, Words
from contempo.agile.queries.agreements.wizard import Wizard
from contempo.agile.queries.agreements.wording import last_day
from contempo.agile.rules.agreements import TERM_LABELS, Term
from contempo.agile.rules.agreements.terms import STEP_FIELDS, Step, Terms
from contempo.agile.rules.months import PLACE_LABELS
from contempo.core.choices import choices
from contempo.web.forms import DateInput

_DAY = timedelta(days=1)


class StepForm(forms.Form):
    """One step, with the choices of the worker's employer. `needed` are the fields no agreement goes without: they are
    shown as such, and yet kept when empty.
    """

    step: Step
    needed: tuple[str, ...] = ()

    def __init__(self, data: Mapping[str, Any] | None, *, terms: Terms, wizard: Wizard) -> None:
        super().__init__(data, initial=self.initial_of(terms))
        self.offer(wizard)
        if data is None:
            self._show_needed()

    def full_clean(self) -> None:
        super().full_clean()
        self._show_needed()

    def _show_needed(self) -> None:
        for name in self.needed:
            self.fields[name].required = True

    def initial_of(self, terms: Terms) -> dict[str, Any]:
        """What the fields show first."""
        return {name: getattr(terms, name) for name in STEP_FIELDS[self.step]}

    def offer(self, wizard: Wizard) -> None:
        """Put the employer's choices into the fields."""

    def typed(self) -> dict[str, Any]:
        """What was typed and is well written, as fields of `Terms`."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name in STEP_FIELDS[self.step]}

    def tell(self, wizard: Wizard) -> None:
        """Say beside its field what this step lacks."""
        for problem, told in zip(wizard.problems, wizard.missing, strict=True):
            if problem.step == self.step and not self.errors.get(problem.field):
                self.add_error(problem.field if problem.field in self.fields else None, told.text)


class WorkForm(StepForm):
    step = Step.WORK
    needed = ("activities", "objectives")
    activities = Words(
        label=_("Activities done remotely"), help_text=_("Those the mapping assigns to you are written already.")
    )
    objectives = Words(
        label=_("Objectives"),
        help_text=_("One a line, each with what shows that it was reached. They are evaluated at the end."),
    )


class DaysForm(StepForm):
    step = Step.DAYS
    needed = ("days_per_month", "contact_bands")
    days_per_month = forms.IntegerField(
        label=_("Agile days a month"),
        required=False,
        min_value=1,
        max_value=31,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write a whole number: for instance 8.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Usual weekdays"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The days themselves are planned month by month."),
    )
    contact_bands = BandsField()

    def offer(self, wizard: Wizard) -> None:
        field = self.fields["weekdays"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(day), name) for day, name in wizard.weekdays]


class RestForm(StepForm):
    step = Step.REST
    needed = ("rest",)
    rest = Words(
        rows=7,
        label=_("Rest and right to disconnect"),
        help_text=_("When you rest, and what assures that you need not answer then: Law 81/2017, article 19."),
    )


class PlacesForm(StepForm):
    step = Step.PLACES
    needed = ("places", "tools", "tools_of_employer")
    places = forms.MultipleChoiceField(
        label=_("Places"), required=False, choices=choices(PLACE_LABELS), widget=forms.CheckboxSelectMultiple
    )
    seats = forms.TypedMultipleChoiceField(
        label=_("Near-working seats"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    place_words = forms.CharField(
        label=_("Where else"),
        required=False,
        max_length=300,
        help_text=_("Only if you chose “Elsewhere”. The place must be safe and keep what you work on confidential."),
    )
    tools = Words(rows=4, label=_("Tools"), help_text=_("Computer, telephone, connection, programs."))
    tools_of_employer = forms.TypedChoiceField(
        label=_("Who gives the tools"),
        required=False,
        choices=[("yes", _("The employer")), ("no", _("The worker"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def initial_of(self, terms: Terms) -> dict[str, Any]:
        return super().initial_of(terms) | {"tools_of_employer": "yes" if terms.tools_of_employer else "no"}

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in super().typed().items() if value is not None}

    def offer(self, wizard: Wizard) -> None:
        field = self.fields["seats"]
        assert isinstance(field, forms.ChoiceField)
        if wizard.seats:
            field.choices = [(str(pk), name) for pk, name in wizard.seats]
        else:
            del self.fields["seats"]


class ControlForm(StepForm):
    step = Step.CONTROL
    needed = ("control",)
    control = Words(
        label=_("How the employer directs and checks the work"),
        help_text=_("By results, meetings, reports: Law 81/2017, article 21, and Law 300/1970, article 4."),
    )
    training = Words(rows=4, label=_("Training"), help_text=_("Which training goes with agile work."))


class TermForm(StepForm):
    step = Step.TERM
    needed = ("term", "starts_on")
    term = forms.ChoiceField(label=_("Term"), required=False, choices=choices(TERM_LABELS), widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DateInput())
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput(), help_text=_("Only for a fixed term.")
    )
    notice_days = forms.IntegerField(
        label=_("Days of notice"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Only without an end date: at least thirty, Law 81/2017, article 19."),
        error_messages={"invalid": _("Write a whole number: for instance 30.")},
    )

    def initial_of(self, terms: Terms) -> dict[str, Any]:
        return super().initial_of(terms) | {"until": last_day(terms.until)}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("until")
        if cleaned.get("term") == Term.FIXED and first and last and last < first:
            self.add_error("until", _("The last day is not before the first."))
        return cleaned

    def typed(self) -> dict[str, Any]:
        typed = super().typed()
        if typed.get("until"):
            typed["until"] += _DAY
        for name in ("term", "notice_days"):
            if not typed.get(name):
                typed.pop(name, None)
        return typed


STEP_FORMS: dict[str, type[StepForm]] = {
    form.step.value: form for form in (WorkForm, DaysForm, RestForm, PlacesForm, ControlForm, TermForm)
}
