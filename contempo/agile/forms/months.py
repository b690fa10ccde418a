"""What human resources write about months: rules, dates, answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.forms.bank import DaysField
from contempo.agile.rules.months import REASON_LABELS, Reason
from contempo.agile.rules.policy import GROUNDS, MOST_DAYS, Moment, Policy
from contempo.agile.rules.windows import INSTANT_LABELS, INSTANTS
from contempo.core.choices import choices
from contempo.core.clock import ROME

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class MonthField(forms.DateField):
    """A month, written `2026-12`: its first day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput({"type": "month"}, format="%Y-%m")
        messages = {"invalid": _("Write a month like 2026-12."), "required": _("Choose a month.")}
        super().__init__(input_formats=["%Y-%m"], widget=widget, error_messages=messages, **kwargs)


class NumberField(forms.IntegerField):
    """A whole number from 0 to `most`."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "class": "short"})
        messages = {"invalid": _("Write a whole number."), "required": _("Write a number; 0 if there is none.")}
        super().__init__(min_value=0, max_value=most, widget=widget, error_messages=messages, **kwargs)


class ClockField(forms.TimeField):
    """A time of day."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid": _("Write a time like 18:00."), "required": _("Write a time like 18:00.")}
        widget = forms.TimeInput({"type": "time"}, format="%H:%M")
        super().__init__(input_formats=["%H:%M"], widget=widget, error_messages=messages, **kwargs)


