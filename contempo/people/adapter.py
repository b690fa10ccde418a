"""How allauth meets our persons: creating them, our words for its errors, keeping its secrets encrypted."""

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contempo.people.actions import register
from contempo.people.models import Person
from contempo.people.queries import landing_of
from contempo.people.rules import VISITOR
from contempo.web.language import speak

_INCORRECT_CODE = _("This is not the code we are waiting for: check it and write it again.")
_TOO_MANY = _("Too many attempts. Wait a few minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Registration goes through our action; the pages follow the language of the profile."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already your address."),
        "email_password_mismatch": _("E-mail and password do not match. Check both, or ask for a code."),
        "email_taken": _("This address cannot be used: it belongs to another account."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _INCORRECT_CODE,
        "incorrect_password": _("This is not your password."),
        "rate_limited": _TOO_MANY,
        "same_as_current": _("This is already your address."),
        "too_many_login_attempts": _TOO_MANY,
    }

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:
        """Register whoever filled in the form, in the language of the page."""
        asked = form.cleaned_data
        return register(
            VISITOR,
            email=asked["email"],
            full_name=asked["full_name"],
            language=get_language() or settings.LANGUAGE_CODE,
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every sign-in mail knows the address of the site."""
        super().send_mail(template_prefix, email, {**context, "site_url": settings.SITE_URL})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """What awaits the person, when they did not come from a page to go back to."""
        return landing_of(request.user.pk)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:profile")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("people:profile")

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """After signing in the pages speak the language of the profile."""
        response = super().post_login(request, user, **kwargs)
        speak(response, user.language)
        return response


class TwoStepAdapter(DefaultMFAAdapter):
    """The secrets of two-step verification are encrypted with a key made from `SECRET_KEY`.

    Whoever reads a copy of the database alone cannot compute codes. After changing `SECRET_KEY` keep the former one in
    `SECRET_KEY_FALLBACKS`, or everybody has to begin two-step verification again.
    """

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _INCORRECT_CODE,
        "unverified_email": _("Verify your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode()


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"people.two-step:" + force_bytes(secret)).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
