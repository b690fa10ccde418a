"""Every page that needs a sign-in, for a stranger."""

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "/profilo/",
        "/profilo/modifica/",
        "/profilo/notifiche/",
        "/profilo/dati/",
        "/profilo/chiudi/",
        "/profilo/ruoli/1/lascia/",
        "/milano/notifiche/",
        "/milano/notifiche/1/",
        "/milano/ruoli/1/termina/",
    ],
)
def test_a_stranger_is_sent_to_sign_in_and_comes_back(cast, visit, path):
    answer = visit(None).get(path)
    assert answer["Location"] == f"/accesso/?next={path}"


@pytest.mark.parametrize("path", ["/milano/notifiche/lette/", "/milano/notifiche/1/letta/", "/milano/agisci-per/"])
def test_what_changes_something_is_posted(cast, visit, path):
    assert visit(cast.sara).get(path).status_code == 405
    assert visit(None).post(path)["Location"].startswith("/accesso/")
