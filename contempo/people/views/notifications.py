"""What I was told, and how I want to hear it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from contempo.people import actions, queries
from contempo.people.actions.mails import read_stop_token
from contempo.people.forms import ChoicesForm
from contempo.people.rules import DIGEST, VISITOR, notification_kind


@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    """What I was told in this network, the unread first."""
    page = queries.told(request.actor, page=request.GET.get("pagina", "1"))
    unread = queries.unread_count(request.actor.person_id, request.network.id)
    return render(request, "people/notifications.html", {"told": page, "unread": unread})


@login_required
def open_notification(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Mark it as read and go where it leads: reading twice changes nothing, so a link does."""
    return redirect(actions.mark_read(request.actor, notification_id=notification_id))


@login_required
@require_POST
def read_notification(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Mark it as read and stay on the list."""
    actions.mark_read(request.actor, notification_id=notification_id)
    return redirect("people:notifications", request.network.slug)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything told in this network as read."""
    actions.mark_all_read(request.actor, network_id=request.network.id)
    messages.success(request, _("Everything is marked as read."))
    return redirect("people:notifications", request.network.slug)


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """How I hear each kind of notification."""
    form = ChoicesForm(request.POST if request.method == "POST" else None, kinds=queries.kind_choices(request.user.pk))
    if form.is_valid():
        actions.choose_deliveries(request.actor, choices=form.deliveries)
        messages.success(request, _("Your choices are saved."))
        return redirect("people:choices")
    return render(request, "people/choices.html", {"form": form})


@csrf_exempt
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails of one kind with one click, without signing in; the signed token stands for the person.

    Mail programs send the POST by themselves (RFC 8058), without our CSRF token.
    """
    try:
        person_id, kind = read_stop_token(token)
        label = _("Morning summary") if kind == DIGEST else _(notification_kind(kind).label)
    except (BadSignature, KeyError):
        raise Http404 from None
    if request.method == "POST":
        actions.stop_mails(VISITOR, person_id=person_id, kind=kind)
    return render(request, "people/stop.html", {"kind": label, "stopped": request.method == "POST"})
