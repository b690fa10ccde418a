"""One's own account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from contempo.core.verdict import Refusal
from contempo.people import actions, queries
from contempo.people.forms import CloseForm, ProfileForm
from contempo.web.forms import add_refusal
from contempo.web.language import speak


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here: data, ways of signing in, roles."""
    return render(request, "people/profile.html", {"profile": queries.profile_of(request.user)})


@login_required
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Name and language."""
    typed = request.POST if request.method == "POST" else None
    form = ProfileForm(typed, initial=queries.editable(request.user))
    if form.is_valid():
        try:
            actions.edit_profile(request.actor, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return _saved(request, form.cleaned_data["language"])
    return render(request, "people/edit_profile.html", {"form": form})


def _saved(request: HttpRequest, language: str) -> HttpResponse:
    response = redirect("people:profile")
    speak(response, language)
    with override(language):
        messages.success(request, _("Your profile is saved."))
    return response


@login_required
@reauthentication_required(app="allauth.account")
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything the platform holds about me, as a file."""
    response = JsonResponse(
        queries.personal_data(request.user.pk), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="contempo-dati-personali.json"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
def leave_role(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Lay down a role of one's own, after confirming it."""
    held = next((role for role in queries.held_roles(request.user.pk) if role.id == grant_id), None)
    if request.method == "POST" and held:
        actions.end_role(request.actor, grant_id=grant_id)
        messages.success(request, _("You have laid down the role: %(role)s.") % {"role": held.role})
        return redirect("people:profile")
    return render(request, "people/leave_role.html", {"held": held}, status=200 if held else 404)


@login_required
@reauthentication_required(app="allauth.account")
def close_account(request: HttpRequest) -> HttpResponse:
    """Close one's own account, after confirming it."""
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.close_account(request.actor, person_id=request.user.pk)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            logout(request)
            messages.success(request, _("Your account is closed, and your name and address are erased."))
            return redirect("/")
    return render(request, "people/close_account.html", {"form": form})
