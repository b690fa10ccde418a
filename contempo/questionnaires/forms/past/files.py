"""Files of past surveys: the columns of single responses, which their questionnaire gives, and those of aggregates."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from contempo.core.imports import Choice, Field, FieldKind, register_family
from contempo.core.imports import Kind as ImportKind
from contempo.core.imports.kinds import Value
from contempo.core.words import N_
from contempo.network.public import KINDS, SIZES, kind_labels, size_labels
from contempo.people.public import Actor
from contempo.questionnaires.actions.past.loading import write_aggregates, write_responses
from contempo.questionnaires.actions.past.meaning import organisation_meant, place_meant
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.queries.past.loading import (
    about_past,
    aggregates_in_files,
    check_aggregates,
    check_responses,
    may_load_past,
    responses_in_files,
)
from contempo.questionnaires.rules.document import Document, Kind, read
from contempo.questionnaires.rules.past import about
from contempo.questionnaires.rules.past.aggregates import EVERYBODY, labels, question_meant
from contempo.questionnaires.rules.past.cells import Cell, canonical, cells
from contempo.questionnaires.rules.states import Origin

PAST = "questionnaires.past"
_LONGEST = 5_000
_KINDS = {
    Kind.SCALE: FieldKind.INTEGER,
    Kind.NUMBER: FieldKind.DECIMAL,
    Kind.DATE: FieldKind.DATE,
}


def register_past_files() -> None:
    """Make data of past surveys importable; called once when the application starts."""
    register_family(PAST, _kind_of)


def kind_key(campaign: Campaign) -> str:
    """What the pages of imports call the files of a past survey."""
    return f"{PAST}-{campaign.pk}"


def _kind_of(name: str) -> ImportKind | None:
    """The columns of the past survey with this number. One SQL."""
    if not name.isdecimal() or len(name) > 18:
        return None
    rows = Campaign.objects.exclude(origin=Origin.HERE.value).select_related("version")
    if (campaign := rows.filter(pk=int(name)).first()) is None:
        return None
    document = read(campaign.version.document)
    if campaign.origin == Origin.AGGREGATES:
        return _aggregates(campaign.pk, document)
    return response_kind(campaign, document)


def response_kind(campaign: Campaign, document: Document) -> ImportKind:
    """The columns of the single responses to a document."""
    return ImportKind(
        key=kind_key(campaign),
        title=N_("Responses of a past survey"),
        help=N_("One response a row, found again by its number: without one, by its place in the file."),
        fields=(*_about_who(), *_questions(campaign.network_id, document)),
        identity=(about.NUMBER,),
        about=partial(_only, about_past, campaign.pk),
        may=may_load_past,
        current=responses_in_files,
        check=check_responses,
        write=write_responses,
    )


def _only(about: Callable[[Actor, int], Any], campaign_id: int, actor: Actor, about_id: int) -> Any:
    """The survey whose columns these are, and no other."""
    return about(actor, about_id) if about_id == campaign_id else None


def _about_who() -> Iterator[Field]:
    yield Field(
        about.NUMBER,
        N_("Number of the response"),
        FieldKind.CODE,
        longest=30,
        aliases=("ID", "Numero", "Codice", "ID risposta", "Response ID"),
        help=N_("Without a column each row is called by its place in the file."),
        otherwise=str,
    )
    yield Field(
        about.COMPLETED,
        N_("Completed on"),
        FieldKind.DATE,
        aliases=("Data", "Data di invio", "Data di compilazione"),
    )
    kinds, sizes = kind_labels(), size_labels()
    yield Field(about.KIND, N_("Kind"), FieldKind.CHOICE, choices=tuple(Choice(key, kinds[key]) for key in KINDS))
    yield Field(about.SIZE, N_("Size class"), FieldKind.CHOICE, choices=tuple(Choice(key, sizes[key]) for key in SIZES))
    yield Field(about.MUNICIPALITY, N_("Municipality of who answered"), longest=90, means=_place)
    yield Field(about.STRATUM, N_("Group"), longest=60)


def _questions(network_id: int, document: Document) -> Iterator[Field]:
    for cell in cells(document):
        question = cell.question
        number = question.kind in (Kind.SCALE, Kind.NUMBER)
        yield Field(
            cell.key,
            cell.label or cell.key,
            FieldKind.BOOLEAN if cell.ticked else _KINDS.get(question.kind, FieldKind.TEXT),
            aliases=(question.label.en,) if question.label.en and not cell.part else (),
            longest=_LONGEST,
            least=int(question.least) if number and question.least is not None else None,
            most=int(question.most) if number and question.most is not None else None,
            means=_meaning(network_id, cell),
        )


def _meaning(network_id: int, cell: Cell) -> Callable[[Value], Value]:
    if cell.question.kind == Kind.MUNICIPALITY:
        return _place
    if cell.question.kind == Kind.ORGANISATION:
        return partial(_organisation, network_id)
    return partial(canonical, cell)


def _place(value: Value) -> Value:
    return None if value is None else place_meant(str(value))[1]


def _organisation(network_id: int, value: Value) -> Value:
    if value is not None:
        organisation_meant(network_id, str(value))
    return value


def _aggregates(campaign_id: int, document: Document) -> ImportKind:
    """The columns of figures of which no single responses exist."""
    known = labels(document)

    def question(value: Value) -> Value:
        key = question_meant(document, str(value))
        return known[key][0] if key in known else value

    return ImportKind(
        key=f"{PAST}-{campaign_id}",
        title=N_("Aggregates of a past survey"),
        help=N_("One figure a row: how many gave an answer, of how many who were asked. They never mix with others."),
        fields=(
            Field("question", N_("Question"), required=True, longest=300, aliases=("Domanda",), means=question),
            Field(
                "group",
                N_("Group"),
                longest=120,
                aliases=("Gruppo", "Sottogruppo"),
                help=N_("Of whom: companies, women, a municipality. Empty, or *, for everybody."),
                otherwise=_everybody,
            ),
            Field("option", N_("Answer"), required=True, longest=200, aliases=("Risposta", "Opzione")),
            Field(
                "count",
                N_("Answers"),
                FieldKind.INTEGER,
                required=True,
                least=0,
                most=2_000_000_000,
                aliases=("Numero", "Conteggio", "Frequenza", "N"),
            ),
            Field(
                "base",
                N_("Respondents"),
                FieldKind.INTEGER,
                required=True,
                least=0,
                most=2_000_000_000,
                aliases=("Base", "Asked", "Totale"),
                help=N_("How many answered the question, in the group."),
            ),
            Field("source", N_("Source"), longest=300, aliases=("Fonte",)),
        ),
        identity=("question", "group", "option"),
        about=partial(_only, about_past, campaign_id),
        may=may_load_past,
        current=aggregates_in_files,
        check=check_aggregates,
        write=write_aggregates,
    )


def _everybody(_line: int) -> Value:
    return EVERYBODY
