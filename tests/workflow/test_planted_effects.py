"""The whole demo, as it is: what the lesson teaches shows in it, outside the noise.

`make test-demo` runs the demo for it, at one thread and at two. PRACTICAL_DL_DEMO=results looks at
the results of a finished run instead.
"""

import os
from pathlib import Path

import pytest
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.overview.effects import Effect
from practical_dl.overview.planted import planted_effects

THREADS = os.environ.get("PRACTICAL_DL_DEMO_THREADS", "").split()
FINISHED = os.environ.get("PRACTICAL_DL_DEMO")
pytestmark = pytest.mark.skipif(
    not (THREADS or FINISHED), reason="the whole demo takes minutes: make test-demo runs it"
)
NOT_YET = {
    "accuracy, random minus grouped: conv3",
    "accuracy, random minus grouped: head on features",
    "accuracy, the chosen one minus none",
    "log loss, augmented passes minus clean ones",
    "log loss, minus the frozen network: tuned",
    "log loss, minus the frozen network: batch_norm",
    "log loss on a fifth of the rows, 0.6 minus 0.3",
    "log loss on all rows, 0.6 minus 0.3",
    "log loss, without look-alikes minus plain",
    "fall of the log loss by neighbours",
    "fall of the log loss by clip",
    "log loss, hidden minus bag_of_words",
    "log loss, text_frozen minus random_frozen",
    "log loss, glove_frozen minus random_frozen",
    "images: loss minus that of a constant",
}
"""Wanted, but not outside the noise in a run of the whole demo (docs/demo.md), or the other way."""


@pytest.fixture(scope="module", params=THREADS or ["1"])
def effects(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[Effect]:
    if FINISHED:
        return planted_effects(Path(FINISHED))
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


def test_what_does_not_show_yet_is_looked_at(effects: list[Effect]) -> None:
    assert {effect.comparison for effect in effects} >= NOT_YET
