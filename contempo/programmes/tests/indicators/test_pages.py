"""The pages of indicators, as those who use them see them."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contempo.network.tests.factories import PDF
from contempo.programmes.models import Measurement
from contempo.programmes.rules.values import Entry, Value


@pytest.fixture
def ask(client, measuring):
    """`ask(who, "indicator", indicator="…")` opens a page of the plan as somebody (None: a visitor)."""

    def get(who, name, *, query="", post=None, **where):
        client.logout()
        if who is not None:
            client.force_login(who)
        url = reverse(f"programmes:{name}", kwargs={"network": "milano", "plan": measuring.plan.key, **where})
        return client.get(f"{url}{query}") if post is None else client.post(f"{url}{query}", post)

    return get


def test_everybody_opens_the_board_and_reads_sealed_values_only(measuring, ask):
    measuring.indicator(name="Soci della rete", source="network.members", target="20")
    measuring.approve(measuring.enter(12))
    page = ask(None, "board").content.decode()
    assert "Incontri tenuti" in page
    assert "Soci della rete" in page
    assert "<strong>12</strong>" not in page
    assert "<strong>12</strong>" in ask(measuring.world.elena, "board").content.decode()
    measuring.close()
    assert "<strong>12</strong>" in ask(None, "board").content.decode()


def test_small_values_are_not_told_to_everybody_and_are_to_the_observer(measuring, ask):
    measuring.approve(measuring.enter(3))
    measuring.close()
    public, observer = ask(None, "board"), ask(measuring.world.elena, "board")
    assert [row.value for row in public.context["board"].page.rows] == ["non detto"]
    assert [row.value for row in observer.context["board"].page.rows] == ["3"]


def test_an_indicator_not_for_the_public_is_not_found_by_it(measuring, ask):
    hidden = measuring.indicator(name="Solo per noi", public=False)
    assert "Solo per noi" not in ask(None, "board").content.decode()
    assert ask(None, "indicator", indicator=hidden.key).status_code == 404
    assert ask(measuring.world.elena, "indicator", indicator=hidden.key).status_code == 200


def test_the_committee_sees_on_top_what_waits_for_it(measuring, ask):
    measuring.enter(7)
    assert ask(measuring.bianca, "board").context["board"].waiting.may_decide
    assert "stato=proposed" in ask(measuring.bianca, "board").content.decode()
    assert "stato=proposed" not in ask(None, "board").content.decode()


def test_a_value_is_entered_approved_and_then_counts(measuring, ask):
    what = measuring.indicator(evidence="Verbali", by=["sex"])
    typed = {
        "period": measuring.first.key,
        "alliance": "",
        "numerator": "1.005",
        "by_sex": "Donne: 1.000\nUomini: 4\nNon detto: ",
    }
    refused = ask(measuring.world.marta, "value_enter", indicator=what.key, post=typed)
    assert refused.status_code == 200
    assert "by_sex" in refused.context["form"].errors
    assert "1.005" in refused.content.decode()
    assert not Measurement.objects.exists()
    typed |= {"by_sex": "Donne: 1.000\nUomini: 5", "documents": SimpleUploadedFile("verbale.pdf", PDF)}
    assert ask(measuring.world.marta, "value_enter", indicator=what.key, post=typed).status_code == 302
    value = Measurement.objects.get()
    page = ask(measuring.bianca, "value", measurement_id=value.pk)
    assert "verbale.pdf" in page.content.decode()
    where = {"measurement_id": value.pk}
    assert ask(measuring.world.marta, "value_decide", post={"do": "approve"}, **where).status_code == 403
    assert ask(measuring.bianca, "value_decide", post={"do": "refuse"}, **where).context["form"].errors
    assert ask(measuring.bianca, "value_decide", post={"do": "approve"}, **where).status_code == 302
    value.refresh_from_db()
    assert (value.state, value.numerator) == ("approved", Decimal(1005))
    page = ask(measuring.world.elena, "indicator", indicator=what.key)
    assert next(line.value for line in page.context["page"].cells) == "1.005"


def test_the_lead_of_an_alliance_reads_its_own_versions_and_no_other(measuring, ask):
    measuring.enter(3, who=measuring.world.chiara, alliance=measuring.times.key)
    measuring.enter(4, alliance=measuring.homes.key)
    page = ask(measuring.world.chiara, "values").context["page"]
    assert [row.alliance for row in page.rows] == ["Orari amici"]
    assert ask(measuring.world.paolo, "values").status_code == 403


def test_a_period_says_what_is_missing_and_is_not_closed_silently(measuring, ask):
    marta = measuring.world.marta
    page = ask(marta, "period", period=measuring.first.key)
    assert [line.name for line in page.context["page"].missing] == ["Incontri tenuti"]
    refused = ask(marta, "period_close", period=measuring.first.key, post={})
    assert "without_missing" in refused.context["form"].errors
    assert ask(marta, "period_close", period=measuring.first.key, post={"without_missing": "on"}).status_code == 302
    assert "<progress" in ask(marta, "period", period=measuring.first.key).content.decode()


def test_a_closed_period_shows_its_seal_and_verifies(measuring, ask):
    measuring.approve(measuring.enter(9))
    measuring.indicator(source="network.members")
    period = measuring.close()
    assert period.seal in ask(None, "period", period=period.key).content.decode()
    page = ask(None, "period_verify", period=period.key)
    assert page.context["found"].problems == ()
    assert ask(measuring.world.paolo, "period_file", period=period.key).status_code == 403
    file = json.loads(ask(measuring.world.elena, "period_file", period=period.key).content)
    assert file["seal"] == period.seal
    assert len(file["measurements"]) == 2


@pytest.mark.parametrize("format", ["csv", "xlsx", "pdf", "json"])
def test_the_board_is_taken_along_in_every_format(measuring, ask, format):
    measuring.approve(measuring.enter(12))
    for who in (None, measuring.world.elena):
        answer = ask(who, "board", query=f"?formato={format}")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content


def test_the_board_filters_and_sorts(measuring, ask):
    measuring.indicator(name="Soci della rete", source="network.members", target="1", typology="partners")
    elena = measuring.world.elena
    rows = lambda query: [row.name for row in ask(elena, "board", query=query).context["board"].page.rows]  # noqa: E731
    assert rows("?stato=missing") == ["Incontri tenuti"]
    assert rows("?tipologia=partners") == ["Soci della rete"]
    assert rows("?cerca=SOCI") == ["Soci della rete"]
    assert rows("?ordina=-name") == ["Soci della rete", "Incontri tenuti"]


def test_yes_or_no_and_texts_are_read_as_words(measuring, ask):
    integrated = measuring.indicator(unit="yes_no", target="sì", name="Integrato nel piano di zona")
    said = measuring.indicator(unit="text", target="", name="Che cosa è cambiato")
    measuring.approve(measuring.enter(indicator=integrated.key, entry=Entry(Value(yes=True))))
    measuring.approve(measuring.enter(indicator=said.key, entry=Entry(Value(text="Gli orari degli uffici."))))
    rows = {row.name: row for row in ask(measuring.world.elena, "board").context["board"].page.rows}
    assert rows["Integrato nel piano di zona"].standing_key == "reached"
    assert rows["Che cosa è cambiato"].value == "Gli orari degli uffici."
