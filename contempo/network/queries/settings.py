"""A network as its coordinators write it."""

from dataclasses import dataclass
from typing import Any

from contempo.core.verdict import require
from contempo.network.access import may_run_agency
from contempo.network.models import AgreementVersion, Network
from contempo.people.public import Actor


@dataclass(frozen=True)
class Picture:
    """The logo as it is kept."""

    name: str
    url: str


def typed_settings(actor: Actor) -> dict[str, Any]:
    """The fields of the actor's network as a form begins with them. Raises NotPermitted. One SQL."""
    require(may_run_agency(actor))
    network = Network.objects.get(id=actor.network_id)
    kept = {field.name: getattr(network, field.attname) for field in Network._meta.concrete_fields}
    return {**kept, "logo": Picture("logo", f"/{network.slug}/logo/") if network.logo else None}


def latest_agreement(actor: Actor) -> tuple[int, dict[str, str]]:
    """Number of the last version of the agreement (0 without any) and its texts. Raises NotPermitted. One SQL."""
    require(may_run_agency(actor))
    last = AgreementVersion.objects.filter(network_id=actor.network_id).order_by("-number").first()
    return (last.number, {"text_it": last.text_it, "text_en": last.text_en}) if last else (0, {})
