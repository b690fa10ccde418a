"""One norm: its page, its history, and what the forms of its keepers begin with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contempo.core import audit
from contempo.core.audit import Change, HistoryEntry
from contempo.core.words import N_
from contempo.norms.access import may_keep_norms, visible_norms
from contempo.norms.models import Norm
from contempo.norms.queries.briefs import NormBrief, brief_of, briefly, choices_of
from contempo.norms.rules.ports import Citation, citations_of
from contempo.people.public import Actor, names
from contempo.web.timeline import Entry

_DONE = {
    "add_norm": (N_("Norm added"), "it-plus-circle"),
    "load_starter_norms": (N_("Came with the first norms"), "it-plus-circle"),
    "change_norm": (N_("Changed"), "it-pencil"),
    "end_norm": (N_("End recorded"), "it-close-circle"),
    "replace_norm": (N_("Replacement recorded"), "it-refresh"),
    "restore_norm": (N_("End taken back"), "it-restore"),
}
_OTHERWISE = (N_("Changed"), "it-pencil")
_UNSHOWN = frozenset({"network", "slug", "created_at"})
LINES = 100


@dataclass(frozen=True)
class NormPage:
    """All that is known of a norm; `replaces` is what it took the place of, `citations` what the public reads that
    cites it. `reason` says why it ended, or why its end was taken back."""

    brief: NormBrief
    number: str
    day: date | None
    issuer: str
    amended_on: date | None
    reason: str
    source: str
    checked_on: date | None
    published: bool
    replaces: tuple[NormBrief, ...]
    citations: tuple[Citation, ...]
    may_keep: bool


@dataclass(frozen=True)
class NormNamed:
    """A norm by name, for the pages on which its keepers work on it."""

    id: int
    slug: str
    label: str
    valid_from: date
    valid_to: date | None
    replaced_by_id: int | None
    published: bool


def norm_page(actor: Actor, *, slug: str, on: date) -> NormPage | None:
    """The page of a norm on a day, None when the actor may not see it. Two SQL, and those of who cites it."""
    norm = briefly(visible_norms(actor, Norm.objects.filter(slug=slug))).first()
    if norm is None:
        return None
    before = briefly(visible_norms(actor, Norm.objects.filter(replaced_by=norm))).order_by("-valid_to", "sort_title")
    return NormPage(
        brief=brief_of(norm, on),
        number=norm.number,
        day=norm.day,
        issuer=norm.issuer,
        amended_on=norm.amended_on,
        reason=norm.end_reason,
        source=norm.source,
        checked_on=norm.checked_on,
        published=norm.published,
        replaces=tuple(brief_of(each, on) for each in before),
        citations=citations_of(norm.id),
        may_keep=bool(may_keep_norms(actor)),
    )


def named(actor: Actor, slug: str) -> NormNamed | None:
    """What a norm is called, None when the actor may not see it. One SQL."""
    norm = visible_norms(actor, Norm.objects.filter(slug=slug)).defer("words").first()
    if norm is None:
        return None
    return NormNamed(
        id=norm.id,
        slug=norm.slug,
        label=str(norm),
        valid_from=norm.valid_from,
        valid_to=norm.valid_to,
        replaced_by_id=norm.replaced_by_id,
        published=norm.published,
    )


def typed_norm(norm_id: int) -> dict[str, Any]:
    """The fields of a norm as a form begins with them. One SQL."""
    norm = Norm.objects.get(id=norm_id)
    return {field.name: getattr(norm, field.attname) for field in Norm._meta.concrete_fields}


def successors_of(actor: Actor, norm_id: int) -> tuple[tuple[int, str], ...]:
    """The norms of the network that may be named as what replaced one, by title: (id, label). One SQL."""
    return choices_of(visible_norms(actor, Norm.objects.exclude(id=norm_id)))


def norm_history(actor: Actor, *, slug: str) -> tuple[Entry, ...]:
    """Who changed what in a norm, newest first, at most `LINES`; nothing when the actor may not see it. Six SQL."""
    norm = visible_norms(actor, Norm.objects.filter(slug=slug)).first()
    entries = audit.history(norm, limit=LINES) if norm else ()
    who = names(entry.person_id for entry in entries)
    return tuple(_line(entry, who.get(entry.person_id or 0, "")) for entry in entries)


def _line(entry: HistoryEntry, who: str) -> Entry:
    title, icon = _DONE.get(entry.action.rpartition(".")[2], _OTHERWISE)
    return Entry(at=entry.at, title=_(title), who=who or _("The platform"), text=_told(entry.changes), icon=icon)


def _told(changes: Iterable[Change]) -> str:
    """One line for each field that changed."""
    return "\n".join(_sentence(change) for change in changes if change.field not in _UNSHOWN)


def _sentence(change: Change) -> str:
    label = capfirst(change.label)
    if change.before and change.after:
        words = {"field": label, "before": change.before, "after": change.after}
        return _("%(field)s: from “%(before)s” to “%(after)s”") % words
    return f"{label}: {change.after}" if change.after else _("%(field)s removed") % {"field": label}
