"""What the keepers of the registry write of a norm."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.verdict import Refusal
from contempo.norms.rules.norms import KIND_LABELS, MAX_REASON, text_address
from contempo.web.forms import DateInput
from contempo.web.sentences import sentence

_NO_DAY = _("Write the day in full, for instance 27/03/2022.")


def _day(label: Any, *, required: bool = False, hint: Any = "", missing: Any = "") -> forms.DateField:
    errors = {"invalid": _NO_DAY, **({"required": missing} if missing else {})}
    return forms.DateField(label=label, required=required, help_text=hint, widget=DateInput(), error_messages=errors)


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 4}),
        max_length=MAX_REASON,
        help_text=_("It is shown on the page of the norm."),
        error_messages={"required": _("Write why: whoever cites the norm will read it.")},
    )


class NormForm(forms.Form):
    """All that is written of a norm; how it ends is asked elsewhere."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose the kind")), *choices(KIND_LABELS)],
        error_messages={"required": _("Choose the kind of norm.")},
    )
    short_title = forms.CharField(
        label=_("Short title"),
        max_length=120,
        help_text=_("As people cite it: “Legge 104/1992”, “CCNL Commercio 2024”."),
        error_messages={"required": _("Write how people cite it.")},
    )
    article = forms.CharField(
        label=_("Article"), max_length=80, required=False, help_text=_("When only a part is cited: “art. 33, comma 3”.")
    )
    title = forms.CharField(
        label=_("Full title"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("As it was published, in Italian."),
        error_messages={"required": _("Write the title as it was published.")},
    )
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    day = _day(_("Date of the act"))
    issuer = forms.CharField(
        label=_("Issued by"),
        max_length=200,
        required=False,
        help_text=_("For instance: Parliament, INPS, the parties that signed the contract."),
    )
    summary_it = forms.CharField(
        label=_("What it says, in Italian"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One sentence that anybody understands."),
        error_messages={"required": _("Write in one sentence what it says.")},
    )
    summary_en = forms.CharField(
        label=_("What it says, in English"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    url = forms.CharField(
        label=_("Address of the official text"),
        max_length=500,
        widget=forms.TextInput({"inputmode": "url"}),
        help_text=_("Where the text is published, on Normattiva for instance: it begins with https://"),
        error_messages={"required": _("Write where the official text is published.")},
    )
    valid_from = _day(
        _("In force from"), required=True, missing=_("Write the first day on which the norm is in force.")
    )
    amended_on = _day(
        _("Text last changed on"),
        hint=_("When the text of the norm changes, write the day here: what cites it will be read again."),
    )
    source = forms.CharField(
        label=_("Where it was checked"),
        max_length=300,
        required=False,
        help_text=_("The source, and what was seen."),
    )
    checked_on = _day(_("Checked on"))
    published = forms.BooleanField(
        label=_("Show it to the public"),
        required=False,
        initial=True,
        help_text=_("A hidden norm is seen by coordinators and experts alone."),
    )

    GROUPS = (
        (_("How it is cited"), ("kind", "short_title", "article")),
        (_("The act"), ("title", "number", "day", "issuer", "url")),
        (_("What it says"), ("summary_it", "summary_en")),
        (_("Since when it holds"), ("valid_from", "amended_on")),
        (_("How we know"), ("source", "checked_on", "published")),
    )

    @property
    def groups(self) -> Iterable[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return ((title, [self[name] for name in names]) for title, names in self.GROUPS)

    def clean_url(self) -> str:
        """An https address."""
        try:
            return text_address(self.cleaned_data["url"])
        except Refusal as refusal:
            raise ValidationError(sentence(refusal)) from None


class EndForm(forms.Form):
    """When a norm is in force no longer, and why."""

    valid_to = _day(
        _("In force no longer from"),
        required=True,
        hint=_("The first day on which the norm does not hold; it may be still to come."),
        missing=_("Write the first day on which the norm does not hold."),
    )
    reason = _reason()


class ReplaceForm(EndForm):
    """What takes the place of a norm, since when, and why."""

    successor = forms.TypedChoiceField(
        label=_("Replaced by"),
        coerce=int,
        help_text=_("If it is not there, add it to the registry first."),
        error_messages={
            "required": _("Choose the norm that replaces it."),
            "invalid_choice": _("Choose one of the norms of the list."),
        },
    )
    field_order = ("successor", "valid_to", "reason")

    def __init__(self, *args: Any, successors: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["successor"]).choices = [("", _("Choose the norm")), *successors]


class RestoreForm(forms.Form):
    """Why the end of a norm is taken back."""

    reason = _reason()
