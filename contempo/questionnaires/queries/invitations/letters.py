"""Letters of campaigns, as others hear of them."""

from collections.abc import Collection

from contempo.questionnaires.models import Sending


def about_letters(message_ids: Collection[str]) -> bool:
    """Whether one of these Message-IDs is of a letter of a campaign, which holds the link to answer by. One SQL, none
    without any.
    """
    return bool(message_ids) and Sending.objects.filter(message_id__in=list(message_ids)).exists()
