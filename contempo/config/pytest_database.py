"""pytest plugin: one embedded PostgreSQL for the whole run, started before Django reads its settings."""

from contempo.config.cli import home
from contempo.config.database import ensure_url

ensure_url(home())
