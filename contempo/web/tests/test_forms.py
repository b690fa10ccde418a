"""Forms: every control labelled, errors beside the field and summarised with links, nothing typed lost."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from contempo.core.verdict import NotPermitted, Refusal
from contempo.web.forms import Upload, add_refusal, done
from contempo.web.tests.gallery import SampleForm


def shown(form: SampleForm) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_every_control_has_a_label_or_stands_in_a_group_with_a_legend() -> None:
    page = shown(SampleForm())
    labelled = {label["for"] for label in page.find_all("label")}
    controls = page.select("input, select, textarea")
    assert controls
    assert {control["id"] for control in controls} <= labelled
    assert [" ".join(legend.get_text().split()) for legend in page.find_all("legend")] == [
        "Dimensione",
        "Priorità che interessano (facoltativo)",
    ]


def test_only_optional_fields_say_so() -> None:
    page = shown(SampleForm())
    optional = [mark.parent.get_text(" ", strip=True) for mark in page.select(".optional")]
    assert optional == ["Priorità che interessano (facoltativo)", "Attiva dal (facoltativo)", "Statuto (facoltativo)"]


def test_a_fresh_form_has_no_summary_of_errors() -> None:
    assert not shown(SampleForm()).select(".error-summary")


def test_each_error_stands_beside_its_field_and_is_linked_from_the_summary() -> None:
    page = shown(SampleForm({"name": "Panificio Fornai", "email": "ivo"}))
    for link in page.select(".error-summary a"):
        target = page.find(id=str(link["href"]).removeprefix("#"))
        assert target is not None, link
        assert target.name in {"input", "select", "textarea"}
    email = page.find(id="id_email")
    assert email is not None
    assert email["aria-invalid"] == "true"
    described = page.find(id=email["aria-describedby"])
    assert described is not None
    assert described.get_text(strip=True)


def test_the_summary_counts_what_is_to_mend() -> None:
    page = shown(SampleForm({}))
    heading = page.select_one(".error-summary h2")
    assert heading is not None
    assert (
        heading.get_text() == f"Ci sono {len(page.select('.error-summary li'))} cose da correggere prima di proseguire"
    )


def test_what_was_typed_stays() -> None:
    page = shown(SampleForm({"name": "Panificio <Fornai>", "text": "Per i figli\ndei soci", "aims": ["care", "flex"]}))
    assert page.find(id="id_name")["value"] == "Panificio <Fornai>"
    assert "Per i figli\ndei soci" in page.find(id="id_text").get_text()
    assert [box["value"] for box in page.select("input[name=aims][checked]")] == ["care", "flex"]


def test_the_file_uploaded_before_is_still_named() -> None:
    form = SampleForm({}, initial={"deed": SimpleNamespace(name="statuto.pdf", url="/statuto/")})
    kept = shown(form).select_one(".upload-kept a")
    assert kept is not None
    assert (kept.get_text(), kept["href"]) == ("statuto.pdf", "/statuto/")


def test_a_file_control_names_its_limit_to_the_browser() -> None:
    control = BeautifulSoup(Upload(max_bytes=10_485_760).render("deed", None), "html.parser").input
    assert control is not None
    assert control["data-max-bytes"] == "10485760"
    assert "10,0" in str(control["data-too-large"])


def test_a_required_file_uploaded_before_is_not_asked_again() -> None:
    assert Upload().use_required_attribute(None)
    assert not Upload().use_required_attribute(SimpleNamespace(name="statuto.pdf"))


def test_a_refusal_lands_beside_its_field_in_the_readers_words() -> None:
    form = SampleForm({"name": "x"})
    add_refusal(form, Refusal("%(count)s characters are too many.", field="name", count=17))
    assert "17 characters are too many." in form.errors["name"]


def test_a_refusal_of_no_field_stands_in_the_summary() -> None:
    form = SampleForm({})
    add_refusal(form, Refusal("Somebody else has just changed it.", field="no_such_field"))
    assert form.non_field_errors() == ["Somebody else has just changed it."]
    first = shown(form).select_one(".error-summary li")
    assert first is not None
    assert first.get_text(strip=True) == "Somebody else has just changed it."


FULL = {
    "name": "Panificio Fornai",
    "tax_code": "01234567890",
    "email": "ivo@fornai.example",
    "kind": "company",
    "size": "micro",
    "text": "Sei dipendenti",
    "consent": "on",
}


def test_a_right_form_is_done_once() -> None:
    acts: list[str] = []
    form = SampleForm(FULL)
    assert done(form, lambda: acts.append(form.cleaned_data["name"])), form.errors
    assert acts == ["Panificio Fornai"]


def test_nothing_is_done_of_a_form_that_is_wrong_or_was_not_sent() -> None:
    acts: list[str] = []
    for form in (SampleForm({**FULL, "email": "ivo"}), SampleForm()):
        assert not done(form, lambda: acts.append("x"))
    assert not acts


def test_what_the_action_refuses_is_said_in_the_form_and_what_is_not_permitted_goes_on() -> None:
    def refuse() -> None:
        raise Refusal("This name is taken.", field="name")

    def forbid() -> None:
        raise NotPermitted("Only the coordinators may.")

    form = SampleForm(FULL)
    assert not done(form, refuse)
    assert form.errors["name"] == ["This name is taken."]
    with pytest.raises(NotPermitted):
        done(SampleForm(FULL), forbid)
