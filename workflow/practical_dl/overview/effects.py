"""An effect: a difference with its interval, and where it is expected to lie."""

from dataclasses import dataclass

from practical_dl.scoring.interval import Interval

SEED = 42
ABOVE, BELOW, NOISE = "above", "below", "noise"


@dataclass(frozen=True)
class Effect:
    """A difference with its interval, and where it is expected: above zero, below, or neither."""

    technique: str
    comparison: str
    found: Interval
    expected: str

    @property
    def shown(self) -> bool:
        """Whether the interval lies where it is expected."""
        above, below = self.found.low > 0, self.found.high < 0
        return {ABOVE: above, BELOW: below, NOISE: not above and not below}[self.expected]


def effects_table(effects: list[Effect]) -> str:
    """The effects as the rows of a table in Markdown."""
    rows = [
        f"| {effect.technique} | {effect.comparison} | {effect.found.value:+.3f} | "
        f"{effect.found.low:+.3f} to {effect.found.high:+.3f} | {effect.expected} | "
        f"{'yes' if effect.shown else '**no**'} |"
        for effect in effects
    ]
    return "\n".join(rows) + "\n"
