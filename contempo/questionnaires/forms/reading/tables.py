"""The table somebody asks for, and the title under which it is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.core.verdict import Refusal
from contempo.questionnaires.queries.reading.crossed import PERCENT_LABELS, Percent
from contempo.questionnaires.queries.reading.tables import COLUMNS, LAYERS, MENTIONS, PERCENT, ROWS, Asked, Offered
from contempo.questionnaires.rules.tables import read
from contempo.web.forms import add_refusal

_PLACES = {ROWS: "rows", COLUMNS: "columns", LAYERS: "layers"}


class TableForm(forms.Form):
    """What stands in rows, columns and layers; of what shares are. Named as in the address."""

    righe = forms.ChoiceField(label=_("In the rows"))
    colonne = forms.ChoiceField(label=_("In the columns"), required=False)
    strati = forms.ChoiceField(label=_("For each"), required=False)
    percento = forms.ChoiceField(
        label=_("Shares"), required=False, choices=[(key, label) for key, label in PERCENT_LABELS.items()]
    )
    menzioni = forms.BooleanField(label=_("Shares of all mentions, for questions with several answers"), required=False)

    def __init__(self, data: Any, offered: Offered) -> None:
        super().__init__(data if data and data.get(ROWS) else None, initial={PERCENT: Percent.COLUMN.value})
        self.offered = offered
        for name, nothing in ((ROWS, _("choose")), (COLUMNS, _("nothing: only the rows")), (LAYERS, _("nothing"))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", nothing), *offered.groups]

    def clean(self) -> dict[str, Any]:
        """The table, as `rules.tables` reads it."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        kept = {place: given.get(name) or "" for name, place in _PLACES.items()}
        try:
            spec = read({**kept, "mentions": bool(given.get(MENTIONS))}, self.offered.book)
        except Refusal as refusal:
            places = {place: name for name, place in _PLACES.items()}
            add_refusal(self, Refusal(refusal.reason, field=places.get(refusal.field or ""), **refusal.params))
            return given
        percent = given.get(PERCENT) or Percent.COLUMN.value
        return {**given, "asked": Asked(spec, Percent(percent))}

    @property
    def asked(self) -> Asked | None:
        """The table asked for, None when nothing is, or when it cannot be."""
        if not self.is_bound or not self.is_valid():
            return None
        asked: Asked | None = self.cleaned_data.get("asked")
        return asked


class KeepForm(forms.Form):
    """The title under which a table is kept."""

    title = forms.CharField(label=_("Title of the table"), max_length=160)


class KeptForm(KeepForm):
    """What a kept table is called, and whether it is in the report."""

    report = forms.BooleanField(label=_("In the report"), required=False)
