"""A flow of another context with a code in it: `POST /chiedi/` sends one, `POST /codice/` takes it, as JSON."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from contempo.core.verdict import Refusal
from contempo.people.public import code_awaited, enter_code, send_code
from contempo.people.tests import urls
from contempo.web.sentences import sentence

BACK = "/milano/sportello/"


@csrf_exempt
def ask(request: HttpRequest) -> HttpResponse:
    request.session["typed"] = request.POST.get("typed", "")
    try:
        send_code(request, email=request.POST["email"], full_name=request.POST.get("full_name", ""), language="it")
    except Refusal as refusal:
        return _answer(request, refused=sentence(refusal), field=refusal.field)
    return _answer(request)


@csrf_exempt
def enter(request: HttpRequest) -> HttpResponse:
    try:
        answer = enter_code(request, code=request.POST["code"], back=BACK)
    except Refusal as refusal:
        return _answer(request, refused=sentence(refusal), field=refusal.field)
    return answer or _answer(request)


def look(request: HttpRequest) -> HttpResponse:
    return _answer(request)


def _answer(request: HttpRequest, **more: Any) -> HttpResponse:
    shown = {"awaited": code_awaited(request), "person": request.user.pk, "typed": request.session.get("typed")}
    return JsonResponse({**shown, **more}, json_dumps_params={"default": str})


def read(response: HttpResponse) -> dict[str, Any]:
    """What a page of the flow answered."""
    assert response.status_code == 200, response
    return dict(json.loads(response.content))


urlpatterns = [
    path("chiedi/", ask),
    path("codice/", enter),
    path("guarda/", look),
    *urls.urlpatterns,
]
