"""`contempo mail`: files read by the operator, with what became of each."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contempo.helpdesk.models import Question
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.corpus import FOLDER
from contempo.helpdesk.tests.mail.posting import written
from contempo.helpdesk.tests.mail.servers import mailbox


def told(*arguments: object) -> str:
    """What the command says."""
    said = StringIO()
    call_command("mail", *map(str, arguments), stdout=said)
    return said.getvalue()


def test_files_are_read_and_what_became_of_them_is_told(post: Desk) -> None:
    said = told("ingest", FOLDER / "fresh-gmail-web.eml", FOLDER / "auto-sieve.eml", FOLDER / "fresh-gmail-web.eml")
    lines = said.splitlines()
    assert "È diventata una domanda" in lines[0]
    assert "#1" in lines[0]
    assert "Risposta automatica" in lines[1]
    assert lines[2] == lines[0]
    assert Question.objects.count() == 1


def test_a_file_for_no_desk_is_refused_and_the_others_are_taken(post: Desk, tmp_path: Path) -> None:
    lost = tmp_path / "lost.eml"
    lost.write_bytes(written(to="altri@example.org").as_bytes())
    with pytest.raises(CommandError, match="no desk"):
        told("ingest", lost, tmp_path / "missing.eml", FOLDER / "fresh-ios.eml")
    assert Question.objects.count() == 1


def test_the_network_of_files_that_name_no_desk_can_be_told(post: Desk, tmp_path: Path) -> None:
    lost = tmp_path / "lost.eml"
    lost.write_bytes(written(to="altri@example.org").as_bytes())
    assert "bergamo" in told("ingest", "--network", "bergamo", lost)
    with pytest.raises(CommandError, match="no network"):
        told("ingest", "--network", "nowhere", lost)


def test_the_mailbox_is_fetched(post: Desk, settings: object) -> None:
    with pytest.raises(CommandError, match="IMAP_URL"):
        told("poll")
    with mailbox(written().as_bytes()) as box:
        settings.IMAP_URL = box.url
        assert "1" in told("poll")
    with pytest.raises(CommandError):
        told("poll")


def test_nobody_listens_at_an_address_that_is_none() -> None:
    with pytest.raises(CommandError):
        told("listen", "nowhere")
