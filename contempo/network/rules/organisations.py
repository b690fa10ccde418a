"""What an organisation is: kinds, size classes, priorities, and when two descriptions mean the same one."""

import re
from collections.abc import Sequence
from enum import StrEnum

from contempo.core.text import normalise
from contempo.core.verdict import Refusal
from contempo.core.words import N_


class OrganisationKind(StrEnum):
    """Kinds of organisation that take part in a territorial network."""

    PUBLIC_BODY = "public_body"
    HEALTH_AUTHORITY = "health_authority"
    MUNICIPALITY = "municipality"
    UNION_OF_MUNICIPALITIES = "union_of_municipalities"
    SCHOOL = "school"
    TRADE_UNION = "trade_union"
    EMPLOYERS_ASSOCIATION = "employers_association"
    CHAMBER_OF_COMMERCE = "chamber_of_commerce"
    COMPANY = "company"
    SOCIAL_COOPERATIVE = "social_cooperative"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    RELIGIOUS_BODY = "religious_body"


KIND_LABELS: dict[str, str] = {
    OrganisationKind.PUBLIC_BODY: N_("Public body"),
    OrganisationKind.HEALTH_AUTHORITY: N_("Health authority"),
    OrganisationKind.MUNICIPALITY: N_("Municipality"),
    OrganisationKind.UNION_OF_MUNICIPALITIES: N_("Union or district of municipalities"),
    OrganisationKind.SCHOOL: N_("School"),
    OrganisationKind.TRADE_UNION: N_("Trade union"),
    OrganisationKind.EMPLOYERS_ASSOCIATION: N_("Employers' association"),
    OrganisationKind.CHAMBER_OF_COMMERCE: N_("Chamber of commerce"),
    OrganisationKind.COMPANY: N_("Company"),
    OrganisationKind.SOCIAL_COOPERATIVE: N_("Social co-operative"),
    OrganisationKind.ASSOCIATION: N_("Association"),
    OrganisationKind.FOUNDATION: N_("Foundation"),
    OrganisationKind.RELIGIOUS_BODY: N_("Religious body"),
}

KIND_PLURALS: dict[str, str] = {
    OrganisationKind.PUBLIC_BODY: N_("Public bodies"),
    OrganisationKind.HEALTH_AUTHORITY: N_("Health authorities"),
    OrganisationKind.MUNICIPALITY: N_("Municipalities"),
    OrganisationKind.UNION_OF_MUNICIPALITIES: N_("Unions and districts of municipalities"),
    OrganisationKind.SCHOOL: N_("Schools"),
    OrganisationKind.TRADE_UNION: N_("Trade unions"),
    OrganisationKind.EMPLOYERS_ASSOCIATION: N_("Employers' associations"),
    OrganisationKind.CHAMBER_OF_COMMERCE: N_("Chambers of commerce"),
    OrganisationKind.COMPANY: N_("Companies"),
    OrganisationKind.SOCIAL_COOPERATIVE: N_("Social co-operatives"),
    OrganisationKind.ASSOCIATION: N_("Associations"),
    OrganisationKind.FOUNDATION: N_("Foundations"),
    OrganisationKind.RELIGIOUS_BODY: N_("Religious bodies"),
}
"""The kinds as they head a count."""

PUBLIC_KINDS = frozenset(
    {
        OrganisationKind.PUBLIC_BODY,
        OrganisationKind.HEALTH_AUTHORITY,
        OrganisationKind.MUNICIPALITY,
        OrganisationKind.UNION_OF_MUNICIPALITIES,
        OrganisationKind.SCHOOL,
        OrganisationKind.CHAMBER_OF_COMMERCE,
    }
)
"""Kinds listed in the Index of public administrations (IPA), which therefore may carry an IPA code."""


def check_identifiers(*, kind: str, tax_code: str, ipa_code: str) -> None:
    """Refuse identifiers that no organisation of this kind has; each alone was checked by `core.identifiers`."""
    if ipa_code and kind not in PUBLIC_KINDS:
        raise Refusal(N_("Only public bodies have an IPA code: leave it empty or change the kind."), field="ipa_code")
    if len(tax_code) == 16 and kind != OrganisationKind.COMPANY:
        raise Refusal(
            N_("A fiscal code of 16 characters belongs to a person: only a one-person company may use it."),
            field="tax_code",
        )


