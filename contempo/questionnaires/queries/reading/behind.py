"""The responses behind a figure: filters of tables as conditions of the database, on the answers as they are kept."""

from django.db.models import FloatField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from contempo.questionnaires.models import Response
from contempo.questionnaires.rules.document import Kind, Question
from contempo.questionnaires.rules.states import ResponseState
from contempo.questionnaires.rules.tables import Book, Filter, Source


def behind(responses: QuerySet[Response], filters: tuple[Filter, ...], known: Book) -> QuerySet[Response]:
    """The responses that the filters leave, of those that count: exactly as many as the figure says."""
    if filters:
        responses = responses.filter(state=ResponseState.COMPLETED.value)
    for number, one in enumerate(filters):
        question = known.question(one.variable)
        if question is None:
            responses = responses.filter(_attribute(one))
        elif one.values:
            responses = responses.filter(_answered(one, question))
        else:
            name = f"number_{number}"
            answer = Cast(KeyTextTransform(question.key, "answers"), FloatField())
            responses = responses.annotate(**{name: answer})
            if one.least is not None:
                responses = responses.filter(**{f"{name}__gte": one.least})
            if one.most is not None:
                responses = responses.filter(**{f"{name}__lte": one.most})
    return responses


def _attribute(one: Filter) -> Q:
    if one.variable.source == Source.CHANNEL:
        return Q(channel__in=one.values)
    found = Q(pk__in=[])
    for value in one.values:
        found |= Q(attributes__contains={one.variable.key: value})
    return found


def _answered(one: Filter, question: Question) -> Q:
    found = Q(pk__in=[])
    for value in one.values:
        found |= _given(one, question, value)
    return found


def _given(one: Filter, question: Question, value: str) -> Q:
    key = question.key
    match question.kind:
        case Kind.MULTIPLE:
            return Q(answers__contains={key: [value]})
        case Kind.MATRIX:
            return Q(answers__contains={key: {one.variable.part: value}})
        case Kind.SCALE | Kind.NUMBER | Kind.ORGANISATION:
            number = float(value)
            return Q(answers__contains={key: int(number) if number.is_integer() else number})
        case Kind.RANKING:
            if int(float(value)):
                return Q(**{f"answers__{key}__{int(float(value)) - 1}": one.variable.part})
            return Q(answers__has_key=key) & ~Q(answers__contains={key: [one.variable.part]})
        case Kind.DATE:
            return Q(**{f"answers__{key}__startswith": value})
    return Q(answers__contains={key: value})
