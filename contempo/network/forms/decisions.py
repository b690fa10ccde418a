"""What the agency writes when it decides on a request."""

from collections.abc import Sequence
from typing import Any, Protocol, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contempo.network.rules.accession import MAX_REASON

ANOTHER = "another"


class ReasonForm(forms.Form):
    """The reason of a decision; its least length is a rule, which the action asks."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 6}),
        max_length=MAX_REASON,
        error_messages={"required": _("Write the reason: the organisation will read it.")},
    )

    def explain(self, label: Promise, hint: Promise) -> None:
        """Call the field by what is asked in this decision."""
        self.fields["reason"].label = str(label)
        self.fields["reason"].help_text = str(hint)


class Likeness(Protocol):
    """An organisation of the registry that may be the one admitted."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class AdmissionForm(forms.Form):
    """Which organisation of the registry is the one admitted; nothing is asked when none has a like name."""

    same = forms.ChoiceField(
        label=_("Already in the registry"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one: this way nobody is in the registry twice.")},
    )

    def __init__(self, *args: Any, possible: Sequence[Likeness] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not possible:
            del self.fields["same"]
            return
        same = cast(forms.ChoiceField, self.fields["same"])
        same.choices = [
            *((str(each.id), _("It is the same organisation: %(name)s") % {"name": each.name}) for each in possible),
            (ANOTHER, _("None of these: it is another organisation")),
        ]

    @property
    def organisation_id(self) -> int | None:
        """The organisation chosen; None for a new one."""
        same = self.cleaned_data.get("same", ANOTHER)
        return None if same == ANOTHER else int(same)


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(
        label=_("New note"),
        widget=forms.Textarea({"rows": 3}),
        max_length=MAX_REASON,
        help_text=_("Only the coordinators of the network read it."),
        error_messages={"required": _("Write the note first.")},
    )
