"""What a browser may open without signing in: drafts written in it, and questions whose mailed link it followed."""

from uuid import UUID

from django.http import HttpRequest

ASKING, FOLLOWING = "asking", "following"
_MOST = 20


def keys_of(request: HttpRequest, what: str) -> list[str]:
    """The keys this browser holds of drafts (`ASKING`) or of questions followed (`FOLLOWING`), the newest last."""
    return list(request.session.get(what, ()))


def holds(request: HttpRequest, what: str, key: UUID) -> bool:
    """Whether this browser holds the key."""
    return str(key) in keys_of(request, what)


def remember(request: HttpRequest, what: str, key: UUID) -> None:
    """Let this browser open it again; the oldest of too many is forgotten."""
    kept = [each for each in keys_of(request, what) if each != str(key)]
    request.session[what] = [*kept, str(key)][-_MOST:]


def forget(request: HttpRequest, what: str, key: UUID) -> None:
    """This browser opens it no longer."""
    request.session[what] = [each for each in keys_of(request, what) if each != str(key)]
