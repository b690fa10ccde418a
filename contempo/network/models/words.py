"""The words of a name, kept by the database for finding rows by them."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import F, Func, GeneratedField, TextField, Value

NOT_WORD = "[^[:alnum:]]+"


def words_of_name() -> GeneratedField:
    """A column with the words of `search_name`, one after the other: "co.ge.s.s." has the words co, ge and s.

    A column and not only an index over the expression, because taking words apart for every row that is looked at
    costs more than all the rest.
    """
    spaced = Func(
        F("search_name"), Value(NOT_WORD), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )
    return GeneratedField(
        expression=SearchVector(spaced, config="simple"), output_field=SearchVectorField(), db_persist=True
    )
