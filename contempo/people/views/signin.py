"""What sign-in needs besides allauth's views."""

from urllib.parse import urlencode

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from contempo.people.views.returning import came_from


@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    """Give up the code being waited for, keep everything else of the visit (drafts), and ask for the address anew."""
    clear_login(request)
    request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
    page = reverse("account_signup" if "signup" in request.POST else "account_login")
    back = came_from(request, otherwise="")
    return redirect(f"{page}?{urlencode({'next': back})}" if back else page)
