"""Saving what is answered: a page at a time, each by itself, so that two tabs never undo each other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files import File

from contempo.core import clock, files
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.actions.answering.holding import Held, asks, hold_response, hold_way, insist
from contempo.questionnaires.models import AnswerFile, Response, Target
from contempo.questionnaires.models.documents import document_of
from contempo.questionnaires.rules.answers import CheckedPage, Known, Wrong, check_page
from contempo.questionnaires.rules.asking import asked
from contempo.questionnaires.rules.document import OTHER, Document, Page
from contempo.questionnaires.rules.doors import (
    HALF,
    Door,
    file_keys,
    left_out,
    may_change,
    may_keep_writing,
    may_take,
    share_answered,
    unseen,
)
from contempo.questionnaires.rules.states import InvitationState, ResponseState

FILES = "questionnaires.campaign"
"""Kind of owner of the files that are answers."""

MOST_UNITS = 500

_CLOSED = N_("This questionnaire has closed: what you write here is kept no more.")


@dataclass(frozen=True)
class Saved:
    """What came of saving a page: `wrongs` to tell beside their fields, `late` when it was kept although the campaign
    has closed, `kept` when anything was kept at all; `before` and `after` the places of the pages asked next to it.

    `appeared` are questions of the page that are asked now but were not in sight when it was sent, which happens where
    no script shows them at once: what they lack is not wrong, they are still to be asked.
    """

    wrongs: tuple[Wrong, ...] = ()
    late: bool = False
    kept: bool = True
    before: int | None = None
    after: int | None = None
    appeared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """What was typed on a page: `values` as `rules.answers.check_page` takes them, `uploads` by field, `wrongs` found
    on reading (a municipality of which there are several), `seen` the fields with a condition that were shown.
    """

    values: Mapping[str, Any]
    uploads: Mapping[str, "Sequence[File[bytes]]"] = field(default_factory=dict)
    wrongs: tuple[Wrong, ...] = ()
    seen: frozenset[str] = frozenset()


@action
def save_page(actor: Actor, *, door: Door, page: str, given: Given, language: str, required: bool = True) -> Saved:
    """Keep what was given on the page with this key; what other pages hold is not touched.

    Of a half-done response everything that is right is kept, also when something else is wrong: what was kept before
    stays where the new is wrong. `required` says whether what is due and empty is told. Sent answers, where they may be
    changed, change only by a page on which all is right. Five SQL without files. Refusal when there is no such
    response, or it is kept no more.
    """
    held = hold_way(actor, door, lock=False)
    response = hold_response(held)
    late = _check_time(held, response)
    document = asks(response)
    shown = next((one for one in document.pages if one.key == page), None)
    if shown is None:
        raise Refusal(N_("This page is not part of the questionnaire."))
    values, refused = _with_files(actor, response, given)
    sent = response.state != ResponseState.BEGUN
    checked = check_page(
        document,
        shown,
        values,
        response.answers,
        required=required or sent,
        language=language,
        known=_known(response, document, shown),
    )
    appeared = unseen(document, shown, checked.answers, given.seen)
    wrongs = _once((*given.wrongs, *refused, *(one for one in checked.wrongs if key_of(one.field) not in appeared)))
    if sent and (wrongs or appeared):
        return Saved(wrongs, kept=False, appeared=appeared)
    _keep(response, checked, wrongs)
    done = required and not wrongs and not appeared
    response.page = max(response.page, document.pages.index(shown) + done)
    response.save(update_fields=["answers", "unasked", "page", "saved_at"])
    _note_half(held, response, document)
    whole, number = asked(document, response.answers), document.pages.index(shown)
    before, after = whole.before(number), whole.after(number)
    return Saved(
        wrongs,
        late,
        before=before.number if before else None,
        after=after.number if after else None,
        appeared=appeared,
    )


def _check_time(held: Held, response: Response) -> bool:
    """Whether the campaign has closed while somebody was writing; Refusal when nothing is kept any more."""
    campaign, now = held.campaign, clock.now()
    takes = may_take(campaign.state, campaign.opens_at, campaign.closes_at, now)
    if response.state != ResponseState.BEGUN:
        insist(may_change(campaign.editable, takes))
        return False
    if takes:
        return False
    if not may_keep_writing(campaign.closes_at, campaign.closed_at, now):
        raise Refusal(_CLOSED)
    return True


def _with_files(actor: Actor, response: Response, given: Given) -> tuple[Mapping[str, Any], tuple[Wrong, ...]]:
    """What was given, with the numbers of the files taken in; those refused are told."""
    if not given.uploads or response.campaign.anonymous:
        return given.values, ()
    values = {key: _copy(value) for key, value in given.values.items()}
    wrongs: list[Wrong] = []
    for name, uploads in given.uploads.items():
        for upload in uploads:
            try:
                taken = _take_in(actor, response, name, upload)
            except Refusal as refusal:
                wrongs.append(Wrong(name, refusal.reason, dict(refusal.params)))
            else:
                _put(values, name, taken.pk)
    return values, tuple(wrongs)


def _copy(value: Any) -> Any:
    return [dict(one) if isinstance(one, Mapping) else one for one in value] if isinstance(value, list) else value


def _take_in(actor: Actor, response: Response, name: str, upload: "File[bytes]") -> AnswerFile:
    attachment = files.accept(
        upload,
        network_id=response.campaign.network_id,
        owner_kind=FILES,
        owner_id=response.campaign_id,
        purpose="answer",
        person_id=None,
        field=name,
    )
    return AnswerFile.objects.create(response=response, key=name[:60], file=attachment)


def _put(values: dict[str, Any], name: str, number: int) -> None:
    """Add a file to those of a field: `<key>`, or `<group>.<n>.<key>`."""
    group, _dot, rest = name.partition(".")
    if not rest:
        values[name] = [*(values.get(name) or []), str(number)]
        return
    place, _dot, key = rest.partition(".")
    times = values.get(group) or []
    if place.isdecimal() and int(place) < len(times):
        times[int(place)][key] = [*(times[int(place)].get(key) or []), str(number)]


def key_of(name: str) -> str:
    """The key of the question, or of the group that repeats, to which a field belongs."""
    return name.split(".")[0]


def _known(response: Response, document: Document, page: Page) -> Known:
    """The files of this response; places and organisations were looked up when they were read."""
    wanted = set(file_keys(Document(pages=(page,))))
    if not wanted:
        return Known()
    return Known(files=set(AnswerFile.objects.filter(response=response).values_list("pk", flat=True)))


def _once(wrongs: Sequence[Wrong]) -> tuple[Wrong, ...]:
    """The first thing wrong with each field."""
    return tuple({wrong.field: wrong for wrong in reversed(wrongs)}.values())[::-1]


def _keep(response: Response, checked: CheckedPage, wrongs: Collection[Wrong]) -> None:
    """Put what was right into the response, and leave what was there where it is wrong."""
    before, bad = response.answers, {key_of(wrong.field) for wrong in wrongs}
    answers = dict(checked.answers)
    for key in bad:
        for name in (key, key + OTHER):
            if name in before and name not in answers:
                answers[name] = before[name]
    if response.state == ResponseState.BEGUN:
        answers |= left_out(before, answers, checked.unasked)
    response.answers = answers
    response.unasked = sorted({*checked.unasked, *_never_asked(response)})
    if not response.campaign.anonymous:
        response.saved_at = clock.now()


def _never_asked(response: Response) -> tuple[str, ...]:
    """The files an anonymous campaign does not take are not asked: they are no missing answers."""
    return file_keys(document_of(response.version)) if response.campaign.anonymous else ()


def _note_half(held: Held, response: Response, document: Document) -> None:
    """Mark the invitation of a half-done response when half of what is asked is answered: a partial of AAPOR."""
    invitation = held.invitation
    if invitation is None or held.campaign.anonymous or invitation.partial:
        return
    if invitation.state == InvitationState.BEGUN and share_answered(asked(document, response.answers)) >= HALF:
        type(invitation).objects.filter(pk=invitation.pk).update(partial=True)


@action
def save_units(actor: Actor, *, door: Door, own: int | None, others: Collection[int]) -> None:
    """Keep for which units the respondent says to answer: `own` where the invitation names none, and `others`.

    They count once the answers are sent. Refusal for units that are not of the campaign, and in an anonymous one.
    """
    held = hold_way(actor, door, lock=False)
    response = hold_response(held)
    if held.campaign.anonymous:
        raise Refusal(N_("In an anonymous campaign an answer is tied to nobody: it speaks for no unit."))
    _check_time(held, response)
    known = held.invitation.target_id if held.invitation else None
    wanted = [one for one in dict.fromkeys((*([own] if own else ()), *others)) if one != known]
    if len(wanted) > MOST_UNITS:
        raise Refusal(N_("Choose at most %(most)s units."), field="others", most=MOST_UNITS)
    if Target.objects.filter(campaign=held.campaign, pk__in=wanted).count() != len(wanted):
        raise Refusal(N_("One of these units is not of this campaign: choose among those offered."), field="others")
    response.speaks_for = wanted
    response.save(update_fields=["speaks_for"])
