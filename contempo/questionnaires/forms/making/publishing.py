"""What is said when a version is published."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PublishForm(forms.Form):
    """A note on what changed; the first version needs none."""

    use_required_attribute = False

    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("What changed, and why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Say what changed: who reads the answers of several versions needs to know.")
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, initial: Mapping[str, Any], first: bool) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["note"].required = not first
        if first:
            self.fields["note"].label = _("A note for those who will use it")
