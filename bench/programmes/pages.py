"""The pages that are opened, each with the bare SQL of the rows it shows."""

from collections.abc import Callable
from itertools import islice

from django.test import Client

from bench.browsers import browser
from bench.limits import BALANCES, BOARD, BUDGET, CHECK, PUBLIC_BOARD, REPORT, REPORT_OF, REWARD
from bench.measure import Deed, Page, Statement
from bench.programmes.rows import KEY, SLUG, Place
from contempo.programmes.models.tree import tree_of
from contempo.programmes.rules.audit import check

AT = f"/{SLUG}/piani/{KEY}/"
FIRST_CHUNKS = 2

_PLAN = "SELECT id, key, title, state, since, until FROM programmes_plan WHERE network_id = %s AND key = %s"
_ACTIVITIES = """
SELECT a.id, a.title, a.state, a.since, a.until, l.name FROM programmes_activity AS a
LEFT JOIN programmes_alliance AS l ON l.id = a.alliance_id WHERE a.plan_id = %s {narrowed} ORDER BY {order} LIMIT 25
"""
_CLAIMS = """
SELECT c.number, c.title, c.state, c.state_since, c.claimed_cents, c.accepted_cents, o.name FROM programmes_claim AS c
JOIN network_organisation AS o ON o.id = c.organisation_id WHERE c.plan_id = %s {narrowed}
ORDER BY c.state_since DESC, c.id DESC LIMIT 25
"""
_EXPENSES = """
SELECT e.number, e.supplier, e.paid_on, e.claimed_cents, e.accepted_cents, o.name FROM programmes_expense AS e
JOIN network_organisation AS o ON o.id = e.organisation_id WHERE e.plan_id = %s {narrowed}
ORDER BY e.paid_on DESC, e.id DESC LIMIT 25
"""
_SUMS = "SELECT key, measure, count FROM programmes_plantally WHERE plan_id = %s AND facet = %s"
_VALUES = """
SELECT i.name, m.period_id, m.numerator FROM programmes_indicator AS i
LEFT JOIN programmes_measurement AS m ON m.indicator_id = i.id WHERE i.plan_id = %s
"""
_ALLOCATIONS = "SELECT line_id, source_id, cents, accepted_cents FROM programmes_allocation WHERE plan_id = %s"
_ACCOUNTS = "SELECT organisation_id, advanced_cents, recovered_cents FROM programmes_account WHERE plan_id = %s"
_FINDINGS = "SELECT * FROM programmes_planfinding WHERE plan_id = %s ORDER BY position LIMIT 25"
_EVERY_ACTIVITY = "SELECT * FROM programmes_activity WHERE plan_id = %s"


def pages(place: Place) -> tuple[Page, ...]:
    """Pages of anybody, of who coordinates, of who works for a partner."""
    visitor, coordinator, partner = browser(), browser(place.coordinator), browser(place.partner)
    plan = place.plan.pk
    known = Statement(_PLAN, [place.network_id, KEY])

    def page(name: str, path: str, client: Client, *floor: Statement, shows: str = "Piano di prova") -> Page:
        return Page(name, f"{AT}{path}", client, shows, (known, *floor))

    def listed(sql: str, narrowed: str = "", *values: object, **more: str) -> Statement:
        return Statement(sql.format(narrowed=narrowed, **more), [plan, *values])

    def summed(facet: str) -> Statement:
        return Statement(_SUMS, [plan, facet])

    in_order, values = {"order": "a.position, a.id"}, Statement(_VALUES, [plan])
    by_line = f"?per=soggetto&voce={place.line.pk}"
    return (
        page("overview", "", visitor, summed("state"), Statement(_ALLOCATIONS, [plan])),
        page("activities", "attivita/", visitor, listed(_ACTIVITIES, **in_order)),
        page(
            "activities under way",
            "attivita/?stato=under_way",
            visitor,
            listed(_ACTIVITIES, "AND a.state = 'under_way'", **in_order),
        ),
        page("calendar", "calendario/", visitor, listed(_ACTIVITIES, **in_order)),
        page("findings", "controllo/", coordinator, Statement(_FINDINGS, [plan])),
        page(BOARD, "indicatori/", coordinator, values),
        page(PUBLIC_BOARD, "indicatori/", visitor, values),
        page("indicator", "indicatori/i0/", coordinator, values),
        page("records of an indicator", "indicatori/i0/dati/", coordinator, values),
        page(BUDGET, "bilancio/", coordinator, Statement(_ALLOCATIONS, [plan]), summed("line|source")),
        page(REPORT, "conti/?per=soggetto", coordinator, summed("partner")),
        page(REPORT_OF, f"conti/{by_line}", coordinator, summed("line|partner")),
        page("expenses", "conti/spese/", coordinator, listed(_EXPENSES)),
        page(
            "expenses of a line",
            f"conti/spese/?voce={place.line.pk}",
            coordinator,
            listed(_EXPENSES, "AND e.line_id = %s", place.line.pk),
        ),
        page("forecast", "conti/previsione/", coordinator, summed("line|source")),
        page(REWARD, "premialita/", visitor, values),
        page("claims", "rendicontazione/", coordinator, listed(_CLAIMS)),
        page(
            "claims in control",
            "rendicontazione/?stato=in_control",
            coordinator,
            listed(_CLAIMS, "AND c.state = 'in_control'"),
        ),
        page("claims of a partner", "rendicontazione/", partner, listed(_CLAIMS)),
        page(
            "claim",
            f"rendicontazione/{place.claim.number}/",
            coordinator,
            listed(_CLAIMS, "AND c.number = %s", place.claim.number),
        ),
        page(BALANCES, "pagamenti/", coordinator, Statement(_ACCOUNTS, [plan]), summed("alliance|partner")),
    )


def deeds(place: Place) -> tuple[Deed, ...]:
    """The check of the whole plan; the first bytes of files that are as long as the claims are many."""
    coordinator, plan = browser(place.coordinator), place.plan.pk
    first = Statement(_EXPENSES.format(narrowed=""), [plan])
    return (
        Deed(CHECK, lambda: _checked(place), (Statement(_EVERY_ACTIVITY, [plan]),)),
        Deed("expenses as CSV, first bytes", _begun(coordinator, "conti/spese/?formato=csv"), (first,)),
        Deed("claims as CSV, first bytes", _begun(coordinator, "rendicontazione/?formato=csv"), (first,)),
    )


def _checked(place: Place) -> None:
    """RuntimeError when the auditor finds nothing: no activity of this plan has a place in its phases."""
    if not check(tree_of(place.plan)):
        raise RuntimeError("a plan without aims has no findings")


def _begun(client: Client, path: str) -> Callable[[], None]:
    """Ask for a file and read its beginning: what is left is never made."""

    def act() -> None:
        response = client.get(f"{AT}{path}")
        if response.status_code != 200 or not response.streaming:
            raise RuntimeError(f"{path} answers {response.status_code}, streaming: {response.streaming}")
        if not b"".join(islice(response.streaming_content, FIRST_CHUNKS)):
            raise RuntimeError(f"{path} is empty")
        response.close()

    return act
