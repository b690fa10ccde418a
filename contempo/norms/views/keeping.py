"""The registry of norms as coordinators and experts keep it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core import clock
from contempo.core.verdict import require
from contempo.norms import actions
from contempo.norms.access import may_keep_norms
from contempo.norms.forms import EndForm, NormForm, ReplaceForm, RestoreForm
from contempo.norms.queries import lists as queries
from contempo.norms.queries.pages import NormNamed, named, norm_history, successors_of, typed_norm
from contempo.web import lists
from contempo.web.forms import done


def with_norm(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the norm of its address: 403 for who does not keep the registry, 404 when it is not there."""

    @wraps(view)
    @login_required
    def opened(request: HttpRequest, slug: str) -> HttpResponse:
        require(may_keep_norms(request.actor))
        if (found := named(request.actor, slug)) is None:
            raise Http404
        return view(request, found)

    return opened


def _page_of(request: HttpRequest, slug: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("norms:norm", network=request.network.slug, slug=slug)


@login_required
@require_safe
def registry(request: HttpRequest) -> HttpResponseBase:
    """Every norm of the network, or the same as a file."""
    asked = {"network": request.network.slug, "params": request.GET, "on": clock.today()}
    if file_format := lists.export_format(request):
        rows = queries.registry_rows(request.actor, **asked)
        return lists.export(rows, queries.KEEPERS_COLUMNS, file_format, _("norms"))
    return render(request, "norms/registry.html", {"page": queries.registry(request.actor, **asked)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a norm."""
    require(may_keep_norms(request.actor))
    form = NormForm(request.POST if request.method == "POST" else None)
    added: list[Any] = []
    if done(form, lambda: added.append(actions.add_norm(request.actor, record=form.cleaned_data))):
        return _page_of(request, added[0].slug, _("“%(norm)s” is in the registry.") % {"norm": added[0]})
    return render(request, "norms/add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@with_norm
def edit(request: HttpRequest, norm: NormNamed) -> HttpResponse:
    """Change what is written of a norm."""
    form = NormForm(request.POST if request.method == "POST" else None, initial=typed_norm(norm.id))
    if done(form, lambda: actions.change_norm(request.actor, norm_id=norm.id, changes=form.cleaned_data)):
        return _page_of(request, norm.slug, _("“%(norm)s” is up to date.") % {"norm": norm.label})
    return render(request, "norms/edit.html", {"form": form, "norm": norm})


@require_http_methods(["GET", "HEAD", "POST"])
@with_norm
def end(request: HttpRequest, norm: NormNamed) -> HttpResponse:
    """Record when a norm ends, and why."""
    form = EndForm(request.POST if request.method == "POST" else None, initial={"valid_to": norm.valid_to})
    if done(form, lambda: actions.end_norm(request.actor, norm_id=norm.id, **form.cleaned_data)):
        return _page_of(request, norm.slug, _("The end of “%(norm)s” is recorded.") % {"norm": norm.label})
    return render(request, "norms/end.html", {"form": form, "norm": norm})


@require_http_methods(["GET", "HEAD", "POST"])
@with_norm
def replace(request: HttpRequest, norm: NormNamed) -> HttpResponse:
    """Record what takes the place of a norm."""
    form = ReplaceForm(
        request.POST if request.method == "POST" else None,
        successors=successors_of(request.actor, norm.id),
        initial={"valid_to": norm.valid_to, "successor": norm.replaced_by_id},
    )
    if done(form, lambda: _replaced(request, norm, **form.cleaned_data)):
        return _page_of(request, norm.slug, _("What replaces “%(norm)s” is recorded.") % {"norm": norm.label})
    return render(request, "norms/replace.html", {"form": form, "norm": norm})


def _replaced(request: HttpRequest, norm: NormNamed, successor: int, **end: Any) -> None:
    actions.replace_norm(request.actor, norm_id=norm.id, successor_id=successor, **end)


@require_http_methods(["GET", "HEAD", "POST"])
@with_norm
def restore(request: HttpRequest, norm: NormNamed) -> HttpResponse:
    """Take back the end of a norm."""
    form = RestoreForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: actions.restore_norm(request.actor, norm_id=norm.id, **form.cleaned_data)):
        return _page_of(request, norm.slug, _("“%(norm)s” has no end any more.") % {"norm": norm.label})
    return render(request, "norms/restore.html", {"form": form, "norm": norm})


@require_safe
@with_norm
def history(request: HttpRequest, norm: NormNamed) -> HttpResponse:
    """Who changed what of a norm."""
    entries = norm_history(request.actor, slug=norm.slug)
    return render(request, "norms/history.html", {"norm": norm, "entries": entries})
