"""Signing in with a mailed code inside another flow: whoever writes an address gets in, with an account or without.

A form of another context asks for an address and, on its next page, for the code sent there. An unknown address is
registered on the way; from outside both cases look alike. The steps are allauth's own, so are their limits: three codes
a minute to one address, three attempts for one code, fifteen minutes.
"""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest, HttpResponse

from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.actions.accounts import register
from contempo.people.models import Person
from contempo.people.rules import VISITOR, Actor

_TOO_MANY = N_("Too many attempts. Wait a few minutes, then try again.")
_USED_UP = N_("This code holds no longer. Have another one sent to you: what you wrote is kept.")


def send_code(request: HttpRequest, *, email: str, full_name: str = "", language: str) -> None:
    """Send a code to `email`; this visit waits for it, and for no other sent before.

    Whoever has no account is registered, with the consent to the privacy notice that the page states beside its button;
    the address counts as verified once the code is written, and an account never verified is erased after seven days.
    Refusal on field `email` when too many codes were asked for.
    """
    email = email.strip().lower()
    if not ratelimit.consume(request, action="request_login_code", key=email):
        raise Refusal(_TOO_MANY, field="email")
    known = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    person = known[0] if known else _newcomer(email, full_name, language)
    clear_login(request)
    LoginCodeVerificationProcess.initiate(request=request, user=person, email=email)


def code_awaited(request: HttpRequest) -> str:
    """The address to which the code was sent that this visit waits for; empty when it waits for none, or no longer."""
    process = _process(request)
    return str(process.state.get("email", "")) if process else ""


def enter_code(request: HttpRequest, *, code: str, back: str) -> HttpResponse | None:
    """Sign in with the code. None when it was right: `request.user` is the person now.

    An answer when something else comes first: a second factor, after which the person is led `back`, a path of ours.
    Refusal on field `code` when it is wrong, used up or too old; nothing else of the visit is lost.
    """
    process = _process(request)
    if process is None:
        raise Refusal(_USED_UP, field="code")
    if not compare_user_code(actual=code, expected=process.code):
        if process.record_invalid_attempt():
            raise Refusal(N_("This is not the code we are waiting for: check it and write it again."), field="code")
        raise Refusal(_USED_UP, field="code")
    answer = process.finish(back)
    return None if request.user.is_authenticated else answer


def _process(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    if request.user.is_authenticated:
        return None
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return LoginCodeVerificationProcess.resume(stage) if stage else None


def _newcomer(email: str, full_name: str, language: str) -> Person | None:
    """A new account for `email`; None when a closed one keeps the address, which then gets a mail without a code."""
    if Person.objects.filter(email=email).exists():
        return None
    return _join(VISITOR, email=email, full_name=full_name, language=language)


@action
def _join(actor: Actor, *, email: str, full_name: str, language: str) -> Person:
    person = register(actor, email=email, full_name=full_name, language=language)
    EmailAddress.objects.create(user=person, email=email, verified=False, primary=True)
    return person
