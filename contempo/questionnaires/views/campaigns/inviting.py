"""Invitations: their list, letters, reminders, and the page of one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import clock
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.access import may_follow, may_keep
from contempo.questionnaires.actions.invitations import asking, contacts, preparing, standing
from contempo.questionnaires.actions.invitations.delegates import hand_to_delegate
from contempo.questionnaires.forms.campaigns.inviting import ContactForm, NoteForm
from contempo.questionnaires.queries.invitations import listing, progress
from contempo.questionnaires.queries.invitations.delegates import delegates_page
from contempo.questionnaires.queries.invitations.story import InvitationPage, invitation_page
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.views.opening import with_campaign
from contempo.web import lists
from contempo.web.forms import done

_FORM = ["GET", "HEAD", "POST"]
_MOST = 100_000


@require_safe
@with_campaign("invitations", may_follow)
def invitations(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """Who was invited, in every state, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = listing.invitation_rows(opened, request.GET)
        return lists.export(rows, listing.FILE_COLUMNS, wanted, _("invitations"))
    keeps = opened.part.keeps
    context = {
        "opened": opened,
        "page": listing.invitations(opened, request.GET),
        "sums": progress.sums(opened) if keeps else None,
        "delegates": delegates_page(opened).delegates if keeps else (),
        "filters": request.GET.urlencode(),
    }
    return render(request, "questionnaires/campaigns/invitations.html", context)


