"""Delegates: who hands invitations on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import clock
from contempo.questionnaires.access import may_follow, may_keep
from contempo.questionnaires.actions.invitations import delegates as actions
from contempo.questionnaires.actions.invitations.reminding import remind_delegate
from contempo.questionnaires.forms.campaigns.inviting import DelegateEditForm, DelegateForm, GiveForm, TokensForm
from contempo.questionnaires.queries.invitations import delegates as queries
from contempo.questionnaires.queries.invitations.giving import units_to_give
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.views.opening import with_campaign
from contempo.web import lists
from contempo.web.documents import pdf, pdf_response
from contempo.web.forms import done

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@with_campaign("delegates", may_follow)
def delegates(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Who hands invitations on, with how many were answered."""
    context = {"opened": opened, "it": queries.delegates_page(opened)}
    return render(request, "questionnaires/campaigns/delegates.html", context)


@require_http_methods(_FORM)
@with_campaign("delegates", may_keep)
def new(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Find an organisation of the network and make it a delegate."""
    text = request.GET.get("cerca", "") or request.POST.get("cerca", "")
    found = queries.organisations_called(opened, text)
    form = DelegateForm(request.POST or None, found=found)
    made = []

    def add() -> None:
        said = form.cleaned_data
        made.append(
            actions.add_delegate(
                request.actor,
                campaign_id=opened.campaign.pk,
                organisation_id=said["organisation"],
                channel=said["channel"],
                email=said["email"],
                note=said["note"],
            ).pk
        )

    if found and done(form, add):
        return redirect(opened.url("delegate", delegate=made[0]))
    context = {"opened": opened, "form": form, "found": found, "text": text}
    return render(request, "questionnaires/campaigns/delegate_new.html", context)


@require_POST
@with_campaign("delegates", may_keep)
def by_municipality(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Give every municipality the units on its territory."""
    involved, given = actions.give_by_municipality(request.actor, campaign_id=opened.campaign.pk)
    facts = {"involved": involved, "given": given}
    messages.success(request, _("%(given)s invitations handed to %(involved)s municipalities.") % facts)
    return redirect(opened.url("delegates"))


@require_safe
@with_campaign("delegates", may_follow)
def delegate(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> HttpResponseBase:
    """A delegate: its list with who has answered, and the links to hand on; or the same as a file."""
    if wanted := lists.export_format(request):
        rows = queries.handed_rows(opened, delegate, request.GET)
        return lists.export(rows, queries.HANDED, wanted, _("links"))
    page = _page(request, opened, delegate)
    places, kinds = units_to_give(opened) if opened.part.keeps else ([], [])
    context = {
        "opened": opened,
        "it": page,
        "give": GiveForm(places=places, kinds=kinds),
        "tokens": TokensForm(),
    }
    return render(request, "questionnaires/campaigns/delegate.html", context)


def _page(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> queries.DelegatePage:
    page = queries.delegate_page(opened, delegate, request.GET)
    if page is None:
        raise Http404
    return page


@require_safe
@with_campaign("delegates", may_follow)
def letters(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> HttpResponse:
    """Letters to print, each with the link and its QR code."""
    content = queries.letters(opened, delegate)
    if content is None:
        raise Http404
    return pdf_response(pdf(queries.LETTERS, content, made_at=clock.now()), _("letters"))


@require_http_methods(_FORM)
@with_campaign("delegates", may_keep)
def edit(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> HttpResponse:
    """Change the address and the note of a delegate."""
    page = _page(request, opened, delegate)
    form = DelegateEditForm(request.POST or None, initial={"email": page.delegate.email, "note": page.delegate.note})
    if done(form, lambda: actions.change_delegate(request.actor, delegate_id=delegate, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(opened.url("delegate", delegate=delegate))
    return render(request, "questionnaires/campaigns/delegate_edit.html", {"opened": opened, "it": page, "form": form})


@require_POST
@with_campaign("delegates", may_keep)
def give(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> HttpResponse:
    """Give a delegate units that nobody invited yet."""
    places, kinds = units_to_give(opened)
    form = GiveForm(request.POST, places=places, kinds=kinds)
    if done(form, lambda: _given(request, delegate, form)):
        return redirect(opened.url("delegate", delegate=delegate))
    return _again(request, opened, delegate, give=form)


def _given(request: HttpRequest, delegate: int, form: GiveForm) -> None:
    given = actions.give_units(request.actor, delegate_id=delegate, **form.cleaned_data)
    words = ngettext("%(given)s unit given to this delegate.", "%(given)s units given to this delegate.", given)
    messages.success(request, words % {"given": given})


@require_POST
@with_campaign("delegates", may_keep)
def tokens(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> HttpResponse:
    """Give a delegate bare links."""
    form = TokensForm(request.POST)
    if done(form, lambda: actions.make_tokens(request.actor, delegate_id=delegate, **form.cleaned_data)):
        messages.success(request, _("The links are in the list."))
        return redirect(opened.url("delegate", delegate=delegate))
    return _again(request, opened, delegate, tokens=form)


def _again(request: HttpRequest, opened: OpenedCampaign, delegate: int, **forms: object) -> HttpResponse:
    places, kinds = units_to_give(opened)
    context = {
        "opened": opened,
        "it": _page(request, opened, delegate),
        "give": GiveForm(places=places, kinds=kinds),
        "tokens": TokensForm(),
        **forms,
    }
    return render(request, "questionnaires/campaigns/delegate.html", context)


@require_POST
@with_campaign("delegates", may_keep)
def hand(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> HttpResponse:
    """Hand the list over: it counts as sent."""
    _page(request, opened, delegate)
    actions.hand_list(request.actor, delegate_id=delegate)
    messages.success(request, _("The list is handed over: its invitations count as sent from now on."))
    return redirect(opened.url("delegate", delegate=delegate))


@require_POST
@with_campaign("delegates", may_keep)
def remind(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> HttpResponse:
    """Write to the delegate how many of its invitations wait for an answer."""
    _page(request, opened, delegate)
    waiting = remind_delegate(request.actor, delegate_id=delegate)
    words = ngettext(
        "The delegate was told that %(waiting)s invitation waits for an answer.",
        "The delegate was told that %(waiting)s invitations wait for an answer.",
        waiting,
    )
    messages.success(request, words % {"waiting": waiting})
    return redirect(opened.url("delegate", delegate=delegate))


@require_POST
@with_campaign("delegates", may_keep)
def remove(request: HttpRequest, opened: OpenedCampaign, delegate: int) -> HttpResponse:
    """Take a delegate away that handed nothing on."""
    _page(request, opened, delegate)
    actions.remove_delegate(request.actor, delegate_id=delegate)
    messages.success(request, _("Removed."))
    return redirect(opened.url("delegates"))
