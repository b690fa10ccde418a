"""Attachments on disk and in the table: taken in, found, thrown away."""

import hashlib
import os
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from contempo.core import clock
from contempo.core.files import content
from contempo.core.files.models import Attachment
from contempo.core.jobs import every, task
from contempo.core.verdict import Refusal
from contempo.core.words import N_

MAX_BYTES = 10 * 1024 * 1024
ORPHAN_AFTER = timedelta(days=1)


def accept(
    upload: "File[bytes]",
    *,
    network_id: int,
    owner_kind: str,
    owner_id: int,
    purpose: str,
    person_id: int | None,
    field: str = "file",
    most_bytes: int = MAX_BYTES,
) -> Attachment:
    """Keep `upload` (what Django's forms give) as an attachment of the thing `owner_kind`/`owner_id`.

    Raises `Refusal` beside `field`, with a sentence, when it is empty, larger than `most_bytes`, of no accepted kind,
    or not what its name says. The content reaches the disk before the row is committed; if the transaction is rolled
    back, the file is nobody's and is removed the day after.
    """
    name = content.clean_name(upload.name or "")
    data = upload.read(most_bytes + 1)
    if not data:
        raise Refusal(N_("“%(name)s” is empty."), field=field, name=name)
    if len(data) > most_bytes:
        raise Refusal(N_("“%(name)s” is larger than %(limit)s MB."), field=field, name=name, limit=most_bytes >> 20)
    try:
        name, kind = content.recognise(name, data)
    except Refusal as refusal:
        told = {key: gettext(str(value)) if key == "seems" else value for key, value in refusal.params.items()}
        raise Refusal(refusal.reason, field=field, **told) from None
    attachment = Attachment(
        network_id=network_id,
        owner_kind=owner_kind,
        owner_id=owner_id,
        purpose=purpose,
        name=name,
        content_type=kind.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=person_id,
        at=clock.now(),
    )
    _write(attachment.path, data)
    attachment.save(force_insert=True)
    return attachment


def attachments_of(owner_kind: str, owner_id: int) -> tuple[Attachment, ...]:
    """All attachments of one thing, oldest first."""
    return tuple(Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id).order_by("at", "key"))


def hand_over(*, owner_kind: str, owner_id: int, to_kind: str, to_id: int) -> None:
    """Give all attachments of one thing to another one, in the order they have."""
    Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id).update(owner_kind=to_kind, owner_id=to_id)


def attachment_of(key: uuid.UUID | str, *, owner_kind: str, owner_id: int) -> Attachment:
    """The attachment `key`, if it belongs to that thing. Raises `Attachment.DoesNotExist`."""
    return Attachment.objects.get(key=key, owner_kind=owner_kind, owner_id=owner_id)


def discard(key: uuid.UUID | str, *, owner_kind: str, owner_id: int) -> None:
    """Throw away one attachment of that thing; nothing happens when it has none of this key."""
    _discard(Attachment.objects.filter(key=key, owner_kind=owner_kind, owner_id=owner_id))


def discard_all(*, owner_kind: str, owner_id: int) -> None:
    """Throw away every attachment of that thing."""
    _discard(Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id))


def is_document(attachment: Attachment) -> bool:
    """Whether it is a PDF, signed or not: what an act can be handed in as."""
    return attachment.content_type in content.DOCUMENTS


def is_image(attachment: Attachment) -> bool:
    """Whether it is a picture."""
    return attachment.content_type in content.IMAGES


@every("50 2 * * *")
@task(queue="housekeeping", retry=False)
def remove_orphans(timestamp: int) -> None:
    """Remove files that no attachment knows, a day after they were written."""
    before = clock.now() - ORPHAN_AFTER
    for folder in Path(settings.FILES_ROOT).glob("[0-9a-f][0-9a-f]"):
        old = {path.name: path for path in folder.iterdir() if _written(path) < before}
        keys = [uuid.UUID(name) for name in old if len(name) == 32]
        known = Attachment.objects.filter(key__in=keys).values_list("key", flat=True)
        for name in old.keys() - {key.hex for key in known}:
            old[name].unlink(missing_ok=True)


def _discard(attachments: QuerySet[Attachment]) -> None:
    paths = [attachment.path for attachment in attachments]
    attachments.delete()

    def unlink() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    transaction.on_commit(unlink)


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _write(path: Path, data: bytes) -> None:
    """Write all of it or nothing, and do not return before it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".part")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
