"""After the steps: the summary, the sending; leaving a draft for later, or for good."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import files
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.accession.drafts import discard_draft, mail_draft_link, renew_secret, submit
from contempo.network.forms.accession import LinkForm, Problem, Reading
from contempo.network.queries.applicants import Draft, document_for, documents_of, known_to_registry
from contempo.network.queries.applications import sections_of
from contempo.network.rules.accession import Step, check_not_doubled
from contempo.network.views.accession.drafts import remember, secrets_of, to_request, with_draft
from contempo.network.views.accession.wizard import summary_url, wizard_steps
from contempo.web.forms import add_refusal
from contempo.web.sentences import sentence


@require_safe
@with_draft
def summary(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Every answer before it is sent, and what is still to be mended."""
    return _show(request, draft, Reading(draft.answers))


@require_POST
@with_draft
def send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Send the request, or the changes asked for."""
    if request.user.is_anonymous:
        return redirect_to_login(summary_url(request, draft))
    reading = Reading(draft.answers)
    if reading.problems:
        return _show(request, draft, reading)
    try:
        submit(request.actor, request_id=draft.id, application=reading.application())
    except NotPermitted:
        # Sent already, by another tab or a second click.
        return to_request(request, draft.key)
    except Refusal as refusal:
        return _show(request, draft, reading, refusal)
    messages.success(request, _("The changes have been sent.") if draft.number else _("The request has been sent."))
    return to_request(request, draft.key)


def _show(request: HttpRequest, draft: Draft, reading: Reading, refusal: Refusal | None = None) -> HttpResponse:
    refusal = refusal or _doubled(request, draft, reading)
    context = {
        "draft": draft,
        "steps": wizard_steps(request, draft, reading),
        "sections": sections_of(reading.application(), reading.place),
        "documents": documents_of(draft.id),
        "problems": (*reading.problems, *([_as_problem(refusal)] if refusal else [])),
        "summary_url": summary_url(request, draft),
    }
    return render(request, "network/accession/summary.html", context)


def _doubled(request: HttpRequest, draft: Draft, reading: Reading) -> Refusal | None:
    if not reading.tax_code:
        return None
    try:
        check_not_doubled(known_to_registry(request.network.id, reading.tax_code, besides=draft.id))
    except Refusal as refusal:
        return refusal
    return None


def _as_problem(refusal: Refusal) -> Problem:
    return Problem(Step.ORGANISATION, sentence(refusal), f"id_{refusal.field}" if refusal.field else "")


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def saved(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The draft is kept: how to come back, and the link by mail for who has no account."""
    form = LinkForm(request.POST or None, initial={"email": draft.contact_email})
    if request.method == "POST" and not draft.claimed and form.is_valid():
        try:
            _mail_link(request, draft, form.cleaned_data["email"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The link is on its way to %(email)s.") % form.cleaned_data)
            return redirect("network:saved", network=request.network.slug, key=draft.key)
    return render(request, "network/accession/saved.html", {"draft": draft, "form": form})


def _mail_link(request: HttpRequest, draft: Draft, email: str) -> None:
    secret = renew_secret(request.actor, request_id=draft.id, secret=draft.secret)
    remember(request, draft.key, secret)
    path = reverse("network:resume", kwargs={"network": request.network.slug, "key": draft.key, "secret": secret})
    link = f"{settings.SITE_URL}{path}"
    mail_draft_link(request.actor, request_id=draft.id, secret=secret, email=email, link=link)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def discard(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Erase a draft that was never sent, after asking once more."""
    if draft.number:
        return to_request(request, draft.key)
    if request.method != "POST":
        return render(request, "network/accession/discard.html", {"draft": draft})
    discard_draft(request.actor, request_id=draft.id, secret=draft.secret)
    remember(request, draft.key, "")
    messages.success(request, _("The draft has been erased."))
    return redirect("network:join", network=request.network.slug)


@require_safe
def document(request: HttpRequest, key: UUID, attachment: UUID) -> HttpResponseBase:
    """A document of a request, for who takes part in it."""
    found = document_for(request.actor, key, attachment, secrets_of(request).get(str(key), ""))
    if found:
        return files.serve(found)
    if request.user.is_anonymous:
        return redirect_to_login(request.get_full_path())
    raise Http404
