"""Surveys of the past: noted, brought from a table, taken back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core.imports import bringing
from contempo.core.imports.kinds import kind_called
from contempo.core.imports.models import ImportRun
from contempo.core.imports.reading import read_run
from contempo.core.imports.writing import undo_run, write_run
from contempo.questionnaires.actions.past.beginning import Past, begin_past
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.rules.states import Mode, Origin
from contempo.questionnaires.tests.sharing.conftest import Pages, pages

__all__ = ["pages"]


class Bringing:
    """Marta, who coordinates Milan, brings surveys of the past."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.marta = pages.it.actor("marta")

    def begin(self, *, table: str | None = None, **said: object) -> Campaign:
        """A survey of 2019 with the questionnaire of the sample, unless `said` otherwise."""
        facts = {
            "title": "Mappatura 2019",
            "since": date(2019, 3, 1),
            "last": date(2019, 4, 30),
            "origin": Origin.IMPORTED,
            "mode": Mode.IDENTIFIED,
            "unit_kind": "organisation",
            "version_id": self.pages.it.version.pk,
            **said,
        }
        upload = None if table is None else SimpleUploadedFile("indagine.csv", table.encode())
        return begin_past(self.marta, past=Past(**facts), upload=upload)  # type: ignore[arg-type]

    def preview(self, campaign: Campaign, table: str, name: str = "indagine.csv") -> ImportRun:
        """The table read beside what is here, its columns chosen by their heads."""
        kind = kind_called(f"questionnaires.past-{campaign.pk}")
        upload = SimpleUploadedFile(name, table.encode())
        run = bringing.bring_file(self.marta, kind=kind, about_id=campaign.pk, upload=upload)
        return self.read(run)

    def read(self, run: ImportRun) -> ImportRun:
        """A run whose columns are as they were proposed, read."""
        kind = kind_called(run.kind)
        bringing.choose_columns(self.marta, kind=kind, run_id=run.pk, mapping=run.mapping)
        read_run(run.pk)
        run.refresh_from_db()
        return run

    def write(self, run: ImportRun) -> ImportRun:
        bringing.confirm(self.marta, kind=kind_called(run.kind), run_id=run.pk)
        write_run(run.pk)
        run.refresh_from_db()
        return run

    def undo(self, run: ImportRun) -> ImportRun:
        bringing.undo(self.marta, kind=kind_called(run.kind), run_id=run.pk)
        undo_run(run.pk)
        run.refresh_from_db()
        return run


@pytest.fixture
def past(pages: Pages) -> Bringing:
    return Bringing(pages)
