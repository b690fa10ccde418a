"""A new version of the criteria."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.forms.mapping.seen import SeenForm
from contempo.agile.queries.mapping.criteria import CriteriaTyped
from contempo.agile.rules.mapping import Criterion, key_for

_TEXTS = ("text_it", "help_it", "text_en", "help_en")
_NEW = "new"


class CriteriaForm(SeenForm):
    """The criteria in force to be changed, one more to be added, the threshold, and why."""

    threshold = forms.IntegerField(
        label=_("Threshold, in per cent of working time"),
        min_value=1,
        max_value=100,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("Who can do at least this much of the work remotely may ask for agile work."),
        error_messages={
            "required": _("Write the threshold."),
            "invalid": _("Write the threshold with digits: 50."),
            "min_value": _("The threshold is a share of working time: from 1 to 100 per cent."),
            "max_value": _("The threshold is a share of working time: from 1 to 100 per cent."),
        },
    )
    note = forms.CharField(
        label=_("Why they change"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody reads it beside the criteria, with the act if there is one."),
        error_messages={"required": _("Say why the criteria change: everybody reads it.")},
    )

    def __init__(self, data: QueryDict | None = None, *, typed: CriteriaTyped) -> None:
        initial: dict[str, object] = {"seen": str(typed.number), "threshold": typed.threshold}
        for place, each in enumerate(typed.criteria):
            initial |= {f"{name}_{place}": getattr(each, name) for name in (*_TEXTS, "required")}
        super().__init__(data, initial=initial)
        self.typed = typed
        if not typed.number:
            self.fields["note"].required = False
        for name in (*map(str, range(len(typed.criteria))), _NEW):
            self._add(name)

    def _add(self, place: str) -> None:
        """The fields of one criterion; a new one may stay empty."""
        labels = {
            "text_it": _("Criterion, in Italian"),
            "help_it": _("What it means, in Italian"),
            "text_en": _("Criterion, in English"),
            "help_en": _("What it means, in English"),
        }
        for name in _TEXTS:
            is_text = name.startswith("text")
            self.fields[f"{name}_{place}"] = forms.CharField(
                label=labels[name],
                required=is_text and place != _NEW,
                max_length=300 if is_text else 1_000,
                widget=forms.Textarea({"rows": 2}),
                error_messages={"required": _("Write each criterion in both languages: everybody reads them.")},
            )
        self.fields[f"required_{place}"] = forms.BooleanField(
            label=_("Required"), required=False, help_text=_("When it is not met at all, the activity is ruled out.")
        )
        if place != _NEW:
            self.fields[f"drop_{place}"] = forms.BooleanField(label=_("Ask this no more"), required=False)

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The heading and the fields of each criterion, the new one last."""
        for place, _each in enumerate(self.typed.criteria):
            heading = gettext("Criterion %(number)s") % {"number": place + 1}
            yield heading, [self[f"{name}_{place}"] for name in (*_TEXTS, "required", "drop")]
        yield gettext("One more criterion"), [self[f"{name}_{_NEW}"] for name in (*_TEXTS, "required")]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        new = {name: said.get(f"{name}_{_NEW}", "") for name in _TEXTS}
        if any(new.values()):
            for name in ("text_it", "text_en"):
                if not new[name]:
                    self.add_error(f"{name}_{_NEW}", _("Write each criterion in both languages: everybody reads them."))
        return said

    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria as typed, when they are valid."""
        said = self.cleaned_data
        kept = [
            Criterion(each.key, **self._texts(str(place)), required=said[f"required_{place}"])
            for place, each in enumerate(self.typed.criteria)
            if not said[f"drop_{place}"]
        ]
        if said[f"text_it_{_NEW}"]:
            key = key_for(said[f"text_en_{_NEW}"], {each.key for each in self.typed.criteria})
            kept.append(Criterion(key, **self._texts(_NEW), required=said[f"required_{_NEW}"]))
        return tuple(kept)

    def _texts(self, place: str) -> dict[str, Any]:
        return {name: self.cleaned_data[f"{name}_{place}"] for name in _TEXTS}
