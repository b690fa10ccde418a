"""The organisations the documents name: first signatories, who are members, and partners of alliances, who are not."""

from collections import defaultdict
from datetime import date
from typing import Any

from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.core.clock import replaying
from contempo.network.actions.organisations import begin_membership, register_organisation


def load_signatories(stage: Stage) -> int:
    """Enter the signatories into the registry as members since they signed; tells how many."""
    agency = stage.agency()
    roles = _alliance_roles(stage.slug)
    signatories = facts.rows(f"{stage.slug}/signatories.csv")
    for row in signatories:
        signed_on = date.fromisoformat(row["signed_on"])
        with replaying(facts.office_hours(signed_on)):
            key = row["key"]
            organisation = register_organisation(agency, record=_record(row), source=_source(roles[key], row))
            stage.organisations[key] = organisation.id
            begin_membership(
                agency,
                organisation_id=organisation.id,
                since=signed_on,
                agreement_id=stage.agreements[int(row["agreement"])],
                lead=row["is_lead"] == "true",
            )
            stage.give_roles(agency, key)
    return len(signatories)


def load_partners(stage: Stage) -> int:
    """Enter the other partners of the alliances into the registry, on the day the network began; tells how many."""
    if not facts.exists(f"{stage.slug}/alliance_partners.csv"):
        return 0
    agency = stage.agency()
    began_on = facts.toml(f"{stage.slug}/network.toml")["constituted_on"]
    roles = _alliance_roles(stage.slug)
    partners = {row["organisation"]: row for row in facts.rows(f"{stage.slug}/alliance_partners.csv")}
    newcomers = [key for key in partners if key not in stage.organisations]
    with replaying(facts.office_hours(began_on)):
        for key in newcomers:
            row = partners[key]
            partner = register_organisation(agency, record=_record(row), source=_source(roles[key], row))
            stage.organisations[key] = partner.id
    return len(newcomers)


def _record(row: dict[str, str]) -> dict[str, Any]:
    today = row.get("name_today") or row["name"]
    return {
        "name": row["name"],
        "kind": row["kind"],
        "legal_form": row["legal_form"],
        "tax_code": row.get("tax_code", ""),
        "municipality_id": row["municipality"] or None,
        "website": row.get("website", ""),
        "description": f"Oggi si chiama {today}." if today != row["name"] else "",
    }


def _alliance_roles(slug: str) -> dict[str, list[str]]:
    """What each organisation does in the alliances, a sentence for each alliance, by the key of the organisation."""
    roles: dict[str, list[str]] = defaultdict(list)
    if facts.exists(f"{slug}/alliance_partners.csv"):
        alliances = {row["key"]: row for row in facts.rows(f"{slug}/alliances.csv")}
        for row in facts.rows(f"{slug}/alliance_partners.csv"):
            alliance = alliances[row["alliance"]]
            part = "Capofila" if alliance["lead"] == row["organisation"] else "Partner"
            roles[row["organisation"]].append(f"{part} di {alliance['name']}: {row['role_it'].rstrip('.')}.")
    return roles


def _source(sentences: list[str], row: dict[str, str]) -> str:
    """Where it is known from: the document, and what it says of it or else the section that names it."""
    document = row["source_document"].split(",")[0]
    return " ".join([f"{document}.", *(sentences or [f"{row['source_section']}."])]) if document else ""
