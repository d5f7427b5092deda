"""The learning-rate range test: the loss of each step while the rate rises from low to high.

Smith 2015, Cyclical Learning Rates for Training Neural Networks, section 3.3 (arXiv 1506.01186);
the exponential rise and the suggestion are those of fast.ai's lr_find.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.training.fit import compile_once

if TYPE_CHECKING:
    import keras

SMOOTHING = 0.8
DIVERGED = 4.0
"""The test ends when the smoothed loss is this many times the lowest one."""


def rate_ladder(low: float, high: float, steps: int) -> NDArray[np.float64]:
    """`steps` rates from `low` to `high` with equal ratios."""
    return np.geomspace(low, high, steps)


def smoothed(losses: NDArray[Any]) -> NDArray[np.float64]:
    """Exponential moving average of `losses` (steps,), without the bias towards its start."""
    averages = np.empty(len(losses))
    average = 0.0
    for step, loss in enumerate(losses):
        average = SMOOTHING * average + (1 - SMOOTHING) * float(loss)
        averages[step] = average / (1 - SMOOTHING ** (step + 1))
    return averages


def suggested_rate(rates: NDArray[Any], losses: NDArray[Any]) -> float:
    """A tenth of the rate at which the smoothed loss is lowest, but not below the lowest rate.

    At the minimum itself the loss is about to rise; a tenth of it still falls fast.
    """
    return float(max(rates[0], rates[int(smoothed(losses).argmin())] / 10))


def range_test(model: "keras.Model", train: Any, loss: str, rates: NDArray[Any]) -> pd.DataFrame:
    """Train `model` for one step at each of the rising `rates`: columns rate, loss.

    `train` is a batched data set of (inputs, targets), repeated where it is too short. The rows
    end where the loss diverges (four times its lowest). The model is worn out afterwards.
    """
    import keras

    compile_once(model, keras.optimizers.Adam(float(rates[0])), loss)
    seen: list[float] = []
    for rate, (inputs, targets) in zip(rates, train.repeat(), strict=False):
        model.optimizer.learning_rate.assign(rate)
        seen.append(float(model.train_on_batch(inputs, targets)))
        model.reset_metrics()
        averages = smoothed(np.array(seen))
        if not np.isfinite(seen[-1]) or averages[-1] > DIVERGED * averages.min():
            break
    finite = [value for value in seen if np.isfinite(value)]
    return pd.DataFrame({"rate": rates[: len(finite)], "loss": finite})
