"""What the desk promises and who answers: the forms of its settings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contempo.core.calendar import Window, windows_of
from contempo.core.choices import choices
from contempo.helpdesk.rules.clock import Policy, Promised
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import MunicipalityField, MunicipalityForm, places_named
from contempo.web.forms import DateInput

WEEKDAYS: tuple[Promise, ...] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
_PAIR = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_NUMBER = {"inputmode": "numeric"}


class HoursField(forms.CharField):
    """The hours of one day, as people write them: "9-13, 14:30-18"; gives pairs of "HH:MM", none when it is empty."""

    default_error_messages = {"hours": _("Write hours such as 9:00-13:00, 14:00-18:00; leave it empty if closed.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=80, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> list[tuple[str, str]]:
        """The openings of the day, or the sentence that says how to write them."""
        text = super().clean(value)
        openings = []
        for piece in re.split(r"[,;/]|\se\s|\sand\s", text) if text else ():
            found = _PAIR.fullmatch(piece.strip())
            if found is None:
                raise ValidationError(self.error_messages["hours"], "hours")
            start, start_minutes, end, end_minutes = found.groups(default="00")
            openings.append((f"{start:0>2}:{start_minutes}", f"{end:0>2}:{end_minutes}"))
        try:
            windows_of((0, *opening) for opening in openings)
        except ValueError:
            raise ValidationError(self.error_messages["hours"], "hours") from None
        return openings


def hours_typed(rows: Iterable[Sequence[object]]) -> dict[str, str]:
    """Opening hours as they are stored, as a form of the week begins with them."""
    days: dict[int, list[str]] = {}
    for day, start, end in rows:
        days.setdefault(int(str(day)), []).append(f"{start}-{end}")
    return {f"day_{day}": ", ".join(openings) for day, openings in days.items()}


class WeekForm(forms.Form):
    """The hours of a week, a line a day."""

    day_0 = HoursField(label=WEEKDAYS[0])
    day_1 = HoursField(label=WEEKDAYS[1])
    day_2 = HoursField(label=WEEKDAYS[2])
    day_3 = HoursField(label=WEEKDAYS[3])
    day_4 = HoursField(label=WEEKDAYS[4])
    day_5 = HoursField(label=WEEKDAYS[5])
    day_6 = HoursField(label=WEEKDAYS[6])

    DAYS = tuple(f"day_{day}" for day in range(7))

    @property
    def windows(self) -> tuple[Window, ...]:
        """What was written, as windows of the week."""
        return windows_of(
            (day, start, end) for day, name in enumerate(self.DAYS) for start, end in self.cleaned_data[name]
        )

    def fields_of(self, *names: str) -> list[forms.BoundField]:
        """Fields by name, those that the form has."""
        return [self[name] for name in names if name in self.fields]


class PolicyForm(WeekForm, MunicipalityForm):
    """What the desk of a network promises."""

    promised = forms.ChoiceField(
        label=_("What the desk promises"),
        choices=[
            (Promised.ELAPSED, _("Hours by the clock, nights and holidays included")),
            (Promised.WORKING, _("The same time in opening hours: a working day for every 24 hours")),
        ],
        widget=forms.RadioSelect,
    )
    elapsed_hours = forms.IntegerField(
        label=_("Hours within which the desk answers"),
        help_text=_("48 in the territorial plan. It holds for new questions: promises already given do not change."),
        widget=forms.TextInput(_NUMBER),
    )
    municipality = MunicipalityField(
        label=_("Municipality whose patron saint is kept"),
        help_text=_(
            "The patron saints of the provincial capitals are known; elsewhere only national holidays are kept."
        ),
        required=False,
    )
    max_pauses = forms.IntegerField(
        label=_("Pauses at most"),
        help_text=_("How often the clock may stand still, in one promise, while details are awaited."),
        widget=forms.TextInput(_NUMBER),
    )
    pause_days = forms.IntegerField(
        label=_("Days of one pause at most"),
        help_text=_("After so many days the clock runs again by itself."),
        widget=forms.TextInput(_NUMBER),
    )
    lease_minutes = forms.IntegerField(
        label=_("Minutes for which a question taken is held"),
        help_text=_("They begin again while its expert writes; then others may take it."),
        widget=forms.TextInput(_NUMBER),
    )
    second_reading = forms.BooleanField(label=_("A senior expert reads every answer first"), required=False)
    mail_address = forms.EmailField(
        label=_("E-mail address of the desk"),
        help_text=_("Questions mailed to this address reach the desk. Leave it empty for a desk without mail."),
        required=False,
        error_messages={"invalid": _("This is not an e-mail address: it looks like name@example.org.")},
    )

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (_("The promise"), self.fields_of("promised", "elapsed_hours")),
            (_("Opening hours"), self.fields_of(*self.DAYS, "municipality", "municipality_choice")),
            (_("While details are awaited"), self.fields_of("max_pauses", "pause_days")),
            (_("How the desk works"), self.fields_of("lease_minutes", "second_reading", "mail_address")),
        ]

    @property
    def policy(self) -> Policy:
        """The promise that was written."""
        sent = self.cleaned_data
        return Policy(
            promised=Promised(sent["promised"]),
            elapsed_hours=sent["elapsed_hours"],
            max_pauses=sent["max_pauses"],
            pause_days=sent["pause_days"],
            windows=self.windows,
        )


class PlacesField(forms.CharField):
    """Municipalities by name, one a line; gives their ISTAT codes."""

    widget = forms.Textarea
    default_error_messages = {
        "unknown": _("No Italian municipality is called “%(name)s”: check how it is spelt."),
        "several": _("Several municipalities are called “%(name)s”: add the province, as in “Samone (TN)”."),
        "many": _("At most %(most)s municipalities: for more leave the field empty, which means all."),
    }
    MOST = 60

    def clean(self, value: Any) -> list[str]:
        """The codes, or the sentence about the first name that means none or several."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > self.MOST:
            raise ValidationError(self.error_messages["many"], "many", {"most": self.MOST})
        codes = []
        for line in lines:
            found = places_named(line)
            if len(found) != 1:
                wrong = "several" if found else "unknown"
                raise ValidationError(self.error_messages[wrong], wrong, {"name": line})
            codes.append(found[0].code)
        return codes


