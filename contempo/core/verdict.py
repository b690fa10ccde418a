"""Answers to "may this be done?", with the reason a person can read."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Verdict:
    """Whether something is allowed, and if not, why: a message id with its parameters."""

    allowed: bool
    reason: str = ""
    params: dict[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def because(reason: str, **params: object) -> Verdict:
    """A refusal for `reason` (a message id marked with `N_`)."""
    return Verdict(False, reason, params)


class Refusal(Exception):
    """What was asked cannot be done: shown to the person, beside `field` when there is one. Changes nothing."""

    def __init__(self, reason: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(reason % params if params else reason)
        self.reason = reason
        self.field = field
        self.params = params


class NotPermitted(Refusal):
    """The actor may see the thing but not do this with it: answered with 403 and the reason."""


def require(verdict: Verdict) -> None:
    """Raise `NotPermitted` with the verdict's reason unless it allows."""
    if not verdict:
        raise NotPermitted(verdict.reason, field=None, **verdict.params)
