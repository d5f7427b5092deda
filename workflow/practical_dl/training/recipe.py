"""How any network is trained: the part of the configuration that all of them share."""

from dataclasses import dataclass, field

from practical_dl.training.optimizers import ADAM, OptimizerSetting
from practical_dl.training.schedules import Schedule


@dataclass(frozen=True)
class Recipe:
    """Epochs with their learning rates, rows of a batch, and the optimizer, as the config has them.

    A script makes one of a section of its parameters: `Recipe(**snakemake.params.recipe)`.
    """

    schedule: Schedule
    batch_size: int
    optimizer: OptimizerSetting = field(default_factory=lambda: ADAM)
