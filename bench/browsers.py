"""The browsers in which pages are opened."""

from django.test import Client

from contempo.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(person: Person | None = None) -> Client:
    """A browser in which somebody is signed in, or nobody."""
    client = Client()
    client.defaults = {"SERVER_NAME": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "identity"}
    if person is not None:
        client.force_login(person, backend=BACKEND)
    return client
