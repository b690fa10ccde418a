"""The form of a value, and of the decision on it."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.files import MAX_BYTES
from contempo.core.money import number_written
from contempo.core.text import normalise
from contempo.network.public import place_labels, places_named
from contempo.programmes.rules.plan.measures import Dimension, Unit
from contempo.programmes.rules.values import Entry, Value
from contempo.web.forms import Documents, DocumentsField

_LINE = re.compile(r"(?P<name>.+?)\s*:\s*(?P<count>[\d.]*)\s*(?:/\s*(?P<whole>[\d.]+))?\s*")
MOST_LINES = 300

Words = tuple[tuple[str, str], ...]


class NumberField(forms.CharField):
    """A number as Italians write it (`1.234,5`) or as machines do; `clean` gives a Decimal, None for nothing."""

    def clean(self, value: object) -> Decimal | None:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        try:
            return number_written(text)
        except ValueError as wrong:
            raise ValidationError(gettext(str(wrong))) from None


class DivisionField(forms.CharField):
    """A division, one part a line: `women: 12`; of a share `women: 3/12`. `clean` gives (counted, of how many) by key.

    Where `words` are given their names are the only ones; a municipality is found by its name; elsewhere any name does.
    """

    widget = forms.Textarea

    def __init__(self, *, dimension: Dimension, words: Words, share: bool, **given: object) -> None:
        super().__init__(required=False, **given)  # type: ignore[arg-type]
        self.dimension, self.share = dimension, share
        self.known = {normalise(label): key for key, label in words} | {normalise(gettext("not told")): ""}
        lines = [*(label for _key, label in words), gettext("not told")] if words else []
        self.initial = "\n".join(f"{label}: " for label in lines)
        self.closed = bool(words)
        self.widget.attrs["rows"] = max(4, len(lines) + 1)

    def clean(self, value: object) -> dict[str, tuple[int, int]]:
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(gettext("Too many lines: %(most)s at most.") % {"most": MOST_LINES})
        found: dict[str, tuple[int, int]] = {}
        for line in lines:
            key, pair = self._read(line)
            if pair is None:
                continue
            if key in found:
                raise ValidationError(gettext("“%(line)s” is there twice.") % {"line": line})
            found[key] = pair
        return found

    def _read(self, line: str) -> tuple[str, tuple[int, int] | None]:
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValidationError(gettext("“%(line)s”: write a name, a colon and a number.") % {"line": line})
        key = self._key(match["name"], line)
        if not match["count"]:
            return key, None
        part = self._whole(match["count"], line)
        if not self.share:
            if match["whole"]:
                raise ValidationError(gettext("“%(line)s”: write one number only.") % {"line": line})
            return key, (part, part)
        if not match["whole"]:
            raise ValidationError(gettext("“%(line)s”: a share is written like 3/12.") % {"line": line})
        return key, (part, self._whole(match["whole"], line))

    def _whole(self, text: str, line: str) -> int:
        try:
            number = number_written(text)
        except ValueError:
            raise ValidationError(gettext("“%(line)s”: write whole numbers.") % {"line": line}) from None
        if number != number.to_integral_value():
            raise ValidationError(gettext("“%(line)s”: write whole numbers.") % {"line": line})
        return int(number)

    def _key(self, name: str, line: str) -> str:
        if (known := self.known.get(normalise(name))) is not None:
            return known
        if self.closed:
            raise ValidationError(gettext("“%(line)s”: this name is not one of the list.") % {"line": line})
        if self.dimension is not Dimension.MUNICIPALITY:
            return name[:80]
        places = places_named(name)
        if not places:
            raise ValidationError(gettext("“%(line)s”: there is no such municipality.") % {"line": line})
        if len(places) > 1:
            labels = ", ".join(place_labels(place.code for place in places).values())
            words = {"line": line, "places": labels}
            raise ValidationError(gettext("“%(line)s”: write which one: %(places)s.") % words)
        return places[0].code


class ValueForm(forms.Form):
    """A value, with its period, for whom it is, how it is divided, and its evidence."""

    period = forms.ChoiceField(label=_("Period"))
    alliance = forms.ChoiceField(label=_("Measured for"), required=False)

    def __init__(
        self,
        *args: object,
        unit: Unit,
        periods: Words,
        alliances: Words,
        divisions: tuple[tuple[Dimension, str, Words], ...],
        evidence: str,
        correcting: bool,
        computed: bool,
        **given: object,
    ) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        self.unit, self.dimensions = unit, [dimension for dimension, _label, _words in divisions]
        self.fields["period"].choices = periods  # type: ignore[attr-defined]
        self.fields["alliance"].choices = alliances  # type: ignore[attr-defined]
        if not computed:
            self._add_value(unit)
            for dimension, label, words in divisions:
                self._add_division(dimension, label, words)
            hint = _("Needed: %(evidence)s.") % {"evidence": evidence} if evidence else ""
            self.fields["documents"] = DocumentsField(
                label=_("Evidence"), required=False, help_text=hint, widget=Documents(max_bytes=MAX_BYTES)
            )
            self.fields["note"] = forms.CharField(
                label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
            )
        if correcting:
            self.fields["reason"] = forms.CharField(
                label=_("Why it is corrected"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Needed for a closed period. It stays beside the sealed value, for everybody to read."),
            )

    def _add_value(self, unit: Unit) -> None:
        if unit is Unit.YES_NO:
            answers = [("si", _("yes")), ("no", _("no"))]
            self.fields["yes"] = forms.ChoiceField(label=_("Is it so?"), choices=answers, widget=forms.RadioSelect)
        elif unit is Unit.TEXT:
            self.fields["text"] = forms.CharField(
                label=_("What was found"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
            )
        else:
            number = {"inputmode": "decimal", "autocomplete": "off"}
            label = _("Value") if unit is Unit.COUNT else _("Part (numerator)")
            hint = _("Zero is a value. If nobody measured, leave the page without sending.")
            self.fields["numerator"] = NumberField(label=label, help_text=hint, widget=forms.TextInput(attrs=number))
            if unit is Unit.SHARE:
                self.fields["denominator"] = NumberField(
                    label=_("Whole (denominator)"), widget=forms.TextInput(attrs=number)
                )

    def _add_division(self, dimension: Dimension, label: str, words: Words) -> None:
        share = self.unit is Unit.SHARE
        how = _(
            "One a line: a name, a colon, a number. The numbers add up to the value. Leave empty what is not known."
        )
        how_share = _("One a line: a name, a colon, part/whole, like 3/12. They add up to the value.")
        self.fields[f"by_{dimension}"] = DivisionField(
            dimension=dimension, words=words, share=share, label=label, help_text=how_share if share else how
        )

    @property
    def entry(self) -> Entry:
        """What a valid form says."""
        said = self.cleaned_data
        yes = {"si": True, "no": False}.get(said.get("yes", ""))
        value = Value(said.get("numerator"), said.get("denominator"), yes, said.get("text", ""))
        divided = {dimension.value: said[f"by_{dimension}"] for dimension in self.dimensions}
        return Entry(value, {name: counts for name, counts in divided.items() if counts}, said.get("note", ""))


class DecisionForm(forms.Form):
    """Why a value is approved or refused."""

    note = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to refuse. Who entered the value reads it."),
    )


class ClosingForm(forms.Form):
    """That a period is closed knowing what is missing."""

    without_missing = forms.BooleanField(
        label=_("I know that these values are missing: seal them as not measured"), required=False
    )