class PolicyForm(forms.Form):
    """The rules of an employer, from a month on."""

    first_month = MonthField(label=_("From the month of"))
    note = forms.CharField(
        label=_("Why the rules change"),
        help_text=_("It is published with them. Leave it empty for the first rules."),
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )
    days_otherwise = NumberField(label=_("Agile days a month"), most=MOST_DAYS)
    days = forms.CharField(
        label=_("Other numbers of days, by category"),
        help_text=_("One category a line, as it is written in the staff: “Dirigenti: 4”."),
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )
    own_presence = NumberField(label=_("Least own presence, in per cent of the working days of the month"), most=100)
    carry_cap = NumberField(label=_("Most days carried over to the next month"), most=MOST_DAYS)
    bank_cap = NumberField(label=_("Most days a month from the bank"), most=MOST_DAYS)
    shared_pool = forms.BooleanField(label=_("Donated days go to all directorates"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, rules: Policy, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for number, weekday in enumerate(WEEKDAYS):
            field = NumberField(label=weekday, most=100)
            self._add(f"presence_{number}", field, rules.presence[number])
        for reason, label in choices(REASON_LABELS):
            klass = NumberField(label=label, most=len(Reason))
            self._add(f"class_{reason}", klass, rules.class_of(Reason(reason)))
            if reason in GROUNDS:
                verified = forms.BooleanField(label=str(_(REASON_LABELS[reason])), required=False)
                self._add(f"verified_{reason}", verified, reason in rules.verified)
        for name in INSTANTS:
            moment = rules.moments[name]
            day = forms.IntegerField(
                label=_(INSTANT_LABELS[name]),
                widget=forms.TextInput({"class": "short"}),
                error_messages={"invalid": _("Write a whole number."), "required": _("Write a whole number.")},
            )
            self._add(f"{name}_day", day, moment.day)
            self._add(f"{name}_time", ClockField(label=_("at")), f"{moment.minutes // 60:02}:{moment.minutes % 60:02}")
        for name in ("days_otherwise", "own_presence", "carry_cap", "bank_cap", "shared_pool"):
            self.initial.setdefault(name, getattr(rules, name))
        self.initial.setdefault("days", "\n".join(f"{category}: {days}" for category, days in rules.days.items()))

    def _add(self, name: str, field: forms.Field, initial: object) -> None:
        self.fields[name] = field
        self.initial.setdefault(name, initial)

    def clean_days(self) -> dict[str, int]:
        found = {}
        for line in filter(None, map(str.strip, self.cleaned_data["days"].splitlines())):
            category, _colon, days = line.rpartition(":")
            if not category.strip() or not days.strip().isdecimal():
                raise forms.ValidationError(_("Write each line like “Dirigenti: 4”: category, colon, days."))
            found[category.strip()] = int(days)
        return found

    def policy(self) -> Policy:
        """The rules written. Raises Refusal when they contradict themselves."""
        told = self.cleaned_data
        numbers = {reason: told[f"class_{reason}"] for reason in Reason}
        most = max(numbers.values())
        return Policy(
            days_otherwise=told["days_otherwise"],
            days=told["days"],
            presence=tuple(told[f"presence_{number}"] for number in range(7)),
            own_presence=told["own_presence"],
            carry_cap=told["carry_cap"],
            bank_cap=told["bank_cap"],
            classes=tuple(
                tuple(reason for reason in Reason if numbers[reason] == klass) for klass in range(1, most + 1)
            )
            if min(numbers.values())
            else (),
            verified=frozenset(reason for reason in GROUNDS if told[f"verified_{reason}"]),  # type: ignore[misc]
            shared_pool=told["shared_pool"],
            moments={
                name: Moment(told[f"{name}_day"], told[f"{name}_time"].hour * 60 + told[f"{name}_time"].minute)
                for name in INSTANTS
            },
        )

    def presence_fields(self) -> list[forms.BoundField]:
        """The fields of the weekdays."""
        return [self[f"presence_{number}"] for number in range(7)]

    def reason_fields(self) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        """For each reason the field of its class, and the one that asks for verification where there is one."""
        return [
            (self[f"class_{reason}"], self[f"verified_{reason}"] if reason in GROUNDS else None) for reason in Reason
        ]

    def window_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each instant its day and its time."""
        return [(self[f"{name}_day"], self[f"{name}_time"]) for name in INSTANTS]


class MonthForm(forms.Form):
    """Which month is prepared."""

    month = MonthField(label=_("Month"))


class WindowsForm(forms.Form):
    """The instants of a month."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in INSTANTS:
            self.fields[name] = forms.DateTimeField(
                label=_(INSTANT_LABELS[name]),
                widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
                error_messages={"invalid": _("Write day and time."), "required": _("Write day and time.")},
            )

    @property
    def told(self) -> dict[str, datetime]:
        """The instants by name."""
        return {name: self.cleaned_data[name] for name in INSTANTS}


def windows_initial(month: object) -> dict[str, str]:
    """The instants of a month as the form shows them."""
    return {name: f"{getattr(month, name).astimezone(ROME):%Y-%m-%dT%H:%M}" for name in INSTANTS}


class WhyForm(forms.Form):
    """Why a bank is cleared again."""

    why = forms.CharField(
        label=_("Why the bank is cleared again"),
        help_text=_("It is published with the new result. Name nobody."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why the bank is cleared again: it is published.")},
    )


class AnswerForm(forms.Form):
    """The answer to an appeal; for an upheld one, how the request counts from now on."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("uphold", _("Uphold the appeal")), ("reject", _("Reject the appeal"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the appeal is upheld or rejected.")},
    )
    answer = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write the answer: the person reads it.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason with which the request counts"), required=False, choices=[("", _("As it was asked"))]
    )
    days = DaysField(
        label=_("Days with which the request counts"), required=False, help_text=_("Empty: as it was asked.")
    )

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", _("As it was asked")), *reasons]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """The arguments of `actions.appeals.uphold`."""
        reason = self.cleaned_data["reason"]
        return {
            "answer": self.cleaned_data["answer"],
            "reason": Reason(reason) if reason else None,
            "days": self.cleaned_data["days"],
        }


def month_initial(first_day: date) -> dict[str, str]:
    """A month as the form shows it."""
    return {"month": f"{first_day:%Y-%m}"}
