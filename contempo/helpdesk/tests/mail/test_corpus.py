"""Every message of the corpus is read as a person would read it."""

import pytest

from contempo.helpdesk.rules.mail import Incoming, parse
from contempo.helpdesk.tests.mail.corpus import EXPECTED, FOLDER, raw

LARGEST = 1_500_000


@pytest.fixture(scope="module")
def read() -> dict[str, Incoming]:
    return {name: parse(raw(name)) for name in EXPECTED}


def test_every_file_has_its_expectation_and_every_expectation_its_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.eml")} == set(EXPECTED)
    assert len(EXPECTED) >= 150
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < LARGEST


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_message_is_read(name: str, read: dict[str, Incoming]) -> None:
    mail, expected = read[name], EXPECTED[name]
    assert mail.kind == expected["kind"]
    assert mail.sender == expected["sender"]
    assert [part for part in expected["has"] if part not in mail.text] == [], mail.text
    assert [part for part in expected.get("hasnt", []) if part in mail.text] == [], mail.text
    assert [attached.name for attached in mail.attachments] == expected.get("files", [])
    assert sorted(remark.note.value for remark in mail.remarks) == expected.get("notes", [])
    assert mail.certified == expected.get("certified", False)
    assert mail.receipt == expected.get("receipt", "")


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        (name, attribute)
        for name, expected in sorted(EXPECTED.items())
        for attribute in ("subject", "message_id", "sender_name", "text")
        if attribute in expected
    ],
)
def test_what_matters_about_a_message_is_read(name: str, attribute: str, read: dict[str, Incoming]) -> None:
    assert getattr(read[name], attribute) == EXPECTED[name][attribute]


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        (name, attribute)
        for name, expected in sorted(EXPECTED.items())
        for attribute in ("in_reply_to", "references", "recipients")
        if attribute in expected
    ],
)
def test_addresses_and_threads_are_read(name: str, attribute: str, read: dict[str, Incoming]) -> None:
    assert list(getattr(read[name], attribute)) == EXPECTED[name][attribute]


@pytest.mark.parametrize("name", sorted(name for name, expected in EXPECTED.items() if "date" in expected))
def test_dates_are_read_or_remarked_upon(name: str, read: dict[str, Incoming]) -> None:
    date = read[name].date
    assert (date.isoformat() if date else None) == EXPECTED[name]["date"]


@pytest.mark.parametrize("name", sorted(name for name, expected in EXPECTED.items() if "bounce" in expected))
def test_bounces_tell_whom_and_which_letter(name: str, read: dict[str, Incoming]) -> None:
    bounce, expected = read[name].bounce, EXPECTED[name]["bounce"]
    assert list(bounce.recipients) == expected["recipients"]
    assert bounce.permanent == expected["permanent"]
    assert list(bounce.message_ids) == expected["message_ids"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_words_are_lost(name: str, read: dict[str, Incoming]) -> None:
    mail = read[name]
    assert bool(mail.text.strip()) == bool(mail.full_text.strip())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_nothing_read_can_break_a_line_of_a_header(name: str, read: dict[str, Incoming]) -> None:
    mail = read[name]
    lines = [mail.subject, mail.sender, mail.sender_name, mail.message_id, *mail.recipients, *mail.answers]
    lines += [attached.name for attached in mail.attachments]
    assert [line for line in lines if any(character in line for character in "\r\n\0\u202e")] == []
