"""What was taken out of a draft last, kept in the session of who did it, to be put back."""

from dataclasses import asdict

from django.http import HttpRequest

from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.rules.editing import Removed
from contempo.questionnaires.rules.editing.parts import part_from_json

_KEY = "survey_removed"


def remember(request: HttpRequest, opened: OpenedForm, removed: Removed) -> None:
    """Keep what was taken out of the version being written."""
    request.session[_KEY] = {"draft": _draft(opened), **asdict(removed)}


def removed_last(request: HttpRequest, opened: OpenedForm) -> Removed | None:
    """What was taken out of the version being written last; None for nothing."""
    found = dict(request.session.get(_KEY, {}))
    if found.pop("draft", None) != _draft(opened) or not found:
        return None
    return Removed(**found)


def forget(request: HttpRequest) -> None:
    """There is nothing to be put back any more."""
    request.session.pop(_KEY, None)


def removed_part(removed: Removed | None) -> object:
    """The part that can be put back, None for nothing."""
    return part_from_json(removed.kind, removed.part) if removed else None


def _draft(opened: OpenedForm) -> int | None:
    return opened.draft.pk if opened.draft else None
