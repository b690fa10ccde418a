"""The shape of what is asked of the portal."""

from django import forms

MOST_CHARACTERS = 200
PAGES = 1000


class Words(forms.CharField):
    """Words as they come: never refused, without what no text may hold, cut where they are too long."""

    def to_python(self, value: object) -> str:
        """The words asked for, stripped."""
        return super().to_python(str(value or "").replace("\x00", ""))[:MOST_CHARACTERS].strip()


class SiteSearch(forms.Form):
    """Words to look for and the page of results."""

    q = Words(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=PAGES)

    def asked(self) -> tuple[str, int]:
        """The words asked for, and the page: one when it makes no sense."""
        self.full_clean()
        return self.cleaned_data["q"], self.cleaned_data.get("page") or 1


class MailSearch(forms.Form):
    """The address whose mails are shown; all when empty."""

    a = Words(required=False)

    def address(self) -> str:
        """The address asked for, empty when there is none."""
        self.full_clean()
        return self.cleaned_data["a"]
