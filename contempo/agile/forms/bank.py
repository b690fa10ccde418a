"""What a worker writes at the bank."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.agile.rules.months import Reason

_WHOLE = {"invalid": _("Write how many days as a whole number: 2, for instance.")}
_DAYS = {**_WHOLE, "required": _("Write how many days.")}


class DaysField(forms.IntegerField):
    """A number of days."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "class": "short"})
        super().__init__(widget=widget, error_messages=_DAYS, **kwargs)


class DonateForm(forms.Form):
    """How many days are given."""

    days = DaysField(label=_("Days to give"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "donate_%s", **kwargs})


class AskForm(forms.Form):
    """Why days are asked for, and how many."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_(
            "Only the kind of reason: no documents, no details. Nobody sees it under your name; the published file has "
            "the number of its class under a pseudonym."
        ),
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason of the list.")},
    )
    days = DaysField(label=_("Days to ask for"))

    def __init__(self, *args: Any, reasons: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "ask_%s", **kwargs})
        self.fields["reason"].choices = [("", _("Choose a reason")), *reasons]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """The arguments of `actions.bank.asking.ask`."""
        return {"reason": Reason(self.cleaned_data["reason"]), "days": self.cleaned_data["days"]}


class DrawForm(forms.Form):
    """How many days are drawn in an emergency."""

    days = DaysField(label=_("Days to draw"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "draw_%s", **kwargs})


class AppealForm(forms.Form):
    """What is wrong with a result."""

    text = forms.CharField(
        label=_("What is wrong"),
        help_text=_("Say which fact was not counted right. Human resources read it; do not write about illnesses."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write what is wrong.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "appeal_%s", **kwargs})
