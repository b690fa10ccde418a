"""A network as its documents describe it: texts, territory, agreement by version, declared figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contempo.config.demo import facts
from contempo.config.demo.cast import Cast
from contempo.core.clock import replaying
from contempo.network.actions.networks import (
    declare_facts,
    describe_network,
    open_network,
    publish_agreement,
    set_territory,
)
from contempo.people.public import SYSTEM, Actor, NetworkRole, grant


@dataclass
class Stage:
    """A network while it is being loaded; agreements by number, organisations by the keys of the data files."""

    id: int
    slug: str
    cast: Cast
    agreements: dict[int, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """A person of the cast in this network."""
        return self.cast.actor(key, self.id)

    def agency(self) -> Actor:
        """The first coordinator, who does what the data files do not say who did."""
        return self.actor(next(key for key, role in self.cast.holders(self.slug) if role is NetworkRole.COORDINATOR))

    def give_roles(self, giver: Actor, organisation: str) -> None:
        """Give the roles for an organisation that has just entered the registry."""
        for key, role in self.cast.holders(self.slug, organisation):
            grant(
                giver,
                person_id=self.cast.number(key),
                role=role,
                network_id=self.id,
                organisation_id=self.organisations[organisation],
            )


def opened(slug: str, cast: Cast) -> Stage:
    """Open the network of the folder `slug` on the day of its first agreement, and describe it."""
    about = facts.toml(f"{slug}/network.toml")
    with replaying(facts.office_hours(_first_day(about))):
        network = open_network(
            SYSTEM,
            slug=about["slug"],
            name=about["name"],
            short_name=about["short_name"],
            contact_email=about["contacts"]["email"],
            demo=True,
        )
        stage = Stage(network.id, about["slug"], cast)
        for key, role in cast.holders(stage.slug):
            grant(SYSTEM, person_id=cast.number(key), role=role, network_id=stage.id)
        agency = stage.agency()
        describe_network(agency, changes=_description(slug, about))
        set_territory(agency, municipalities=about["territory"])
        declare_facts(agency, facts=[*_figures(slug), *_request_counts(slug)])
    for version in about["agreements"]:
        with replaying(facts.office_hours(version["published_on"])):
            published = publish_agreement(
                agency,
                text_it=facts.text(f"{slug}/{version['text_it']}"),
                text_en=facts.text(f"{slug}/{version['text_en']}"),
                in_force_from=version["in_force_from"],
            )
        stage.agreements[version["number"]] = published.id
    return stage


def _first_day(about: dict[str, Any]) -> date:
    published: list[date] = [version["published_on"] for version in about["agreements"]]
    return min(published)


def _description(slug: str, about: dict[str, Any]) -> dict[str, Any]:
    contacts = about["contacts"]
    return {
        "accent": about["accent"],
        "funder": about["funder"],
        "constituted_on": about.get("constituted_on"),
        "contact_phone": contacts["phone"],
        "contact_address": contacts["address"],
        "opening_hours": contacts["opening_hours"],
        "about_it": facts.text(f"{slug}/about.md"),
        "about_en": facts.text(f"{slug}/about.en.md"),
        "governance_it": _governance(slug, "it"),
        "governance_en": _governance(slug, "en"),
    }


def _governance(slug: str, language: str) -> str:
    """The levels of governance and the agency as Markdown; empty when the documents do not tell."""
    if not facts.exists(f"{slug}/governance.toml"):
        return ""
    governance = facts.toml(f"{slug}/governance.toml")
    parts: list[str] = []
    for level in governance["levels"]:
        members = "\n".join(f"- {member}" for member in level[f"composition_{language}"])
        parts += [f"### {level[f'name_{language}']}", level[f"purpose_{language}"], members, level[f"meets_{language}"]]
    agency = governance["agency"]
    parts += [f"### {agency[f'name_{language}']}", f"{agency[f'purpose_{language}']} {agency[f'seat_{language}']}."]
    return "\n\n".join(parts)


def _figures(slug: str) -> Iterator[dict[str, Any]]:
    if not facts.exists(f"{slug}/agency_facts.csv"):
        return
    for row in facts.rows(f"{slug}/agency_facts.csv"):
        yield {
            "key": row["key"],
            "group": row["group"],
            "qualifier": row["qualifier"],
            **_declared(row),
        }


def _request_counts(slug: str) -> Iterator[dict[str, Any]]:
    """Requests of which the documents give only how many they were, by kind."""
    if not facts.exists(f"{slug}/accession_counts.csv"):
        return
    for row in facts.rows(f"{slug}/accession_counts.csv"):
        yield {"key": f"requests-{row['position']}", "group": "requests", **_declared(row, value="count")}


def _declared(row: dict[str, str], value: str = "value") -> dict[str, Any]:
    source = f"{row['source_document']}, {row['source_section']}"
    return {
        "value": int(row[value]),
        "label_it": row["label_it"],
        "label_en": row["label_en"],
        "source": f"{source} ({row['as_of_text']})" if row["as_of_text"] else source,
        "as_of": date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        "position": int(row["position"]),
    }
