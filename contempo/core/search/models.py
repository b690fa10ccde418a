"""What can be found."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchDocument(models.Model):
    """One thing that can be found, as the context it belongs to put it here.

    `vector` holds everything, `title_vector` the title alone: with very common words the titles are looked up first.
    Both also hold marks for the network, the kind and whether it is public, so that one index answers the whole
    question.
    """

    network_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=50)
    key = models.CharField(max_length=100)
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.TextField()
    public = models.BooleanField()
    title_vector = SearchVectorField(editable=False)
    vector = SearchVectorField(editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="core_search_key")]
        indexes = [
            GinIndex(fields=["title_vector"], name="core_search_titles", fastupdate=False),
            GinIndex(fields=["vector"], name="core_search_all", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.title
