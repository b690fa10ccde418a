"""Imports and their rows. The kernel knows persons and things by number only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contempo.core.imports.rules import Outcome, RowStatus, RunState


class ImportRun(models.Model):
    """A file brought to be imported: kind `kind` about the thing `about_id`.

    Its rows are erased with the file when it is dropped, or `ROWS_KEPT` after it was written; what stays tells that
    an import happened, by whom, and how many rows it had.
    """

    network_id = models.BigIntegerField(_("network"))
    kind = models.CharField(_("kind"), max_length=60)
    about_id = models.BigIntegerField(_("number of what it is about"))
    person_id = models.BigIntegerField(_("brought by"))
    acting_for = models.BigIntegerField(_("acting for"), null=True)
    filename = models.CharField(_("file"), max_length=150)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    separator = models.CharField(_("separator"), max_length=1, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    sheets = models.JSONField(_("sheets"), default=list)
    head_line = models.PositiveIntegerField(_("row of the heads"), default=1)
    heads = models.JSONField(_("heads of the columns"), default=list)
    samples = models.JSONField(_("first rows"), default=list)
    mapping = models.JSONField(_("column of each field"), default=dict)
    remembered = models.BooleanField(_("columns chosen as before"), default=False)
    ends_missing = models.BooleanField(_("ends what is left out"), default=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(each.value, each.value) for each in RunState],
        default=RunState.UPLOADED.value,
    )
    position = models.PositiveIntegerField(_("last row read"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows to do"), default=0)
    new = models.PositiveIntegerField(_("new rows"), default=0)
    changed = models.PositiveIntegerField(_("changed rows"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged rows"), default=0)
    wrong = models.PositiveIntegerField(_("wrong rows"), default=0)
    missing = models.PositiveIntegerField(_("records left out"), default=0)
    written = models.PositiveIntegerField(_("rows written"), default=0)
    undone = models.PositiveIntegerField(_("rows undone"), default=0)
    kept = models.PositiveIntegerField(_("rows not undone"), default=0)
    failure = models.TextField(_("why it stopped"), blank=True)
    failure_params = models.JSONField(_("details of why it stopped"), default=dict)
    rows_erased = models.BooleanField(_("rows erased"), default=False)
    uploaded_at = models.DateTimeField(_("brought"))
    moved_at = models.DateTimeField(_("last progress"))
    confirmed_by = models.BigIntegerField(_("confirmed by"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    finished_at = models.DateTimeField(_("ended"), null=True)
    undone_by = models.BigIntegerField(_("undone by"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ()
        indexes = [
            models.Index("kind", "about_id", "id", name="core_import_about"),
            models.Index("state", "moved_at", name="core_import_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about_id"],
                condition=models.Q(state__in=[RunState.WRITING.value, RunState.UNDOING.value]),
                name="core_import_one_writes",
            )
        ]

    def __str__(self) -> str:
        return self.filename


class ImportRow(models.Model):
    """A row of the file. `values` are those of its columns, `before` those of the same fields in the record then.

    Personal data: erased as `ImportRun` says. Rows of status `missing` are numbered after the last of the file.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("row"))
    identity = models.CharField(_("identity"), max_length=500)
    status = models.CharField(_("status"), max_length=10, choices=[(each.value, each.value) for each in RowStatus])
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=[(each.value, each.value) for each in Outcome], default=Outcome.NONE.value
    )
    rank = models.SmallIntegerField(_("order of writing"), default=0)
    values = models.JSONField(_("values"), default=dict)
    before = models.JSONField(_("values before"), null=True)
    errors = models.JSONField(_("errors"), default=list)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        default_permissions = ()
        indexes = [
            models.Index("run", "status", "line", name="core_import_row_status"),
            models.Index("run", "outcome", "rank", "line", name="core_import_row_outcome"),
        ]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="core_import_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id}, {self.line}"


class ImportMapping(models.Model):
    """The columns somebody chose for files with these heads. No personal data: kept while the kind is used."""

    kind = models.CharField(_("kind"), max_length=60)
    about_id = models.BigIntegerField(_("number of what it is about"))
    signature = models.CharField(_("fingerprint of the heads"), max_length=64)
    heads = models.JSONField(_("heads of the columns"), default=list)
    mapping = models.JSONField(_("column of each field"), default=dict)
    used_at = models.DateTimeField(_("used"))

    class Meta:
        verbose_name = _("choice of columns")
        verbose_name_plural = _("choices of columns")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "about_id", "signature"], name="core_import_mapping_one")
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.about_id}"
