"""A setting of pseudo-labels: whose, in which share, soft or hard."""

from dataclasses import dataclass

CONTROL = "none"
"""The setting, and the pool, without pseudo-labels."""


@dataclass(frozen=True)
class Setting:
    """How the predicted part of a training is made.

    pool: none (the control), valid, test or both. share: of the rows of every batch. labels: soft
    or hard. threshold: minimum probability of the likeliest class. balanced: as many of each class.
    weight: of a predicted row against a true one; it grows over the first `ramp_up` rounds.
    shuffled: the labels are dealt among the pictures at random, which is a control.
    """

    name: str
    pool: str
    share: float = 0.3
    labels: str = "soft"
    threshold: float = 0.0
    balanced: bool = False
    weight: float = 1.0
    ramp_up: int = 1
    shuffled: bool = False
