"""Search over PostgreSQL full text in Italian and English: contexts put what can be found, pages find it."""

from contempo.core.search.finding import Hit, Results, find, find_like
from contempo.core.search.index import Document, put, put_many, remove, remove_under

__all__ = ["Document", "Hit", "Results", "find", "find_like", "put", "put_many", "remove", "remove_under"]
