"""What human resources keep: communications to the Ministry, verified grounds, the words of the employer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_keep
from contempo.agile.actions.agreements import priorities as grounds
from contempo.agile.actions.agreements import telling
from contempo.agile.actions.agreements.words import keep_words
from contempo.agile.forms.agreements import GroundForm, ToldForm, WordsForm
from contempo.agile.queries.agreements import communications as told
from contempo.agile.queries.agreements import priorities as verified
from contempo.agile.queries.agreements.wizard import cited, words_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements import Told
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web import lists
from contempo.web.forms import done


@require_safe
@with_employer("agreements", may=may_keep)
def communications(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """What the Ministry is owed and was told, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = told.communication_rows(opened, request.GET)
        return lists.export(rows, told.COLUMNS, wanted, _("communications"))
    kind = "telling.public" if opened.employer.public_body else "telling.private"
    context = {
        "opened": opened,
        "page": told.communications(opened, request.GET),
        "owed": told.owed_by_kind(opened),
        "law": cited(kind, clock.today()),
    }
    return render(request, "agile/agreements/communications.html", context)


@require_POST
@with_employer("agreements", may=may_keep)
def communications_file(request: HttpRequest, opened: OpenedEmployer, kind: str) -> HttpResponseBase:
    """What is owed of one kind, in the columns of the Ministry's service."""
    if kind not in set(Told):
        raise Http404
    columns, rows, ids = told.ministry_rows(opened, Told(kind))
    telling.note_exported(request.actor, employer_id=opened.employer.pk, communication_ids=ids)
    wanted = "csv" if request.POST.get("formato") == "csv" else "xlsx"
    return lists.export(rows, columns, wanted, FILES[Told(kind)])


FILES = {Told.STARTED: "LA-InizioPeriodo", Told.CHANGED: "LA-ModificaPeriodo", Told.ENDED: "LA-RecessoPeriodo"}


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("agreements", may=may_keep)
def communication_told(request: HttpRequest, opened: OpenedEmployer, communication_id: int) -> HttpResponseBase:
    """Note that the Ministry was told, with its receipt."""
    if (found := told.communication(opened, communication_id)) is None:
        raise Http404
    row, kept = found
    form = ToldForm(request.POST or None, initial={"told_on": kept.told_on or clock.today(), "protocol": kept.protocol})

    def note() -> object:
        return telling.mark_told(request.actor, communication_id=communication_id, **form.cleaned_data)

    if request.method == "POST" and done(form, note):
        messages.success(request, _("Noted: the Ministry was told."))
        return redirect(opened.url("communications") + "?stato=dovute")
    return render(request, "agile/agreements/told.html", {"opened": opened, "row": row, "form": form})


@require_safe
@with_employer("agreements", may=may_keep)
def priorities(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The verified grounds of priority, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = verified.verification_rows(opened, request.GET)
        return lists.export(rows, verified.COLUMNS, wanted, _("verified-grounds"))
    context = {
        "opened": opened,
        "page": verified.verifications(opened, request.GET),
        "law": cited("priority", clock.today()),
    }
    return render(request, "agile/agreements/priorities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("agreements", may=may_keep)
def priority_new(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """Note that a ground was verified."""
    form = GroundForm(request.POST or None, initial={"verified_on": clock.today()})

    def note() -> object:
        return grounds.verify(request.actor, employer_id=opened.employer.pk, **form.cleaned_data)

    if request.method == "POST" and done(form, note):
        messages.success(request, _("Noted."))
        return redirect(opened.url("priorities"))
    return render(request, "agile/agreements/priority_new.html", {"opened": opened, "form": form})


@require_POST
@with_employer("agreements", may=may_keep)
def priority_end(request: HttpRequest, opened: OpenedEmployer, verification_id: int) -> HttpResponse:
    """Note that a ground no longer holds."""
    grounds.end_verification(request.actor, verification_id=verification_id)
    messages.success(request, _("It counts no longer from today on."))
    return redirect(opened.url("priorities"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("agreements", may=may_keep)
def agreement_words(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The words every new agreement begins with."""
    words = words_of(opened)
    form = WordsForm(request.POST or None, initial={name: getattr(words, name) for name in WordsForm.base_fields})
    if request.method == "POST" and form.is_valid():
        keep_words(request.actor, employer_id=opened.employer.pk, values=form.cleaned_data)
        messages.success(request, _("Kept: new agreements begin with these words."))
        return redirect(opened.url("agreements"))
    return render(request, "agile/agreements/words.html", {"opened": opened, "form": form})
