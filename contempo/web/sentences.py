"""Message ids of the pure rooms, in the reader's words."""

from django.utils.translation import gettext

from contempo.core.verdict import Refusal, Verdict


def sentence(said: Refusal | Verdict) -> str:
    """The reason of a refusal or verdict in the reader's language; empty when there is none."""
    if not said.reason:
        return ""
    text = gettext(said.reason)
    return text % said.params if said.params else text
