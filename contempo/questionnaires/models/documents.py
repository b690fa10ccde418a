"""What versions ask, read from their rows."""

from functools import lru_cache

from contempo.questionnaires.models.making import Version
from contempo.questionnaires.rules.document import Document, read
from contempo.questionnaires.rules.states import VersionState


def document_of(version: Version) -> Document:
    """What a version asks. A published one never changes: it is read from the database once in each process."""
    if version.state != VersionState.PUBLISHED:
        return read(version.document)
    return _published(version.pk, version.digest)


@lru_cache(maxsize=256)
def _published(version_id: int, _digest: str) -> Document:
    return read(Version.objects.values_list("document", flat=True).get(pk=version_id))
