"""The page that leads through a month: its steps, what is due and when, its budgets, whether all days have an owner."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from contempo.agile.models import Account, Appeal, Clearing, Entry, Month, MonthTally, Pool
from contempo.agile.queries.months.finding import key_of, month_name
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules import budget as budgets
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import MONTH, AppealState, MonthState
from contempo.agile.rules.windows import INSTANT_LABELS, INSTANTS, STAGE_LABELS, may_clear, may_close, stage
from contempo.core.workflow import Look
from contempo.web.sentences import sentence


@dataclass(frozen=True)
class Milestone:
    """An instant of a month; `past` when it is over, `coming` for the next one."""

    label: str
    at: datetime
    past: bool
    coming: bool


@dataclass(frozen=True)
class Square:
    """Whether every day has one owner: what the budgets gave, and where it is now. In days."""

    budget: int
    accounts: int
    free: int
    expired: int

    @property
    def holds(self) -> bool:
        return self.budget == self.accounts + self.free + self.expired

    @property
    def owned(self) -> int:
        return self.accounts + self.free + self.expired


@dataclass(frozen=True)
class PoolRow:
    """The budget of a directorate, in numbers and as its formula in words."""

    name: str
    url: str
    budget: int
    free: int
    persons: int
    with_agreement: int
    formula: tuple[str, ...]


@dataclass(frozen=True)
class ClearingRow:
    """A clearing of the month."""

    number: int
    made_at: datetime
    asked: int
    awarded: int
    requests: int
    why: str
    published: bool
    url: str


@dataclass(frozen=True)
class MonthPage:
    """A month for who keeps it. `clearable` and `closable` are empty when the step may be taken, else say why not."""

    month_id: int
    key: str
    name: str
    state: str
    look: Look
    stage: str
    keeps: bool
    seed_hash: str
    salt_hash: str
    milestones: tuple[Milestone, ...]
    pools: tuple[PoolRow, ...]
    shared_free: int
    budget: int
    persons: int
    with_agreement: int
    figures: dict[str, int]
    square: Square | None
    clearings: tuple[ClearingRow, ...]
    appeals: int
    correctable: bool
    clearable: str
    closable: str


def month_page(opened: OpenedEmployer, month: Month, now: datetime) -> MonthPage:
    """The page of a month. Eight SQL at most, however many its accounts."""
    pools = list(Pool.objects.filter(month=month).select_related("directorate").order_by("directorate__name"))
    rows = tuple(_pool_row(opened, month, pool) for pool in pools if pool.directorate_id is not None)
    draft = month.state == MonthState.DRAFT
    figures = {} if draft else _figures(month)
    waiting = dict(
        Appeal.objects.filter(month=month).values_list("state").annotate(number=Count("id")).order_by("state")
    )
    clearings = list(Clearing.objects.filter(month=month).order_by("number"))
    correctable = month.state == MonthState.PUBLISHED and bool(
        clearings
        and waiting.get(AppealState.UPHELD)
        and Appeal.objects.filter(
            clearing=clearings[-1], state=AppealState.UPHELD, corrected_days__isnull=False
        ).exists()
    )
    return MonthPage(
        month_id=month.pk,
        key=key_of(month.first_day),
        name=month_name(month.first_day),
        state=month.state,
        look=MONTH.looks[month.state],
        stage=_(STAGE_LABELS[stage(month, now)]),
        keeps=opened.part.hr,
        seed_hash="" if draft else month.seed_hash,
        salt_hash="" if draft else month.salt_hash,
        milestones=tuple(_milestones(month, now)),
        pools=rows,
        shared_free=sum(pool.free for pool in pools if pool.directorate_id is None),
        budget=sum(row.budget for row in rows),
        persons=sum(row.persons for row in rows),
        with_agreement=sum(row.with_agreement for row in rows),
        figures=figures,
        square=None if draft else _square(month, pools, figures),
        clearings=tuple(_clearing_row(opened, month, each) for each in clearings),
        appeals=waiting.get(AppealState.OPEN, 0),
        correctable=correctable,
        clearable=sentence(may_clear(month, now)),
        closable=sentence(may_close(month, now)),
    )


def square(month: Month) -> Square:
    """Whether every day of a month has one owner. Three SQL, however many entries there are."""
    return _square(month, list(Pool.objects.filter(month=month)), _figures(month))


def _figures(month: Month) -> dict[str, int]:
    """The sums of the ledger by kind, which the database keeps; zero for what never happened."""
    found = MonthTally.objects.filter(month=month).values_list("measure").annotate(total=Sum("count"))
    told = dict(found.order_by("measure"))
    return {kind.value: told.get(kind.value, 0) for kind in EntryKind}


def _square(month: Month, pools: list[Pool], figures: dict[str, int]) -> Square:
    expired = Entry.objects.filter(month=month, account=None).aggregate(days=Sum("days"))["days"] or 0
    held = figures["grant"] + figures["award"] - figures["donate"] - figures["expire"]
    return Square(
        budget=sum(pool.budget for pool in pools),
        accounts=held,
        free=sum(pool.free for pool in pools),
        expired=expired + figures["expire"],
    )


def _milestones(month: Month, now: datetime) -> Iterator[Milestone]:
    instants = sorted(((getattr(month, name), INSTANT_LABELS[name]) for name in INSTANTS), key=lambda pair: pair[0])
    coming = next((at for at, _label in instants if at > now), None)
    for at, label in instants:
        yield Milestone(_(label), at, at <= now, at == coming)


def _pool_row(opened: OpenedEmployer, month: Month, pool: Pool) -> PoolRow:
    formula = budgets.read(pool.formula)
    return PoolRow(
        str(pool.directorate),
        opened.url("month_persons", month=key_of(month.first_day), unit_id=pool.directorate_id),
        pool.budget,
        pool.free,
        formula.persons,
        formula.with_agreement,
        tuple(formula_words(formula)),
    )


def formula_words(formula: budgets.Formula) -> Iterator[str]:
    """How a budget came about, a sentence for each group of persons."""
    for line in formula.lines:
        told = {
            "persons": line.persons,
            "each": line.each,
            "days": line.days,
            "category": line.category or _("without a category"),
            "percent": line.part_time_percent,
        }
        text = (
            _("%(category)s: %(persons)s × %(each)s days = %(days)s")
            if line.part_time_percent == 100
            else _("%(category)s, part time %(percent)s %%: %(persons)s × %(each)s days = %(days)s")
        )
        yield text % told
    if formula.carried:
        yield _("carried over from the month before: %(days)s") % {"days": formula.carried}


def _clearing_row(opened: OpenedEmployer, month: Month, each: Clearing) -> ClearingRow:
    return ClearingRow(
        each.number,
        each.made_at,
        each.asked_days,
        each.awarded_days,
        each.request_count,
        each.why,
        each.published_at is not None,
        opened.url("result", month=key_of(month.first_day), number=each.number) if each.published_at else "",
    )


def persons_total(month: Month, unit_id: int) -> int:
    """The days of the accounts of a directorate: what its budget must be. One SQL."""
    rows = Account.objects.filter(month=month, directorate=unit_id)
    found = rows.aggregate(entitled=Sum("entitled"), carried=Sum("carried"))
    return (found["entitled"] or 0) + (found["carried"] or 0)
