"""What other contexts may use of the network context."""

from contempo.network.actions.organisations import name_organisations
from contempo.network.forms.fields import MunicipalityField, MunicipalityForm
from contempo.network.queries.counted import (
    KINDS,
    SIZES,
    involved_rows,
    kind_names,
    member_rows,
    member_url,
    registry_rows,
    seat_rows,
    size_names,
)
from contempo.network.queries.home import KindCount, MemberBrief, latest_members, member_count, members_by_kind
from contempo.network.queries.mentions import PlaceNamed, organisations_mentioned, places_called
from contempo.network.queries.municipalities import place_labels, places_named, places_to_choose
from contempo.network.queries.names import (
    NotRegistered,
    OrganisationLink,
    find_organisations,
    networks_called,
    not_registered,
    organisation_kinds,
    organisation_links,
    organisation_named,
    organisation_names,
)
from contempo.network.queries.networks import (
    AgreementText,
    Fact,
    NetworkAbout,
    NetworkBrief,
    agreement_texts,
    declared_facts,
    network_about,
    network_by_slug,
    open_networks,
)
from contempo.network.rules.organisations import PUBLIC_KINDS

__all__ = [
    "KINDS",
    "PUBLIC_KINDS",
    "SIZES",
    "AgreementText",
    "Fact",
    "KindCount",
    "MemberBrief",
    "MunicipalityField",
    "MunicipalityForm",
    "NetworkAbout",
    "NetworkBrief",
    "NotRegistered",
    "OrganisationLink",
    "PlaceNamed",
    "agreement_texts",
    "declared_facts",
    "find_organisations",
    "involved_rows",
    "kind_names",
    "latest_members",
    "member_count",
    "member_rows",
    "member_url",
    "members_by_kind",
    "name_organisations",
    "network_about",
    "network_by_slug",
    "networks_called",
    "not_registered",
    "open_networks",
    "organisation_kinds",
    "organisation_links",
    "organisation_named",
    "organisation_names",
    "organisations_mentioned",
    "place_labels",
    "places_called",
    "places_named",
    "places_to_choose",
    "registry_rows",
    "seat_rows",
    "size_names",
]
