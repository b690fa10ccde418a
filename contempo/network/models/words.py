"""The words of a name, kept by the database for finding rows by them."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import GeneratedField


def words_of_name() -> GeneratedField:
    """A column with the words of `search_name`.

    A column and not only an index over the expression, because taking words apart for every row that is looked at
    costs more than all the rest.
    """
    return GeneratedField(
        expression=SearchVector("search_name", config="simple"), output_field=SearchVectorField(), db_persist=True
    )
