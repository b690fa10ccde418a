"""`/status`: whether the platform works, for monitors and proxies (Italian interoperability model, REST profile)."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

from contempo.config.installation import release
from contempo.core.clock import now

# A worker beats every ten seconds; three beats missed and it is taken for dead.
WORKER_SILENCE = timedelta(seconds=30)


@require_safe
@never_cache
def status(_request: HttpRequest) -> HttpResponse:
    """Release, database and job worker as JSON; 503 and problem+json (RFC 9457) when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        working = ProcrastinateWorker.objects.filter(last_heartbeat__gt=now() - WORKER_SILENCE).exists()
    except DatabaseError:
        problem = {"title": "Service Unavailable", "status": 503, "detail": "The database does not answer."}
        return JsonResponse({"type": "about:blank", **problem}, status=503, content_type="application/problem+json")
    return JsonResponse({"version": release(), "database": "up", "worker": "up" if working else "down"})
