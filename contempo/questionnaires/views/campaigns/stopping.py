"""Letters that stop at one click."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contempo.core.words import N_
from contempo.questionnaires.actions.answering.leaving import decline
from contempo.questionnaires.rules.doors import Door
from contempo.questionnaires.views.answering.leaving import no_wish


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Stop the letters of an invitation: mail programs send the POST by themselves (RFC 8058), without our token.

    Who opens the address gets the page where one says that one does not want to answer.
    """
    if request.method != "POST":
        return no_wish(request, door.outside)
    decline(request.actor, door=door.outside, reason=N_("Stopped the letters from the mail program."))
    return HttpResponse(status=200)
