"""Published results, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contempo.agile.queries.months import results as queries
from contempo.agile.queries.months.finding import first_day_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer


@require_safe
@with_employer("results")
def results(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Every published clearing, and what is fixed of those to come."""
    shown = {"rows": queries.results(opened), "commitments": queries.commitments(opened)}
    return render(request, "agile/months/results.html", {"opened": opened, **shown})


@require_safe
@with_employer("results")
def result(request: HttpRequest, opened: OpenedEmployer, month: str, number: int) -> HttpResponse:
    """The report of one."""
    report = queries.report(opened, _found(opened, month, number))
    return render(request, "agile/months/result.html", {"opened": opened, "report": report})


@require_safe
@with_employer("results")
def result_file(request: HttpRequest, opened: OpenedEmployer, month: str, number: int) -> StreamingHttpResponse:
    """Its file, which anybody may clear again."""
    clearing = _found(opened, month, number)
    answer = StreamingHttpResponse(queries.input_file(opened, clearing), content_type="application/x-ndjson")
    name = f"banca-{opened.employer.organisation.slug}-{month}-{number}.jsonl"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found(opened: OpenedEmployer, month: str, number: int) -> queries.FoundClearing:
    first_day = first_day_of(month)
    clearing = queries.find_clearing(opened, first_day, number) if first_day else None
    if clearing is None:
        raise Http404
    return clearing
