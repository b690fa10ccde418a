"""In an anonymous campaign nothing that is kept ties an invitation to its answers."""

import json
import random
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection

from contempo.core.outbox.models import Mail, OutboxEvent
from contempo.core.testing import At
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.mixing import mix
from contempo.questionnaires.models import Campaign, Invitation, Response
from contempo.questionnaires.rules.doors import digest
from contempo.questionnaires.rules.states import CampaignState, InvitationState, Mode, ResponseState
from contempo.questionnaires.tests.answering.people import FIRST, SECOND, THIRD, Respondent, link_of
from contempo.questionnaires.tests.factories import (
    TODAY,
    CampaignFactory,
    InvitationFactory,
    Surveys,
    TargetFactory,
    make_surveys,
)

MANY = 12


def invited(surveys: Surveys, count: int) -> tuple[Campaign, list[Invitation]]:
    """An anonymous campaign nobody has answered yet."""
    campaign = CampaignFactory(version=surveys.version, mode=Mode.ANONYMOUS.value)
    made = [InvitationFactory(campaign=campaign, target=TargetFactory(campaign=campaign)) for _one in range(count)]
    return campaign, made


def answered(invitation: Invitation, number: int) -> Respondent:
    """Somebody who answers, recognised by how many work there."""
    someone = Respondent(link_of(invitation)).see().begin()
    someone.page(1, **{**FIRST, "workers": str(number)})
    someone.page(2, **SECOND)
    someone.page(3, **THIRD)
    assert someone.send("riepilogo/").endswith("inviate/"), someone.text
    return someone


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, with the hidden columns of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT xmin::text, xmax::text, cmin::text, ctid::text, to_jsonb(t) FROM {name} t")
            found[table] = [
                {"xmin": xmin, "xmax": xmax, "cmin": cmin, "ctid": ctid, **json.loads(row)}
                if isinstance(row, str)
                else {"xmin": xmin, "xmax": xmax, "cmin": cmin, "ctid": ctid, **row}
                for xmin, xmax, cmin, ctid, row in cursor.fetchall()
            ]
    return found


def transactions(rows: Iterable[dict[str, Any]]) -> set[str]:
    """The transactions that wrote or locked rows."""
    return {row[column] for row in rows for column in ("xmin", "xmax") if row[column] != "0"}


def leaves(value: Any) -> set[Any]:
    """Every single value of a row, however deep."""
    if isinstance(value, dict):
        return {leaf for one in value.values() for leaf in leaves(one)}
    if isinstance(value, list):
        return {leaf for one in value for leaf in leaves(one)}
    return {value}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("closed", [False, True])
def test_nothing_ties_an_invitation_to_a_response_once_they_are_mixed(at: At, closed: bool) -> None:
    at(TODAY)
    campaign, invitations = invited(make_surveys(), MANY)
    order = random.Random(7).sample(range(MANY), MANY)
    for number in order:
        answered(invitations[number], 1000 + number)
    if closed:
        Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED.value)
    assert mix(SYSTEM, campaign_id=campaign.pk) == MANY

    kept = everything()
    responses = [row for row in kept["questionnaires_response"] if row["campaign_id"] == campaign.pk]
    asked = [row for row in kept["questionnaires_invitation"] if row["campaign_id"] == campaign.pk]
    assert len(responses) == len(asked) == MANY

    # One transaction wrote them all, and no lock of another one is left in their rows.
    assert len(transactions(responses)) == 1
    assert transactions(responses) == transactions(asked)
    came = [invitations[number].pk for number in order]
    stored = [row["id"] for row in sorted(asked, key=lambda row: _place(row["ctid"]))]
    workers = [row["answers"]["workers"] - 1000 for row in sorted(responses, key=lambda row: _place(row["ctid"]))]
    assert stored not in (came, came[::-1], sorted(came))
    assert [invitations[number].pk for number in workers] not in (came, came[::-1], stored, stored[::-1])

    # A response knows nothing of who, when or by which unit; an invitation not when it was used.
    names = ("invitation_id", "delegate_id", "entered_by_id", "begun_at", "saved_at", "completed_at")
    assert {row[name] for row in responses for name in names} == {None}
    assert {(row["confirm_to"], json.dumps(row["attributes"]), str(row["speaks_for"])) for row in responses} == {
        ("", "{}", "[]")
    }
    assert {(row["state"], row["changed_at"]) for row in asked} == {(InvitationState.COMPLETED.value, None)}

    # Nothing written elsewhere speaks of a response, nor in the transaction of one.
    keys = {row["id"] for row in responses} | {row["key_hash"] for row in responses}
    for table, rows in kept.items():
        if table != "questionnaires_response":
            assert not [row for row in rows if leaves(row) & keys], table
    assert not [row for row in kept["questionnaires_coverage"] if row["response_id"] in keys]


