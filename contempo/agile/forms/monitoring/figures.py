"""Which figures somebody asks for, as the address says it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.queries.monitoring.choices import Asked, Offer, asked


class FiguresForm(forms.Form):
    """A period, and for who reads exact figures a directorate, a sex and an age class."""

    periodo = forms.ChoiceField(
        label=_("Period"),
        error_messages={
            "invalid_choice": _("There are no figures of this period: choose one of the list."),
            "required": _("Choose a period."),
        },
    )
    direzione = forms.ChoiceField(label=_("Directorate"), required=False)
    sesso = forms.ChoiceField(label=_("Sex"), required=False)
    eta = forms.ChoiceField(label=_("Age class"), required=False)

    def __init__(self, params: Mapping[str, str], offer: Offer) -> None:
        self.offer = offer
        newest = {"periodo": offer.periods[0][0]} if offer.periods else {}
        super().__init__({**newest, **{name: value for name, value in params.items() if value}})
        self._choices("periodo", list(offer.periods))
        for name, values in (("direzione", offer.directorates), ("sesso", offer.sexes), ("eta", offer.ages)):
            if offer.whole:
                self._choices(name, [("", _("All")), *values])
            else:
                del self.fields[name]

    def _choices(self, name: str, values: Any) -> None:
        field: Any = self.fields[name]
        field.choices = values

    @property
    def asked(self) -> Asked | None:
        """What a valid form asks for."""
        return asked(self.offer, **self.cleaned_data)
