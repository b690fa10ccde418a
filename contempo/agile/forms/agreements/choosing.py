"""What an address or a button names."""

from django import forms


class PreviousForm(forms.Form):
    """The number of the agreement to renew or to change; none for a first one."""

    da = forms.IntegerField(required=False, min_value=1, max_value=10**8)

    @property
    def number(self) -> int | None:
        return self.cleaned_data.get("da") if self.is_valid() else None
