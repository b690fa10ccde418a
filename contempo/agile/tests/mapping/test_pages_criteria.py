"""The published criteria, and publishing new ones."""

import pytest
from bs4 import BeautifulSoup

from contempo.agile.models import CriteriaVersion
from contempo.agile.tests.conftest import Comune, words
from contempo.agile.tests.mapping.conftest import Mapped

pytestmark = pytest.mark.django_db


def typed(**changes: str) -> dict[str, str]:
    """The form of new criteria as it begins, with changes."""
    said = {"seen": "1", "threshold": "60", "note": "Lo chiede il contratto."}
    for place, each in enumerate(CriteriaVersion.objects.get(number=1).criteria):
        for name in ("text_it", "text_en", "help_it", "help_en"):
            said[f"{name}_{place}"] = each[name]
        if each["required"]:
            said[f"required_{place}"] = "on"
    return {**said, **changes}


def test_everybody_reads_what_each_criterion_means_the_threshold_and_since_when(mapped: Mapped) -> None:
    for who in (None, "anna", "sara"):
        page = words(mapped.comune.see("criteri/", who))
        assert "Non richiede la presenza fisica" in page
        assert "un cantiere, uno sportello" in page
        assert "50 %" in page
        assert "20 novembre 2026" in page


def test_before_any_is_published_the_proposed_ones_are_shown_as_such(comune: Comune) -> None:
    page = words(comune.see("criteri/"))
    assert "Nessun criterio è ancora pubblicato" in page
    assert "Strumenti e documenti si raggiungono a distanza" in page


def test_the_first_version_is_the_proposed_ones_and_needs_no_reason(comune: Comune) -> None:
    form = comune.see("criteri/nuovi/", "paolo")
    said = {each["name"]: each.get("value", "") for each in form.select("form[method=post] input[name]")}
    said |= {each["name"]: each.text.strip() for each in form.select("form[method=post] textarea[name]")}
    boxes = {each["name"] for each in form.select("input[type=checkbox]") if not each.has_attr("checked")}
    answer = comune.post("criteri/nuovi/", "paolo", **{key: said[key] for key in said if key not in boxes})
    assert answer.status_code == 302
    assert len(CriteriaVersion.objects.get().criteria) == 5


def test_a_new_version_tells_what_changed_and_the_old_one_stays_readable(mapped: Mapped) -> None:
    changes = typed(
        drop_0="on",
        text_it_new="Non mette a rischio chi lavora",
        text_en_new="It puts nobody at risk",
        required_4="on",
    )
    assert mapped.comune.post("criteri/nuovi/", "paolo", **changes).status_code == 302
    page = words(mapped.comune.see("criteri/"))
    assert "Lo chiede il contratto." in page
    assert "dal 50 % al 60 %" in page
    assert "Nuovo criterio: Non mette a rischio chi lavora" in page
    assert "Non si chiede più: Si può svolgere individualmente e programmare" in page
    assert "Ora è obbligatorio: Il risultato si riconosce" in page
    old = words(mapped.comune.see("criteri/1/"))
    assert "Questi criteri non sono più in vigore" in old
    assert "Si può svolgere individualmente e programmare" in old


def test_wrong_input_is_told_beside_its_field_and_kept(mapped: Mapped) -> None:
    said = typed(threshold="cento", note="", text_it_0="Un testo nuovo", text_en_1="")
    answer = mapped.comune.post("criteri/nuovi/", "paolo", **said)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Un testo nuovo" in page
    assert "cento" in page
    assert len(BeautifulSoup(page, "html.parser").select(".error-summary li a")) == 3
    assert CriteriaVersion.objects.count() == 1


def test_criteria_published_meanwhile_are_told_and_nothing_typed_is_lost(mapped: Mapped) -> None:
    mapped.publish(70)
    answer = mapped.comune.post("criteri/nuovi/", "paolo", **typed(note="La mia ragione"))
    page = answer.content.decode()
    assert "La mia ragione" in page
    assert CriteriaVersion.objects.count() == 2
    assert mapped.comune.post("criteri/nuovi/", "paolo", **typed(seen="2")).status_code == 302


def test_only_human_resources_open_the_form(mapped: Mapped) -> None:
    assert mapped.comune.get("criteri/nuovi/", "diana").status_code == 403
    assert mapped.comune.get("criteri/nuovi/").status_code == 302


def test_a_version_nobody_published_is_not_there(mapped: Mapped) -> None:
    assert mapped.comune.get("criteri/9/").status_code == 404


def test_strangers_find_the_criteria_among_the_pages_of_the_employer(mapped: Mapped) -> None:
    for who, expected in ((None, "Criteri"), ("sara", "Criteri"), ("anna", "Mappatura")):
        tab = mapped.comune.see("criteri/", who).select_one("nav [aria-current=page]")
        assert words(tab) == expected
