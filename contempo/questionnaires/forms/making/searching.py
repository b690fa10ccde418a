"""Looking for single questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.questionnaires.rules.document import KIND_LABELS, Kind


class SearchForm(forms.Form):
    """Words, where to look, and the kind of question."""

    use_required_attribute = False

    cerca = forms.CharField(
        label=gettext_lazy("Words of the question or its answers"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    dove = forms.ChoiceField(label=gettext_lazy("Where to look"), required=False)
    tipo = forms.ChoiceField(label=gettext_lazy("Kind of question"), required=False)

    def __init__(self, data: Mapping[str, Any], *, sources: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["dove"] = forms.ChoiceField(
            label=_("Where to look"), required=False, choices=[("", _("Everywhere")), *sources]
        )
        kinds = [(kind.value, _(KIND_LABELS[kind])) for kind in Kind if kind != Kind.NOTE]
        self.fields["tipo"] = forms.ChoiceField(
            label=_("Kind of question"), required=False, choices=[("", _("All")), *kinds]
        )

    def wanted(self) -> tuple[str, str, str]:
        """Words, where, kind; only for a form that is right."""
        found = self.cleaned_data
        return found["cerca"], found["dove"], found["tipo"]
