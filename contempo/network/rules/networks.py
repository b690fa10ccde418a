"""What a network may be called in addresses."""

from contempo.core.text import slugify
from contempo.core.verdict import Refusal
from contempo.core.words import N_

RESERVED = frozenset(
    {
        "accesso",
        "accessibilita",
        "api",
        "invito",
        "lingua",
        "note-legali",
        "notifiche",
        "posta-demo",
        "privacy",
        "profilo",
        "static",
        "status",
    }
)
"""First parts of addresses that belong to the whole installation; a test compares them with the root addresses."""


def network_slug(wanted: str) -> str:
    """The address of a new network, canonical; Refusal when it is empty, not plain or taken by the installation."""
    slug = wanted.strip().lower()
    if not slug or slug != slugify(slug) or len(slug) > 40:
        raise Refusal(
            N_("The address may hold small letters, digits and hyphens, at most 40 characters."), field="slug"
        )
    if slug in RESERVED:
        raise Refusal(
            N_("The address “%(slug)s” is used by the installation: choose another."), field="slug", slug=slug
        )
    return slug
