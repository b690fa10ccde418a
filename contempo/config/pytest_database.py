"""pytest plugin: one embedded PostgreSQL for the whole run, and settings that need no build beforehand."""

from pathlib import Path

import pytest

from contempo.config.database import ensure_url
from contempo.config.installation import Unusable, home
from contempo.config.messages import compile_all

try:
    # Before Django reads its settings. Workers of pytest-xdist inherit the address and join nothing themselves.
    ensure_url(home())
except Unusable as problem:
    pytest.exit(f"contempo: {problem}", returncode=1)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Static files as they lie in the sources, quick password hashes, translations as they are written now."""
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    connecting: dict[str, object] = settings.DATABASES["default"]["OPTIONS"]  # type: ignore[assignment]
    connecting["options"] = "-c synchronous_commit=off"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if not hasattr(config, "workerinput"):
        compile_all()
