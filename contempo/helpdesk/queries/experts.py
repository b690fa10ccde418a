"""The experts of a desk: the list with their load, and what is known of one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.calendar import windows_of
from contempo.core.choices import choices
from contempo.core.text import normalise
from contempo.core.verdict import require
from contempo.helpdesk.access import conflicts_in, may_coordinate, may_keep_expert, visible_questions
from contempo.helpdesk.models import DeskPolicy, Expert, Question
from contempo.helpdesk.rules.clock import Policy
from contempo.helpdesk.rules.questions import UNANSWERED
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import place_labels
from contempo.people.public import Actor, NetworkRole, PersonBrief, persons_with
from contempo.web.lists import Column, ListPage
from contempo.web.lists.page import SORT

_SORT = "name"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class ExpertRow:
    """An expert in the list. `away_until` when away today; `answers_on` are the topics chosen, none for all."""

    person_id: int
    name: str
    topics: tuple[str, ...]
    municipalities: tuple[str, ...]
    languages: tuple[str, ...]
    load: int
    capacity: int
    senior: str
    signs: str
    away_until: date | None
    answers_on: frozenset[str]
    url: str


COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("load", _("Questions under way"), sort="load", numeric=True),
    Column("capacity", _("Questions at once"), sort="capacity", numeric=True),
    Column("topics", _("Topics")),
    Column("municipalities", _("Municipalities")),
    Column("languages", _("Languages")),
    Column("away_until", _("Away, back on"), sort="away_until"),
    Column("senior", _("Senior"), sort="senior"),
    Column("signs", _("Signs with the name"), only_export=True),
)


class ExpertFilter(forms.Form):
    """Experts by a piece of the name, by what they answer on and in which language."""

    cerca = forms.CharField(label=_("Name"), required=False)
    argomento = forms.ChoiceField(label=_("Topic"), choices=[("", _("All")), *choices(TOPIC_LABELS)], required=False)
    lingua = forms.ChoiceField(label=_("Language"), choices=[("", _("All")), *settings.LANGUAGES], required=False)


@dataclass(frozen=True)
class AbsenceRow:
    """Days away, and where to take them back."""

    id: int
    since: date
    until: date


@dataclass(frozen=True)
class ExpertCard:
    """What is known of one expert: `typed` as the form begins with it."""

    person_id: int
    name: str
    load: int
    absences: tuple[AbsenceRow, ...]
    signs: bool
    typed: dict[str, Any]


def expert_list(actor: Actor, *, network: str, params: QueryDict, today: date) -> ListPage:
    """The experts of the actor's network with their load; `network` is the slug. Six SQL. Raises NotPermitted.

    They are few: filters and order work on what was read, so that they hold also for the load, which is counted.
    """
    form = ExpertFilter(params)
    rows, sort = _chosen(expert_rows(actor, network=network, today=today), form, params)
    return ListPage(
        rows=tuple(rows),
        total=len(rows),
        page=1,
        pages=1,
        per_page=max(len(rows), 1),
        sort=sort,
        columns=COLUMNS,
        params=params,
        filter_form=form,
    )


def every_expert(actor: Actor, *, network: str, params: QueryDict, today: date) -> list[ExpertRow]:
    """The same rows, for a file."""
    return _chosen(expert_rows(actor, network=network, today=today), ExpertFilter(params), params)[0]


def _chosen(rows: Iterable[ExpertRow], form: ExpertFilter, params: QueryDict) -> tuple[list[ExpertRow], str]:
    asked = form.cleaned_data if form.is_valid() else {}
    name, topic, language = (asked.get(key, "") for key in ("cerca", "argomento", "lingua"))
    spoken = {str(dict(settings.LANGUAGES)[language])} if language else set()
    kept = [
        row
        for row in rows
        if normalise(name) in normalise(row.name)
        and (not topic or not row.answers_on or topic in row.answers_on)
        and (not spoken or spoken & set(row.languages))
    ]
    asked_sort = params.get(SORT, "")
    sort = asked_sort if asked_sort.removeprefix("-") in {one.key for one in COLUMNS if one.sort} else _SORT
    key = sort.removeprefix("-")
    kept.sort(key=lambda row: normalise(row.name))
    filled = [row for row in kept if getattr(row, key) not in (None, "")]
    filled.sort(
        key=lambda row: normalise(row.name) if key == "name" else getattr(row, key), reverse=sort.startswith("-")
    )
    return [*filled, *(row for row in kept if row not in filled)], sort


def expert_rows(actor: Actor, *, network: str, today: date) -> list[ExpertRow]:
    """Every expert of the actor's network, by name. Six SQL. Raises NotPermitted for who does not coordinate."""
    require(may_coordinate(actor))
    people = persons_with(actor.network_id or 0, NetworkRole.EXPERT)
    rows = _rows(actor.network_id, people)
    loads = loads_by_person(actor.network_id, rows)
    places = place_labels({code for row in rows.values() for code in row.municipalities})
    return [_row(person, rows[person.id], loads, places, network, today) for person in people]


