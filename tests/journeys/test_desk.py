"""The desk: asked by web and by mail, answered, published, found again; a conflict of interest; a broken promise."""

import re
from email.message import EmailMessage

from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.tasks import code_in

DESK = "sportello.milano@example.org"
ANSWER = (
    "Sì. Il congedo parentale si può prendere anche a ore, d’accordo con il datore di lavoro e con il preavviso del "
    "tuo contratto.\n\n- Fai domanda all’INPS prima di cominciare.\n- Dillo al datore di lavoro per iscritto."
)


def asks(visitor: Visitor, text: str, email: str, **more: str) -> int:
    """Ask by the web, registering with a code on the way; the number of the question."""
    visitor.goes_to("/milano/")
    visitor.follows("Fai una domanda")
    visitor.looks_at("desk-ask")
    for fold in visitor.page.locator("main details:not([open]) summary").all():
        fold.click()
    visitor.writes(text=text, email=email, **more)
    visitor.picks("topic", "hourly_leave")
    visitor.picks("capacity", "worker")
    visitor.page.locator('main [name="consent"]').check(force=True)
    visitor.presses("Continua")
    visitor.looks_at("desk-check")
    visitor.sees(text[:40])
    visitor.writes(code=code_in(visitor.site.newest_mail(email, "codice")))
    visitor.presses("Invia la domanda")
    visitor.looks_at("desk-follow")
    return int(re.search(r"Domanda (\d+)", visitor.page.locator("h1").inner_text())[1])


def answers(expert: Visitor, number: int, text: str) -> None:
    """Take a question and answer it."""
    expert.goes_to(f"/milano/esperti/domande/{number}/")
    expert.looks_at("desk-question")
    expert.presses("Prendi e rispondi")
    expert.looks_at("desk-answer")
    expert.writes(text=text)
    expert.presses("Invia la risposta")
    expert.sees("Con risposta")


def link_in(mail: str) -> str:
    """The path of the page of a question that a letter leads to."""
    return re.search(r"http://[^/\s]+(/\S+/apri/\S+?/)\s", mail)[1]


def test_a_question_is_answered_published_and_found_again(comes: Comes, mode: str) -> None:
    town, email = ("Cormano" if mode == "ponente" else "Bresso"), f"lea.prova.{mode}@example.org"
    text = f"Lavoro in un panificio e ho un bambino di due anni: posso chiedere il congedo a ore? Il forno è a {town}."
    lea, nadia, marta = comes(), comes("nadia"), comes("marta")

    number = asks(lea, text, email)
    assert f"domanda {number}" in lea.site.newest_mail(email, "abbiamo la tua domanda")

    nadia.goes_to("/milano/esperti/domande/?scheda=tutte")
    nadia.looks_at("desk-list")
    answers(nadia, number, ANSWER)

    on_phone = comes()
    on_phone.goes_to(link_in(lea.site.newest_mail(email, f"risposta alla tua domanda {number}")))
    on_phone.sees("Il congedo parentale si può prendere anche a ore")
    on_phone.looks_at("desk-answered")
    on_phone.picks("rate-stars", "5")
    on_phone.presses("Manda il voto")
    on_phone.sees("5 su 5")

    nadia.goes_to(f"/milano/esperti/domande/{number}/catalogo/")
    nadia.looks_at("desk-propose")
    nadia.presses("Crea la bozza")
    title = f"Posso prendere il congedo a ore se lavoro nel turno di {'notte' if mode == 'ponente' else 'mattina'}?"
    nadia.writes(title=title, question="", answer=ANSWER)
    nadia.presses("Salva la bozza")
    nadia.looks_at("desk-revision")
    nadia.presses("Proponi per la pubblicazione")
    address = nadia.page.url.removeprefix(nadia.site.url)

    marta.goes_to(address)
    marta.presses("Approva e pubblica")

    seeker = comes()
    seeker.goes_to("/milano/sportello/catalogo/")
    seeker.looks_at("desk-catalogue")
    seeker.writes(q=f"congedo ad ore turno {'notte' if mode == 'ponente' else 'mattina'}")
    seeker.presses("Cerca")
    seeker.looks_at("desk-search")
    seeker.follows(title)
    seeker.sees("Il congedo parentale si può prendere anche a ore")
    seeker.does_not_see(town, email)
    seeker.looks_at("desk-entry")


