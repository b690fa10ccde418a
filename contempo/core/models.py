"""The kernel's tables, gathered for Django."""

from contempo.core.files.models import Attachment
from contempo.core.outbox.models import Mail, OutboxDelivery, OutboxEvent
from contempo.core.search.models import SearchDocument

__all__ = ["Attachment", "Mail", "OutboxDelivery", "OutboxEvent", "SearchDocument"]
