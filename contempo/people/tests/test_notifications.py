"""Telling people, as each chose to hear it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contempo.core.clock import now
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.actions import choose_deliveries, mark_all_read, mark_read, notify, send_digest, stop_mails
from contempo.people.jobs import send_digests
from contempo.people.models import Notification, NotificationChoice
from contempo.people.queries import actor_for, awaiting_digest, kind_choices, told, unread_count
from contempo.people.rules import DIGEST, INVITATION_KIND, ROLE_KIND, SYSTEM, VISITOR, Delivery
from contempo.people.tests.factories import BERGAMO, MILANO, PersonFactory, in_bergamo, in_milano

KIND = ROLE_KIND.name


def tell(*persons, kind=KIND, network_id=MILANO, title="È successo", text="Ecco che cosa.", url="/milano/"):
    notify([each.pk for each in persons], kind=kind, network_id=network_id, title=title, text=text, url=url)


def choose(person, delivery, kind=KIND):
    choose_deliveries(actor_for(person, None), choices={kind: delivery})


@pytest.mark.parametrize(("delivery", "sent"), [(Delivery.NOW, 1), (Delivery.DIGEST, 0), (Delivery.NEVER, 0)])
def test_the_page_has_it_always_and_the_mail_as_chosen(cast, mails, delivery, sent):
    choose(cast.sara, delivery)
    tell(cast.sara)
    assert unread_count(cast.sara.pk, MILANO) == 1
    assert len(mails(cast.sara.email)) == sent


def test_without_a_choice_the_default_of_the_kind_holds(cast, mails):
    tell(cast.sara)
    tell(cast.sara, kind=INVITATION_KIND.name)
    assert [mail.kind for mail in mails(cast.sara.email)] == [KIND]
    assert {each.name: each.delivery for each in kind_choices(cast.sara.pk)}.items() >= {
        (KIND, Delivery.NOW),
        (INVITATION_KIND.name, Delivery.DIGEST),
    }


def test_the_mail_says_it_with_and_without_html_and_how_to_stop(cast, mails):
    tell(cast.sara, title="La richiesta <b>Forno</b> & C. è arrivata")
    (mail,) = mails(cast.sara.email)
    assert mail.subject == "La richiesta <b>Forno</b> & C. è arrivata"
    assert "Ciao Sara," in mail.text
    assert mail.subject in mail.text
    assert "&lt;b&gt;Forno&lt;/b&gt; &amp; C." in mail.html
    for body in (mail.text, mail.html):
        assert "Rete di Milano" in body
        assert "/profilo/notifiche/" in body
        assert "Ferma queste e-mail" in body
        assert "http://127.0.0.1:8000/milano/" in body
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.headers["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/notifiche/ferma/")


def test_each_person_is_told_once_in_their_own_language(cast, mails):
    george = PersonFactory(full_name="George Reed", language="en")
    tell(cast.sara, george, cast.sara, title=format_lazy("{}: {}", _("Notifications"), 3), text=_("My profile"))
    assert [each.title for each in Notification.objects.filter(person=cast.sara)] == ["Notifiche: 3"]
    assert [each.text for each in Notification.objects.filter(person=george)] == ["My profile"]
    assert "Hello George," in mails(george.email)[0].text


def test_whoever_closed_the_account_is_told_nothing(cast):
    gone = PersonFactory(is_active=False)
    tell(gone)
    assert not Notification.objects.exists()


def test_a_kind_nobody_registered_is_a_mistake(cast):
    with pytest.raises(KeyError):
        tell(cast.sara, kind="test.unknown")


def test_what_is_undone_tells_nobody(cast, mails):
    with transaction.atomic():
        tell(cast.sara)
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    assert mails(cast.sara.email) == ()


def test_a_title_too_long_is_cut(cast):
    tell(cast.sara, title="a" * 300)
    assert len(Notification.objects.get().title) == 200


def test_the_number_of_statements_does_not_grow_with_the_persons(cast, budget):
    choose(cast.sara, Delivery.NEVER)
    persons = [cast.sara, *PersonFactory.create_batch(20)]
    for person in persons[1:]:
        NotificationChoice.objects.create(person=person, kind=KIND, delivery=Delivery.NEVER)
    with budget("tell many"):
        tell(*persons)


def test_reading_one_and_reading_all(cast):
    for number in range(3):
        tell(cast.sara, title=str(number))
    tell(cast.sara, network_id=BERGAMO)
    sara = in_milano(cast.sara)
    first = Notification.objects.get(title="0")
    assert mark_read(sara, notification_id=first.pk) == "/milano/"
    first.refresh_from_db()
    read_at = first.read_at
    mark_read(sara, notification_id=first.pk)
    first.refresh_from_db()
    assert first.read_at == read_at
    assert unread_count(cast.sara.pk, MILANO) == 2
    assert mark_all_read(sara, network_id=MILANO) == 2
    assert unread_count(cast.sara.pk, MILANO) == 0
    assert unread_count(cast.sara.pk, BERGAMO) == 1
    assert unread_count(None, MILANO) == 0 == unread_count(cast.sara.pk, None)


def test_nobody_reads_what_another_was_told(cast):
    tell(cast.sara)
    with pytest.raises(Refusal, match="not there"):
        mark_read(in_milano(cast.marta), notification_id=Notification.objects.get().pk)
    assert unread_count(cast.sara.pk, MILANO) == 1


def test_the_list_has_the_unread_first_then_the_newest(cast, at):
    for hour, title in ((8, "prima"), (9, "seconda"), (10, "terza")):
        at(f"2026-11-20T{hour:02}:00")
        tell(cast.sara, title=title)
    mark_read(in_milano(cast.sara), notification_id=Notification.objects.get(title="terza").pk)
    assert [each.title for each in told(in_milano(cast.sara), page="1").entries] == ["seconda", "prima", "terza"]
    assert [each.unread for each in told(in_milano(cast.sara), page="x").entries] == [True, True, False]
    assert told(in_bergamo(cast.sara), page="1").entries == ()


def test_choices_are_for_known_kinds_and_signed_in_persons(cast):
    with pytest.raises(Refusal):
        choose_deliveries(actor_for(cast.sara, None), choices={"test.unknown": Delivery.NOW})
    with pytest.raises(NotPermitted):
        choose_deliveries(VISITOR, choices={KIND: Delivery.NOW})
    choose(cast.sara, Delivery.NEVER)
    choose(cast.sara, Delivery.DIGEST)
    assert NotificationChoice.objects.get(person=cast.sara).delivery == Delivery.DIGEST


def test_the_summary_is_one_mail_with_all_that_is_unread(cast, mails):
    choose(cast.sara, Delivery.DIGEST)
    for title in ("Uno", "Due", "Tre"):
        tell(cast.sara, title=title)
    mark_read(in_milano(cast.sara), notification_id=Notification.objects.get(title="Due").pk)
    assert send_digest(SYSTEM, person_id=cast.sara.pk, until=now())
    (mail,) = mails(cast.sara.email)
    assert mail.subject == "2 novità per te"
    assert "Uno" in mail.text
    assert "Tre" in mail.html
    assert "Due" not in mail.text
    assert "http://127.0.0.1:8000/milano/" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_summary_sent_twice_is_sent_once(cast, mails):
    choose(cast.sara, Delivery.DIGEST)
    tell(cast.sara)
    assert send_digest(SYSTEM, person_id=cast.sara.pk, until=now())
    assert not send_digest(SYSTEM, person_id=cast.sara.pk, until=now())
    assert len(mails(cast.sara.email)) == 1


def test_there_is_no_summary_without_news(cast, mails):
    choose(cast.sara, Delivery.DIGEST)
    assert not send_digest(SYSTEM, person_id=cast.sara.pk, until=now())
    tell(cast.sara)
    assert awaiting_digest(now() - timedelta(hours=1)) == ()
    assert awaiting_digest(now()) == (cast.sara.pk,)
    assert mails(cast.sara.email) == ()


def test_the_job_writes_at_eight_in_italy_and_only_then(cast, mails, at):
    choose(cast.sara, Delivery.DIGEST)
    at("2026-11-19T17:00")
    tell(cast.sara)
    send_digests(int(at("2026-11-20T07:00").timestamp()))
    assert mails(cast.sara.email) == ()
    send_digests(int(at("2026-11-20T08:00").timestamp()))
    send_digests(int(at("2026-11-20T08:00").timestamp()))
    assert len(mails(cast.sara.email)) == 1


def test_stopping_a_kind_leaves_the_others(cast, mails):
    stop_mails(VISITOR, person_id=cast.sara.pk, kind=KIND)
    tell(cast.sara)
    assert mails(cast.sara.email) == ()
    assert unread_count(cast.sara.pk, MILANO) == 1
    chosen = {each.name: each.delivery for each in kind_choices(cast.sara.pk)}
    assert chosen[KIND] is Delivery.NEVER
    assert chosen[INVITATION_KIND.name] is Delivery.DIGEST


def test_stopping_the_summary_stops_all_that_goes_into_it(cast):
    choose(cast.sara, Delivery.NOW)
    stop_mails(VISITOR, person_id=cast.sara.pk, kind=DIGEST)
    chosen = {each.name: each.delivery for each in kind_choices(cast.sara.pk)}
    assert Delivery.DIGEST not in chosen.values()
    assert chosen[KIND] is Delivery.NOW
