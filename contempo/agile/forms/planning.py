"""What is typed on the pages of planning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from contempo.agile.queries.planning.month import Cell, MonthPage
from contempo.agile.rules.months import PLACE_LABELS, Place
from contempo.agile.rules.planning import NOT_LISTED, DatesRefused, Phase, day_words
from contempo.core.verdict import Refusal
from contempo.network.public import MunicipalityField, MunicipalityForm
from contempo.web.forms import DateInput, add_refusal
from contempo.web.sentences import sentence

_SEAT = "seat:"
MOST_WORDS = 300


def where_choices(month: MonthPage) -> list[tuple[str, str]]:
    """Where a day of the month may be worked, as the agreement lists it: at home, at each seat, elsewhere."""
    seats = [(f"{_SEAT}{seat.id}", seat.name) for seat in month.seats]
    named = {place: [(place.value, _now(PLACE_LABELS[place]))] for place in (Place.HOME, Place.OTHER)}
    return [choice for place in month.places for choice in named.get(place, seats)]


def place_of(value: str) -> dict[str, Any]:
    """The `place` and `seat_id` a choice stands for."""
    if value.startswith(_SEAT):
        return {"place": Place.SEAT, "seat_id": int(value.removeprefix(_SEAT))}
    return {"place": Place(value or Place.HOME.value), "seat_id": None}


def choice_of(cell: Cell) -> str:
    """The choice that stands for the place of a cell."""
    if cell.place_key == Place.SEAT:
        return f"{_SEAT}{cell.seat_id}"
    return cell.place_key or Place.HOME.value


@dataclass(frozen=True)
class Choosable:
    """A date of the calendar as the form shows it."""

    cell: Cell
    id: str
    may: bool
    checked: bool
    error: str


class WhereForm(forms.Form):
    """Where a day is worked."""

    where = forms.ChoiceField(label=_("Where will you work?"), error_messages={"invalid_choice": _(NOT_LISTED)})

    def __init__(self, *args: Any, month: MonthPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("where", where_choices(month))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def place(self) -> dict[str, Any]:
        """The `place` and `seat_id` chosen."""
        return place_of(self.cleaned_data["where"])


class DaysForm(WhereForm):
    """The dates of a month: those ticked, and those that were when the page was made (`shown`).

    Only what the reader changed is asked of the action, so a date planned in another window is not given back here.
    """

    days = forms.MultipleChoiceField(label=_("Dates"), required=False)
    shown = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, page: MonthPage, **kwargs: Any) -> None:
        super().__init__(*args, month=page, **kwargs)
        self.page = page
        self.wrong: Mapping[date, str] = {}
        self.general: list[str] = []
        dates = [(f"{day}", f"{day}") for day in page.cells]
        self._choose("days", dates)
        self._choose("shown", dates)
        self.fields["where"].label = _("Where will you work on the dates you add?")

    @property
    def weeks(self) -> list[list[Choosable]]:
        """The calendar, with what was ticked."""
        ticked = set(self["days"].value() or ()) if self.is_bound else None
        return [[self._choosable(cell, ticked) for cell in week] for week in self.page.weeks]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the control to lead to, sentence) of everything that is wrong."""
        if not self.is_bound:
            return []
        told = [("id_where", str(text)) for text in self.errors.get("where", ())]
        told += [("", text) for text in self.general]
        for name in ("days", "shown"):
            told += [("", str(text)) for text in self.errors.get(name, ())]
        language = get_language()
        return told + [(_id(day), f"{day_words(day, language)}: {text}") for day, text in sorted(self.wrong.items())]

    def changes(self) -> dict[str, Any]:
        """What is asked: dates to plan, dates to give back, where."""
        ticked, shown = (_dates(self.cleaned_data[name]) for name in ("days", "shown"))
        return {"plan": ticked - shown, "give_back": shown - ticked, **self.place()}

    def refuse(self, refusal: Refusal) -> None:
        """Keep what the action refused, beside each date it concerns."""
        if isinstance(refusal, DatesRefused):
            self.wrong = {day: sentence(verdict) for day, verdict in refusal.days.items()}
        elif refusal.field in self.fields:
            add_refusal(self, refusal)
        else:
            self.general.append(sentence(refusal))

    def _choosable(self, cell: Cell, ticked: set[str] | None) -> Choosable:
        may = cell.open and cell.inside and (cell.planned or self.page.phase is Phase.OPEN or not cell.full)
        key = f"{cell.day}"
        return Choosable(
            cell=cell,
            id=_id(cell.day),
            may=may or cell.day in self.wrong,
            checked=cell.planned if ticked is None else key in ticked,
            error=self.wrong.get(cell.day, ""),
        )


class ExceptionForm(WhereForm):
    """Why one asks to be away on a day that is full."""

    reason = forms.CharField(
        label=_("Why do you ask?"),
        max_length=MOST_WORDS,
        help_text=_("A few words for who manages your unit. Leave out health and family: nobody needs to know."),
        widget=forms.Textarea({"rows": 3, "maxlength": MOST_WORDS}),
    )
    field_order = ("reason", "where")


class DecisionForm(forms.Form):
    """What is answered to who asks for an exception."""

    reason = forms.CharField(
        label=_("What do you answer?"),
        max_length=MOST_WORDS,
        help_text=_("The person who asks reads it."),
        widget=forms.Textarea({"rows": 3, "maxlength": MOST_WORDS}),
    )


class PresenceForm(forms.Form):
    """The least presence of a unit on a weekday."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    weekday = forms.TypedChoiceField(label=_("Day of the week"), coerce=int, empty_value=None, required=False)
    percent = forms.IntegerField(
        label=_("At least how many must be present, in per cent"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    def __init__(
        self, *args: Any, units: list[tuple[str, str]], weekdays: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("unit", units), ("weekday", weekdays)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class SeatForm(MunicipalityForm):
    """A near-working seat; the last day is included."""

    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    municipality = MunicipalityField(label=_("Municipality"), required=False)
    capacity = forms.IntegerField(
        label=_("Desks"),
        min_value=0,
        max_value=10_000,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    note = forms.CharField(
        label=_("What to know"),
        max_length=300,
        required=False,
        help_text=_("Opening hours, where the key is, whom to ask."),
    )
    since = forms.DateField(label=_("First day"), widget=DateInput)
    until = forms.DateField(label=_("Last day"), required=False, widget=DateInput)


class FeedForm(forms.Form):
    """Whose days a calendar address is to show."""

    unit = forms.TypedChoiceField(label=_("What it shows"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        presences = _now("Presences: %(name)s")
        field.choices = [("", _now("My own days")), *((key, presences % {"name": name}) for key, name in units)]


def _dates(values: Iterable[str]) -> set[date]:
    return {date.fromisoformat(value) for value in values}


def _id(day: date) -> str:
    return f"giorno-{day}"
