"""How a questionnaire is called, what it is for, and what a new one begins with."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.choices import choices
from contempo.questionnaires.actions.making.beginning import Titled
from contempo.questionnaires.rules.states import PURPOSE_LABELS, Purpose
from contempo.web.forms import Upload

MAX_BYTES = 5 * 1024 * 1024


class TitledForm(forms.Form):
    """Titles and purpose."""

    use_required_attribute = False

    title = forms.CharField(
        label=gettext_lazy("Title in Italian"),
        max_length=160,
        error_messages={"required": gettext_lazy("Write a title.")},
    )
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=160, required=False)
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        choices=choices(PURPOSE_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is for.")},
    )

    def titled(self) -> Titled:
        """What was typed; only for a form that is right."""
        found = self.cleaned_data
        return Titled(found["title"].strip(), found["title_en"].strip(), Purpose(found["purpose"]))


class BeginForm(TitledForm):
    """A new questionnaire: who keeps it, and how it is called."""

    keeper = forms.ChoiceField(label=gettext_lazy("Who keeps it"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        keepers: Mapping[str, str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["keeper"] = forms.ChoiceField(label=_("Who keeps it"), choices=list(keepers.items()))
        if len(keepers) == 1:
            self.fields["keeper"].widget = forms.HiddenInput()
            self.fields["keeper"].initial = next(iter(keepers))

    @property
    def organisation_id(self) -> int | None:
        """The organisation that keeps it; None for the network."""
        return int(self.cleaned_data["keeper"]) or None


class FileForm(forms.Form):
    """An XLSForm to read."""

    file = forms.FileField(
        label=gettext_lazy("XLSForm file (.xlsx)"),
        widget=Upload(attrs={"accept": ".xlsx"}, max_bytes=MAX_BYTES),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty: bring an XLSX workbook."),
        },
        help_text=gettext_lazy("The one KoboToolbox and ODK export and read: sheets survey, choices and settings."),
    )

    def clean_file(self) -> Any:
        """At most five megabytes."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("This file is too large: at most 5 MB."))
        return file
