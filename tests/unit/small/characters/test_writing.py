"""Text that a model writes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.small.characters.writing import continue_text, tempered


class Successor:
    """Holds the next number, modulo five, for certain; remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[int] = [99]

    def forget(self) -> None:
        self.seen = []

    def read(self, symbol: int) -> np.ndarray:
        self.seen.append(symbol)
        return np.eye(5)[(symbol + 1) % 5]


def test_a_model_reads_the_beginning_and_then_itself() -> None:
    reader = Successor()
    assert continue_text(reader, [0, 3], 4, 1.0, seed=1) == [4, 0, 1, 2]
    assert reader.seen == [0, 3, 4, 0, 1, 2]


def test_temperature_by_hand() -> None:
    assert tempered(np.array([0.8, 0.2]), 1.0) == pytest.approx([0.8, 0.2])
    assert tempered(np.array([0.8, 0.2]), 0.5) == pytest.approx([16 / 17, 1 / 17])
    assert tempered(np.array([1.0, 0.0]), 0.5) == pytest.approx([1.0, 0.0])


@given(temperature=st.floats(0.05, 0.95))
def test_a_low_temperature_favours_the_likely(temperature: float) -> None:
    cool = tempered(np.array([0.5, 0.3, 0.2]), temperature)
    assert cool[0] > 0.5
    assert cool.sum() == pytest.approx(1)