def _place(ctid: str) -> tuple[int, ...]:
    return tuple(int(part) for part in ctid.strip("()").split(","))


@pytest.mark.django_db(transaction=True)
def test_beginning_and_changing_leave_no_mark_on_the_invitation(at: At) -> None:
    at(TODAY)
    campaign, invitations = invited(make_surveys(), 6)
    people = [answered(invitation, number) for number, invitation in enumerate(invitations[:5])]
    mix(SYSTEM, campaign_id=campaign.pk)

    def rows() -> list[dict[str, Any]]:
        found = [row for row in everything()["questionnaires_invitation"] if row["campaign_id"] == campaign.pk]
        return sorted(found, key=lambda row: row["id"])

    before = rows()
    Respondent(link_of(invitations[5])).see().begin().page(1, **FIRST)
    people[2].page(1, **{**FIRST, "workers": "77"})
    assert people[2].send("riepilogo/").endswith("inviate/")
    assert rows() == before
    assert Response.objects.filter(campaign=campaign, answers__workers=77).count() == 1


@pytest.mark.django_db(transaction=True)
def test_logs_letters_and_news_hold_nothing(at: At, caplog: pytest.LogCaptureFixture) -> None:
    at(TODAY)
    _campaign, invitations = invited(make_surveys(), 1)
    mails, news = Mail.objects.count(), OutboxEvent.objects.count()
    someone = answered(invitations[0], 12)
    someone.send("inviate/", email="qualcuno@example.org")
    assert (Mail.objects.count(), OutboxEvent.objects.count()) == (mails, news)
    code = link_of(invitations[0]).split("/")[-2]
    secret = someone.url.rstrip("/").rpartition("/")[2]
    logged = " ".join(str(record.__dict__) for record in caplog.records)
    assert "door:door" in logged
    assert code not in logged
    assert secret not in logged


@pytest.mark.django_db
def test_a_link_is_spent_by_one_of_two_half_done_responses(surveys: Surveys) -> None:
    invitation = surveys.invitation(surveys.anonymous, "coop")
    one, other = Respondent(link_of(invitation)).begin(), Respondent(link_of(invitation)).begin()
    assert one.url != other.url
    for someone in (one, other):
        someone.page(1, **FIRST)
        someone.page(2, **SECOND)
        someone.page(3, **THIRD)
    assert one.send("riepilogo/").endswith("inviate/")
    assert other.send("riepilogo/") == ""
    assert "sono già state inviate" in other.text
    states = Response.objects.filter(campaign=surveys.anonymous, key_hash__isnull=False).values_list("state", flat=True)
    assert sorted(states) == [ResponseState.BEGUN.value, ResponseState.COMPLETED.value]


@pytest.mark.django_db
def test_half_done_answers_are_found_only_by_their_own_address(surveys: Surveys) -> None:
    invitation = surveys.invitation(surveys.anonymous, "coop")
    someone = Respondent(link_of(invitation)).begin()
    someone.page(1, **FIRST)
    assert 'value="12"' in Respondent(someone.url).see("pagina/1/").text
    assert 'value="12"' not in Respondent(link_of(invitation)).see("pagina/1/").text
    secret = someone.url.rstrip("/").rpartition("/")[2]
    assert bytes(
        Response.objects.get(answers__workers=12, state="begun", campaign=surveys.anonymous).key_hash or b""
    ) == digest(secret)


@pytest.mark.django_db
def test_taking_back_erases_and_opens_the_link_again(surveys: Surveys) -> None:
    invitation = surveys.invitation(surveys.anonymous, "coop")
    someone = answered(invitation, 31)
    someone.send("ritira/")
    assert not Response.objects.filter(answers__workers=31).exists()
    assert answered(invitation, 32).status == 302


@pytest.mark.django_db
def test_no_file_is_taken_and_it_is_no_missing_answer(surveys: Surveys) -> None:
    invitation = surveys.invitation(surveys.anonymous, "coop")
    someone = answered(invitation, 41)
    assert 'type="file"' not in someone.see("pagina/3/").text
    assert Response.objects.get(answers__workers=41).unasked == ["proof"]
