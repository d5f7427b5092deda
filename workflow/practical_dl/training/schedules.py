"""How the learning rate goes: fixed beforehand, divided on a plateau, or the lecturer's annealing.

A schedule of the config is a list of pairs `[[epochs, rate], ...]`, or one of

    plateau: {epochs: 12, rate: 0.001, divide_by: 10, patience: 2}
    annealing: {epochs: 12, rate: 0.001, divide_by: 4, ratio: 2}

Each becomes a policy: how many epochs, the first rate, and the callbacks that change it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import keras

FixedSchedule = Sequence[Sequence[float]]
Schedule = FixedSchedule | Mapping[str, Mapping[str, float]]


class Policy(Protocol):
    """The methods of a schedule that `training.fit` calls."""

    @property
    def epochs(self) -> int:
        """Epochs of the whole training."""

    @property
    def rate(self) -> float:
        """Learning rate of the first epoch."""

    def callbacks(
        self, watched_loss: str, report: Callable[[str], None]
    ) -> "list[keras.callbacks.Callback]":
        """Callbacks that change the rate and put the epoch's `learning_rate` into its logs.

        `watched_loss` is the name in the logs of the loss without penalties, on inner rows where
        there are any; `report` takes a line whenever the policy lowers the rate by itself.
        """


@dataclass(frozen=True)
class FixedRates:
    """One rate an epoch, known beforehand."""

    rates: Sequence[float]

    @property
    def epochs(self) -> int:
        return len(self.rates)

    @property
    def rate(self) -> float:
        return self.rates[0]

    def callbacks(
        self,
        watched_loss: str,  # noqa: ARG002
        report: Callable[[str], None],  # noqa: ARG002
    ) -> "list[keras.callbacks.Callback]":
        import keras

        return [keras.callbacks.LearningRateScheduler(lambda epoch: self.rates[epoch])]


@dataclass(frozen=True)
class Plateau:
    """The rate divided when the watched loss has not fallen for `patience` epochs."""

    epochs: int
    rate: float
    divide_by: float
    patience: int

    def callbacks(
        self,
        watched_loss: str,
        report: Callable[[str], None],  # noqa: ARG002
    ) -> "list[keras.callbacks.Callback]":
        import keras

        return [
            keras.callbacks.ReduceLROnPlateau(
                monitor=watched_loss,
                mode="min",
                factor=1 / self.divide_by,
                patience=self.patience,
                verbose=1,
            )
        ]


@dataclass(frozen=True)
class Annealing:
    """The rate divided when the epoch's squared gradients exceed `ratio` times the last one's."""

    epochs: int
    rate: float
    divide_by: float
    ratio: float

    def callbacks(
        self,
        watched_loss: str,  # noqa: ARG002
        report: Callable[[str], None],
    ) -> "list[keras.callbacks.Callback]":
        from practical_dl.training.annealing import GradientAnnealing

        return [GradientAnnealing(self.ratio, self.divide_by, report)]


POLICIES: dict[str, Callable[..., Policy]] = {"plateau": Plateau, "annealing": Annealing}


def policy_of(schedule: Schedule) -> Policy:
    """The policy that a checked schedule of the config describes."""
    if isinstance(schedule, Mapping):
        [(name, settings)] = schedule.items()
        return POLICIES[name](**settings)
    return FixedRates(rates_by_epoch(schedule))


def changes_the_step(schedule: Schedule) -> bool:
    """Whether a training step must be traced for it: the annealing looks at the gradients."""
    return isinstance(policy_of(schedule), Annealing)


def rates_by_epoch(schedule: FixedSchedule) -> list[float]:
    """Unroll `[[epochs, rate], ...]` to one learning rate an epoch."""
    return [float(rate) for epochs, rate in schedule for _ in range(int(epochs))]
