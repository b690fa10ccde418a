"""What the desk holds about one person, for the download of one's own data."""

from django.db.models import QuerySet

from contempo.helpdesk.models import Expert, Message, Question


def personal_data(person_id: int) -> dict[str, object]:
    """The questions a person asked, in every network, with what was said in them, internal notes left out; and what the
    desk knows of the person as an expert. Four SQL.
    """
    questions = list(Question.objects.filter(asker_id=person_id).select_related("network").order_by("id"))
    said: dict[int, list[dict[str, object]]] = {}
    for message in Message.objects.filter(question__in=questions, internal=False).order_by("at", "id"):
        line = {"at": message.at, "kind": message.kind, "mine": message.by_asker, "text": message.text}
        said.setdefault(message.question_id, []).append(line)
    return {
        "questions": [
            {
                "network": question.network.name,
                "number": question.number,
                "received_at": question.received_at,
                "state": question.state,
                "topic": question.topic,
                "capacity": question.capacity,
                "municipality": question.municipality_id,
                "sector": question.sector,
                "consent_to_publication": question.consent,
                "rating": question.rating,
                "rating_comment": question.rating_comment,
                "messages": said.get(question.pk, []),
            }
            for question in questions
        ],
        "expert_profiles": [_expert(row) for row in _experts(person_id)],
    }


def _experts(person_id: int) -> QuerySet[Expert]:
    return Expert.objects.filter(person_id=person_id).select_related("network").prefetch_related("absences")


def _expert(row: Expert) -> dict[str, object]:
    return {
        "network": row.network.name,
        "topics": row.topics,
        "municipalities": row.municipalities,
        "languages": row.languages,
        "weekly_hours": row.windows,
        "questions_at_once": row.capacity,
        "senior": row.senior,
        "signs_with_name": row.shows_name,
        "last_proposed_at": row.proposed_at,
        "absences": [{"since": one.since, "until": one.until} for one in row.absences.all()],
    }
