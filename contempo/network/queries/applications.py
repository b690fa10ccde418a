"""An application as people read it: the four sections of the wizard with every answer in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.translation import gettext as _

from contempo.core.words import N_
from contempo.network.rules.accession import STEP_LABELS, Standing, Step
from contempo.network.rules.application import Application
from contempo.network.rules.organisations import (
    EXPERIENCE_LABELS,
    KIND_LABELS,
    PRIORITY_LABELS,
    PUBLIC_KINDS,
    PUBLISHABLE_LABELS,
)

# The labels of the form speak in the first person; whoever reads the request is somebody else.
_SENDERS: dict[str, str] = {
    Standing.REPRESENTATIVE: N_("Its legal representative"),
    Standing.DELEGATE: N_("Someone its legal representative has asked"),
}


@dataclass(frozen=True)
class Section:
    """The answers of one step: pairs of label and value, the value empty where nothing was given."""

    step: Step
    title: str
    rows: tuple[tuple[str, str], ...]


def sections_of(application: Application, place: str, *, with_people: bool = True) -> tuple[Section, ...]:
    """The application section by section, in the active language; `place` is the name of its municipality.

    Without `with_people` the section of people and consent, which holds personal data, is left out. No SQL.
    """
    rows: dict[Step, Iterable[tuple[str, str]]] = {
        Step.ORGANISATION: _organisation(application, place),
        Step.TERRITORY: _territory(application),
        Step.AIMS: _aims(application),
    }
    if with_people:
        rows[Step.PEOPLE] = _people(application)
    return tuple(Section(step, _(STEP_LABELS[step]), tuple(pairs)) for step, pairs in rows.items())


def in_words(codes: Iterable[str], labels: Mapping[str, str]) -> str:
    """The labels of `codes`, one a line."""
    return "\n".join(_(labels[code]) for code in codes if code in labels)


def _organisation(it: Application, place: str) -> Iterable[tuple[str, str]]:
    yield _("Name"), it.name
    yield _("Kind"), in_words([it.kind], KIND_LABELS)
    yield _("Legal form"), it.legal_form
    yield _("Tax code"), it.tax_code
    yield _("VAT number"), it.vat_number
    if it.ipa_code or it.kind in PUBLIC_KINDS:
        yield _("IPA code"), it.ipa_code
    yield _("ATECO code"), it.ateco_code
    yield _("Municipality"), place
    yield _("Address"), " ".join(filter(None, [it.address, it.postcode]))
    yield _("People who work there"), "" if it.headcount is None else str(localize(it.headcount))
    yield _("Website"), it.website
    yield _("Certified e-mail (PEC)"), it.pec
    yield _("E-mail"), it.email
    yield _("Telephone"), it.phone


def _territory(it: Application) -> Iterable[tuple[str, str]]:
    yield _("Territory in which it works"), it.territory
    yield _("Kinds of experience"), in_words(it.experience_kinds, EXPERIENCE_LABELS)
    yield _("Experience in work-life balance"), it.experience


def _aims(it: Application) -> Iterable[tuple[str, str]]:
    yield _("What it does"), it.description
    yield _("Aims of joining the network"), it.aims
    yield _("Priorities"), in_words(it.priorities, PRIORITY_LABELS)


def _people(it: Application) -> Iterable[tuple[str, str]]:
    yield _("Who sends the request"), in_words([it.standing], _SENDERS)
    yield _("Legal representative"), it.representative_name
    yield _("Contact"), it.contact_name
    yield _("Position"), it.contact_position
    yield _("E-mail of the contact"), it.contact_email
    yield _("Telephone of the contact"), it.contact_phone
    yield _("Shown to the public"), in_words(it.published, PUBLISHABLE_LABELS)
    yield _("Privacy notice read"), _("yes") if it.privacy_accepted else _("no")
