"""The formulas of the optimizers' spreadsheet, by column of a step's row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from practical_dl.small.optimizers.line import X
from practical_dl.small.optimizers.papers import EPSILON

NUMBERS = ("slope", "intercept")
POINTS = len(X)
XS, YS = f"Points!$A$2:$A${POINTS + 1}", f"Points!$B$2:$B${POINTS + 1}"


@dataclass(frozen=True)
class Row:
    """The row of one step, counted from zero: the addresses of its cells and of earlier ones."""

    step: int
    first_row: int
    letters: Mapping[str, str]
    settings: Mapping[str, str]

    @property
    def epoch(self) -> int:
        return self.step // POINTS

    def here(self, column: str) -> str:
        return f"{self.letters[column]}{self.first_row + self.step}"

    def above(self, column: str) -> str:
        return f"{self.letters[column]}{self.first_row + self.step - 1}"

    def past_epoch(self, first: str, last: str, ago: int) -> str:
        """All cells between two columns of the epoch that ended `ago` epochs before this one."""
        top = self.first_row + (self.epoch - ago) * POINTS
        return f"{self.letters[first]}{top}:{self.letters[last]}{top + POINTS - 1}"

    def setting(self, name: str) -> str:
        return self.settings[name]

    def above_or(self, column: str, start: str) -> str:
        """The cell above, or `start` in the first row."""
        return start if self.step == 0 else self.above(column)


@dataclass(frozen=True)
class Column:
    """A column: its name in formulas, its title, and its content in a row."""

    name: str
    title: str
    formula: Callable[[Row], str | int]


Pair = Callable[[Row, str], str]


def columns_of(form: str, method: str) -> list[Column]:
    """The columns of a method's sheet, from the step's number to the error after it."""
    own, step = METHODS[form, method]
    return [
        Column("step", "step", lambda row: row.step + 1),
        Column("epoch", "epoch", lambda row: row.epoch + 1),
        Column("x", "x", lambda row: f"=Points!A{row.step % POINTS + 2}"),
        Column("y", "y", lambda row: f"=Points!B{row.step % POINTS + 2}"),
        *_both("", "", lambda row, n: f"={row.above_or(f'new {n}', row.setting(f'start {n}'))}"),
        Column(
            "error",
            "prediction - y",
            lambda row: (
                f"={row.here('slope')}*{row.here('x')}+{row.here('intercept')}-{row.here('y')}"
            ),
        ),
        Column("loss", "squared error", lambda row: f"={row.here('error')}^2"),
        Column(
            "gradient slope", "d/d slope", lambda row: f"=2*{row.here('error')}*{row.here('x')}"
        ),
        Column("gradient intercept", "d/d intercept", lambda row: f"=2*{row.here('error')}"),
        *own,
        *_both("new ", "new ", lambda row, n: f"={row.here(n)}-{step(row, n)}"),
        Column(
            "all",
            "error over all points",
            lambda row: (
                f"=SUMPRODUCT(({row.here('new slope')}*{XS}+{row.here('new intercept')}"
                f"-{YS})^2)/{POINTS}"
            ),
        ),
    ]


def _both(name: str, title: str, formula: Pair) -> list[Column]:
    """The same column for the slope and for the intercept."""

    def column(number: str) -> Column:
        return Column(f"{name}{number}", f"{title}{number}", lambda row: formula(row, number))

    return [column(number) for number in NUMBERS]


def _average(name: str, beta: str, new: str) -> list[Column]:
    """beta * average + (1 - beta) * new, from zero; `new` has the gradient's cell as {g}."""

    def formula(row: Row, number: str) -> str:
        b = row.setting(beta)
        value = new.format(g=row.here(f"gradient {number}"))
        return f"={b}*{row.above_or(f'{name} {number}', '0')}+(1-{b})*{value}"

    return _both(f"{name} ", f"{name} of ", formula)


def _velocity(row: Row, n: str) -> str:
    kept = row.above_or(f"velocity {n}", "0")
    gradient = row.here(f"gradient {n}")
    return f"={row.setting('beta')}*{kept}+{row.setting('rate')}*{gradient}"


def _epoch_root(row: Row, n: str) -> str:
    """Adagrad as in the lecture: the last epoch's root of summed squares, over their count."""
    if row.epoch == 0:
        return "=1"
    cells = row.past_epoch(f"gradient {n}", f"gradient {n}", 1)
    return f"=SQRT(SUMSQ({cells}))/{POINTS}"


def _sum_of_squares(row: Row, n: str) -> str:
    return f"={row.above_or(f'squares {n}', '0.1')}+{row.here(f'gradient {n}')}^2"


