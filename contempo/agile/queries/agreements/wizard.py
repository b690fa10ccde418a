"""A draft as the wizard shows it: its steps, what is still missing, what may be chosen."""

from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from contempo.agile.models import AgreementWords, Seat
from contempo.agile.queries.agreements.page import AgreementPage
from contempo.agile.queries.agreements.wording import in_words
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements.terms import STEP_LABELS, Problem, Step, problems
from contempo.agile.rules.law import LegalRule, rule
from contempo.web import steps

SUMMARY = "riepilogo"


@dataclass(frozen=True)
class Missing:
    """What is still to be mended before sending: in words, with the address of its field."""

    step: str
    field: str
    text: str
    url: str


@dataclass(frozen=True)
class Wizard:
    """The steps of a draft with those that are complete, what is missing, and the choices of its forms."""

    steps: tuple[steps.Step, ...]
    missing: tuple[Missing, ...]
    problems: tuple[Problem, ...]
    seats: tuple[tuple[int, str], ...]
    weekdays: tuple[tuple[int, str], ...]

    @property
    def first_open(self) -> str:
        """The first step with something missing, else the summary."""
        return next((each.step for each in self.missing), SUMMARY)


def wizard(opened: OpenedEmployer, page: AgreementPage, today: date) -> Wizard:
    """The wizard of a draft. One SQL for the seats that are open."""
    found = problems(page.terms, worked=page.working_days, today=today)
    wrong = {each.step for each in found}

    def url(step: str) -> str:
        if step == SUMMARY:
            return opened.url("agreement_summary", number=page.number)
        return opened.url("agreement_step", number=page.number, step=step)

    named = tuple(
        steps.Step(each.value, _(STEP_LABELS[each]), url(each.value), done=each.value not in wrong) for each in Step
    )
    seats = Seat.objects.filter(employer=opened.employer).exclude(until__lte=today).order_by("name")
    return Wizard(
        steps=(*named, steps.Step(SUMMARY, _("Summary"), url(SUMMARY))),
        missing=tuple(
            Missing(each.step, each.field, in_words(each.reason, each.params), f"{url(each.step)}#id_{each.field}")
            for each in found
        ),
        problems=found,
        seats=tuple(seats.values_list("pk", "name")),
        weekdays=tuple((day, str(WEEKDAYS[day])) for day in sorted(page.working_days)),
    )


def words_of(opened: OpenedEmployer) -> AgreementWords:
    """The words an employer proposes; empty ones when it has none yet. One SQL."""
    return AgreementWords.objects.filter(employer=opened.employer).first() or AgreementWords()


def cited(key: str, day: date) -> LegalRule:
    """A legal rule as a page cites it."""
    return rule(key, day)