def test_a_question_by_mail_is_answered_and_the_reply_joins_it(comes: Comes, mode: str) -> None:
    email = f"gino.prova.{mode}@example.org"
    nadia = comes("nadia")
    site = nadia.site
    subject = f"Permessi per mia madre ({mode})"
    site.takes_in(
        letter(email, DESK, subject, "Buongiorno, assisto mia madre con la 104: posso avere i permessi a ore?")
    )
    number = int(re.search(r"domanda (\d+)", site.newest_mail(email, "abbiamo la tua domanda"))[1])

    answers(nadia, number, ANSWER)
    told = site.newest_mail(email, f"risposta alla tua domanda {number}")
    reply_to = re.search(r"[\w.]+\+[\w.-]+@example\.org", told)
    assert reply_to, told
    site.takes_in(letter(email, reply_to[0], f"Re: {subject}", "Grazie. E se mio fratello li prende già?"))

    nadia.goes_to(f"/milano/esperti/domande/{number}/")
    nadia.sees("E se mio fratello li prende già?", "In attesa di una persona esperta")

    site.takes_in(letter(f"estranea.{mode}@example.com", reply_to[0], f"Re: {subject}", "Vorrei leggere anch’io."))
    nadia.goes_to(f"/milano/esperti/domande/{number}/")
    nadia.does_not_see("Vorrei leggere anch’io.")
    marta = comes("marta")
    marta.goes_to("/milano/esperti/posta/")
    marta.looks_at("desk-mail")
    marta.sees(f"estranea.{mode}@example.com")


def letter(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """A plain letter."""
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = sender, to, subject
    written["Message-ID"] = f"<{abs(hash((sender, to, text)))}@example.org>"
    written.set_content(text)
    return written


def test_who_acts_for_the_counterpart_neither_sees_nor_receives_the_question(comes: Comes, mode: str) -> None:
    text = "Lavoro per il sindacato come impiegata e non mi concedono il congedo a ore: che cosa posso fare?"
    number = asks(comes(), text, f"rina.prova.{mode}@example.org", counterpart="CGIL Milano")

    lucia = comes("lucia")
    assert lucia.goes_to(f"/milano/esperti/domande/{number}/") == 404
    lucia.goes_to("/milano/esperti/domande/?scheda=tutte")
    lucia.does_not_see(text[:40])
    marta = comes("marta")
    marta.goes_to(f"/milano/esperti/domande/{number}/")
    marta.sees("CGIL")
    marta.goes_to(f"/milano/esperti/domande/{number}/assegna/")
    marta.looks_at("desk-assign")


def test_a_broken_promise_is_told_and_explained(comes: Comes) -> None:
    marta = comes("marta")
    marta.goes_to("/milano/scrivania/")
    marta.looks_at("scrivania-sportello")
    marta.goes_to("/milano/esperti/domande/?scheda=scadute")
    marta.follows(re.compile("part-time al rientro"))
    marta.sees("Il tempo promesso è scaduto")
    if marta.page.locator("main").get_by_role("link", name="Scrivi il motivo del ritardo").count():
        marta.follows("Scrivi il motivo del ritardo")
        marta.looks_at("desk-delay")
        marta.writes(reason="La persona esperta di questo tema era assente e nessuno l’ha sostituita.")
        marta.presses("Salva il motivo")
    marta.goes_to("/milano/esperti/cifre/")
    marta.looks_at("desk-figures")
