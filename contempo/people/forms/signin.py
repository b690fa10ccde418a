"""The forms of sign-in: allauth's, in our words."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as two_step
from allauth.mfa.totp import forms as totp
from django import forms
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contempo.core.verdict import Refusal
from contempo.people.rules import PRIVACY_PATH

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EMAIL = _("E-mail")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
NEW_PASSWORD_AGAIN = _("New password, once more")
NEW_PASSWORD_HINT = _("At least 12 characters. Three or four words you will remember are a good choice.")
MAILED_CODE = _("Code")
MAILED_CODE_HINT = _("Eight digits: you find them in the e-mail.")
APP_CODE = _("Code of the app")
APP_CODE_HINT = _("Six digits, new every thirty seconds. A recovery code works too.")


def _say(form: forms.Form, name: str, label: "StrOrPromise", hint: "StrOrPromise" = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


def _ask_digits(form: forms.Form, label: "StrOrPromise", hint: "StrOrPromise") -> None:
    _say(form, "code", label, hint)
    form.fields["code"].widget.attrs["inputmode"] = "numeric"


class SignInForm(account.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", EMAIL)
        _say(self, "password", PASSWORD)
        self.fields["password"].required = True


class SignUpForm(account.SignupForm):
    """Name, e-mail and the privacy notice; the password, if wanted, comes later in the profile."""

    full_name = forms.CharField(
        label=_("Name and surname"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    privacy = forms.BooleanField(
        label=_("I have read the privacy notice"),
        help_text=format_lazy(
            '<a href="{path}" target="_blank">{text}</a>',
            path=PRIVACY_PATH,
            text=_("Read the notice (opens in a new tab)"),
        ),
        error_messages={"required": _("Read the notice and tick this box to register.")},
    )
    field_order = ("full_name", "email", "privacy")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"]
        _say(self, "email", EMAIL, _("We send a code there to make sure it is yours."))

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """Register; when somebody took the address a moment ago, answer as for any address already taken."""
        try:
            return super().try_save(request)
        except Refusal:
            self.account_already_exists = True
            return super().try_save(request)


class AskCodeForm(account.RequestLoginCodeForm):
    """The address to which a sign-in code is sent; also understands the e-mail typed in the sign-in form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        typed = kwargs.get("data")
        if typed and "email" not in typed and "login" in typed:
            kwargs["data"] = {**typed.dict(), "email": typed["login"]}
        super().__init__(*args, **kwargs)
        _say(self, "email", EMAIL)


class SignInCodeForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_digits(self, MAILED_CODE, MAILED_CODE_HINT)


class VerifyAddressForm(account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_digits(self, MAILED_CODE, MAILED_CODE_HINT)


class ResetCodeForm(account.ConfirmPasswordResetCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_digits(self, MAILED_CODE, MAILED_CODE_HINT)


class ChangeAddressForm(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", _("New e-mail"), _("We send a code there: the address changes when you write it here."))


class ForgottenPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", EMAIL)


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", NEW_PASSWORD, NEW_PASSWORD_HINT)
        _say(self, "password2", NEW_PASSWORD_AGAIN)


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", NEW_PASSWORD, NEW_PASSWORD_HINT)
        _say(self, "password2", NEW_PASSWORD_AGAIN)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Present password"))
        _say(self, "password1", NEW_PASSWORD, NEW_PASSWORD_HINT)
        _say(self, "password2", NEW_PASSWORD_AGAIN)


class ConfirmPasswordForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", PASSWORD)


class TwoStepForm(two_step.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_digits(self, APP_CODE, APP_CODE_HINT)


class ConfirmTwoStepForm(two_step.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_digits(self, APP_CODE, APP_CODE_HINT)


class BeginTwoStepForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_digits(self, APP_CODE, _("Six digits: the app shows them after it has read the square code."))
