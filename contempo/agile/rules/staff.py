"""Structure and staff of an employer: kinds of units, contracts, age classes."""

from enum import StrEnum

from contempo.core.words import N_


class UnitKind(StrEnum):
    """Levels of the structure, from the widest; a unit stands below one of a wider kind."""

    DIRECTORATE = "directorate"
    AREA = "area"
    OFFICE = "office"


UNIT_KIND_LABELS: dict[str, str] = {
    UnitKind.DIRECTORATE: N_("Directorate"),
    UnitKind.AREA: N_("Area of a directorate"),
    UnitKind.OFFICE: N_("Office"),
}


class Contract(StrEnum):
    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    TRAINING = "training"
    AGENCY = "agency"


CONTRACT_LABELS: dict[str, str] = {
    Contract.PERMANENT: N_("Permanent"),
    Contract.FIXED_TERM: N_("Fixed-term"),
    Contract.TRAINING: N_("Apprenticeship or training"),
    Contract.AGENCY: N_("Through an agency"),
}


class Sex(StrEnum):
    FEMALE = "f"
    MALE = "m"
    UNSAID = "x"


SEX_LABELS: dict[str, str] = {Sex.FEMALE: N_("Women"), Sex.MALE: N_("Men"), Sex.UNSAID: N_("Not said")}

AGE_CLASSES: dict[str, tuple[int, int]] = {
    "under-30": (0, 29),
    "30-39": (30, 39),
    "40-49": (40, 49),
    "50-59": (50, 59),
    "60-up": (60, 200),
}
"""First and last age, in years, of each class."""


def age_class(birth_year: int, year: int) -> str:
    """The class of the age reached within `year` by who was born in `birth_year`."""
    age = year - birth_year
    return next(name for name, (first, last) in AGE_CLASSES.items() if first <= age <= last)


FULL_WEEK = (0, 1, 2, 3, 4)
"""Weekdays worked unless the pattern says otherwise: Monday is 0."""
