"""Numbers of a network are given out one after the other."""

from django.db import connection
from django.db.models import Max

from contempo.questionnaires.models import Questionnaire

_NUMBERS_LOCK = 0x71756E72


def next_number(network_id: int) -> int:
    """The next number of a questionnaire of a network; nobody else gets it before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_NUMBERS_LOCK, network_id])
    last = Questionnaire.objects.filter(network_id=network_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
