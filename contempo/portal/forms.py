"""The shape of what is asked of the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_CHARACTERS = 200


class SiteSearch(forms.Form):
    """Words to look for and the page of results; never refuses, cuts what is too long."""

    q = forms.CharField(label=_("What are you looking for?"), required=False, strip=True)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)

    def asked(self) -> tuple[str, int]:
        """The words asked for and the page, one when it makes no sense."""
        self.full_clean()
        text = self.cleaned_data.get("q", "").replace("\x00", "")[:MOST_CHARACTERS]
        return text, self.cleaned_data.get("page") or 1


class MailSearch(forms.Form):
    """The address whose mails are shown; all when empty."""

    a = forms.CharField(label=_("Recipient"), required=False, max_length=254)

    def address(self) -> str:
        """The address asked for, empty when there is none."""
        self.full_clean()
        return self.cleaned_data.get("a", "")
