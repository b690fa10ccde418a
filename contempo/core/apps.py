"""The kernel as a Django application: outbox, attachments, search documents and the history of attachments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The shared kernel."""

    name = "contempo.core"
    label = "core"
    verbose_name = _("Shared kernel")

    def ready(self) -> None:
        import contempo.core.imports.jobs  # noqa: F401 - workers know a job once its module is read
