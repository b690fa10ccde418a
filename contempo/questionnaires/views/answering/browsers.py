"""What is known of a browser that comes by a public link: whether it has answered, and how often it began."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from contempo.questionnaires.queries.answering.opened import Answering

BEGINNINGS = "60/h/key"
"""How often one address may begin by public links: a whole office or school behind one address still can."""

_KEPT_DAYS = 120


def _cookie(answering: Answering) -> str:
    return f"answered_{answering.campaign.number}"


def answered_here(request: HttpRequest, answering: Answering) -> bool:
    """Whether answers were sent from this browser. A courtesy: the cookie tells nothing but the campaign."""
    return _cookie(answering) in request.COOKIES


def remember_answered(response: HttpResponse, answering: Answering) -> None:
    """Let the browser know that it has answered by a public link."""
    if answering.invitation is None:
        path = f"/{answering.campaign.network.slug}/r/"
        response.set_cookie(
            _cookie(answering), "1", max_age=_KEPT_DAYS * 86_400, path=path, httponly=True, samesite="Lax"
        )


def too_many(request: HttpRequest) -> bool:
    """Whether too many responses were begun from one address within the hour; kept with the limits of sign-in, by a
    keyed digest of the address.
    """
    key = salted_hmac("contempo.questionnaires.begin", ratelimit.get_ip(request)).hexdigest()
    limits = {"begin": BEGINNINGS}
    usage = ratelimit.consume(request, app="contempo.questionnaires", action="begin", config=limits, key=key)
    return usage is None
