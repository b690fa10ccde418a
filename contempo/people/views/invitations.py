"""Answering an invitation, and keeping those one has sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from contempo.core.clock import now
from contempo.core.verdict import Refusal
from contempo.people import actions, queries
from contempo.people.views.returning import came_from
from contempo.web.sentences import sentence


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what; whoever signed in with the invited address accepts here."""
    card = queries.invitation_by_token(token, now())
    refused = ""
    if request.method == "POST" and card:
        try:
            actions.accept_invitation(request.actor, token=token)
        except Refusal as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("Welcome! You now hold the role: %(role)s.") % {"role": card.role})
            return redirect(card.network_url)
    context = {"card": card, "refused": refused, "is_mine": _is_mine(request, card)}
    return render(request, "people/invitation.html", context, status=200 if card else 404)


def _is_mine(request: HttpRequest, card: queries.InvitationCard | None) -> bool:
    return card is not None and getattr(request.user, "email", "") == card.email


@login_required
@require_POST
def resend_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Send it again, with a new link."""
    actions.resend_invitation(request.actor, invitation_id=invitation_id)
    messages.success(request, _("The invitation is on its way again: the earlier link no longer works."))
    return redirect(came_from(request, otherwise=request.network.home_url))


@login_required
@require_POST
def revoke_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Withdraw it."""
    actions.revoke_invitation(request.actor, invitation_id=invitation_id)
    messages.success(request, _("The invitation is withdrawn: its link no longer works."))
    return redirect(came_from(request, otherwise=request.network.home_url))
