"""Bringing files of structure and staff as human resources do."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.agile.tests.conftest import Comune
from contempo.core.imports import kind_called
from contempo.core.imports.bringing import bring_file, choose_columns, confirm, undo
from contempo.core.imports.models import ImportRun
from contempo.core.imports.reading import read_run
from contempo.core.imports.writing import undo_run, write_run

UNITS_HEAD = "Codice;Tipo;Nome;Codice dell’unità superiore;Dal;Al\n"
STAFF_HEAD = (
    "Matricola;E-mail;Codice unità;Contratto;Categoria;Orario percentuale;Giorni lavorati;Sesso;Anno di nascita;"
    "Dal;Al;Dirige l’unità\n"
)


@dataclass(frozen=True)
class Loader:
    """Paolo, with files of one kind."""

    comune: Comune
    key: str

    def preview(self, text: str, *, ends: bool = False) -> ImportRun:
        kind = kind_called(self.key)
        assert kind is not None
        paolo, about = self.comune.actor("paolo"), self.comune.it.employer.pk
        run = bring_file(paolo, kind=kind, about_id=about, upload=SimpleUploadedFile("file.csv", text.encode()))
        choose_columns(paolo, kind=kind, run_id=run.pk, mapping=run.mapping, ends_missing=ends)
        read_run(run.pk)
        return self.again(run)

    def load(self, text: str, *, ends: bool = False) -> ImportRun:
        run = self.preview(text, ends=ends)
        confirm(self.comune.actor("paolo"), kind=kind_called(self.key), run_id=run.pk)
        write_run(run.pk)
        return self.again(run)

    def undo(self, run: ImportRun) -> ImportRun:
        undo(self.comune.actor("paolo"), kind=kind_called(self.key), run_id=run.pk)
        undo_run(run.pk)
        return self.again(run)

    def again(self, run: ImportRun) -> ImportRun:
        run.refresh_from_db()
        return run


def counts(run: ImportRun) -> tuple[int, int, int, int, int]:
    """New, changed, unchanged, wrong, left out."""
    return run.new, run.changed, run.unchanged, run.wrong, run.missing


def errors_of(run: ImportRun) -> dict[int, list[tuple[str, str]]]:
    """For each wrong row the field and the sentence of each error."""
    return {
        row.line: [(each["field"], each["reason"] % each["params"]) for each in row.errors]
        for row in run.rows.exclude(errors=[]).order_by("line")
    }