class SizeClass(StrEnum):
    """Size by headcount."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


SIZE_LABELS: dict[str, str] = {
    SizeClass.MICRO: N_("Micro (fewer than 10 people)"),
    SizeClass.SMALL: N_("Small (10 to 49 people)"),
    SizeClass.MEDIUM: N_("Medium (50 to 250 people)"),
    SizeClass.LARGE: N_("Large (more than 250 people)"),
}


SIZE_BOUNDS: dict[str, tuple[int, int | None]] = {
    SizeClass.MICRO: (0, 10),
    SizeClass.SMALL: (10, 50),
    SizeClass.MEDIUM: (50, 251),
    SizeClass.LARGE: (251, None),
}
"""Headcounts of each size class, half-open; None stands for no upper bound."""


def size_class(headcount: int | None) -> SizeClass | None:
    """Size class of `headcount` persons; None when the headcount is not known, which is not the same as zero."""
    if headcount is None:
        return None
    return next(
        SizeClass(size)
        for size, (least, beyond) in SIZE_BOUNDS.items()
        if least <= headcount and (beyond is None or headcount < beyond)
    )


class Priority(StrEnum):
    """The three priorities of the profile form (territorial plan of Milan 2014-2016, "Mappatura dei servizi")."""

    CARE_SERVICES = "public_private_care"
    FLEXIBILITY = "organisational_flexibility"
    COMPANY_NETWORKS = "company_welfare_networks"


PRIORITY_LABELS: dict[str, str] = {
    Priority.CARE_SERVICES: N_("Care services, public and private together"),
    Priority.FLEXIBILITY: N_("Flexible organisation of work"),
    Priority.COMPANY_NETWORKS: N_("Company networks for welfare services"),
}


class Experience(StrEnum):
    """Kinds of experience in work-life balance an organisation may bring."""

    CARE_SERVICES = "care_services"
    FLEXIBLE_HOURS = "flexible_hours"
    AGILE_WORK = "agile_work"
    COMPANY_WELFARE = "company_welfare"
    LEAVE_PLANS = "leave_plans"
    BARGAINING = "second_level_bargaining"
    TRAINING = "training"
    RESEARCH = "research"
    OTHER = "other"


EXPERIENCE_LABELS: dict[str, str] = {
    Experience.CARE_SERVICES: N_("Services for children, families or older people"),
    Experience.FLEXIBLE_HOURS: N_("Flexible hours and shifts"),
    Experience.AGILE_WORK: N_("Agile (remote) work"),
    Experience.COMPANY_WELFARE: N_("Company welfare"),
    Experience.LEAVE_PLANS: N_("Leave and return-to-work plans"),
    Experience.BARGAINING: N_("Second-level bargaining"),
    Experience.TRAINING: N_("Training and information"),
    Experience.RESEARCH: N_("Research and mapping of needs"),
    Experience.OTHER: N_("Other"),
}


class Publishable(StrEnum):
    """Parts of its record an organisation may choose to show on its public page; name, kind and municipality always."""

    DESCRIPTION = "description"
    EXPERIENCE = "experience"
    AIMS = "aims"
    HEADCOUNT = "headcount"
    WEBSITE = "website"
    EMAIL = "email"
    PHONE = "phone"
    SEATS = "seats"


PUBLISHABLE_LABELS: dict[str, str] = {
    Publishable.DESCRIPTION: N_("What it does"),
    Publishable.EXPERIENCE: N_("Experience in work-life balance"),
    Publishable.AIMS: N_("Why it joined the network"),
    Publishable.HEADCOUNT: N_("Size"),
    Publishable.WEBSITE: N_("Website"),
    Publishable.EMAIL: N_("E-mail of the organisation"),
    Publishable.PHONE: N_("Telephone of the organisation"),
    Publishable.SEATS: N_("Addresses of its seats"),
}

DEFAULT_PUBLISHED = (Publishable.DESCRIPTION, Publishable.EXPERIENCE, Publishable.WEBSITE)

RESERVED_SLUGS = frozenset({"mappa"})
"""Addresses beside the pages of the organisations that no organisation may have."""

_LEGAL_WORDS = frozenset(
    "srl spa sas snc scarl scs coop cooperativa soc societa sociale sociali onlus ets aps odv ass associazione "
    "fondazione consorzio di dei del della delle degli la il lo le gli e arl a r l s c p".split()
)


_WORD = re.compile(r"[^\W_]+")


def search_name(name: str) -> str:
    """The words of a name, normalised, one space between them: what names are put in order and found by."""
    return " ".join(_WORD.findall(normalise(name)))


def core_name(name: str) -> str:
    """The distinguishing words of a name: normalised, without legal forms and articles, in alphabetical order.

    "Coop. Soc. Eureka" and "Cooperativa Sociale Eureka" give the same core name. Falls back to the whole normalised
    name when nothing distinguishing is left.
    """
    return core_of(search_name(name).split())


def core_of(words: Sequence[str]) -> str:
    """The core name made of normalised `words`."""
    return " ".join(sorted(set(words) - _LEGAL_WORDS)) or " ".join(words)
