"""What can be found."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """One thing that can be found, as the context it belongs to put it here.

    `vector` holds everything, `title_vector` the title alone: with very common words the titles are looked up first.
    Both also hold marks for the network, the kind and whether it is public, so that one index answers the whole
    question.
    """

    network_id = models.BigIntegerField(_("network"), null=True)
    kind = models.CharField(_("kind"), max_length=50)
    key = models.CharField(_("key"), max_length=100)
    title = models.TextField(_("title"))
    body = models.TextField(_("text"), blank=True)
    url = models.TextField(_("address"))
    public = models.BooleanField(_("public"))
    title_vector = SearchVectorField(editable=False)
    vector = SearchVectorField(editable=False)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="core_search_key")]
        indexes = [
            GinIndex(fields=["title_vector"], name="core_search_titles", fastupdate=False),
            GinIndex(fields=["vector"], name="core_search_all", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.title
