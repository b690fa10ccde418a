"""The settings of the desk: what it promises, who answers; and what each expert says of the own work."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import clock
from contempo.helpdesk.actions.clock import explain_breach
from contempo.helpdesk.actions.experts import add_absence, end_absence, set_expert, set_own_profile
from contempo.helpdesk.actions.policies import DeskSettings, set_policy
from contempo.helpdesk.forms.settings import (
    AbsenceForm,
    DelayForm,
    ExpertForm,
    OwnProfileForm,
    PolicyForm,
    expert_typed,
    hours_typed,
)
from contempo.helpdesk.queries import experts as queries
from contempo.helpdesk.queries.delays import delay_of
from contempo.web import lists
from contempo.web.forms import done


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    """What the desk promises."""
    typed = queries.policy_typed(request.actor)
    form = PolicyForm(
        request.POST if request.method == "POST" else None, initial={**typed, **hours_typed(typed["windows"])}
    )
    form.suggest_from(reverse("network:municipalities", kwargs={"network": request.network.slug}))
    if done(form, lambda: set_policy(request.actor, settings=_settings(form))):
        messages.success(request, _("The promise of the desk is saved: it holds for the questions to come."))
        return redirect("helpdesk:policy", network=request.network.slug)
    return render(request, "helpdesk/settings/policy.html", {"form": form, "kept": typed})


def _settings(form: PolicyForm) -> DeskSettings:
    names = ("municipality", "lease_minutes", "second_reading", "mail_address")
    return DeskSettings(policy=form.policy, **{name: form.cleaned_data[name] for name in names})


@login_required
@require_safe
def experts(request: HttpRequest) -> HttpResponseBase:
    """The experts of the desk with their load, or the same as a file."""
    asked = {"network": request.network.slug, "params": request.GET, "today": clock.today()}
    if file_format := lists.export_format(request):
        return lists.export(queries.every_expert(request.actor, **asked), queries.COLUMNS, file_format, _("experts"))
    return render(request, "helpdesk/settings/experts.html", {"page": queries.expert_list(request.actor, **asked)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def expert(request: HttpRequest, person_id: int) -> HttpResponse:
    """What one expert answers on, where, when and how much at once, as the coordinator sets it."""
    card = _card(request, person_id, coordinating=True)
    form = ExpertForm(request.POST if request.method == "POST" else None, initial=expert_typed(card.typed))
    if done(form, lambda: set_expert(request.actor, person_id=person_id, **_known(form))):
        messages.success(request, _("What the desk knows of %(name)s is saved.") % {"name": card.name})
        return redirect("helpdesk:experts", network=request.network.slug)
    return render(request, "helpdesk/settings/expert.html", {"form": form, "card": card})


def _card(request: HttpRequest, person_id: int, *, coordinating: bool = False) -> queries.ExpertCard:
    """What is known of an expert; 404 when the person is none, 403 for whoever may not read it."""
    card = queries.expert_card(request.actor, person_id=person_id, today=clock.today(), coordinating=coordinating)
    if card is None:
        raise Http404
    return card


def _known(form: ExpertForm) -> dict[str, Any]:
    names = ("topics", "municipalities", "languages", "capacity", "senior")
    return {"windows": form.windows, **{name: form.cleaned_data[name] for name in names}}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_profile(request: HttpRequest) -> HttpResponse:
    """When I work for the desk, when I am away, whether my answers carry my name."""
    card = _card(request, request.actor.person_id)
    form = OwnProfileForm(request.POST if request.method == "POST" else None, initial=expert_typed(card.typed))
    if done(form, lambda: set_own_profile(request.actor, **_own(form))):
        messages.success(request, _("Your profile at the desk is saved."))
        return redirect("helpdesk:own_profile", network=request.network.slug)
    return render(request, "helpdesk/settings/own_profile.html", {"form": form, "card": card})


def _own(form: OwnProfileForm) -> dict[str, Any]:
    return {"windows": form.windows, "shows_name": form.cleaned_data["shows_name"]}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    """Write days away: of an expert, or one's own."""
    card = _card(request, person_id or request.actor.person_id)
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: add_absence(request.actor, person_id=card.person_id, **form.cleaned_data)):
        messages.success(request, _("On these days no question is proposed to %(name)s.") % {"name": card.name})
        return redirect(_back(request, person_id))
    return render(
        request, "helpdesk/settings/absence.html", {"form": form, "card": card, "back": _back(request, person_id)}
    )


def _back(request: HttpRequest, person_id: int | None) -> str:
    network = {"network": request.network.slug}
    if person_id is None:
        return reverse("helpdesk:own_profile", kwargs=network)
    return reverse("helpdesk:expert", kwargs={**network, "person_id": person_id})


@login_required
@require_POST
def absence_over(request: HttpRequest, absence_id: int, person_id: int | None = None) -> HttpResponse:
    """Take days away back."""
    card = _card(request, person_id or request.actor.person_id)
    end_absence(request.actor, person_id=card.person_id, absence_id=absence_id)
    messages.success(request, _("The absence is taken away."))
    return redirect(_back(request, person_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delay(request: HttpRequest, number: int) -> HttpResponse:
    """Say why an answer was late, or read what was said."""
    late = delay_of(request.actor, network=request.network.slug, number=number)
    if late is None:
        raise Http404
    form = DelayForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: explain_breach(request.actor, question_id=late.question_id, **form.cleaned_data)):
        messages.success(request, _("Thank you: the reason is kept with the question."))
        return redirect("helpdesk:delay", network=request.network.slug, number=number)
    return render(request, "helpdesk/settings/delay.html", {"form": form, "late": late})
