"""Which figures somebody asks for, as the address says it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.helpdesk.queries.figures.choices import Offer, ended_year
from contempo.helpdesk.queries.figures.counting import NOT_TOLD
from contempo.helpdesk.queries.figures.reading import Asked
from contempo.helpdesk.rules.asking import CAPACITY_NAMES, CHANNEL_LABELS
from contempo.helpdesk.rules.figures import Period, month_after, quarter_of
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.web.tabs import Tab

FILTERS = {
    "argomento": "topic",
    "qualita": "capacity",
    "comune": "municipality",
    "settore": "sector",
    "canale": "channel",
}
"""Names in the address, as the lists of questions have them, and measures."""

_ALL = [("", _("All"))]


class FiguresForm(forms.Form):
    """A period and what narrows the questions. Months for coordinators, whole years and quarters for the others."""

    dal = forms.ChoiceField(label=_("From the month of"))
    al = forms.ChoiceField(label=_("To the month of"))
    periodo = forms.ChoiceField(label=_("Period"))
    argomento = forms.ChoiceField(label=_("Topic"), choices=[*_ALL, *choices(TOPIC_LABELS)], required=False)
    qualita = forms.ChoiceField(label=_("In what capacity"), choices=[*_ALL, *choices(CAPACITY_NAMES)], required=False)
    comune = forms.ChoiceField(label=_("Municipality"), required=False)
    settore = forms.ChoiceField(
        label=_("Sector"), choices=[*_ALL, (NOT_TOLD, _("Not told")), *choices(SECTOR_LABELS)], required=False
    )
    canale = forms.ChoiceField(label=_("Channel"), choices=[*_ALL, *choices(CHANNEL_LABELS)], required=False)

    def __init__(self, params: Mapping[str, str], offer: Offer) -> None:
        self.offer = offer
        super().__init__({**self._present(offer), **{name: params[name] for name in params}})
        months: Any = offer.months
        self._offer("comune", [*_ALL, (NOT_TOLD, _("Not told")), *offer.places])
        if offer.whole:
            self._offer("dal", months)
            self._offer("al", months)
            del self.fields["periodo"]
        else:
            self._offer("periodo", list(offer.periods))
            del self.fields["dal"], self.fields["al"]

    def _offer(self, name: str, values: Any) -> None:
        field: Any = self.fields[name]
        field.choices = values

    @staticmethod
    def _present(offer: Offer) -> dict[str, str]:
        """This year, or the last that can be told."""
        if offer.whole:
            first = max(f"{offer.today:%Y}-01", offer.months[-1][0])
            return {"dal": first, "al": offer.months[0][0]}
        return {"periodo": offer.periods[0][1][0][0]} if offer.periods else {}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.offer.whole:
            since, until = given.get("dal"), given.get("al")
            if since and until and until < since:
                self.add_error("al", _("The last month comes before the first: choose a later one."))
        elif len(self._filters) + ("-" in given.get("periodo", "")) > 1:
            raise ValidationError(
                _("Choose one thing at a time, a quarter or a filter: together they would speak of too few people.")
            )
        return given

    @property
    def _filters(self) -> dict[str, str]:
        chosen = {measure: self.cleaned_data.get(name, "") for name, measure in FILTERS.items()}
        return {measure: "" if value == NOT_TOLD else value for measure, value in chosen.items() if value}

    @property
    def asked_for_files(self) -> Asked:
        """What a file of the same figures holds: a quarter that has ended is told as everybody else may read it."""
        asked = self.asked
        year = ended_year(asked.period.since, f"{self.offer.today:%Y-%m}")
        if asked.filters or asked.period != quarter_of(asked.period.since) or asked.period.until > year.until:
            return asked
        return Asked(year, {}, asked.period.since)

    @property
    def asked(self) -> Asked:
        """What a valid form asks for."""
        if self.offer.whole:
            return Asked(Period(self.cleaned_data["dal"], self.cleaned_data["al"]), self._filters)
        year, _dash, quarter = self.cleaned_data["periodo"].partition("-")
        period = ended_year(f"{year}-01", f"{self.offer.today:%Y-%m}")
        begins = period.months[3 * (int(quarter) - 1)] if quarter else ""
        return Asked(period, self._filters, quarter_of(begins).since if begins else "")


def presets(offer: Offer, data: Mapping[str, str]) -> tuple[Tab, ...]:
    """Periods one tap away; none where whole years and quarters are chosen anyway."""
    if not offer.whole:
        return ()
    this, first = offer.months[0][0], offer.months[-1][0]
    last, year = month_after(this, -1), f"{offer.today:%Y}"
    before = f"{int(year) - 1}"
    periods = [
        (_("This month"), this, this),
        (_("Last month"), last, last),
        (_("This year"), f"{year}-01", this),
        (_("Last year"), f"{before}-01", f"{before}-12"),
        (_("Since the beginning"), first, this),
    ]
    kept = {name: data[name] for name in FILTERS if data.get(name)}
    return tuple(
        Tab(
            str(label),
            "?" + urlencode({"dal": max(since, first), "al": until} | kept),
            (data.get("dal"), data.get("al")) == (max(since, first), until),
        )
        for label, since, until in periods
        if until >= first
    )
