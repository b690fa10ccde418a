"""Withdrawing a request, signing the agreement, handing in a signed copy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contempo.core import files
from contempo.network.rules.accession import MAX_REASON
from contempo.web.forms import Upload


class WithdrawalForm(forms.Form):
    """Why the request is taken back, if one likes to say."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("If you like: it helps the agency to understand."),
    )


class SignatureForm(forms.Form):
    """The statement by which the legal representative signs; `agreement` is the version that was read."""

    agreement = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("I confirm this statement"), error_messages={"required": _("To sign, confirm the statement.")}
    )


class SignedCopyForm(forms.Form):
    """The agreement signed outside the platform."""

    signed_copy = forms.FileField(
        label=_("Signed agreement"),
        allow_empty_file=True,
        widget=Upload({"accept": ".pdf,.p7m"}, max_bytes=files.MAX_BYTES),
        help_text=_("A PDF signed by hand or digitally, or a P7M file: at most 10 MB."),
        error_messages={"required": _("Choose the file to hand in.")},
    )
