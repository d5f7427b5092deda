"""The whole demo, as it is: what the lesson teaches shows in it, outside the noise.

The longest test of all. Its results are made once per number of threads and looked at by many
tests; where the variable PRACTICAL_DL_DEMO names the folder of a finished run, that is looked at.
"""

import os
from pathlib import Path

import pytest
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.overview.effects import Effect
from practical_dl.overview.planted import planted_effects

NOT_YET: set[str] = set()
"""Comparisons that do not show on every processor; docs/demo.md says why."""


@pytest.fixture(scope="module", params=[1, 2], ids=["one thread", "two threads"])
def effects(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[Effect]:
    if finished := os.environ.get("PRACTICAL_DL_DEMO"):
        return planted_effects(Path(finished))
    folder = copy_workflow(tmp_path_factory.mktemp("demo"))
    result = snakemake_in(folder, "all", "--config", f"threads={request.param}")
    assert result.returncode == 0, result.stderr
    return planted_effects(folder / "results")


def test_every_planted_effect_shows(effects: list[Effect]) -> None:
    missing = [
        f"{effect.technique}: {effect.comparison}: {effect.found.value:+.3f} "
        f"({effect.found.low:+.3f} to {effect.found.high:+.3f}) is not {effect.expected}"
        for effect in effects
        if not effect.shown and effect.comparison not in NOT_YET
    ]
    assert not missing, "\n".join(missing)
