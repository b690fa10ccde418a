"""The shape of what persons write: sign-in, profile, roles and invitations."""

from contempo.people.forms.profile import ChoicesForm, CloseForm, ProfileForm
from contempo.people.forms.roles import InviteForm
from contempo.people.forms.signin import (
    AskCodeForm,
    BeginTwoStepForm,
    ChangeAddressForm,
    ChangePasswordForm,
    ConfirmPasswordForm,
    ConfirmTwoStepForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    ResetCodeForm,
    SetPasswordForm,
    SignInCodeForm,
    SignInForm,
    SignUpForm,
    TwoStepForm,
    VerifyAddressForm,
)

__all__ = [
    "AskCodeForm",
    "BeginTwoStepForm",
    "ChangeAddressForm",
    "ChangePasswordForm",
    "ChoicesForm",
    "CloseForm",
    "ConfirmPasswordForm",
    "ConfirmTwoStepForm",
    "ForgottenPasswordForm",
    "InviteForm",
    "NewPasswordForm",
    "ProfileForm",
    "ResetCodeForm",
    "SetPasswordForm",
    "SignInCodeForm",
    "SignInForm",
    "SignUpForm",
    "TwoStepForm",
    "VerifyAddressForm",
]