def _rows(network_id: int | None, people: Sequence[PersonBrief]) -> dict[int, Expert]:
    found = Expert.objects.filter(network_id=network_id, person_id__in=[person.id for person in people])
    kept = {row.person_id: row for row in found.prefetch_related("absences")}
    return {person.id: kept.get(person.id) or Expert(network_id=network_id, person_id=person.id) for person in people}


def _row(
    person: PersonBrief,
    row: Expert,
    loads: dict[int, int],
    places: dict[str, str],
    network: str,
    today: date,
) -> ExpertRow:
    languages = dict(settings.LANGUAGES)
    away = [one.until for one in row.absences.all() if one.since <= today < one.until] if row.pk else []
    return ExpertRow(
        person_id=person.id,
        name=person.name,
        topics=tuple(gettext(label) for topic, label in TOPIC_LABELS.items() if topic in row.topics)
        or (gettext("All topics"),),
        municipalities=tuple(places.get(code, code) for code in row.municipalities) or (gettext("Whole territory"),),
        languages=tuple(str(languages[code]) for code in row.languages if code in languages),
        load=loads.get(person.id, 0),
        capacity=row.capacity,
        senior=gettext("Yes") if row.senior else "",
        signs=gettext("Yes") if row.shows_name else gettext("No"),
        away_until=max(away, default=None),
        answers_on=frozenset(row.topics),
        url=reverse("helpdesk:expert", kwargs={"network": network, "person_id": person.id}),
    )


@dataclass(frozen=True)
class Assignable:
    """The experts a question may be given to, as (id, name), and how many a conflict of interest leaves out."""

    experts: tuple[tuple[int, str], ...]
    kept_away: int


def assignable(actor: Actor, question_id: int) -> Assignable:
    """To whom of the actor's network a coordinator may give a question. Five SQL. Raises NotPermitted."""
    require(may_coordinate(actor))
    question = visible_questions(actor, Question.objects.only("network_id", "asker_id", "capacity")).get(pk=question_id)
    people = persons_with(question.network_id, NetworkRole.EXPERT)
    conflicts = conflicts_in(question, [person.id for person in people])
    free = tuple((person.id, person.name or person.email) for person in people if conflicts[person.id] is None)
    return Assignable(free, len(people) - len(free))


def loads_by_person(network_id: int | None, people: Iterable[int]) -> dict[int, int]:
    """How many questions under way each person holds, or is proposed while nobody holds them. Two SQL by index."""
    wanted = list(people)
    running = Question.objects.filter(network_id=network_id, state__in=UNANSWERED).order_by()
    load: dict[int, int] = {}
    for who, questions in (
        ("holder_id", running.filter(holder_id__in=wanted)),
        ("proposed_to_id", running.filter(holder=None, proposed_to_id__in=wanted)),
    ):
        for person_id, count in questions.values_list(who).annotate(Count("pk")):
            load[person_id] = load.get(person_id, 0) + count
    return load


def expert_card(actor: Actor, *, person_id: int | None, today: date, coordinating: bool = False) -> ExpertCard | None:
    """What is known of an expert of the actor's network; None for who is none. Six SQL.

    Raises NotPermitted for who is neither the expert nor a coordinator; with `coordinating` also for the expert.
    """
    require(may_coordinate(actor) if coordinating else may_keep_expert(actor, person_id))
    people = [one for one in persons_with(actor.network_id or 0, NetworkRole.EXPERT) if one.id == person_id]
    if not people:
        return None
    row = _rows(actor.network_id, people)[person_id]
    places = place_labels(row.municipalities)
    away = [one for one in row.absences.all() if one.until > today] if row.pk else []
    return ExpertCard(
        person_id=person_id,
        name=people[0].name,
        load=loads_by_person(actor.network_id, [person_id]).get(person_id, 0),
        absences=tuple(AbsenceRow(one.pk, one.since, one.until) for one in away),
        signs=row.shows_name,
        typed={
            "topics": row.topics,
            "municipalities": sorted(places.get(code, code) for code in row.municipalities),
            "languages": row.languages,
            "windows": row.windows,
            "capacity": row.capacity,
            "senior": row.senior,
            "shows_name": row.shows_name,
        },
    )


def policy_typed(actor: Actor) -> dict[str, Any]:
    """What the desk of the actor's network promises, as the form begins with it. One SQL. Raises NotPermitted.

    `working_hours` is what the promise comes to in opening hours, as they are kept.
    """
    require(may_coordinate(actor))
    row = DeskPolicy.objects.select_related("municipality").filter(network_id=actor.network_id).first()
    row = row or DeskPolicy(network_id=actor.network_id)
    names = ("promised", "elapsed_hours", "max_pauses", "pause_days", "lease_minutes", "second_reading", "mail_address")
    return {
        **{name: getattr(row, name) for name in names},
        "windows": row.windows,
        "working_hours": Policy(elapsed_hours=row.elapsed_hours, windows=windows_of(row.windows)).working / HOUR,
        "municipality": str(row.municipality) if row.municipality else "",
    }
