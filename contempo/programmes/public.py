"""What other contexts may use of programmes."""

from contempo.programmes.models.counted import as_records, measure, records
from contempo.programmes.rules.plan.measures import Dimension, Unit
from contempo.programmes.rules.sources import (
    IndicatorSource,
    Measured,
    Record,
    Scope,
    register_indicator_source,
    source_called,
)

__all__ = [
    "Dimension",
    "IndicatorSource",
    "Measured",
    "Record",
    "Scope",
    "Unit",
    "as_records",
    "measure",
    "records",
    "register_indicator_source",
    "source_called",
]
