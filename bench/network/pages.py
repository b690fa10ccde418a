"""The pages that are opened, each with the bare SQL of the rows it shows."""

from bench.browsers import browser
from bench.measure import Page, Statement
from bench.network import names
from bench.network.rows import SLUG, Place
from contempo.core.search import find
from contempo.network.models import Organisation
from contempo.network.rules.organisations import OrganisationKind

KIND, TOWN = OrganisationKind.SOCIAL_COOPERATIVE.value, "015146"
ROWS = 25

_NETWORK = Statement("SELECT id, slug, name, short_name, accent FROM network_network WHERE slug = %s", [SLUG])
_TALLIES = "SELECT subject, key, count FROM network_tally WHERE network_id = %s AND subject = ANY(%s)"
_MEMBERS = """
SELECT o.id, o.name, o.slug, o.kind, o.priorities, o.member_since, m.name, m.province
FROM network_organisation AS o LEFT JOIN network_municipality AS m ON m.istat_code = o.municipality_id
WHERE o.network_id = %s AND o.member_since IS NOT NULL {narrowed} ORDER BY {order} LIMIT {rows}
"""
_NAMED = "AND o.name_words @@ to_tsquery('simple', %s)"
_COMMON = """
AND o.id IN (
    SELECT id FROM network_organisation
    WHERE network_id = %s AND member_since IS NOT NULL AND (search_name LIKE %s OR search_name LIKE %s)
    ORDER BY search_name, id LIMIT 25
)
"""
_ORGANISATION = """
SELECT o.id, o.name, o.kind, o.member_since, o.priorities, o.description, o.experience_kinds, o.experience, o.website,
       m.name, m.province
FROM network_organisation AS o LEFT JOIN network_municipality AS m ON m.istat_code = o.municipality_id
WHERE o.network_id = %s AND o.slug = %s
"""
_FOUND = """
SELECT kind, key, title, url, left(body, 20000) FROM core_searchdocument WHERE kind = 'organisation' AND key = ANY(%s)
"""
_QUEUE = """
SELECT r.number, r.name, r.kind, r.state, r.state_since, r.due_on, m.name, p.full_name
FROM network_accessionrequest AS r LEFT JOIN network_municipality AS m ON m.istat_code = r.municipality_id
     LEFT JOIN people_person AS p ON p.id = r.examiner_id
WHERE r.network_id = %s AND r.due_on IS NOT NULL ORDER BY r.due_on, r.id LIMIT %s
"""
_REGISTRY = """
SELECT o.id, o.name, o.kind, o.headcount, o.member_since, m.name
FROM network_organisation AS o LEFT JOIN network_municipality AS m ON m.istat_code = o.municipality_id
WHERE o.network_id = %s ORDER BY o.search_name, o.id LIMIT %s
"""


def pages(place: Place) -> tuple[Page, ...]:
    """Pages anybody opens, then those of the agency."""
    visitor, coordinator = browser(), browser(place.coordinator)
    network = place.network_id
    member = Organisation.objects.filter(network_id=network, member_since__isnull=False).order_by("id").first()
    assert member is not None  # some are members, whatever the number of rows

    def counts(*subjects: str) -> Statement:
        return Statement(_TALLIES, [network, list(subjects)])

    def members(narrowed: str = "", *values: object, order: str = "o.search_name, o.id", rows: int = ROWS) -> Statement:
        return Statement(_MEMBERS.format(narrowed=narrowed, order=order, rows=rows), [network, *values])

    def listed(name: str, query: str, shows: str, rows: Statement) -> Page:
        address = f"/{SLUG}/soggetti/{query}"
        return Page(name, address, visitor, shows, (_NETWORK, counts("members", "members_by_municipality"), rows))

    def searched(name: str, word: str, shows: str) -> Page:
        keys = [hit.key for hit in find(network_id=network, text=word, public_only=True).items]
        return Page(name, f"/{SLUG}/cerca/?q={word}", visitor, shows, (_NETWORK, Statement(_FOUND, [keys])))

    common = members(_COMMON, network, f"{names.COMMON}%", f"% {names.COMMON}%")
    newest = members(order="o.member_since DESC, o.id DESC", rows=6)
    return (
        Page("home", f"/{SLUG}/", visitor, "Rete di prova", (_NETWORK, counts("members", "members_by_kind"), newest)),
        listed("member list", "", "soggetti/", members()),
        listed("filter by kind", f"?tipo={KIND}", "Cooperativa", members("AND o.kind = %s", KIND)),
        listed("filter by municipality", f"?comune={TOWN}", "Milano", members("AND o.municipality_id = %s", TOWN)),
        listed("list search, rare", f"?cerca={names.RARE}", "Zefiro", members(_NAMED, f"{names.RARE}:*")),
        listed("list search, common", f"?cerca={names.COMMON}", "Cooperativa", common),
        listed("list search, none", f"?cerca={names.MISSING}", names.MISSING, members(_NAMED, f"{names.MISSING}:*")),
        searched("site search, rare", names.RARE, "Zefiro"),
        searched("site search, common", names.COMMON, "Cooperativa"),
        searched("site search, none", names.MISSING, names.MISSING),
        Page(
            "organisation",
            f"/{SLUG}/soggetti/{member.slug}/",
            visitor,
            member.name,
            (_NETWORK, Statement(_ORGANISATION, [network, member.slug])),
        ),
        Page(
            "growth",
            f"/{SLUG}/crescita/",
            visitor,
            f"?tipo={KIND}",
            (_NETWORK, counts("members", "members_by_kind", "members_by_municipality", "joined", "left")),
        ),
        Page(
            "agency queue",
            f"/{SLUG}/agenzia/adesioni/",
            coordinator,
            "agenzia/adesioni/",
            (_NETWORK, counts("requests"), Statement(_QUEUE, [network, ROWS])),
        ),
        Page(
            "registry",
            f"/{SLUG}/agenzia/soggetti/",
            coordinator,
            "agenzia/soggetti/",
            (_NETWORK, counts("organisations"), Statement(_REGISTRY, [network, ROWS])),
        ),
    )
