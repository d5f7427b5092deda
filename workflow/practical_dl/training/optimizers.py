"""Which optimizer trains: a setting of the config, and what Keras makes of it."""

from collections.abc import Mapping
from typing import Any

OptimizerSetting = Mapping[str, Mapping[str, float]]
ADAM: OptimizerSetting = {"adam": {}}


def make_optimizer(setting: OptimizerSetting, rate: float) -> Any:
    """A Keras optimizer from a checked setting such as `{momentum: {momentum: 0.9}}`."""
    import keras

    [(name, options)] = setting.items()
    match name:
        case "sgd" | "momentum":
            return keras.optimizers.SGD(rate, **options)
        case "adagrad":
            return keras.optimizers.Adagrad(rate, **options)
        case "rmsprop":
            return keras.optimizers.RMSprop(rate, **options)
        case "adam":
            return keras.optimizers.Adam(rate, **options)
        case "eve":
            from practical_dl.training.eve import Eve

            return Eve(learning_rate=rate, **dict[str, Any](options))
        case _:
            raise ValueError(f"no optimizer of the name {name}")
