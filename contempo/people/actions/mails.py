"""How the mails of people are worded and laid out: the same text with and without HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

_STOP_SALT = "people.notifications.stop"


@dataclass(frozen=True)
class Button:
    """The one thing to do after reading a mail."""

    label: str
    url: str


@dataclass(frozen=True)
class Line:
    """One entry of a summary: what happened, a sentence about it, where to read on."""

    title: str
    text: str
    url: str


def absolute(path: str) -> str:
    """The full address of a path of this site, for reading outside it."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def letter(
    *,
    greeting: str,
    paragraphs: Sequence[str],
    button: Button | None = None,
    lines: Sequence[Line] = (),
    footer: Sequence[str] = (),
    links: Sequence[Button] = (),
    markdown: str = "",
) -> tuple[str, str]:
    """The plain and the HTML body of a mail, in the active language: greeting, paragraphs, lines, button, footer.

    `markdown`, written by a person, stands after the paragraphs: as it is in the plain body, laid out in the other.
    """
    context = {
        "greeting": greeting,
        "paragraphs": paragraphs,
        "button": button,
        "lines": lines,
        "footer": footer,
        "links": links,
        "markdown": markdown,
    }
    return (
        render_to_string("people/mail/letter.txt", context).strip() + "\n",
        render_to_string("people/mail/letter.html", context),
    )


def stop_path(person_id: int, kind: str) -> str:
    """Where one click ends the mails of `kind` to a person: a signed address that needs no sign-in."""
    return reverse("people:stop", args=[signing.dumps([person_id, kind], salt=_STOP_SALT)])


def read_stop_token(token: str) -> tuple[int, str]:
    """The person and the kind a stop address speaks of; `signing.BadSignature` when it was not made here."""
    person_id, kind = signing.loads(token, salt=_STOP_SALT)
    return person_id, kind


def stop_headers(url: str) -> dict[str, str]:
    """The headers by which a mail program offers "unsubscribe" with one click (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
