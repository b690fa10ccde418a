"""How much of a plan its partners pay themselves: promised and reached. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from contempo.core.money import Percentage
from contempo.programmes.rules.matrix import share
from contempo.programmes.rules.plan.tree import SourceKind

OWN = frozenset({SourceKind.OWN_RESOURCES, SourceKind.IN_KIND, SourceKind.COFINANCING})
"""Sources that are the partners' own: they are accepted as co-financing and never paid out."""


@dataclass(frozen=True)
class OfSource:
    """What one source gives, in cents: its `kind`, what was `allocated` of it, what was `accepted` of expenses."""

    kind: str
    allocated: int
    accepted: int = 0


@dataclass(frozen=True)
class Cofinancing:
    """The part of co-financing in all that is allocated, and in all that was accepted; None of nothing.

    Numerators and denominators are cents.
    """

    promised: Percentage | None
    reached: Percentage | None

    @property
    def kept(self) -> bool | None:
        """Whether what was reached is at least what was promised; None as long as one of them is of nothing."""
        if self.promised is None or self.reached is None:
            return None
        promised, reached = self.promised, self.reached
        return reached.numerator * promised.denominator >= promised.numerator * reached.denominator


def cofinancing(sources: Iterable[OfSource]) -> Cofinancing:
    """Co-financing of what `sources` give together."""
    sources = tuple(sources)
    own = [source for source in sources if source.kind in OWN]
    return Cofinancing(
        promised=share(sum(each.allocated for each in own), sum(each.allocated for each in sources)),
        reached=share(sum(each.accepted for each in own), sum(each.accepted for each in sources)),
    )
