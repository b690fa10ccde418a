"""What the pages of questions load: files attached before, names of organisations while one types."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contempo.core import files
from contempo.questionnaires.queries.answering.opened import Answering
from contempo.questionnaires.queries.answering.reading import answer_file, members_called
from contempo.questionnaires.views.answering.doors import with_response


@require_safe
@with_response
def attached(request: HttpRequest, answering: Answering, file: int) -> HttpResponseBase:
    """A file of these answers, for who holds their address."""
    found = answer_file(answering, file)
    if found is None:
        raise Http404
    return files.serve(found)


@require_safe
@with_response
def organisations(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Members of the network whose name has the words typed, as options of a control."""
    typed = next((values[-1] for _name, values in request.GET.lists()), "")
    found = members_called(answering, typed)
    return render(request, "questionnaires/answering/kinds/organisations.html", {"found": found})
