"""One disagreement planted into a sound plan, for each rule: what is changed, and the path where it must be found."""

from contempo.programmes.tests.audit.planters import days, figures, indicators, money, partners, twice
from contempo.programmes.tests.audit.planters.planting import PLANTERS

__all__ = ["PLANTERS", "days", "figures", "indicators", "money", "partners", "twice"]
