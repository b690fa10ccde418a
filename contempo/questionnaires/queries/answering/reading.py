"""Files and names for the pages of questions."""

from contempo.core.files import Attachment
from contempo.network.public import OrganisationLink, find_organisations
from contempo.questionnaires.models import AnswerFile
from contempo.questionnaires.queries.answering.opened import Answering


def answer_file(answering: Answering, number: int) -> Attachment | None:
    """A file attached to the response of a door. One SQL."""
    found = AnswerFile.objects.filter(response=answering.response, pk=number).select_related("file").first()
    return found.file if found else None


def members_called(answering: Answering, words: str) -> tuple[OrganisationLink, ...]:
    """Members of the network with these words in the name. One SQL, none without words."""
    if not words.strip():
        return ()
    return tuple(one for one in find_organisations(answering.campaign.network_id, words) if one.url)
