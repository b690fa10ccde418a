"""Norms as other contexts cite, choose and find them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.core import clock
from contempo.core.workflow import Look
from contempo.norms.models import Norm
from contempo.norms.rules.norms import KIND_LABELS, LOOKS, NormKind, Standing, label_of, standing, wanted_words

CONTRACTS = (NormKind.CONTRACT, NormKind.LOCAL_CONTRACT)


@dataclass(frozen=True)
class NormBrief:
    """A norm as it is cited, with its standing on one day.

    `label` is its name in one line ("Legge 104/1992, art. 33"); `kind_label` and `summary` are in the reader's
    language; `url` is the official text, `page_url` its page here, empty while it is not shown to the public. It holds
    in `[valid_from, valid_to)`. `replaced_by` is what comes directly after it, if the public may see that: of that norm
    the next one is not told.
    """

    id: int
    network_id: int
    slug: str
    title: str
    short_title: str
    article: str
    label: str
    kind: NormKind
    kind_label: str
    summary: str
    url: str
    page_url: str
    standing: Standing
    look: Look
    valid_from: date
    valid_to: date | None
    replaced_by: "NormBrief | None"

    @property
    def in_force(self) -> bool:
        return self.standing == Standing.IN_FORCE


def norms_by_id(ids: Iterable[int | None], on: date) -> dict[int, NormBrief]:
    """The norms of `ids` as they stand on a day, shown to the public or not; ids not known are left out. One SQL."""
    wanted = {key for key in ids if key is not None}
    return {norm.id: brief_of(norm, on) for norm in briefly(Norm.objects.filter(id__in=wanted))} if wanted else {}


def find_norms(network_id: int, text: str, limit: int = 10, *, on: date | None = None) -> tuple[NormBrief, ...]:
    """Published norms of a network with a word beginning like each word of `text`, those that last first. One SQL.

    `on` is the day of their standing, today when None. A text without words finds all.
    """
    day = on or clock.today()
    found = with_words(Norm.objects.filter(network_id=network_id, published=True), text)
    lasting_first = F("valid_to").desc(nulls_first=True)
    return tuple(brief_of(norm, day) for norm in briefly(found).order_by(lasting_first, "sort_title", "id")[:limit])


def norm_choices(network_id: int) -> tuple[tuple[int, str], ...]:
    """Every published norm of a network to choose from, by title: (id, label). One SQL."""
    return choices_of(Norm.objects.filter(network_id=network_id, published=True))


def contract_choices(network_id: int) -> tuple[tuple[int, str], ...]:
    """The collective contracts a person may name as theirs, by title: (id, label). One SQL.

    Those replaced are left out; those that ended without a successor are not, because they go on being applied until
    they are renewed.
    """
    return choices_of(
        Norm.objects.filter(network_id=network_id, published=True, kind__in=CONTRACTS, replaced_by__isnull=True)
    )


def norm_ids(network_id: int, keys: Iterable[str]) -> dict[str, int]:
    """The id of each norm of a network by its slug; keys not known are left out. One SQL."""
    rows = Norm.objects.filter(network_id=network_id, slug__in=set(keys))
    return dict(rows.values_list("slug", "id"))


def with_words(norms: QuerySet[Norm], text: str) -> QuerySet[Norm]:
    """The `norms` that have, for each word of `text`, a word that begins with it; all when it has none."""
    for word in wanted_words(text):
        norms = norms.filter(words__contains=f" {word}")
    return norms


def briefly(norms: QuerySet[Norm]) -> QuerySet[Norm]:
    """`norms` with all that `brief_of` needs, in one statement."""
    norms = norms.select_related("replaced_by").defer("words", "replaced_by__words")
    return norms.annotate(network_slug=F("network__slug"))


def brief_of(norm: Norm, on: date) -> NormBrief:
    """A norm fetched with `briefly`, as it stands on a day."""
    slug: str = norm.network_slug  # type: ignore[attr-defined]
    after = norm.replaced_by if norm.replaced_by and norm.replaced_by.published else None
    return _brief(norm, slug, on, _brief(after, slug, on, None) if after else None)


def summary_of(norm: Norm) -> str:
    """What a norm says in a line, in the reader's language where there is a translation."""
    return (norm.summary_en if get_language() == "en" else "") or norm.summary_it


def _brief(norm: Norm, network: str, on: date, after: NormBrief | None) -> NormBrief:
    now = standing(valid_from=norm.valid_from, valid_to=norm.valid_to, replaced=norm.replaced_by_id is not None, on=on)
    return NormBrief(
        id=norm.id,
        network_id=norm.network_id,
        slug=norm.slug,
        title=norm.title,
        short_title=norm.short_title,
        article=norm.article,
        label=label_of(norm.short_title, norm.article),
        kind=NormKind(norm.kind),
        kind_label=_(KIND_LABELS[norm.kind]),
        summary=summary_of(norm),
        url=norm.url,
        page_url=reverse("norms:norm", kwargs={"network": network, "slug": norm.slug}) if norm.published else "",
        standing=now,
        look=LOOKS[now],
        valid_from=norm.valid_from,
        valid_to=norm.valid_to,
        replaced_by=after,
    )


def choices_of(norms: QuerySet[Norm]) -> tuple[tuple[int, str], ...]:
    """`norms` to choose from, by title: (id, label); wordings of one article are told apart by their first day."""
    rows = norms.order_by("sort_title", "valid_from", "id").values_list("id", "short_title", "article", "valid_from")
    named = [(key, label_of(title, article), since) for key, title, article, since in rows]
    often = Counter(label for _key, label, _since in named)
    return tuple((key, _dated(label, since) if often[label] > 1 else label) for key, label, since in named)


def _dated(label: str, since: date) -> str:
    return _("%(norm)s (from %(day)s)") % {"norm": label, "day": f"{since:%d/%m/%Y}"}
