"""What tables are made of, as pages show them. None stands for what is not told, and only for that."""

from dataclasses import dataclass

from contempo.questionnaires.rules.document import Placed
from contempo.questionnaires.rules.statistics import Error, Interval
from contempo.questionnaires.rules.tables import Spec


@dataclass(frozen=True)
class Base:
    """Of how many a table speaks. `responses` are those the filters leave; they were `asked` or not (`unasked`: a
    condition left the question out); who was asked `answered`, or the answer is `missing`.

    With `mentions` the base of shares are the `mentions`, else those who answered. `weight` is their weighed number,
    `effective` the size of the sample without weights that tells as much, and `size` that with the correction for a
    finite population, infinite when everybody answered.
    """

    responses: int | None
    asked: int | None
    answered: int | None
    unasked: int | None
    missing: int | None
    mentions: int | None = None
    weight: float | None = None
    effective: float | None = None
    size: float | None = None


@dataclass(frozen=True)
class Category:
    """One answer: how many gave it, their share from 0 to 1 with its interval at 95 %; weighed when the table is."""

    key: str
    count: int | None
    share: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Bar:
    """A bar of a histogram: from `low` to below `high`."""

    low: float
    high: float
    count: int | None
    share: float | None


@dataclass(frozen=True)
class Numbers:
    """What numbers are summed up in. Quartiles: see `rules.statistics.quantile`. Each is None when it is not told, or
    cannot be: a mean of nobody, a deviation of one.
    """

    count: int | None
    mean: float | None = None
    interval: Interval | None = None
    deviation: float | None = None
    median: float | None = None
    first: float | None = None
    third: float | None = None
    least: float | None = None
    most: float | None = None
    error: Error | None = None


@dataclass(frozen=True)
class Frequency:
    """How often each answer was given. `kept_back`: some counts are not told; `silent`: none is.

    `top` is the share of the best answer of a scale, `top_two` of the two best ones.
    """

    spec: Spec
    placed: Placed | None
    base: Base
    categories: tuple[Category, ...]
    numbers: Numbers | None = None
    bars: tuple[Bar, ...] = ()
    top: Category | None = None
    top_two: Category | None = None
    kept_back: bool = False

    @property
    def silent(self) -> bool:
        return self.base.responses is None


@dataclass(frozen=True)
class Cell:
    """Where a row and a column meet: how many there are, and their shares, from 0 to 1, of the column, of the row and
    of all who answered both. `interval` is that of the share of the column, at 95 %.
    """

    count: int | None
    of_column: float | None = None
    of_row: float | None = None
    of_all: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True)
class Line:
    """A row of a table: a cell for each column, and that of all columns together."""

    key: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class Sheet:
    """A table of two dimensions: that of all, or of one answer of the third question (`layer`).

    `base` is who answered both; `bases` how many of them each column has: of a multiple choice who chose it. A multiple
    choice multiplies nobody: its cells may add up to more than their base. `numbers` sum up the rows in each column,
    and in all, when they are numbers.
    """

    layer: str | None
    base: int | None
    bases: tuple[int | None, ...]
    lines: tuple[Line, ...]
    numbers: tuple[Numbers, ...] = ()


@dataclass(frozen=True)
class Cross:
    """A table of two or three dimensions. `left_out` are responses that the filters leave and that did not answer all
    of its questions; `kept_back`: some counts are not told; `silent`: none is.
    """

    spec: Spec
    columns: tuple[str, ...]
    whole: Sheet
    layers: tuple[Sheet, ...]
    left_out: int | None
    kept_back: bool = False

    @property
    def silent(self) -> bool:
        return self.whole.base is None
