"""The safety notice of the year: read, acknowledged, published, asked for again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_act_as_worker, may_keep, may_read_inside
from contempo.agile.actions.agreements.safety import acknowledge, publish_notice, remind_missing
from contempo.agile.forms.agreements import NoticeForm
from contempo.agile.queries.agreements import safety as notices
from contempo.agile.queries.agreements.wizard import cited
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web import lists
from contempo.web.forms import done


@require_safe
@with_employer("agreements", may=may_read_inside)
def safety(request: HttpRequest, opened: OpenedEmployer, year: int | None = None) -> HttpResponse:
    """The notice of this year, or of another."""
    today = clock.today()
    page = notices.safety_page(opened, year or today.year)
    if year and page.year != year:
        raise Http404
    context = {"opened": opened, "page": page, "law": cited("safety", today), "this_year": today.year}
    return render(request, "agile/agreements/safety.html", context)


@require_POST
@with_employer("agreements", may=may_act_as_worker)
def safety_acknowledge(request: HttpRequest, opened: OpenedEmployer, year: int) -> HttpResponse:
    """Acknowledge the notice of a year."""
    if (notice := notices.notice_of(opened, year)) is None:
        raise Http404
    acknowledge(request.actor, employer_id=opened.employer.pk, notice_id=notice.pk)
    messages.success(request, _("Noted: you have received the notice."))
    return redirect(opened.url("safety"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("agreements", may=may_keep)
def safety_publish(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """Publish the notice of a year; the text of the last one is proposed."""
    today = clock.today()
    last = notices.safety_page(opened, 9999)
    form = NoticeForm(request.POST or None, initial={"year": today.year, "title": last.title, "text": last.text})

    def publish() -> object:
        return publish_notice(request.actor, employer_id=opened.employer.pk, **form.cleaned_data)

    if request.method == "POST" and done(form, publish):
        messages.success(request, _("Published: everybody it is for has been told."))
        return redirect(opened.url("safety_of", year=form.cleaned_data["year"]))
    context = {"opened": opened, "form": form, "law": cited("safety", today)}
    return render(request, "agile/agreements/safety_publish.html", context)


@require_safe
@with_employer("agreements", may=may_keep)
def safety_missing(request: HttpRequest, opened: OpenedEmployer, year: int) -> HttpResponseBase:
    """Who has the notice of a year still to acknowledge, or the same as a file."""
    if (notice := notices.notice_of(opened, year)) is None:
        raise Http404
    if wanted := lists.export_format(request):
        rows = notices.missing_rows(opened, notice)
        return lists.export(rows, notices.MISSING_COLUMNS, wanted, _("safety-notice-missing"))
    context = {"opened": opened, "notice": notice, "page": notices.missing(opened, notice, request.GET)}
    return render(request, "agile/agreements/safety_missing.html", context)


@require_POST
@with_employer("agreements", may=may_keep)
def safety_remind(request: HttpRequest, opened: OpenedEmployer, year: int) -> HttpResponse:
    """Tell them again."""
    if (notice := notices.notice_of(opened, year)) is None:
        raise Http404
    count = remind_missing(request.actor, employer_id=opened.employer.pk, notice_id=notice.pk)
    told = ngettext("%(count)s person has been told again.", "%(count)s persons have been told again.", count)
    messages.success(request, told % {"count": count})
    return redirect(opened.url("safety_missing", year=year))
