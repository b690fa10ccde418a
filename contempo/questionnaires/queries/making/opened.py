"""One questionnaire as its pages open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.core.verdict import Verdict
from contempo.people.public import Actor
from contempo.questionnaires.access import may_make, visible_questionnaires
from contempo.questionnaires.models import Questionnaire, Version
from contempo.questionnaires.rules.document import Document, read
from contempo.questionnaires.rules.states import VersionState
from contempo.web.tabs import Tab


@dataclass(frozen=True)
class OpenedForm:
    """A questionnaire with its versions, newest first, and whether its reader may change it."""

    form: Questionnaire
    versions: tuple[Version, ...]
    may: Verdict
    current: str

    @property
    def title(self) -> str:
        """The title in the language of the reader."""
        return title_of(self.form)

    @property
    def draft(self) -> Version | None:
        """The version being written."""
        return next((one for one in self.versions if one.state == VersionState.DRAFT), None)

    @property
    def published(self) -> Version | None:
        """The last published version."""
        return next((one for one in self.versions if one.state == VersionState.PUBLISHED), None)

    @cached_property
    def drafted(self) -> Document:
        """What is being written; KeyError where nothing is."""
        if self.draft is None:
            raise KeyError("no draft")
        return read(self.draft.document)

    def version(self, number: int | None) -> Version | None:
        """The version `number`; for None the one being written, else the last published one."""
        if number is None:
            return self.draft or self.published
        return next((one for one in self.versions if one.number == number), None)

    def wanted(self, typed: str) -> Version | None:
        """The version whose number was typed in an address; without one that being written, else the published one."""
        return self.version(int(typed) if typed.isdecimal() and len(typed) < 6 else None)

    def url(self, name: str, **parts: object) -> str:
        """The address of a page of this questionnaire; `parts` are the further ones of the address."""
        where = {"network": self.form.network.slug, "form": self.form.number, **parts}
        return reverse(f"questionnaires:{name}", kwargs=where)

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The pages of the questionnaire."""
        pages = [("form", _("Versions"))]
        if self.draft is not None:
            pages += [("builder", _("Write"))]
        pages += [("form_preview", _("Try it out"))]
        if self.draft is not None:
            pages += [("form_publish", _("Publish"))]
        return tuple(Tab(label, self.url(name), current=name == self.current) for name, label in pages)

    @property
    def pages(self) -> Mapping[str, str]:
        """The addresses a page may need, by name."""
        names = ("form", "builder", "builder_step", "form_preview", "form_publish", "form_settings", "form_begin")
        more = ("form_drop", "form_print", "form_xlsform", "form_import_into", "form_insert")
        return {name: self.url(name) for name in (*names, *more)}


def title_of(form: Questionnaire) -> str:
    """The title of a questionnaire in the language of the reader; the Italian one where there is no other."""
    english = form.title_en if (get_language() or "it").startswith("en") else ""
    return english or form.title


def opened_form(actor: Actor, number: int, *, current: str = "") -> OpenedForm | None:
    """The questionnaire `number` of the actor's network, None when they may not see it. Two SQL."""
    rows = visible_questionnaires(actor, Questionnaire.objects.select_related("network", "organisation"))
    if (form := rows.filter(number=number).first()) is None:
        return None
    versions = tuple(form.versions.select_related("published_by").order_by("-number"))
    return OpenedForm(form, versions, may_make(actor, form.organisation_id), current)
