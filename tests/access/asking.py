"""Asking an address as somebody, and saying the answer in a word."""

from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.addresses import every_address
from tests.access.world import Place

ADDRESSES = {address.name: address for address in every_address()}


def ask(client: Client, method: str, address: str, place: Place, thing: str) -> str:
    """The answer to `method` at `address` about `thing` of a network; whatever it changed is undone.

    "ok" is a page, "in" the way to sign in, "on" another redirection; other answers are their number.
    """
    network = {"network": place.network.slug} if "network" in ADDRESSES[address].parts else {}
    url = reverse(address, kwargs={**network, **place.parts.get(thing, {})})
    with transaction.atomic():
        response = client.generic(method, url, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if response.status_code in (301, 302):
        return "in" if urlsplit(response["Location"]).path == reverse("account_login") else "on"
    return "ok" if response.status_code == 200 else str(response.status_code)
