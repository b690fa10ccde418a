"""Every page sends the SQL statements that `statements.json` says, no more and no fewer, as the role that sees most."""

import json
from pathlib import Path

import pytest

from tests.access.world import make_place
from tests.budgets.counting import browser, listing, pages, path, statements

LISTED: dict[str, int] = json.loads(Path(__file__).with_name("statements.json").read_text(encoding="utf-8"))


def test_every_page_is_listed_and_nothing_else() -> None:
    assert sorted(LISTED) == sorted(pages())


@pytest.mark.django_db
def test_each_page_sends_as_many_statements_as_listed() -> None:
    milano = make_place("milano")
    make_place("bergamo")
    browsers = {role: browser(milano, role) for _row, role in pages().values()}
    wrong = []
    for address, (row, role) in pages().items():
        sent, _answer = statements(browsers[role], path(milano, address, row.thing))
        if len(sent) != LISTED.get(address):
            wrong.append(f"{address} as {role}: {len(sent)}, listed {LISTED.get(address)}\n{listing(sent)}")
    assert not wrong, "\n".join(wrong)