@require_POST
@with_campaign("invitations", may_keep)
def prepare(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Make the invitations of the units that have none."""
    made, doubled = preparing.prepare_invitations(request.actor, campaign_id=opened.campaign.pk)
    told = ngettext("%(made)s invitation prepared.", "%(made)s invitations prepared.", made) % {"made": made}
    messages.success(request, told)
    if doubled:
        words = ngettext(
            "%(many)s left out: its address has another invitation of this campaign.",
            "%(many)s left out: their addresses have another invitation of this campaign.",
            doubled,
        )
        messages.warning(request, words % {"many": doubled})
    return redirect(opened.url("invitations"))


@require_POST
@with_campaign("invitations", may_keep)
def send(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Ask for the letters of all invitations not sent yet."""
    asked = asking.ask_invitations(request.actor, campaign_id=opened.campaign.pk)
    _tell_letters(request, asked)
    return redirect(opened.url("invitations"))


def _tell_letters(request: HttpRequest, asked: int) -> None:
    words = ngettext(
        "%(asked)s letter is being written. You can close this page: the work goes on.",
        "%(asked)s letters are being written. You can close this page: the work goes on.",
        asked,
    )
    messages.success(request, words % {"asked": asked})


@require_POST
@with_campaign("invitations", may_keep)
def together(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """One step for several invitations: those ticked, or all that the list leaves."""
    chosen = _chosen(request, opened)
    step = _TOGETHER.get(request.POST.get("azione", ""))
    if step is None or not chosen:
        raise Refusal(N_("Tick at least one invitation, and choose what to do."))
    step(request, opened, chosen)
    filters = request.POST.get("filtri", "")
    return redirect(f"{opened.url('invitations')}?{filters}" if filters else opened.url("invitations"))


def _chosen(request: HttpRequest, opened: OpenedCampaign) -> list[int]:
    if request.POST.get("quali") == "tutti":
        return listing.matching(opened, QueryDict(request.POST.get("filtri", "")))[:_MOST]
    ticked = request.POST.getlist("scelti")
    return [int(one) for one in ticked if one.isdecimal() and len(one) < 19]


def _send(request: HttpRequest, opened: OpenedCampaign, chosen: list[int]) -> None:
    _tell_letters(request, asking.ask_invitations(request.actor, campaign_id=opened.campaign.pk, chosen=chosen))


def _remind(request: HttpRequest, opened: OpenedCampaign, chosen: list[int]) -> None:
    _tell_letters(request, asking.ask_reminders(request.actor, campaign_id=opened.campaign.pk, chosen=chosen))


def _exclude(request: HttpRequest, opened: OpenedCampaign, chosen: list[int]) -> None:
    reason = request.POST.get("motivo", "")
    left = standing.exclude_invitations(request.actor, campaign_id=opened.campaign.pk, chosen=chosen, reason=reason)
    words = ngettext("%(left)s marked as not concerned.", "%(left)s marked as not concerned.", left)
    messages.success(request, words % {"left": left})


def _drop(request: HttpRequest, opened: OpenedCampaign, chosen: list[int]) -> None:
    gone = preparing.drop_invitations(request.actor, campaign_id=opened.campaign.pk, chosen=chosen)
    words = ngettext("%(gone)s invitation removed.", "%(gone)s invitations removed.", gone)
    messages.success(request, words % {"gone": gone})


def _hand(request: HttpRequest, opened: OpenedCampaign, chosen: list[int]) -> None:
    number = request.POST.get("delegato", "")
    delegate = int(number) if number.isdecimal() and len(number) < 19 else 0
    moved = hand_to_delegate(request.actor, campaign_id=opened.campaign.pk, delegate_id=delegate, chosen=chosen)
    words = ngettext(
        "%(moved)s invitation handed to the delegate.", "%(moved)s invitations handed to the delegate.", moved
    )
    messages.success(request, words % {"moved": moved})


_TOGETHER: dict[str, Callable[[HttpRequest, OpenedCampaign, list[int]], None]] = {
    "invia": _send,
    "sollecita": _remind,
    "escludi": _exclude,
    "affida": _hand,
    "togli": _drop,
}


@require_http_methods(_FORM)
@with_campaign("invitations", may_keep)
def reminders(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Whom the next reminders reach and when; stopping them."""
    if request.method == "POST":
        stopped = "stop" in request.POST
        asking.stop_reminders(request.actor, campaign_id=opened.campaign.pk, stopped=stopped)
        messages.success(request, _("Reminders are stopped.") if stopped else _("Reminders leave by plan again."))
        return redirect(opened.url("invitations_reminders"))
    it = progress.reminders_page(opened, clock.today())
    return render(request, "questionnaires/campaigns/reminders.html", {"opened": opened, "it": it})


@require_safe
@with_campaign("invitations", may_follow)
def invitation(request: HttpRequest, opened: OpenedCampaign, invitation: int) -> HttpResponse:
    """One invitation with its story."""
    page = _page(opened, invitation)
    return render(
        request, "questionnaires/campaigns/invitation.html", {"opened": opened, "it": page, "note": NoteForm()}
    )


def _page(opened: OpenedCampaign, invitation: int) -> InvitationPage:
    page = invitation_page(opened, invitation)
    if page is None:
        raise Http404
    return page


@require_http_methods(_FORM)
@with_campaign("invitations", may_follow)
def contact(request: HttpRequest, opened: OpenedCampaign, invitation: int) -> HttpResponse:
    """Correct the contact of an invitation, or pass it to another person."""
    page = _page(opened, invitation)
    it = page.invitation
    initial = {"name": it.name, "email": it.email, "language": it.language, "write": opened.campaign.state == "open"}
    form = ContactForm(request.POST or None, initial=initial)
    kept = []

    def change() -> None:
        said = form.cleaned_data
        act = contacts.replace_contact if said["other"] == "yes" else contacts.correct_contact
        kept.append(act(request.actor, invitation_id=it.pk, contact=form.contact(), write=said["write"]).pk)

    if done(form, change):
        messages.success(request, _("Saved. The link sent before to another address holds no longer."))
        return redirect(opened.url("invitation", invitation=kept[0]))
    return render(request, "questionnaires/campaigns/contact.html", {"opened": opened, "it": page, "form": form})


@require_POST
@with_campaign("invitations", may_follow)
def step(request: HttpRequest, opened: OpenedCampaign, invitation: int, step: str) -> HttpResponse:
    """Note what was heard of an invitation."""
    page = _page(opened, invitation)
    standing.note_step(
        request.actor, invitation_id=page.invitation.pk, step=step, reason=request.POST.get("reason", "")
    )
    messages.success(request, _("Noted."))
    return redirect(opened.url("invitation", invitation=invitation))
