from typing import Any

from practical_dl.training.optimizers import ADAM
from practical_dl.training.recipe import Recipe


def test_a_section_of_the_configuration_makes_a_recipe() -> None:
    section: dict[str, Any] = {"schedule": [[2, 0.01]], "batch_size": 32}
    assert Recipe(**section) == Recipe([[2, 0.01]], 32, ADAM)
    assert Recipe(**section, optimizer={"sgd": {}}).optimizer == {"sgd": {}}
