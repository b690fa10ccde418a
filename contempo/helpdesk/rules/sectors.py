"""Sectors of work: the sections of ATECO 2025, the Italian classification of economic activities."""

from contempo.core.words import N_

SECTOR_LABELS: dict[str, str] = {
    "A": N_("Agriculture, forestry and fishing"),
    "B": N_("Mining and quarrying"),
    "C": N_("Manufacturing"),
    "D": N_("Electricity and gas"),
    "E": N_("Water and waste"),
    "F": N_("Construction"),
    "G": N_("Trade"),
    "H": N_("Transport and storage"),
    "I": N_("Hotels, restaurants and bars"),
    "J": N_("Publishing and broadcasting"),
    "K": N_("Telecommunications and computing"),
    "L": N_("Banking and insurance"),
    "M": N_("Real estate"),
    "N": N_("Professional and scientific activities"),
    "O": N_("Rental, cleaning and support services"),
    "P": N_("Public administration"),
    "Q": N_("Schools and training"),
    "R": N_("Health and social care"),
    "S": N_("Arts, sport and leisure"),
    "T": N_("Associations and other services"),
    "U": N_("Work in families"),
    "V": N_("International organisations"),
}
"""Label by letter of the section (ISTAT, ATECO 2025)."""
