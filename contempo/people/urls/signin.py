"""Addresses of sign-in: allauth's views under Italian paths, with allauth's own names. Only what we use is here."""

from allauth.account import views as account
from allauth.mfa.base import views as two_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from contempo.people import views

urlpatterns = [
    path("", account.login, name="account_login"),
    path("codice/", account.request_login_code, name="account_request_login_code"),
    path("codice/conferma/", account.confirm_login_code, name="account_confirm_login_code"),
    path("registrati/", account.signup, name="account_signup"),
    path("verifica-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("ricomincia/", views.start_again, name="account_start_again"),
    path("esci/", account.logout, name="account_logout"),
    path("chiuso/", account.account_inactive, name="account_inactive"),
    path("email/", account.email, name="account_email"),
    path("conferma-identita/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/scegli/", account.password_set, name="account_set_password"),
    path("password/dimenticata/", account.password_reset, name="account_reset_password"),
    path(
        "password/dimenticata/codice/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path("password/dimenticata/nuova/", account.complete_password_reset, name="account_complete_password_reset"),
    path("due-passaggi/", two_step.index, name="mfa_index"),
    path("due-passaggi/codice/", two_step.authenticate, name="mfa_authenticate"),
    path("due-passaggi/conferma-identita/", two_step.reauthenticate, name="mfa_reauthenticate"),
    path("due-passaggi/attiva/", totp.activate_totp, name="mfa_activate_totp"),
    path("due-passaggi/disattiva/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("due-passaggi/recupero/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("due-passaggi/recupero/nuovi/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("due-passaggi/recupero/scarica/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
