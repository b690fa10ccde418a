"""What a person has been told."""

from contempo.people.models import Notification


def unread_count(person_id: int | None, network_id: int | None) -> int:
    """How many notifications of the network the person has not read; one indexed SQL, none for a visitor."""
    if person_id is None or network_id is None:
        return 0
    return Notification.objects.filter(person_id=person_id, network_id=network_id, read_at=None).count()
