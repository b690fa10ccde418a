"""Networks as the pages need them."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import QuerySet

from contempo.core import files
from contempo.core.files import Attachment
from contempo.network.models import AgreementVersion, DeclaredFact, Network
from contempo.network.rules.accession import Version, in_force


@dataclass(frozen=True)
class NetworkBrief:
    """A network as every page of it needs it, in `request.network`."""

    id: int
    slug: str
    name: str
    short_name: str
    accent: str
    lead_id: int | None
    lead_name: str
    funder: str
    contact_email: str
    contact_phone: str
    contact_address: str
    opening_hours: str
    accessibility_url: str
    has_logo: bool
    demo: bool

    @property
    def home_url(self) -> str:
        return f"/{self.slug}/"

    @property
    def logo_url(self) -> str:
        return f"/{self.slug}/logo/" if self.has_logo else ""


@dataclass(frozen=True)
class NetworkAbout:
    """What a network says of itself in one language; texts are Markdown."""

    about: str
    governance: str
    constituted_on: date | None
    territory: tuple[str, ...]


@dataclass(frozen=True)
class AgreementText:
    """A version of the agreement in one language; `text` is Markdown."""

    id: int
    number: int
    text: str
    in_force_from: date
    published_at: datetime
    in_force: bool


@dataclass(frozen=True)
class Fact:
    """A declared figure in one language."""

    value: int
    qualifier: str
    label: str
    source: str
    as_of: date | None


def network_by_slug(slug: str) -> NetworkBrief | None:
    """The network with this address, if it is open. One SQL."""
    found = _opened().filter(slug=slug).first()
    return _brief(found) if found else None


def logo_of(network_id: int) -> Attachment | None:
    """The picture of a network, None when it has none. Two SQL."""
    key = Network.objects.filter(id=network_id).values_list("logo", flat=True).first()
    return files.attachment_of(key, owner_kind="network", owner_id=network_id) if key else None


def open_networks() -> tuple[NetworkBrief, ...]:
    """Every network open to the public, by name. One SQL."""
    return tuple(_brief(network) for network in _opened())


def _opened() -> QuerySet[Network]:
    """Networks open to the public, with what `NetworkBrief` needs and no more: it is read on every page."""
    needed = [field.name for field in fields(NetworkBrief) if field.name not in ("lead_name", "has_logo")]
    return Network.objects.exclude(opened_at=None).select_related("lead").only(*needed, "logo", "lead__name")


def _brief(network: Network) -> NetworkBrief:
    return NetworkBrief(
        id=network.id,
        slug=network.slug,
        name=network.name,
        short_name=network.short_name,
        accent=network.accent,
        lead_id=network.lead_id,
        lead_name=network.lead.name if network.lead else "",
        funder=network.funder,
        contact_email=network.contact_email,
        contact_phone=network.contact_phone,
        contact_address=network.contact_address,
        opening_hours=network.opening_hours,
        accessibility_url=network.accessibility_url,
        has_logo=network.logo is not None,
        demo=network.demo,
    )


def network_about(network_id: int, language: str) -> NetworkAbout:
    """Presentation, governance and territory of a network, in `language` where there is a translation. Two SQL."""
    network = Network.objects.get(id=network_id)
    english = language == "en"
    return NetworkAbout(
        about=(network.about_en if english else "") or network.about_it,
        governance=(network.governance_en if english else "") or network.governance_it,
        constituted_on=network.constituted_on,
        territory=tuple(network.territory.order_by("search_name").values_list("name", flat=True)),
    )


def agreement_texts(network_id: int, language: str, today: date) -> tuple[AgreementText, ...]:
    """All versions of the agreement, newest first, in `language` where there is a translation. One SQL."""
    versions = list(AgreementVersion.objects.filter(network_id=network_id).order_by("-number"))
    current = in_force((Version(v.id, v.number, v.in_force_from) for v in versions), today)
    return tuple(
        AgreementText(
            id=version.id,
            number=version.number,
            text=(version.text_en if language == "en" else "") or version.text_it,
            in_force_from=version.in_force_from,
            published_at=version.published_at,
            in_force=current is not None and version.id == current.id,
        )
        for version in versions
    )


def declared_facts(network_id: int, group: str, language: str) -> tuple[Fact, ...]:
    """Declared figures of a group, in order. One SQL."""
    facts = DeclaredFact.objects.filter(network_id=network_id, group=group).order_by("position")
    return tuple(
        Fact(
            fact.value,
            fact.qualifier,
            fact.label_en if language == "en" else fact.label_it,
            fact.source,
            fact.as_of,
        )
        for fact in facts
    )
