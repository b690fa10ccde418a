"""How long personal data of a campaign are kept, and what is left of a response afterwards. Pure.

A campaign tells until which day personal data are kept. From the next day on, once it is closed:

- of invitations their contacts go, of letters everything; how many were in which state stays;
- of units that are people or families their names and keys go; organisations stay;
- where units are people or families, or answers are not with name, which response was whose goes;
- of responses the answers to questions marked as personal go, and those to free texts where the unit is a person or a
  family; attached files go with the question they answer; whom a copy was sent to and the number of the paper form,
  too;
- the other answers stay, as counts: so figures do not change.

Basis: regulation (EU) 2016/679, article 5(1)(e) (storage limitation) and article 89(1) (statistics).
"""

from datetime import date

from contempo.questionnaires.rules.document import OTHER, Document, Kind
from contempo.questionnaires.rules.states import CampaignState, UnitKind

USUAL_YEARS = 5
"""For so many years after the closing a campaign proposes to keep personal data: long enough for the next surveys to be
compared with it."""


def usual_last_day(closing: date) -> date:
    """The day that is proposed for a campaign closing on a day; whoever keeps it may choose another."""
    year = closing.year + USUAL_YEARS
    return date(year, 2, 28) if (closing.month, closing.day) == (2, 29) else closing.replace(year=year)


def is_over(state: CampaignState, keep_until: date | None, today: date) -> bool:
    """Whether personal data of a campaign are to go: it is closed, and the last day on which they are kept is past."""
    return state == CampaignState.CLOSED and keep_until is not None and keep_until < today


def names_people(unit_kind: UnitKind) -> bool:
    """Whether the units of a campaign are people, not organisations."""
    return unit_kind != UnitKind.ORGANISATION


def keys_to_erase(document: Document, *, people: bool) -> tuple[str, ...]:
    """The keys of answers that go, with the texts beside their options; `people` tells that the units are people.

    A group that repeats goes whole where one of its questions does.
    """
    found: list[str] = []
    for placed in document.questions():
        question = placed.question
        goes = question.personal or (people and question.kind in (Kind.TEXT, Kind.FILE))
        repeats = placed.group is not None and placed.group.repeat
        key = placed.group.key if repeats and placed.group is not None else question.key
        if goes and key not in found:
            found += [key] if repeats else [key, f"{key}{OTHER}"]
        elif people and not repeats and any(option.other for option in question.options):
            found.append(f"{key}{OTHER}")
    return tuple(dict.fromkeys(found))
