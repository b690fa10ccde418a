"""The platform as granian serves it while a bench runs: static files as they lie in the sources, nothing built."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contempo.config.settings")


def _application() -> Any:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    return get_wsgi_application()


application = _application()
