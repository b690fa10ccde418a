"""Imports of the staff of an employer in three states, for the matrix to ask about."""

from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core import clock
from contempo.core.imports import kind_called
from contempo.core.imports.bringing import bring_file
from contempo.core.imports.models import ImportRow, ImportRun
from contempo.people.public import Actor

Parts = dict[str, dict[str, object]]

_FILE = "Matricola;Dal\n00901;01/02/2020\n"


def import_parts(keeper: Actor, *, employer_id: int) -> Parts:
    """A file that waits for its columns, one looked at, and one that was written."""
    kind = kind_called("agile.staff")
    brought, previewed, done = (
        bring_file(keeper, kind=kind, about_id=employer_id, upload=SimpleUploadedFile("staff.csv", _FILE.encode())).pk
        for _each in range(3)
    )
    ImportRun.objects.filter(pk=previewed).update(state="previewed", mapping={"number": 0, "since": 1}, new=1)
    ImportRow.objects.create(run_id=previewed, line=2, status="new", outcome="waiting", values={"number": "00901"})
    now = clock.now()
    ImportRun.objects.filter(pk=done).update(state="done", new=1, written=1, confirmed_at=now, finished_at=now)
    about = {"kind": kind.key, "about": employer_id}
    return {
        "imports": about,
        "import_brought": {**about, "run": brought},
        "import_previewed": {**about, "run": previewed},
        "import_done": {**about, "run": done},
    }
