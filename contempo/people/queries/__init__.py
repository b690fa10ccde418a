"""Reading people: persons and actors, roles, notifications."""

from contempo.people.queries.acting import actor_of, remember_organisation
from contempo.people.queries.notifications import unread_count
from contempo.people.queries.persons import PersonBrief, actor_for, names, persons_of_organisation, persons_with

__all__ = [
    "PersonBrief",
    "actor_for",
    "actor_of",
    "names",
    "persons_of_organisation",
    "persons_with",
    "remember_organisation",
    "unread_count",
]