class ExpertForm(WeekForm):
    """What an expert answers on, where, in which languages, when and how much at once."""

    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=choices(TOPIC_LABELS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None means all."),
    )
    municipalities = PlacesField(
        label=_("Municipalities"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line. Leave it empty for the whole territory."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    capacity = forms.IntegerField(
        label=_("Questions at once"),
        help_text=_("Beyond this number questions are proposed to others."),
        widget=forms.TextInput(_NUMBER),
    )
    senior = forms.BooleanField(label=_("Senior: reads the answers of others before they are sent"), required=False)

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (_("What and where"), self.fields_of("topics", "municipalities", "languages")),
            (_("Weekly hours: empty means the opening hours of the desk"), self.fields_of(*self.DAYS)),
            (_("How much"), self.fields_of("capacity", "senior")),
        ]


class OwnProfileForm(WeekForm):
    """What an expert says of the own work for the desk."""

    shows_name = forms.BooleanField(
        label=_("My answers carry my name and surname"),
        help_text=_("Otherwise who asks reads “an expert of the desk”."),
        required=False,
    )

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (_("Weekly hours: empty means the opening hours of the desk"), self.fields_of(*self.DAYS)),
            (_("Your name"), self.fields_of("shows_name")),
        ]


class AbsenceForm(forms.Form):
    """Days on which an expert receives nothing. The reason is not asked."""

    since = forms.DateField(
        label=_("First day away"),
        widget=DateInput,
        error_messages={"required": _("Say from which day."), "invalid": _("Write a date.")},
    )
    until = forms.DateField(
        label=_("Back on"),
        widget=DateInput,
        error_messages={"required": _("Say on which day you are back."), "invalid": _("Write a date.")},
    )


class DelayForm(forms.Form):
    """Why an answer was late."""

    reason = forms.CharField(
        label=_("Why was it late?"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Who works at the desk reads it, to mend what can be mended. Leave out the names of persons."),
        error_messages={"required": _("Write why it was late.")},
    )


def expert_typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of an expert as a form begins with it: `windows` a line a day, `places` a name a line."""
    return {**fields, **hours_typed(fields["windows"]), "municipalities": "\n".join(fields["municipalities"])}
