"""What the lists of questions may be narrowed by, and how many questions a filter leaves without counting them."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Q, QuerySet, Sum, Value
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.clock import ROME
from contempo.core.search.words import wanted
from contempo.helpdesk.models import DeskTally, Question
from contempo.helpdesk.models.facets import facets
from contempo.helpdesk.models.questions import STATES
from contempo.helpdesk.rules.asking import CAPACITY_NAMES, CHANNEL_LABELS
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import places_named

TAB, SEARCH, FROM, TO = "scheda", "cerca", "dal", "al"
YES, NO = "si", "no"
UNKNOWN = "ignoto"
"""Value of a filter for what the asker did not tell, or a question that nobody has."""

CANDIDATES = 1000
"""Questions a search may find before it is narrowed; more common words are looked for along the list instead."""

FETCHED = 25_000
"""Questions that a search fetches at most to know how many they are; more are common words."""

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_MEASURES: dict[str, tuple[str, str]] = {
    "stato": ("state", ""),
    "argomento": ("topic", ""),
    "qualita": ("capacity", ""),
    "comune": ("municipality", ""),
    "settore": ("sector", ""),
    "canale": ("channel", ""),
    "esperto": ("holder", ""),
    "lingua": ("language", ""),
    "risposta": ("answered", ""),
    "entro": ("within", ""),
    "pausa": ("pauses", "questions"),
    "riaperta": ("reopened", "questions"),
    "voto": ("rating", ""),
}
"""The measure that counts what each filter leaves, and its key when that is not the value of the filter."""


class _MonthField(forms.CharField):
    """A month written YYYY-MM, as the browser's control of months does."""

    default_error_messages = {"invalid": _("Write year and month: 2026-11, for instance.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput({"type": "month", "placeholder": "2026-11"}), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not _MONTH.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return text


class _MonthFilter(django_filters.Filter):
    field_class = _MonthField


def month_start(month: str) -> datetime:
    """The first instant, in Italy, of a month written YYYY-MM."""
    return datetime(int(month[:4]), int(month[5:]), 1, tzinfo=ROME)


def month_end(month: str) -> datetime:
    """The first instant, in Italy, after a month written YYYY-MM."""
    after = month_start(month) + timedelta(days=31)
    return after.replace(day=1)


def _choice(label: Any, values: Any, **kwargs: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=values, empty_label=_("All"), **kwargs)


class DeskFilters(django_filters.FilterSet):
    """What questions may be narrowed by; named as in the address, which the figures link to."""

    cerca = django_filters.CharFilter(label=_("Words or number"), method="find")
    stato = _choice(_("State"), STATES, field_name="state")
    argomento = _choice(_("Topic"), choices(TOPIC_LABELS), field_name="topic")
    qualita = _choice(_("In what capacity"), choices(CAPACITY_NAMES), field_name="capacity")
    comune = django_filters.CharFilter(label=_("Municipality"), method="of_place")
    settore = _choice(
        _("Sector"), [(UNKNOWN, _("Not told")), *choices(SECTOR_LABELS)], method="of_sector", field_name="sector"
    )
    canale = _choice(_("Channel"), choices(CHANNEL_LABELS), field_name="channel")
    esperto = _choice(_("Expert"), (), method="held_by")
    lingua = _choice(_("Language"), [("it", "Italiano"), ("en", "English")], field_name="language")
    dal = _MonthFilter(label=_("Received from the month of"), method="since")
    al = _MonthFilter(label=_("Received until the month of"), method="until")
    risposta = _choice(_("First answer"), [(YES, _("Given")), (NO, _("Not given yet"))], method="answered")
    entro = _choice(_("First promise"), [(YES, _("Kept")), (NO, _("Not kept"))], method="in_time")
    pausa = _choice(_("Pauses"), [(YES, _("With pauses"))], method="paused")
    riaperta = _choice(_("Asked again"), [(YES, _("At least once"))], method="reopened")
    voto = _choice(
        _("Rating"), [("4-5", _("4 or 5")), *((str(stars), str(stars)) for stars in range(5, 0, -1))], method="rated"
    )
    scheda = django_filters.CharFilter(widget=forms.HiddenInput, method="as_it_is")

    class Meta:
        model = Question
        fields: tuple[str, ...] = ()

    def __init__(
        self, *, params: QueryDict, queryset: QuerySet[Question], experts: dict[int, str], network_id: int | None
    ) -> None:
        super().__init__(params, queryset)
        self.network_id = network_id
        self.common_words = False
        self.place_codes: tuple[str, ...] = ()
        # One object serves every request: the choices of this network are given to the form, not to the class.
        field: Any = self.form.fields["esperto"]
        field.choices = [(UNKNOWN, _("Nobody")), *((str(key), name) for key, name in experts.items())]
        self._know_place(params.get("comune", ""))
        self.form.is_valid()

    def _know_place(self, text: str) -> None:
        """Let the municipality be written by code or by name, and be shown by name."""
        field: Any = self.form.fields["comune"]
        if text == UNKNOWN:
            field.choices = [(UNKNOWN, _("Not told"))]
            return
        found = places_named(text) if text.strip() else ()
        self.place_codes = tuple(place.code for place in found)
        field.choices = [(text, ", ".join(place.label for place in found))] if found else []

    def filter_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """Narrowed by each filter; by several of one value each through the one index that knows them together."""
        together = self._single_values()
        if len(together) < 2:
            return super().filter_queryset(queryset)
        held = [_facet(name, value) for name, value in together.items()]
        rows = queryset.alias(facets=facets()).filter(facets__contains=held)  # type: ignore[misc]
        for name, value in self.form.cleaned_data.items():
            rows = rows if name in together else self.filters[name].filter(rows, value)
        return rows

    def _single_values(self) -> dict[str, str]:
        """The filters set that ask for one value of the row, as `_MEASURES` names them."""
        found = {name: value for name, value in self.chosen.items() if name in _MEASURES and value != "4-5"}
        if found.get("comune", UNKNOWN) != UNKNOWN and len(self.place_codes) == 1:
            found["comune"] = self.place_codes[0]
        elif found.get("comune", UNKNOWN) != UNKNOWN:
            del found["comune"]
        return found

    @property
    def chosen(self) -> dict[str, str]:
        """The filters set, but for the part of the list."""
        return {name: value for name, value in self.form.cleaned_data.items() if value and name != TAB}

    def find(self, rows: QuerySet[Question], name: str, text: str) -> QuerySet[Question]:
        """By number, else by words: few that match are fetched first, common words are looked for along the list."""
        number = text.strip().lstrip("#")
        if number.isdecimal() and len(number) < 9:
            return rows.filter(number=int(number))
        words = _words(text)
        if words is None:
            return rows.none()
        matching = (
            Question.objects.filter(network_id=self.network_id, words=words).order_by().values_list("pk", flat=True)
        )
        if _expected(matching) <= FETCHED:
            # Without a limit: with one, the planner would rather read the whole table than the index of the words.
            found = list(matching)
            if len(found) <= CANDIDATES:
                return rows.filter(pk__in=found)
        self.common_words = True
        return rows.filter(words=words)

    def of_place(self, rows: QuerySet[Question], name: str, text: str) -> QuerySet[Question]:
        """Of a municipality, by ISTAT code or name."""
        if text == UNKNOWN:
            return rows.filter(municipality=None)
        return rows.filter(municipality_id__in=self.place_codes)

    def of_sector(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """Of a sector, or of none."""
        return rows.filter(sector="" if value == UNKNOWN else value)

    def held_by(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """Held by an expert, or by nobody."""
        return rows.filter(holder_id=None if value == UNKNOWN else int(value))

    def since(self, rows: QuerySet[Question], name: str, month: str) -> QuerySet[Question]:
        """Received in a month or later."""
        return rows.filter(received_at__gte=month_start(month))

    def until(self, rows: QuerySet[Question], name: str, month: str) -> QuerySet[Question]:
        """Received in a month or before."""
        return rows.filter(received_at__lt=month_end(month))

    def answered(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """By whether a first answer was given."""
        return rows.filter(minutes_to_answer__isnull=value == NO)

    def in_time(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """By whether the first promise was kept."""
        return rows.filter(within=value == YES)

    def paused(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """Whose clock stood still at least once."""
        return rows.filter(pauses__gt=0)

    def reopened(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """Asked again after an answer."""
        return rows.filter(reopenings__gt=0)

    def rated(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """Rated with so many stars, or one of several numbers."""
        return rows.filter(rating__in=[int(stars) for stars in value.split("-")])

    def as_it_is(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """The part of the list is chosen before the filters."""
        return rows

    def tallied(self, apart: QuerySet[Question] | None = None, most: int = 0) -> int | None:
        """How many questions of the network the filters leave, from the counts kept, less those of them in `apart`.

        None when they do not tell: more than one thing is asked besides the months, or more than `most` are apart. One
        SQL.
        """
        asked = {name: value for name, value in self.chosen.items() if name not in (FROM, TO)}
        if len(asked) > 1 or SEARCH in asked or (asked.get("comune") and len(self.place_codes) > 1):
            return None
        rows = DeskTally.objects.filter(self._counted(asked), network_id=self.network_id)
        if month := self.chosen.get(FROM):
            rows = rows.filter(month__gte=month)
        if month := self.chosen.get(TO):
            rows = rows.filter(month__lte=month)
        kept = rows.values(what=Value("kept")).annotate(number=Sum("count"))
        if apart is not None:
            found = Question.objects.filter(pk__in=self.filter_queryset(apart).order_by().values("pk")[: most + 1])
            kept = kept.union(found.order_by().values(what=Value("apart")).annotate(number=Count("pk")), all=True)
        numbers = dict(kept.values_list("what", "number"))
        hidden = numbers.get("apart", 0)
        return None if hidden > most else (numbers.get("kept") or 0) - hidden

    def _counted(self, asked: dict[str, str]) -> Q:
        if not asked:
            return Q(measure="received", key="all")
        name, value = next(iter(asked.items()))
        measure, key = _MEASURES[name]
        if name == "comune" and value != UNKNOWN:
            value = next(iter(self.place_codes), UNKNOWN)
        elif name in ("entro", "risposta"):
            value = "yes" if value == YES else "no"
        elif name == "voto":
            return Q(measure=measure, key__in=value.split("-"))
        elif value == UNKNOWN:
            value = ""
        return Q(measure=measure, key=key or value)


def _facet(name: str, value: str) -> str:
    """What the array of `models.facets` holds for a filter."""
    measure, _key = _MEASURES[name]
    word = {UNKNOWN: "", YES: "yes", NO: "no"}.get(value, value)
    return f"{measure}:{word}"


def _expected(matching: QuerySet[Any]) -> int:
    """How many rows the planner expects: few for words it has not met often, right for common ones. One SQL."""
    return int(json.loads(matching.explain(format="json"))[0]["Plan"]["Plan Rows"])


def _words(text: str) -> SearchQuery | None:
    """Every word of `text`, or a synonym of it, the last perhaps only begun; None when it has no word."""
    whole: SearchQuery | None = None
    for term in wanted(text):
        query = SearchQuery(
            " | ".join(" <-> ".join(phrase) for phrase in term.phrases), config="italian", search_type="raw"
        )
        if term.beginning:
            query |= SearchQuery(f"{term.beginning}:*", config="contempo_words", search_type="raw")
        whole = query if whole is None else whole & query
    return whole
