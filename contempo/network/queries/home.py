"""What the home of a network shows of its members."""

from dataclasses import dataclass
from datetime import date

from contempo.network.models import Organisation
from contempo.network.queries.tallies import tallies
from contempo.network.rules.organisations import KIND_LABELS, KIND_PLURALS


@dataclass(frozen=True)
class KindCount:
    """How many members are of a kind; `label` is a message id, in the plural."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class MemberBrief:
    """A member in a few words; `kind_label` is a message id."""

    name: str
    slug: str
    kind_label: str
    municipality: str
    since: date


def member_count(network_id: int) -> int:
    """How many organisations are members now. One SQL, at any size."""
    return tallies(network_id, "members")["members"].get("all", 0)


def members_by_kind(network_id: int) -> tuple[KindCount, ...]:
    """Members by kind, the most numerous first; kinds without members are left out. One SQL, at any size."""
    counts = tallies(network_id, "members_by_kind")["members_by_kind"]
    found = (KindCount(kind, label, counts[kind]) for kind, label in KIND_PLURALS.items() if counts.get(kind))
    return tuple(sorted(found, key=lambda each: -each.count))


def latest_members(network_id: int, most: int) -> tuple[MemberBrief, ...]:
    """The organisations that joined last, newest first. One SQL, at any size."""
    members = Organisation.objects.filter(network_id=network_id, member_since__isnull=False)
    return tuple(
        MemberBrief(
            name=organisation.name,
            slug=organisation.slug,
            kind_label=KIND_LABELS[organisation.kind],
            municipality=organisation.municipality.name if organisation.municipality else "",
            since=organisation.member_since,
        )
        for organisation in members.select_related("municipality").order_by("-member_since", "-id")[:most]
    )
