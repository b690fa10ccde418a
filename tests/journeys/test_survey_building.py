"""A coordinator writes a questionnaire with the keyboard alone: no mouse, with and without JavaScript."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import FORMS, value_of

CARE = "Ti prendi cura di qualcuno?"
WHO = "Di chi ti prendi cura?"
HOURS = "Quante ore alla settimana dedichi a questa persona?"
PLACE = "In che comune vive la persona?"
_MOST_TABS = 400


def test_a_questionnaire_is_written_with_the_keyboard_alone(comes: Comes, mode: str) -> None:
    marta = comes("marta")
    begins_an_empty_one(marta, f"Cura nel quartiere di {mode}")

    adds(marta, "single")
    types(marta, label_it=CARE, label_en="Do you take care of somebody?")
    types_the_answers(marta, ("Sì", "Yes"), ("No", "No"), ("Preferisco non dirlo", "I prefer not to say"))
    saves(marta)
    sees_in_the_preview(marta, CARE, "Preferisco non dirlo")

    adds(marta, "text")
    types(marta, label_it=WHO, label_en="Whom do you take care of?")
    chooses_when(marta, CARE, value="si")
    saves(marta)
    marta.sees("con una condizione")
    does_not_see_in_the_preview_before_saying_yes(marta)

    adds(marta, "note")
    types(marta, label_it="Grazie: hai scritto {domanda_2}.", label_en="Thank you: you wrote {domanda_2}.")
    saves(marta)
    marta.looks_at("survey-builder-piping")

    adds_a_group_that_repeats(marta)
    tries_it_out_by_keyboard(marta)
    publishes_by_keyboard(marta)

    words_it_better_and_publishes_a_comparable_version(marta)
    changes_the_meaning_and_is_refused(marta)


def test_what_is_wrong_is_told_beside_its_field_and_the_rest_is_kept(comes: Comes, mode: str) -> None:
    marta = comes("marta")
    begins_an_empty_one(marta, f"Numeri da {mode}")
    adds(marta, "number")
    types(marta, label_it=HOURS, label_en="How many hours a week?", least="dieci", most="168")
    presses(marta, "Salva")
    marta.sees("Il resto è salvato")
    least = marta.page.locator("#id_least")
    assert least.input_value() == "dieci"
    assert least.get_attribute("aria-invalid") == "true"
    assert "numero" in described(marta, least)
    marta.does_not_see("Manca il testo in italiano")
    marta.looks_at("survey-builder-half-right", again=False)
    looks_again(marta)
    assert (value_of(marta, "label_it"), value_of(marta, "least"), value_of(marta, "most")) == (HOURS, "", "168")
    if marta.javascript:
        is_told_while_typing(marta)


def is_told_while_typing(keeper: Visitor) -> None:
    """With a script nobody presses a button: what is right is kept, what is not is told beside its field."""
    types(keeper, least="dieci", unit="ore")
    expect(keeper.page.locator("#id_least_said")).to_contain_text("numero")
    expect(keeper.page.locator("#id_least")).to_have_attribute("aria-invalid", "true")
    expect(keeper.page.locator("#save-state")).to_contain_text("Salvato, ma non ciò che è segnato")
    types(keeper, least="10")
    expect(keeper.page.locator("#id_least_said")).to_be_empty()
    expect(keeper.page.locator("#save-state[data-kept]")).to_contain_text("Salvato")
    looks_again(keeper)
    assert (value_of(keeper, "least"), value_of(keeper, "unit")) == ("10", "ore")


def looks_again(keeper: Visitor) -> None:
    """Open the page anew, as it is kept."""
    keeper.page.goto(keeper.page.url.partition("#")[0])


def begins_an_empty_one(keeper: Visitor, title: str) -> None:
    """An empty questionnaire in both languages; the builder is open then."""
    keeper.goes_to(f"{FORMS}nuovo/")
    follows(keeper, "Un questionario vuoto")
    types(keeper, title=title)
    keeper.picks("purpose", "needs")
    presses(keeper, "Inizia a scrivere")
    keeper.looks_at("survey-builder-empty")
    presses(keeper, "Chiedi anche in inglese")
    keeper.sees("Il questionario è in italiano e in inglese.")


def reaches(keeper: Visitor, wanted: Locator) -> None:
    """Go with the key of tabulation until the control has the focus."""
    for _ in range(_MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        keeper.page.keyboard.press("Tab")
    raise AssertionError(f"not reached by keyboard: {wanted}")


def follows(keeper: Visitor, name: str) -> None:
    """Follow a link by keyboard."""
    reaches(keeper, keeper.page.get_by_role("main").get_by_role("link", name=name).first)
    with keeper.page.expect_event("load"):
        keeper.page.keyboard.press("Enter")


def presses(keeper: Visitor, name: str | re.Pattern[str]) -> None:
    """Press a button by keyboard, and wait for the page it leads to."""
    reaches(keeper, keeper.page.get_by_role("main").get_by_role("button", name=name, exact=True).last)
    with keeper.page.expect_event("load"):
        keeper.page.keyboard.press("Enter")


def types(keeper: Visitor, **fields: str) -> None:
    """Type into the fields with these names, in the place of what is there."""
    for name, text in fields.items():
        reaches(keeper, keeper.page.locator(f'main [name="{name}"]').first)
        keeper.page.keyboard.press("ControlOrMeta+a")
        keeper.page.keyboard.insert_text(text)


def picks_in_list(keeper: Visitor, wanted: Locator, value: str) -> None:
    """Choose in a list with the arrows."""
    reaches(keeper, wanted)
    keeper.page.keyboard.press("Home")
    for _ in range(wanted.locator("option").count()):
        if wanted.input_value() == value:
            return
        keeper.page.keyboard.press("ArrowDown")
    raise AssertionError(f"not in the list: {value}")


def saves(keeper: Visitor) -> None:
    """With the key of who writes much, where scripts run; with the button else."""
    if keeper.javascript:
        with keeper.page.expect_event("load"):
            keeper.page.keyboard.press("Control+s")
    else:
        presses(keeper, "Salva")
    keeper.sees("Salvato")


def adds(keeper: Visitor, kind: str) -> None:
    """Add a question: its first field has the focus then."""
    picks_in_list(keeper, keeper.page.locator("#add-kind"), kind)
    presses(keeper, "Aggiungi")
    expect(keeper.page.locator("#id_label_it")).to_be_focused()


def types_the_answers(keeper: Visitor, *answers: tuple[str, str]) -> None:
    """Type possible answers one after the other; where there is no more room, with one more row."""
    for number, (italian, english) in enumerate(answers):
        if not keeper.page.locator(f'[name="option-{number}-it"]').count():
            adds_a_row(keeper)
        types(keeper, **{f"option-{number}-it": italian, f"option-{number}-en": english})


def adds_a_row(keeper: Visitor) -> None:
    """Enter in the last row makes a new one, with the focus in it; without a script a button does."""
    rows = keeper.page.locator("#options .survey-row")
    count = rows.count()
    if keeper.javascript:
        keeper.page.keyboard.press("Enter")
    else:
        presses(keeper, "Aggiungi una riga")
    expect(rows).to_have_count(count + 1)
    expect(keeper.page.locator(f'[name="option-{count}-it"]')).to_be_focused()


def takes_out_the_last_answer(keeper: Visitor) -> None:
    """With the button beside it; where scripts run the page stays."""
    if keeper.javascript:
        reaches(keeper, keeper.page.get_by_role("button", name="Togli la riga 3: Preferisco non dirlo"))
        keeper.page.keyboard.press("Enter")
    else:
        presses(keeper, "Togli la riga 3: Preferisco non dirlo")
    expect(keeper.page.locator("#save-state[data-kept]")).to_be_visible()
    expect(keeper.page.locator('[name="option-2-it"]')).to_have_value("")


def chooses_when(keeper: Visitor, question: str, *, value: str) -> None:
    """Show it only if an earlier answer is this one."""
    asked = keeper.page.locator('main select[name="test-0-question"]')
    key = asked.locator("option", has_text=question).first.get_attribute("value")
    picks_in_list(keeper, asked, key)
    if not keeper.javascript:
        presses(keeper, "Mostra che cosa si può chiedere alla domanda scelta")
    answer = keeper.page.locator('main select[name="test-0-value"]')
    expect(answer).to_be_visible()
    picks_in_list(keeper, answer, value)


def sees_in_the_preview(keeper: Visitor, *texts: str) -> None:
    """What is written is in the preview beside it."""
    for text in texts:
        expect(keeper.page.locator("#preview")).to_contain_text(text)


def does_not_see_in_the_preview_before_saying_yes(keeper: Visitor) -> None:
    """The question being written is shown all the same, and told apart; with the right answer it is asked."""
    preview = keeper.page.locator("#preview")
    expect(preview).to_contain_text("la domanda che scrivi non si vedrebbe")


def described(keeper: Visitor, control: Locator) -> str:
    """What a control is described by."""
    ids = (control.get_attribute("aria-describedby") or "").split()
    return " ".join(keeper.page.locator(f'[id="{one}"]').inner_text() for one in ids)


def adds_a_group_that_repeats(keeper: Visitor) -> None:
    """A group asked for each person, with a question in it."""
    presses(keeper, "Aggiungi un gruppo")
    expect(keeper.page.locator("#id_label_it")).to_be_focused()
    types(keeper, label_it="Le persone di cui ti prendi cura", label_en="The people you take care of")
    types(keeper, repeat="4", each_it="Persona", each_en="Person")
    saves(keeper)
    adds(keeper, "number")
    types(keeper, label_it=HOURS, label_en="How many hours a week for this person?", least="0", most="168", unit="ore")
    saves(keeper)
    sees_in_the_preview(keeper, "Persona 1", HOURS)
    adds(keeper, "municipality")
    types(keeper, label_it=PLACE, label_en="In which municipality does this person live?")
    saves(keeper)
    keeper.looks_at("survey-builder-repeated")


def tries_it_out_by_keyboard(keeper: Visitor) -> None:
    """As who answers: the skip, the answer told in a text, and the group asked twice."""
    follows(keeper, "Prova")
    keeper.sees(CARE)
    answers(keeper, "si")
    if not keeper.javascript:
        presses(keeper, "Vedi che cosa cambia in questa pagina")
    expect(keeper.page.locator("main").get_by_text(WHO)).to_be_visible()
    types(keeper, domanda_2="di mia madre")
    presses(keeper, "Vedi che cosa cambia in questa pagina")
    keeper.sees("Grazie: hai scritto di mia madre.", "Persona 1")
    types(keeper, **{"gruppo_1.0.domanda_4": "12"})
    keeper.looks_at("survey-preview-repeated", again=False)


def answers(keeper: Visitor, value: str) -> None:
    """Choose one of the radio buttons with the arrows."""
    reaches(keeper, keeper.page.locator('main [name="domanda_1"]').first)
    keeper.page.keyboard.press("Space")
    assert keeper.page.locator(f'main [name="domanda_1"][value="{value}"]').is_checked()


def publishes_by_keyboard(keeper: Visitor, note: str = "") -> None:
    """Publish the version being written."""
    follows(keeper, "Pubblica")
    if note:
        types(keeper, note=note)
    presses(keeper, "Pubblica la versione")
    keeper.sees("Versione pubblicata")


def words_it_better_and_publishes_a_comparable_version(keeper: Visitor) -> None:
    """Other words for the same question are a version that adds up with the one before."""
    presses(keeper, "Inizia una nuova versione")
    follows(keeper, re.compile(re.escape(WHO)))
    types(keeper, label_it="Di chi ti stai prendendo cura?")
    saves(keeper)
    publishes_by_keyboard(keeper, "Una domanda più chiara")
    follows(keeper, "Versione 2")
    keeper.sees("Che cosa è cambiato dalla versione 1", WHO, "Di chi ti stai prendendo cura?")
    keeper.looks_at("survey-version-changed")


def changes_the_meaning_and_is_refused(keeper: Visitor) -> None:
    """An answer taken away would make the figures of the versions before say another thing."""
    follows(keeper, "Versioni")
    presses(keeper, "Inizia una nuova versione")
    follows(keeper, re.compile(re.escape(CARE)))
    takes_out_the_last_answer(keeper)
    follows(keeper, "Pubblica")
    keeper.sees("Queste modifiche cambiano il significato di una domanda", "ha cambiato le risposte possibili")
    assert not keeper.page.get_by_role("button", name="Pubblica la versione").count()
    follows(keeper, re.compile("ha cambiato le risposte possibili"))
    keeper.sees(CARE)
