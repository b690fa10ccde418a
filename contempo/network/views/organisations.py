"""The record of an organisation, on the agency's side and on the organisation's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core.verdict import Refusal, Verdict, require
from contempo.network.access import may_edit_organisation, may_end_membership, may_read_queue, may_run_agency
from contempo.network.actions.membership import end_membership, name_lead
from contempo.network.actions.organisations import change_organisation, set_contacts, set_seats
from contempo.network.forms.decisions import ReasonForm
from contempo.network.forms.organisations import (
    ContactsForm,
    OwnRecordForm,
    PublishedForm,
    RecordForm,
    Rows,
    SeatsForm,
)
from contempo.network.queries.records import (
    Brief,
    brief,
    own_organisations,
    record,
    record_history,
    typed_contacts,
    typed_record,
    typed_seats,
)
from contempo.web.forms import add_refusal


def with_organisation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the organisation of its address; `own` tells the organisation's own side from the agency's.

    404 for who may not see its record, 403 on the agency's side for who does not read the registry.
    """

    @wraps(view)
    @login_required
    def opened(request: HttpRequest, organisation_id: int, own: bool = False) -> HttpResponse:
        if not own:
            require(may_read_queue(request.actor))
        found = brief(request.actor, organisation_id)
        if found is None:
            raise Http404
        return view(request, found, own)

    return opened


def _may_write(request: HttpRequest, organisation: Brief, own: bool) -> Verdict:
    """May the actor change the record from this side?"""
    return may_edit_organisation(request.actor, organisation.id) if own else may_run_agency(request.actor)


def _url(request: HttpRequest, organisation: Brief, own: bool, page: str = "") -> str:
    """Address of the record, or of one of its pages, on this side."""
    name = f"network:{'own_' if own else ''}organisation{page}"
    return reverse(name, kwargs={"network": request.network.slug, "organisation_id": organisation.id})


def _saved(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    messages.success(request, _("The record of “%(name)s” is up to date.") % {"name": organisation.name})
    return redirect(_url(request, organisation, own))


def _context(request: HttpRequest, organisation: Brief, own: bool, **more: Any) -> dict[str, Any]:
    return {"organisation": organisation, "own": own, "record_url": _url(request, organisation, own), **more}


@login_required
@require_safe
def own_list(request: HttpRequest) -> HttpResponse:
    """The organisations the person acts for; straight to the only one."""
    mine = own_organisations(request.actor)
    if len(mine) == 1:
        return redirect(_url(request, mine[0], own=True))
    return render(request, "network/organisation/list.html", {"organisations": mine})


@require_safe
@with_organisation
def record_page(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    """All that the network knows of the organisation."""
    page = record(request.actor, network=request.network.slug, organisation_id=organisation.id)
    published = PublishedForm(initial={"published": page.published_parts if page else []})
    writes = bool(_may_write(request, organisation, own))
    context = _context(request, organisation, own, page=page, published=published, may_write=writes)
    return render(request, "network/organisation/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_organisation
def edit(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    """Change the record: all of it for the agency, what is theirs for the organisation."""
    require(_may_write(request, organisation, own))
    kind = OwnRecordForm if own else RecordForm
    form = kind(request.POST if request.method == "POST" else None, initial=typed_record(organisation.id))
    if not own:
        form.suggest_from(reverse("network:municipalities", kwargs={"network": request.network.slug}))
    if request.method == "POST" and form.is_valid() and _changed(request, organisation, form, form.record):
        return _saved(request, organisation, own)
    return render(request, "network/organisation/edit.html", _context(request, organisation, own, form=form))


def _changed(request: HttpRequest, organisation: Brief, form: Any, changes: dict[str, Any]) -> bool:
    try:
        change_organisation(request.actor, organisation_id=organisation.id, changes=changes)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


@require_POST
@with_organisation
def publish(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    """Choose what the public page shows."""
    form = PublishedForm(request.POST)
    if form.is_valid():
        change_organisation(request.actor, organisation_id=organisation.id, changes=form.cleaned_data)
        messages.success(request, _("From now on the public page shows what you chose."))
    return redirect(_url(request, organisation, own))


@require_http_methods(["GET", "HEAD", "POST"])
@with_organisation
def seats(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    """The places where the organisation works."""
    require(_may_write(request, organisation, own))
    rows = _rows(request, SeatsForm, lambda: typed_seats(organisation.id))
    for form in rows.forms:
        form.suggest_from(reverse("network:municipalities", kwargs={"network": request.network.slug}))
    if _sent_whole(request, rows):
        set_seats(request.actor, organisation_id=organisation.id, seats=rows.kept())
        return _saved(request, organisation, own)
    return render(request, "network/organisation/seats.html", _context(request, organisation, own, rows=rows))


@require_http_methods(["GET", "HEAD", "POST"])
@with_organisation
def contacts(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    """The people to speak to in the organisation."""
    require(_may_write(request, organisation, own))
    rows = _rows(request, ContactsForm, lambda: typed_contacts(organisation.id))
    if _sent_whole(request, rows):
        set_contacts(request.actor, organisation_id=organisation.id, contacts=rows.kept())
        return _saved(request, organisation, own)
    return render(request, "network/organisation/contacts.html", _context(request, organisation, own, rows=rows))


def _rows(request: HttpRequest, kind: type[Rows], kept: Callable[[], list[dict[str, Any]]]) -> Rows:
    """The rows as kept, as sent, or as typed with one more to fill in."""
    if request.method != "POST":
        return kind(initial=kept())
    return kind(initial=kind.typed(request.POST)) if "add" in request.POST else kind(request.POST)


def _sent_whole(request: HttpRequest, rows: Rows) -> bool:
    return rows.is_bound and rows.is_valid()


@require_safe
@with_organisation
def history(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    """Who changed what in the record."""
    lines = record_history(request.actor, organisation_id=organisation.id)
    return render(request, "network/organisation/history.html", _context(request, organisation, own, lines=lines))


@require_http_methods(["GET", "HEAD", "POST"])
@with_organisation
def leave(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    """End the membership, saying why."""
    require(may_end_membership(request.actor, organisation.id))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _ended(request, organisation, form):
        messages.success(request, _("“%(name)s” is a member no longer.") % {"name": organisation.name})
        return redirect(_url(request, organisation, own))
    return render(request, "network/organisation/leave.html", _context(request, organisation, own, form=form))


def _ended(request: HttpRequest, organisation: Brief, form: ReasonForm) -> bool:
    try:
        end_membership(request.actor, organisation_id=organisation.id, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


@require_POST
@with_organisation
def lead(request: HttpRequest, organisation: Brief, own: bool) -> HttpResponse:
    """Make it the lead organisation of the network."""
    name_lead(request.actor, organisation_id=organisation.id)
    messages.success(request, _("“%(name)s” leads the network now.") % {"name": organisation.name})
    return redirect(_url(request, organisation, own))
