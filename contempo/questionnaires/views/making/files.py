"""A questionnaire as a file: on paper, as XLSForm in and out."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.questionnaires.models import Version
from contempo.questionnaires.queries.making import printed as paper
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.views.making.opening import with_form
from contempo.web.documents import pdf, pdf_response


@require_safe
@with_form("form")
def printed(request: HttpRequest, opened: OpenedForm) -> HttpResponseBase:
    """A version to be filled in on paper, as a tagged PDF."""
    version, made_at = wanted_version(request, opened), clock.now()
    language = "en" if request.GET.get("lingua") == "en" else "it"
    content = paper.printed(opened.form, version, author=request.network.name, language=language)
    return pdf_response(
        pdf(paper.TEMPLATE, content, made_at=made_at), f"{_('questionnaire')}-{opened.form.number}-v{version.number}"
    )


def wanted_version(request: HttpRequest, opened: OpenedForm) -> Version:
    """The version the address asks for; 404 when there is none."""
    typed = request.GET.get("versione", "")
    version = opened.version(int(typed) if typed.isdecimal() and len(typed) < 6 else None)
    if version is None:
        raise Http404
    return version
