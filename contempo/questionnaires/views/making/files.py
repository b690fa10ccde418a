"""A questionnaire as a file: on paper, as XLSForm in and out."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.questionnaires.queries.making import printed as paper
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.queries.making.workbook import xlsform_workbook
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.xlsform.writing import FormName
from contempo.questionnaires.views.making.opening import with_form
from contempo.web.documents import pdf, pdf_response

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@with_form("form")
def printed(request: HttpRequest, opened: OpenedForm) -> HttpResponseBase:
    """A version to be filled in on paper, as a tagged PDF."""
    if (version := opened.wanted(request.GET.get("versione", ""))) is None:
        raise Http404
    made_at = clock.now()
    language = "en" if request.GET.get("lingua") == "en" else "it"
    content = paper.printed(opened.form, version, author=request.network.name, language=language)
    return pdf_response(pdf(paper.TEMPLATE, content, made_at=made_at), _named(opened, version.number))


@require_safe
@with_form("form")
def xlsform(request: HttpRequest, opened: OpenedForm) -> HttpResponseBase:
    """A version as the workbook KoboToolbox and ODK read."""
    if (version := opened.wanted(request.GET.get("versione", ""))) is None:
        raise Http404
    name = _named(opened, version.number)
    identifier = f"{request.network.slug}-{opened.form.number}"
    called = FormName(opened.form.title, opened.form.title_en, identifier, str(version.number))
    response = HttpResponse(xlsform_workbook(read(version.document), called), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _named(opened: OpenedForm, version: int) -> str:
    """What the file of a version is called, without its ending."""
    word = _("questionnaire")
    return f"{word}-{opened.form.number}-v{version}"
