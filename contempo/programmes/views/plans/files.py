"""The whole plan as a document."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans import printed
from contempo.programmes.views.opening import with_plan
from contempo.web.documents import pdf, pdf_response


@require_safe
@with_plan("plan")
def document(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """The whole plan as a tagged PDF."""
    made_at = clock.now()
    content = printed.printed(opened, author=request.network.name, made_at=made_at)
    return pdf_response(pdf(printed.TEMPLATE, content, made_at=made_at), opened.plan.key)
