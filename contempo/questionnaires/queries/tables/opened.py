"""What every table of a campaign is computed from: the responses, their weights, and how many units there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count

from contempo.questionnaires.models import Campaign, Target
from contempo.questionnaires.queries.columns import Columns, opened_columns
from contempo.questionnaires.rules.columns import mention_columns, name_of
from contempo.questionnaires.rules.states import Mode, UnitKind
from contempo.questionnaires.rules.tables import Book, book
from contempo.questionnaires.rules.weights import Weights, weights

SMALL_HIDDEN = frozenset({Mode.CONFIDENTIAL.value, Mode.ANONYMOUS.value})
OF_PEOPLE = frozenset({UnitKind.PERSON.value, UnitKind.FAMILY.value})


@dataclass(frozen=True)
class Tables:
    """A campaign of which tables are made. `strata` are its concerned units by stratum, None without any. `relation`
    has a row for each response, or for each answer of a group that repeats. `told_to_all`: who reads them may be
    anybody, so that small counts are hidden whatever the campaign.
    """

    columns: Columns
    book: Book
    strata: dict[str, int] | None
    relation: str = "responses"
    told_to_all: bool = False

    @property
    def campaign(self) -> Campaign:
        return self.columns.campaign

    @property
    def guarded(self) -> bool:
        """Whether small counts, and what would tell them, are not shown."""
        return self.told_to_all or is_guarded(self.campaign)

    @property
    def units(self) -> int | None:
        """How many units the population has; None when nobody knows."""
        return sum(self.strata.values()) if self.strata else None

    def population_of(self, part: int) -> int | None:
        """How many units so many responses stand for, when all of them are a sample of the population: the same share.

        None when nobody knows, or there are more responses than units.
        """
        if self.units is None or not self.responses or self.units < self.responses:
            return None
        return max(part, round(part * self.units / self.responses))

    @cached_property
    def responses(self) -> int:
        """How many responses count."""
        return self.columns.count

    @cached_property
    def weights(self) -> Weights:
        """The weights of the strata; `weighed` gives each response its own."""
        counted = self.columns.rows("SELECT coalesce(a_stratum, ''), count(*) FROM responses GROUP BY 1")
        made = weights(self.strata or {}, dict(counted))
        run = self.columns.connection.execute
        run("CREATE OR REPLACE TEMP TABLE stratum_weight (stratum VARCHAR, weight DOUBLE)")
        for stratum, weight in made.by.items():
            run("INSERT INTO stratum_weight VALUES (?, ?)", [stratum, weight])
        return made

    def weighed(self) -> str:
        """The relation with one column more, `weight`: null for who is in no stratum that has units."""
        name = f"weighed_{self.relation}"
        if self.weights is not None:
            self.columns.connection.execute(
                f"CREATE OR REPLACE TEMP VIEW {name_of(name)} AS SELECT {self.relation}.*, weight "
                f"FROM {self.relation} LEFT JOIN stratum_weight ON stratum = coalesce(a_stratum, '')"
            )
        return name

    def repeated(self, group: str) -> "Tables":
        """The answers of a group that repeats, each a row, with its questions beside the variables of the response."""
        questions = self.columns.layout.questions
        inside = {
            key: replace(one, group=None) for key, one in questions.items() if one.group and one.group.key == group
        }
        told = [f"{column.sql} AS {name_of(column.name)}" for column in mention_columns(group, questions)]
        told += [f"false AS {name_of(f'u_{key}')}" for key in inside]
        name = f"mentions_{group}"
        self.columns.connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name_of(name)} AS SELECT * EXCLUDE (m), {', '.join(told)} "
            f"FROM (SELECT *, unnest({name_of(f'g_{group}')}) AS m FROM responses)"
        )
        offers = {**book(inside).offers, **self.book.offers}
        return replace(self, relation=name, book=Book(offers))

    @property
    def may_weigh(self) -> bool:
        """Whether the campaign has more than one stratum to weigh by, and responses that know theirs."""
        return self.strata is not None and len(self.strata) > 1 and bool(self.weights.by)


def is_guarded(campaign: Campaign) -> bool:
    """Whether small counts of a campaign are hidden: it is not with name, or counts people or families."""
    return campaign.mode in SMALL_HIDDEN or campaign.unit_kind in OF_PEOPLE


@contextmanager
def opened_tables(campaign: Campaign, *, told_to_all: bool = False) -> Iterator[Tables]:
    """Within it tables of a campaign can be made. Three SQL; each table is then read from the columns alone."""
    counted = Target.objects.filter(campaign=campaign, eligible=True).values("stratum")
    strata = {row["stratum"]: row["units"] for row in counted.annotate(units=Count("id")).order_by("stratum")}
    with opened_columns(campaign) as columns:
        yield Tables(columns, book(columns.layout.questions), strata or None, told_to_all=told_to_all)
