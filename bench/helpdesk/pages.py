"""The pages that are opened, each with the bare SQL of the rows it shows."""

from datetime import datetime

from django.test import Client

from bench.browsers import browser
from bench.helpdesk import words
from bench.helpdesk.rows import SLUG, YEARS, Place
from bench.limits import ALL_TIME, ONE_MONTH
from bench.measure import Page, Statement
from contempo.core.search import find
from contempo.helpdesk.models import Question
from contempo.helpdesk.rules.figures import Period, month_after, month_of
from contempo.helpdesk.rules.topics import Topic

ROWS = 25
TOPIC, OFTEN, TOWN = Topic.AGILE_WORK.value, Topic.MATERNITY.value, "015146"

_NETWORK = Statement("SELECT id, slug, name, short_name, accent FROM network_network WHERE slug = %s", [SLUG])
_LISTED = """
SELECT q.number, q.subject, q.state, q.due_at, q.topic, q.received_at, m.name, p.full_name
FROM helpdesk_question AS q LEFT JOIN network_municipality AS m ON m.istat_code = q.municipality_id
     LEFT JOIN people_person AS p ON p.id = q.holder_id
WHERE q.network_id = %s {narrowed} ORDER BY {order} LIMIT 25
"""
_UNDER_WAY = "AND q.state IN ('open', 'taken', 'awaiting_details')"
_NEWEST, _URGENT = "q.received_at DESC, q.id DESC", "q.due_at, q.id"
_NEAR = """
AND q.id IN (
    SELECT id FROM helpdesk_question WHERE network_id = %s AND words @@ to_tsquery('italian', %s)
    ORDER BY received_at DESC, id DESC LIMIT 25
)
"""
_FEW = """
AND q.id IN (
    WITH found AS MATERIALIZED (
        SELECT id FROM helpdesk_question WHERE network_id = %s AND words @@ to_tsquery('italian', %s)
    )
    SELECT id FROM found
)
"""
_QUESTION = "SELECT * FROM helpdesk_question WHERE network_id = %s AND number = %s"
_BELONGING = "SELECT * FROM helpdesk_{table} WHERE question_id = %s"
_FOUND = "SELECT key, title, url, left(body, 20000) FROM core_searchdocument WHERE kind = 'entry' AND key = ANY(%s)"
_FIGURES = """
SELECT measure, key, sum(count) FROM helpdesk_desktally WHERE network_id = %s AND month BETWEEN %s AND %s GROUP BY 1, 2
"""


def pages(place: Place) -> tuple[Page, ...]:
    """Pages of an expert, of anybody, of who asked, of who coordinates."""
    expert, coordinator, asker = map(browser, (place.expert, place.coordinator, place.asker))
    visitor, network = browser(), place.network_id

    def listed(name: str, query: str, narrowed: str, *values: object, order: str = _NEWEST, shows: str = "") -> Page:
        rows = Statement(_LISTED.format(narrowed=narrowed, order=order), [network, *values])
        return Page(name, f"/{SLUG}/esperti/domande/?{query}", expert, shows or "esperti/domande/", (_NETWORK, rows))

    def catalogue(name: str, word: str, shows: str) -> Page:
        found = find(network_id=network, text=word, public_only=True, kinds=["entry"], language="it")
        rows = Statement(_FOUND, [[hit.key for hit in found.items]])
        return Page(name, f"/{SLUG}/sportello/catalogo/cerca/?q={word}", visitor, shows, (_NETWORK, rows))

    answered = Question.objects.filter(network_id=network, state="closed").order_by("-number").first()
    asked = Question.objects.filter(network_id=network, asker=place.asker).order_by("-number").first()
    assert answered is not None  # four years of questions are closed
    assert asked is not None  # whoever asks has asked
    return (
        listed("list, to be taken", "scheda=da-prendere", "AND q.state = 'open'", order=_URGENT),
        listed("list, overdue", "scheda=scadute", f"{_UNDER_WAY} AND q.due_at <= now()", order=_URGENT),
        listed("list, all", "scheda=tutte", ""),
        listed("list by topic", f"scheda=tutte&argomento={TOPIC}", "AND q.topic = %s", TOPIC),
        listed(
            "list by topic, place, pauses",
            f"scheda=tutte&argomento={OFTEN}&comune={TOWN}&pausa=si",
            "AND q.topic = %s AND q.municipality_id = %s AND q.pauses > 0",
            OFTEN,
            TOWN,
        ),
        listed("search, rare", f"scheda=tutte&cerca={words.RARE}", _FEW, network, words.RARE),
        listed("search, common", f"scheda=tutte&cerca={words.COMMON}", _NEAR, network, words.COMMON),
        listed("search, none", f"scheda=tutte&cerca={words.MISSING}", _FEW, network, words.MISSING),
        catalogue("catalogue search, rare", words.RARE, words.RARE),
        catalogue("catalogue search, common", words.COMMON, "catalogo/voce-"),
        catalogue("catalogue search, none", words.MISSING, words.MISSING),
        Page(
            "question",
            f"/{SLUG}/esperti/domande/{answered.number}/",
            expert,
            f"{answered.number}",
            _of(network, answered),
        ),
        Page(
            "question, to who asked",
            f"/{SLUG}/sportello/domande/{asked.key}/",
            asker,
            f"{asked.key}",
            _of(network, asked),
        ),
        _figures(place, coordinator, ONE_MONTH, 1),
        _figures(place, coordinator, ALL_TIME, YEARS * 12),
    )


def _of(network: int, question: Question) -> tuple[Statement, ...]:
    parts = ("message", "move", "promise")
    belonging = (Statement(_BELONGING.format(table=part), [question.pk]) for part in parts)
    return (_NETWORK, Statement(_QUESTION, [network, question.number]), *belonging)


def _figures(place: Place, client: Client, name: str, months: int) -> Page:
    period = period_until(place.now, months)
    rows = Statement(_FIGURES, [place.network_id, period.since, period.until])
    address = f"/{SLUG}/esperti/cifre/?dal={period.since}&al={period.until}"
    return Page(name, address, client, "stat-value", (_NETWORK, rows))


def period_until(now: datetime, months: int) -> Period:
    """So many months, the last that has ended being the last; as far back as there are questions."""
    last = month_after(month_of(now), -1)
    return Period(month_after(last, 1 - months), last)
