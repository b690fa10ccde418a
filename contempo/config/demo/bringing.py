"""Bringing a data file in as its keeper would."""

from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.config.demo import facts
from contempo.core.imports import bringing, kind_called, reading, writing
from contempo.people.public import Actor


def bring(actor: Actor, key: str, about_id: int, path: str) -> None:
    """Import a file of the demo: looked at, confirmed, written. Raises ValueError for a file with wrong rows."""
    if (kind := kind_called(key)) is None:
        raise LookupError(key)
    upload = SimpleUploadedFile(path.rsplit("/", 1)[-1], facts.text(path).encode())
    run = bringing.bring_file(actor, kind=kind, about_id=about_id, upload=upload)
    bringing.choose_columns(actor, kind=kind, run_id=run.pk, mapping=run.mapping)
    reading.read_run(run.pk)
    bringing.confirm(actor, kind=kind, run_id=run.pk)
    writing.write_run(run.pk)
    run.refresh_from_db()
    if run.failure or run.wrong:
        raise ValueError(f"{path}: {run.wrong} wrong rows; {run.failure}")
