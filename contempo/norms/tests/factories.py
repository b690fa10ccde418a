"""Norms for the tests of every context: what only has to be there is made directly."""

from datetime import date

import factory

from contempo.core.clock import now, today
from contempo.core.text import slugify
from contempo.norms.models import Norm
from contempo.norms.rules.norms import NormKind, has_ended, label_of, search_words, sort_key

LONG_AGO = date(1992, 2, 18)


class NormFactory(factory.django.DjangoModelFactory):
    """A published law in force: give it a `network`. A `valid_to` in the past has been told already."""

    class Meta:
        model = Norm

    short_title = factory.Sequence(lambda number: f"Legge di prova {number}")
    article = ""
    title = factory.LazyAttribute(lambda it: f"{it.short_title}, per le prove")
    slug = factory.LazyAttribute(lambda it: slugify(label_of(it.short_title, it.article)))
    kind = NormKind.LAW
    url = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:1992-02-05;104"
    summary_it = "Permessi per chi assiste."
    summary_en = "Leave for those who care."
    valid_from = LONG_AGO
    sort_title = factory.LazyAttribute(lambda it: sort_key(label_of(it.short_title, it.article)))
    words = factory.LazyAttribute(
        lambda it: search_words(label_of(it.short_title, it.article), it.title, it.summary_it, it.summary_en)
    )
    end_told = factory.LazyAttribute(lambda it: has_ended(getattr(it, "valid_to", None), on=today()))
    created_at = factory.LazyFunction(now)


def record(**changes: object) -> dict[str, object]:
    """What is written of a new norm, all in order."""
    return {
        "kind": NormKind.LAW,
        "short_title": "Legge 104/1992",
        "article": "art. 33",
        "title": "Legge-quadro per l’assistenza, l’integrazione sociale e i diritti delle persone handicappate",
        "number": "104",
        "day": date(1992, 2, 5),
        "issuer": "Parlamento",
        "url": "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:1992-02-05;104",
        "summary_it": "Tre giorni di permesso al mese per chi assiste.",
        "summary_en": "Three days of leave a month for those who care.",
        "valid_from": LONG_AGO,
        "amended_on": None,
        "source": "Normattiva, testo vigente",
        "checked_on": date(2026, 1, 10),
        "published": True,
        **changes,
    }
