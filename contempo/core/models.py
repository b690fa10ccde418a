"""The kernel's tables, gathered for Django."""

from contempo.core.files.models import Attachment
from contempo.core.imports.models import ImportMapping, ImportRow, ImportRun
from contempo.core.outbox.models import Mail, OutboxDelivery, OutboxEvent
from contempo.core.search.models import SearchDocument

__all__ = [
    "Attachment",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "Mail",
    "OutboxDelivery",
    "OutboxEvent",
    "SearchDocument",
]
