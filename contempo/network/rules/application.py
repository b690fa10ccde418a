"""The application: the answers of the four steps of the wizard, read and checked, as they were sent."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.network.rules.accession import Standing
from contempo.network.rules.organisations import check_identifiers


@dataclass(frozen=True)
class Application:
    """What an organisation says of itself when it asks to join.

    Codes are canonical (see `core.identifiers`), `municipality` is an ISTAT code, lists are tuples of the enum values
    in `rules.organisations`, texts are trimmed; an unknown headcount is None.
    """

    name: str
    kind: str
    tax_code: str
    municipality: str
    legal_form: str = ""
    vat_number: str = ""
    ipa_code: str = ""
    ateco_code: str = ""
    headcount: int | None = None
    address: str = ""
    postcode: str = ""
    website: str = ""
    pec: str = ""
    email: str = ""
    phone: str = ""
    territory: str = ""
    experience_kinds: tuple[str, ...] = ()
    experience: str = ""
    description: str = ""
    aims: str = ""
    priorities: tuple[str, ...] = ()
    standing: str = Standing.REPRESENTATIVE
    contact_name: str = ""
    contact_position: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    representative_name: str = ""
    published: tuple[str, ...] = ()
    privacy_accepted: bool = False

    def to_json(self) -> dict[str, Any]:
        """As a JSON object, tuples as arrays."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Application":
        """From `to_json`; a key of an older form that no longer exists is left out."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name in known
        }
        return cls(**values)


def check_standing(standing: str, representative_name: str) -> None:
    """Refuse a delegate who does not name the legal representative."""
    if standing == Standing.DELEGATE and not representative_name:
        raise Refusal(
            N_("Write the name of the legal representative, who will sign the agreement."), field="representative_name"
        )


def check_application(application: Application) -> None:
    """Refuse an application whose parts contradict each other; each part alone was checked by its form."""
    check_identifiers(kind=application.kind, tax_code=application.tax_code, ipa_code=application.ipa_code)
    if not application.priorities:
        raise Refusal(N_("Choose at least one priority."), field="priorities")
    check_standing(application.standing, application.representative_name)
    if not application.privacy_accepted:
        raise Refusal(N_("To send the request you must have read the privacy notice."), field="privacy_accepted")