def _annealed_rate(row: Row) -> str:
    if row.epoch < 2 or row.step % POINTS:
        return f"={row.above_or('rate now', row.setting('rate'))}"
    last, before = (
        f"SUMSQ({row.past_epoch('gradient slope', 'gradient intercept', ago)})" for ago in (1, 2)
    )
    rate = row.above("rate now")
    return f"=IF({last}>{row.setting('ratio')}*{before},{rate}/{row.setting('divide_by')},{rate})"


def _tracked_loss(row: Row) -> str:
    loss = row.here("loss")
    if row.step == 0:
        return f"={loss}"
    tracked = row.above("tracked loss")
    change = f"{loss}/{tracked}"
    rising, falling = f"MIN(MAX(1.1,{change}),11)", f"MIN(MAX(1/11,{change}),1/1.1)"
    return f"={tracked}*IF({loss}>={tracked},{rising},{falling})"


def _feedback(row: Row) -> str:
    if row.step == 0:
        return "=1"
    now, before = row.here("tracked loss"), row.above("tracked loss")
    b = row.setting("beta_3")
    return f"={b}*{row.above('feedback')}+(1-{b})*ABS({now}-{before})/MIN({now},{before})"


SQUARED = "{g}^2"
ANNEALED = Column("rate now", "rate", _annealed_rate)
FEEDBACK = [
    Column("tracked loss", "tracked loss", _tracked_loss),
    Column("feedback", "feedback", _feedback),
]


def _moments() -> list[Column]:
    return [*_average("average", "beta_1", "{g}"), *_average("squares", "beta_2", SQUARED)]


def _plain_step(row: Row, n: str) -> str:
    return f"{row.setting('rate')}*{row.here(f'gradient {n}')}"


def _step_of_lecture(rate: Callable[[Row], str], divisor: Callable[[Row], str]) -> Pair:
    def step(row: Row, n: str) -> str:
        root = f"SQRT({row.here(f'squares {n}')})"
        return f"{rate(row)}*{row.here(f'average {n}')}/({divisor(row)}*{root})"

    return step


def _step_of_papers(rate: Callable[[Row], str], divisor: Callable[[Row], str]) -> Pair:
    def step(row: Row, n: str) -> str:
        average, squares = (
            f"{row.here(f'{name} {n}')}/(1-{row.setting(beta)}^{row.here('step')})"
            for name, beta in (("average", "beta_1"), ("squares", "beta_2"))
        )
        return f"{rate(row)}*({average})/({divisor(row)}*SQRT({squares})+{EPSILON})"

    return step


def _fixed_rate(row: Row) -> str:
    return row.setting("rate")


def _rate_now(row: Row) -> str:
    return row.here("rate now")


def _one(row: Row) -> str:  # noqa: ARG001
    return "1"


def _feedback_cell(row: Row) -> str:
    return row.here("feedback")


METHODS: dict[tuple[str, str], tuple[list[Column], Pair]] = {
    ("lecture", "sgd"): ([], _plain_step),
    ("lecture", "momentum"): (
        _average("average", "beta", "{g}"),
        lambda row, n: f"{row.setting('rate')}*{row.here(f'average {n}')}",
    ),
    ("lecture", "adagrad"): (
        _both("divisor ", "divisor of ", _epoch_root),
        lambda row, n: f"{_plain_step(row, n)}/{row.here(f'divisor {n}')}",
    ),
    ("lecture", "rmsprop"): (
        _average("squares", "beta", SQUARED),
        lambda row, n: f"{_plain_step(row, n)}/SQRT({row.here(f'squares {n}')})",
    ),
    ("lecture", "adam"): (_moments(), _step_of_lecture(_fixed_rate, _one)),
    ("lecture", "eve"): ([*_moments(), *FEEDBACK], _step_of_lecture(_fixed_rate, _feedback_cell)),
    ("lecture", "annealing"): ([*_moments(), ANNEALED], _step_of_lecture(_rate_now, _one)),
    ("papers", "sgd"): ([], _plain_step),
    ("papers", "momentum"): (
        _both("velocity ", "velocity of ", _velocity),
        lambda row, n: row.here(f"velocity {n}"),
    ),
    ("papers", "adagrad"): (
        _both("squares ", "squares of ", _sum_of_squares),
        lambda row, n: f"{_plain_step(row, n)}/SQRT({row.here(f'squares {n}')}+{EPSILON})",
    ),
    ("papers", "rmsprop"): (
        _average("squares", "beta", SQUARED),
        lambda row, n: f"{_plain_step(row, n)}/SQRT({row.here(f'squares {n}')}+{EPSILON})",
    ),
    ("papers", "adam"): (_moments(), _step_of_papers(_fixed_rate, _one)),
    ("papers", "eve"): ([*_moments(), *FEEDBACK], _step_of_papers(_fixed_rate, _feedback_cell)),
    ("papers", "annealing"): (
        [*_moments(), ANNEALED],
        _step_of_papers(_rate_now, _one),
    ),
}
