"""Reading people: persons and actors, roles, notifications, desk."""

from contempo.people.queries.desk import desk_cards, register_desk_source
from contempo.people.queries.notifications import unread_count
from contempo.people.queries.organisations import organisation_names, register_organisation_names
from contempo.people.queries.persons import PersonBrief, actor_for, names, persons_of_organisation, persons_with

__all__ = [
    "PersonBrief",
    "actor_for",
    "desk_cards",
    "names",
    "organisation_names",
    "persons_of_organisation",
    "persons_with",
    "register_desk_source",
    "register_organisation_names",
    "unread_count",
]
