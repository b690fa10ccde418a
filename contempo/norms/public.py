"""What other contexts may use of the norms."""

from contempo.norms.actions import load_starter_norms
from contempo.norms.queries.briefs import (
    NormBrief,
    contract_choices,
    find_norms,
    norm_choices,
    norm_ids,
    norms_by_id,
)
from contempo.norms.rules.norms import NormKind, Standing
from contempo.norms.rules.ports import Citation, register_citations

__all__ = [
    "Citation",
    "NormBrief",
    "NormKind",
    "Standing",
    "contract_choices",
    "find_norms",
    "load_starter_norms",
    "norm_choices",
    "norm_ids",
    "norms_by_id",
    "register_citations",
]
