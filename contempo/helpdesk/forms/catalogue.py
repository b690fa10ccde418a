"""What is typed at the catalogue: searches and opinions of readers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.helpdesk.rules.entries import MAX_COMMENT, USEFULNESS_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS

SEARCH_LENGTH = 200


class CatalogueSearch(forms.Form):
    """Words to search, and what to narrow the search by: whatever makes no sense is left out."""

    q = forms.CharField(label=_("What do you want to know?"), required=False)
    argomento = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("All")), *choices(TOPIC_LABELS)])
    norma = forms.ChoiceField(label=_("Norm"), required=False)
    lingua = forms.ChoiceField(
        label=_("Language of the answers"), required=False, choices=[("it", _("Italian")), ("en", _("English"))]
    )
    pagina = forms.IntegerField(required=False, min_value=1, max_value=100, widget=forms.HiddenInput)

    def __init__(self, *args: Any, norms: list[tuple[str, str]], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["norma"].choices = [("", _("All")), *norms]  # type: ignore[attr-defined]
        self.language = language

    def asked(self) -> dict[str, Any]:
        """Text, language, topic, norm and page of the search."""
        self.is_valid()
        said = self.cleaned_data
        norm = said.get("norma") or ""
        return {
            "text": str(self.data.get("q", "")).replace("\x00", " ").strip()[:SEARCH_LENGTH],
            "language": said.get("lingua") or self.language,
            "topic": said.get("argomento") or "",
            "norm": int(norm) if norm else None,
            "page": said.get("pagina") or 1,
        }


class OpinionForm(forms.Form):
    """Why an answer was of no use; nothing is needed."""

    reason = forms.ChoiceField(
        label=_("What was wrong?"),
        choices=choices(USEFULNESS_LABELS),
        widget=forms.RadioSelect,
        required=False,
    )
    comment = forms.CharField(
        label=_("Anything to add?"),
        required=False,
        max_length=MAX_COMMENT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Nobody answers here, and names or numbers are taken out before it is kept."),
    )
