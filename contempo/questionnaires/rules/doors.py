"""The ways in to a questionnaire: what an address holds, whether answers are taken, how far one has come. Pure."""

import hashlib
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.questionnaires.rules.asking import Asked, asked
from contempo.questionnaires.rules.document import OTHER, Condition, Document, Group, Kind, Page, Question
from contempo.questionnaires.rules.states import CampaignState, Channel, InvitationState, Mode

SECRET_LENGTH = 32
"""Letters and digits of the secret that opens a half-done response again: 160 bits in base32."""

SAVED_AFTER_CLOSING = timedelta(days=1)
"""For so long what somebody is still writing is kept, although it can be sent no more."""

HALF = 0.5
"""The share of what was asked from which a half-done response counts as partial: AAPOR, Standard Definitions, section
on partial interviews, leaves 50 % to 80 % to the survey, which must say what it takes."""

_SECONDS = {Kind.NOTE: 8, Kind.TEXT: 40, Kind.FILE: 60, Kind.MATRIX: 12, Kind.RANKING: 25}
_USUAL_SECONDS = 15


@dataclass(frozen=True)
class Door:
    """What an address of answering holds: the code of an invitation or the key of a public link, and the secret of a
    response begun by it, where there is one.
    """

    code: str = ""
    key: str = ""
    secret: str = ""

    @property
    def path(self) -> str:
        """The part of the address that holds it."""
        way = f"p/{self.key}" if self.key else self.code
        return f"{way}/{self.secret}" if self.secret else way

    @property
    def outside(self) -> "Door":
        """The way in alone, without the secret."""
        return Door(self.code, self.key)


def read_door(path: str) -> Door:
    """The door of a part of an address made by `Door.path`."""
    parts = path.split("/")
    code, key = ("", parts[1]) if parts[0] == "p" else (parts[0], "")
    rest = parts[2:] if key else parts[1:]
    return Door(code, key, rest[0] if rest else "")


def digest(secret: str) -> bytes:
    """What is kept of a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).digest()


def needs_secret(mode: str, *, invited: bool, handed_on: bool = False) -> bool:
    """Whether a response is found again by a secret of its own: one by a public link, every anonymous one, and one by a
    link that was `handed_on`, for whoever handed it on may have kept it.
    """
    return not invited or handed_on or mode == Mode.ANONYMOUS


def is_handed_on(channel: str, delegate_id: int | None) -> bool:
    """Whether somebody else than who answers had the link of an invitation: a delegate, a municipality, who keeps the
    campaign and prints their letters. The link of a letter by e-mail was written to one address and shown to nobody.
    """
    return delegate_id is not None or channel in (Channel.DELEGATE, Channel.MUNICIPALITY)


def may_take(state: str, opens_at: datetime, closes_at: datetime, now: datetime) -> Verdict:
    """May a campaign take answers now?"""
    if state == CampaignState.DRAFT or now < opens_at:
        return because(N_("This questionnaire is not open yet."))
    if state == CampaignState.CLOSED or now >= closes_at:
        return because(N_("This questionnaire has closed: it takes answers no more."))
    return ALLOWED


def may_keep_writing(closes_at: datetime, closed_at: datetime | None, now: datetime) -> bool:
    """Whether what is being written is still kept, although the campaign has closed."""
    return now < min(closes_at, closed_at or closes_at) + SAVED_AFTER_CLOSING


def may_begin(state: str) -> Verdict:
    """May who holds an invitation in this state begin to answer, or go on?"""
    if state == InvitationState.REPLACED:
        return because(N_("This questionnaire was passed to another person: this link holds no more."))
    if state == InvitationState.COMPLETED:
        return because(N_("The answers of this invitation have been sent."))
    return ALLOWED


def may_change(editable: bool, takes: Verdict) -> Verdict:
    """May answers that were sent be changed?"""
    if not takes:
        return takes
    if not editable:
        return because(N_("In this questionnaire answers cannot be changed once they are sent."))
    return ALLOWED


def minutes(document: Document) -> int:
    """How many minutes answering takes, about: by kind and number of questions, at least two."""
    seconds = sum(_seconds(placed.question) for placed in document.questions())
    return max(2, math.ceil(seconds / 60))


def _seconds(question: Question) -> int:
    if question.kind == Kind.TEXT and not question.long:
        return _USUAL_SECONDS
    return _SECONDS.get(question.kind, _USUAL_SECONDS) * max(1, len(question.rows))


def share_answered(asked: Asked) -> float:
    """The share of the questions asked that have an answer, from 0 to 1; groups that repeat count as one question."""
    keys: list[str] = []
    for page in asked.pages:
        for item in page.items:
            if isinstance(item, Question):
                keys += [item.key] if item.kind != Kind.NOTE else []
            elif item.group.repeat:
                keys.append(item.group.key)
            else:
                keys += [one.key for one in item.questions if one.kind != Kind.NOTE]
    return sum(key in asked.answers for key in keys) / len(keys) if keys else 0.0


def answered_here(document: Document, mode: str) -> Document:
    """What a campaign of this mode asks of a questionnaire: an anonymous one takes no files, which tell who made them,
    when and with what.
    """
    if mode != Mode.ANONYMOUS or not file_keys(document):
        return document
    pages = (replace(page, items=tuple(_without_files(page))) for page in document.pages)
    return replace(document, pages=tuple(pages))


def file_keys(document: Document) -> tuple[str, ...]:
    """The keys of the questions that take files."""
    return tuple(placed.question.key for placed in document.questions() if placed.question.kind == Kind.FILE)


def _without_files(page: Page) -> Iterator[Group | Question]:
    for item in page.items:
        if isinstance(item, Question):
            if item.kind != Kind.FILE:
                yield item
        elif kept := tuple(one for one in item.questions if one.kind != Kind.FILE):
            yield replace(item, questions=kept)


def left_out(old: Mapping[str, Any], checked: Mapping[str, Any], unasked: Collection[str]) -> dict[str, Any]:
    """Answers given before to what is not asked now: kept while a response is half done, so that who changes an answer
    and changes it back has lost nothing. They count for nothing, and go when the answers are sent.
    """
    return {key: value for key, value in old.items() if key not in checked and key.removesuffix(OTHER) in unasked}


def unseen(document: Document, page: Page, answers: Mapping[str, Any], seen: Collection[str]) -> tuple[str, ...]:
    """The questions of a page, not in groups that repeat, asked because of an answer on the same page, which were not
    in sight when it was sent: `seen` are those that were.
    """
    shown = asked(document, answers).page(page.key)
    now = {question.key for question in shown.questions()} if shown else set()
    plain = [item for item in page.items if not (isinstance(item, Group) and item.repeat)]
    here = {one.key for item in plain for one in (item.questions if isinstance(item, Group) else (item,))}
    found: list[str] = []
    for item in plain:
        group = item if isinstance(item, Group) else None
        for question in item.questions if isinstance(item, Group) else (item,):
            if question.kind == Kind.NOTE or question.key not in now:
                continue
            own = _speaks_of(question.when, here)
            if own or (group and _speaks_of(group.when, here)):
                mark = question.key if own or not group else group.key
                found += [] if mark in seen else [question.key]
    return tuple(found)


def _speaks_of(condition: Condition | None, keys: Collection[str]) -> bool:
    return condition is not None and any(test.question in keys for test in condition.tests)
