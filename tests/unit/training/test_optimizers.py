import pytest

from practical_dl.training.optimizers import make_optimizer


def test_settings_name_keras_optimizers() -> None:
    for name, kind in {"sgd": "SGD", "adagrad": "Adagrad", "rmsprop": "RMSprop"}.items():
        assert type(make_optimizer({name: {}}, 0.1)).__name__ == kind
    momentum = make_optimizer({"momentum": {"momentum": 0.5}}, 0.25)
    assert (momentum.momentum, float(momentum.learning_rate.numpy())) == (0.5, 0.25)


def test_an_unknown_optimizer_is_refused() -> None:
    with pytest.raises(ValueError, match="no optimizer of the name adamant"):
        make_optimizer({"adamant": {}}, 0.1)
