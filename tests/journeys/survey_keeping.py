"""What who keeps a campaign does while it runs, and what the people do whom its letters reach."""

import re

from tests.journeys.people import Visitor
from tests.journeys.survey import chooses, goes_on_to_the_summary


def link_in(letter: str) -> str:
    """The address, without the site, by which the person written to answers."""
    return re.search(r"/milano/r/[a-z2-7]{24}/", letter)[0]


def gets_a_letter(visitor: Visitor, to: str, about: str) -> str:
    """The address, without the site, in the newest letter to `to` whose subject holds `about`."""
    return link_in(visitor.site.newest_mail(to, about))


def begins(someone: Visitor, link: str) -> None:
    """From the link in a letter to the first page of questions, past the question for whom one answers."""
    someone.goes_to(link)
    someone.presses("Comincia")
    if someone.page.url.endswith("/unita/"):
        someone.presses("Continua")
    someone.sees("Pagina 1 di 4")


def answers_about_needs(someone: Visitor, *, town: str = "Bresso") -> None:
    """The questions without which one cannot go on, from the first page; then the summary."""
    someone.writes(comune=town)
    someone.presses("Continua")
    chooses(someone, cura="nessuno")
    someone.presses("Continua")
    chooses(someone, bisogni="orari")
    goes_on_to_the_summary(someone)


def answers_from(someone: Visitor, link: str) -> None:
    """Everything, from the link in the letter to the thanks."""
    begins(someone, link)
    answers_about_needs(someone)
    someone.presses("Invia le mie risposte")
    someone.sees("Le tue risposte sono arrivate: grazie")


def opens_the_invitation(keeper: Visitor, campaign: str, name: str) -> None:
    """The page of the invitation of who is called so."""
    keeper.goes_to(f"{campaign}inviti/?cerca={name.replace(' ', '+')}")
    keeper.page.locator("main table.rows").get_by_role("link", name=re.compile(name)).first.click()
    keeper.page.wait_for_url(re.compile(r"/inviti/\d+/"))


def takes_all(keeper: Visitor, campaign: str, button: str) -> None:
    """One step for all the invitations of a campaign."""
    keeper.goes_to(f"{campaign}inviti/")
    keeper.picks("quali", "tutti")
    keeper.presses(button)
